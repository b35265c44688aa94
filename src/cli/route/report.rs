//! How well the rules do on labelled texts, as a page to read.

mod json;

use std::collections::BTreeSet;

use crate::cli::lines::{WIDTH, counted, grouped, labelled};
use crate::complaint::OrganisationId;
use crate::routing::score::{OfOrganisation, Scored, Scores, TakenBy, share};
use crate::text::shown::{one_line, quotation, shortened};

/// With more organisations there is no table that fits; the largest confusions are told in words then.
const MOST_COLUMNS: usize = 10;
/// So many organisations, confusions and rules are listed.
const MOST: usize = 12;
/// Texts shown of a rule's misses.
const EXAMPLES: usize = 3;
/// The width of an organisation's id in a column.
const ID: usize = 26;
/// So much of an id is shown in a sentence.
const NAMED: usize = 40;

pub(super) use json::to_value;

/// The page.
pub(super) fn told(scores: &Scores) -> String {
    let organisations = scores.organisations();
    let mut parts = vec![summary(scores, &organisations), each(&organisations)];
    if organisations.len() <= MOST_COLUMNS {
        parts.push(table(scores, &organisations));
    } else {
        parts.push(largest_confusions(scores));
    }
    parts.extend(misses(scores));
    parts.join("\n\n")
}

fn summary(scores: &Scores, organisations: &[OfOrganisation]) -> String {
    let (texts, right) = (scores.texts.len(), scores.right());
    let (decided, right_of_decided) = scores.decided();
    let named = organisations.iter().filter(|one| one.texts > 0).count();
    let mut rows = vec![
        ("Texts", format!("{}{}", grouped(texts), left_out(scores))),
        (
            "Right",
            format!(
                "{} ({}) reach whom their label names",
                grouped(right),
                percent(right, texts)
            ),
        ),
        (
            "Decided",
            format!(
                "{} ({}) are decided by a rule; {} ({}) of these are right",
                grouped(decided),
                percent(decided, texts),
                grouped(right_of_decided),
                percent(right_of_decided, decided)
            ),
        ),
        (
            "Macro-F1",
            format!(
                "{:.3}, the mean over the {} that labels name",
                scores.macro_f1(),
                counted(named, "organisation")
            ),
        ),
    ];
    if !scores.strangers.is_empty() {
        let names: Vec<_> = scores.strangers.iter().map(|name| one_line(name)).collect();
        let names = shortened(&names.join(", "), 300);
        rows.push((
            "Unknown",
            format!("{names}: no organisation has such a name, so no rule can be right there"),
        ));
    }
    let lines: Vec<_> = rows
        .iter()
        .map(|(label, text)| labelled(label, text))
        .collect();
    lines.join("\n")
}

fn left_out(scores: &Scores) -> String {
    let why = [
        (scores.several, "with several labels"),
        (scores.empty, "without a text or a label"),
    ];
    let told: Vec<_> = why
        .iter()
        .filter(|(rows, _)| *rows > 0)
        .map(|(rows, why)| format!("{} {why}", counted(*rows, "row")))
        .collect();
    if told.is_empty() {
        return String::new();
    }
    format!("; left out: {}", told.join(", "))
}

/// Each organisation's recall and precision, in plain words.
fn each(organisations: &[OfOrganisation]) -> String {
    let mut lines = vec![format!(
        "{:ID$}  {:>7}  {:>12}  {:>14}",
        "Organisation", "texts", "reach it", "rightly there"
    )];
    lines.extend(
        organisations
            .iter()
            .take(MOST.max(MOST_COLUMNS))
            .map(|one| {
                format!(
                    "{}  {:>7}  {:>12}  {:>14}",
                    id(&one.id),
                    grouped(one.texts),
                    percent(one.right, one.texts),
                    percent(one.right, one.reached)
                )
            }),
    );
    lines.extend(more(organisations.len(), "organisation"));
    lines.join("\n")
}

