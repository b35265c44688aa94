//! What happened before the demo was first opened: a year of complaints and a few weeks more closely, so that who opens its console sees a
//! county at work.
//!
//! It is no picture painted into the database. Each text is taken in and each deed done by the same actions as in the service, one after
//! the other, at the time of each; only the gateway is left out, and every text arrives.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use crate::actions::deed::{DeedForm, Outcome, carry_out};
use crate::actions::lodge_complaint::{Lodging, PreparedLodging, lodge_complaint};
use crate::actions::receive_message::Prepared;
use crate::actions::{
    IncomingMessage, StatusReport, close_unconfirmed, receive_message, record_delivery,
};
use crate::clock::Clock;
use crate::complaint::{Address, Delivery, OrganisationId};
use crate::configuration::Configuration;
use crate::people::Deed;
use crate::store::{ComplaintRow, Settled, Store, StoreError, StorePaths, Tx};

use super::year;

/// All of it.
const STORY: &str = include_str!("past.txt");
/// The carrier takes this long.
const ON_THE_WAY: TimeDelta = TimeDelta::seconds(4);

/// So much of it happens in one transaction: each for itself would take a minute.
const AT_ONCE: usize = 200;

/// Something that happened.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) at: DateTime<Utc>,
    /// The name of the complaint in the story.
    pub(super) complaint: String,
    pub(super) what: What,
}

/// What somebody did.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// Its own phone texts that.
    Texts(String),
    /// It is told across a desk, on paper or on the web.
    Lodges(Box<Lodging>),
    /// Somebody of an organisation, by their email's first part, does that.
    Does(String, Deed, DeedForm),
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
    let county = county.context("the sample has no county")?;
    let mut steps = story(now, county.zone)?;
    steps.extend(year::steps(configuration, county, now));
    steps.sort_by_key(|step| step.at);
    let begins = steps.first().map_or(now, |first| first.at);
    let clock = Clock::standing(begins);
    let store = Store::open(&paths, clock.clone()).context("the demo's database was not made")?;
    super::people::settle(&store).await?;
    let mut past = Past {
        configuration: Arc::clone(configuration),
        known: HashMap::new(),
    };
    for steps in steps.chunks(AT_ONCE) {
        let steps = steps.to_vec();
        clock.advance(steps.last().map_or(begins, |last| last.at) - clock.now());
        let told = store.write("past", move |tx| {
            let told = steps.iter().try_for_each(|step| past.tell(tx, step));
            Ok(told.map(|()| past))
        });
        past = told.await??;
    }
    store.close().await;
    Ok(())
}

struct Past {
    configuration: Arc<Configuration>,
    /// The complaints that there are, by their names in the story, with the number of the phone.
    known: HashMap<String, (usize, ComplaintRow)>,
}

impl Past {
    fn tell(&mut self, tx: &mut Tx<'_>, step: &Step) -> anyhow::Result<()> {
        tx.at(step.at, |tx| self.happens(tx, step))?;
        tx.at(step.at + ON_THE_WAY, |tx| self.arrive(tx))?;
        Ok(())
    }

    fn happens(&mut self, tx: &mut Tx<'_>, step: &Step) -> anyhow::Result<()> {
        // Who said that it is solved hears nothing for a week: then it is over.
        while close_unconfirmed(tx, &self.configuration)? > 0 {}
        let known = self.known.get(&step.complaint);
        let phone = known.map_or(self.known.len(), |(phone, _)| *phone);
        match (&step.what, known) {
            (What::Texts(words), known) => {
                let number = known.map(|(_, row)| row.number.to_string());
                self.text(
                    tx,
                    phone,
                    &words.replace("{number}", &number.unwrap_or_default()),
                )?;
            }
            (What::Lodges(lodging), _) => self.lodge(tx, phone, lodging)?,
            (What::Does(who, deed, form), Some((_, complaint))) => {
                self.act(tx, complaint.id, who, *deed, form)?;
            }
            (What::Does(who, ..), None) => bail!("{who} acts, and nobody complained yet"),
        }
        if !self.known.contains_key(&step.complaint) {
            let newest = tx.reader().newest_complaint()?;
            let newest = newest.context("nothing was complained of")?;
            self.known.insert(step.complaint.clone(), (phone, newest));
        }
        Ok(())
    }

