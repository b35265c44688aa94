//! In which language the complainant is texted: somebody spoke with them, or read their words.

use super::{Case, Done, Refusal};
use crate::store::{NewEvent, Tx};

pub(super) fn language(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let chosen = case.form.language.as_ref();
    let known = chosen.filter(|id| case.configuration.replies.language(id).is_some());
    let Some(language) = known else {
        return Ok(Err(Refusal::NoSuchLanguage));
    };
    match case.complaint.phone_id {
        Some(phone_id) => tx.choose_language(phone_id, language)?,
        None => tx.set_language(case.complaint.id, language)?,
    }
    let chosen = NewEvent {
        detail: Some(language.as_str()),
        ..case.event("language_chosen")
    };
    tx.add_event(case.complaint.id, &chosen)?;
    Ok(Ok(()))
}
