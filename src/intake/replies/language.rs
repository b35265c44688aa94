//! A language that people are answered in.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::free_words::{cuts, fits_a_notice, plain};
use super::template::{Saying, Template, Values};
use super::wording::Wording;
use crate::complaint::{LanguageId, TrackingNumber};
use crate::text::gsm7::{self, Encoding};
use crate::text::normalise::Normalised;

/// A language with all of its texts.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its id, `sw`.
    pub id: LanguageId,
    /// Its name in itself, `Kiswahili`.
    pub name: String,
    /// Its name in menus of languages whose alphabet cannot write the former: `Arabic`.
    pub menu_name: String,
    /// What else people call it when they ask for it, folded.
    pub(super) called: Vec<String>,
    pub(super) encoding: Encoding,
    /// What stands between the groups of a tracking number.
    pub(super) between_groups: String,
    /// What stands between the choices of a menu.
    pub(super) between_choices: String,
    pub(super) months: [String; 12],
    pub(super) free: String,
    /// By the template's key; loading refuses a language that lacks one.
    pub(super) wordings: BTreeMap<&'static str, Wording>,
}

impl Language {
    /// What is said, with its values. It fits its segments: that was proven for the longest values when it was loaded, and what an
    /// officer wrote is cut at a word to what there is room for.
    pub fn render(&self, saying: impl Into<Saying>, values: &Values<'_>) -> String {
        let saying = saying.into();
        let Some(words) = values.words else {
            return self.render_uncut(saying, values);
        };
        let words = plain(words);
        let with = |words: &str| {
            let words = Some(words);
            self.render_uncut(saying, &Values { words, ..*values })
        };
        cuts(&words)
            .map(|cut| with(&cut))
            .find(|text| fits_a_notice(text))
            .unwrap_or_else(|| with(""))
    }

    /// The same with an officer's words whole, whatever room there is.
    pub(super) fn render_uncut(&self, saying: Saying, values: &Values<'_>) -> String {
        let text = |template: Template| {
            let wording = self.wordings.get(template.key());
            wording
                .map(|wording| wording.render(values, self))
                .unwrap_or_default()
        };
        match saying.question {
            Some(question) => format!("{} {}", text(saying.lead), text(question)),
            None => text(saying.lead),
        }
    }

    /// The same with values whose length nobody has proven, such as a menu of places. Rather than be too long it does not say
    /// that texts are free; `None` where they are too long all the same.
    pub fn render_if_it_fits(
        &self,
        saying: impl Into<Saying>,
        values: &Values<'_>,
    ) -> Option<String> {
        let saying = saying.into();
        let paid = Values {
            free: false,
            ..*values
        };
        [values, &paid]
            .map(|values| self.render(saying, values))
            .into_iter()
            .find(|text| gsm7::count(text).segments <= self.segments_allowed())
    }

    /// How a menu in this language calls that one.
    pub fn name_of<'l>(&self, other: &'l Self) -> &'l str {
        match self.encoding {
            Encoding::Gsm7 => &other.menu_name,
            Encoding::Ucs2 => &other.name,
        }
    }

    /// A tracking number as it stands in a text: `482 109 3753`.
    pub(super) fn number(&self, number: TrackingNumber) -> String {
        number.grouped(&self.between_groups)
    }

    /// A menu: `1 Wagberi, 2 Township`.
    pub(super) fn menu(&self, choices: &[String]) -> String {
        let numbered = choices.iter().zip(1..);
        let lines: Vec<_> = numbered
            .map(|(name, digit)| format!("{digit} {name}"))
            .collect();
        lines.join(&self.between_choices)
    }

    /// Whether people who ask for a language in this word mean this one.
    pub(super) fn is_called(&self, word: &str) -> bool {
        let names = [&self.name, &self.menu_name].map(|name| Normalised::new(name));
        self.id.as_str() == word
            || names.iter().any(|name| name.folded() == word)
            || self.called.iter().any(|name| name == word)
    }

    /// A date as it stands in a text: `14 Oct`.
    pub fn date(&self, date: NaiveDate) -> String {
        let month = self
            .months
            .iter()
            .zip(1..)
            .find(|(_, month)| *month == date.month());
        format!("{} {}", date.day(), month.map_or("", |(name, _)| name))
    }

    /// How many segments a text may take: one in GSM-7, two where each holds less than half as much.
    pub(super) fn segments_allowed(&self) -> usize {
        match self.encoding {
            Encoding::Gsm7 => 1,
            Encoding::Ucs2 => 2,
        }
    }

    /// What fits into these segments, in units.
    pub(super) fn units_allowed(&self) -> usize {
        match self.segments_allowed() {
            1 => self.encoding.single(),
            segments => segments * self.encoding.part(),
        }
    }
}
