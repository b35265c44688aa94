//! The two files that tell time: `calendar.toml` and `deadlines.toml`. Without them what is usual holds, and that is said.

use super::files::Files;
use super::{CALENDAR, DEADLINES, keep};
use crate::deadlines::{Calendars, Deadlines, Named};
use crate::routing::Rules;
use crate::text::diagnostic::{Diagnostic, Level};

pub(super) fn load(
    files: &Files,
    rules: Option<&Rules>,
    found: &mut Vec<Diagnostic>,
) -> (Option<Calendars>, Option<Deadlines>) {
    let named = rules.map(named);
    let calendars = match &files.calendar {
        Some(text) => keep(Some(Calendars::load(CALENDAR, text, named.as_ref())), found),
        None if was_unread(files, CALENDAR) => None,
        None => {
            let told = "this file is missing: Monday to Friday are worked, also on holidays";
            let note = Diagnostic::new(Level::Note, CALENDAR, None, told);
            found.push(note.help("the sample in config/ has one to start from"));
            Some(Calendars::default())
        }
    };
    let deadlines = match &files.deadlines {
        Some(text) => {
            let loaded = keep(
                Some(Deadlines::load(DEADLINES, text, named.as_ref())),
                found,
            );
            loaded.map(|(deadlines, warnings)| {
                found.extend(warnings);
                deadlines
            })
        }
        None if was_unread(files, DEADLINES) => None,
        None => Some(Deadlines::default()),
    };
    (calendars, deadlines)
}

/// Whether the file is there and cannot be read: that is told already, and nothing stands in for it.
fn was_unread(files: &Files, name: &str) -> bool {
    files.findings.iter().any(|finding| finding.file == name)
}

fn named(rules: &Rules) -> Named<'_> {
    let kinds = rules.kinds();
    Named {
        counties: rules.counties().map(|county| county.id.as_str()).collect(),
        sectors: rules.sectors().map(|sector| sector.id.as_str()).collect(),
        organisations: rules.organisations().map(|one| one.id.as_str()).collect(),
        kinds: kinds.collect(),
    }
}
