//! Proposed rules, written as a `routing.toml`.

use std::fmt::Write as _;

use super::labels::{self, Addressed, Newcomer};
use super::sample::Example;
use super::{Learnt, LearntLabel, LearntWord, Limits, NothingToLearn, learn};
use crate::complaint::{County, CountyId, Organisation};
use crate::routing::Rules;
use crate::text::shown::{cut, one_line, quotation};

/// So much of a text is quoted.
const QUOTED: usize = 60;

/// What was learnt, and whom it sends to.
#[derive(Debug)]
pub struct Proposal {
    learnt: Learnt,
    addressed: Addressed,
    rows: usize,
    taken: Vec<String>,
    county: Option<CountyId>,
}

impl Proposal {
    /// Learns from rows whose labels are ids or names of organisations; `known` are the rules that it is to go with.
    ///
    /// # Errors
    /// If there is nothing to learn.
    pub fn new(
        rows: Vec<Example>,
        known: Option<&Rules>,
        limits: Limits,
        progress: impl FnMut(f64),
    ) -> Result<Self, NothingToLearn> {
        let count = rows.len();
        let addressed = labels::address(rows, known);
        let learnt = learn(&addressed.examples, limits, progress)?;
        let rules = known.into_iter().flat_map(|known| &known.rules);
        Ok(Self {
            learnt,
            addressed,
            rows: count,
            taken: rules.map(|rule| rule.id.as_str().to_owned()).collect(),
            county: known
                .and_then(|known| known.counties().next())
                .map(|county| county.id.clone()),
        })
    }

    /// The rules, and the organisations that labels name and the configuration does not have: to be pasted into a `routing.toml`.
    pub fn to_toml(&self) -> String {
        let mut toml = self.header();
        toml += "#\n# To use it: read it, take out what you would not say yourself, paste it into routing.toml, then run\n";
        toml += "# `jibu check --config DIR`, `jibu route --config DIR --file F` on texts that it was not learnt from, and\n";
        toml +=
            "# `jibu route --replay DIR` for what it would do to the complaints that there are.\n";
        if let Some(county) = &self.county {
            self.organisations(county, &mut toml);
        }
        self.rules(&mut toml);
        toml
    }

    /// A whole `routing.toml`, for where there is none yet: with a county and its convener to put one's own in place of.
    pub fn to_complete_toml(&self, county: &County, convener: &Organisation) -> String {
        let mut toml = self.header();
        toml += "#\n# To use it: put your county and the organisations' names and addresses in place, read the rules, take out what you\n";
        toml += "# would not say yourself, save it as routing.toml beside places.csv and replies/, then run `jibu check --config DIR`,\n";
        toml += "# and `jibu route --config DIR --file F` on texts that it was not learnt from.\n";
        let best = self.learnt.held_out.best();
        let _ = write!(
            toml,
            "\n# As the table above has it: below this the convener decides by hand.\nsure_enough = {}\n",
            best.sure_enough
        );
        let _ = write!(
            toml,
            "\n[[county]]\nid = {}\nname = {}\nconvener = {}\nzone = {}\nlanguage = {}\n",
            quoted(county.id.as_str()),
            quoted(&county.name),
            quoted(convener.id.as_str()),
            quoted(county.zone.name()),
            quoted(county.language.as_str()),
        );
        // A label may be the convener's own.
        if !self.addressed.newcomers.contains_key(convener.id.as_str()) {
            organisation(
                convener.id.as_str(),
                &convener.name,
                &convener.short_name,
                &convener.email,
                &county.id,
                &mut toml,
            );
        }
        self.organisations(&county.id, &mut toml);
        self.rules(&mut toml);
        toml
    }

