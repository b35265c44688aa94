//! What an import would do, for people.

use std::path::Path;

use super::shown;
use crate::cli::lines::{counted, grouped, labelled};
use crate::complaint::OrganisationId;
use crate::configuration::Configuration;
use crate::import::{Check, Mistake};
use crate::text::shown::quotation;

/// So many organisations are named.
const NAMED: usize = 12;
/// So much of a column's name.
const OF_A_NAME: usize = 60;

pub(super) fn told(
    check: &Check,
    file: &Path,
    header: &[String],
    configuration: &Configuration,
) -> String {
    let mut lines = vec![labelled("Read", &read(check, file))];
    lines.push(labelled("New", &new(check)));
    if check.new > 0 {
        lines.push(labelled("To", &to(check, configuration)));
    }
    let rows = [
        (
            "Undecided",
            check.undecided,
            "that no rule is sure about: the convener decides",
        ),
        ("Sensitive", check.sensitive, "on a track of their own"),
        ("Here", check.here, "imported before, and not again"),
        (
            "Altered",
            check.altered,
            "imported before and read otherwise now: what is here stays as it is",
        ),
        (
            "Twice",
            check.again,
            "that stand in the file before, letter by letter: one of each",
        ),
    ];
    let rows = rows.into_iter().filter(|(_, count, _)| *count > 0);
    lines.extend(
        rows.map(|(label, count, what)| labelled(label, &format!("{} {what}", grouped(count)))),
    );
    if check.with_phone > 0 {
        lines.push(labelled("Phones", &phones(check, configuration)));
    }
    if check.wrong > 0 {
        lines.push(String::new());
        lines.extend(check.told.iter().map(|wrong| told_wrong(wrong, header)));
        let told: usize = check.told.iter().map(|mistake| mistake.times).sum();
        let more = check.wrong.saturating_sub(told);
        if more > 0 {
            lines.push(format!("and {} with other mistakes", counted(more, "row")));
        }
    }
    if !check.doubts.is_empty() {
        lines.push("\nTo be looked at; imported as it is read:".to_owned());
        lines.extend(check.doubts.iter().map(|doubt| told_wrong(doubt, header)));
    }
    lines.join("\n")
}

fn read(check: &Check, file: &Path) -> String {
    let rows = counted(check.rows, "row");
    let wrong = match check.wrong {
        0 => "all can be imported".to_owned(),
        wrong => format!("{} cannot be imported", grouped(wrong)),
    };
    format!("{}: {rows}; {wrong}", shown(file))
}

fn new(check: &Check) -> String {
    let open = grouped(check.new - check.over);
    format!(
        "{}: {open} open, due from now on; {} closed elsewhere, kept as history",
        counted(check.new, "complaint"),
        grouped(check.over)
    )
}

fn to(check: &Check, configuration: &Configuration) -> String {
    let to = check.receivers();
    let name = |id: &OrganisationId| {
        let organisation = configuration.rules.organisation(id);
        organisation.map_or_else(|| id.to_string(), |organisation| organisation.name.clone())
    };
    let mut named: Vec<String> = to
        .iter()
        .take(NAMED)
        .map(|(id, count)| format!("{} {}", name(id), grouped(*count)))
        .collect();
    if let Some(more) = to.len().checked_sub(NAMED).filter(|more| *more > 0) {
        named.push(format!("and {more} more"));
    }
    named.join(", ")
}

fn phones(check: &Check, configuration: &Configuration) -> String {
    let Check {
        with_phone,
        segments,
        ..
    } = check;
    let gateway = &configuration.settings.gateway;
    let cost = gateway
        .segment_price
        .of(u64::try_from(*segments).unwrap_or(u64::MAX))
        .map(|cost| format!(", {cost} {}", gateway.currency));
    format!(
        "{} of the open ones have one; with --texts each is sent its number, for up to {}{}",
        grouped(*with_phone),
        counted(*segments, "segment"),
        cost.unwrap_or_default(),
    )
}

fn told_wrong(mistake: &Mistake, header: &[String]) -> String {
    let Mistake { wrong, times, rows } = mistake;
    let column = wrong.column.and_then(|at| header.get(at));
    let column = column.map(|name| format!(", column `{}`", quotation(name, OF_A_NAME)));
    let (column, why) = (column.unwrap_or_default(), &wrong.why);
    let places: Vec<String> = rows
        .iter()
        .map(|(row, line)| format!("{row} (line {line})"))
        .collect();
    let more = match times.saturating_sub(rows.len()) {
        0 => String::new(),
        more => format!(" and {} more", grouped(more)),
    };
    let rows = if *times == 1 { "row" } else { "rows" };
    format!("{rows} {}{more}{column}: {why}", places.join(", "))
}
