//! Somebody stops working with the console.

use crate::people::{PersonId, RoleKind};
use crate::store::{StoreError, Tx};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// They may no longer log in. Complaints are an organisation's and nobody's own, so that its others have all of it already.
    Yes {
        /// How many complaints are open there, if nobody else of the organisation can log in: nobody sees them.
        unseen: u32,
    },
    /// Without them nobody could let anybody in.
    LastAdministrator,
    /// There is nobody of that id, or they had left.
    NotThere,
}

/// Ends their sessions and their invitation. Their row stays: the history of complaints names them.
///
/// # Errors
/// The store's.
pub fn leave(tx: &mut Tx<'_>, person: PersonId) -> Result<Left, StoreError> {
    let Some(account) = tx.account(person)?.filter(|account| !account.has_left) else {
        return Ok(Left::NotThere);
    };
    let administers = account.person.role.kind() == RoleKind::Administrator;
    if administers && account.password.is_some() && tx.other_administrators(person)? == 0 {
        return Ok(Left::LastAdministrator);
    }
    tx.set_left(person)?;
    tx.end_invitations(person)?;
    tx.end_sessions(person, None)?;
    let unseen = match account.person.role.organisation() {
        Some(own) if !tx.has_people_of(own)? => tx.open_with(own)?,
        _ => 0,
    };
    Ok(Left::Yes { unseen })
}
