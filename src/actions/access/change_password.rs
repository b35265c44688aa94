//! Somebody who is logged in sets another password.

use zeroize::Zeroizing;

use crate::people::{PersonId, TokenHash};
use crate::store::{StoreError, Tx};

use super::log_in::fail;

/// The old one, which was looked at already, and the new one.
pub struct NewPassword {
    /// Whose.
    pub person: PersonId,
    /// The stored form that the old password was found to fit; `None`: it fits none.
    pub fits: Option<Zeroizing<String>>,
    /// The new one in PHC form.
    pub password: Zeroizing<String>,
    /// The browser's token from now on.
    pub token: TokenHash,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordChanged {
    /// It is the new one now.
    Yes,
    /// The old one was not right.
    WrongPassword,
    /// The old one was wrong too often: wait.
    Locked,
}

/// Sets it, and ends all of the person's sessions but this browser's, which goes on under a new token.
///
/// # Errors
/// The store's; then it is the old one.
pub fn change_password(tx: &mut Tx<'_>, new: &NewPassword) -> Result<PasswordChanged, StoreError> {
    let Some(account) = tx.account(new.person)? else {
        return Ok(PasswordChanged::WrongPassword);
    };
    if account.is_locked(tx.now) {
        return Ok(PasswordChanged::Locked);
    }
    if account.password.is_none() || new.fits != account.password {
        fail(tx, &account)?;
        return Ok(PasswordChanged::WrongPassword);
    }
    tx.set_password(new.person, &new.password)?;
    tx.set_failures(new.person, 0, account.locked_until)?;
    tx.end_sessions(new.person, None)?;
    tx.add_session(new.token, new.person, true)?;
    Ok(PasswordChanged::Yes)
}
