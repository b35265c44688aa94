//! What is wrong with a configuration file, and where: collected, never thrown at the first one.

use std::ops::Range;

use super::shown::spelled_out;

/// So many characters of a message or a mend are read by a person; they may quote a file.
const LONGEST: usize = 600;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know; nothing is refused.
    Note,
    /// Probably not what was meant; refused with `--strict`.
    Warning,
    /// Refused.
    Error,
}

impl Level {
    /// The word in reports and logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The same for the renderer.
    pub(super) fn style(self) -> annotate_snippets::Level<'static> {
        match self {
            Self::Note => annotate_snippets::Level::NOTE,
            Self::Warning => annotate_snippets::Level::WARNING,
            Self::Error => annotate_snippets::Level::ERROR,
        }
    }
}

/// One finding: told like a compiler does, with the place, the line and the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// The file as the administrator names it, `routing.toml`.
    pub file: String,
    /// The bytes of the file that it is about; `None` where it is about the file as a whole.
    pub span: Option<Range<usize>>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Another place of the same file that it is about, and what there is to see there.
    pub beside: Option<Box<(Range<usize>, String)>>,
    /// The mend: "did you mean `wajir-water`?".
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding at a place in a file.
    pub fn new(
        level: Level,
        file: &str,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            level,
            file: file.to_owned(),
            span: span.into(),
            message: spelled_out(&message.into(), LONGEST),
            beside: None,
            help: None,
        }
    }

    /// An error at a place in a file.
    pub fn error(
        file: &str,
        span: impl Into<Option<Range<usize>>>,
        message: impl Into<String>,
    ) -> Self {
        Self::new(Level::Error, file, span, message)
    }

    /// The same with another place shown beside it.
    #[must_use]
    pub fn beside(mut self, span: Range<usize>, what: impl Into<String>) -> Self {
        self.beside = Some(Box::new((span, what.into())));
        self
    }

    /// The same with the mend beside it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(spelled_out(&help.into(), LONGEST));
        self
    }
}

/// No longer words are compared: that takes memory by the product of their lengths, and both may come from outside.
const LONGEST_COMPARED: usize = 200;

/// The candidate that `wrong` was most likely meant to be, if one is near enough to be worth saying.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wrong.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.chars().count();
            let most = 1 + other.min(length) / 4;
            // As many letters as one is longer must have come or gone: with that known, long words cost nothing.
            let distance = (other.abs_diff(length) <= most && other <= LONGEST_COMPARED)
                .then(|| strsim::damerau_levenshtein(wrong, candidate))?;
            (distance <= most).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_named_and_nothing_that_is_far() {
        assert_eq!(nearest("watre", ["road", "water"]), Some("water"));
        assert_eq!(nearest("colour", ["road", "water"]), None);
        let long = "a".repeat(1_000_000);
        assert_eq!(nearest(&long, ["road", "water"]), None);
        let other = format!("{long}b");
        assert_eq!(nearest(&long, [other.as_str()]), None, "in no memory");
    }
}
