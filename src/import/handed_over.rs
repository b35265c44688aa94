//! Complaints that are on their way from who read a file to who owns the database.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::actions::{Imported, Lodging};
use crate::complaint::{
    Address, AgeGroup, Channel, CountyId, Gender, LanguageId, PlaceId, SectorId,
};

/// So many go together, to be read and routed at once.
pub(super) const TOGETHER: usize = 128;

/// A complaint, and its row in the file: it is told where the complaint cannot be taken in. 0: an earlier version did not write it down.
pub(super) type Numbered = (usize, Lodging);

/// A complaint as it is laid ready.
#[derive(Serialize, Deserialize)]
struct Ready {
    #[serde(default)]
    row: usize,
    key: String,
    county: String,
    words: String,
    phone: Option<String>,
    language: Option<String>,
    place: Option<String>,
    sector: Option<String>,
    gender: Option<String>,
    age_group: Option<String>,
    name: Option<String>,
    told_at: Option<DateTime<Utc>>,
    over: Option<DateTime<Utc>>,
    receipt: bool,
}

/// As one part of what is laid ready.
pub(super) fn to_part(lodgings: &[Numbered]) -> serde_json::Result<String> {
    let ready: Vec<Ready> = lodgings.iter().map(Ready::from).collect();
    serde_json::to_string(&ready)
}

/// The complaints of a part.
pub(super) fn from_part(part: &str) -> serde_json::Result<Vec<Numbered>> {
    let ready: Vec<Ready> = serde_json::from_str(part)?;
    Ok(ready.into_iter().map(Numbered::from).collect())
}

impl From<&Numbered> for Ready {
    fn from((row, lodging): &Numbered) -> Self {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Self {
            row: *row,
            key: lodging.key.clone(),
            county: lodging.county.as_str().to_owned(),
            words: lodging.words.clone(),
            phone: own(lodging.phone.as_ref().map(Address::expose)),
            language: own(lodging.language.as_ref().map(LanguageId::as_str)),
            place: own(lodging.place.as_ref().map(PlaceId::as_str)),
            sector: own(lodging.sector.as_ref().map(SectorId::as_str)),
            gender: own(lodging.gender.map(Gender::as_str)),
            age_group: own(lodging.age_group.map(AgeGroup::as_str)),
            name: lodging.name.clone(),
            told_at: lodging.told_at,
            over: lodging.imported.and_then(|imported| imported.over),
            receipt: lodging.receipt,
        }
    }
}

impl From<Ready> for Numbered {
    fn from(ready: Ready) -> Self {
        let lodging = Lodging {
            key: ready.key,
            channel: Channel::Import,
            county: CountyId::new(ready.county),
            words: ready.words,
            phone: ready.phone.as_deref().map(Address::new),
            language: ready.language.map(LanguageId::new),
            place: ready.place.map(PlaceId::new),
            sector: ready.sector.map(SectorId::new),
            gender: ready.gender.as_deref().and_then(Gender::from_word),
            age_group: ready.age_group.as_deref().and_then(AgeGroup::from_word),
            name: ready.name,
            brought_by: None,
            taken_by: None,
            told_at: ready.told_at,
            receipt: ready.receipt,
            imported: Some(Imported {
                over: ready.over,
                receipt_after: None,
            }),
        };
        (ready.row, lodging)
    }
}
