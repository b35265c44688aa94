//! Bytes as hexadecimal digits.

use std::fmt::Write as _;

/// Two digits a byte, small letters.
pub fn hex(bytes: &[u8]) -> String {
    let digits = String::with_capacity(2 * bytes.len());
    bytes.iter().fold(digits, |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_two_digits() {
        assert_eq!(hex(&[0, 9, 0xAF, 0xFF]), "0009afff");
        assert_eq!(hex(&[]), "");
    }
}
