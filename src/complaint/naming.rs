//! How many open complaints name an organisation or a county: neither is to be taken out of the rules without a thought.

use std::collections::BTreeMap;

use super::{CountyId, OrganisationId};

/// So many open complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Are with the organisation.
    pub with: u64,
    /// Accuse it.
    pub against: u64,
}

/// What open complaints name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Organisations.
    pub organisations: BTreeMap<OrganisationId, Naming>,
    /// Counties, each with how many are in it.
    pub counties: BTreeMap<CountyId, u64>,
}
