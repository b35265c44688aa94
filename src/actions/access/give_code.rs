//! Somebody whose password was right gave the code of their authenticator.

use crate::people::TokenHash;
use crate::store::{StoreError, Tx};

use super::log_in::fail;

/// A code.
pub struct CodeGiven {
    /// As it was typed.
    pub code: String,
    /// The token of the session that is half way.
    pub half_way: TokenHash,
    /// The browser's token from now on: it changes with what it is worth.
    pub token: TokenHash,
}

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// They are in.
    Yes,
    /// The code is wrong, or was taken before.
    No,
    /// The password has to be given again: it was too long ago, or there were too many wrong codes.
    TooLate,
}

/// Lets them in where the code is right. Wrong ones are counted with the wrong passwords: who has the password may not try all codes.
///
/// # Errors
/// The store's; nobody is let in then.
pub fn give_code(tx: &mut Tx<'_>, given: &CodeGiven) -> Result<Proved, StoreError> {
    let now = tx.now;
    let session = tx.session(given.half_way)?;
    let Some(session) = session.filter(|session| !session.proven && session.lasts(now)) else {
        return Ok(Proved::TooLate);
    };
    let Some(account) = tx.account(session.person.id)? else {
        return Ok(Proved::TooLate);
    };
    let (Some(authenticator), false) = (&account.authenticator, account.is_locked(now)) else {
        tx.end_session(given.half_way)?;
        return Ok(Proved::TooLate);
    };
    let Some(step) = authenticator.step_of(&given.code, now, account.used_step) else {
        fail(tx, &account)?;
        if account.locked_after_failure(now) > now {
            tx.end_session(given.half_way)?;
            return Ok(Proved::TooLate);
        }
        return Ok(Proved::No);
    };
    tx.use_step(account.person.id, step)?;
    tx.set_failures(account.person.id, 0, account.locked_until)?;
    tx.end_session(given.half_way)?;
    tx.add_session(given.token, account.person.id, true)?;
    Ok(Proved::Yes)
}
