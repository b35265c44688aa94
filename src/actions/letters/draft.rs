//! Letters that are composed and not yet owed.
//!
//! Ten thousand reminders take a tenth of a second to read. Texts do not wait for that: a draft is read and composed beside the writer, and
//! the transaction that owes it asks again only for what it names. That is fifty complaints a part at most, whatever the letter counts, and
//! each must stand as it was read, in all that a line says and in all that decides who may read it. Where one does not, or another has told
//! meanwhile, nothing is written, and it is drafted anew. How many more there are is as of the reading: a number that is a moment old is what
//! its reader gets of any letter.
//!
//! Rejected: asking whether anything at all has happened since, which under a stream of texts is always so; asking for all that was read,
//! which is what made texts wait.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::complaint::{OrganisationId, TrackingNumber};
use crate::configuration::Configuration;
use crate::letters::Letter;
use crate::store::{EmailFrom, Mark, NewEmail, Reader, Referred, Reminded, StoreError, Tx};

/// Drafts the next letters of a kind that are due by then; `None`: none are.
pub type ToTell =
    fn(&Reader<'_>, &Configuration, DateTime<Utc>) -> Result<Option<Draft>, StoreError>;

/// Letters that tell up to a step or a hop, and what they rest on.
pub struct Draft {
    letters: Vec<Addressed>,
    /// Up to where they tell, and the mark that they tell on from; `None`: each is owed once, by its key alone.
    told: Option<(Mark, i64)>,
    /// The convener of their county.
    convener: OrganisationId,
    /// The steps that they name.
    steps: Vec<Reminded>,
    /// The hops that they name.
    hops: Vec<Referred>,
}

/// A letter with its address.
pub(super) struct Addressed {
    pub(super) key: String,
    pub(super) purpose: &'static str,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) address: String,
    /// Name and address of whom it comes from; `None`: the service's own.
    pub(super) from: Option<(String, String)>,
    pub(super) letter: Letter,
}

impl Draft {
    /// Letters of a county, which tell on from a mark.
    pub(super) fn new(
        letters: Vec<Addressed>,
        convener: &OrganisationId,
        mark: Mark,
        up_to: i64,
    ) -> Self {
        Self {
            told: Some((mark, up_to)),
            ..Self::once(letters, convener)
        }
    }

    /// Letters of a county that are owed once, whatever else is told.
    pub(super) fn once(letters: Vec<Addressed>, convener: &OrganisationId) -> Self {
        Self {
            letters,
            told: None,
            convener: convener.clone(),
            steps: Vec::new(),
            hops: Vec::new(),
        }
    }

    /// They rest on those of these steps that they name.
    pub(super) fn on_steps(mut self, steps: Vec<Reminded>) -> Self {
        let named = self.named();
        self.steps = steps;
        self.steps
            .retain(|step| named.contains(&step.complaint.number));
        self
    }

    /// They rest on those of these hops that they name.
    pub(super) fn on_hops(mut self, hops: Vec<Referred>) -> Self {
        let named = self.named();
        self.hops = hops;
        self.hops
            .retain(|hop| named.contains(&hop.complaint.number));
        self
    }

    fn named(&self) -> BTreeSet<TrackingNumber> {
        let letters = self.letters.iter();
        letters
            .flat_map(|one| one.letter.named.iter().copied())
            .collect()
    }

    /// Whether all that the letters name is as it was read.
    fn still_holds(&self, tx: &Tx<'_>) -> Result<bool, StoreError> {
        for step in &self.steps {
            if !tx.is_still_reminded(step, &self.convener)? {
                return Ok(false);
            }
        }
        for hop in &self.hops {
            if !tx.is_still_referred(hop, &self.convener)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Puts a draft into the outbox, and says how many letters that are; `None`: something has happened since it was read, and nothing is
/// written.
///
/// # Errors
/// The store's; then nothing is written either.
pub fn tell(tx: &mut Tx<'_>, draft: &Draft) -> Result<Option<usize>, StoreError> {
    if !draft.still_holds(tx)? {
        return Ok(None);
    }
    if let Some((mark, up_to)) = &draft.told
        && !tx.move_mark(mark, *up_to)?
    {
        return Ok(None);
    }
    let mut told = 0;
    for one in &draft.letters {
        let email = NewEmail {
            key: &one.key,
            purpose: one.purpose,
            organisation: one.organisation.as_ref(),
            to: &one.address,
            from: one
                .from
                .as_ref()
                .map(|(name, address)| EmailFrom { name, address }),
            reply_to: None,
            subject: &one.letter.subject,
            plain: &one.letter.plain,
            html: one.letter.html.as_deref(),
            follows: None,
            due_at: tx.now,
        };
        told += usize::from(tx.add_email(&email)?);
    }
    Ok(Some(told))
}
