//! The complainant is told of news: in their language, in one segment, from the number that they texted.

use chrono::{DateTime, TimeDelta, Utc};

use crate::complaint::County;
use crate::configuration::Configuration;
use crate::intake::replies::{Template, Values};
use crate::store::{ComplaintRow, NewNotice, StoreError, Tx};
use crate::text::gsm7;

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
/// in all of them is in it.
pub(super) fn notify(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
    news: News,
) -> Result<(), StoreError> {
    let (Some(phone_id), Some(line)) = (complaint.phone_id, tx.line_of(complaint.id)?) else {
        return Ok(());
    };
    if !tx.may_be_texted(phone_id)? {
        return Ok(());
    }
    let told = tx.words_not_told(complaint.id)?.join(" ");
    let words = words(configuration, complaint, news, &told, tx.now);
    let notice = NewNotice {
        phone_id,
        line: &line,
        complaint_id: complaint.id,
        segments: segments(&words),
        words: &words,
    };
    tx.talk_about(phone_id, complaint.id, false)?;
    let merge = TimeDelta::seconds(configuration.settings.notices.merge_seconds.into());
    tx.add_notice(&notice, merge)
}

/// From now on the complaint is sensitive: what was owed before and has not left says nothing of the matter any more, and what was asked
/// about it is asked no more.
pub(super) fn make_neutral(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    complaint: &ComplaintRow,
) -> Result<(), StoreError> {
    let sensitive = ComplaintRow {
        sensitive: true,
        ..complaint.clone()
    };
    if let Some(phone_id) = complaint.phone_id {
        tx.forget_question(phone_id, complaint.id)?;
    }
    let words = words(configuration, &sensitive, News::Status, "", tx.now);
    tx.rewrite_unsent(complaint.id, &words, segments(&words))
}

fn segments(words: &str) -> u32 {
    u32::try_from(gsm7::count(words).segments).unwrap_or(u32::MAX)
}

/// What the phone shows. A deadline that has passed is not named.
pub(super) fn words(
    configuration: &Configuration,
    complaint: &ComplaintRow,
    news: News,
    written: &str,
    now: DateTime<Utc>,
) -> String {
    let language = configuration.replies.language_or_first(&complaint.language);
    let template = match news {
        // What was written and still waits is told with whatever comes after it.
        News::Status if written.is_empty() => Template::Status(complaint.status),
        News::Status | News::Update => Template::Update,
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
        ..values_ahead(
            configuration,
            language,
            complaint,
            county(configuration, complaint).zone,
            now,
        )
    };
    language.render(template, &values)
}

/// The county of a complaint; where the configuration no longer has it, the first.
pub(super) fn county<'c>(configuration: &'c Configuration, complaint: &ComplaintRow) -> &'c County {
    configuration.county_or_first(&complaint.county)
}
