//! What the arguments ask.

use anyhow::{Context, bail};
use chrono::{DateTime, Months, NaiveDate, Utc};

use super::Arguments;
use crate::configuration::Configuration;
use crate::reports::{Dimension, Measure, Period, Question};
use crate::text::diagnostic::nearest;

/// What stands below the options.
pub(super) const HELP: &str = "\
By:      sector, kind, gender, age_group, county, sub_county, ward, channel, organisation, status, outcome, language,
         day, week, month, quarter
Figures: complaints, open, overdue, returned, reopened, confirmed, unconfirmed, not_solved, per_100000, womens_share,
         in_time_to_STEP, median_days_to_STEP, p90_days_to_STEP, mean_days_to_STEP, and each with working_days for days;
         STEP is refer, accept, act, resolve or confirm, and a deadline have accept, act and resolve;
         median_days_held, p90_days_held, mean_days_held: how long an organisation had it, by the ledger
What was no complaint, or another's words, is not counted, and told below the table.

Example: jibu report --by sector,gender --measure median_days_to_resolve --period 2026-Q3";

pub(super) fn question(
    arguments: &Arguments,
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> anyhow::Result<Question> {
    let by: Vec<Dimension> = arguments
        .by
        .iter()
        .map(|word| dimension(word))
        .collect::<Result<_, _>>()?;
    let measure = measure(&arguments.measure)?;
    let mut question = Question::new(&by, measure, period(arguments, configuration, now)?)?;
    for only in &arguments.only {
        let (what, value) = only.split_once('=').with_context(|| {
            format!("`--only {only}` lacks a `=`: --only sector=water, or --only sector= for those that have none")
        })?;
        let value = Some(value).filter(|value| !value.is_empty());
        question = question.only(dimension(what)?, value);
    }
    Ok(question.checked()?)
}

fn dimension(word: &str) -> anyhow::Result<Dimension> {
    let words = Dimension::ALL.map(Dimension::as_str);
    Dimension::from_word(word).with_context(|| not_known("nothing to count by", word, &words))
}

fn measure(word: &str) -> anyhow::Result<Measure> {
    let words: Vec<String> = Measure::all().into_iter().map(Measure::word).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Measure::from_word(word).with_context(|| not_known("no figure", word, &words))
}

fn not_known(what: &str, word: &str, words: &[&str]) -> String {
    match nearest(word, words.iter().copied()) {
        Some(near) => format!("`{word}` is {what}; did you mean `{near}`?"),
        None => format!("`{word}` is {what}; `jibu report --help` lists what there is"),
    }
}

fn period(
    arguments: &Arguments,
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> anyhow::Result<Period> {
    if let Some(word) = &arguments.period {
        return Period::from_word(word).with_context(|| {
            format!("`{word}` is no span of time: write 2026, 2026-Q4, 2026-10 or 2026-10-05")
        });
    }
    if let (Some(from), Some(to)) = (&arguments.from, &arguments.to) {
        return match Period::of_days(day(from)?, day(to)?) {
            Some(period) => Ok(period),
            None => bail!("{to} comes before {from}"),
        };
    }
    let zone = configuration
        .rules
        .counties()
        .next()
        .map_or(chrono_tz::UTC, |county| county.zone);
    let today = now.with_timezone(&zone).date_naive();
    let month = Period::month_of(today).context("the clock is out of range")?;
    let from = month.from.checked_sub_months(Months::new(11));
    Ok(Period {
        from: from.unwrap_or(month.from),
        ..month
    })
}

fn day(word: &str) -> anyhow::Result<NaiveDate> {
    word.parse()
        .with_context(|| format!("`{word}` is no day: write 2026-10-05"))
}
