//! The texts that letters are made of.

use toml::Table;

use crate::pages::{Grammar, Reader, section};

section! {
    /// All of them.
    Letter {
        dear(name), sign(convener, county), answer, machine, list,
        overdue[n](county), overdue_lead, first, second,
        word[n](county), word_lead, own, reminded, escalated, committee_told,
        committee[n](county), committee_lead,
        alone(number), alone_lead, alone_word, alone_committee,
        referred[n](county), referred_lead,
        late[n], late_today, due(date), date(day, month, year), todo(when, ask), accept, refer, act, resolve, private, open, more[n], with(organisation),
    }
}

section! {
    /// How a month was.
    Report {
        subject(county, month), lead(month, before), figure(name, value, before), month(month, year),
        complaints, open, overdue, confirmed, not_solved, in_time, median, topics, places, not_given, not_told, nothing,
        days(days), decimal, percent(percent), few, sensitive[n], page,
    }
}

/// What letters say.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) letter: Letter,
    pub(crate) report: Report,
}

/// The section of the report.
pub(super) const REPORT: &str = "report";

impl Words {
    /// `known`: what a report says where the file has no section on it, as those do not that were written before there were reports.
    pub(super) fn read(
        file: &Table,
        grammar: &Grammar,
        known: Option<&Report>,
        wrong: &mut Vec<String>,
    ) -> Self {
        let letter = Letter::read(Reader::new("letter", file, grammar, wrong));
        let report = match known {
            Some(known) if !file.contains_key(REPORT) => known.clone(),
            _ => Report::read(Reader::new(REPORT, file, grammar, wrong)),
        };
        let odd = file
            .keys()
            .filter(|key| !["direction", "months", "letter", REPORT].contains(&key.as_str()));
        wrong.extend(odd.map(|key| format!("`{key}` is nothing that a letter asks for")));
        Self { letter, report }
    }
}
