//! What happened before the demo was first opened: a few weeks of complaints, so that who opens its console sees a county at work.
//!
//! It is no picture painted into the database. Each text is taken in and each deed done by the same actions as in the service, one after
//! the other, by a clock that is set to the time of each; only the gateway is left out, and every text arrives.

use std::sync::Arc;

use anyhow::{Context, bail};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use crate::actions::deed::{DeedForm, Outcome, carry_out};
use crate::actions::receive_message::Prepared;
use crate::actions::{IncomingMessage, StatusReport, receive_message, record_delivery};
use crate::clock::Clock;
use crate::complaint::{Address, Delivery, OrganisationId};
use crate::configuration::Configuration;
use crate::people::Deed;
use crate::store::{ComplaintRow, Settled, Store, StorePaths};

/// All of it.
const STORY: &str = include_str!("past.txt");
/// The carrier takes this long.
const ON_THE_WAY: TimeDelta = TimeDelta::seconds(4);

/// A line of the story.
#[derive(Debug)]
struct Step<'a> {
    working_days_ago: u32,
    time: NaiveTime,
    complaint: &'a str,
    who: &'a str,
    what: &'a str,
}

/// Lets all of it have happened, up to now, where there is no database yet.
pub(super) async fn happen(
    configuration: &Arc<Configuration>,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let settings = &configuration.settings;
    if settings.database.path.exists() {
        return Ok(());
    }
    let paths = StorePaths {
        database: settings.database.path.clone(),
        keys: settings.keys.path.clone(),
    };
    let county = configuration.rules.counties().next();
    let zone = county.map_or(Tz::UTC, |county| county.zone);
    let clock = Clock::standing(now - TimeDelta::days(60));
    let store = Store::open(&paths, clock.clone()).context("the demo's database was not made")?;
    super::people::settle(&store).await?;
    let past = Past {
        configuration,
        clock,
        store,
    };
    let told = past.tell(now, zone).await;
    past.store.close().await;
    told
}

struct Past<'a> {
    configuration: &'a Arc<Configuration>,
    clock: Clock,
    store: Store,
}

impl Past<'_> {
    async fn tell(&self, now: DateTime<Utc>, zone: Tz) -> anyhow::Result<()> {
        let mut known: Vec<(&str, ComplaintRow)> = Vec::new();
        for (at, step) in steps(now, zone)? {
            self.clock.advance(at - self.clock.now());
            let index = known.iter().position(|(name, _)| *name == step.complaint);
            let phone = index.unwrap_or(known.len());
            let complaint = index.and_then(|index| known.get(index)).map(|(_, row)| row);
            match (step.who, complaint) {
                ("texts", Some(own)) => {
                    let words = step.what.replace("{number}", &own.number.to_string());
                    self.text(phone, &words).await?;
                }
                ("texts", None) => self.text(phone, step.what).await?,
                (who, Some(complaint)) => self.act(complaint.id, who, step.what).await?,
                (who, None) => bail!("{who} acts, and nobody complained yet"),
            }
            if index.is_none() {
                known.push((step.complaint, self.newest().await?));
            }
            self.arrive().await?;
        }
        Ok(())
    }

    async fn text(&self, phone: usize, words: &str) -> anyhow::Result<()> {
        let line = self
            .configuration
            .rules
            .counties()
            .flat_map(|county| &county.numbers)
            .next();
        let message = IncomingMessage {
            sid: format!("SM{:032x}", rand::random::<u128>()),
            from: Address::new(&format!("+2547111{phone:05}")),
            to: line.context("the county has no number")?.clone(),
            body: words.to_owned(),
            media: Vec::new(),
        };
        let text = Prepared::new(Arc::clone(self.configuration), &message);
        self.store
            .write("receive_message", move |tx| {
                receive_message(tx, &text, &message)
            })
            .await?;
        Ok(())
    }

    async fn act(&self, complaint_id: i64, who: &str, what: &str) -> anyhow::Result<()> {
        let (deed, words) = what.split_once(' ').unwrap_or((what, ""));
        let (word, to) = match deed.split_once('(') {
            Some((word, to)) => (word, Some(to.trim_end_matches(')'))),
            None => (deed, None),
        };
        let deed = Deed::from_word(word).with_context(|| format!("`{word}` is no deed"))?;
        let form = DeedForm {
            words: Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
            to: to.map(OrganisationId::new),
            language: None,
        };
        let (configuration, email) = (
            Arc::clone(self.configuration),
            format!("{who}@demo.example"),
        );
        let done = self.store.write("deed", move |tx| {
            let Some(account) = tx.account_of(&email)? else {
                return Ok(Outcome::NotThere);
            };
            carry_out(
                tx,
                &configuration,
                &account.person,
                complaint_id,
                deed,
                &form,
                None,
            )
        });
        match done.await? {
            Outcome::Done => Ok(()),
            other => bail!("{who} could not {what}: {other:?}"),
        }
    }

    /// The complaint that came last.
    async fn newest(&self) -> anyhow::Result<ComplaintRow> {
        let newest = self.store.read(|reader| reader.newest_complaint()).await?;
        newest.context("nothing was complained of")
    }

    /// All that is owed leaves and arrives.
    async fn arrive(&self) -> anyhow::Result<()> {
        let left = self.store.write("leave", |tx| {
            let look = tx.claim_texts(100, DateTime::UNIX_EPOCH)?;
            for text in &look.claimed {
                let sid = format!("SM{:032x}", text.id);
                let delivery = Delivery::Queued;
                tx.settle_text(text.id, &Settled::Accepted { sid, delivery })?;
            }
            Ok(look
                .claimed
                .iter()
                .map(|text| text.id)
                .collect::<Vec<i64>>())
        });
        let left = left.await?;
        self.clock.advance(ON_THE_WAY);
        let arrive = self.store.write("arrive", move |tx| {
            for id in left {
                let report = StatusReport {
                    outbox_id: Some(id),
                    sid: format!("SM{id:032x}"),
                    delivery: Delivery::Delivered,
                    code: None,
                    failure: None,
                };
                record_delivery(tx, &report)?;
            }
            Ok(())
        });
        Ok(arrive.await?)
    }
}

