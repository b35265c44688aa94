//! Every section and key of `routing.toml`: what each holds, and what an editor says of it. The loader takes no other keys than
//! these, and the schema for editors is made of them, so that neither can know one that the other does not.

/// A key of a section, or a section of the file.
#[derive(Debug)]
pub(in crate::routing) struct Key {
    pub(in crate::routing) name: &'static str,
    /// Whether a section without it is refused.
    pub(in crate::routing) is_needed: bool,
    pub(in crate::routing) holds: Holds,
    /// What it is for, in a few sentences.
    pub(in crate::routing) about: &'static str,
}

/// What a key holds. Whether an id leads somewhere, only the loader can say.
#[derive(Debug)]
pub(in crate::routing) enum Holds {
    /// Any text with something in it.
    Text,
    /// An id, of this section or of another.
    Id,
    /// An id that is not `convener`.
    OrganisationId,
    /// A time zone's name.
    Zone,
    /// The code of a language.
    Language,
    /// An address for reminders.
    Email,
    /// How sure, 0 to 1, and what holds where it is not said, if that is always the same.
    Sure(Option<f64>),
    /// True or false; false where it is not said.
    Flag,
    /// A word of [`crate::complaint::Priority`].
    Priority,
    /// A word of [`crate::complaint::Notices`].
    Notices,
    /// A word, a phrase or `prefix*`.
    Word,
    /// The code of a pact.
    Code,
    /// More codes of a pact.
    Codes,
    /// A day.
    Day,
    /// A list of ids.
    Ids,
    /// A list of texts: also of ids of places.csv, which may be any.
    Texts,
    /// A list of numbers that can be texted.
    Numbers,
    /// A list of words, each alone or with keys of its own.
    Words(&'static [Key]),
    /// A text for each language, by its code.
    ByLanguage,
    /// Sections, each with these keys: `[[county]]`.
    Sections(&'static [Key]),
    /// Such sections, of which each needs one of these keys: `any` or `all`.
    OneOf(&'static [Key], [&'static str; 2]),
}

/// From how sure on a rule decides, where the file does not say.
pub(super) const SURE_ENOUGH: f64 = 0.5;
/// How sure one word of a rule makes us, where neither the word nor the rule says.
pub(super) const SURE: f64 = 0.6;

pub(in crate::routing) const FILE: &[Key] = &[
    may(
        "sure_enough",
        Holds::Sure(Some(SURE_ENOUGH)),
        "From how sure on a rule decides by itself. Below it the convener decides by hand. Higher: more for the convener to do, \
         less sent to the wrong door.",
    ),
    needs(
        "county",
        Holds::Sections(COUNTY),
        "A county: who runs the mechanism there, and which numbers are its own.",
    ),
    needs(
        "organisation",
        Holds::OneOf(ORGANISATION, ["county", "counties"]),
        "A partner that answers complaints.",
    ),
    may(
        "sector",
        Holds::Sections(SECTOR),
        "What complaints are about, for those who look at the figures.",
    ),
    may(
        "rule",
        Holds::OneOf(RULE, ["any", "all"]),
        "These words, so that organisation. Each of its words that is in the text makes a rule surer; the surest rule wins, of two \
         equally sure ones the earlier. A rule needs a word in `any` or in `all`.",
    ),
    may(
        "pact",
        Holds::Sections(PACT),
        "An integrity pact: a text with its code goes to its monitor, and is never visible to the authority and the bidders. No \
         rule is asked.",
    ),
    may(
        "test",
        Holds::Sections(TEST),
        "A text, and where it is to go. Tests are run each time this file is read; if one goes elsewhere, the file is refused.",
    ),
];

pub(super) const COUNTY: &[Key] = &[
    needs("id", Holds::Id, "The county's id in places.csv."),
    needs("name", Holds::Text, "Its name, as people know it."),
    needs(
        "convener",
        Holds::Id,
        "The id of the organisation that runs the mechanism here, and has what nobody else has. It works in this county.",
    ),
    may(
        "oversight",
        Holds::Id,
        "The id of the organisation that has what accuses the convener. Without it, the convener has that too.",
    ),
    may(
        "committee",
        Holds::Email,
        "The steering committee's email address: what nobody answers is told it at last, and once a month how the last one was. Without it the convener alone is told of the first.",
    ),
    needs(
        "zone",
        Holds::Zone,
        "The time zone in whose days deadlines are counted: continent and city, as in `Africa/Nairobi`.",
    ),
    needs(
        "language",
        Holds::Language,
        "In what language people are answered whose own is not known: `en` for English, `sw` for Kiswahili. There must be such a \
         file in replies/.",
    ),
    may(
        "numbers",
        Holds::Numbers,
        "Texting one of these means this county: `+254700100200`, or a short code, `21801`. A number is one county's only; a text \
         to a number that no county has is for the first county of the file.",
    ),
];

pub(super) const ORGANISATION: &[Key] = &[
    needs(
        "id",
        Holds::OrganisationId,
        "What rules call it. Complaints are stored with it, so do not change it.",
    ),
    needs("name", Holds::Text, "Its full name."),
    needs(
        "short_name",
        Holds::Text,
        "What people read in a text message: about 20 letters at most, so that each answer stays one text.",
    ),
    may(
        "short_names",
        Holds::ByLanguage,
        "The same in other languages: `short_names.sw = \"Idara ya Maji\"`.",
    ),
    may(
        "called",
        Holds::Texts,
        "What people call it in their texts, besides its names. A sensitive text that names an organisation is never shown to it.",
    ),
    needs("email", Holds::Email, "Where reminders go."),
    may(
        "notices",
        Holds::Notices,
        "Whether it gets an email about what is referred to it: about `each`, or together, `hourly` or `daily`. Where it is not said: none.",
    ),
    may(
        "language",
        Holds::Language,
        "In what language letters to it are: `en` for English. Where it is not said: that of the first of its counties.",
    ),
    may(
        "county",
        Holds::Id,
        "The id of the county that it works in. It gets complaints from there only.",
    ),
    may(
        "counties",
        Holds::Ids,
        "The ids of the counties that it works in, where they are several, its own first. It gets complaints from there only.",
    ),
];

pub(super) const SECTOR: &[Key] = &[
    needs("id", Holds::Id, "What rules call it."),
    needs("name", Holds::Text, "Its name."),
    may(
        "names",
        Holds::ByLanguage,
        "The same in other languages: `names.sw = \"Maji\"`.",
    ),
    may(
        "to",
        Holds::Ids,
        "Who gets a complaint of which only this is known: no rule decided, and its sender chose this from the menu. The ids of \
         organisations, one a county. Without it such a complaint stays with the convener.",
    ),
];

pub(super) const RULE: &[Key] = &[
    needs(
        "id",
        Holds::Id,
        "What decisions and reports call it: `water-point-broken`.",
    ),
    may(
        "any",
        Holds::Words(WORD),
        "Words that speak for this rule: one of them at least must be in the text.\n\n\
         - `\"kisima\"`: this word; KISIMA and Kisíma are the same to a rule\n\
         - `\"water point\"`: these words, one after the other\n\
         - `\"barabara*\"`: every word that begins so\n\
         - `\"=wells\"`: this word without a typing slip; elsewhere one slip is forgiven in words of 5 letters and more\n\
         - `{ word = \"maji\", sure = 0.5 }`: a word that says less, or more, than the others",
    ),
    may(
        "all",
        Holds::Words(WORD),
        "Words that must all be in the text, besides one of `any`.",
    ),
    may(
        "none",
        Holds::Words(WORD),
        "Words that cancel: with one of them in the text, the rule is out.",
    ),
    may(
        "sure",
        Holds::Sure(Some(SURE)),
        "How sure one of its words makes us: with 0.8 the rule is right in 8 of 10 texts that have the word, with 0.5 in every \
         second one; 1 is always. Two words make it surer than one: 0.8 and 0.5 come to 0.9.",
    ),
    may(
        "place",
        Holds::Texts,
        "Only in these counties, sub-counties and wards, by their ids in places.csv. Such a rule does not match while the \
         place is unknown.",
    ),
    may(
        "sector",
        Holds::Id,
        "What the complaint is about: the id of a [[sector]].",
    ),
    may(
        "kind",
        Holds::Text,
        "What kind of complaint it is, in your own word: `service`, `quality`, `delay`, `exclusion`, `staff conduct`, `corruption`.",
    ),
    needs(
        "to",
        Holds::Id,
        "Who gets the complaint: the id of an organisation, or `convener` for that of the complaint's county.",
    ),
    may(
        "sensitive",
        Holds::Flag,
        "For corruption, staff misconduct and abuse. Once it is sure enough, it wins over every rule that is not sensitive; \
         the answer names neither the matter nor an organisation, and only whom it is sent to sees it.",
    ),
    may(
        "against",
        Holds::Ids,
        "The ids of the organisations that it accuses: they never see the complaint, in no list, search or count.",
    ),
    may(
        "priority",
        Holds::Priority,
        "How pressing it is: `low` can wait, `normal` is as most are, `high` goes before others, `urgent` is for today.",
    ),
];

pub(super) const WORD: &[Key] = &[
    needs(
        "word",
        Holds::Word,
        "A word, some words one after the other, or with `*` at its end every word that begins so. With `=` before it, it must be \
         spelt so.",
    ),
    may(
        "sure",
        Holds::Sure(None),
        "How sure this word makes us; where it is not said, as sure as its rule says.",
    ),
];

pub(super) const PACT: &[Key] = &[
    needs(
        "code",
        Holds::Code,
        "What people text: letters a to z, digits and hyphens, as `WJR-2026-014`. It is found however it is typed, `wjr 2026 014` or \
         `WJR2026014`, but without a slip. Complaints are stored with it, so do not change it.",
    ),
    needs(
        "title",
        Holds::Text,
        "What it is about, for the people who see the complaint.",
    ),
    needs("county", Holds::Id, "The id of the county that it is of."),
    needs(
        "authority",
        Holds::Id,
        "The id of the organisation that gives the contract out. It never sees a complaint with the code.",
    ),
    may(
        "bidders",
        Holds::Texts,
        "Who bids for it: the ids of organisations, which never see a complaint with the code, or the names of companies that are none.",
    ),
    needs(
        "monitor",
        Holds::OrganisationId,
        "The id of the organisation that watches the pact, and gets the complaints: neither the authority nor a bidder.",
    ),
    may("called", Holds::Codes, "Other codes that it goes by."),
    may(
        "until",
        Holds::Day,
        "Its last day, `2027-06-30`. Later texts with the code still go to the monitor until you take the pact out; `jibu check` reminds you.",
    ),
    may(
        "priority",
        Holds::Priority,
        "How pressing it is: `low` can wait, `normal` is as most are, `high` goes before others, `urgent` is for today.",
    ),
];

pub(super) const TEST: &[Key] = &[
    needs("text", Holds::Text, "A text as people write it."),
    needs(
        "to",
        Holds::Id,
        "Where it is to go: the id of an organisation, or `convener`.",
    ),
    may(
        "county",
        Holds::Id,
        "The id of the county whose number it is texted to. Where it is not said: the first of the organisation's, else of the file.",
    ),
    may(
        "pact",
        Holds::Code,
        "The code of the [[pact]] that it is to go by.",
    ),
];

const fn needs(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key {
        name,
        is_needed: true,
        holds,
        about,
    }
}

const fn may(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key {
        name,
        is_needed: false,
        holds,
        about,
    }
}

/// The names of all of them.
pub(super) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// The names of those that must be there.
pub(in crate::routing) fn needed(keys: &[Key]) -> Vec<&'static str> {
    let needed = keys.iter().filter(|key| key.is_needed);
    needed.map(|key| key.name).collect()
}
