//! A gateway's list as a test writes it, and who looks through it.

use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jibu::complaint::Address;
use jibu::configuration::Live;
use jibu::gateway::listing::{Direction, ListedText, MessageList, NextPage, NoPage, Page, Wanted};
use jibu::inbound::CatchUp;

use crate::world::{LINE, World, past_the_store};

/// Answers with a function of how many pages were asked for before.
pub(crate) struct Scripted<F> {
    answer: F,
    asked: Mutex<usize>,
}

impl<F> Scripted<F> {
    pub(crate) fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

impl<F: Fn(usize) -> Result<Page, NoPage> + Send + Sync> MessageList for Scripted<F> {
    fn page<'a>(
        &'a self,
        wanted: &'a Wanted,
        _: Option<&'a NextPage>,
    ) -> BoxFuture<'a, Result<Page, NoPage>> {
        // The sample county has other numbers too: nobody texts them here.
        let (Wanted::To(line) | Wanted::From(line)) = wanted;
        if line.expose() != LINE {
            return async { Ok(Page::default()) }.boxed();
        }
        let mut asked = self.asked.lock().unwrap();
        let answer = (self.answer)(*asked);
        *asked += 1;
        async { answer }.boxed()
    }
}

/// A list that answers so.
pub(crate) fn scripted<F>(answer: F) -> Arc<Scripted<F>> {
    Arc::new(Scripted {
        answer,
        asked: Mutex::default(),
    })
}

/// Who looks through such a list for a world.
pub(crate) fn looking<F>(world: &World, answer: F) -> (CatchUp, Arc<Scripted<F>>)
where
    F: Fn(usize) -> Result<Page, NoPage> + Send + Sync + 'static,
{
    has_looked_before(&world.folder, world.clock.now());
    first_looking(world, answer)
}

/// Notes in a database that all was looked through by then, unless a look has ended.
pub(crate) fn has_looked_before(folder: impl AsRef<Path>, at: DateTime<Utc>) {
    let note = "INSERT OR IGNORE INTO meta (key, value) VALUES ('catches_up_from', zeroblob(8)), ('caught_up', ?1)";
    past_the_store(folder)
        .execute(note, [at.timestamp_millis().to_be_bytes()])
        .unwrap();
}

/// Who looks for a database that never did.
pub(crate) fn first_looking<F>(world: &World, answer: F) -> (CatchUp, Arc<Scripted<F>>)
where
    F: Fn(usize) -> Result<Page, NoPage> + Send + Sync + 'static,
{
    let list = scripted(answer);
    let live = Live::new(Arc::clone(&world.configuration), world.clock.now());
    let catch_up = CatchUp::new(world.store.clone(), live, list.clone(), world.clock.clone());
    (catch_up, list)
}

/// A text to the line.
pub(crate) fn listed(sid: &str, from: &str, words: &str, at: DateTime<Utc>) -> ListedText {
    ListedText {
        sid: sid.to_owned(),
        from: Some(Address::new(from)),
        to: Address::new(LINE),
        body: words.to_owned(),
        media: Vec::new(),
        direction: Direction::Inbound,
        status: "received".to_owned(),
        code: None,
        created_at: Some(at),
    }
}

/// The only page.
pub(crate) fn one_page(texts: Vec<ListedText>) -> Result<Page, NoPage> {
    Ok(Page { texts, next: None })
}

pub(crate) fn ago(world: &World, minutes: i64) -> DateTime<Utc> {
    world.clock.now() - TimeDelta::minutes(minutes)
}

/// Whether each of the ids was taken in.
pub(crate) async fn taken(world: &World, sids: &[&str]) -> Vec<bool> {
    let sids: Vec<String> = sids.iter().map(|sid| (*sid).to_owned()).collect();
    let look = world
        .store
        .read(move |reader| sids.iter().map(|sid| reader.is_taken(sid)).collect());
    look.await.unwrap()
}
