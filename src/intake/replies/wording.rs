//! The words of one text with its `{placeholders}` and its `[parts that need a value]`.

use std::ops::Range;

use super::language::Language;
use super::template::{Placeholder, Slot, Values};
use crate::text::toml_file::did_you_mean;

/// A text, taken apart once when it is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Value(Placeholder),
    /// Left out where a value in it is not known.
    IfKnown(Vec<Piece>),
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The bytes of the text that it is about.
    pub(super) part: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl Wording {
    /// Takes a text apart that can name `slots`.
    pub(super) fn parse(text: &str, slots: &[Slot]) -> Result<Self, Vec<Fault>> {
        let mut parser = Parser {
            text,
            slots,
            pieces: Vec::new(),
            open: None,
            named: Vec::new(),
            faults: Vec::new(),
        };
        parser.run();
        parser.finish()
    }

    /// The text with its values.
    pub(super) fn render(&self, values: &Values<'_>, language: &Language) -> String {
        self.0
            .iter()
            .filter_map(|piece| piece.render(values, language))
            .collect()
    }
}

impl Piece {
    fn render(&self, values: &Values<'_>, language: &Language) -> Option<String> {
        match self {
            Self::Words(words) => Some(words.clone()),
            Self::IfKnown(pieces) => pieces
                .iter()
                .map(|piece| piece.render(values, language))
                .collect(),
            Self::Value(Placeholder::Number) => values.number.map(|number| language.number(number)),
            Self::Value(Placeholder::Other) => values.other.map(|number| language.number(number)),
            Self::Value(Placeholder::Organisation) => values.organisation.map(str::to_owned),
            Self::Value(Placeholder::Date) => values.date.map(|date| language.date(date)),
            Self::Value(Placeholder::Since) => values.since.map(|date| language.date(date)),
            Self::Value(Placeholder::Place) => values.place.map(str::to_owned),
            Self::Value(Placeholder::Choices) => Some(language.menu(values.choices)),
            Self::Value(Placeholder::Words) => values.words.map(str::to_owned),
            Self::Value(Placeholder::Free) => values.free.then(|| language.free.clone()),
        }
    }
}

/// Reads a text from left to right; a fault is noted and reading goes on.
struct Parser<'a> {
    text: &'a str,
    slots: &'a [Slot],
    pieces: Vec<Piece>,
    /// Where the bracket that is open began, and what it holds so far.
    open: Option<(usize, Vec<Piece>)>,
    named: Vec<Placeholder>,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut rest = self.text;
        while let Some((words, mark, after)) = split_at_mark(rest) {
            let at = self.text.len() - after.len() - mark.len_utf8();
            self.words(words);
            rest = match mark {
                '{' => self.value(at, after),
                '[' => self.open(at, after),
                ']' => self.close(at, after),
                _ => {
                    self.fault(
                        at..at + 1,
                        "`}` without a `{` before it",
                        "take it out: braces hold a value's name",
                    );
                    after
                }
            };
        }
        self.words(rest);
    }

    fn words(&mut self, words: &str) {
        if !words.is_empty() {
            self.push(Piece::Words(words.to_owned()));
        }
    }

    fn push(&mut self, piece: Piece) {
        match &mut self.open {
            Some((_, inside)) => inside.push(piece),
            None => self.pieces.push(piece),
        }
    }

    fn value<'t>(&mut self, at: usize, after: &'t str) -> &'t str {
        let Some((name, rest)) = after.split_once('}') else {
            self.fault(
                at..at + 1,
                "`{` without a `}` after it",
                "close it: `{number}`",
            );
            return after;
        };
        let part = at..at + name.len() + 2;
        match self
            .slots
            .iter()
            .find(|slot| slot.placeholder.name() == name)
        {
            Some(slot) => self.slot(*slot, part),
            None if self.slots.is_empty() => {
                self.fault(
                    part,
                    format!("`{{{name}}}` has no value in this text"),
                    "this text can name nothing",
                );
            }
            None => {
                let help =
                    did_you_mean(name, self.slots.iter().map(|slot| slot.placeholder.name()));
                self.fault(
                    part,
                    format!("`{{{name}}}` has no value in this text"),
                    help,
                );
            }
        }
        rest
    }

    fn slot(&mut self, slot: Slot, part: Range<usize>) {
        self.named.push(slot.placeholder);
        self.push(Piece::Value(slot.placeholder));
        if !slot.always && self.open.is_none() {
            let name = slot.placeholder.name();
            self.fault(
                part,
                format!("`{{{name}}}` is not always known here"),
                format!("put what needs it in brackets, which are left out without it: `[ … {{{name}}} …]`"),
            );
        }
    }

    fn open<'t>(&mut self, at: usize, after: &'t str) -> &'t str {
        if self.open.is_some() {
            self.fault(
                at..at + 1,
                "brackets within brackets",
                "close the first before the next begins",
            );
        } else {
            self.open = Some((at, Vec::new()));
        }
        after
    }

    fn close<'t>(&mut self, at: usize, after: &'t str) -> &'t str {
        let Some((start, inside)) = self.open.take() else {
            self.fault(
                at..at + 1,
                "`]` without a `[` before it",
                "take it out: brackets hold what a value needs",
            );
            return after;
        };
        if !inside.iter().any(|piece| matches!(piece, Piece::Value(_))) {
            self.fault(
                start..at + 1,
                "brackets without a value in them",
                "brackets mark what is left out where a value is not known: take them off",
            );
        }
        self.pieces.push(Piece::IfKnown(inside));
        after
    }

    fn finish(mut self) -> Result<Wording, Vec<Fault>> {
        if let Some((start, _)) = self.open {
            self.fault(
                start..start + 1,
                "`[` without a `]` after it",
                "close it where the part ends",
            );
        }
        for slot in self
            .slots
            .iter()
            .filter(|slot| slot.must && !self.named.contains(&slot.placeholder))
        {
            let name = slot.placeholder.name();
            self.faults.push(Fault {
                part: 0..self.text.len(),
                message: format!("this text must name `{{{name}}}`"),
                help: format!("people need it: put `{{{name}}}` where it is to stand"),
            });
        }
        if self.faults.is_empty() {
            Ok(Wording(self.pieces))
        } else {
            Err(self.faults)
        }
    }

    fn fault(&mut self, part: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault {
            part,
            message: message.into(),
            help: help.into(),
        });
    }
}

