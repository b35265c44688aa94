//! One rule: its words, and where they lead.

use toml::Spanned;
use toml::de::DeValue;

use super::section::{self, Section, Text};
use super::{CONVENER, Loading, keys};
use crate::complaint::{OrganisationId, PlaceId, Priority, RuleId, SectorId};
use crate::routing::rules::{Pattern, Role, Rule, Target};
use crate::text::phrases::Phrase;
use crate::text::toml_file::kind;

impl Loading<'_> {
    pub(super) fn rule(&mut self, section: &Section<'_>) -> Option<Rule> {
        section.only(keys::RULE, &mut self.report);
        let id = section.text("id", &mut self.report);
        let patterns = self.all_patterns(section);
        let to = section.text("to", &mut self.report);
        let target = to.clone().and_then(|to| self.target(to));
        let place = self.rule_places(section, target.as_ref());
        let sector = section.text("sector", &mut self.report);
        let sector = sector.filter(|(id, span)| self.sectors.has(id, span, &mut self.report));
        let kind = section.text("kind", &mut self.report);
        let priority = section
            .text("priority", &mut self.report)
            .and_then(|word| self.priority(word));
        Some(Rule {
            sensitive: section.flag("sensitive", &mut self.report),
            against: self.against(section, to),
            id: RuleId::new(id?.0),
            patterns,
            place,
            sector: sector.map(|(id, _)| SectorId::new(id)),
            kind: kind.map(|(kind, _)| kind.into()),
            to: target?,
            priority: priority.unwrap_or_default(),
        })
    }

    /// The words of all three lists.
    fn all_patterns(&mut self, section: &Section<'_>) -> Vec<Pattern> {
        let sure = section::sure(section.table, "sure", &mut self.report).unwrap_or(keys::SURE);
        let lists = [("any", Role::Any), ("all", Role::All), ("none", Role::None)];
        let is_empty = |key| {
            section.get(key).is_none_or(|value| {
                value
                    .get_ref()
                    .as_array()
                    .is_some_and(|list| list.is_empty())
            })
        };
        if is_empty("any") && is_empty("all") && self.report.is_whole() {
            self.report.error_with(
                section.at.clone(),
                "a rule needs a word in `any` or `all`",
                "add a line such as any = [\"borehole\", \"kisima\"]",
            );
        }
        let mut patterns = Vec::new();
        for (key, role) in lists {
            let words = section
                .get(key)
                .and_then(|value| self.report.list(key, value));
            patterns.extend(
                words
                    .into_iter()
                    .flatten()
                    .filter_map(|word| self.pattern(word, key, role, sure)),
            );
        }
        patterns
    }

    /// A word, `"maji*"`, or one with a sureness of its own, `{ word = "maji*", sure = 0.5 }`.
    fn pattern(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        role: Role,
        sure: f64,
    ) -> Option<Pattern> {
        let (word, sure) = match value.get_ref() {
            DeValue::String(_) => ((self.report.text(key, value)?, value.span()), sure),
            DeValue::Table(table) => {
                let section = Section {
                    table,
                    at: value.span(),
                };
                section.only(keys::WORD, &mut self.report);
                let own = section::sure(table, "sure", &mut self.report);
                if role == Role::None {
                    self.warn_of_idle_sure(&section);
                }
                (section.text("word", &mut self.report)?, own.unwrap_or(sure))
            }
            other => {
                let message = format!(
                    "a word in `{key}` must be a text in quotes, not {}",
                    kind(other)
                );
                self.report.error_with(
                    value.span(),
                    message,
                    "write \"maji\", or { word = \"maji\", sure = 0.5 }",
                );
                return None;
            }
        };
        let phrase = self.phrase(&word)?;
        Some(Pattern {
            written: word.0.into(),
            phrase,
            at: word.1,
            role,
            sure,
        })
    }

    /// A word in `none` cancels, however sure it is.
    fn warn_of_idle_sure(&mut self, word: &Section<'_>) {
        if let Some(sure) = word.get("sure") {
            let message = "`sure` says nothing in `none`: each word there cancels the rule";
            let told = self.report.warning_at(sure.span(), message);
            self.report
                .tell(told.help("write the word alone, in quotes"));
        }
    }

    /// A word as it is looked for. `=` before a word only matters to the tolerance of typing slips.
    fn phrase(&mut self, (written, span): &Text<'_>) -> Option<Phrase> {
        let (stem, phrase) = match written.trim_end().strip_suffix('*') {
            Some(stem) => (stem, Phrase::beginning(stem)),
            None => (*written, Phrase::whole(written)),
        };
        if stem.contains('*') || (stem.len() < written.len() && stem.ends_with(char::is_whitespace))
        {
            let message = format!("in `{written}`, `*` does not end a word");
            self.report.error_with(
                span.clone(),
                message,
                "`*` stands for any ending of the last word: maji* finds majini",
            );
            return None;
        }
        if phrase.is_none() {
            let message = format!("`{written}` has no letter and no digit");
            self.report.error_with(
                span.clone(),
                message,
                "only words are looked for: write one, or take it out",
            );
        }
        phrase
    }

    fn target(&mut self, (id, span): Text<'_>) -> Option<Target> {
        if id == CONVENER {
            return Some(Target::Convener);
        }
        if !self.organisations.has(id, &span, &mut self.report) {
            return None;
        }
        let id = OrganisationId::new(id);
        // None: something is wrong with the organisation itself, which is told there.
        let counties = self.works_in.get(&id)?.clone();
        Some(Target::Organisation { id, counties })
    }

    fn rule_places(&mut self, section: &Section<'_>, to: Option<&Target>) -> Vec<PlaceId> {
        let listed = section.texts("place", &mut self.report);
        for place in &listed {
            self.check_place(place, to);
        }
        listed.into_iter().map(|(id, _)| PlaceId::new(id)).collect()
    }

    /// Tells a place that is not in the gazetteer, or is where the rule's organisation does not work.
    fn check_place(&mut self, (id, span): &Text<'_>, to: Option<&Target>) {
        let Some(known) = self.places else { return };
        let Some(county) = known.ancestry(&PlaceId::new(*id)).pop() else {
            let ids = known.ids().map(PlaceId::as_str);
            let help = self.report.did_you_mean(id, ids);
            let message = format!("places.csv has no place `{id}`");
            return self.report.error_with(span.clone(), message, help);
        };
        if let Some(Target::Organisation {
            id: to,
            counties: own,
        }) = to
            && !own.iter().any(|own| own.as_str() == county.as_str())
        {
            let own = super::partners::quoted(own);
            let message = format!(
                "`{id}` lies in `{county}`, and `{to}` works in {own}: the rule could never match"
            );
            let help = "name a place of that county, or an organisation of this one";
            self.report.error_with(span.clone(), message, help);
        }
    }

    /// The organisations that a rule accuses, to none of which it may send.
    fn against(&mut self, section: &Section<'_>, to: Option<Text<'_>>) -> Vec<OrganisationId> {
        let mut against = Vec::new();
        for (id, span) in section.texts("against", &mut self.report) {
            if !self.organisations.has(id, &span, &mut self.report) {
                continue;
            }
            let accused = OrganisationId::new(id);
            let to = to.as_ref().map(|(to, _)| *to).unwrap_or_default();
            if to == id || (to == CONVENER && self.conveners.contains(&accused)) {
                let help = "send it to the convener, or, if it is about the convener, to another organisation";
                self.report.error_with(
                    span,
                    format!("the rule accuses `{id}`, and sends the complaint to it"),
                    help,
                );
            }
            against.push(accused);
        }
        against
    }

    pub(super) fn priority(&mut self, (word, span): Text<'_>) -> Option<Priority> {
        let priority = Priority::from_word(word);
        if priority.is_none() {
            self.report
                .unknown(span, "priority", word, Priority::ALL.map(Priority::as_str));
        }
        priority
    }
}
