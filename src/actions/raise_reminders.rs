//! A deadline passed and nobody acted: the next step is taken. In working hours only, and each once.

use super::pause::go_on;
use crate::configuration::Configuration;
use crate::deadlines::Step;
use crate::store::{NewEvent, StoreError, Tx};

/// Takes the steps that are due in a county where somebody is at work now, twenty at most. How many were taken: while any are, there may be
/// more, there and in other counties.
///
/// # Errors
/// The store's; then none was taken.
pub fn raise_reminders(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
) -> Result<usize, StoreError> {
    let mut taken = 0;
    for county in configuration.rules.counties() {
        let calendar = configuration.calendars.of(&county.id);
        if !calendar.is_working_time(tx.now, county.zone) {
            continue;
        }
        for overdue in tx.overdue(&county.id)? {
            if overdue.is_paused {
                if let Some(complaint) = tx.complaint(overdue.id)? {
                    go_on(tx, configuration, complaint)?;
                }
                taken += 1;
                continue;
            }
            let Some(step) = Step::after(overdue.taken) else {
                continue;
            };
            let reminders = &configuration.deadlines.reminders;
            let next = reminders.next(step, tx.now, calendar, county.zone);
            tx.take_step(&county.id, &overdue, step, next)?;
            let reminded = NewEvent {
                kind: "reminded",
                actor: "clock",
                detail: Some(step.as_str()),
                ..NewEvent::default()
            };
            tx.add_event(overdue.id, &reminded)?;
            taken += 1;
        }
        if taken > 0 {
            break;
        }
    }
    Ok(taken)
}
