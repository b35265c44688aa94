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
