//! A county at work: the service at a time that stands, with people who can log in.

use std::net::TcpListener;
use std::sync::Arc;

use chrono::TimeDelta;
use jibu::actions::access::{Invited, Newcomer, invite};
use jibu::actions::publish_month::to_publish_next;
use jibu::clock::Clock;
use jibu::complaint::{CountyId, OrganisationId};
use jibu::configuration::{Configuration, Live};
use jibu::people::password::{self, Memory};
use jibu::people::{Authenticator, Person, Role, Token};
use jibu::store::Store;
use jibu::timers::{KeepReady, do_what_is_due};

use reqwest::StatusCode;
use tempfile::TempDir;

use super::{Browser, Page};
use crate::served::{Served, configuration};
use crate::world::{monday, new_sid, past_the_store};

/// Of everybody who has one.
pub(crate) const PASSWORD: &str = "three camels at noon";
/// Of everybody's authenticator.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub(crate) struct Town {
    pub served: Served,
    pub clock: Clock,
    live: Live,
}

impl Town {
    pub(crate) async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With settings of its own.
    pub(crate) async fn with(changes: &[(&str, &str)]) -> Self {
        Self::of(changes, |_| {}).await
    }

    /// With a configuration that is changed further.
    pub(crate) async fn of(
        changes: &[(&str, &str)],
        change: impl FnOnce(&mut Configuration),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::at(folder, Clock::standing(monday()), changes, change).await
    }

    /// The same once more, after the service ended and began again.
    pub(crate) async fn again(self) -> Self {
        self.again_after(|_| {}, async |_| {}).await
    }

    /// The same, with a configuration that is changed so, and with what happened to its files while it was down.
    pub(crate) async fn again_after(
        self,
        change: impl FnOnce(&mut Configuration),
        meanwhile: impl AsyncFnOnce(&TempDir),
    ) -> Self {
        let folder = self.served.stop().await;
        meanwhile(&folder).await;
        Self::at(folder, self.clock, &[], change).await
    }

    async fn at(
        folder: TempDir,
        clock: Clock,
        changes: &[(&str, &str)],
        change: impl FnOnce(&mut Configuration),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut configuration = configuration(folder.path(), &url, &url, changes);
        change(&mut configuration);
        let live = Live::new(Arc::new(configuration), clock.now());
        let served = Served::start_at(folder, listener, live.clone(), clock.clone()).await;
        Self {
            served,
            clock,
            live,
        }
    }

    pub(crate) fn store(&self) -> &Store {
        self.served.service.as_ref().unwrap().store()
    }

    /// So much time goes by, and what fell due meanwhile is done.
    pub(crate) async fn wait(&self, time: TimeDelta) {
        self.clock.advance(time);
        do_what_is_due(self.store(), &self.live).await;
        // The service's own timers may have taken a step first: then ours is refused, and tried again.
        while self.is_to_be_published().await {
            do_what_is_due(self.store(), &self.live).await;
        }
    }

    /// The figures that are kept ready are counted.
    pub(crate) async fn counted_beforehand(&self) {
        let mut ready = KeepReady::default();
        ready.look(self.store(), &self.live).await.unwrap();
    }

