//! Tracking numbers in a text, however they are keyed in.

use std::ops::Range;

use crate::complaint::TrackingNumber;
use crate::complaint::tracking_number::NotATrackingNumber;
use crate::text::normalise::digit;

/// A group of ten digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberGroup {
    /// The number, or why it is none.
    pub number: Result<TrackingNumber, NotATrackingNumber>,
    /// The bytes of the text that it takes up.
    pub at: Range<usize>,
}

/// Digits that stand together.
struct Token {
    digits: Vec<u8>,
    at: Range<usize>,
}

/// The groups of exactly ten digits in a text.
///
/// Spaces and dashes between digits do not count; O, l and I between digits or at the end of them are 0, 1 and 1, but not
/// where a word begins (`4821093753ok`, `No4821093753`: no tracking number begins with 0 or 1); any script's digits will do.
/// What begins with `+` is a phone number. Where more digits follow (`482 109 3753 2 weeks`), a group is taken only if its check
/// digit fits.
pub fn find(text: &str) -> Vec<NumberGroup> {
    runs(text).iter().flat_map(|run| groups(run)).collect()
}

/// Tokens that only spaces and dashes separate, one list a run.
fn runs(text: &str) -> Vec<Vec<Token>> {
    let mut runs: Vec<Vec<Token>> = Vec::new();
    let mut run: Vec<Token> = Vec::new();
    let mut token: Option<Token> = None;
    let mut after_plus = false;
    for (at, c) in text.char_indices() {
        let after_digits = token.is_some() || !run.is_empty();
        let rest = text.get(at..).unwrap_or_default();
        if let Some(value) = digit(c).or_else(|| {
            after_digits
                .then(|| taken_for_digit(rest, token.is_some()))
                .flatten()
        }) {
            let token = token.get_or_insert_with(|| Token {
                digits: Vec::new(),
                at: at..at,
            });
            token.digits.push(value);
            token.at.end = at + c.len_utf8();
            continue;
        }
        run.extend(token.take());
        if !separates(c) {
            close(&mut run, &mut runs, after_plus);
            after_plus = c == '+';
        }
    }
    run.extend(token);
    close(&mut run, &mut runs, after_plus);
    runs
}

fn close(run: &mut Vec<Token>, runs: &mut Vec<Vec<Token>>, after_plus: bool) {
    let run = std::mem::take(run);
    if !run.is_empty() && !after_plus {
        runs.push(run);
    }
}

fn groups(run: &[Token]) -> Vec<NumberGroup> {
    if let Some(whole) = group(run) {
        return vec![whole];
    }
    let mut found = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let length = ten_digits(rest);
        let fits = length
            .and_then(|length| rest.get(..length))
            .and_then(group)
            .filter(|group| group.number.is_ok());
        let taken = length.filter(|_| fits.is_some()).unwrap_or(1);
        found.extend(fits);
        rest = rest.get(taken..).unwrap_or_default();
    }
    found
}

/// How many of the first tokens come to ten digits. No more are looked at: in a text of nothing but lone digits, to try each
/// end for each beginning would take seconds.
fn ten_digits(tokens: &[Token]) -> Option<usize> {
    let mut digits = 0;
    for (token, count) in tokens.iter().zip(1..) {
        digits += token.digits.len();
        if digits >= TrackingNumber::DIGITS {
            return (digits == TrackingNumber::DIGITS).then_some(count);
        }
    }
    None
}

/// The tokens as one group, if they come to ten digits.
fn group(tokens: &[Token]) -> Option<NumberGroup> {
    let digits: Vec<u8> = tokens
        .iter()
        .flat_map(|token| token.digits.iter().copied())
        .collect();
    let (first, last) = (tokens.first()?, tokens.last()?);
    (digits.len() == TrackingNumber::DIGITS).then(|| NumberGroup {
        number: TrackingNumber::from_digits(&digits),
        at: first.at.start..last.at.end,
    })
}

/// The digit that the first letter of `rest` is taken for. It follows a digit, or (`open` is false) only spaces and dashes do
/// so: then it must lead to a digit again, or "5 litres" would read as 51.
fn taken_for_digit(rest: &str, open: bool) -> Option<u8> {
    let value = look_alike(rest.chars().next()?)?;
    let next = rest
        .chars()
        .take(TrackingNumber::DIGITS)
        .find(|c| look_alike(*c).is_none());
    let fits = match next {
        Some(c) if digit(c).is_some() => true,
        Some(c) => open && !c.is_alphabetic(),
        None => open,
    };
    fits.then_some(value)
}

