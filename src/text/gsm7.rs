//! How a text counts on a phone network: its encoding, its length, its segments (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1).
//!
//! A text whose every character is in the GSM 7-bit default alphabet travels in septets; one character outside it turns
//! the *whole* text to UCS-2 and more than halves what fits. So a stray `’` doubles the price of a reply, and the reason
//! that every reply is counted before it can ever be sent.

/// What a text travels in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// The GSM 7-bit default alphabet with its extension table.
    Gsm7,
    /// UTF-16 code units, because of at least one character that GSM-7 lacks.
    Ucs2,
}

impl Encoding {
    /// What fits in a text of a single segment, in units.
    pub fn single(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// What fits in each segment of a longer text: a header of 6 octets takes its place from the words.
    pub fn part(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    /// What the units are called.
    pub fn units(self) -> &'static str {
        match self {
            Self::Gsm7 => "septets",
            Self::Ucs2 => "UTF-16 units",
        }
    }

    /// How many units a text takes in this encoding; what GSM-7 lacks counts nothing there.
    pub fn length(self, text: &str) -> usize {
        text.chars().map(|character| self.cost(character)).sum()
    }

    /// The units of one character; a pair (escape and character, or two surrogates) is never split over segments.
    fn cost(self, character: char) -> usize {
        match self {
            Self::Gsm7 => septets(character).unwrap_or_default(),
            Self::Ucs2 => character.len_utf16(),
        }
    }
}

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// What it travels in.
    pub encoding: Encoding,
    /// Its length in the units of that encoding.
    pub units: usize,
    /// How many segments are sent and paid; an empty text is still one.
    pub segments: usize,
}

/// Counts a text.
pub fn count(text: &str) -> Count {
    let encoding = match first_outside_gsm7(text) {
        None => Encoding::Gsm7,
        Some(_) => Encoding::Ucs2,
    };
    let units = encoding.length(text);
    let segments = if units <= encoding.single() {
        1
    } else {
        parts(text, encoding)
    };
    Count {
        encoding,
        units,
        segments,
    }
}

/// How many segments a text is billed as.
pub fn segments(text: &str) -> u32 {
    u32::try_from(count(text).segments).unwrap_or(u32::MAX)
}

/// The first character that turns the text to UCS-2, with its byte offset.
pub fn first_outside_gsm7(text: &str) -> Option<(usize, char)> {
    text.char_indices()
        .find(|(_, character)| septets(*character).is_none())
}

/// The segments of a text that does not fit in one. Dividing the units would be too low by one where a pair would
/// straddle a border and moves to the next segment whole.
fn parts(text: &str, encoding: Encoding) -> usize {
    let (segments, _) =
        text.chars()
            .map(|c| encoding.cost(c))
            .fold((1, 0), |(segments, used), cost| {
                if used + cost <= encoding.part() {
                    (segments, used + cost)
                } else {
                    (segments + 1, cost)
                }
            });
    segments
}

/// The septets of a character: 1 in the default alphabet, 2 in the extension table (it is escaped), `None` outside both.
fn septets(character: char) -> Option<usize> {
    match character {
        ' '..='Z' | '_' | 'a'..='z' | '\n' | '\r' => Some(1),
        '\u{c}' | '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' => Some(2),
        'à' | 'ä' | 'å' | 'æ' | 'è' | 'é' | 'ì' | 'ñ' | 'ò' | 'ö' | 'ø' | 'ù' | 'ü' | 'ß' => {
            Some(1)
        }
        // Ç is in the alphabet, ç is not: early phones showed it as a capital.
        'Ä' | 'Å' | 'Æ' | 'Ç' | 'É' | 'Ñ' | 'Ö' | 'Ø' | 'Ü' => Some(1),
        'Γ' | 'Δ' | 'Θ' | 'Λ' | 'Ξ' | 'Π' | 'Σ' | 'Φ' | 'Ψ' | 'Ω' => Some(1),
        '£' | '¥' | '¤' | '§' | '¡' | '¿' => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn segments(text: &str) -> usize {
        count(text).segments
    }

    #[test]
    fn the_gateways_own_counts_hold() {
        let vectors = [
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("a".repeat(1600), 11),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("a".repeat(159) + "€", 2),
            ("a".repeat(158) + "€", 1),
            ("ж".repeat(70), 1),
            ("ж".repeat(71), 2),
            ("ж".repeat(134), 2),
            ("ж".repeat(135), 3),
            ("👍".repeat(35), 1),
            ("👍".repeat(36), 2),
        ];
        for (text, expected) in vectors {
            assert_eq!(
                segments(&text),
                expected,
                "{} × {:.4}…",
                text.chars().count(),
                text
            );
        }
    }

    #[test]
    fn a_pair_on_the_border_moves_whole_to_the_next_segment() {
        let a = |n| "a".repeat(n);
        assert_eq!(
            segments(&(a(152) + "€" + &a(152))),
            3,
            "306 septets, yet 3 segments"
        );
        assert_eq!(segments(&(a(152) + "€" + &a(151))), 2);
        let zh = |n| "ж".repeat(n);
        assert_eq!(
            segments(&(zh(66) + "👍" + &zh(66))),
            3,
            "134 units, yet 3 segments"
        );
    }

    #[test]
    fn one_character_decides_for_the_whole_text() {
        assert_eq!(count("Grüße").encoding, Encoding::Gsm7);
        assert_eq!(count("Ç").encoding, Encoding::Gsm7);
        for text in [
            "ç",
            "It’s “ok” – fine…",
            "`",
            "\t",
            "\u{a0}",
            "á",
            "í",
            "ê",
            "ô",
            "👍",
            "ش",
            "\u{1b}",
        ] {
            assert_eq!(count(text).encoding, Encoding::Ucs2, "{text:?}");
        }
        assert_eq!(first_outside_gsm7("Bei der Größe – ok"), Some((16, '–')));
        assert_eq!(first_outside_gsm7("[£5] ~ €6"), None);
    }

    #[test]
    fn the_alphabet_is_whole() {
        let of = |cost| {
            (0..=char::MAX as u32)
                .filter_map(char::from_u32)
                .filter(|c| septets(*c) == Some(cost))
                .count()
        };
        assert_eq!(of(1), 127, "128 positions, one of them the escape");
        assert_eq!(of(2), 10);
    }

    #[test]
    fn an_empty_text_is_one_segment() {
        assert_eq!(
            count(""),
            Count {
                encoding: Encoding::Gsm7,
                units: 0,
                segments: 1
            }
        );
    }

    proptest! {
        #[test]
        fn what_is_sent_holds_every_unit(text in "[a-zA-Z0-9 €\\[ж👍é]{0,400}") {
            let Count { encoding, units, segments } = count(&text);
            let room = if segments == 1 { encoding.single() } else { segments * encoding.part() };
            prop_assert!(units <= room);
            prop_assert!(segments == 1 || units > encoding.single());
        }
    }
}