/// The story in the order in which it happened.
fn steps(now: DateTime<Utc>, zone: Tz) -> anyhow::Result<Vec<(DateTime<Utc>, Step<'static>)>> {
    let lines = STORY
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let mut steps = lines
        .map(|line| {
            let step = step(line)
                .with_context(|| format!("the story has a line that says nothing: {line}"))?;
            let at = working_days_before(now, step.working_days_ago, step.time, zone);
            Ok((at, step))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    steps.sort_by_key(|(at, _)| *at);
    Ok(steps)
}

fn step(line: &str) -> Option<Step<'_>> {
    let (days, rest) = line.trim_start().split_once(' ')?;
    let (time, rest) = rest.split_once(' ')?;
    let (complaint, rest) = rest.split_once(' ')?;
    let (who, what) = rest.trim_start().split_once(' ')?;
    Some(Step {
        working_days_ago: days.parse().ok()?,
        time: NaiveTime::parse_from_str(time, "%H:%M").ok()?,
        complaint,
        who,
        what: what.trim(),
    })
}

/// That time of the day so many working days ago, as the county's clocks show it.
fn working_days_before(now: DateTime<Utc>, days: u32, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let mut day = now.with_timezone(&zone).date_naive();
    let mut left = days;
    while left > 0 {
        day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    let local = zone.from_local_datetime(&day.and_time(time)).earliest();
    local.map_or(now, |local| local.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::complaint::Status;
    use crate::reports::{Dimension, Measure, Period, Question};
    use crate::store::{CountedFor, Filter, Scope, Shelf};

    /// On a Wednesday, and on a Sunday.
    #[tokio::test]
    async fn the_story_is_told_to_its_end_whatever_the_day() {
        for now in ["2026-10-14T09:00:00Z", "2026-10-18T03:00:00Z"] {
            let folder = tempfile::tempdir().unwrap();
            let configuration = Arc::new(Configuration::sample(folder.path(), &[]).unwrap());
            let now: DateTime<Utc> = now.parse().unwrap();
            happen(&configuration, now).await.unwrap();
            let paths = StorePaths {
                database: configuration.settings.database.path.clone(),
                keys: configuration.settings.keys.path.clone(),
            };
            let store = Store::open(&paths, Clock::standing(now)).unwrap();
            let county = configuration.rules.counties().next().unwrap();
            let (id, own) = (county.id.clone(), county.convener.clone());
            let by_status = Question::new(
                &[Dimension::Status],
                Measure::Complaints,
                Period::from_word("2026").unwrap(),
            )
            .unwrap();
            let counted = Arc::clone(&configuration);
            let (answers, unrouted, late) = store
                .read(move |reader| {
                    let unrouted = reader.list_page(
                        &Shelf::Unrouted(own.clone(), Scope::In(id.clone())),
                        &own,
                        &Filter::default(),
                        None,
                    )?;
                    let late = reader.count_late(&Shelf::Open(id.clone()), &own, now)?;
                    let ground = counted.ground(&[id], now);
                    let whom = CountedFor::default();
                    let answers = reader.answers(&[by_status], &ground, &whom, |_| {})?;
                    Ok((answers, unrouted.rows.len(), late))
                })
                .await
                .unwrap();
            let stands = |status: Status| {
                let at = answers[0]
                    .rows
                    .iter()
                    .position(|row| row.as_deref() == Some(status.as_str()));
                answers[0].row_totals[at.unwrap()].rests_on > 0
            };
            for status in [
                Status::Referred,
                Status::Accepted,
                Status::InProgress,
                Status::Closed,
            ] {
                assert!(stands(status), "{now}: {status:?} in {answers:?}");
            }
            assert!(
                unrouted >= 3 && late >= 3,
                "{now}: {unrouted} unrouted, {late} late"
            );
            let pending = store.read(|reader| reader.outbox_counts()).await.unwrap();
            assert_eq!(
                (pending.pending, pending.uncertain),
                (0, 0),
                "every text arrived"
            );
            happen(&configuration, now).await.unwrap();
            store.close().await;
        }
    }
}
