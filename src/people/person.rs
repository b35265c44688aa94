//! Somebody who can log in.

use crate::complaint::{CountyId, LanguageId, OrganisationId};

/// A person's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub i64);

/// What somebody is to the mechanism, and of whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Looks after people's access and the configuration; sees no complaint.
    Administrator,
    /// Works for the organisation that convenes a county: sees all of it, and has what nobody else has.
    Convener(OrganisationId),
    /// Works for a partner: has what was referred to it.
    Officer(OrganisationId),
    /// Oversees a county's mechanism: figures only.
    Committee(CountyId),
}

/// What somebody is, without of whom: what pages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// See [`Role::Administrator`].
    Administrator,
    /// See [`Role::Convener`].
    Convener,
    /// See [`Role::Officer`].
    Officer,
    /// See [`Role::Committee`].
    Committee,
}

impl Role {
    /// What it is, without of whom.
    pub fn kind(&self) -> RoleKind {
        match self {
            Self::Administrator => RoleKind::Administrator,
            Self::Convener(_) => RoleKind::Convener,
            Self::Officer(_) => RoleKind::Officer,
            Self::Committee(_) => RoleKind::Committee,
        }
    }

    /// The words of the store and of `jibu user`.
    pub const WORDS: [&str; 4] = ["administrator", "convener", "officer", "committee"];

    /// The word in the store.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Convener(_) => "convener",
            Self::Officer(_) => "officer",
            Self::Committee(_) => "committee",
        }
    }

    /// The organisation or county that it is a role in; empty for an administrator.
    pub fn scope(&self) -> &str {
        match self {
            Self::Administrator => "",
            Self::Convener(organisation) | Self::Officer(organisation) => organisation.as_str(),
            Self::Committee(county) => county.as_str(),
        }
    }

    /// The role with that word and scope.
    pub fn from_words(word: &str, scope: &str) -> Option<Self> {
        Some(match word {
            "administrator" => Self::Administrator,
            "convener" => Self::Convener(OrganisationId::new(scope)),
            "officer" => Self::Officer(OrganisationId::new(scope)),
            "committee" => Self::Committee(CountyId::new(scope)),
            _ => return None,
        })
    }

    /// The organisation that the person works for.
    pub fn organisation(&self) -> Option<&OrganisationId> {
        match self {
            Self::Convener(organisation) | Self::Officer(organisation) => Some(organisation),
            Self::Administrator | Self::Committee(_) => None,
        }
    }
}

/// Somebody who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their row.
    pub id: PersonId,
    /// As others see them.
    pub name: String,
    /// By which they log in.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Of their pages; `None`: what their browser asks for.
    pub language: Option<LanguageId>,
}
