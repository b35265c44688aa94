//! The people of the demo: one of each role, with a password that the login page shows, and without a second factor.

use anyhow::Context;

use crate::complaint::{CountyId, OrganisationId};
use crate::console::{Shown, ShownAccount};
use crate::people::Role;
use crate::people::password::{self, Memory};
use crate::store::Store;

/// Of all of them.
const PASSWORD: &str = "three camels at noon";

/// Their emails, their names, what they are, and that in words.
fn all() -> [(&'static str, &'static str, Role, &'static str); 5] {
    let officer = |id| Role::Officer(OrganisationId::new(id));
    [
        (
            "noor@demo.example",
            "Noor",
            Role::Convener(OrganisationId::new("ti-wajir")),
            "convener: has what nobody else has",
        ),
        (
            "halima@demo.example",
            "Halima",
            officer("wajir-water"),
            "officer of the water department",
        ),
        (
            "yusuf@demo.example",
            "Yusuf",
            officer("wajir-health"),
            "officer of the health department",
        ),
        (
            "fatuma@demo.example",
            "Fatuma",
            Role::Committee(CountyId::new("wajir")),
            "steering committee: figures only",
        ),
        (
            "asha@demo.example",
            "Asha",
            Role::Administrator,
            "administrator: lets people in",
        ),
    ]
}

/// Organisations whose people nobody logs in as: the first part of their email, and their name. They work in the demo's past.
const OTHERS: [(&str, &str, &str); 6] = [
    ("amina", "Amina", "wajir-food-aid"),
    ("bashir", "Bashir", "wajir-education"),
    ("daud", "Daud", "wajir-roads"),
    ("hodan", "Hodan", "wajir-utility"),
    ("ifrah", "Ifrah", "wajir-hospital"),
    ("omar", "Omar", "wajir-drought"),
];

/// Who works on what that organisation has, by the first part of their email.
pub(super) fn works_for(organisation: &str) -> Option<&'static str> {
    match organisation {
        "ti-wajir" => Some("noor"),
        "wajir-water" => Some("halima"),
        "wajir-health" => Some("yusuf"),
        _ => OTHERS
            .iter()
            .find(|(_, _, own)| *own == organisation)
            .map(|(email, ..)| *email),
    }
}

/// What the login page shows of them.
pub(super) fn shown() -> Shown {
    let accounts = all()
        .into_iter()
        .map(|(email, name, _, what)| ShownAccount {
            email: email.to_owned(),
            name: name.to_owned(),
            what: what.to_owned(),
        });
    Shown {
        password: PASSWORD.to_owned(),
        accounts: accounts.collect(),
    }
}

/// Lets them in where nobody is yet.
pub(super) async fn settle(store: &Store) -> anyhow::Result<()> {
    let salt = rand::random();
    let hash =
        tokio::task::spawn_blocking(move || password::hash(PASSWORD, salt, &mut Memory::default()));
    let hash = hash.await.context("the demo's password was not hashed")??;
    let settled = store.write("settle_people", move |tx| {
        if !tx.has_people()? {
            for (email, name, role, _) in all() {
                let person = tx.add_person(name, email, &role)?;
                tx.set_password(person, &hash)?;
            }
            for (email, name, organisation) in OTHERS {
                let role = Role::Officer(OrganisationId::new(organisation));
                tx.add_person(name, &format!("{email}@demo.example"), &role)?;
            }
        }
        Ok(())
    });
    settled
        .await
        .context("the demo's people could not be let in")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They show each role, and what a newcomer must not choose is not what the demo shows.
    #[test]
    fn there_is_one_of_each_role_with_a_good_password() {
        for word in Role::WORDS {
            assert!(
                all().iter().any(|(_, _, role, _)| role.word() == word),
                "{word}"
            );
        }
        for (email, name, _, _) in all() {
            assert_eq!(password::weakness(PASSWORD, name, email), None);
        }
    }
}
