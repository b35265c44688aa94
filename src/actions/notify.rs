//! The complainant is told of news: in their language, in one segment, from the number that they texted.

use chrono::TimeDelta;

use crate::complaint::County;
use crate::configuration::Configuration;
use crate::intake::replies::{Template, Values};
use crate::store::{ComplaintRow, NewNotice, StoreError, Tx};
use crate::text::gsm7;

use super::values::values_of;

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
    // What was written and still waits is told with whatever comes after it.
    let news = if news == News::Status && !told.is_empty() {
        News::Update
    } else {
        news
    };
    let words = words(configuration, complaint, news, &told);
    let notice = NewNotice {
        phone_id,
        line: &line,
        complaint_id: complaint.id,
        segments: u32::try_from(gsm7::count(&words).segments).unwrap_or(u32::MAX),
        words: &words,
        language: &configuration
            .replies
            .language_or_first(&complaint.language)
            .id,
    };
    let merge = TimeDelta::seconds(configuration.settings.notices.merge_seconds.into());
    tx.add_notice(&notice, merge)
}

/// What the phone shows.
pub(super) fn words(
    configuration: &Configuration,
    complaint: &ComplaintRow,
    news: News,
    written: &str,
) -> String {
    let language = configuration.replies.language_or_first(&complaint.language);
    let template = match news {
        News::Status => Template::Status(complaint.status),
        News::Update => Template::Update,
        News::Asked => Template::Asked,
        News::Resolved => Template::Resolved,
    };
    let template = if complaint.sensitive {
        template.neutral()
    } else {
        template
    };
    let values = Values {
        words: (!written.is_empty()).then_some(written),
        ..values_of(
            configuration,
            language,
            complaint,
            county(configuration, complaint).zone,
        )
    };
    language.render(template, &values)
}

/// The county of a complaint; where the configuration no longer has it, the first.
pub(super) fn county<'c>(configuration: &'c Configuration, complaint: &ComplaintRow) -> &'c County {
    configuration.county_or_first(&complaint.county)
}
