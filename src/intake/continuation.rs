//! Whether words without a number belong to the complaint that this phone last talked about, or are a matter of their own.
//!
//! People do not think in complaints: they go on talking. What was guessed is said in the reply, and a 9 turns it round.

use chrono::{DateTime, TimeDelta, Utc};

use super::conversation::Known;
use super::places::Found;
use super::reading::Reading;
use crate::complaint::{OrganisationId, PlaceId, SectorId, TrackingNumber};

/// Some gateways deliver a long text in parts, also the last before the first: of two texts that come so soon after each other, one of
/// them as long as a segment, the later belongs to the earlier, whatever it says.
const PARTS: TimeDelta = TimeDelta::minutes(1);
/// So long somebody goes on talking about the same.
const TALK: TimeDelta = TimeDelta::minutes(15);
/// So long words that a rule would send to whom a sensitive complaint accuses are taken for more on that complaint: "he said five thousand,
/// or no water". Taken wrongly they cost a 9; sent there they would be read by the accused.
const KEPT_FROM_THE_ACCUSED: TimeDelta = TimeDelta::hours(24);
/// A follow-up after that is short: "still no water". What is longer tells a matter from its beginning.
const FOLLOW_UP: usize = 40;

/// A complaint of the phone's that is not closed: the one that was last talked about.
#[derive(Clone, Debug)]
pub struct OpenComplaint {
    /// Its number.
    pub number: TrackingNumber,
    /// Where it is, if known.
    pub place: Option<PlaceId>,
    /// What it is about, if known.
    pub sector: Option<SectorId>,
    /// Whether it goes the track of its own.
    pub sensitive: bool,
    /// Whether a rule or a person decided whose it is. Where nobody did, further words may tell.
    pub decided: bool,
    /// Whether the rules may still move it: no person took it on or sent it on.
    pub by_rules: bool,
    /// All who have or had it.
    pub holders: Vec<OrganisationId>,
    /// Whom it accuses.
    pub accused: Vec<OrganisationId>,
    /// Whether the code of a pact in the text, if there is one, does not keep the words from it.
    pub takes_code: bool,
    /// When it was last talked about, by the phone or to it.
    pub spoken_at: DateTime<Utc>,
    /// Whether the phone's last text about it filled a segment.
    pub in_parts: bool,
}

impl OpenComplaint {
    /// Whether the text goes on about this complaint.
    pub(super) fn goes_on(&self, text: &Reading, known: &Known<'_>) -> bool {
        // A text that is found late may be older than what was talked about meanwhile.
        let silence = (known.now - self.spoken_at).abs();
        let is_near = silence < PARTS && (self.in_parts || text.fills_a_segment);
        // A part that makes it sensitive moves all of it, where it can still be moved.
        let may_be = self.takes_code && !self.is_too_sensitive(known);
        let is_part = is_near && (self.by_rules || may_be);
        if is_part || self.is_kept_apart(known, silence) {
            true
        } else if !self.takes_code || self.is_elsewhere(known) {
            false
        } else if silence < TALK {
            true
        } else {
            !self.is_of_another_sector(known)
                && !self.is_at_another_place(known)
                && text.letters <= FOLLOW_UP
        }
    }

    /// Whether a rule decides that the text is for somebody who never had the complaint, or is of a kind that its holder must not see.
    fn is_elsewhere(&self, known: &Known<'_>) -> bool {
        let decision = known.decision;
        let is_for_others = self.decided && !self.holders.contains(&decision.to);
        decision.is_decided() && (is_for_others || self.is_too_sensitive(known))
    }

    /// Whether the words stay with a sensitive complaint although a rule would send them elsewhere: whoever would get them may be who it
    /// accuses, named or not.
    fn is_kept_apart(&self, known: &Known<'_>, silence: TimeDelta) -> bool {
        let decision = known.decision;
        let is_for_the_accused = self.accused.contains(&decision.to);
        let is_of_it = silence < TALK || (is_for_the_accused && silence < KEPT_FROM_THE_ACCUSED);
        self.sensitive && !decision.sensitive && is_of_it
    }

    /// Whether whoever has or had it must not see the words: they are of a kind for few, or accuse just these.
    fn is_too_sensitive(&self, known: &Known<'_>) -> bool {
        let decision = known.decision;
        let accuses_a_holder = decision.against.iter().any(|id| self.holders.contains(id));
        decision.sensitive && (!self.sensitive || accuses_a_holder)
    }

    fn is_of_another_sector(&self, known: &Known<'_>) -> bool {
        match (&self.sector, &known.decision.sector) {
            (Some(own), Some(other)) => own != other,
            // What nobody could tell of, further words tell while they are still talking; later they are a matter that has a place to go.
            (None, Some(_)) => !self.decided,
            _ => false,
        }
    }

    fn is_at_another_place(&self, known: &Known<'_>) -> bool {
        match (&self.place, known.named) {
            (Some(own), Found::One(other)) => own != other,
            _ => false,
        }
    }
}
