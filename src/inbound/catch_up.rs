//! What the gateway received while nobody answered its webhooks: found in its list of texts, and taken in as any other.
//!
//! The gateway makes one attempt at a webhook, a second one where no connection comes about, and delivers nothing again after an
//! outage: the text stays in its list. So the list is looked through at each start and every five minutes, for each number of
//! ours, and what is not taken in yet goes the way of every text: its id has one effect, whether the webhook comes before,
//! after or at the same time.
//!
//! A text that is found late is understood by what its sender could know when writing it, and answered and due as one that comes
//! now, however old it is: who waits for a number gets one, and whoever has the complaint gets the time that they are promised. Rejected: to write it into the past (histories
//! only grow at their end), and to leave old ones unanswered (nobody else would tell the person).
//!
//! What is taken in already is not compared with the list: words that the gateway was told to forget would look like an
//! altered text. Where a webhook comes after the look, it is compared, as each delivery is.

mod missed;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::actions::receive_message::Prepared;
use crate::actions::{Receipt, receive_missed_message};
use crate::clock::Clock;
use crate::complaint::Address;
use crate::configuration::Live;
use crate::gateway::listing::{ListedText, MessageList, NoPage, Pages, Wanted};
use crate::store::{Store, StoreError};

use missed::{Found, Missed, is_for, is_young, pause};

/// How often the list is looked through.
const LOOK_EVERY: Duration = Duration::from_secs(5 * 60);
/// The second look after a start finds what was too young at the first: what came while an ordinary restart went on.
const SECOND_LOOK_AFTER: Duration = Duration::from_secs(150);
/// A gateway without a list is asked again whether it has one by now.
const ASKED_AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);
/// A clock that is so far behind what it once said is wrong: the gateway's whole past would lie in its future.
const BEHIND: TimeDelta = TimeDelta::days(1);
/// How much further back than the last good look the first one after a start goes: clocks differ, and a restored
/// database may have looked last by another one.
const MARGIN_AT_START: TimeDelta = TimeDelta::hours(48);
/// The same for all further ones: what the gateway had, it lists within seconds.
const MARGIN: TimeDelta = TimeDelta::hours(1);
/// After so many texts that could not be stored it is the disk, and not these texts.
const MOST_NOT_STORED: usize = 10;

/// How the gateway's list was found at the last look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListState {
    /// No look has ended yet.
    #[default]
    NotLooked,
    /// It was looked through.
    Well,
    /// It could not be had, or what was in it not be stored.
    Down {
        /// In words for people; never a number or a text.
        why: &'static str,
    },
    /// It was looked through, but not all of it is taken in.
    Behind {
        /// In words for people.
        why: &'static str,
    },
    /// This gateway keeps none.
    NoList,
    /// No number of ours is configured whose texts could be asked for.
    NoNumber,
}

/// What came of the looks since the start, for `/health`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CaughtUp {
    /// How the list was found.
    pub list: ListState,
    /// When the last look began.
    pub asked_at: Option<DateTime<Utc>>,
    /// When the last good look began.
    pub at: Option<DateTime<Utc>>,
    /// Texts that were taken in from the list.
    pub taken: u64,
}

/// Looks for texts whose webhooks did not come. Clones share it.
#[derive(Clone)]
pub struct CatchUp(Arc<Inner>);

struct Inner {
    store: Store,
    configuration: Live,
    list: Arc<dyn MessageList>,
    clock: Clock,
    so_far: Mutex<CaughtUp>,
}