    async fn is_to_be_published(&self) -> bool {
        let (current, now) = (self.live.current(), self.clock.now());
        let read = self
            .store()
            .read(move |reader| to_publish_next(reader, &current, now));
        read.await.unwrap().is_some()
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.served.url)
    }

    /// Somebody with that role, who has taken up their invitation. Their email is their name at example.org.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Person {
        let email = email(name);
        let name = name.to_owned();
        let hash =
            password::hash(PASSWORD, [7; password::SALT_BYTES], &mut Memory::default()).unwrap();
        let write = self.store().write("person", move |tx| {
            let person = tx.add_person(&name, &email, &role)?;
            tx.set_password(person, &hash)?;
            let authenticator = Authenticator::from_secret(SECRET).unwrap();
            tx.set_authenticator(person, &authenticator, 0)?;
            Ok(tx.account(person)?.unwrap().person)
        });
        write.await.unwrap()
    }

    /// The link of somebody who was just invited.
    pub(crate) async fn invited(&self, name: &str, role: Role) -> String {
        let newcomer = Newcomer::new(name, &email(name), role).unwrap();
        let invited = self
            .store()
            .write("invite", move |tx| invite(tx, &newcomer));
        match invited.await.unwrap() {
            Invited::Yes(invitation) => address(&invitation.token),
            Invited::EmailTaken(person) => panic!("{person:?} has that email"),
        }
    }

    /// What everybody's authenticator shows now.
    pub(crate) fn code(&self) -> String {
        let authenticator = Authenticator::from_secret(SECRET).unwrap();
        authenticator.code(self.clock.now())
    }

    /// Somebody who never texted before texts a complaint; its tracking number.
    pub(crate) async fn texted(&self, words: &str) -> u64 {
        let phones = past_the_store(&self.served.folder).query_row(
            "SELECT count(*) FROM phone",
            [],
            |row| row.get::<_, i64>(0),
        );
        let phone = format!("+2547110{:05}", phones.unwrap() + 1);
        self.texted_by(&phone, words).await
    }

    /// Somebody with that phone does.
    pub(crate) async fn texted_by(&self, phone: &str, words: &str) -> u64 {
        let status = self.served.deliver(&new_sid(), phone, words).await;
        assert_eq!(status, StatusCode::OK);
        let newest = past_the_store(&self.served.folder).query_row(
            "SELECT number FROM complaint ORDER BY id DESC LIMIT 1",
            [],
            |row| row.get::<_, i64>(0),
        );
        newest.unwrap().cast_unsigned()
    }

    /// Gives the password, and says where that led.
    pub(crate) async fn give_password(
        &self,
        browser: &mut Browser,
        name: &str,
        password: &str,
    ) -> Page {
        browser.get("/console/login").await;
        let fields = [("email", email(name)), ("password", password.to_owned())];
        let fields = fields
            .each_ref()
            .map(|(field, value)| (*field, value.as_str()));
        browser.post("/console/login", &fields).await
    }

    /// Logs somebody in, all the way. A code is taken once, so the clock moves on for the next.
    pub(crate) async fn logged_in(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let page = self.give_password(&mut browser, name, PASSWORD).await;
        assert_eq!(page.leads_to(), "/console/second-factor", "{page:?}");
        browser.follow(page).await;
        let page = browser
            .post("/console/second-factor", &[("code", &self.code())])
            .await;
        assert_eq!(page.leads_to(), "/console", "{page:?}");
        self.clock.advance(TimeDelta::seconds(30));
        let start = browser.follow(page).await;
        assert!(start.status.is_success(), "{start:?}");
        browser
    }

    /// Somebody does that with a complaint, by the form of its page; where that leads.
    pub(crate) async fn act(
        &self,
        browser: &mut Browser,
        number: u64,
        deed: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let path = format!("/console/complaints/{number}");
        let seen = browser
            .get(&path)
            .await
            .between("name=\"seen\" value=\"", "\"");
        let fields = [&[("seen", seen.as_str())], fields].concat();
        browser.post(&format!("{path}/{deed}"), &fields).await
    }

    pub(crate) async fn stop(self) {
        self.served.stop().await;
    }
}

fn email(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase())
}

pub(crate) fn address(invitation: &Token) -> String {
    format!("/console/invitation/{}", invitation.expose())
}

pub(crate) fn officer() -> Role {
    Role::Officer(OrganisationId::new("wajir-water"))
}

pub(crate) fn health() -> Role {
    Role::Officer(OrganisationId::new("wajir-health"))
}

pub(crate) fn convener() -> Role {
    Role::Convener(OrganisationId::new("ti-wajir"))
}

pub(crate) fn committee() -> Role {
    Role::Committee(CountyId::new("wajir"))
}
