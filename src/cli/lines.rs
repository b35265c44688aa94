//! Lines for people: no wider than a terminal usually is.

/// So many characters a line, at most.
pub(super) const WIDTH: usize = 100;
/// Where what is labelled begins.
const INDENT: usize = 13;

/// `To           Wajir County …`: a label, and beside it what it labels, on as many lines as that needs.
pub(super) fn labelled(label: &str, text: &str) -> String {
    let mut lines = wrapped(text, WIDTH - INDENT).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut block = format!("{label:INDENT$}{first}");
    for line in lines {
        block += &format!("\n{:INDENT$}{line}", "");
    }
    block
}

/// Breaks a text between words; a word that is longer than a line stays whole.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `1 row`, `2 rows`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    if count == 1 {
        format!("1 {thing}")
    } else {
        format!("{} {thing}s", grouped(count))
    }
}

/// `12,460`.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let before_last = |at: usize| digits.len() - at;
    let grouped = digits.char_indices().map(|(at, digit)| {
        let parts = at > 0 && before_last(at).is_multiple_of(3);
        if parts {
            format!(",{digit}")
        } else {
            digit.to_string()
        }
    });
    grouped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_go_on_under_themselves() {
        let text = "kisima ".repeat(20);
        let block = labelled("Because of", text.trim());
        let lines: Vec<&str> = block.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("Because of   kisima kisima"));
        assert!(lines[1].starts_with("             kisima"));
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(labelled("To", "x"), "To           x");
    }

    #[test]
    fn large_counts_are_grouped() {
        let told = [0, 1, 999, 1000, 1_234_567].map(|count| counted(count, "row"));
        assert_eq!(
            told,
            [
                "0 rows",
                "1 row",
                "999 rows",
                "1,000 rows",
                "1,234,567 rows"
            ]
        );
    }
}
