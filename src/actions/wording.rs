//! What there is to say, in the words of a language, with as much of a menu as there is room for.

use crate::complaint::{LanguageId, PlaceId, SectorId};
use crate::configuration::Configuration;
use crate::intake::Asks;
use crate::intake::replies::{Language, Saying, Template, Values};

use super::conversation::{Asking, Said, Talk};
use super::values::values_of;

/// A menu of fewer is none: then what is asked in words is sent, or nothing is asked.
const FEWEST: usize = 2;

/// A text, and what its digits mean.
pub(super) struct Worded {
    pub(super) words: String,
    /// The language of the words.
    pub(super) language: LanguageId,
    /// The ids behind the digits from 1 on; `None`: it asks nothing.
    pub(super) offered: Option<Vec<String>>,
}

/// Puts into words what there is to say.
pub(super) fn word(talk: &Talk<'_>, said: &Said) -> Worded {
    let configuration = &*talk.text.configuration;
    let language = said.language.as_ref().unwrap_or(talk.language());
    let language = configuration.replies.language_or_first(language);
    let values = values(configuration, language, said);
    let is_sensitive =
        |said: &Said| said.neutral || said.about.as_ref().is_some_and(|about| about.sensitive);
    let lead = if is_sensitive(said) {
        said.lead.neutral()
    } else {
        said.lead
    };
    let writer = Writer {
        configuration,
        language,
        values,
    };
    let asked = said
        .asks
        .as_ref()
        .and_then(|asking| writer.asking(lead, asking));
    asked.unwrap_or_else(|| Worded {
        words: writer.plainly(lead, said.place.as_ref()),
        language: language.id.clone(),
        offered: None,
    })
}

fn values<'v>(configuration: &'v Configuration, language: &Language, said: &'v Said) -> Values<'v> {
    match &said.about {
        Some(complaint) => Values {
            words: said.last_words.as_deref(),
            other: said.other,
            place: said
                .place
                .as_ref()
                .and_then(|place| configuration.places.name(place)),
            ..values_of(configuration, language, complaint)
        },
        None => Values {
            free: configuration.settings.line.free,
            ..Values::default()
        },
    }
}

struct Writer<'a> {
    configuration: &'a Configuration,
    language: &'a Language,
    values: Values<'a>,
}

impl Writer<'_> {
    /// Without a question. A place in letters that the language's encoding lacks is left out.
    fn plainly(&self, lead: Template, place: Option<&PlaceId>) -> String {
        let whole = place.and_then(|_| self.language.render_if_it_fits(lead, &self.values));
        whole.unwrap_or_else(|| {
            let place = None;
            self.language.render(
                lead,
                &Values {
                    place,
                    ..self.values
                },
            )
        })
    }

    /// With a question behind it; `None`: it has no room.
    fn asking(&self, lead: Template, asking: &Asking) -> Option<Worded> {
        let (question, otherwise) = match asking.asks {
            Asks::Place if asking.choices.is_empty() => (Template::AskWhere, None),
            Asks::Place => (Template::AskWhich, Some(Template::AskWhere)),
            Asks::Sector => (Template::AskSector, None),
            Asks::Gender => (Template::AskGender, None),
            Asks::Age => (Template::AskAge, None),
            Asks::Verdict => (Template::AskVerdict, None),
            Asks::Withdraw => (Template::AskWithdraw, None),
            Asks::Language => (Template::AskLanguage, None),
            // An officer asks in words of their own.
            Asks::Words => return None,
        };
        let with_menu = if asking.choices.is_empty() {
            self.with(lead, question, Vec::new())
        } else {
            self.with_menu(lead, question, asking)
        };
        with_menu.or_else(|| self.with(lead, otherwise?, Vec::new()))
    }

    /// With as many choices as there is room for: sectors may be fewer, places and languages are all there or none.
    fn with_menu(&self, lead: Template, question: Template, asking: &Asking) -> Option<Worded> {
        let all = asking.choices.len();
        let fewest = if asking.asks == Asks::Sector {
            FEWEST
        } else {
            all
        };
        (fewest..=all)
            .rev()
            .find_map(|count| self.with(lead, question, asking.choices.get(..count)?.to_vec()))
    }

    fn with(&self, lead: Template, question: Template, offered: Vec<String>) -> Option<Worded> {
        let labels = self.labels(question, &offered)?;
        let choices = labels.as_slice();
        let saying = if lead == question {
            Saying::from(lead)
        } else {
            Saying {
                lead: lead.before_a_question(),
                question: Some(question),
            }
        };
        let whole = Values {
            choices,
            ..self.values
        };
        let no_place = Values {
            place: None,
            ..whole
        };
        let words = [whole, no_place]
            .iter()
            .find_map(|values| self.language.render_if_it_fits(saying, values))?;
        Some(Worded {
            words,
            language: self.language.id.clone(),
            offered: Some(offered),
        })
    }

    /// What the choices are called; `None` if one of them is unknown by now.
    fn labels(&self, question: Template, ids: &[String]) -> Option<Vec<String>> {
        match question {
            Template::AskWhich => {
                let ids: Vec<_> = ids.iter().map(|id| PlaceId::new(id.as_str())).collect();
                self.configuration.places.labels(&ids)
            }
            Template::AskSector => ids
                .iter()
                .map(|id| {
                    let sector = self
                        .configuration
                        .rules
                        .sector(&SectorId::new(id.as_str()))?;
                    Some(sector.name_in(&self.language.id).to_owned())
                })
                .collect(),
            Template::AskLanguage => ids
                .iter()
                .map(|id| {
                    let id = LanguageId::new(id.as_str());
                    let other = self.configuration.replies.language(&id)?;
                    Some(self.language.name_of(other).to_owned())
                })
                .collect(),
            _ => Some(Vec::new()),
        }
    }
}
