//! What figures are counted by: places, zones and working days.

use chrono::{DateTime, Utc};

use super::Configuration;
use crate::complaint::CountyId;
use crate::reports::Ground;

impl Configuration {
    /// What figures of these counties are counted by.
    pub fn ground(&self, counties: &[CountyId], now: DateTime<Utc>) -> Ground<'_> {
        let counted = self
            .rules
            .counties()
            .filter(|county| counties.contains(&county.id));
        Ground {
            places: &self.places,
            counties: counted
                .map(|county| (county.id.clone(), county.zone))
                .collect(),
            calendars: &self.calendars,
            now,
            archive: &self.archive,
            pieces: &self.pieces,
        }
    }
}
