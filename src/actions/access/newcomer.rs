//! Who is to be let in, as an administrator types it.

use super::Newcomer;
use crate::complaint::{CountyId, OrganisationId};
use crate::people::Role;
use crate::routing::Rules;
use crate::text::diagnostic::nearest;
use crate::text::shown::one_line;

/// The longest path that mail takes (RFC 5321 §4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;
/// A name is shown in lists.
const LONGEST_NAME: usize = 100;

/// What is odd with a newcomer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Odd {
    /// None, or too long to be one.
    #[error("give a name, in 100 characters at most")]
    Name,
    /// Not of the form of one.
    #[error("that is no email address")]
    Email,
}

/// Why nobody can have a role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchRole {
    /// There is no such word.
    #[error("there is no role `{0}`{1}; there are: administrator, convener, officer, committee")]
    Word(String, DidYouMean),
    /// There is no such organisation.
    #[error("routing.toml has no organisation `{0}`{1}")]
    Organisation(String, DidYouMean),
    /// There is, and it convenes no county.
    #[error("`{0}` convenes no county{1}")]
    NoConvener(String, DidYouMean),
    /// There is no such county.
    #[error("routing.toml has no county `{0}`{1}")]
    County(String, DidYouMean),
}

/// The mend of a slip: `: did you mean …?`, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidYouMean(Option<String>);

impl std::fmt::Display for DidYouMean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(near) => write!(f, ": did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}

fn did_you_mean<'a>(wrong: &str, right: impl IntoIterator<Item = &'a str>) -> DidYouMean {
    DidYouMean(nearest(wrong, right).map(str::to_owned))
}

/// An email in the one form that it is kept in.
pub fn plain_email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

impl Newcomer {
    /// Checks what was typed.
    ///
    /// # Errors
    /// What is odd with it.
    pub fn new(name: &str, email: &str, role: Role) -> Result<Self, Odd> {
        let email = plain_email(email);
        let is_email = email.len() <= LONGEST_EMAIL
            && email == one_line(&email)
            && !email.contains(char::is_whitespace)
            && email
                .split_once('@')
                .is_some_and(|(mailbox, host)| !mailbox.is_empty() && !host.is_empty());
        let name = plain_name(name).ok_or(Odd::Name)?;
        is_email
            .then_some(Self { name, email, role })
            .ok_or(Odd::Email)
    }
}

/// A name on one line, without what hides or turns the direction of what follows; `None`: it is none, or too long.
pub fn plain_name(typed: &str) -> Option<String> {
    let name = one_line(typed);
    (1..=LONGEST_NAME)
        .contains(&name.chars().count())
        .then_some(name)
}

/// The role of that word in that organisation or county, which are those of `rules`.
///
/// # Errors
/// What there is not, and what may have been meant.
pub fn role_in(rules: &Rules, word: &str, scope: &str) -> Result<Role, NoSuchRole> {
    let organisation = OrganisationId::new(scope);
    let wrong = || scope.to_owned();
    match word {
        "administrator" => Ok(Role::Administrator),
        "convener" | "officer" if rules.organisation(&organisation).is_none() => {
            let ids = rules.organisations().map(|known| known.id.as_str());
            Err(NoSuchRole::Organisation(wrong(), did_you_mean(scope, ids)))
        }
        "officer" => Ok(Role::Officer(organisation)),
        "convener"
            if rules
                .counties()
                .any(|county| county.convener == organisation) =>
        {
            Ok(Role::Convener(organisation))
        }
        "convener" => {
            let conveners = rules.counties().map(|county| county.convener.as_str());
            Err(NoSuchRole::NoConvener(
                wrong(),
                did_you_mean(scope, conveners),
            ))
        }
        "committee" => {
            let county = CountyId::new(scope);
            if rules.county(&county).is_some() {
                return Ok(Role::Committee(county));
            }
            let ids = rules.counties().map(|known| known.id.as_str());
            Err(NoSuchRole::County(wrong(), did_you_mean(scope, ids)))
        }
        other => Err(NoSuchRole::Word(
            other.to_owned(),
            did_you_mean(other, Role::WORDS),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd(name: &str, email: &str) -> Option<Odd> {
        Newcomer::new(name, email, Role::Administrator).err()
    }

    #[test]
    fn a_newcomer_has_a_name_and_an_email() {
        let known = Newcomer::new(" Asha ", " Asha@Example.ORG ", Role::Administrator).unwrap();
        assert_eq!(
            (known.name.as_str(), known.email.as_str()),
            ("Asha", "asha@example.org")
        );
        assert_eq!(
            plain_name("\u{202e}Asha\n Abdi").as_deref(),
            Some("Asha Abdi")
        );
        for name in ["", "  ", "\u{202e}", &"x".repeat(101)] {
            assert_eq!(odd(name, "a@b"), Some(Odd::Name), "{name}");
        }
        for email in [
            "",
            "a",
            "@b",
            "a@",
            "a b@c",
            &format!("{}@b", "x".repeat(254)),
        ] {
            assert_eq!(odd("Asha", email), Some(Odd::Email), "{email}");
        }
    }
}
