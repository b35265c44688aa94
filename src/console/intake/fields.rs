//! What is asked of somebody who complains at a desk or on paper: one list of fields, which the page and the printed form are both
//! made of, so that the one looks like the other and who types from paper goes down both together.

use crate::complaint::{AgeGroup, Channel, County, Gender, PlaceId};
use crate::console::form::Form;
use crate::console::list::places_of;
use crate::console::names::{self, Names};

/// What is wrong with what was typed: the field's name, and what to do.
pub(super) type Mends = Vec<(&'static str, String)>;

/// A field.
pub(super) struct Field {
    pub(super) name: &'static str,
    /// Its place, on the page as on paper; 0: it goes with the one before it.
    pub(super) number: usize,
    pub(super) label: String,
    /// What to say besides; empty: nothing.
    pub(super) hint: String,
    pub(super) kind: Kind,
    /// What was typed.
    pub(super) value: String,
    /// What to mend; empty: nothing.
    pub(super) mend: String,
    /// Whether the page begins in it.
    pub(super) is_first: bool,
}

/// How a field is filled in.
pub(super) enum Kind {
    /// In several lines.
    Words,
    /// In one.
    Line,
    /// By a phone number.
    Phone,
    /// By a day, this one at the latest: `2026-05-04`.
    Day(String),
    /// By one of many; on paper it is written.
    List { none: String, groups: Vec<Group> },
    /// By one of a few, each with its key.
    Keys(Vec<Choice>),
}

/// Choices that belong together.
pub(super) struct Group {
    pub(super) label: String,
    /// Value and label.
    pub(super) choices: Vec<(String, String)>,
}

/// One of a few.
pub(super) struct Choice {
    pub(super) key: char,
    pub(super) value: String,
    pub(super) label: String,
}

/// Where a form is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// On the page.
    Screen,
    /// On paper, which says itself how it came and of which county it is.
    Paper,
}

/// What the fields are made from.
pub(super) struct Source<'a> {
    pub(super) names: &'a Names<'a>,
    /// The counties that a complaint may be of.
    pub(super) counties: &'a [County],
    /// Today, in the county: `2026-05-04`.
    pub(super) today: String,
    pub(super) typed: &'a Form,
    pub(super) mends: &'a Mends,
}

/// The fields, in their order.
pub(super) fn fields(source: &Source<'_>, place: Where) -> Vec<Field> {
    let mut all = all(source);
    all.retain(|field| match field.name {
        "channel" => place == Where::Screen,
        "county" => place == Where::Screen && source.counties.len() > 1,
        _ => true,
    });
    let alone = ["channel", "county", "written", "brought_by"];
    let mut number = 0;
    for field in &mut all {
        if !alone.contains(&field.name) {
            number += 1;
            field.number = number;
        }
    }
    let begins = source.mends.first().map_or("words", |(name, _)| *name);
    for field in &mut all {
        field.is_first = field.name == begins;
    }
    all
}

fn all(source: &Source<'_>) -> Vec<Field> {
    let words = &source.names.language.words;
    let w = &words.intake;
    let day = Kind::Day(source.today.clone());
    vec![
        source.field("channel", w.channel(), "", channels(source)),
        source.field("written", w.written(), w.written_hint(), day),
        source.field("county", w.county(), "", counties(source)),
        source.field("words", w.words(), w.words_hint(), Kind::Words),
        source.field("place", w.place(), "", places(source)),
        source.field("sector", w.sector(), "", sectors(source)),
        source.field("gender", w.gender(), "", genders(source)),
        source.field("age", w.age(), "", ages(source)),
        source.field("phone", w.phone(), w.phone_hint(), Kind::Phone),
        source.field("name", w.name(), w.name_hint(), Kind::Line),
        source.field("language", w.language(), "", languages(source)),
        source.field("brings", w.brings(), "", bringers(source)),
        source.field(
            "brought_by",
            w.brought_by(),
            w.brought_by_hint(),
            Kind::Line,
        ),
    ]
}

impl Source<'_> {
    fn field(
        &self,
        name: &'static str,
        label: String,
        hint: impl Into<String>,
        kind: Kind,
    ) -> Field {
        let typed = self.typed.get(name);
        let first = match &kind {
            Kind::Keys(choices) => choices.first().map(|choice| choice.value.as_str()),
            _ => None,
        };
        // One of a few is always chosen: the first, where nothing else was.
        let is_known = |choices: &[Choice]| choices.iter().any(|choice| choice.value == typed);
        let value = match &kind {
            Kind::Keys(choices) if !is_known(choices) => first.unwrap_or_default(),
            _ => typed,
        };
        let mend = self.mends.iter().find(|(field, _)| *field == name);
        Field {
            name,
            number: 0,
            value: value.to_owned(),
            label,
            hint: hint.into(),
            kind,
            mend: mend.map(|(_, what)| what.clone()).unwrap_or_default(),
            is_first: false,
        }
    }
}

/// The keys of choices, in their order.
const KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// Choices from 1 on, behind one of 0 where nobody need choose.
fn keys(none: Option<String>, choices: impl IntoIterator<Item = (String, String)>) -> Kind {
    let none = none.map(|label| Choice {
        key: '0',
        value: String::new(),
        label,
    });
    let others = KEYS.chars().zip(choices);
    let others = others.map(|(key, (value, label))| Choice { key, value, label });
    Kind::Keys(none.into_iter().chain(others).collect())
}

