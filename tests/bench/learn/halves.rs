//! The labelled texts, and their halves by a hash of the text.

use jibu::routing::learn::Example;
use sha2::{Digest, Sha256};

/// The rows with exactly one label.
pub(crate) fn read(file: &str, text_column: &str, label_column: &str) -> Vec<Example> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (text, label) = (column(text_column), column(label_column));
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        Example::new(&record[text], &record[label])
    });
    rows.filter(|row| {
        !row.text.trim().is_empty() && !row.label.trim().is_empty() && !row.label.contains('|')
    })
    .collect()
}

/// To learn from and to try on, both ways, by the first and by the last byte of the hash.
pub(crate) fn pairs(rows: &[Example]) -> Vec<(Vec<Example>, Vec<Example>)> {
    [0, 31]
        .into_iter()
        .flat_map(|byte| {
            let even = |row: &&Example| Sha256::digest(&row.text)[byte] % 2 == 0;
            let (a, b): (Vec<_>, Vec<_>) = rows.iter().partition(even);
            let (a, b): (Vec<Example>, Vec<Example>) = (
                a.into_iter().cloned().collect(),
                b.into_iter().cloned().collect(),
            );
            [(a.clone(), b.clone()), (b, a)]
        })
        .collect()
}
