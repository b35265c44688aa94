//! The text of `service.toml` as a report may show it: a report goes to a terminal, a ticket or the journal, and a slip in the
//! line of a password would take the password there.

use super::given::is_secret;

/// The text with the values of secret keys blotted out, byte for byte, so that places stay.
pub(in crate::configuration) fn veil(source: &str) -> String {
    let mut hidden = false;
    let lines = source.split_inclusive('\n').map(|line| {
        let (head, value) = match line.split_once('=') {
            Some((head, _)) if is_key(head) => (
                format!("{head}="),
                line.get(head.len() + 1..).unwrap_or_default(),
            ),
            _ => (String::new(), line),
        };
        if !head.is_empty() || line.starts_with(['[', '#']) {
            hidden = is_secret(key(&head));
        }
        if hidden {
            head + &blotted(value)
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// A value may go on over several lines, and a key in base64 may hold a `=`: what stands in quotes there is no key.
fn is_key(head: &str) -> bool {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '\t');
    let quotes = head.matches(['"', '\'']).count();
    quotes.is_multiple_of(2) && head.chars().all(|c| is_bare(c) || matches!(c, '"' | '\''))
}

/// The key alone: `auth_password` of `gateway."auth_password" =`.
fn key(head: &str) -> &str {
    let last = head
        .trim_end_matches('=')
        .rsplit('.')
        .next()
        .unwrap_or_default();
    last.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
}

fn blotted(value: &str) -> String {
    let blot = |c: char| {
        if c.is_whitespace() {
            c.to_string()
        } else {
            "*".repeat(c.len_utf8())
        }
    };
    value.chars().map(blot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_blotted_out_and_nothing_else() {
        let source = "[gateway]\nauth_user = \"SK1\"\nauth_password = \"hünter2\nauth_password_file = \"x\"\nauth_pasword = \"hunter3\"\n\
                      \"signature_keys\"=[\n  \"c2VjcmV0PQ==\",\n  'b=c',\n]\n# a = b\nfrom = \"JIBU\"\n[log]\n";
        let veiled = veil(source);
        assert_eq!(veiled.len(), source.len());
        for secret in ["nter2", "hunter3", "c2Vj", "b=c"] {
            assert!(!veiled.contains(secret), "{veiled}");
        }
        for plain in [
            "auth_user = \"SK1\"",
            "auth_password = *",
            "auth_password_file = \"x\"",
            "# a = b",
            "from = \"JIBU\"",
            "[log]",
        ] {
            assert!(veiled.contains(plain), "{plain}\n{veiled}");
        }
    }
}
