//! What the complainant of what was handed in is told, on the spot and by text.

use super::{PreparedLodging, Receipt};
use crate::actions::Lodging;
use crate::actions::notify;
use crate::actions::values::{due_date, values_of};
use crate::complaint::{Address, Channel, Status};
use crate::intake::replies::Template;
use crate::store::{AlarmKind, ComplaintRow, NewText, StoreError, Tx};
use crate::text::gsm7;

/// So many texts a day go to a phone about complaints that it has not told of itself: a chief may bring those of ten families, and nobody
/// is flooded by who types their number into a form.
const MOST_RECEIPTS: u32 = 10;
/// Receipts of the public form end when a day has used up this part of its segments.
const PART_OF_A_DAY: u32 = 2;

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
    if !lodging.receipt
        || !tx.may_be_texted(phone_id)?
        || tx.receipts_to_phone(phone_id)? >= MOST_RECEIPTS
        || is_strangers(lodging, line)
    {
        return Ok(());
    }
    let of_day = configuration.settings.limits.segments_per_day;
    // Anybody can fill in the public form: what they use up of a day's texts must not be missing for those who text.
    let is_public = lodging.channel == Channel::Web;
    let most = if is_public {
        of_day / PART_OF_A_DAY
    } else {
        of_day
    };
    if tx.segments_today()? >= most {
        return tx.raise_alarm(AlarmKind::SpendCap);
    }
    // Who fills in the public form has shown no phone: their complaint is not what its next text is about. Nor is it anybody's where
    // that phone speaks of a matter that is kept private.
    if !is_public && !tx.speaks_of_what_is_private(phone_id)? {
        tx.talk_about(phone_id, complaint.id, false)?;
    }
    let language = notify::language_of(configuration, complaint);
    let template = if complaint.sensitive {
        Template::Ack.neutral()
    } else {
        Template::Ack
    };
    let values = values_of(configuration, language, complaint);
    let words = language.render(template, &values);
    tx.add_text(&NewText {
        phone_id,
        line,
        message_id: None,
        complaint_id: Some(complaint.id),
        words: &words,
        language: &language.id,
        segments: gsm7::segments(&words),
        not_before: lodging.imported.and_then(|imported| imported.receipt_after),
    })?;
    Ok(())
}

/// Whether a number of the public form is none of the line's country: a text there costs more, and it is no citizen who pays for it.
fn is_strangers(lodging: &Lodging, line: &Address) -> bool {
    let is_foreign = |phone: &Address| !phone.is_of_the_country_of(line);
    lodging.channel == Channel::Web && lodging.phone.as_ref().is_some_and(is_foreign)
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
        due: told.then(|| due_date(&prepared.configuration, complaint)),
        is_texted,
    })
}
