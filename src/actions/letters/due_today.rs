//! What falls due in the rest of today's working hours, and which letters will be written of it: counted for each whom it goes to, for who
//! minds the service. What the steps of today bring about today again, where they are hours apart, is not foreseen.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Post;
use crate::complaint::{County, CountyId, OrganisationId};
use crate::configuration::Configuration;
use crate::deadlines::{Step, Turn};
use crate::store::{DueSteps, HowTold, MOST_DUE, Reader, StoreError, Telling};

/// What falls due.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// For each whom it goes to.
    pub rows: Vec<DueRow>,
    /// Whether some county has more than are counted.
    pub is_more: bool,
}

/// What falls due for one.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// Where.
    pub county: CountyId,
    /// Whose; `None`: the steering committee's.
    pub organisation: Option<OrganisationId>,
    /// How many complaints of theirs take each step of [`Step::ALL`].
    pub steps: [u32; 4],
    /// Letters to them: of each kind, how many.
    pub letters: BTreeMap<DueLetter, u32>,
}

/// What a letter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueLetter {
    /// The morning's reminders.
    Digest,
    /// A reminder by itself.
    Reminder,
    /// Word to who follows up.
    Escalation,
    /// A notice of what was referred.
    Referral,
    /// A month's figures.
    Report,
}

/// Counts what falls due in these counties. `all`: also what accuses their conveners.
///
/// # Errors
/// The store's.
pub fn due_today(
    reader: &Reader<'_>,
    configuration: &Configuration,
    counties: &[CountyId],
    now: DateTime<Utc>,
    all: bool,
) -> Result<Due, StoreError> {
    let mut due = Due::default();
    for county in configuration.rules.counties() {
        if !counties.contains(&county.id) {
            continue;
        }
        let calendar = configuration.calendars.of(&county.id);
        let Some(ends) = calendar.ends_today(now, county.zone) else {
            continue;
        };
        let mut day = Day {
            post: Post::new(configuration, county, now),
            reader,
            ends,
            all,
            rows: BTreeMap::new(),
            others: Others::default(),
        };
        due.is_more |= day.steps()? >= MOST_DUE;
        day.left_over()?;
        day.letters_of_the_morning()?;
        day.notices()?;
        day.report()?;
        due.rows.extend(day.rows.into_values());
    }
    Ok(due)
}

/// The rest of a day in one county.
struct Day<'a> {
    post: Post<'a>,
    reader: &'a Reader<'a>,
    ends: DateTime<Utc>,
    all: bool,
    rows: BTreeMap<Option<OrganisationId>, DueRow>,
    others: Others,
}

/// To whom the letters of the morning are to be written, so far as they are not.
#[derive(Default)]
struct Others {
    holders: Vec<OrganisationId>,
    convener: bool,
    committee: bool,
}

