//! An administrator lets somebody in, or in again who has lost their password or their phone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::people::{Person, PersonId, Role, Token};
use crate::store::{StoreError, Tx};

/// How long a link is good.
pub const VALID: TimeDelta = TimeDelta::days(7);

/// Somebody who is to get in.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// As others see them.
    pub name: String,
    /// By which they log in, in small letters.
    pub email: String,
    /// What they are.
    pub role: Role,
}

/// What lets them in.
#[derive(Debug)]
pub struct Invitation {
    /// Whose it is.
    pub person: PersonId,
    /// The link's token: shown once, stored nowhere.
    pub token: Token,
    /// Until when it is good.
    pub until: DateTime<Utc>,
}

/// What came of it.
#[derive(Debug)]
pub enum Invited {
    /// They are in the list, and this lets them in.
    Yes(Invitation),
    /// Somebody who has not left has that email.
    EmailTaken(Person),
}

/// Adds a person, or takes one back who had left, with a link that lets them in.
///
/// # Errors
/// The store's.
pub fn invite(tx: &mut Tx<'_>, newcomer: &Newcomer) -> Result<Invited, StoreError> {
    let Newcomer { name, email, role } = newcomer;
    let person = match tx.account_of(email)? {
        None => tx.add_person(name, email, role)?,
        Some(known) if known.has_left => {
            tx.take_person_back(known.person.id, name, role)?;
            known.person.id
        }
        Some(known) => return Ok(Invited::EmailTaken(known.person)),
    };
    link(tx, person).map(Invited::Yes)
}

/// Makes a new link for somebody who is in the list; `None`: nobody is, or they have left. What they log in with now stays good
/// until they use it.
///
/// # Errors
/// The store's.
pub fn invite_again(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Invitation>, StoreError> {
    match tx.account(person)? {
        Some(account) if !account.has_left => link(tx, person).map(Some),
        _ => Ok(None),
    }
}

fn link(tx: &mut Tx<'_>, person: PersonId) -> Result<Invitation, StoreError> {
    let token = tx.draw_token();
    let until = tx.add_invitation(token.hash(), person, VALID)?;
    Ok(Invitation {
        person,
        token,
        until,
    })
}
