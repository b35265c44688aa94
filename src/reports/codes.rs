//! Short numbers for the words that a million facts repeat.

use std::str::{self, Utf8Error};
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Stands for a word while facts are counted; by itself for the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u32);

/// The words, and their codes.
#[derive(Debug)]
pub struct Codes {
    words: Vec<Arc<str>>,
    /// By the word's bytes.
    by_word: FxHashMap<Arc<[u8]>, Code>,
}

impl Default for Codes {
    fn default() -> Self {
        let mut codes = Self {
            words: Vec::new(),
            by_word: FxHashMap::default(),
        };
        codes.code("");
        codes
    }
}

impl Codes {
    /// The code of a word: it has the same each time.
    pub fn code(&mut self, word: &str) -> Code {
        let known = self.by_word.get(word.as_bytes());
        known.copied().unwrap_or_else(|| self.add(word))
    }

    /// The same of a word as a database has it: that it is text is looked at the first time.
    ///
    /// # Errors
    /// It is no text.
    pub fn code_of_bytes(&mut self, word: &[u8]) -> Result<Code, Utf8Error> {
        match self.by_word.get(word) {
            Some(code) => Ok(*code),
            None => Ok(self.add(str::from_utf8(word)?)),
        }
    }

    fn add(&mut self, word: &str) -> Code {
        let code = Code(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word: Arc<str> = word.into();
        self.words.push(Arc::clone(&word));
        self.by_word.insert(word.into(), code);
        code
    }

    /// The word of a code.
    pub fn word(&self, code: Code) -> Arc<str> {
        let index = usize::try_from(code.0).unwrap_or(usize::MAX);
        self.words.get(index).cloned().unwrap_or_default()
    }
}
