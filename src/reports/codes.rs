//! Short numbers for the words that a million facts repeat.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Stands for a word while facts are counted; by itself for the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u32);

/// The words, and their codes.
#[derive(Debug)]
pub struct Codes {
    words: Vec<Arc<str>>,
    by_word: FxHashMap<Arc<str>, Code>,
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
        if let Some(code) = self.by_word.get(word) {
            return *code;
        }
        let code = Code(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let word: Arc<str> = word.into();
        self.words.push(Arc::clone(&word));
        self.by_word.insert(word, code);
        code
    }

    /// The word of a code.
    pub fn word(&self, code: Code) -> Arc<str> {
        let index = usize::try_from(code.0).unwrap_or(usize::MAX);
        self.words.get(index).cloned().unwrap_or_default()
    }
}
