//! The nouns: plain values that every other room speaks in.

pub mod address;
pub mod channel;
pub mod complainant;
pub mod delivery;
pub mod email_failure;
pub mod naming;
pub mod organisation;
pub mod priority;
pub mod status;
pub mod tracking_number;
mod written_phone;

pub use address::Address;
pub use channel::Channel;
pub use complainant::{AgeGroup, Gender};
pub use delivery::{Delivery, Failure};
pub use email_failure::EmailFailure;
pub use naming::{Named, Naming};
pub use organisation::{
    County, CountyId, LanguageId, Notices, Organisation, OrganisationId, PactCode, PlaceId, RuleId,
    Sector, SectorId, is_id, is_language_code,
};
pub use priority::Priority;
pub use status::{Next, Status};
pub use tracking_number::TrackingNumber;
