//! How the town comes in: by text, and by the console.

use jibu::actions::IncomingMessage;
use jibu::actions::deed::{DeedForm, Outcome};
use jibu::complaint::{Address, OrganisationId};
use jibu::people::{Deed, Person, PersonId, Role};

use super::town::Town;
use crate::desk::act_on;
use crate::world::{World, new_sid};

impl Town {
    pub(super) async fn deed(
        &self,
        world: &World,
        at: usize,
        who: &str,
        deed: Deed,
        words: &str,
        to: Option<&str>,
    ) {
        let organisation = OrganisationId::new(who);
        let person = Person {
            id: PersonId(
                (1..)
                    .zip(&self.people)
                    .find(|(_, one)| *one == who)
                    .unwrap()
                    .0,
            ),
            name: who.to_owned(),
            email: format!("{who}@people.example"),
            role: if who.ends_with("-convener") {
                Role::Convener(organisation)
            } else {
                Role::Officer(organisation)
            },
            language: None,
        };
        let form = DeedForm {
            words: (!words.is_empty()).then(|| words.to_owned()),
            to: to.map(OrganisationId::new),
            language: None,
        };
        let done = act_on(
            world,
            self.book.complaints[at].id,
            &person,
            deed,
            form,
            None,
        )
        .await;
        assert_eq!(
            done,
            Outcome::Done,
            "{deed:?} by {who} of {}",
            self.told(at)
        );
    }

    pub(super) async fn text(&self, world: &World, from: &str, county: usize, words: &str) {
        let message = IncomingMessage {
            sid: new_sid(),
            from: Address::new(from),
            to: Address::new(self.counties[county].line),
            body: words.to_owned(),
            media: Vec::new(),
        };
        world.deliver_message(message).await;
    }
}