impl CatchUp {
    /// Sets it up; [`CatchUp::run`] starts it.
    pub fn new(
        store: Store,
        configuration: Live,
        list: Arc<dyn MessageList>,
        clock: Clock,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            configuration,
            list,
            clock,
            so_far: Mutex::default(),
        }))
    }

    /// What came of it since the start.
    pub fn so_far(&self) -> CaughtUp {
        *self.0.lock()
    }

    /// Looks until `stop` turns true: at once, for what came while nothing ran, and then again and again, also when the clock
    /// is moved. A look that is broken off leaves nothing half done: the next one goes on where it ended.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut moves = self.0.clock.moves();
        let looks = async {
            let mut pause = SECOND_LOOK_AFTER;
            loop {
                self.look().await;
                tokio::select! {
                    () = moves.next() => {}
                    () = tokio::time::sleep(pause) => {}
                }
                pause = LOOK_EVERY;
            }
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = looks => {}
        }
    }

    /// Looks once.
    pub async fn look(&self) {
        let began = self.0.clock.now();
        if !self.0.may_ask(began) {
            return;
        }
        let found = match self.0.look(began).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(%error, "What the gateway's list has could not be taken in; it is tried again");
                ListState::Down {
                    why: "what it has could not be stored",
                }
            }
        };
        self.0.found(found, began);
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, CaughtUp> {
        self.so_far.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the gateway has a list, or was last asked for it some time ago.
    fn may_ask(&self, now: DateTime<Utc>) -> bool {
        let mut so_far = self.lock();
        let lately = so_far
            .asked_at
            .is_some_and(|asked| (now - asked).abs() < ASKED_AGAIN_AFTER);
        if so_far.list == ListState::NoList && lately {
            return false;
        }
        so_far.asked_at = Some(now);
        true
    }

    async fn look(&self, began: DateTime<Utc>) -> Result<ListState, StoreError> {
        if let Some(why) = self.doubts_the_clock(began).await? {
            return Ok(ListState::Down { why });
        }
        let lines = self.lines();
        if lines.is_empty() {
            return Ok(ListState::NoNumber);
        }
        let since = self.since(began).await?;
        let mut found = Found::default();
        for line in lines {
            match self.find(line, since, began, &mut found).await? {
                Ok(()) => {}
                Err(NoPage::NoList) => {
                    found.lacks(self.without_a_list());
                    break;
                }
                Err(NoPage::Failed(why)) => found.lacks(ListState::Down { why }),
                Err(NoPage::TooLong) => found.lacks(ListState::Behind {
                    why: "it has more texts since the last good look than are read at once; older ones stay in it",
                }),
            }
        }
        let lacks = found.lacks;
        self.take_all_in(found).await?;
        if lacks.is_none() {
            let caught_up = self
                .store
                .write("set_caught_up", move |tx| tx.set_caught_up(began));
            caught_up.await?;
        }
        Ok(lacks.unwrap_or(ListState::Well))
    }

    /// Why the clock is not one to look by.
    async fn doubts_the_clock(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Option<&'static str>, StoreError> {
        let seen = self.store.read(|reader| reader.clock_seen()).await?;
        Ok(match seen {
            Some(seen) if seen.stopped_at.is_some() => Some("the clock is not believed"),
            Some(seen) if seen.at - now > BEHIND => Some("the clock is behind"),
            _ => None,
        })
    }

    /// A gateway that had a list a while ago has one.
    fn without_a_list(&self) -> ListState {
        match self.lock().at {
            None => ListState::NoList,
            Some(_) => ListState::Down {
                why: "the gateway says that it has no such list",
            },
        }
    }

    /// The numbers of ours that people text, by each channel: those of the counties, and the one that texts leave from.
    fn lines(&self) -> BTreeSet<Address> {
        let configuration = self.configuration.current();
        let counties = configuration.rules.counties();
        counties
            .flat_map(|county| &county.numbers)
            .chain(&configuration.settings.gateway.from)
            .flat_map(Address::by_each_channel)
            .collect()
    }

    /// How far back to look: not before our own beginning, for what came then another system may have answered. A clock that was ahead at
    /// the last look must not make this one look at the future only.
    async fn since(&self, began: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
        let begin = self
            .store
            .write("begin_catching_up", |tx| tx.begin_catching_up());
        let (first, last) = begin.await?;
        let margin = match self.lock().at {
            None => MARGIN_AT_START,
            Some(_) => MARGIN,
        };
        let from = last.map_or(first, |last| last.min(began));
        Ok(from
            .checked_sub_signed(margin)
            .map_or(first, |since| since.max(first)))
    }

    /// Adds the texts to one number of ours that are not taken in yet, the newest first; also where the list breaks off.
    async fn find(
        &self,
        line: Address,
        since: DateTime<Utc>,
        began: DateTime<Utc>,
        found: &mut Found,
    ) -> Result<Result<(), NoPage>, StoreError> {
        let wanted = Wanted::To(line.clone());
        let mut pages = Pages::new(self.list.as_ref(), &wanted, since);
        loop {
            let mut texts = match pages.next().await {
                Ok(Some(texts)) => texts,
                Ok(None) => return Ok(Ok(())),
                Err(why) => return Ok(Err(why)),
            };
            texts.retain(|text| is_for(text, &line) && !is_young(text, began));
            if texts.iter().any(|text| text.created_at.is_none()) {
                found.lacks(ListState::Down {
                    why: "its dates cannot be read",
                });
            }
            found.add(self.not_taken(texts).await?);
        }
    }

    async fn not_taken(&self, texts: Vec<ListedText>) -> Result<Vec<ListedText>, StoreError> {
        let look = self.store.read(move |reader| {
            let mut missed = Vec::new();
            for text in texts {
                if !reader.is_taken(&text.sid)? {
                    missed.push(text);
                }
            }
            Ok(missed)
        });
        look.await
    }

    /// Takes texts in, the oldest first. One that fails by itself, for something that it needs is damaged, holds up no other.
    async fn take_all_in(&self, found: Found) -> Result<(), StoreError> {
        let (mut taken, mut not_stored, mut why) = (0_u64, 0, None);
        for missed in found.in_order() {
            match self.take_in(missed).await {
                Ok(Receipt::Taken) => {
                    taken += 1;
                    self.lock().taken += 1;
                    let limits = &self.configuration.current().settings.limits;
                    tokio::time::sleep(pause(limits.replies_per_minute)).await;
                }
                // Its webhook came meanwhile.
                Ok(Receipt::Redelivered | Receipt::Altered) => {}
                Err(error) if error.is_of_the_job() => {
                    tracing::error!(%error, "A text of the gateway's list cannot be taken in");
                }
                Err(error) => {
                    why = Some(error);
                    not_stored += 1;
                    if not_stored == MOST_NOT_STORED {
                        break;
                    }
                }
            }
        }
        if taken > 0 {
            tracing::warn!(
                count = taken,
                "Took texts in from the gateway's list: their webhooks did not come"
            );
        }
        why.map_or(Ok(()), Err)
    }

    async fn take_in(&self, missed: Missed) -> Result<Receipt, StoreError> {
        let Missed {
            written_at,
            message,
        } = missed;
        let prepared = Prepared::new(self.configuration.current(), &message);
        let receive = self.store.write("receive_message", move |tx| {
            receive_missed_message(tx, &prepared, &message, written_at)
        });
        receive.await
    }

    /// Keeps how the list was found, and tells of a change once.
    fn found(&self, list: ListState, began: DateTime<Utc>) {
        let mut so_far = self.lock();
        let was_down = matches!(so_far.list, ListState::Down { .. });
        match list {
            ListState::Well if was_down => {
                tracing::info!("The gateway's list of texts is looked through again")
            }
            ListState::Down { why } if !was_down => {
                tracing::warn!(
                    why,
                    "The gateway's list of texts could not be looked through; it is tried again every five minutes"
                )
            }
            ListState::Behind { why } => {
                tracing::warn!(why, "Not all of the gateway's list of texts is taken in")
            }
            ListState::NoList if so_far.list != list => {
                tracing::info!(
                    "The gateway keeps no list of texts: what comes in while jibu does not run cannot be fetched"
                )
            }
            _ => {}
        }
        so_far.list = list;
        if list == ListState::Well {
            so_far.at = Some(began);
        }
    }
}
