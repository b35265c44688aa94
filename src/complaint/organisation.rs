//! Who answers complaints, where, and on what: as `routing.toml` names them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::Address;

/// Makes an id type of its own for each noun, so that a sector's id never lands where an organisation's is meant. A copy is
/// cheap: every decision names several.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the id as the file spells it.
            pub fn new(id: impl Into<Arc<str>>) -> Self {
                Self(id.into())
            }

            /// The id as the file spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A county's id, `wajir`.
    CountyId
}
id! {
    /// An organisation's id, `wajir-water`.
    OrganisationId
}
id! {
    /// A sector's id, `water`.
    SectorId
}
id! {
    /// A rule's id, `water-point-broken`.
    RuleId
}
id! {
    /// The code of an integrity pact, `WJR-2026-014`.
    PactCode
}
id! {
    /// A county's, sub-county's or ward's id in `places.csv`, `wajir-south`.
    PlaceId
}
id! {
    /// A language by its ISO 639-1 code, `sw`.
    LanguageId
}

/// A county: one mechanism, run by its convener.
#[derive(Clone, Debug)]
pub struct County {
    /// Its id.
    pub id: CountyId,
    /// Its name for people.
    pub name: String,
    /// The neutral partner that runs the mechanism, and owner of what nobody else owns.
    pub convener: OrganisationId,
    /// Who has what accuses the convener; `None`: nobody stands above it, and it has that too.
    pub oversight: Option<OrganisationId>,
    /// The steering committee's email address, for what nobody answers.
    pub committee: Option<String>,
    /// The zone in which deadlines are counted and dates are written.
    pub zone: chrono_tz::Tz,
    /// The language of texts to people whose language is unknown.
    pub language: LanguageId,
    /// The numbers texted that mean this county.
    pub numbers: Vec<Address>,
}

impl County {
    /// The number of ours that texts about what came by no text leave from; `None`: the county has none for texts.
    pub fn line(&self) -> Option<&Address> {
        self.numbers.iter().find(|number| number.is_sms())
    }

    /// Who has a complaint that is against these: the convener, or, where it is one of them, who oversees it.
    pub fn neutral(&self, against: &[OrganisationId]) -> &OrganisationId {
        let overseen = self
            .oversight
            .as_ref()
            .filter(|_| against.contains(&self.convener));
        overseen
            .filter(|oversight| !against.contains(oversight))
            .unwrap_or(&self.convener)
    }
}

/// How often an organisation is written to about what was referred to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notices {
    /// About each, within a minute or two.
    Each,
    /// Once an hour of work, if there is something.
    Hourly,
    /// Once a morning, if there is something.
    Daily,
}

impl Notices {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Each, Self::Hourly, Self::Daily];

    /// The word in routing.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
        }
    }

    /// The one with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// A partner that answers complaints, or a convener.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name in pages and emails.
    pub name: String,
    /// Its name in SMS, where no language has its own.
    pub short_name: String,
    /// Its name in SMS, by language.
    pub short_names: BTreeMap<LanguageId, String>,
    /// What people call it in their texts, besides its names.
    pub called: Vec<String>,
    /// Where reminders go.
    pub email: String,
    /// How often it is written to about what was referred to it; `None`: it looks by itself.
    pub notices: Option<Notices>,
    /// The language of letters to it; `None`: that of the first of its counties.
    pub language: Option<LanguageId>,
    /// The counties it works in, at least one: its people's days and dates are those of the first.
    pub counties: Vec<CountyId>,
}

impl Organisation {
    /// Its name in SMS in that language.
    pub fn short_name_in(&self, language: &LanguageId) -> &str {
        self.short_names.get(language).unwrap_or(&self.short_name)
    }

    /// All that it is called, in whatever language.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        let names = [&self.name, &self.short_name].into_iter();
        names.chain(self.short_names.values()).chain(&self.called)
    }

    /// Whether it answers complaints of that county.
    pub fn works_in(&self, county: &CountyId) -> bool {
        self.counties.contains(county)
    }
}

/// What a complaint is about: water, health, food aid.
#[derive(Clone, Debug)]
pub struct Sector {
    /// Its id.
    pub id: SectorId,
    /// Its name, where no language has its own.
    pub name: String,
    /// Its name, by language.
    pub names: BTreeMap<LanguageId, String>,
    /// Who gets a complaint of which only this is known, one organisation a county at most.
    pub to: Vec<OrganisationId>,
}

impl Sector {
    /// Its name in that language.
    pub fn name_in(&self, language: &LanguageId) -> &str {
        self.names.get(language).unwrap_or(&self.name)
    }
}

/// Whether it is the code of a language in the form of ISO 639: two or three small letters.
pub fn is_language_code(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether an id can stand in an address, a column, a log and an error without being quoted: ASCII letters, digits, `-`, `_`
/// and `.`.
pub fn is_id(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !id.is_empty() && id.bytes().all(plain)
}
