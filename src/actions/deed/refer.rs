//! A complaint goes on to somebody else: sent back by its holder, or referred to who can mend it.

use super::{Case, Done, Refusal};
use crate::actions::notify::News;
use crate::complaint::{OrganisationId, Status};
use crate::store::{NewReferral, StoreError, Tx};

/// Sent back so often, it is the convener's to decide, whomever its holder names.
const RETURNS_TO_THE_CONVENER: u32 = 2;

/// The holder sends it back: to the convener, or to whom they name. Why is for the next holder to read.
pub(super) fn send_back(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let words = match case.words() {
        Ok(words) => words,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let returns = case.complaint.returns.saturating_add(1);
    let convener = case.county.neutral(&case.accused);
    let to = match &case.form.to {
        Some(named) if returns < RETURNS_TO_THE_CONVENER => match case.can_get_it(named) {
            Ok(()) => named,
            Err(refusal) => return Ok(Err(refusal)),
        },
        // Of what accuses the convener, who oversees it has the convener's part already.
        _ if *convener == case.complaint.holder => return Ok(Err(Refusal::HasItAlready)),
        _ => convener,
    };
    // Who oversees the convener has what accuses it, and nobody beyond whom to send it back to.
    if *to == case.complaint.holder {
        return Ok(Err(Refusal::HasItAlready));
    }
    tx.count_return(case.complaint.id)?;
    let status = if to == convener {
        Status::Returned
    } else {
        Status::Referred
    };
    case.hand_over(tx, to, status, true, Some(words))?;
    Ok(Ok(()))
}

/// It goes to whom the person names. Why need not be said.
pub(super) fn refer_on(tx: &mut Tx<'_>, case: &Case<'_>) -> Done {
    let Some(to) = &case.form.to else {
        return Ok(Err(Refusal::NobodyNamed));
    };
    if let Err(refusal) = case.can_get_it(to) {
        return Ok(Err(refusal));
    }
    let words = case.words();
    if words == Err(Refusal::WordsTooLong) {
        return Ok(Err(Refusal::WordsTooLong));
    }
    case.hand_over(tx, to, Status::Referred, false, words.ok())?;
    Ok(Ok(()))
}

impl Case<'_> {
    /// Whether it may go there.
    pub(super) fn can_get_it(&self, to: &OrganisationId) -> Result<(), Refusal> {
        let known = self.configuration.rules.organisation(to);
        if known.is_none_or(|organisation| !organisation.works_in(&self.county.id)) {
            Err(Refusal::NoSuchOrganisation)
        } else if *to == self.complaint.holder {
            Err(Refusal::HasItAlready)
        } else if self.accused.contains(to) {
            Err(Refusal::Accused)
        } else {
            Ok(())
        }
    }

    /// Adds the hop, and tells the complainant.
    pub(super) fn hand_over(
        &self,
        tx: &mut Tx<'_>,
        to: &OrganisationId,
        status: Status,
        returned: bool,
        words: Option<&str>,
    ) -> Result<(), StoreError> {
        let complaint = &self.complaint;
        let hop = NewReferral {
            from: Some(&complaint.holder),
            to,
            actor: "person",
            reason: "{}",
            person: Some(self.who.id),
            returned,
            words,
        };
        tx.add_referral(complaint.id, &hop)?;
        tx.add_event(
            complaint.id,
            &self.event(if returned { "returned" } else { "referred" }),
        )?;
        let due = self
            .configuration
            .due(self.county, &complaint.with(to), tx.now);
        let accept_due = due.accept;
        tx.hold(complaint.id, to, accept_due)?;
        tx.set_status(complaint.id, status, accept_due)?;
        self.tell(tx, News::Status)
    }
}
