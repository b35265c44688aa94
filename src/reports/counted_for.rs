//! For whom is counted.

use crate::complaint::OrganisationId;

/// For whom is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CountedFor {
    /// Only what this organisation has.
    pub holder: Option<OrganisationId>,
    /// Without what accuses this one.
    pub not_accusing: Option<OrganisationId>,
    /// What is sensitive is a figure beside the table: they work on none of it.
    pub sensitive_apart: bool,
}

impl CountedFor {
    /// A county's convener: all but what accuses it.
    pub fn convener(own: OrganisationId) -> Self {
        Self {
            holder: None,
            not_accusing: Some(own),
            sensitive_apart: false,
        }
    }

    /// Who works for an organisation: what it has.
    pub fn organisation(own: OrganisationId) -> Self {
        Self {
            holder: Some(own.clone()),
            ..Self::convener(own)
        }
    }
}
