//! The complainant is told of news: in their language, in one segment, from the number that they texted.

use chrono::{DateTime, TimeDelta, Utc};

use crate::complaint::County;
use crate::configuration::Configuration;
use crate::intake::Asks;
use crate::intake::replies::{Language, Template, Values};
use crate::store::{ComplaintRow, NewNotice, StoreError, Tx, Untold};
use crate::text::gsm7;
use crate::text::normalise::Normalised;

use super::values::values_ahead;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It stands otherwise.
    Status,
    /// An officer tells how it goes.
    Update,
    /// An officer asks something.
    Asked,
    /// It is said to be solved.
    Resolved,
    /// Nobody said whether it is, and it is closed.
    Unconfirmed,
}

/// Owes the text, unless the person cannot be texted. News that come soon after each other leave as one text; what officers wrote
/// in all of them is in it. What it asks is asked once it leaves: until then a digit answers nothing that nobody has read.
pub(super) fn notify(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
    news: News,
) -> Result<(), StoreError> {
    let texted = tx.line_of(complaint.id)?;
    let line = texted.or_else(|| county(configuration, complaint).line().cloned());
    let (Some(phone_id), Some(line)) = (complaint.phone_id, line) else {
        return Ok(());
    };
    if !tx.may_be_texted(phone_id)? {
        return Ok(());
    }
    let untold = tx.untold(complaint.id)?;
    let words = words(configuration, complaint, news, &untold, tx.now);
    let notice = NewNotice {
        phone_id,
        line: &line,
        complaint_id: complaint.id,
        segments: gsm7::segments(&words),
        words: &words,
        language: &language_of(configuration, complaint).id,
    };
    // News of another matter must not lead the next words of the phone away from one that is kept private; a question does.
    let is_news = matches!(news, News::Status | News::Update);
    if !is_news || complaint.sensitive || !tx.speaks_of_what_is_private(phone_id)? {
        tx.talk_about(phone_id, complaint.id, false)?;
    }
    let merge = TimeDelta::seconds(configuration.settings.notices.merge_seconds.into());
    let leaves_at = tx.add_notice(&notice, merge)?;
    let asks = match news {
        News::Asked => Asks::Words,
        // Something else may have been asked since it was said to be solved: the digit that the closing names is to mean this.
        News::Resolved | News::Unconfirmed => Asks::Verdict,
        News::Status | News::Update => return Ok(()),
    };
    tx.ask(phone_id, Some(complaint.id), asks, &[], 1, leaves_at)
}

/// It is settled by the complainant, or is none: what waited to be told or was asked about it is told and asked no more.
pub(super) fn fall_silent(tx: &mut Tx<'_>, complaint: &ComplaintRow) -> Result<(), StoreError> {
    if let Some(phone_id) = complaint.phone_id {
        tx.forget_question(phone_id, complaint.id)?;
    }
    tx.withhold_notices(complaint.id)
}

/// From now on the complaint is sensitive: what was owed before and has not left says nothing of the matter any more, and what was asked
/// about it is asked no more.
pub(super) fn make_neutral(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
) -> Result<(), StoreError> {
    if let Some(phone_id) = complaint.phone_id {
        tx.forget_question(phone_id, complaint.id)?;
    }
    let words = neutral_words(tx, configuration, complaint)?;
    let language = &language_of(configuration, complaint).id;
    tx.rewrite_unsent(complaint.id, &words, language, gsm7::segments(&words))
}

/// The same of one text that waits, where the complaint became sensitive after the row was made that first held its words.
pub(super) fn say_nothing_private(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
    first: i64,
    text_id: i64,
) -> Result<(), StoreError> {
    if !tx.became_sensitive_after(complaint.id, first)? {
        return Ok(());
    }
    let words = neutral_words(tx, configuration, complaint)?;
    let language = &language_of(configuration, complaint).id;
    tx.write_anew(text_id, &words, language, gsm7::segments(&words))
}

/// How a complaint stands, in words that say nothing of the matter.
fn neutral_words(
    tx: &Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
) -> Result<String, StoreError> {
    let sensitive = ComplaintRow {
        sensitive: true,
        ..complaint.clone()
    };
    let untold = tx.untold(complaint.id)?;
    Ok(words(
        configuration,
        &sensitive,
        News::Status,
        &untold,
        tx.now,
    ))
}

/// The language of texts about a complaint.
pub(super) fn language_of<'c>(
    configuration: &'c Configuration,
    complaint: &ComplaintRow,
) -> &'c Language {
    configuration.replies.language_or_first(&complaint.language)
}

/// Whether a text has all of these words.
pub fn holds(text: &str, words: &str) -> bool {
    let (text, words) = (Normalised::new(text), Normalised::new(words));
    text.padded().contains(words.padded())
}

/// What the phone shows, with all that was written and is untold, or, where a text does not hold all, without the oldest of it. What is
/// cut is its end, and that is the newest. A question that still waits is asked with whatever comes after it. A deadline that has passed
/// is not named.
pub(super) fn words(
    configuration: &Configuration,
    complaint: &ComplaintRow,
    news: News,
    untold: &[Untold],
    now: DateTime<Utc>,
) -> String {
    let news = match news {
        News::Status | News::Update if untold.iter().any(|one| one.asks) => News::Asked,
        News::Status if !untold.is_empty() => News::Update,
        news => news,
    };
    let text = |written: &str| with(configuration, complaint, news, written, now);
    let newest = |from: usize| {
        let written = untold.iter().skip(from).map(|one| one.words.as_str());
        written.collect::<Vec<_>>().join(" ")
    };
    let last = untold.len().saturating_sub(1);
    let whole = (0..last).map(|from| (newest(from), text(&newest(from))));
    let mut whole = whole.filter(|(written, text)| holds(text, written));
    whole
        .next()
        .map_or_else(|| text(&newest(last)), |(_, text)| text)
}

fn with(
    configuration: &Configuration,
    complaint: &ComplaintRow,
    news: News,
    written: &str,
    now: DateTime<Utc>,
) -> String {
    let language = language_of(configuration, complaint);
    let template = match news {
        News::Status => Template::Status(complaint.status),
        News::Update => Template::Update,
        News::Asked => Template::Asked,
        News::Resolved => Template::Resolved,
        News::Unconfirmed => Template::Unconfirmed,
    };
    let template = if complaint.sensitive {
        template.neutral()
    } else {
        template
    };
    let values = Values {
        words: (!written.is_empty()).then_some(written),
        ..values_ahead(configuration, language, complaint, now)
    };
    language.render(template, &values)
}

/// The county of a complaint; where the configuration no longer has it, the first.
pub(super) fn county<'c>(configuration: &'c Configuration, complaint: &ComplaintRow) -> &'c County {
    configuration.county_or_first(&complaint.county)
}
