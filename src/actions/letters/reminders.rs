//! Steps that were taken are told by email: once a morning to each organisation what it is reminded of, to the convener what became of
//! all of it, to the committee what nobody answers.
//!
//! What is urgent is told at once. What accuses the convener is told to who has it and to nobody else, from the service's own address.
//! What was acted on meanwhile is told nobody.

use chrono::{DateTime, Utc};

use super::{Addressed, Draft, Post, To};
use crate::complaint::Organisation;
use crate::configuration::Configuration;
use crate::deadlines::Step;
use crate::store::{MOST_ALONE, Reader, Reminded, StoreError, Telling};

/// Drafts the next letters that are due in the counties where somebody is at work now, those to one organisation at most; `None`: none are.
///
/// # Errors
/// The store's.
pub fn reminders_to_tell(
    reader: &Reader<'_>,
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, StoreError> {
    for county in configuration.rules.counties() {
        let post = Post::new(configuration, county, now);
        if !post.is_working_time {
            continue;
        }
        let mut draft = post.alone(reader)?;
        for organisation in configuration.rules.organisations() {
            if draft.is_none() {
                draft = post.organisation(reader, organisation)?;
            }
        }
        if draft.is_none() {
            draft = post.convener(reader)?;
        }
        if draft.is_some() {
            return Ok(draft);
        }
    }
    Ok(None)
}

impl Post<'_> {
    /// What an organisation is reminded of, in one letter a day.
    fn organisation(
        &self,
        reader: &Reader<'_>,
        organisation: &Organisation,
    ) -> Result<Option<Draft>, StoreError> {
        let county = self.county;
        let key = self.key_of_digest(organisation);
        if organisation.id == county.convener || reader.owes_email(&key)? {
            return Ok(None);
        }
        let mark = reader.mark(&county.id, Some(&organisation.id), Telling::Reminders)?;
        let steps = reader.reminders_of(county, &organisation.id, mark.up_to)?;
        let Some(last) = steps.iter().map(|step| step.id).max() else {
            return Ok(None);
        };
        let letter = self.composer().overdue(organisation, &steps);
        let letters = vec![self.addressed(key, "digest", To::Organisation(organisation), letter)];
        Ok(Some(self.draft(letters, mark, last).on_steps(steps)))
    }

    /// What the convener is to know and to do, in one letter a day; with it the committee's.
    fn convener(&self, reader: &Reader<'_>) -> Result<Option<Draft>, StoreError> {
        let county = self.county;
        let key = self.key_of_word();
        let Some(convener) = self.configuration.rules.organisation(&county.convener) else {
            return Ok(None);
        };
        if reader.owes_email(&key)? {
            return Ok(None);
        }
        let mark = reader.mark(&county.id, Some(&convener.id), Telling::Word)?;
        let steps = reader.reminders_in(county, mark.up_to)?;
        let Some(last) = steps.iter().map(|step| step.id).max() else {
            return Ok(None);
        };
        let letter = self.composer().word(convener, &steps);
        let mut letters = vec![self.addressed(key, "escalation", To::Privately(convener), letter)];
        let unanswered = steps.iter().filter(|step| step.step == Step::Committee);
        let unanswered: Vec<&Reminded> = unanswered.collect();
        if let Some(committee) = &county.committee
            && !unanswered.is_empty()
        {
            let key = format!("committee:{}:{}", county.id, self.today);
            let letter = self.composer().committee(&unanswered);
            letters.push(self.addressed(key, "escalation", To::Committee(committee), letter));
        }
        Ok(Some(self.draft(letters, mark, last).on_steps(steps)))
    }

    /// What cannot wait until the morning, or that the convener has no part in: a letter for each.
    fn alone(&self, reader: &Reader<'_>) -> Result<Option<Draft>, StoreError> {
        let county = self.county;
        let mark = reader.mark(&county.id, None, Telling::Alone)?;
        let last = reader.last_step(&county.id)?;
        if last <= mark.up_to {
            return Ok(None);
        }
        let steps = reader.reminders_alone(county, mark.up_to, last)?;
        let letters = steps.iter().flat_map(|step| self.one(step)).collect();
        // Those that are no such ones were looked at as well; a full page may have more behind it.
        let is_all = steps.len() < MOST_ALONE;
        let seen = steps.last().map(|step| step.id).filter(|_| !is_all);
        let draft = self.draft(letters, mark, seen.unwrap_or(last));
        Ok(Some(draft.on_steps(steps)))
    }

    /// The letters on one complaint's step.
    fn one(&self, step: &Reminded) -> Vec<Addressed> {
        let rules = &self.configuration.rules;
        let is_convener = step.complaint.holder == self.county.convener;
        let is_reminder = step.step.is_reminder();
        let mut letters = Vec::new();
        if let Some(holder) = rules.organisation(&step.complaint.holder)
            && (is_reminder || step.complaint.accuses_convener || is_convener)
        {
            let key = format!("reminder:{}", step.id);
            let letter = self.composer().alone(holder, step);
            let to = match step.complaint.accuses_convener || is_convener {
                true => To::Privately(holder),
                false => To::Organisation(holder),
            };
            letters.push(self.addressed(key, "reminder", to, letter));
        }
        if step.complaint.accuses_convener {
            return letters;
        }
        if let Some(convener) = rules.organisation(&self.county.convener)
            && !is_convener
        {
            let key = format!("word:{}", step.id);
            let letter = self.composer().alone_word(convener, step);
            letters.push(self.addressed(key, "escalation", To::Privately(convener), letter));
        }
        if let Some(committee) = &self.county.committee
            && step.step == Step::Committee
        {
            let key = format!("committee:{}", step.id);
            let letter = self.composer().alone_committee(step);
            letters.push(self.addressed(key, "escalation", To::Committee(committee), letter));
        }
        letters
    }
}
