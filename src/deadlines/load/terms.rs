//! `deadlines.toml`: for which complaints, how long.

use std::ops::Range;

use toml::de::DeTable;

use super::{Named, Section, sections};
use crate::complaint::{OrganisationId, Priority, SectorId};
use crate::deadlines::terms::{Deadlines, Row};
use crate::deadlines::{Reminders, Span, Step, Turn};
use crate::text::diagnostic::{Diagnostic, Level};
use crate::text::toml_file::Report;

const KEYS: [&str; 7] = [
    "sector",
    "kind",
    "priority",
    "organisation",
    "accept",
    "first_action",
    "resolve",
];
/// When each step of [`Step::ALL`] is taken.
const REMINDERS: [&str; 4] = [
    "first_after",
    "second_after",
    "escalate_after",
    "committee_after",
];
const TERMS: [&str; 3] = ["accept", "first_action", "resolve"];

pub(super) fn deadlines(
    table: &DeTable<'_>,
    named: Option<&Named<'_>>,
    report: &mut Report<'_>,
) -> (Deadlines, Vec<Diagnostic>) {
    let mut rows: Vec<(Row, Range<usize>)> = Vec::new();
    for section in sections(table, "deadline", &KEYS, report) {
        let row = row(&section, named, report);
        let is_same = |other: &Row| other.conditions() == row.conditions();
        if let Some((_, first)) = rows.iter().find(|(other, _)| is_same(other)) {
            let told = report.error_at(
                section.at.clone(),
                "another [[deadline]] is for just the same complaints",
            );
            let told = told.beside(first.clone(), "this one");
            report.tell(told.help("put both into one section, or name a `sector`, `kind`, `priority` or `organisation` more"));
        }
        if TERMS.iter().all(|key| section.get(key).is_none()) {
            let help = "write one of them at least: accept = \"2 days\", first_action = \"5 days\", resolve = \"21 days\"";
            report.error_with(
                section.at.clone(),
                "this [[deadline]] has no time in it",
                help,
            );
        }
        rows.push((row, section.at));
    }
    let mut warnings = slower_than_urgent(&rows, report);
    let rows = rows.into_iter().map(|(row, _)| row).collect();
    let reminders = reminders(table, &mut warnings, report);
    (Deadlines { rows, reminders }, warnings)
}

/// `[reminders]`: what is not said there is as usual.
fn reminders(
    table: &DeTable<'_>,
    warnings: &mut Vec<Diagnostic>,
    report: &mut Report<'_>,
) -> Reminders {
    let usual = Reminders::default();
    let Some(value) = table.get("reminders") else {
        return usual;
    };
    let Some(table) = report.section("reminders", value) else {
        return usual;
    };
    report.names("key", table, Some(value.span()), &REMINDERS, &[]);
    let section = Section {
        table,
        at: value.span(),
    };
    let [first, second, escalated, committee] = REMINDERS.map(|key| turn(&section, key, report));
    let reminders = Reminders {
        first: first.unwrap_or(usual.first),
        second: second.unwrap_or(usual.second),
        escalated: escalated.unwrap_or(usual.escalated),
        committee: committee.unwrap_or(usual.committee),
    };
    warnings.extend(never_and_then(&section, &reminders, report));
    reminders
}

/// When a step is taken: after a span, or never; the first one also at once.
fn turn(section: &Section<'_>, key: &str, report: &mut Report<'_>) -> Option<Turn> {
    let (text, at) = section.text(key, report)?;
    let is_first = key == "first_after";
    let turn = match text {
        "never" => Some(Turn::Never),
        "at once" if is_first => Some(Turn::AtOnce),
        span => Span::parse(span).map(Turn::After),
    };
    if turn.is_none() {
        let help = if is_first {
            "write \"at once\", a number of working days or hours, \"1 day\", \"4 hours\", or \"never\""
        } else {
            "write a number of working days or hours, \"5 days\", \"4 hours\", or \"never\""
        };
        report.error_with(at, format!("`{text}` is no time for a step"), help);
    }
    turn
}

