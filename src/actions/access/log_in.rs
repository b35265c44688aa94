//! Somebody gave an email and a password.

use zeroize::Zeroizing;

use crate::people::{Account, PersonId, TokenHash};
use crate::store::{StoreError, Tx};

/// Whether a password alone lets in who has no second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// It does not.
    Obligatory,
    /// It does: among people who are made up, with a password that everybody knows.
    OnlyWhereEnrolled,
}

/// A login whose password was looked at already: that takes too long to be done while the writer waits.
pub struct LogIn {
    /// Who has that email.
    pub person: Option<PersonId>,
    /// The stored form that the password was found to fit; `None`: it fits none.
    pub fits: Option<Zeroizing<String>>,
    /// Whether the password is enough.
    pub second_factor: SecondFactor,
    /// The browser's token up to now: a session of it ends.
    pub before: TokenHash,
    /// Its token from now on.
    pub token: TokenHash,
}

/// How far a login came. Why it came no further is not told: who asks may be a stranger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// Not at all: unknown, left, not taken up, a wrong password, or too many of them.
    No,
    /// The password was right, and a code is asked for.
    HalfWay,
    /// All the way.
    In,
}

/// Lets somebody in, half way where a code is asked for. A failure is counted; what has nobody to be counted for is written in
/// the same time.
///
/// # Errors
/// The store's; nobody is let in then.
pub fn log_in(tx: &mut Tx<'_>, login: &LogIn) -> Result<Admitted, StoreError> {
    let account = match login.person {
        Some(person) => tx.account(person)?,
        None => None,
    };
    let now = tx.now;
    let open = |account: &Account| !account.has_left && !account.is_locked(now);
    let Some(account) = account.filter(open) else {
        tx.set_nobodys_failures()?;
        return Ok(Admitted::No);
    };
    let person = account.person.id;
    let Some(stored) = &account.password else {
        tx.set_nobodys_failures()?;
        return Ok(Admitted::No);
    };
    if login.fits.as_ref() != Some(stored) {
        fail(tx, &account)?;
        return Ok(Admitted::No);
    }
    let proven = match (&account.authenticator, login.second_factor) {
        (Some(_), _) => false,
        (None, SecondFactor::OnlyWhereEnrolled) => true,
        (None, SecondFactor::Obligatory) => {
            tx.set_nobodys_failures()?;
            return Ok(Admitted::No);
        }
    };
    if proven {
        tx.set_failures(person, 0, account.locked_until)?;
    }
    tx.end_session(login.before)?;
    tx.add_session(login.token, person, proven)?;
    Ok(if proven {
        Admitted::In
    } else {
        Admitted::HalfWay
    })
}

/// Counts one more failure in a row.
pub(super) fn fail(tx: &mut Tx<'_>, account: &Account) -> Result<(), StoreError> {
    tx.set_failures(
        account.person.id,
        account.failures.saturating_add(1),
        account.locked_after_failure(tx.now),
    )
}
