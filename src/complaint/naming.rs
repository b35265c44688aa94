//! How many open complaints name an organisation: it is not to be taken out of the rules without a thought.

use std::collections::BTreeMap;

use super::OrganisationId;

/// So many open complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Are with the organisation.
    pub with: u64,
    /// Accuse it.
    pub against: u64,
}

/// The organisations that open complaints name.
pub type Named = BTreeMap<OrganisationId, Naming>;
