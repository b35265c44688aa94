//! What one character of a decomposed text comes to.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::digit;

/// What a character comes to.
pub(super) enum Folded {
    /// A letter or a digit of a word.
    Letter(char),
    /// Several.
    Letters(&'static str),
    /// A sign on the letter before it that makes another word: a vowel of Devanagari.
    Mark,
    /// A mark within a word that does not count.
    Apostrophe,
    /// A mark that does not count: an accent, a short vowel of Arabic, something invisible.
    Nothing,
    /// What separates words.
    Gap,
}

/// Folds one character of a decomposed text.
pub(super) fn fold(c: char) -> Folded {
    if is_accent(c) || is_invisible(c) {
        return Folded::Nothing;
    }
    if is_apostrophe(c) {
        return Folded::Apostrophe;
    }
    if let Some(value) = digit(c) {
        return Folded::Letter(char::from(b'0' + value));
    }
    if canonical_combining_class(c) != 0 || is_combining_mark(c) {
        return Folded::Mark;
    }
    if !c.is_alphanumeric() {
        return Folded::Gap;
    }
    // One character: the only letter whose lower case is two, İ, is decomposed by now.
    let lower = c.to_lowercase().next().unwrap_or(c);
    spelled_out(lower).map_or_else(|| Folded::Letter(plain(lower)), Folded::Letters)
}

/// Quotes, primes and modifier letters that are typed for an apostrophe; the acute and grave that stand alone too.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | 'ʹ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | '‘'
            | '’'
            | '‛'
            | '′'
            | '＇'
            | 'Ꞌ'
            | 'ꞌ'
            | '\u{1ffd}'
    )
}

/// Control and format characters, and others that are drawn as nothing (Unicode's Default_Ignorable_Code_Point). Line
/// breaks and tabs separate words.
pub(super) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Accents of Latin, Greek and Cyrillic, points of Hebrew, short vowels, hamzas and the lengthening stroke of Arabic: left
/// out on a phone's keyboard as often as not.
fn is_accent(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{591}'..='\u{5bd}'
            | '\u{5bf}'
            | '\u{5c1}'..='\u{5c2}'
            | '\u{5c4}'..='\u{5c5}'
            | '\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{6df}'..='\u{6e4}'
            | '\u{6e7}'..='\u{6e8}'
            | '\u{6ea}'..='\u{6ed}'
            | '\u{8d3}'..='\u{8e1}'
            | '\u{8e3}'..='\u{8ff}'
    )
}

/// Letters that are written as two where the keyboard lacks them.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' => "ng",
        _ => return None,
    })
}

/// The letter that is typed for it: a Latin letter without its stroke or hook, the plain form of an Arabic one.
fn plain(c: char) -> char {
    match c {
        'ø' | 'ɔ' => 'o',
        'ð' | 'đ' | 'ɗ' | 'ɖ' => 'd',
        'ħ' => 'h',
        'ı' | 'ɨ' => 'i',
        'ł' => 'l',
        'ŧ' => 't',
        'ɓ' => 'b',
        'ƙ' => 'k',
        'ƴ' => 'y',
        'ɛ' | 'ǝ' | 'ə' => 'e',
        'ɲ' => 'n',
        'ʉ' => 'u',
        'ς' => 'σ',
        'ٱ' => 'ا',
        'ة' | 'ە' | 'ہ' | 'ھ' | 'ۃ' => 'ه',
        'ى' | 'ی' | 'ې' => 'ي',
        'ک' => 'ك',
        _ => c,
    }
}
