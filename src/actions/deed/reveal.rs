//! The complainant's number, shown to who may call: with a reason, on record, and not by the list. In the same way the code of a
//! complaint without a phone, to who is asked for it by somebody that lost their slip.

use chrono::TimeDelta;

use super::{Case, DeedForm, Refusal};
use crate::complaint::Address;
use crate::configuration::Configuration;
use crate::people::{Person, Sight, may_reveal};
use crate::store::{StoreError, Trace, Tx};

/// So many numbers are shown to one person…
pub const MOST_REVEALED: u32 = 20;
/// … within this time.
const WITHIN: TimeDelta = TimeDelta::hours(1);

/// What became of a wish to see a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revealed {
    /// The number. That it was shown is on record, with the reason.
    Yes(Address),
    /// There is no phone: the code by which it is tracked instead. That is on record in the same way.
    Code(String),
    /// To this person there is no such complaint.
    NotThere,
    /// They see it, and the number is not for them.
    NotTheirs,
    /// Nobody knows it, and there is no code: of a sensitive one nothing can be asked by it.
    NoPhone,
    /// They were shown [`MOST_REVEALED`] within the hour.
    TooMany,
    /// It lacks a reason, or says too much.
    Refused(Refusal),
}

/// Shows the number of a complaint's phone, or the code of one without, and records that it did.
///
/// # Errors
/// The store's; then nothing was shown.
pub fn reveal(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    who: &Person,
    complaint_id: i64,
    reason: &str,
) -> Result<Revealed, StoreError> {
    let form = DeedForm {
        words: Some(reason.to_owned()),
        ..DeedForm::default()
    };
    let Some(case) = Case::load(tx, configuration, who, complaint_id, &form)? else {
        return Ok(Revealed::NotThere);
    };
    if case.sight() == Sight::Nothing {
        return Ok(Revealed::NotThere);
    }
    if !may_reveal(who, &case.concern()) {
        return Ok(Revealed::NotTheirs);
    }
    let reason = match case.words() {
        Ok(reason) => reason,
        Err(refusal) => return Ok(Revealed::Refused(refusal)),
    };
    if tx.revealed_to(who.id, WITHIN)? >= MOST_REVEALED {
        return Ok(Revealed::TooMany);
    }
    let complaint = &case.complaint;
    let address = match complaint.phone_id {
        Some(phone) => tx.address(phone)?,
        None if complaint.sensitive => None,
        None => {
            tx.leave_trace(who, complaint_id, Trace::ShownCode, Some(reason))?;
            return Ok(Revealed::Code(tx.code_of(complaint.number)));
        }
    };
    let Some(address) = address else {
        return Ok(Revealed::NoPhone);
    };
    tx.leave_trace(who, complaint_id, Trace::Revealed, Some(reason))?;
    Ok(Revealed::Yes(address))
}
