//! The words that people send: commands, small talk, and those that tell a language.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::complaint::LanguageId;
use crate::text::diagnostic::Diagnostic;
use crate::text::normalise::Normalised;

/// A command: a text that is nothing but this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyword {
    /// No more texts.
    Stop,
    /// Texts again.
    Start,
    /// What does this line do?
    Help,
    /// How does my latest complaint stand?
    Status,
    /// In which language are texts to be? Alone, or with the language behind it.
    Language,
}

impl Keyword {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [
        Self::Stop,
        Self::Start,
        Self::Help,
        Self::Status,
        Self::Language,
    ];

    /// The key of its list in a language's file.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Help => "help",
            Self::Status => "status",
            Self::Language => "language",
        }
    }
}

/// A word that stands for a digit of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Yes.
    Yes,
    /// No.
    No,
    /// In part.
    Partly,
    /// A woman.
    Woman,
    /// A man.
    Man,
}

impl Choice {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Yes, Self::No, Self::Partly, Self::Woman, Self::Man];

    /// The digit that it stands for.
    fn digit(self) -> usize {
        match self {
            Self::Yes | Self::Woman => 1,
            Self::No | Self::Man => 2,
            Self::Partly => 3,
        }
    }

    /// The key of its list in a language's file.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Partly => "partly",
            Self::Woman => "woman",
            Self::Man => "man",
        }
    }
}

/// The words that gateways and carriers act on by themselves, whatever our files say (Twilio's help centre, "support for
/// opt-out keywords", 223134027). A phone that sent one of the first row may be blocked there already: taking its word for
/// anything else would leave us writing to somebody who cannot be reached. YES also unblocks at the gateway, and is left out:
/// people say it to mean yes.
const GATEWAYS_OWN: [(Keyword, &[&str]); 3] = [
    (
        Keyword::Stop,
        &[
            "stop",
            "stopall",
            "unsubscribe",
            "cancel",
            "end",
            "quit",
            "revoke",
            "optout",
        ],
    ),
    (Keyword::Start, &["start", "unstop"]),
    (Keyword::Help, &["help", "info"]),
];

/// A text of so many words at most can be small talk: more of them say something.
const SMALL_TALK: usize = 3;
/// A command or an answer is said in so many words at most, those around it among them: "status of my complaint please".
const SAID_IN: usize = 6;

/// The words of one language's file, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) commands: Vec<Command>,
    /// Words that stand for digits.
    pub(super) choices: Vec<Synonym>,
    /// Words that change nothing around a command, an answer or a number; thanks are among them.
    pub(super) around: Vec<String>,
    /// Greetings and thanks.
    pub(super) small_talk: Vec<String>,
    /// Frequent words that tell the language.
    pub(super) common: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Command {
    pub(super) keyword: Keyword,
    pub(super) word: String,
    pub(super) span: Range<usize>,
}

/// A word that stands for a digit.
#[derive(Clone, Debug)]
pub(super) struct Synonym {
    pub(super) choice: Choice,
    pub(super) word: String,
    pub(super) span: Range<usize>,
}

/// The words of all languages together: a text comes before its language is known.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    commands: HashMap<String, Known>,
    /// With the file, for people.
    choices: HashMap<String, (Choice, String)>,
    around: HashSet<String>,
    small_talk: HashSet<String>,
    /// For each word, the languages that it is frequent in.
    common: HashMap<String, Vec<LanguageId>>,
}

/// What a command means, and whose word it is.
#[derive(Clone, Debug)]
struct Known {
    keyword: Keyword,
    /// `None` where several languages have the word, and for the gateway's own.
    language: Option<LanguageId>,
    /// The file, for people.
    from: String,
}

impl Vocabulary {
    /// The gateway's own words.
    pub(super) fn new() -> Self {
        let own = GATEWAYS_OWN
            .into_iter()
            .flat_map(|(keyword, words)| words.iter().map(move |word| (keyword, *word)));
        let known = |keyword| Known {
            keyword,
            language: None,
            from: "the gateway itself".to_owned(),
        };
        Self {
            commands: own
                .map(|(keyword, word)| (word.to_owned(), known(keyword)))
                .collect(),
            choices: HashMap::new(),
            around: HashSet::new(),
            small_talk: HashSet::new(),
            common: HashMap::new(),
        }
    }

    /// Adds the words of languages, each by its file. A word cannot mean two things, also not in two languages: a text comes before its
    /// language is known.
    pub(super) fn learn(&mut self, languages: Vec<(&str, LanguageId, Words)>) -> Vec<Diagnostic> {
        let mut clashes = Vec::new();
        for (file, language, words) in &languages {
            let commands = words.commands.iter().cloned();
            let learnt = commands.map(|command| self.learn_command(file, language, command));
            clashes.extend(learnt.filter_map(Result::err));
        }
        // After the commands of all files: a text that is one never gets as far as a question.
        for (file, language, words) in languages {
            let choices = words.choices.into_iter();
            let learnt = choices.map(|synonym| self.learn_choice(file, synonym));
            clashes.extend(learnt.filter_map(Result::err));
            self.around.extend(words.around);
            // Who greets in a language wants to be answered in it.
            for word in words
                .common
                .into_iter()
                .chain(words.small_talk.iter().cloned())
            {
                let known = self.common.entry(word).or_default();
                if !known.contains(&language) {
                    known.push(language.clone());
                }
            }
            self.small_talk.extend(words.small_talk);
        }
        clashes
    }

