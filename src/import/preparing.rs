//! What waits to be taken in is read and routed by the configuration of now, beside the async threads.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::handed_over;
use crate::actions::{Lacks, Lodging, PreparedLodging};
use crate::clock::Clock;
use crate::configuration::{Configuration, Live};
use crate::store::{StoreError, Waiting};

/// Receipts of an import leave at this part of the agreed pace, so that the answers to people always find room.
const PART_OF_THE_PACE: i64 = 4;

/// A row that is read and routed, by its number in the file.
pub(super) type Prepared = (usize, PreparedLodging);

/// Rows that are read and routed.
pub(super) struct Part {
    pub(super) rows: Vec<Prepared>,
    /// How many the configuration of now does not take.
    pub(super) refused: usize,
}

/// What prepares rows, beside the async threads.
pub(super) struct Preparing {
    waiting: Waiting,
    configuration: Live,
    clock: Clock,
    /// How many receipts are owed by now.
    receipts: i64,
}

impl Preparing {
    /// From the first row on.
    pub(super) fn new(waiting: Waiting, configuration: &Live, clock: &Clock) -> Self {
        Self {
            waiting,
            configuration: configuration.clone(),
            clock: clock.clone(),
            receipts: 0,
        }
    }

    /// The next rows; none: that was all.
    pub(super) async fn next(mut self) -> Result<(Self, Option<Part>), StoreError> {
        let prepared = tokio::task::spawn_blocking(move || {
            let part = self.part()?;
            Ok((self, part))
        });
        // What nobody foresaw in a row would be met again.
        prepared.await.map_err(|ended| match ended.is_panic() {
            true => StoreError::Panicked("import"),
            false => StoreError::Closed,
        })?
    }

    fn part(&mut self) -> Result<Option<Part>, StoreError> {
        let Some(part) = self.waiting.next_part()? else {
            return Ok(None);
        };
        let lodgings = handed_over::from_part(&part).map_err(|_| StoreError::Damaged)?;
        let configuration = self.configuration.current();
        let now = self.clock.now();
        let mut part = Part {
            rows: Vec::with_capacity(lodgings.len()),
            refused: 0,
        };
        for (number, lodging) in lodgings {
            let lodging = self.in_turn(lodging, &configuration, now);
            match prepare(&configuration, lodging, now) {
                Ok(prepared) => part.rows.push((number, prepared)),
                Err(_) => part.refused += 1,
            }
        }
        Ok(Some(part))
    }

    /// A receipt leaves when it is its turn.
    fn in_turn(
        &mut self,
        mut lodging: Lodging,
        configuration: &Configuration,
        now: DateTime<Utc>,
    ) -> Lodging {
        if let (true, Some(imported)) = (lodging.receipt, &mut lodging.imported) {
            self.receipts += 1;
            let per_second = i64::from(configuration.settings.outbox.per_second.max(1));
            let wait = self.receipts.saturating_mul(1000 * PART_OF_THE_PACE) / per_second;
            imported.receipt_after = now.checked_add_signed(TimeDelta::milliseconds(wait));
        }
        lodging
    }
}

/// Reads and routes a row. What the configuration lost since the row was checked is left out: the rules decide then.
fn prepare(
    configuration: &Arc<Configuration>,
    mut lodging: Lodging,
    now: DateTime<Utc>,
) -> Result<PreparedLodging, Lacks> {
    let prepared = PreparedLodging::new(Arc::clone(configuration), lodging.clone(), now);
    match prepared {
        Err(Lacks::Place) => lodging.place = None,
        Err(Lacks::Sector) => lodging.sector = None,
        Err(Lacks::Language) => lodging.language = None,
        prepared => return prepared,
    }
    PreparedLodging::new(Arc::clone(configuration), lodging, now)
}
