//! What stands between the cells of a file: a comma, or what spreadsheets of other countries put for it.

/// Whichever of these the first row has most of, quotes aside; of several that are as many the last.
pub fn separator<const N: usize>(start: &[u8], among: [u8; N]) -> u8 {
    let row = start.split(|byte| matches!(byte, b'\n' | b'\r')).next();
    let outside = row
        .unwrap_or_default()
        .split(|byte| *byte == b'"')
        .step_by(2);
    let bare: Vec<u8> = outside.flatten().copied().collect();
    let count = |sign: &u8| bare.iter().filter(|byte| *byte == sign).count();
    among.into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_the_first_row_has_most_of_and_a_comma_where_that_says_nothing() {
        let among = [b'\t', b';', b','];
        assert_eq!(separator(b"id;text;to\n1,5;a,b,c,d;x\n", among), b';');
        assert_eq!(separator(b"\"a;b;c\",d\n", among), b',');
        assert_eq!(separator(b"a\tb\n", among), b'\t');
        assert_eq!(separator(b"a;b,c\n", among), b',');
        assert_eq!(separator(b"", among), b',');
    }
}