fn channels(source: &Source<'_>) -> Kind {
    let words = &source.names.language.words;
    let both = [Channel::WalkIn, Channel::Paper];
    keys(
        None,
        both.map(|channel| (channel.as_str().to_owned(), names::channel(words, channel))),
    )
}

fn counties(source: &Source<'_>) -> Kind {
    let all = source.counties.iter();
    keys(
        None,
        all.map(|county| (county.id.to_string(), county.name.clone())),
    )
}

/// By sub-county. Each begins with its own name, so that its first letters lead to it.
fn places(source: &Source<'_>) -> Kind {
    let names = source.names;
    let whole = |outer: &PlaceId| {
        let all = names.language.words.intake.all_of_it();
        format!("{} ({all})", names.place(outer))
    };
    let groups = source.counties.iter().flat_map(|county| {
        let inner = places_of(&names.configuration, &county.id);
        inner.into_iter().map(move |(outer, wards)| Group {
            label: if source.counties.len() > 1 {
                format!("{} · {}", county.name, names.place(&outer))
            } else {
                names.place(&outer)
            },
            choices: std::iter::once((outer.to_string(), whole(&outer)))
                .chain(
                    wards
                        .iter()
                        .map(|ward| (ward.to_string(), names.place(ward))),
                )
                .collect(),
        })
    });
    Kind::List {
        none: names.language.words.intake.as_words(),
        groups: groups.collect(),
    }
}

fn sectors(source: &Source<'_>) -> Kind {
    let names = source.names;
    let all = names.configuration.rules.sectors();
    keys(
        Some(names.language.words.intake.unsure()),
        all.map(|sector| (sector.id.to_string(), names.sector(&sector.id))),
    )
}

fn genders(source: &Source<'_>) -> Kind {
    let words = &source.names.language.words;
    let all = Gender::ALL.map(|gender| (gender.as_str().to_owned(), names::gender(words, gender)));
    keys(Some(words.complaint.not_given()), all)
}

fn ages(source: &Source<'_>) -> Kind {
    let words = &source.names.language.words;
    let all = AgeGroup::ALL.map(|age| (age.as_str().to_owned(), names::age_group(words, age)));
    keys(Some(words.complaint.not_given()), all)
}

fn languages(source: &Source<'_>) -> Kind {
    let none = source.names.language.words.intake.as_words();
    keys(Some(none), source.names.text_languages())
}

fn bringers(source: &Source<'_>) -> Kind {
    let w = &source.names.language.words.intake;
    let both = [("themselves", w.themselves()), ("another", w.another())];
    keys(None, both.map(|(value, label)| (value.to_owned(), label)))
}

impl Field {
    /// Whether it is a group of choices.
    pub(super) fn is_chosen_by_key(&self) -> bool {
        matches!(self.kind, Kind::Keys(_))
    }

    /// The attributes that tie the field to what stands beside it, and begin the page in it. Nothing in them was typed.
    pub(super) fn described(&self) -> String {
        let mut ids = Vec::new();
        if !self.mend.is_empty() {
            ids.push(format!("e-{}", self.name));
        }
        if !self.hint.is_empty() {
            ids.push(format!("h-{}", self.name));
        }
        let mut text = String::new();
        if !ids.is_empty() {
            text.push_str(&format!(" aria-describedby=\"{}\"", ids.join(" ")));
        }
        if !self.mend.is_empty() {
            text.push_str(" aria-invalid=\"true\"");
        }
        if self.is_first {
            text.push_str(" autofocus");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::complaint::CountyId;
    use crate::configuration::Configuration;
    use crate::console::words::Languages;

    #[test]
    fn paper_asks_what_the_page_asks_but_for_what_it_says_itself() {
        let configuration = Configuration::sample(std::path::Path::new("."), &[]).unwrap();
        let languages = Languages::load().unwrap();
        let own = configuration.rules.counties().next().unwrap().clone();
        let another = County {
            id: CountyId::new("another"),
            ..own.clone()
        };
        let names = Names {
            configuration: Arc::new(configuration),
            language: languages.choose(None, "en").unwrap(),
        };
        let asked = |counties: &[County], place| {
            let source = Source {
                names: &names,
                counties,
                today: String::new(),
                typed: &Form::default(),
                mends: &Mends::new(),
            };
            let fields = fields(&source, place).into_iter();
            let fields = fields.map(|field| (field.name, field.number, field.label));
            fields.collect::<Vec<_>>()
        };
        let on_paper = asked(std::slice::from_ref(&own), Where::Paper);
        let mut on_screen = asked(std::slice::from_ref(&own), Where::Screen);
        assert_eq!(on_screen.remove(0).0, "channel");
        assert_eq!(on_screen, on_paper, "with the same numbers");
        let mut of_two = asked(&[own, another], Where::Screen);
        of_two.remove(0);
        assert_eq!(of_two.remove(1).0, "county", "only who works in several");
        assert_eq!(of_two, on_paper);
    }

    #[test]
    fn a_choice_has_a_key_that_can_be_typed() {
        let choices = (0..12).map(|n| (n.to_string(), n.to_string()));
        let Kind::Keys(choices) = keys(Some("none".to_owned()), choices) else {
            panic!("no keys");
        };
        let keys: String = choices.iter().map(|choice| choice.key).collect();
        assert_eq!(keys, "0123456789abc");
    }
}
