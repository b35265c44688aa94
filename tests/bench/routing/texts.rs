//! Short texts to decide.

/// The tests' own complaints.
pub(crate) fn own() -> Vec<String> {
    of(
        concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/rules/learn/complaints.csv"
        ),
        "text",
    )
}

/// A column of a CSV file.
pub(crate) fn of(file: &str, column: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = header.iter().position(|name| name == column).unwrap();
    let texts = reader
        .records()
        .map(|record| record.unwrap()[column].to_owned());
    texts.filter(|text| !text.trim().is_empty()).collect()
}
