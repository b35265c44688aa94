//! What the complainant of what was handed in is told, on the spot and by text.

use super::{PreparedLodging, Receipt};
use crate::actions::notify;
use crate::actions::values::{due_date, values_of};
use crate::complaint::Status;
use crate::intake::replies::Template;
use crate::store::{AlarmKind, ComplaintRow, NewText, StoreError, Tx};
use crate::text::gsm7;

/// So many texts a day go to a phone about complaints that it has not told of itself: a chief may bring those of ten families, and nobody
/// is flooded by who types their number into a form.
const MOST_RECEIPTS: u32 = 10;

/// The text that one by text would be answered with, but for its questions: the form has asked them.
pub(super) fn owe(
    tx: &mut Tx<'_>,
    prepared: &PreparedLodging,
    complaint: &ComplaintRow,
) -> Result<(), StoreError> {
    let PreparedLodging {
        configuration,
        county,
        lodging,
        ..
    } = prepared;
    let (Some(phone_id), Some(line)) = (complaint.phone_id, county.line()) else {
        return Ok(());
    };
    // Of what a file brings and no text tells of, its phone has not heard: what it texts next is another matter.
    let is_silent = lodging.imported.is_some() && !lodging.receipt;
    if is_silent || complaint.status == Status::Closed {
        return Ok(());
    }
    tx.talk_about(phone_id, complaint.id, false)?;
    if !lodging.receipt
        || !tx.may_be_texted(phone_id)?
        || tx.receipts_to_phone(phone_id)? >= MOST_RECEIPTS
    {
        return Ok(());
    }
    if tx.segments_today()? >= configuration.settings.limits.segments_per_day {
        return tx.raise_alarm(AlarmKind::SpendCap);
    }
    let language = notify::language_of(configuration, complaint);
    let template = if complaint.sensitive {
        Template::Ack.neutral()
    } else {
        Template::Ack
    };
    let values = values_of(configuration, language, complaint, county.zone);
    let words = language.render(template, &values);
    tx.add_text(&NewText {
        phone_id,
        line,
        message_id: None,
        complaint_id: Some(complaint.id),
        words: &words,
        language: &language.id,
        segments: u32::try_from(gsm7::count(&words).segments).unwrap_or(u32::MAX),
        not_before: lodging.imported.and_then(|imported| imported.receipt_after),
    })?;
    Ok(())
}

/// What its complainant is told.
pub(super) fn receipt(
    tx: &Tx<'_>,
    prepared: &PreparedLodging,
    complaint: &ComplaintRow,
) -> Result<Receipt, StoreError> {
    let is_texted = match complaint.phone_id {
        Some(phone_id) => tx.was_texted(complaint.id, phone_id)?,
        None => false,
    };
    let told = !complaint.sensitive;
    Ok(Receipt {
        complaint_id: complaint.id,
        number: complaint.number,
        code: complaint
            .phone_id
            .is_none()
            .then(|| tx.code_of(complaint.number)),
        holder: told.then(|| complaint.holder.clone()),
        due: told.then(|| due_date(complaint, prepared.county.zone)),
        is_texted,
    })
}
