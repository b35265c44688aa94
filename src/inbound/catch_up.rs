//! What the gateway received while nobody answered its webhooks: found in its list of texts, and taken in as any other.
//!
//! The gateway makes one attempt at a webhook, a second one where no connection comes about, and delivers nothing again after an
//! outage: the text stays in its list. So the list is looked through at each start and every five minutes, for each number of
//! ours, and what is not taken in yet goes the way of every text: its id has one effect, whether the webhook comes before,
//! after or at the same time.
//!
//! A text that is found late is understood, answered and due as one that comes now, however old it is: who waits for a number
//! gets one, and whoever has the complaint gets the time that they are promised. Rejected: to write it into the past (histories
//! only grow at their end), and to leave old ones unanswered (nobody else would tell the person).
//!
//! What is taken in already is not compared with the list: words that the gateway was told to forget would look like an
//! altered text. Where a webhook comes after the look, it is compared, as each delivery is.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::actions::receive_message::Prepared;
use crate::actions::{IncomingMessage, Media, Receipt, receive_missed_message};
use crate::clock::Clock;
use crate::complaint::Address;
use crate::configuration::Live;
use crate::gateway::listing::{Direction, ListedText, MessageList, NoPage, Pages, Wanted};
use crate::store::{Store, StoreError};

/// How often the list is looked through.
const LOOK_EVERY: Duration = Duration::from_secs(5 * 60);
/// How much further back than the last good look the first one after a start goes, and the very first of all: clocks differ,
/// and a restored database may have looked last by another one.
const MARGIN_AT_START: TimeDelta = TimeDelta::hours(48);
/// The same for all further ones: what the gateway had, it lists within seconds.
const MARGIN: TimeDelta = TimeDelta::hours(1);
/// A younger text is left to its webhook, which the gateway gives up after 15 seconds.
const LEFT_TO_ITS_WEBHOOK: TimeDelta = TimeDelta::minutes(2);
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
    /// This gateway keeps none; it is not asked again before the next start.
    NoList,
}

/// What came of the looks since the start, for `/health`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CaughtUp {
    /// How the list was found.
    pub list: ListState,
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
            loop {
                self.look().await;
                tokio::select! {
                    () = moves.next() => {}
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
            }
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = looks => {}
        }
    }

    /// Looks once.
    pub async fn look(&self) {
        if self.so_far().list == ListState::NoList {
            return;
        }
        let began = self.0.clock.now();
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

    async fn look(&self, began: DateTime<Utc>) -> Result<ListState, StoreError> {
        let since = self.since(began).await?;
        let mut missed = Vec::new();
        let mut found = ListState::Well;
        for line in self.lines() {
            match self.find(line, since, began, &mut missed).await? {
                Ok(()) => {}
                Err(NoPage::NoList) => {
                    found = ListState::NoList;
                    break;
                }
                Err(NoPage::Failed(why)) => found = ListState::Down { why },
                Err(NoPage::TooLong) => tracing::error!(
                    "The gateway's list has more texts since the last look than are read at once: older ones stay in it and are not taken in"
                ),
            }
        }
        self.take_all_in(missed).await?;
        if found == ListState::Well {
            let caught_up = self
                .store
                .write("set_caught_up", move |tx| tx.set_caught_up(began));
            caught_up.await?;
        }
        Ok(found)
    }

    /// The numbers of ours that people text: those of the counties, and the one that texts leave from.
    fn lines(&self) -> BTreeSet<Address> {
        let configuration = self.configuration.current();
        let counties = configuration.rules.counties();
        counties
            .flat_map(|county| &county.numbers)
            .chain(&configuration.settings.gateway.from)
            .cloned()
            .collect()
    }

    /// How far back to look. A clock that was ahead at the last look must not make this one look at the future only.
    async fn since(&self, began: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
        let last = self.store.read(|reader| reader.caught_up()).await?;
        let margin = match self.lock().at {
            None => MARGIN_AT_START,
            Some(_) => MARGIN,
        };
        let from = last.map_or(began, |last| last.min(began));
        Ok(from.checked_sub_signed(margin).unwrap_or(from))
    }

    /// Adds the texts to one number of ours that are not taken in yet, the newest first; also where the list breaks off.
    async fn find(
        &self,
        line: Address,
        since: DateTime<Utc>,
        began: DateTime<Utc>,
        missed: &mut Vec<Missed>,
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
            let texts = self.not_taken(texts).await?;
            missed.extend(texts.into_iter().filter_map(Missed::of));
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

    /// Takes texts in, the oldest first, no faster than half of what is answered in a minute: the breaker must not fall over
    /// those who waited longest.
    async fn take_all_in(&self, mut missed: Vec<Missed>) -> Result<(), StoreError> {
        // In the list the newest come first, also of those that came in one second.
        missed.reverse();
        missed.sort_by_key(|text| text.created_at);
        let (mut taken, mut not_stored, mut why) = (0_u64, 0, None);
        for text in missed {
            match self.take_in(text.message).await {
                Ok(Receipt::Taken) => {
                    taken += 1;
                    self.lock().taken += 1;
                    tokio::time::sleep(self.pause()).await;
                }
                // Its webhook came meanwhile.
                Ok(Receipt::Redelivered | Receipt::Altered) => {}
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

    fn pause(&self) -> Duration {
        let configuration = self.configuration.current();
        let in_a_minute = configuration.settings.limits.replies_per_minute / 2;
        Duration::from_secs(60) / in_a_minute.max(1)
    }

    async fn take_in(&self, message: IncomingMessage) -> Result<Receipt, StoreError> {
        let prepared = Prepared::new(self.configuration.current(), &message);
        let receive = self.store.write("receive_message", move |tx| {
            receive_missed_message(tx, &prepared, &message)
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
            ListState::NoList => {
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

/// A text that is to be taken in.
struct Missed {
    created_at: Option<DateTime<Utc>>,
    message: IncomingMessage,
}

impl Missed {
    /// `None`: the list does not say who sent it.
    fn of(text: ListedText) -> Option<Self> {
        let media = |url| Media {
            url,
            content_type: String::new(),
        };
        Some(Self {
            created_at: text.created_at,
            message: IncomingMessage {
                sid: text.sid,
                from: text.from?,
                to: text.to,
                body: text.body,
                media: text.media.into_iter().map(media).collect(),
            },
        })
    }
}

/// Whether it came to that number of ours. One that the gateway took for a machine's has another status, and no webhook either.
fn is_for(text: &ListedText, line: &Address) -> bool {
    text.direction == Direction::Inbound
        && text.to == *line
        && matches!(text.status.as_str(), "received" | "")
}

fn is_young(text: &ListedText, began: DateTime<Utc>) -> bool {
    text.created_at
        .is_some_and(|at| began - at < LEFT_TO_ITS_WEBHOOK)
}