/// Which texts go where: a row an organisation by the labels, a column an organisation by the rules.
fn table(scores: &Scores, organisations: &[OfOrganisation]) -> String {
    let sent = scores.sent();
    let count = |label, to| sent.get(&(label, to)).copied().unwrap_or_default();
    let cell = |count: usize| match count {
        0 => format!("{:>6}", "·"),
        count => format!("{:>6}", grouped(count)),
    };
    let numbers: String = (1..=organisations.len())
        .map(|number| format!("{number:>6}"))
        .collect();
    let mut lines = vec![format!("{:ID$}{numbers}  no rule", "Texts of … sent to")];
    for (number, row) in (1..).zip(organisations) {
        let cells: String = organisations
            .iter()
            .map(|column| cell(count(&row.id, Some(&column.id))))
            .collect();
        let name = named(row.id.as_str(), ID - 4);
        let undecided = cell(count(&row.id, None));
        lines.push(format!(
            "{number:>2}  {name:width$}{cells}   {undecided}",
            width = ID - 4
        ));
    }
    lines.join("\n")
}

fn largest_confusions(scores: &Scores) -> String {
    let mut confusions: Vec<_> = scores
        .sent()
        .into_iter()
        .filter_map(|((label, to), count)| Some((label, to?, count)))
        .filter(|(label, to, _)| label != to)
        .collect();
    confusions.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
    let all = confusions.len();
    let mut lines = vec!["The largest confusions".to_owned()];
    lines.extend(confusions.into_iter().take(MOST).map(|(label, to, count)| {
        let [label, to] = [label, to].map(|id| named(id.as_str(), NAMED));
        format!("{:>7}  of {label} go to {to}", grouped(count))
    }));
    lines.extend(more(all, "confusion"));
    lines.join("\n")
}

/// What each rule took wrongly, and what none took.
fn misses(scores: &Scores) -> Vec<String> {
    let (by_rules, by_none): (Vec<_>, Vec<_>) = scores
        .misses()
        .into_iter()
        .partition(|taken| taken.rule.is_some());
    let mut parts: Vec<String> = by_rules.iter().take(MOST).map(wrong).collect();
    parts.extend(more(by_rules.len(), "rule"));
    parts.extend(by_none.iter().map(wrong));
    parts
}

fn wrong(taken: &TakenBy<'_>) -> String {
    let count = taken.wrong.len();
    let head = match taken.rule {
        Some(rule) => format!(
            "{}: {} of the {} that it decides {} elsewhere",
            named(rule.as_str(), NAMED),
            grouped(count),
            counted(taken.took, "text"),
            if count == 1 { "belongs" } else { "belong" }
        ),
        None => format!("No rule decides {}", counted(count, "text")),
    };
    let examples = spread(&taken.wrong).into_iter().map(|text| {
        let quote = quotation(&text.text, WIDTH - ID - 6);
        format!("  {}  \"{quote}\"", id(&text.label))
    });
    std::iter::once(head)
        .chain(examples)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A few of them, of different organisations where there are several.
fn spread<'s>(wrong: &[&'s Scored]) -> Vec<&'s Scored> {
    let mut seen = BTreeSet::new();
    let (firsts, rest): (Vec<&Scored>, Vec<&Scored>) =
        wrong.iter().partition(|text| seen.insert(&text.label));
    firsts.into_iter().chain(rest).take(EXAMPLES).collect()
}

fn more(all: usize, thing: &str) -> Option<String> {
    let more = all.checked_sub(MOST).filter(|more| *more > 0)?;
    Some(format!("… and {}", counted(more, &format!("more {thing}"))))
}

fn id(id: &OrganisationId) -> String {
    format!("{:ID$}", named(id.as_str(), ID))
}

/// An id that is too long loses its middle: many begin alike, and many end alike.
fn named(id: &str, most: usize) -> String {
    let length = id.chars().count();
    if length <= most {
        return id.to_owned();
    }
    let end: String = id.chars().skip(length - most / 2).collect();
    shortened(id, most - most / 2) + &end
}

/// Rounded down: only all is 100 %.
fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{:.0} %", (100.0 * share(part, whole)).floor())
}

#[cfg(test)]
mod tests;
