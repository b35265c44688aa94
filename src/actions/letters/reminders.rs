//! Steps that were taken are told by email: once a morning to each organisation what it is reminded of, to the convener what became of
//! all of it, to the committee what nobody answers.
//!
//! What is urgent is told at once. What accuses the convener is told to who has it and to nobody else, from the service's own address.
//! What was acted on meanwhile is told nobody.

use super::{Post, To};
use crate::complaint::Organisation;
use crate::configuration::Configuration;
use crate::deadlines::Step;
use crate::store::{MOST_ALONE, Reminded, StoreError, Telling, Tx};

/// Writes the letters that are due in the counties where somebody is at work now, those to one organisation at most. How many were written:
/// while any are, there may be more.
///
/// # Errors
/// The store's; then none was written.
pub fn tell_reminders(tx: &mut Tx<'_>, configuration: &Configuration) -> Result<usize, StoreError> {
    for county in configuration.rules.counties() {
        let post = Post::new(configuration, county, tx.now);
        if !post.is_working_time {
            continue;
        }
        let mut written = post.alone(tx)?;
        for organisation in configuration.rules.organisations() {
            if written == 0 {
                written = post.organisation(tx, organisation)?;
            }
        }
        if written == 0 {
            written = post.convener(tx)?;
        }
        if written > 0 {
            return Ok(written);
        }
    }
    Ok(0)
}

impl Post<'_> {
    /// What an organisation is reminded of, in one letter a day.
    fn organisation(
        &self,
        tx: &mut Tx<'_>,
        organisation: &Organisation,
    ) -> Result<usize, StoreError> {
        let county = self.county;
        let key = format!("reminders:{}:{}:{}", county.id, organisation.id, self.today);
        if organisation.id == county.convener || tx.owes_email(&key)? {
            return Ok(0);
        }
        let to = Some(&organisation.id);
        let up_to = tx.told_up_to(&county.id, to, Telling::Reminders)?;
        let steps = tx.reminders_of(county, &organisation.id, up_to)?;
        let Some(last) = steps.iter().map(|step| step.id).max() else {
            return Ok(0);
        };
        let letter = self.composer().overdue(organisation, &steps);
        self.send(tx, &key, "digest", To::Organisation(organisation), letter)?;
        tx.have_told(&county.id, to, Telling::Reminders, last)?;
        Ok(1)
    }

    /// What the convener is to know and to do, in one letter a day; with it the committee's.
    fn convener(&self, tx: &mut Tx<'_>) -> Result<usize, StoreError> {
        let county = self.county;
        let key = format!("word:{}:{}", county.id, self.today);
        let Some(convener) = self.configuration.rules.organisation(&county.convener) else {
            return Ok(0);
        };
        if tx.owes_email(&key)? {
            return Ok(0);
        }
        let to = Some(&convener.id);
        let up_to = tx.told_up_to(&county.id, to, Telling::Word)?;
        let steps = tx.reminders_in(county, up_to)?;
        let Some(last) = steps.iter().map(|step| step.id).max() else {
            return Ok(0);
        };
        let letter = self.composer().word(convener, &steps);
        self.send(tx, &key, "escalation", To::Privately(convener), letter)?;
        tx.have_told(&county.id, to, Telling::Word, last)?;
        let unanswered: Vec<Reminded> = steps
            .into_iter()
            .filter(|step| step.step == Step::Committee)
            .collect();
        let Some(committee) = county
            .committee
            .as_deref()
            .filter(|_| !unanswered.is_empty())
        else {
            return Ok(1);
        };
        let key = format!("committee:{}:{}", county.id, self.today);
        let letter = self.composer().committee(&unanswered);
        self.send(tx, &key, "escalation", To::Committee(committee), letter)?;
        Ok(2)
    }

    /// What cannot wait until the morning, or that the convener has no part in: a letter for each.
    fn alone(&self, tx: &mut Tx<'_>) -> Result<usize, StoreError> {
        let county = self.county;
        let up_to = tx.told_up_to(&county.id, None, Telling::Alone)?;
        let last = tx.last_step(&county.id)?;
        if last <= up_to {
            return Ok(0);
        }
        let steps = tx.reminders_alone(county, up_to)?;
        for step in &steps {
            self.one(tx, step)?;
        }
        // Those that are no such ones were looked at as well; a full page may have more behind it.
        let is_all = steps.len() < MOST_ALONE;
        let seen = steps.last().map(|step| step.id).filter(|_| !is_all);
        tx.have_told(&county.id, None, Telling::Alone, seen.unwrap_or(last))?;
        Ok(steps.len())
    }

    /// The letters on one complaint's step.
    fn one(&self, tx: &mut Tx<'_>, step: &Reminded) -> Result<(), StoreError> {
        let rules = &self.configuration.rules;
        let is_convener = step.complaint.holder == self.county.convener;
        let is_reminder = matches!(step.step, Step::First | Step::Second);
        if let Some(holder) = rules.organisation(&step.complaint.holder)
            && (is_reminder || step.complaint.accuses_convener || is_convener)
        {
            let key = format!("reminder:{}", step.id);
            let letter = self.composer().alone(holder, step);
            let to = match step.complaint.accuses_convener || is_convener {
                true => To::Privately(holder),
                false => To::Organisation(holder),
            };
            self.send(tx, &key, "reminder", to, letter)?;
        }
        if step.complaint.accuses_convener {
            return Ok(());
        }
        if let Some(convener) = rules.organisation(&self.county.convener)
            && !is_convener
        {
            let key = format!("word:{}", step.id);
            let letter = self.composer().alone_word(convener, step);
            self.send(tx, &key, "escalation", To::Privately(convener), letter)?;
        }
        if let Some(committee) = &self.county.committee
            && step.step == Step::Committee
        {
            let key = format!("committee:{}", step.id);
            let letter = self.composer().alone_committee(step);
            self.send(tx, &key, "escalation", To::Committee(committee), letter)?;
        }
        Ok(())
    }
}