/// Letters that look like a digit.
fn look_alike(c: char) -> Option<u8> {
    match c {
        'O' | 'o' => Some(0),
        'l' | 'I' => Some(1),
        _ => None,
    }
}

/// White space, dashes, and the invisible marks that right-to-left keyboards put around numbers.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 482 109 3753 with its right check digit.
    fn good() -> String {
        (0..10)
            .map(|check| format!("482109375{check}"))
            .find(|digits| {
                let digits: Vec<u8> = digits.bytes().map(|b| b - b'0').collect();
                TrackingNumber::from_digits(&digits).is_ok()
            })
            .unwrap()
    }

    fn numbers(text: &str) -> Vec<Result<String, NotATrackingNumber>> {
        find(text)
            .into_iter()
            .map(|group| group.number.map(|n| n.to_string().replace(' ', "")))
            .collect()
    }

    #[test]
    fn however_it_is_keyed_in() {
        let good = good();
        let [a, b, c] = [0..3, 3..6, 6..10].map(|digits| good.get(digits).unwrap());
        let arabic: String = good
            .bytes()
            .map(|b| char::from_u32(0x660 + u32::from(b - b'0')).unwrap())
            .collect();
        for spelling in [
            good.clone(),
            format!("{a} {b} {c}"),
            format!("{a}-{b}-{c}"),
            format!("{a} – {b}  {c}"),
            format!("No{good}"),
            format!("status {a} {b} {c}?"),
            format!("{a}{b}\u{a0}{c}."),
            good.replace('0', "O"),
            good.replace('1', "l"),
            good.replace('1', "I"),
            format!("{a} {} {c}", b.replace('1', "l").replace('0', "O")),
            format!("{a} {} {c}", b.replacen('1', "l", 1)),
            format!("{good}ok thanks"),
            format!("{good}Is it done"),
            arabic,
            format!("\u{200f}{a} {b} {c}\u{200f}"),
            format!("{a} {b} {c} 2 weeks and nothing"),
            format!("5 {a} {b} {c}"),
        ] {
            assert_eq!(numbers(&spelling), [Ok(good.clone())], "{spelling}");
        }
    }

    #[test]
    fn what_is_no_tracking_number() {
        let good = good();
        for none in [
            format!("1{good}"),
            format!("{good}1"),
            "+254 712 345 678".to_owned(),
            format!("+{good}"),
            "call 0712345678901".to_owned(),
            "no water for 5 days, 200 families".to_owned(),
            "10 l of water, 5 Old men, 20 lorries, 4 o'clock, 3 Ill".to_owned(),
            String::new(),
        ] {
            assert_eq!(numbers(&none), [], "{none}");
        }
        assert_eq!(
            numbers("call 0712 345 678"),
            [Err(NotATrackingNumber::Form)]
        );
    }

    #[test]
    fn a_mistyped_digit_is_told_from_a_number_that_fits() {
        let mut wrong = good().into_bytes();
        wrong[4] = if wrong[4] == b'9' { b'0' } else { wrong[4] + 1 };
        let wrong = String::from_utf8(wrong).unwrap();
        assert_eq!(numbers(&wrong), [Err(NotATrackingNumber::CheckDigit)]);
        assert_eq!(
            numbers(&format!("{wrong} 3 days")),
            [],
            "with more digits around it, it is just digits"
        );
    }

    #[test]
    fn a_text_of_nothing_but_digits_takes_no_time() {
        for text in ["2 ".repeat(30_000), "2".repeat(60_000), "2O".repeat(30_000)] {
            assert!(find(&text).len() <= text.len() / TrackingNumber::DIGITS);
        }
    }

    #[test]
    fn two_numbers_are_two() {
        let good = good();
        assert_eq!(
            numbers(&format!("{good} and {good}")),
            [Ok(good.clone()), Ok(good.clone())]
        );
        assert_eq!(
            numbers(&format!("{good} {good}")),
            [Ok(good.clone()), Ok(good)]
        );
    }
}
