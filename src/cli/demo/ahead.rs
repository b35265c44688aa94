//! The demo's clock and how far it is ahead: kept beside the database, so that a restart does not take the days back that went by.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// The demo goes no further ahead than ten years: its calendar has no holidays of the moon by then.
const FARTHEST: TimeDelta = TimeDelta::days(3_652);

/// A clock that can be moved on, and the file that remembers how far it was.
pub(super) struct Ahead {
    clock: Clock,
    file: PathBuf,
    by: Mutex<TimeDelta>,
}

/// What the file holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    ahead_ms: i64,
}

/// Why a clock was not moved.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotMoved {
    #[error(
        "The demo's clock goes ten years ahead at most. Start with another --data to begin anew."
    )]
    TooFar,
    #[error("The demo's clock was not moved: that could not be kept in its data.")]
    NotKept(#[from] io::Error),
}

impl Ahead {
    /// The clock of a directory, as far ahead as it was. One that cannot be read is told of and starts at the true time.
    pub(super) fn open(data: &Path) -> Self {
        let file = data.join("clock.json");
        let by = read(&file).unwrap_or_else(|why| {
            let file = file.display();
            tracing::warn!("{file} does not say how far the demo's clock is ahead ({why}). It shows the true time; complaints, texts and letters are kept");
            TimeDelta::zero()
        });
        Self {
            clock: Clock::ahead(by),
            file,
            by: Mutex::new(by),
        }
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Moves the clock on to what `until` makes of now. It is moved once that is kept, and not at all otherwise.
    pub(super) fn move_on(
        &self,
        until: impl FnOnce(DateTime<Utc>) -> DateTime<Utc>,
    ) -> Result<(), NotMoved> {
        let mut by = self.by.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let step = (until(now) - now).max(TimeDelta::zero());
        // The clock is moved by whole milliseconds: a part of one less, and the morning would not have come.
        let step = TimeDelta::milliseconds(step.num_milliseconds() + 1);
        let wanted = *by + step;
        if wanted > FARTHEST {
            return Err(NotMoved::TooFar);
        }
        write(&self.file, wanted)?;
        self.clock.advance(step);
        tracing::info!(hours = step.num_hours(), "The demo's clock was moved on");
        *by = wanted;
        Ok(())
    }
}

fn read(file: &Path) -> Result<TimeDelta, String> {
    let kept = match std::fs::read(file) {
        Ok(kept) => kept,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(TimeDelta::zero()),
        Err(error) => return Err(error.to_string()),
    };
    let kept: Kept = serde_json::from_slice(&kept).map_err(|error| error.to_string())?;
    let by = TimeDelta::try_milliseconds(kept.ahead_ms);
    by.filter(|by| (TimeDelta::zero()..=FARTHEST).contains(by))
        .ok_or_else(|| "no such time".to_owned())
}

/// Beside the old one and then in its place: a kill in between leaves the one or the other.
fn write(file: &Path, by: TimeDelta) -> io::Result<()> {
    let ahead_ms = by.num_milliseconds();
    let beside = file.with_extension("new");
    let mut new = File::create(&beside)?;
    new.write_all(&serde_json::to_vec(&Kept { ahead_ms })?)?;
    new.sync_all()?;
    std::fs::rename(&beside, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_day_on(ahead: &Ahead) -> Result<(), NotMoved> {
        ahead.move_on(|now| now + TimeDelta::days(1))
    }

    /// In whole hours: the test itself takes a moment.
    fn hours(ahead: &Ahead) -> i64 {
        (ahead.clock().now() - Clock::system().now() + TimeDelta::minutes(1)).num_hours()
    }

    #[test]
    fn the_days_that_went_by_are_there_again_after_a_restart() {
        let data = tempfile::tempdir().unwrap();
        let ahead = Ahead::open(data.path());
        assert_eq!(hours(&ahead), 0);
        a_day_on(&ahead).unwrap();
        a_day_on(&ahead).unwrap();
        assert_eq!(hours(&ahead), 48);
        assert_eq!(hours(&Ahead::open(data.path())), 48);
    }

    #[test]
    fn it_goes_neither_back_nor_beyond_ten_years() {
        let data = tempfile::tempdir().unwrap();
        let ahead = Ahead::open(data.path());
        a_day_on(&ahead).unwrap();
        ahead.move_on(|now| now - TimeDelta::days(1)).unwrap();
        assert_eq!(hours(&ahead), 24);
        let refused = ahead.move_on(|now| now + FARTHEST);
        assert!(matches!(refused, Err(NotMoved::TooFar)));
        assert_eq!(hours(&Ahead::open(data.path())), 24);
    }

    #[test]
    fn a_damaged_file_starts_at_the_true_time_and_the_next_move_mends_it() {
        let data = tempfile::tempdir().unwrap();
        let file = data.path().join("clock.json");
        for damaged in [
            &b""[..],
            b"{\"ahead_ms\":864",
            b"{\"ahead_ms\":-1}",
            b"{\"ahead_ms\":9223372036854775807}",
            b"\xff\xfe",
        ] {
            std::fs::write(&file, damaged).unwrap();
            let ahead = Ahead::open(data.path());
            assert_eq!(hours(&ahead), 0, "{damaged:?}");
            a_day_on(&ahead).unwrap();
            assert_eq!(hours(&Ahead::open(data.path())), 24, "{damaged:?}");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_not_done() {
        let data = tempfile::tempdir().unwrap();
        let ahead = Ahead::open(data.path());
        std::fs::create_dir(data.path().join("clock.json")).unwrap();
        assert!(matches!(a_day_on(&ahead), Err(NotMoved::NotKept(_))));
        assert_eq!(hours(&ahead), 0);
    }
}