    fn learn_choice(&mut self, file: &str, synonym: Synonym) -> Result<(), Diagnostic> {
        let Synonym { choice, word, span } = synonym;
        let command = self.commands.get(&word);
        let command = command.map(|known| (known.keyword.key(), &known.from));
        let other = self.choices.get(&word);
        let other = other
            .filter(|(other, _)| *other != choice)
            .map(|(other, from)| (other.key(), from));
        if let Some((there, from)) = command.or(other) {
            return Err(clash(file, span, &word, choice.key(), there, from));
        }
        self.choices.insert(word, (choice, file.to_owned()));
        Ok(())
    }

    fn learn_command(
        &mut self,
        file: &str,
        language: &LanguageId,
        command: Command,
    ) -> Result<(), Diagnostic> {
        let Command {
            keyword,
            word,
            span,
        } = command;
        match self.commands.get_mut(&word) {
            None => {
                let known = Known {
                    keyword,
                    language: Some(language.clone()),
                    from: file.to_owned(),
                };
                self.commands.insert(word, known);
                Ok(())
            }
            Some(known) if known.keyword == keyword => {
                known.language = known.language.take().filter(|other| other == language);
                Ok(())
            }
            Some(known) => Err(clash(
                file,
                span,
                &word,
                keyword.key(),
                known.keyword.key(),
                &known.from,
            )),
        }
    }

    /// The command that these words are, and the language of the word if only one has it.
    pub(super) fn keyword(&self, words: &str) -> Option<(Keyword, Option<LanguageId>)> {
        self.commands
            .get(words)
            .map(|known| (known.keyword, known.language.clone()))
    }

    /// A short text without the words that change nothing: of "I am a woman" the woman. A longer one is what it says.
    pub(super) fn gist(&self, text: &Normalised) -> Option<Normalised> {
        let says = |word: &str| !self.around.contains(word);
        let words = text.words().map(|word| word.text);
        let gist: Vec<_> = words.filter(|word| says(word)).collect();
        (text.words().len() <= SAID_IN).then(|| Normalised::new(&gist.join(" ")))
    }

    /// The choice that a text is; also in several words that all mean it, or as the menu shows it: "no, still not", "2 no".
    pub(super) fn choice(&self, text: &Normalised) -> Option<Choice> {
        if text.words().len() > SAID_IN {
            return None;
        }
        let words: Vec<_> = text.words().map(|word| word.text).collect();
        let mut rest = words.as_slice();
        let (mut digits, mut said) = (Vec::new(), Vec::new());
        while let Some((first, behind)) = rest.split_first() {
            if let Ok(digit) = first.parse::<usize>() {
                digits.push(digit);
                rest = behind;
            } else {
                let (choice, behind) = self.leading_choice(rest)?;
                said.push(choice);
                rest = behind;
            }
        }
        let (choice, others) = said.split_first()?;
        let is_it = |digit: &usize| *digit == choice.digit();
        let agree = others.iter().all(|other| other == choice) && digits.iter().all(is_it);
        agree.then_some(*choice)
    }

    /// The longest choice that words begin with, and the words behind it.
    fn leading_choice<'w, 't>(&self, words: &'w [&'t str]) -> Option<(Choice, &'w [&'t str])> {
        (1..=words.len()).rev().find_map(|length| {
            let (leading, behind) = words.split_at_checked(length)?;
            let (choice, _) = self.choices.get(&leading.join(" "))?;
            Some((*choice, behind))
        })
    }

    /// Whether a text is small talk, and nothing besides.
    pub(super) fn is_only_greeting(&self, text: &Normalised) -> bool {
        let greets = |word: &str| self.small_talk.contains(word);
        (1..=SMALL_TALK).contains(&text.words().len())
            && text.words().any(|word| greets(word.text))
            && text
                .words()
                .all(|word| greets(word.text) || self.around.contains(word.text))
    }

    /// Whether the word is frequent in some language.
    pub(super) fn is_frequent(&self, word: &str) -> bool {
        self.common.contains_key(word)
    }

    /// Whether any of its words is a frequent one of some language.
    pub(super) fn has_a_frequent_word(&self, text: &Normalised) -> bool {
        text.words().any(|word| self.common.contains_key(word.text))
    }

    /// The languages that most of a text's frequent words are of: none, one, or several with as many.
    pub(super) fn likeliest(&self, text: &Normalised) -> Vec<&LanguageId> {
        let mut hits: Vec<(&LanguageId, usize)> = Vec::new();
        for language in text
            .words()
            .filter_map(|word| self.common.get(word.text))
            .flatten()
        {
            match hits.iter_mut().find(|(hit, _)| *hit == language) {
                Some((_, count)) => *count += 1,
                None => hits.push((language, 1)),
            }
        }
        let most = hits.iter().map(|(_, count)| *count).max();
        let leaders = hits.iter().filter(|(_, count)| Some(*count) == most);
        leaders.map(|(language, _)| *language).collect()
    }
}

fn clash(
    file: &str,
    span: Range<usize>,
    word: &str,
    here: &str,
    there: &str,
    from: &str,
) -> Diagnostic {
    let message = format!("`{word}` is a word of `{here}` here, and of `{there}` for {from}");
    Diagnostic::error(file, span, message)
        .help("people would get what they did not ask for: leave it to one")
}
