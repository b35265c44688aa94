//! A text of which nobody knows whether it left is looked up in the gateway's list. Its status report may be lost, as the answer
//! to the request was.
//!
//! It is the one in the list that went to the same phone, from the same number, in exactly the same words, in the time between it
//! was owed and in doubt, and that is none of our other texts. If there is exactly one, it takes that one's id and status, as by
//! a status report. If there is none, or more than one, it stays in doubt: that a list does not have it yet proves nothing, and a
//! second text is worse than a late one.
//!
//! Rejected: to ask for the texts to one phone. That is one page instead of a few, and puts a person's number into a URL; asking for
//! what left from our own number does not.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::actions::record_delivery::Recorded;
use crate::actions::{StatusReport, record_found};
use crate::clock::Clock;
use crate::complaint::{Address, Delivery};
use crate::configuration::Live;
use crate::gateway::codes::failure_of;
use crate::gateway::listing::{Direction, ListedText, MessageList, NoPage, Pages, Wanted};
use crate::store::{DoubtedText, Store, StoreError};

/// How often it is seen whether a text is to be looked up.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How long a text is in doubt when it is looked up for the first time, the second … After the last it stays in doubt.
const LOOKED_UP_AFTER: [TimeDelta; 5] = [
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::hours(1),
    TimeDelta::hours(6),
    TimeDelta::hours(24),
];
/// What is in doubt for longer is not looked up, however often the service starts.
const TOO_OLD: TimeDelta = TimeDelta::days(7);
/// By how much the gateway's clock may differ from ours.
const SKEW: TimeDelta = TimeDelta::minutes(5);

/// After a longer time nothing follows from it that a text did not arrive: neither is it sent anew, nor has its phone opted out, which
/// may have opted in since.
const REPORT_IS_NEWS: TimeDelta = TimeDelta::hours(1);

/// Looks texts up. Clones share it.
#[derive(Clone)]
pub struct LookUp(Arc<Inner>);

struct Inner {
    store: Store,
    configuration: Live,
    list: Arc<dyn MessageList>,
    clock: Clock,
    /// How often each text was looked up since the start.
    looked_up: Mutex<HashMap<i64, usize>>,
}

impl LookUp {
    /// Sets it up; [`LookUp::run`] starts it.
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
            looked_up: Mutex::default(),
        }))
    }

    /// Looks until `stop` turns true.
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

    /// Looks up what is to be looked up by now.
    pub async fn look(&self) {
        match self.0.look().await {
            Ok(0) => {}
            Ok(count) => {
                tracing::info!(
                    count,
                    "Found texts in the gateway's list that were in doubt: they had left"
                );
            }
            Err(error) => tracing::warn!(%error, "Texts in doubt could not be looked up"),
        }
    }
}

impl Inner {
    /// How many were found.
    async fn look(&self) -> Result<u32, StoreError> {
        let now = self.clock.now();
        let since = now.checked_sub_signed(TOO_OLD).unwrap_or(now);
        let doubted = self
            .store
            .read(move |reader| reader.texts_in_doubt(since))
            .await?;
        let due = self.due(doubted, now);
        let lines: BTreeSet<_> = due.iter().map(|text| text.line.clone()).collect();
        let mut found = 0;
        for line in lines {
            let due: Vec<_> = due.iter().filter(|text| text.line == line).collect();
            match self.alike(line, &due).await {
                Ok(alike) => {
                    for (text, alike) in due.iter().zip(alike) {
                        found += u32::from(self.settle(text, alike).await?);
                    }
                }
                Err(why) => {
                    if let NoPage::Failed(_) = why {
                        self.look_again(&due);
                    }
                    tracing::info!(?why, "Texts in doubt could not be looked up");
                }
            }
        }
        Ok(found)
    }

    /// Which of them are to be looked up now; that counts as done.
    fn due(&self, mut doubted: Vec<DoubtedText>, now: DateTime<Utc>) -> Vec<DoubtedText> {
        let mut looked_up = self
            .looked_up
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::take(&mut *looked_up);
        doubted.retain(|text| {
            let age = now - text.doubted_at;
            let times = LOOKED_UP_AFTER
                .iter()
                .filter(|after| age >= **after)
                .count();
            looked_up.insert(text.id, times);
            times > before.get(&text.id).copied().unwrap_or_default()
        });
        doubted
    }

    /// The list could not be had: that was no look.
    fn look_again(&self, texts: &[&DoubtedText]) {
        let mut looked_up = self
            .looked_up
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for text in texts {
            looked_up.remove(&text.id);
        }
    }

    /// For each text in doubt, what of a number's list can be it. The whole of the list: half of it does not tell whether there is a
    /// second one.
    async fn alike(
        &self,
        line: Address,
        due: &[&DoubtedText],
    ) -> Result<Vec<Vec<ListedText>>, NoPage> {
        let owed = due.iter().map(|text| text.created_at).min();
        let since = owed.and_then(|owed| owed.checked_sub_signed(SKEW));
        let wanted = Wanted::From(line);
        let mut pages = Pages::new(self.list.as_ref(), &wanted, since.unwrap_or_default());
        let mut alike = vec![Vec::new(); due.len()];
        while let Some(texts) = pages.next().await? {
            for (doubted, alike) in due.iter().zip(&mut alike) {
                alike.extend(texts.iter().filter(|text| can_be(text, doubted)).cloned());
            }
        }
        Ok(alike)
    }

    /// Whether it was found: exactly one text can be it that is none of our others.
    async fn settle(
        &self,
        doubted: &DoubtedText,
        alike: Vec<ListedText>,
    ) -> Result<bool, StoreError> {
        let others = self.store.read(move |reader| {
            let mut unknown = Vec::new();
            for text in alike {
                if !reader.is_a_text_of_ours(&text.sid)? {
                    unknown.push(text);
                }
            }
            Ok(unknown)
        });
        let Ok([it]) = <[ListedText; 1]>::try_from(others.await?) else {
            return Ok(false);
        };
        let id = doubted.id;
        let is_news = self.clock.now() - doubted.created_at < REPORT_IS_NEWS;
        let found = StatusReport {
            outbox_id: Some(id),
            // A status that was invented since: it has the text, and that is what was in doubt.
            delivery: Delivery::from_word(&it.status).unwrap_or(Delivery::Accepted),
            sid: it.sid,
            code: it.code,
            failure: it.code.map(failure_of).filter(|_| is_news),
        };
        let configuration = self.configuration.current();
        let recorded = self.store.write("record_found", move |tx| {
            record_found(tx, &configuration, id, &found)
        });
        Ok(recorded.await? == Recorded::Advanced)
    }
}

fn can_be(text: &ListedText, doubted: &DoubtedText) -> bool {
    let in_time =
        |at: DateTime<Utc>| at - doubted.created_at >= -SKEW && at - doubted.doubted_at <= SKEW;
    text.direction == Direction::OutboundApi
        && text.from.as_ref() == Some(&doubted.line)
        && text.to == doubted.to
        && text.body == doubted.words
        && text.created_at.is_some_and(in_time)
}
