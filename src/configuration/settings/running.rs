//! What a running service takes up of edited settings, and what waits for its next start.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use sha2::{Digest, Sha256};
use toml::{Table, Value};

use super::given::{Given, Origin};
use super::{FILE, Gateway, Settings};
use crate::text::diagnostic::{Diagnostic, Level};

/// What is looked up for each text or page, and so can change between two: sections, or keys of a section. All else is looked up once:
/// a socket is bound, a file open, a client built.
const BETWEEN_TEXTS: [&str; 7] = [
    "limits",
    "notices",
    "reports",
    "line",
    "gateway.answers_keywords",
    "gateway.segment_price",
    "gateway.currency",
];

/// How each key is set, and where the file says so. Told apart by digests: a value may be a password, and this copy of it
/// would not be wiped.
#[derive(Clone, Default)]
pub(super) struct Spelled(BTreeMap<String, ([u8; 32], Option<Range<usize>>)>);

impl Spelled {
    pub(super) fn of(whole: &Table, given: &[Given]) -> Self {
        let place = |name: &str| {
            let last = given.iter().rev().find(|given| given.name() == name)?;
            match &last.origin {
                Origin::File(span) => Some(span.clone()),
                Origin::Variable(_) | Origin::Fixed => None,
            }
        };
        let keys = |(section, keys): (&String, &Value)| {
            let named = keys.as_table().into_iter().flatten().map(|(key, value)| {
                let name = format!("{section}.{key}");
                let digest = Sha256::digest(value.to_string()).into();
                let place = place(&name);
                (name, (digest, place))
            });
            named.collect::<Vec<_>>()
        };
        Self(whole.iter().flat_map(keys).collect())
    }
}

/// A digest of a short password is as good as the password.
impl fmt::Debug for Spelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spelled(…)")
    }
}

impl Settings {
    /// Warnings on what these settings change of the running ones and only a start can.
    pub fn waiting_for_a_start(&self, running: &Self) -> Vec<Diagnostic> {
        let changed = self.spelled.0.iter().filter(|(name, (digest, _))| {
            let before = running.spelled.0.get(*name).map(|(digest, _)| digest);
            !changes_between_texts(name) && before != Some(digest)
        });
        changed
            .map(|(name, (_, place))| {
                let message = format!("`{name}` takes effect at the next start");
                Diagnostic {
                    level: Level::Warning,
                    ..Diagnostic::error(FILE, place.clone(), message)
                }
            })
            .collect()
    }

    /// These settings as far as they can change between two texts; for the rest, the running ones.
    #[must_use]
    pub fn while_running(self, running: &Self) -> Self {
        Self {
            limits: self.limits,
            notices: self.notices,
            reports: self.reports,
            line: self.line,
            gateway: Gateway {
                answers_keywords: self.gateway.answers_keywords,
                segment_price: self.gateway.segment_price,
                currency: self.gateway.currency,
                ..running.gateway.clone()
            },
            ..running.clone()
        }
    }
}

fn changes_between_texts(name: &str) -> bool {
    let section = name.split('.').next().unwrap_or_default();
    BETWEEN_TEXTS.contains(&name) || BETWEEN_TEXTS.contains(&section)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn settings(source: &str) -> Settings {
        Settings::load(Path::new("/etc/jibu"), Some(source), [], &[]).unwrap()
    }

    fn waiting(edited: &Settings, running: &Settings) -> Vec<String> {
        let waiting = edited.waiting_for_a_start(running).into_iter();
        waiting.map(|finding| finding.message).collect()
    }

    #[test]
    fn what_is_looked_up_for_each_text_changes_and_nothing_else_does() {
        let running = settings("[outbox]\nper_second = 5\n");
        let edited = settings(
            "[limits]\nreplies_per_minute = 7\n[line]\nfree = true\n[gateway]\nanswers_keywords = [\"HELP\"]\n\
             segment_price = 0.05\ncurrency = \"KES\"\n\
             auth_password = \"hunter2\"\n[log]\nlevel = \"debug\"\n",
        );
        assert_eq!(
            waiting(&edited, &running),
            [
                "`gateway.auth_password` takes effect at the next start",
                "`log.level` takes effect at the next start",
                "`outbox.per_second` takes effect at the next start",
            ]
        );
        assert!(!format!("{edited:?}").contains("hunter2"));

        let after = edited.while_running(&running);
        assert_eq!(after.limits.replies_per_minute, 7);
        assert!(after.line.free);
        assert_eq!(after.gateway.answers_keywords, ["HELP"]);
        assert_eq!(after.gateway.segment_price.of(2), Some("0.10".to_owned()));
        assert_eq!(after.gateway.currency, "KES");
        assert_eq!(
            (after.outbox.per_second, after.log.level.as_str()),
            (5, "info")
        );
        assert!(after.gateway.auth_password.is_empty());
    }

    #[test]
    fn a_second_edit_is_compared_with_what_runs_and_not_with_the_first() {
        let running = settings("");
        let first = settings("[outbox]\nper_second = 5\n").while_running(&running);
        let second = settings("[outbox]\nper_second = 5\n[line]\nfree = true\n");
        assert_eq!(waiting(&second, &first).len(), 1);
        assert!(waiting(&settings(""), &first).is_empty());
    }
}
