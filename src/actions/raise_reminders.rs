//! A deadline passed and nobody acted: the next step is taken. In working hours only, and each once.

use super::pause::go_on;
use crate::complaint::County;
use crate::configuration::Configuration;
use crate::store::{NewEvent, Overdue, StoreError, Tx};

/// Takes the steps that are due in a county where somebody is at work now, twenty at most. How many complaints were looked at: while any are,
/// there may be more, there and in other counties.
///
/// # Errors
/// The store's; then none was taken.
pub fn raise_reminders(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
) -> Result<usize, StoreError> {
    let mut seen = 0;
    for county in configuration.rules.counties() {
        let calendar = configuration.calendars.of(&county.id);
        if !calendar.is_working_time(tx.now, county.zone) {
            continue;
        }
        for overdue in tx.overdue(&county.id)? {
            let seen_to = tx.apart(|tx| see_to(tx, configuration, county, &overdue))?;
            seen += usize::from(seen_to.is_some());
        }
        if seen > 0 {
            break;
        }
    }
    Ok(seen)
}

/// Takes its step; what stood still for long enough goes on instead.
fn see_to(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    county: &County,
    overdue: &Overdue,
) -> Result<(), StoreError> {
    if !overdue.is_paused {
        return take_step(tx, configuration, county, overdue);
    }
    if let Some(complaint) = tx.complaint(overdue.id)? {
        go_on(tx, configuration, complaint)?;
    }
    Ok(())
}

/// Takes the step that is due, or puts down when one is: the store has the deadline down for the first, in whatever time after it that
/// comes, and for the others what the steps were when the last one was taken.
fn take_step(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    county: &County,
    overdue: &Overdue,
) -> Result<(), StoreError> {
    let calendar = configuration.calendars.of(&county.id);
    let reminders = &configuration.deadlines.reminders;
    let next = |behind, since| reminders.next(behind, since, calendar, county.zone);
    let Some((step, at)) = next(overdue.behind, overdue.due) else {
        return tx.put_off(overdue.id, None);
    };
    if overdue.behind == 0 && at > tx.now {
        return tx.put_off(overdue.id, Some(at));
    }
    let then = next(step.number(), tx.now).map(|(_, at)| at);
    // The history tells of no reminder that nobody gets.
    if !tx.take_step(&county.id, overdue, step, then)? {
        return Ok(());
    }
    let reminded = NewEvent {
        kind: "reminded",
        actor: "clock",
        detail: Some(step.as_str()),
        ..NewEvent::default()
    };
    tx.add_event(overdue.id, &reminded)
}
