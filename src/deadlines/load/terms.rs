//! `deadlines.toml`: for which complaints, how long.

use std::ops::Range;

use toml::de::DeTable;

use super::{Named, Section, sections};
use crate::complaint::{OrganisationId, Priority, SectorId};
use crate::deadlines::terms::{Deadlines, Row};
use crate::deadlines::{Reminders, Span};
use crate::text::diagnostic::Diagnostic;
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
const REMINDERS: [&str; 3] = ["second_after", "escalate_after", "committee_after"];
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
    let warnings = slower_than_urgent(&rows, report);
    let rows = rows.into_iter().map(|(row, _)| row).collect();
    let reminders = reminders(table, report);
    (Deadlines { rows, reminders }, warnings)
}

/// `[reminders]`: what is not said there is as usual.
fn reminders(table: &DeTable<'_>, report: &mut Report<'_>) -> Reminders {
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
    let [second, escalate, committee] = REMINDERS.map(|key| span(&section, key, report));
    Reminders {
        second_after: second.unwrap_or(usual.second_after),
        escalate_after: escalate.unwrap_or(usual.escalate_after),
        committee_after: committee.unwrap_or(usual.committee_after),
    }
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
