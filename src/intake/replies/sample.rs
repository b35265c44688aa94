//! Every text of a language with values such as a day brings: the page that a translator checks.

use chrono::NaiveDate;

use super::language::Language;
use super::template::{Saying, Template, Values};
use crate::complaint::TrackingNumber;
use crate::text::gsm7::{self, Count};

/// What a sample names, in the language of the text.
#[derive(Clone, Debug)]
pub struct Naming {
    /// Who has the complaint.
    pub organisation: String,
    /// What a menu of places offers; the first is where the complaint is.
    pub places: Vec<String>,
    /// What a menu of sectors offers.
    pub sectors: Vec<String>,
    /// What the menu of languages offers.
    pub languages: Vec<String>,
    /// What an officer wrote.
    pub words: String,
}

/// A text with its values.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What it says: the keys of its texts.
    pub saying: Saying,
    /// How it is sent.
    pub text: String,
    /// How long that is.
    pub count: Count,
}

impl Language {
    /// All that can be sent in this language: each text, and each with the questions that may come behind it.
    pub fn samples(&self, naming: &Naming) -> Vec<Sample> {
        Template::all()
            .flat_map(Template::sayings)
            .map(|saying| self.sample(saying, naming))
            .collect()
    }

    fn sample(&self, saying: Saying, naming: &Naming) -> Sample {
        let number = |value| Some(TrackingNumber::from_value(value));
        let asked = saying.question.unwrap_or(saying.lead);
        let text = self.render(
            saying,
            &Values {
                number: number(4_821_093_753),
                other: number(2_950_446_182),
                organisation: Some(&naming.organisation),
                date: NaiveDate::from_ymd_opt(2027, 10, 14),
                since: NaiveDate::from_ymd_opt(2027, 5, 3),
                place: naming.places.first().map(String::as_str),
                choices: match asked {
                    Template::AskSector => &naming.sectors,
                    Template::AskLanguage => &naming.languages,
                    _ => &naming.places,
                },
                words: Some(&naming.words),
                free: saying.question.is_none(),
            },
        );
        Sample {
            saying,
            count: gsm7::count(&text),
            text,
        }
    }
}
