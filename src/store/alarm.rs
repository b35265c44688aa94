//! What an operator must hear of, counted.

use std::convert::Infallible;

use rusqlite::params;

use super::error::StoreError;
use super::keys::Cell;
use super::reader::Reader;
use super::tx::Tx;

/// What happened that should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmKind {
    /// A message id came again with another sender, line or words. The first one stands.
    AlteredRedelivery,
    /// The gateway reported two different ends for one text. The first one stands.
    OppositeReports,
    /// More replies in a minute than `limits.replies_per_minute`: people were taken in, but not answered.
    Breaker,
    /// More segments in a day than `limits.segments_per_day`: people were taken in, but not answered.
    SpendCap,
    /// The mail server refuses our login or sender, or is not who it should be: no email leaves.
    EmailAccount,
    /// The clock jumped ahead by more than a day: nothing that is due by it is done.
    ClockJumped,
    /// A text's webhook did not come: it was found in the gateway's list, and taken in from there.
    WebhookMissed,
    /// A stored value does not open, or is none that this version knows: what rests on it is left out.
    Damaged,
}

impl AlarmKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::AlteredRedelivery,
        Self::OppositeReports,
        Self::Breaker,
        Self::SpendCap,
        Self::EmailAccount,
        Self::ClockJumped,
        Self::WebhookMissed,
        Self::Damaged,
    ];

    /// The kind with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word in the store and in `/health`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AlteredRedelivery => "altered_redelivery",
            Self::OppositeReports => "opposite_reports",
            Self::Breaker => "breaker",
            Self::SpendCap => "spend_cap",
            Self::EmailAccount => "email_account",
            Self::ClockJumped => "clock_jumped",
            Self::WebhookMissed => "webhook_missed",
            Self::Damaged => "damaged",
        }
    }
}

/// An alarm that was raised.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// What happened.
    pub kind: String,
    /// How often.
    pub times: i64,
    /// When last, UTC milliseconds.
    pub last_at: i64,
}

impl Tx<'_> {
    /// Raises an alarm; the caller's transaction carries it.
    pub fn raise_alarm(&self, kind: AlarmKind) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO alarm (kind, times, first_at, last_at) VALUES (?1, 1, ?2, ?2)
                 ON CONFLICT DO UPDATE SET times = times + 1, last_at = excluded.last_at",
            )?
            .execute(params![kind.as_str(), self.now.timestamp_millis()])?;
        Ok(())
    }

    /// Does this by itself. Where a stored value that it needs is damaged, all of it stays as it was, and others are not held up; `None`.
    pub fn apart<T>(
        &mut self,
        job: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        match self.whole(|tx| job(tx).map(Ok::<T, Infallible>)) {
            Ok(Ok(done)) => Ok(Some(done)),
            Err(error) => self.leave_out(error),
        }
    }

    /// What is sealed there; `None`: it does not open, and is left out, so that what is whole beside it still counts.
    pub(super) fn open_if_whole(
        &self,
        cell: Cell,
        sealed: &[u8],
    ) -> Result<Option<String>, StoreError> {
        match self.keys.open(cell, sealed) {
            Ok(words) => Ok(Some(words)),
            Err(error) => {
                tracing::error!(row = cell.row, "A row holds what does not open");
                self.leave_out(error)
            }
        }
    }

    /// An operator hears of what is damaged.
    pub(super) fn leave_out<T>(&self, error: StoreError) -> Result<Option<T>, StoreError> {
        if !error.is_damage() {
            return Err(error);
        }
        tracing::error!(%error, "Something is damaged, and left out");
        self.raise_alarm(AlarmKind::Damaged)?;
        Ok(None)
    }
}

impl Reader<'_> {
    /// All alarms that were ever raised.
    pub fn alarms(&self) -> Result<Vec<Alarm>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT kind, times, last_at FROM alarm ORDER BY kind")?;
        let rows = statement.query_map([], |row| {
            Ok(Alarm {
                kind: row.get(0)?,
                times: row.get(1)?,
                last_at: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