    /// What it rests on, and what it does to texts that were held out.
    fn header(&self) -> String {
        let Learnt {
            labels,
            texts,
            held_out,
        } = &self.learnt;
        let mut header = format!(
            "# Proposed by `jibu learn` from {} {}: {texts} different texts with one of {} labels.\n",
            self.rows,
            self.addressed.what(),
            labels.len()
        );
        for (count, why) in [
            (self.addressed.several, "several labels"),
            (self.addressed.empty, "no text or no label"),
        ] {
            if count > 0 {
                let rows = if count == 1 { "row" } else { "rows" };
                let _ = writeln!(header, "# Left out: {count} {rows} with {why}.");
            }
        }
        let without: Vec<_> = labels.iter().filter(|one| one.words.is_empty()).collect();
        if !without.is_empty() {
            let names: Vec<_> = without.iter().map(|one| one.label.as_str()).collect();
            let names = cut(&names.join(", "), 200);
            let _ = writeln!(header, "# Too few texts for a rule: {names}.");
        }
        let _ = write!(
            header,
            "#\n# Words learnt in the same way from four fifths, tried on the other fifth, {} texts:\n#   sure_enough   a rule decides   and is right\n",
            held_out.count()
        );
        for outcome in held_out.outcomes() {
            let _ = writeln!(
                header,
                "#   {:<11}   {:>11.0} %   {:>10.0} %",
                outcome.sure_enough,
                100.0 * outcome.decided,
                100.0 * outcome.right_of_decided
            );
        }
        header
    }

    fn organisations(&self, county: &CountyId, toml: &mut String) {
        for Newcomer {
            id,
            name,
            short_name,
        } in self.addressed.newcomers.values()
        {
            let email = format!("{id}@example.org");
            organisation(id, name, short_name, &email, county, toml);
        }
    }

    fn rules(&self, toml: &mut String) {
        for label in &self.learnt.labels {
            if !label.words.is_empty() {
                self.rule(label, toml);
            }
        }
    }

    fn rule(&self, label: &LearntLabel, toml: &mut String) {
        let LearntLabel {
            label: to,
            texts,
            words,
        } = label;
        let to_whom = match self.addressed.newcomers.get(to) {
            Some(newcomer) => one_line(&newcomer.name),
            None => to.clone(),
        };
        let _ = write!(
            toml,
            "\n# {to_whom}: {texts} texts\n[[rule]]\nid = {}\nany = [\n",
            quoted(&self.rule_id(to))
        );
        for word in words {
            let _ = writeln!(toml, "  {}", self.word(word));
        }
        let _ = write!(toml, "]\nto = {}\n", quoted(to));
    }

    /// An id that none of the rules has yet.
    fn rule_id(&self, to: &str) -> String {
        let first = format!("learnt-{to}");
        let numbered = (2..).map(|number| format!("learnt-{to}-{number}"));
        std::iter::once(first.clone())
            .chain(numbered)
            .find(|id| !self.taken.contains(id))
            .unwrap_or(first)
    }

    fn word(&self, word: &LearntWord) -> String {
        let LearntWord {
            word,
            sure,
            right,
            of,
            example,
        } = word;
        let line = format!(
            "{{ word = {}, sure = {sure} }},  # {right} of {of}",
            quoted(word)
        );
        match self.addressed.examples.get(*example) {
            Some(example) => format!("{line}: {}", example.told()),
            None => line,
        }
    }
}

impl Addressed {
    /// What it was learnt from.
    fn what(&self) -> &'static str {
        if self.examples.iter().any(|one| one.number.is_some()) {
            "complaints that people referred by hand or resolved"
        } else {
            "rows"
        }
    }
}

impl Example {
    /// What a remark says of it.
    fn told(&self) -> String {
        match self.number {
            Some(number) => number.to_string(),
            None => quotation(&self.text, QUOTED),
        }
    }
}

fn organisation(
    id: &str,
    name: &str,
    short_name: &str,
    email: &str,
    county: &CountyId,
    toml: &mut String,
) {
    let _ = write!(
        toml,
        "\n[[organisation]]\nid = {}\nname = {}\nshort_name = {}\nemail = {}\ncounty = {}\n",
        quoted(id),
        quoted(name),
        quoted(short_name),
        quoted(email),
        quoted(county.as_str()),
    );
}

/// A text as TOML writes it, whatever is in it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
