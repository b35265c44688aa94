//! What is wrong with a file is told to a person: each finding in it, at bearable length.

use jibu::text::diagnostic::{Diagnostic, Level};
use jibu::text::findings::Findings;

/// Tells findings in every way there is.
pub(crate) fn tell(file: &str, source: &str, found: Vec<Diagnostic>) {
    assert!(!found.is_empty(), "a file is refused, and nothing says why");
    let mut findings = Findings::default();
    findings.take_source(file, source);
    findings.add(found);
    let report = findings.render(true) + &findings.told(Level::Note, usize::MAX).join("\n");
    assert!(!report.is_empty());
}