    fn text(&self, tx: &mut Tx<'_>, phone: usize, words: &str) -> anyhow::Result<()> {
        let line = self
            .configuration
            .rules
            .counties()
            .flat_map(|county| &county.numbers)
            .next();
        let message = IncomingMessage {
            sid: format!("SM{:032x}", rand::random::<u128>()),
            from: number(phone),
            to: line.context("the county has no number")?.clone(),
            body: words.to_owned(),
            media: Vec::new(),
        };
        let text = Prepared::new(Arc::clone(&self.configuration), &message);
        receive_message(tx, &text, &message)?;
        Ok(())
    }

    fn lodge(&self, tx: &mut Tx<'_>, phone: usize, lodging: &Lodging) -> anyhow::Result<()> {
        let lodging = Lodging {
            phone: Some(number(phone)),
            ..lodging.clone()
        };
        let prepared = PreparedLodging::new(Arc::clone(&self.configuration), lodging, tx.now);
        let prepared = prepared.map_err(|lacks| anyhow!("a complaint lacks {lacks:?}"))?;
        lodge_complaint(tx, &prepared)?;
        Ok(())
    }

    fn act(
        &self,
        tx: &mut Tx<'_>,
        complaint_id: i64,
        who: &str,
        deed: Deed,
        form: &DeedForm,
    ) -> anyhow::Result<()> {
        let account = tx.account_of(&format!("{who}@demo.example"))?;
        let person = account
            .with_context(|| format!("there is no {who}"))?
            .person;
        match carry_out(
            tx,
            &self.configuration,
            &person,
            complaint_id,
            deed,
            form,
            None,
        )? {
            Outcome::Done => Ok(()),
            other => bail!("{who} could not {deed:?}: {other:?}"),
        }
    }

    /// All that is owed leaves and arrives.
    fn arrive(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let look = tx.claim_texts(100, TimeDelta::MAX)?;
        for text in look.claimed {
            let sid = format!("SM{:032x}", text.id);
            let delivery = Delivery::Queued;
            let accepted = Settled::Accepted {
                sid: sid.clone(),
                delivery,
            };
            tx.settle_text(text.id, &accepted)?;
            let report = StatusReport {
                outbox_id: Some(text.id),
                sid,
                delivery: Delivery::Delivered,
                code: None,
                failure: None,
            };
            record_delivery(tx, &self.configuration, &report)?;
        }
        Ok(())
    }
}

/// A phone of the story.
fn number(phone: usize) -> Address {
    Address::new(&format!("+2547111{phone:05}"))
}

/// What is written down of the last weeks.
fn story(now: DateTime<Utc>, zone: Tz) -> anyhow::Result<Vec<Step>> {
    let lines = STORY
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let step = |line: &str| {
        step(line, now, zone)
            .with_context(|| format!("the story has a line that says nothing: {line}"))
    };
    lines.map(step).collect()
}

fn step(line: &str, now: DateTime<Utc>, zone: Tz) -> Option<Step> {
    let (days, rest) = line.trim_start().split_once(' ')?;
    let (time, rest) = rest.split_once(' ')?;
    let (complaint, rest) = rest.split_once(' ')?;
    let (who, what) = rest.trim_start().split_once(' ')?;
    let time = NaiveTime::parse_from_str(time, "%H:%M").ok()?;
    let what = what.trim();
    Some(Step {
        at: working_days_before(now, days.parse().ok()?, time, zone),
        complaint: complaint.to_owned(),
        what: match who {
            "texts" => What::Texts(what.to_owned()),
            who => does(who, what)?,
        },
    })
}

/// `return(wajir-health) The dispensary has its own tank.`
fn does(who: &str, what: &str) -> Option<What> {
    let (deed, words) = what.split_once(' ').unwrap_or((what, ""));
    let (word, to) = match deed.split_once('(') {
        Some((word, to)) => (word, Some(to.trim_end_matches(')'))),
        None => (deed, None),
    };
    let form = DeedForm {
        words: Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
        to: to.map(OrganisationId::new),
        language: None,
    };
    Some(What::Does(who.to_owned(), Deed::from_word(word)?, form))
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
    use crate::reports::{CountedFor, Dimension, Measure, Period, Question};
    use crate::store::{Filter, Scope, Shelf};

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
