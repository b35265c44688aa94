//! What the arguments ask.

use anyhow::{Context, bail};
use chrono::{DateTime, Months, NaiveDate, Utc};

use super::Arguments;
use crate::configuration::Configuration;
use crate::reports::{Dimension, Measure, Period, Question};
use crate::text::diagnostic::nearest;

/// What stands below the options.
pub(super) const HELP: &str = "\
What to count by (--by) and what to choose by (--only):
  sector, kind               what it is about
  county, sub_county, ward   where it is
  gender, age_group          who complains
  channel, language          how it came, and in which language
  organisation               who has it now
  status, outcome            where it stands, and how it ended
  day, week, month, quarter  when it was lodged

Figures (--measure):
  complaints, open, overdue  how many; still open; with a step that is late now
  returned, reopened         sent back by who had it; opened again
  confirmed, not_solved      solved, and not, as who complained says
  unconfirmed                said to be solved, and who complained is silent
  per_100000                 for each 100,000 inhabitants
  womens_share               women, of those who say who they are
  in_time_to_STEP            how many of those due were in time; of the steps
                             accept, act and resolve
  median_days_to_STEP        days from lodging to the step: refer, accept, act,
                             resolve or confirm
  median_days_held           days that an organisation had it; each stay counts

  For median_ there is p90_ (nine in ten took no longer) and mean_ as well, and
  for days_ working_days_: p90_working_days_to_accept.

What was no complaint, or another's words, is not counted. How many these are
stands below the table.

With --outside, whole months that are published are told, of one county, by two
things at most: a filter is one of them, and so is a figure but complaints.

Examples:
  jibu report --by sector --period 2026-10
  jibu report --by month,gender --only sector=water --only sector=health
  jibu report --by organisation --measure median_working_days_to_resolve
  jibu report --by sector,gender --outside";

/// What the arguments ask; of which days, where they say so.
pub(super) struct Asked {
    by: Vec<Dimension>,
    measure: Measure,
    pub(super) only: Vec<(Dimension, Option<String>)>,
    period: Option<Period>,
}

impl Asked {
    pub(super) fn of(arguments: &Arguments) -> anyhow::Result<Self> {
        let by = arguments.by.iter().map(|word| dimension(word));
        let only = arguments.only.iter().map(|only| filter(only));
        Ok(Self {
            by: by.collect::<Result<_, _>>()?,
            measure: measure(&arguments.measure)?,
            only: only.collect::<Result<_, _>>()?,
            period: period(arguments)?,
        })
    }

    /// The question; of the usual days, where they do not say which.
    pub(super) fn question(&self, usual: Period) -> anyhow::Result<Question> {
        let period = self.period.unwrap_or(usual);
        let question = Question::new(&self.by, self.measure, period)?;
        let only = self.only.iter();
        let question = only.fold(question, |question, (dimension, value)| {
            question.only(*dimension, value.as_deref())
        });
        Ok(question.checked()?)
    }
}

/// The last twelve months, with this.
pub(super) fn last_months(
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> anyhow::Result<Period> {
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

fn filter(only: &str) -> anyhow::Result<(Dimension, Option<String>)> {
    let (what, value) = only.split_once('=').with_context(|| {
        format!("`--only {only}` lacks a `=`: --only sector=water, or --only sector= for those that have none")
    })?;
    let value = Some(value).filter(|value| !value.is_empty());
    Ok((dimension(what)?, value.map(str::to_owned)))
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

/// The days that they name; `None`: they name none.
fn period(arguments: &Arguments) -> anyhow::Result<Option<Period>> {
    if let Some(word) = &arguments.period {
        return Ok(Some(word.parse()?));
    }
    let (Some(from), Some(to)) = (&arguments.from, &arguments.to) else {
        return Ok(None);
    };
    match Period::of_days(day(from)?, day(to)?) {
        Some(period) => Ok(Some(period)),
        None => bail!("{to} comes before {from}"),
    }
}

fn day(word: &str) -> anyhow::Result<NaiveDate> {
    word.parse()
        .with_context(|| format!("`{word}` is no day: write 2026-10-05"))
}