/// Steps that are left out, where that is more than it seems: all of them, or one that others are counted from.
fn never_and_then(
    section: &Section<'_>,
    reminders: &Reminders,
    report: &Report<'_>,
) -> Vec<Diagnostic> {
    let steps = REMINDERS.into_iter().zip(Step::ALL);
    let turns: Vec<(&str, Turn)> = steps
        .map(|(key, step)| (key, reminders.turn(step)))
        .collect();
    let is_never = |(_, turn): &(&str, Turn)| *turn == Turn::Never;
    if turns.iter().all(is_never) {
        let told = report.warning_at(
            section.at.clone(),
            "nobody is told of a deadline that passed: all four steps are `never`",
        );
        return vec![
            told.help("leave one of them; the first tells the organisation and the convener"),
        ];
    }
    let after_one = turns.windows(2).filter_map(|two| match two {
        [before, after] if is_never(before) && !is_never(after) => Some((before.0, after.0)),
        _ => None,
    });
    let tell = |(never, next): (&str, &str)| {
        let said = section.get(next);
        let at = said.or_else(|| section.get(never));
        let mut told = report.warning_at(
            at.map_or_else(|| section.at.clone(), toml::Spanned::span),
            format!("`{never}` is `never`, so that `{next}` is counted from what comes before it"),
        );
        // Who has written down how long the next takes has seen both.
        if said.is_some() {
            told.level = Level::Note;
        }
        told.help(format!(
            "write {next} = \"never\" if the steps are to end there, or how long it takes"
        ))
    };
    after_one.map(tell).collect()
}

fn row(section: &Section<'_>, named: Option<&Named<'_>>, report: &mut Report<'_>) -> Row {
    let sectors = named.map(|named| named.sectors.as_slice());
    let organisations = named.map(|named| named.organisations.as_slice());
    let kinds = named.map(|named| named.kinds.as_slice());
    Row {
        sector: section.name("sector", sectors, report).map(SectorId::new),
        kind: section.name("kind", kinds, report).map(str::to_owned),
        priority: priority(section, report),
        organisation: section
            .name("organisation", organisations, report)
            .map(OrganisationId::new),
        accept: span(section, "accept", report),
        first_action: span(section, "first_action", report),
        resolve: span(section, "resolve", report),
    }
}

fn priority(section: &Section<'_>, report: &mut Report<'_>) -> Option<Priority> {
    let (word, at) = section.text("priority", report)?;
    let priority = Priority::from_word(word);
    if priority.is_none() {
        report.unknown(at, "priority", word, Priority::ALL.map(Priority::as_str));
    }
    priority
}

fn span(section: &Section<'_>, key: &str, report: &mut Report<'_>) -> Option<Span> {
    let (text, at) = section.text(key, report)?;
    let span = Span::parse(text);
    if span.is_none() {
        let help = "write a number of working days or hours: \"5 days\", \"4 hours\"; two years are the most";
        report.error_with(
            at,
            format!("`{text}` is no time that something can take"),
            help,
        );
    }
    span
}

/// A section on more than the priority goes before that on what is urgent: it may give what is urgent more time, which is hardly meant.
fn slower_than_urgent(rows: &[(Row, Range<usize>)], report: &Report<'_>) -> Vec<Diagnostic> {
    let is_of_urgent = |row: &Row| row.priority == Some(Priority::Urgent) && row.weight().0 == 1;
    let Some((urgent, _)) = rows.iter().find(|(row, _)| is_of_urgent(row)) else {
        return Vec::new();
    };
    let slower = |row: &Row| {
        let pairs = [
            (row.accept, urgent.accept),
            (row.first_action, urgent.first_action),
            (row.resolve, urgent.resolve),
        ];
        pairs.iter().any(|(of_row, of_urgent)| {
            matches!((of_row, of_urgent), (Some(Span::Days(_)), Some(Span::Hours(_))))
                || matches!((of_row, of_urgent), (Some(Span::Days(more)), Some(Span::Days(less))) if more > less)
        })
    };
    let specific = rows.iter().filter(|(row, _)| {
        row.weight().0 > 1
            && row
                .priority
                .is_none_or(|priority| priority == Priority::Urgent)
    });
    specific
        .filter(|(row, _)| slower(row))
        .map(|(_, at)| {
            report
                .warning_at(at.clone(), "urgent complaints get more time by this section than by the one on priority `urgent`")
                .help("the section with more conditions wins: add one for them, with priority = \"urgent\"")
        })
        .collect()
}
