//! Passwords that others try first: a word that everybody thinks of, a row of the keyboard, and a number to make it long enough.
//!
//! No list of passwords that were stolen somewhere: of those, what is left at 12 characters is built so. Rejected: an estimate of guesses
//! (zxcvbn), whose word lists are English and larger than the rest of the console.

/// Letters that are nobody's guess must be so many at least.
const OWN: usize = 4;

/// What everybody thinks of: of passwords, of people and God, of teams and stars, of this country and of this service.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "password", "passcode", "passphrase", "passwd", "secret", "login", "logon", "welcome", "letmein", "openup",
    "changeme", "default", "admin", "administrator", "master", "root", "user", "guest", "test", "demo", "temp", "hello",
    "whatever", "computer", "internet", "google", "facebook", "office", "system", "server", "love", "iloveyou",
    "lovely", "forever", "mother", "father", "family", "baby", "princess", "angel", "sunshine", "dragon", "monkey",
    "shadow", "flower", "cookie", "superman", "batman", "pokemon", "football", "baseball", "soccer", "arsenal",
    "chelsea", "liverpool", "manchester", "united", "barcelona", "michael", "charlie", "jordan", "jesus", "christ",
    "lord", "god", "allah", "bless", "blessed", "faith", "freedom", "summer", "winter", "monday", "friday", "january",
    "december", "nenosiri", "siri", "karibu", "jambo", "habari", "mungu", "mama", "baba", "upendo", "asante", "hakuna",
    "matata", "simba", "kenya", "nairobi", "africa", "safaricom", "mpesa", "harambee", "jibu", "console", "complaint",
    "complaints", "malalamiko", "officer", "convener", "organisation", "organization", "the", "and", "you", "my", "is",
];

/// Neighbours of the keyboard and of the alphabet, read in both directions.
const ROWS: &[&str] = &[
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "abcdefghijklmnopqrstuvwxyz",
];
/// So many neighbours are a row.
const NEIGHBOURS: usize = 3;

/// Whether a password in small letters is put together from what others try first.
pub(super) fn is_common(password: &str) -> bool {
    let letters: Vec<char> = password.chars().map(meant).collect();
    let mut own: Vec<bool> = password.chars().map(char::is_alphabetic).collect();
    let mut strike = |at: usize, length: usize| {
        let piece = own.iter_mut().skip(at).take(length);
        piece.for_each(|letter| *letter = false);
    };
    for word in WORDS {
        let word: Vec<char> = word.chars().collect();
        let found = letters.windows(word.len()).enumerate();
        found
            .filter(|(_, piece)| *piece == word)
            .for_each(|(at, piece)| strike(at, piece.len()));
    }
    for (at, piece) in letters.windows(NEIGHBOURS).enumerate() {
        if is_row(piece) {
            strike(at, NEIGHBOURS);
        }
    }
    own.into_iter().filter(|own| *own).count() < OWN
}

/// The letter that a digit or a sign stands for: `p@ssw0rd`.
fn meant(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

fn is_row(piece: &[char]) -> bool {
    let forward: String = piece.iter().collect();
    let backward: String = piece.iter().rev().collect();
    let same = piece.windows(2).all(|two| matches!(two, [a, b] if a == b));
    same || ROWS
        .iter()
        .any(|row| row.contains(&forward) || row.contains(&backward))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_try_first_is_common_however_it_is_dressed_up() {
        for password in [
            "password1234",
            "p@ssw0rd2026!",
            "123456789012",
            "254700100200",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "abcdefghijkl",
            "iloveyou2026",
            "ilovekenya254",
            "welcome-to-jibu",
            "jibu-console-1",
            "administrator",
            "nenosiri12345",
            "manchester united",
            "letmein letmein",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn words_of_ones_own_are_not() {
        for password in [
            "three camels at noon",
            "maji safi kila siku",
            "my mother sells mangoes",
            "longer longer",
            "xk7-mvp-29q-hsz",
            "ኣብ ማይ ጽሩይ ኣሎ ሎሚ",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }
}
