//! Forms as the gateway sends them, decoded to bytes and not to text.
//!
//! A signature is made over the decoded bytes of every parameter. A decoder that repairs invalid UTF-8, drops blanks or
//! refuses a broken escape changes what was signed, and a genuine webhook would be turned away.

use percent_encoding::percent_decode;

/// A parameter's name and value, decoded.
pub type Param = (Vec<u8>, Vec<u8>);

/// Reads an `application/x-www-form-urlencoded` body or a query string.
///
/// `+` is a space, `Body=` and `Body` are both a blank value, names may repeat, and an escape that is none (`%zz`, `%4`)
/// stays as it is written. There is no input that it refuses.
pub fn parse_form(encoded: &[u8]) -> Vec<Param> {
    encoded
        .split(|byte| *byte == b'&')
        .filter(|field| !field.is_empty())
        .map(|field| {
            let mut parts = field.splitn(2, |byte| *byte == b'=');
            (decode(parts.next()), decode(parts.next()))
        })
        .collect()
}

fn decode(encoded: Option<&[u8]>) -> Vec<u8> {
    let spaced: Vec<u8> = encoded
        .unwrap_or_default()
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced).collect()
}

/// The first value under that name, if it is UTF-8.
pub fn text_of<'a>(params: &'a [Param], name: &str) -> Option<&'a str> {
    params
        .iter()
        .find(|(key, _)| key == name.as_bytes())
        .and_then(|(_, value)| std::str::from_utf8(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(expected: &[(&str, &[u8])]) -> Vec<Param> {
        expected
            .iter()
            .map(|(name, value)| (name.as_bytes().to_vec(), value.to_vec()))
            .collect()
    }

    #[test]
    fn a_webhook_reads_as_it_was_typed() {
        let form = b"From=%2B254700100200&Body=Maji+hakuna%0A100%25+%26+zaidi&NumMedia=0";
        let expected = pairs(&[
            ("From", b"+254700100200"),
            ("Body", b"Maji hakuna\n100% & zaidi"),
            ("NumMedia", b"0"),
        ]);
        assert_eq!(parse_form(form), expected);
    }

    #[test]
    fn blanks_repeats_and_equal_signs_are_kept() {
        let expected = pairs(&[("Body", b""), ("FromCity", b""), ("a", b"1"), ("a", b"x=y")]);
        assert_eq!(parse_form(b"Body=&FromCity&&a=1&a=x=y&"), expected);
    }

    #[test]
    fn what_is_no_escape_stays_literal_and_bytes_stay_bytes() {
        assert_eq!(
            parse_form(b"b=%zz%4&c=%ff%FE"),
            pairs(&[("b", b"%zz%4"), ("c", &[0xff, 0xfe])])
        );
    }

    #[test]
    fn a_value_that_is_no_text_is_not_given_as_one() {
        let params = parse_form(b"To=21801&Body=%ff");
        assert_eq!(text_of(&params, "To"), Some("21801"));
        assert_eq!(text_of(&params, "Body"), None);
        assert_eq!(text_of(&params, "From"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_read(form: Vec<u8>) {
            parse_form(&form);
        }

        #[test]
        fn what_is_encoded_comes_back(value: Vec<u8>) {
            let encoded = percent_encoding::percent_encode(&value, percent_encoding::NON_ALPHANUMERIC).to_string();
            let form = format!("Body={encoded}");
            prop_assert_eq!(parse_form(form.as_bytes()), pairs(&[("Body", &value)]));
        }
    }
}
