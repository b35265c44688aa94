//! The import law: which room may know which. Data flows one way, from the doors through the actions to the store and out.

use crate::paths::named;
use crate::source::Source;

/// Plain values in, plain values out.
pub(crate) const CORE: &[&str] = &[
    "complaint",
    "people",
    "intake",
    "routing",
    "deadlines",
    "reports",
    "text",
];

/// Each room, and whom it may name beside itself and the core.
///
/// A room within a room (`gateway::sandbox`) has a row of its own: who may name the outer one may not yet name the inner.
const ROOMS: &[(&str, &[&str])] = &[
    ("complaint", &[]),
    ("people", &[]),
    ("text", &[]),
    ("intake", &[]),
    ("routing", &[]),
    ("deadlines", &[]),
    ("reports", &[]),
    ("clock", &[]),
    ("telemetry", &[]),
    ("priority", &[]),
    ("gateway", &["clock"]),
    // Its calls are the real gateway's; it must not look into the service that it stands beside.
    ("gateway::sandbox", &["clock", "gateway"]),
    // Letters out. Who owes one writes a row; only the outbox sends, and the command line to try it.
    ("email", &[]),
    ("pages", &[]),
    // What they say. They name complaints by their numbers alone, so that they need nothing of the store.
    ("letters", &["pages"]),
    ("configuration", &["clock", "email", "gateway", "letters"]),
    ("store", &["clock", "priority"]),
    ("actions", &["clock", "configuration", "letters", "store"]),
    ("timers", &["actions", "clock", "configuration", "store"]),
    ("import", &["actions", "clock", "configuration", "store"]),
    ("hindsight", &["store"]),
    (
        "inbound",
        &[
            "actions",
            "clock",
            "configuration",
            // Of the gateway only how it writes and signs: what leaves, leaves through the outbox.
            "gateway::codes",
            "gateway::form",
            // The gateway's list is a way in too: what it received while nobody answered its webhooks. It only asks.
            "gateway::listing",
            "gateway::signature",
            "store",
        ],
    ),
    (
        "console",
        &[
            "actions",
            "clock",
            "configuration",
            "hindsight",
            // A page for what the command line does: the same file, mapping and check.
            "import",
            "pages",
            "store",
        ],
    ),
    (
        "public",
        &["actions", "clock", "configuration", "pages", "store"],
    ),
    ("outbox", &["clock", "email", "gateway", "store"]),
    (
        "service",
        &[
            "actions",
            "clock",
            "configuration",
            "console",
            "email",
            "gateway",
            "import",
            "inbound",
            "outbox",
            "pages",
            "public",
            "store",
            "telemetry",
            "timers",
        ],
    ),
    (
        "cli",
        &[
            "actions",
            "clock",
            "configuration",
            "console",
            "email",
            "gateway",
            "gateway::sandbox",
            "hindsight",
            "import",
            "priority",
            "service",
            "store",
            "telemetry",
        ],
    ),
];

/// What the file names and must not, one line a name.
pub(crate) fn break_ins(source: &Source) -> Vec<String> {
    let module = source.module().join("::");
    let found = named(source)
        .into_iter()
        .map(|named| (named.line, named.path.join("::")));
    // The binary and the map are in no room. The binary knows the command line, and the map only lists.
    let Some((home, _)) = room_of(&module) else {
        return match module.as_str() {
            "" => found
                .filter(|(_, path)| !within(path, "cli"))
                .map(|(line, path)| told(source, line, "this file", &path))
                .collect(),
            _ => vec![format!(
                "{}: no row of tests/tidy/rooms.rs says what `{module}` may name: add one",
                source.path
            )],
        };
    };
    found
        .filter(|(_, path)| !may(home, path))
        .map(|(line, path)| told(source, line, home, &path))
        .collect()
}

fn told(source: &Source, line: usize, home: &str, path: &str) -> String {
    format!(
        "{}:{line}: {home} must not know of `{path}`: hand it in as a value, or move what needs it",
        source.path
    )
}

fn may(home: &str, path: &str) -> bool {
    let (Some((_, allowed)), Some((room, _))) = (room_of(home), room_of(path)) else {
        return false;
    };
    let named =
        |name: &&str| within(path, name) && room_of(name).is_some_and(|(row, _)| row == room);
    room == home || CORE.contains(&room) || allowed.iter().any(named)
}

/// The innermost room that a path leads into, and whom it may name.
fn room_of(path: &str) -> Option<(&'static str, &'static [&'static str])> {
    ROOMS
        .iter()
        .filter(|(room, _)| within(path, room))
        .max_by_key(|(room, _)| room.len())
        .copied()
}

/// Whether a path leads to `room` or into it.
fn within(path: &str, room: &str) -> bool {
    path.strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(file: &str, code: &str) -> bool {
        !break_ins(&Source::new(file, code)).is_empty()
    }

    #[test]
    fn the_core_knows_only_the_core() {
        assert!(!breaks("src/intake/mod.rs", "use crate::routing::Rules;"));
        assert!(breaks("src/intake/mod.rs", "use crate::clock::Clock;"));
        assert!(breaks(
            "src/intake/places.rs",
            "fn f() { super::super::store::open() }"
        ));
    }

    #[test]
    fn data_does_not_flow_back() {
        assert!(!breaks("src/actions/mod.rs", "use crate::store::Tx;"));
        assert!(breaks(
            "src/store/mod.rs",
            "use crate::actions::receive_message;"
        ));
        assert!(breaks(
            "src/actions/mod.rs",
            "use crate::{complaint::Status, outbox};"
        ));
    }

    #[test]
    fn nobody_knows_the_wiring_but_the_command_line() {
        assert!(!breaks("src/cli/serve.rs", "use crate::service::Service;"));
        assert!(breaks("src/inbound/mod.rs", "use crate::service::Service;"));
        assert!(breaks("src/service.rs", "use crate::cli;"));
        assert!(!breaks("src/main.rs", "fn main() { jibu::cli::run() }"));
        assert!(breaks("src/main.rs", "use jibu::store::Store;"));
    }

    #[test]
    fn an_inner_room_is_named_by_itself() {
        assert!(breaks(
            "src/outbox/sender.rs",
            "use crate::gateway::sandbox::Sandbox;"
        ));
        assert!(!breaks(
            "src/cli/demo.rs",
            "use crate::gateway::sandbox::Sandbox;"
        ));
        assert!(breaks(
            "src/gateway/sandbox/rest.rs",
            "use crate::store::Store;"
        ));
    }

    #[test]
    fn the_door_in_cannot_send() {
        assert!(!breaks(
            "src/inbound/mod.rs",
            "use crate::gateway::signature::Verifier;"
        ));
        assert!(breaks(
            "src/inbound/mod.rs",
            "use crate::gateway::twilio::Twilio;"
        ));
    }

    #[test]
    fn a_new_room_needs_a_row() {
        assert!(breaks("src/porch/mod.rs", ""));
    }

    /// Each row may name only rows above it, and so no ring of rooms can be written into the table.
    #[test]
    fn the_table_itself_flows_one_way() {
        for (at, (room, allowed)) in ROOMS.iter().enumerate() {
            for named in *allowed {
                let above = ROOMS[..at].iter().any(|(above, _)| within(named, above));
                assert!(above, "{room} may name {named}, which is not above it");
            }
        }
    }
}
