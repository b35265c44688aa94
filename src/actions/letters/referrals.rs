//! An organisation that wishes so is written to about what was referred to it.
//!
//! What it has accepted meanwhile is not told. What accuses the convener is told apart, from the service's own address.

use chrono::{DateTime, Utc};

use super::{Draft, Post, To};
use crate::complaint::{Notices, Organisation};
use crate::configuration::Configuration;
use crate::store::{Named, Reader, StoreError, Telling};

/// Drafts the next notice that is due, to one organisation; `None`: none is.
///
/// # Errors
/// The store's.
pub fn referrals_to_tell(
    reader: &Reader<'_>,
    configuration: &Configuration,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, StoreError> {
    let wishing = configuration.rules.organisations();
    let wishing = wishing.filter_map(|one| Some((one, one.notices?)));
    for (organisation, notices) in wishing {
        for county in configuration.rules.counties() {
            let post = Post::new(configuration, county, now);
            let draft = post.referrals(reader, organisation, notices)?;
            if draft.is_some() {
                return Ok(draft);
            }
        }
    }
    Ok(None)
}

impl Post<'_> {
    fn referrals(
        &self,
        reader: &Reader<'_>,
        to: &Organisation,
        notices: Notices,
    ) -> Result<Option<Draft>, StoreError> {
        let county = &self.county.id;
        let key = self.key_of_notice(to, notices);
        let is_time = notices == Notices::Each || self.is_working_time;
        if !is_time || reader.owes_email(&key)? {
            return Ok(None);
        }
        let mark = reader.mark(county, Some(&to.id), Telling::Referrals)?;
        let hops = reader.referred_to(self.county, &to.id, mark.up_to)?;
        let Some(last) = hops.iter().map(|referred| referred.hop).max() else {
            return Ok(None);
        };
        let complaints = hops.iter().map(|referred| &referred.complaint);
        let is_private = |one: &&Named| one.accuses_convener || to.id == self.county.convener;
        let (private, others): (Vec<&Named>, Vec<&Named>) = complaints.partition(is_private);
        let mut letters = Vec::new();
        for (complaints, to_whom, privately) in [
            (others, To::Organisation(to), false),
            (private, To::Privately(to), true),
        ] {
            if complaints.is_empty() {
                continue;
            }
            let key = match letters.is_empty() {
                true => key.clone(),
                false => format!("{key}:private"),
            };
            let letter = self.composer().referred(to, complaints, privately);
            letters.push(self.addressed(key, "referral", to_whom, letter));
        }
        Ok(Some(self.draft(letters, mark, last).on_hops(hops)))
    }
}
