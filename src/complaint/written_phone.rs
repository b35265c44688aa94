//! A phone number as people write it down: `0722 000 111`, `722-000-111`, `00254 722…`, in the digits of any script.

use phonenumber::Mode;

use super::Address;
use crate::text::normalise::digit;

impl Address {
    /// The phone that somebody wrote down, where a number without a country is one of the country of `line`, a number of ours. `None`: no
    /// phone has such a number.
    pub fn written(text: &str, line: Option<&Self>) -> Option<Self> {
        let text: String = text.trim().chars().map(western).collect();
        let text = match text.strip_prefix("00") {
            Some(abroad) => format!("+{abroad}"),
            None => text,
        };
        // Letters mean digits to the numbering plan (0800 WATER), and nobody means that here.
        if text.chars().any(char::is_alphabetic) {
            return None;
        }
        let country = line
            .and_then(|line| phonenumber::parse(None, line.expose()).ok())
            .and_then(|line| line.country().id());
        let number = phonenumber::parse(country, &text).ok()?;
        if !number.is_valid() {
            return None;
        }
        let address = Self::new(&number.format().mode(Mode::E164).to_string());
        address.is_phone().then_some(address)
    }

    /// Whether both are numbers of one country; a short code is one of whichever.
    pub fn is_of_the_country_of(&self, line: &Self) -> bool {
        let code = |number: &Self| {
            let number = phonenumber::parse(None, number.expose()).ok()?;
            Some(number.code().value())
        };
        match (code(self), code(line)) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        }
    }

    /// The last four digits: what somebody proves with that they know the number. Empty: it has not as many.
    pub fn last_four(&self) -> String {
        let last: Vec<char> = self
            .expose()
            .chars()
            .rev()
            .filter(char::is_ascii_digit)
            .take(4)
            .collect();
        if last.len() < 4 {
            return String::new();
        }
        last.into_iter().rev().collect()
    }
}

fn western(c: char) -> char {
    digit(c)
        .and_then(|digit| char::from_digit(digit.into(), 10))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let line = Address::new("+254700100200");
        let read =
            |text: &str| Address::written(text, Some(&line)).map(|phone| phone.expose().to_owned());
        for written in [
            "0722 000 111",
            "722-000-111",
            "+254 722 000111",
            "00254722000111",
            "254722000111",
            "(0722) 000.111",
            "٠٧٢٢٠٠٠١١١",
        ] {
            assert_eq!(read(written).as_deref(), Some("+254722000111"), "{written}");
        }
        assert_eq!(read("+252 61 2345678").as_deref(), Some("+252612345678"));
        for none in [
            "",
            "123",
            "0722 000 11",
            "call 0722000111",
            "++",
            "07220001112222",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
        assert_eq!(
            Address::written("0722000111", None),
            None,
            "of which country?"
        );
    }

    #[test]
    fn the_last_four_are_digits() {
        assert_eq!(Address::new("whatsapp:+254722000111").last_four(), "0111");
        assert_eq!(Address::new("123").last_four(), "");
    }
}
