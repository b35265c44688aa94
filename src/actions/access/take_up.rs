//! Somebody follows their invitation: sets a password and proves that their authenticator works.

use zeroize::Zeroizing;

use crate::people::{Authenticator, TokenHash};
use crate::store::{StoreError, Tx};

/// What they set.
pub struct TakeUp {
    /// Of the link.
    pub invitation: TokenHash,
    /// The password in PHC form.
    pub password: Zeroizing<String>,
    /// The second factor.
    pub authenticator: Authenticator,
    /// A code of it, as it was typed.
    pub code: String,
    /// The browser's token up to now: a session of it ends.
    pub before: TokenHash,
    /// Its token from now on.
    pub token: TokenHash,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenUp {
    /// They are in.
    Yes,
    /// The code is not of that authenticator; nothing was kept, and the link is still good.
    WrongCode,
    /// The link is used, replaced or over.
    NoInvitation,
}

/// Lets them in. What they logged in with before is worth nothing any more, and neither is the link.
///
/// # Errors
/// The store's; then nothing was kept.
pub fn take_up(tx: &mut Tx<'_>, given: &TakeUp) -> Result<TakenUp, StoreError> {
    let Some(person) = tx.invited(given.invitation)? else {
        return Ok(TakenUp::NoInvitation);
    };
    let Some(step) = given.authenticator.step_of(&given.code, tx.now, 0) else {
        return Ok(TakenUp::WrongCode);
    };
    tx.end_invitations(person.id)?;
    tx.set_password(person.id, &given.password)?;
    tx.set_authenticator(person.id, &given.authenticator, step)?;
    tx.set_failures(person.id, 0, tx.now)?;
    tx.end_sessions(person.id, None)?;
    tx.end_session(given.before)?;
    tx.add_session(given.token, person.id, true)?;
    Ok(TakenUp::Yes)
}
