//! Several complaints on the same matter are put together, so that one answer can go to all, and taken apart again. Each keeps its number,
//! its history and its own texts.

use super::Case;
use crate::complaint::Status;
use crate::configuration::Configuration;
use crate::people::{Person, Sight};
use crate::store::{MOST_IN_A_GROUP, StoreError, Tx};

/// Puts others together with one, in its group or in one of theirs; how many there are more of by that. What the person does not see
/// whole, what is over, what is sensitive and what is of another county stays out, and so does what finds no room.
///
/// # Errors
/// The store's; then nothing was put together.
pub fn group(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    who: &Person,
    complaint_id: i64,
    others: &[i64],
) -> Result<usize, StoreError> {
    let form = super::DeedForm::default();
    let mut members = Vec::new();
    for id in std::iter::once(&complaint_id).chain(others) {
        match Case::load(tx, configuration, who, *id, &form)? {
            Some(case) if case.can_be_grouped() => members.push(case),
            _ => {}
        }
    }
    let Some(first) = members
        .first()
        .filter(|case| case.complaint.id == complaint_id)
    else {
        return Ok(0);
    };
    let county = first.complaint.county.clone();
    members.retain(|case| case.complaint.county == county);
    if members.len() < 2 {
        return Ok(0);
    }
    let theirs = members.iter().find_map(|case| case.complaint.group_id);
    let group = theirs.unwrap_or_else(|| tx.next_id());
    let room = MOST_IN_A_GROUP.saturating_sub(tx.group(group)?.len());
    let mut added = 0;
    for case in members
        .iter()
        .filter(|case| case.complaint.group_id != Some(group))
        .take(room)
    {
        case.leave_group(tx)?;
        tx.set_group(case.complaint.id, Some(group))?;
        tx.add_event(case.complaint.id, &case.event("grouped"))?;
        added += 1;
    }
    Ok(added)
}

/// Takes these out of the group that they are in; how many were. Who is left alone is in none any more.
///
/// # Errors
/// The store's; then none was taken out.
pub fn ungroup(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    who: &Person,
    ids: &[i64],
) -> Result<usize, StoreError> {
    let form = super::DeedForm::default();
    let mut taken = 0;
    for id in ids {
        let Some(case) = Case::load(tx, configuration, who, *id, &form)? else {
            continue;
        };
        if case.sight() == Sight::All {
            taken += usize::from(case.leave_group(tx)?);
        }
    }
    Ok(taken)
}

impl Case<'_> {
    fn can_be_grouped(&self) -> bool {
        self.sight() == Sight::All
            && !self.complaint.sensitive
            && self.complaint.status != Status::Closed
    }

    /// It stands alone from now on; whether it did not before.
    pub(super) fn leave_group(&self, tx: &mut Tx<'_>) -> Result<bool, StoreError> {
        let Some(group) = self.complaint.group_id else {
            return Ok(false);
        };
        let mut leaving = vec![self.complaint.id];
        let left: Vec<i64> = tx
            .group(group)?
            .into_iter()
            .filter(|id| *id != self.complaint.id)
            .collect();
        if let [last] = left.as_slice() {
            leaving.push(*last);
        }
        for id in leaving {
            tx.set_group(id, None)?;
            tx.add_event(id, &self.event("ungrouped"))?;
        }
        Ok(true)
    }
}