impl Day<'_> {
    fn county(&self) -> &County {
        self.post.county
    }

    fn row(&mut self, organisation: Option<&OrganisationId>) -> &mut DueRow {
        let county = self.county().id.clone();
        let row = self.rows.entry(organisation.cloned());
        row.or_insert_with(|| DueRow {
            county,
            organisation: organisation.cloned(),
            steps: [0; 4],
            letters: BTreeMap::new(),
        })
    }

    fn letters(&mut self, to: Option<&OrganisationId>, kind: DueLetter, count: u32) {
        *self.row(to).letters.entry(kind).or_default() += count;
    }

    /// Counts the steps that are to be taken, and how they are told; how many complaints were looked at.
    fn steps(&mut self) -> Result<u32, StoreError> {
        let configuration = self.post.configuration;
        let reminders = &configuration.deadlines.reminders;
        let calendar = configuration.calendars.of(&self.county().id);
        let zone = self.county().zone;
        // The first step may come after the deadline that the store has down for it.
        let with_deadlines = reminders.first != Turn::AtOnce;
        let due = self
            .reader
            .due_steps(self.county(), self.ends, with_deadlines, self.all)?;
        let mut seen = 0;
        for alike in due {
            seen += alike.count;
            let since = alike.due.unwrap_or(self.post.now);
            let next = reminders.next(alike.behind, since, calendar, zone);
            let Some((step, at)) = next else { continue };
            if alike.due.is_none() || at < self.ends {
                self.step(&alike, step);
            }
        }
        Ok(seen)
    }

    fn step(&mut self, alike: &DueSteps, step: Step) {
        let row = self.row(Some(&alike.holder));
        let counts = row.steps.iter_mut().zip(Step::ALL);
        counts
            .filter(|(_, of)| *of == step)
            .for_each(|(count, _)| *count += alike.count);
        match alike.told {
            HowTold::WithOthers => self.with_others(&alike.holder, step, true),
            told => self.alone(alike, step, told),
        }
    }

    /// As [`Post::one`] writes them.
    fn alone(&mut self, alike: &DueSteps, step: Step, told: HowTold) {
        let convener = self.county().convener.clone();
        let has_committee = self.county().committee.is_some();
        let (holder, count) = (&alike.holder, alike.count);
        let is_convener = *holder == convener;
        let beside = told == HowTold::BesideTheConvener;
        if step.is_reminder() || beside || is_convener {
            self.letters(Some(holder), DueLetter::Reminder, count);
        }
        if !beside && !is_convener {
            self.letters(Some(&convener), DueLetter::Escalation, count);
        }
        if !beside && has_committee && step == Step::Committee {
            self.letters(None, DueLetter::Escalation, count);
        }
    }

    /// The letters of the morning that a step stands in.
    fn with_others(&mut self, holder: &OrganisationId, step: Step, holder_is_untold: bool) {
        if step.is_reminder() && holder_is_untold && !self.others.holders.contains(holder) {
            self.others.holders.push(holder.clone());
        }
        self.others.convener = true;
        self.others.committee |= step == Step::Committee;
    }

    /// Steps that were taken after the letters of their morning.
    fn left_over(&mut self) -> Result<(), StoreError> {
        for untold in self.reader.untold_steps(self.county())? {
            self.with_others(&untold.holder, untold.step, untold.holder_is_untold);
        }
        Ok(())
    }

    /// One a day to each, where today's is not written yet.
    fn letters_of_the_morning(&mut self) -> Result<(), StoreError> {
        let others = std::mem::take(&mut self.others);
        let county = self.post.county;
        let rules = &self.post.configuration.rules;
        for holder in others.holders.iter().filter(|one| **one != county.convener) {
            if let Some(organisation) = rules.organisation(holder)
                && !self
                    .reader
                    .owes_email(&self.post.key_of_digest(organisation))?
            {
                self.letters(Some(holder), DueLetter::Digest, 1);
            }
        }
        if !others.convener || self.reader.owes_email(&self.post.key_of_word())? {
            return Ok(());
        }
        self.letters(Some(&county.convener), DueLetter::Escalation, 1);
        if others.committee && county.committee.is_some() {
            self.letters(None, DueLetter::Escalation, 1);
        }
        Ok(())
    }

    fn report(&mut self) -> Result<(), StoreError> {
        if self.county().committee.is_some() && self.post.month_to_tell(self.reader)?.is_some() {
            self.letters(None, DueLetter::Report, 1);
        }
        Ok(())
    }

    fn notices(&mut self) -> Result<(), StoreError> {
        let county = self.post.county;
        for one in self.post.configuration.rules.organisations() {
            let Some(notices) = one.notices else { continue };
            let told = Telling::Referrals;
            let up_to = self.reader.mark(&county.id, Some(&one.id), told)?.up_to;
            if !self
                .reader
                .owes_email(&self.post.key_of_notice(one, notices))?
                && self
                    .reader
                    .has_referrals_to_tell(county, &one.id, up_to, self.all)?
            {
                self.letters(Some(&one.id), DueLetter::Referral, 1);
            }
        }
        Ok(())
    }
}