/// What stands before the next mark, the mark, and what stands after it.
fn split_at_mark(text: &str) -> Option<(&str, char, &str)> {
    let (at, mark) = text
        .char_indices()
        .find(|(_, c)| matches!(c, '{' | '}' | '[' | ']'))?;
    Some((text.get(..at)?, mark, text.get(at + mark.len_utf8()..)?))
}

#[cfg(test)]
mod tests {
    use super::super::template::Template;
    use super::*;
    use crate::complaint::Status;

    fn faults(template: Template, text: &str) -> Vec<(String, String)> {
        let faults = Wording::parse(text, template.slots())
            .err()
            .unwrap_or_default();
        faults
            .into_iter()
            .map(|fault| (text.get(fault.part).unwrap().to_owned(), fault.message))
            .collect()
    }

    fn told(template: Template, text: &str, at: &str, message: &str) {
        assert_eq!(
            faults(template, text),
            [(at.to_owned(), message.to_owned())],
            "{text}"
        );
    }

    #[test]
    fn a_text_that_names_all_it_must_is_taken() {
        assert!(faults(Template::Ack, "{number}: {organisation}, {date}.[ {free}]").is_empty());
        assert!(
            faults(
                Template::Status(Status::Referred),
                "{number} {organisation}[ {date}]"
            )
            .is_empty()
        );
        assert!(faults(Template::Help, "Text us what is wrong.").is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands() {
        let added = Template::Added;
        told(
            added,
            "{numbr} {number}",
            "{numbr}",
            "`{numbr}` has no value in this text",
        );
        told(
            Template::Help,
            "Hi {number}",
            "{number}",
            "`{number}` has no value in this text",
        );
        told(
            added,
            "{number} {organisation",
            "{",
            "`{` without a `}` after it",
        );
        told(added, "{number} }", "}", "`}` without a `{` before it");
        told(added, "{number} ]", "]", "`]` without a `[` before it");
        told(
            added,
            "{number} [ {organisation}",
            "[",
            "`[` without a `]` after it",
        );
        told(
            added,
            "{number} [a [b {organisation}]",
            "[",
            "brackets within brackets",
        );
        told(
            added,
            "{number} [sic]",
            "[sic]",
            "brackets without a value in them",
        );
        told(
            added,
            "Your words were added",
            "Your words were added",
            "this text must name `{number}`",
        );
        let referred = Template::Status(Status::Referred);
        told(
            referred,
            "{number} {organisation} {date}",
            "{date}",
            "`{date}` is not always known here",
        );
    }

    #[test]
    fn all_faults_of_a_text_are_told() {
        assert_eq!(
            faults(Template::Ack, "[x] {y} }").len(),
            6,
            "three marks and three values"
        );
    }
}
