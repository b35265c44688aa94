//! An organisation that wishes so is written to about what was referred to it.
//!
//! What it has accepted meanwhile is not told. What accuses the convener is told apart, from the service's own address.

use super::{Post, To};
use crate::complaint::{Notices, Organisation};
use crate::configuration::Configuration;
use crate::store::{Named, StoreError, Telling, Tx};

/// Writes the notices that are due, those to one organisation at most. How many were written: while any are, there may be more.
///
/// # Errors
/// The store's; then none was written.
pub fn tell_referrals(tx: &mut Tx<'_>, configuration: &Configuration) -> Result<usize, StoreError> {
    let wishing = configuration.rules.organisations();
    let wishing = wishing.filter_map(|one| Some((one, one.notices?)));
    for (organisation, notices) in wishing {
        for county in configuration.rules.counties() {
            let post = Post::new(configuration, county, tx.now);
            let written = post.referrals(tx, organisation, notices)?;
            if written > 0 {
                return Ok(written);
            }
        }
    }
    Ok(0)
}

impl Post<'_> {
    fn referrals(
        &self,
        tx: &mut Tx<'_>,
        to: &Organisation,
        notices: Notices,
    ) -> Result<usize, StoreError> {
        let county = &self.county.id;
        let there = self.now.with_timezone(&self.county.zone);
        let turn = match notices {
            Notices::Each => there.format("%Y-%m-%dT%H:%M"),
            Notices::Hourly => there.format("%Y-%m-%dT%H"),
            Notices::Daily => there.format("%Y-%m-%d"),
        };
        let key = format!("referrals:{county}:{}:{turn}", to.id);
        let is_time = notices == Notices::Each || self.is_working_time;
        if !is_time || tx.owes_email(&key)? {
            return Ok(0);
        }
        let up_to = tx.told_up_to(county, Some(&to.id), Telling::Referrals)?;
        let referred = tx.referred_to(self.county, &to.id, up_to)?;
        let Some(last) = referred.iter().map(|(hop, _)| *hop).max() else {
            return Ok(0);
        };
        let complaints = referred.into_iter().map(|(_, complaint)| complaint);
        let is_private = |one: &Named| one.accuses_convener || to.id == self.county.convener;
        let (private, others): (Vec<Named>, Vec<Named>) = complaints.partition(is_private);
        if !others.is_empty() {
            let letter = self.composer().referred(to, &others, false);
            self.send(tx, &key, "referral", To::Organisation(to), letter)?;
        }
        if !private.is_empty() {
            let key = if others.is_empty() {
                key
            } else {
                format!("{key}:private")
            };
            let letter = self.composer().referred(to, &private, true);
            self.send(tx, &key, "referral", To::Privately(to), letter)?;
        }
        tx.have_told(county, Some(&to.id), Telling::Referrals, last)?;
        Ok(1)
    }
}
