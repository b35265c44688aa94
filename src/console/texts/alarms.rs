//! What an operator must hear of: each alarm in words, with what to do; and a word of the newest where people begin their day.

use chrono::{DateTime, TimeDelta, Utc};

use crate::console::Console;
use crate::console::guard::Visitor;
use crate::console::look::{Calendar, Moment};
use crate::console::problem::Problem;
use crate::console::words::Words;
use crate::people::MINDS_THE_LINE;
use crate::store::{Alarm, AlarmKind};

/// An alarm on the page.
pub(super) struct AlarmView {
    pub(super) what: String,
    pub(super) todo: String,
    pub(super) times: String,
    pub(super) last: Moment,
    pub(super) is_new: bool,
}

/// All that were ever raised, the newest first.
pub(super) fn views(mut alarms: Vec<Alarm>, calendar: &Calendar<'_>) -> Vec<AlarmView> {
    let words = &calendar.language.words;
    alarms.sort_by_key(|alarm| std::cmp::Reverse(alarm.last_at));
    let view = |alarm: Alarm| {
        let (what, todo) = told(words, AlarmKind::from_word(&alarm.kind)?);
        let last = last_at(&alarm);
        Some(AlarmView {
            what,
            todo,
            times: words
                .alarm
                .times(u64::try_from(alarm.times).unwrap_or_default()),
            last: calendar.moment(last),
            is_new: is_new(last, calendar.now),
        })
    };
    alarms.into_iter().filter_map(view).collect()
}

/// What happened, and what to do.
fn told(words: &Words, kind: AlarmKind) -> (String, String) {
    let w = &words.alarm;
    match kind {
        AlarmKind::AlteredRedelivery => (w.altered_redelivery(), w.altered_redelivery_do()),
        AlarmKind::OppositeReports => (w.opposite_reports(), w.opposite_reports_do()),
        AlarmKind::Breaker => (w.breaker(), w.breaker_do()),
        AlarmKind::SpendCap => (w.spend_cap(), w.spend_cap_do()),
        AlarmKind::ClockJumped => (w.clock_jumped(), w.clock_jumped_do()),
        AlarmKind::WebhookMissed => (w.webhook_missed(), w.webhook_missed_do()),
        AlarmKind::Damaged => (w.damaged(), w.damaged_do()),
        AlarmKind::EmailAccount => (w.email_account(), w.email_account_do()),
    }
}

fn last_at(alarm: &Alarm) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(alarm.last_at).unwrap_or_default()
}

fn is_new(last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - last < TimeDelta::hours(24)
}

impl Console {
    /// What was out of order in the last 24 hours, for who minds the line; `None`: nothing, or nothing of theirs.
    pub(in crate::console) async fn alarmed(
        &self,
        visitor: &Visitor,
    ) -> Result<Option<String>, Problem> {
        if !MINDS_THE_LINE.contains(&visitor.person.role.kind()) {
            return Ok(None);
        }
        let calendar = self.calendar(&visitor.visit)?;
        let alarms = self.store.read(|reader| reader.alarms()).await?;
        let new = views(alarms, &calendar)
            .into_iter()
            .filter(|alarm| alarm.is_new);
        let what: Vec<String> = new.map(|alarm| alarm.what).collect();
        Ok((!what.is_empty()).then(|| what.join(" ")))
    }
}
