//! Whatever a text holds, its words are in it, in order and whole, and folding them again changes nothing.

#![no_main]

use jibu::text::normalise::Normalised;
use jibu::text::phrases::{Phrase, Phrases};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folded = Normalised::new(text);
    let mut last = 0..0;
    for word in folded.words() {
        // Two of them can share a character: `a¼b` is `a1` and `4b`.
        let shared = text.get(word.at.start..last.end.max(word.at.start));
        assert!(shared.is_some_and(|shared| shared.chars().count() <= 1));
        assert!(word.at.start >= last.start && word.at.end >= last.end, "words are in order");
        assert!(text.get(word.at.clone()).is_some_and(|original| !original.is_empty()));
        assert!(!word.text.is_empty() && !word.text.contains(char::is_whitespace));
        last = word.at;
    }
    let words: Vec<_> = folded.words().map(|word| word.text).collect();
    assert_eq!(folded.folded(), words.join(" "));
    assert_eq!(Normalised::new(folded.folded()).folded(), folded.folded());

    let Some(whole) = Phrase::whole(text) else {
        return assert!(folded.is_blank());
    };
    let found = Phrases::new([&whole]).expect("there are few").hits(&folded);
    let all = folded.words().next().map(|word| word.at.start)..Some(last.end);
    assert!(found.iter().any(|hit| Some(hit.at.start) == all.start && Some(hit.at.end) == all.end));
});
