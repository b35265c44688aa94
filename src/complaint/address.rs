//! Where a text comes from or goes to, as the gateway spells it.

use std::fmt;

/// An address of the gateway: a phone number in E.164, a short code, a sender's name, or one of these behind a channel
/// (`whatsapp:+254…`).
///
/// `Debug` shows the last two digits only and there is no `Display`: a number reaches a log, a URL or an error only
/// through [`Address::expose`], which is easy to search for.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

/// The channel beside SMS whose addresses are phone numbers too (Twilio's documentation of `whatsapp:` addresses).
const WHATSAPP: &str = "whatsapp";

impl Address {
    /// Takes the gateway's spelling, less white space around it.
    pub fn new(spelling: &str) -> Self {
        Self(spelling.trim().to_owned())
    }

    /// The whole address. For the gateway, for sealing, for the blind index; never for a log.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The part behind the channel: `+254…` of `whatsapp:+254…`.
    fn subscriber(&self) -> &str {
        self.0
            .split_once(':')
            .map_or(self.0.as_str(), |(_, rest)| rest)
    }

    /// The same phone by each way that it can be reached: this one, and the others that the gateway has.
    pub fn by_each_channel(&self) -> [Self; 2] {
        let number = self.subscriber();
        [number.to_owned(), format!("{WHATSAPP}:{number}")].map(Self)
    }

    /// Whether a person with a phone is behind it, who can be answered: `+` and 8 to 15 digits (ITU-T E.164), no leading 0.
    ///
    /// Short codes and alphanumeric senders are machines or cannot be replied to: never answered.
    pub fn is_phone(&self) -> bool {
        let Some(digits) = self.subscriber().strip_prefix('+') else {
            return false;
        };
        (8..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0')
    }

    /// Whether it is reached by SMS and by no other channel.
    pub fn is_sms(&self) -> bool {
        !self.0.contains(':')
    }

    /// Whether it is a short code: 3 to 8 digits and nothing else.
    pub fn is_short_code(&self) -> bool {
        (3..=8).contains(&self.0.len()) && self.0.bytes().all(|b| b.is_ascii_digit())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last: Vec<char> = self.0.chars().rev().take(2).collect();
        last.reverse();
        write!(f, "…{}", last.iter().collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_can_be_answered_a_machine_cannot() {
        for phone in [
            "+254700100200",
            "whatsapp:+254700100200",
            " +4915112345678 ",
        ] {
            assert!(Address::new(phone).is_phone(), "{phone}");
        }
        for machine in [
            "21801",
            "SAFARICOM",
            "",
            "+",
            "+0712345678",
            "254700100200",
            "+2547001002001234",
            "+25470010020x",
        ] {
            assert!(!Address::new(machine).is_phone(), "{machine}");
        }
    }

    #[test]
    fn a_short_code_is_a_few_digits() {
        for code in ["218", "21801", "21801234"] {
            assert!(Address::new(code).is_short_code(), "{code}");
        }
        for none in ["21", "218012345", "+21801", "2180a", ""] {
            assert!(!Address::new(none).is_short_code(), "{none}");
        }
    }

    #[test]
    fn a_phone_is_the_same_by_each_channel() {
        let by_text = Address::new("+254700100200");
        let by_whatsapp = Address::new("whatsapp:+254700100200");
        assert_eq!(by_text.by_each_channel(), by_whatsapp.by_each_channel());
        assert!(by_text.by_each_channel().contains(&by_whatsapp));
        assert!(by_text.by_each_channel().contains(&by_text));
    }

    #[test]
    fn debug_hides_the_number() {
        assert_eq!(format!("{:?}", Address::new("+254700100234")), "…34");
    }
}
