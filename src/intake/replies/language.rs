//! A language that people are answered in.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::free_words::{cuts, fits_a_notice, plain};
use super::template::{Template, Values};
use super::wording::Wording;
use crate::complaint::LanguageId;
use crate::text::gsm7::{self, Encoding};

/// A language with all of its texts.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its id, `sw`.
    pub id: LanguageId,
    /// Its name in itself, `Kiswahili`.
    pub name: String,
    pub(super) encoding: Encoding,
    pub(super) months: [String; 12],
    pub(super) free: String,
    /// By the template's key; loading refuses a language that lacks one.
    pub(super) wordings: BTreeMap<&'static str, Wording>,
}

impl Language {
    /// A text with its values. It fits its segments: that was proven for the longest values when it was loaded, and what an officer
    /// wrote is cut at a word to what there is room for.
    pub fn render(&self, template: Template, values: &Values<'_>) -> String {
        let Some(wording) = self.wordings.get(template.key()) else {
            return String::new();
        };
        let Some(words) = values.words else {
            return wording.render(values, self);
        };
        let words = plain(words);
        let with = |words: &str| {
            let words = Some(words);
            wording.render(&Values { words, ..*values }, self)
        };
        cuts(&words)
            .map(|cut| with(&cut))
            .find(|text| fits_a_notice(text))
            .unwrap_or_else(|| with(""))
    }

    /// The same with an officer's words whole, whatever room there is.
    pub(super) fn render_uncut(&self, template: Template, values: &Values<'_>) -> String {
        let wording = self.wordings.get(template.key());
        wording
            .map(|wording| wording.render(values, self))
            .unwrap_or_default()
    }

    /// The same with values whose length nobody has proven, such as a menu of places; `None` where they are too long.
    pub fn render_if_it_fits(&self, template: Template, values: &Values<'_>) -> Option<String> {
        let text = self.render(template, values);
        (gsm7::count(&text).segments <= self.segments_allowed()).then_some(text)
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
