//! Short numbers for the words that a million facts repeat.

use std::collections::HashMap;
use std::sync::Arc;

/// Stands for a word while facts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u32);

/// The words, and their codes.
#[derive(Debug, Default)]
pub struct Codes {
    words: Vec<Arc<str>>,
    by_word: HashMap<Arc<str>, Code>,
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
