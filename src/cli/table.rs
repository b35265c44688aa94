//! Columns of a CSV file, by their names in its first row.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, anyhow};

use crate::text::toml_file::did_you_mean;

/// Reads these columns of each row. `done` is told how much of the file was read, 0 to 1. A row that is too short has empty cells;
/// bytes that are no UTF-8 become signs that no word has.
///
/// # Errors
/// If it cannot be read, is no CSV, or does not have these columns.
pub(super) fn columns<const N: usize>(
    file: &Path,
    names: [&str; N],
    mut done: impl FnMut(f64),
) -> anyhow::Result<Vec<[String; N]>> {
    let name = file.display();
    let opened = File::open(file).with_context(|| format!("{name} cannot be read"))?;
    let length = opened.metadata().map_or(0, |metadata| metadata.len());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(opened);
    let header = reader
        .byte_headers()
        .with_context(|| format!("{name} cannot be read"))?
        .clone();
    let header: Vec<String> = header.iter().map(cell).collect();
    let places = names.map(|name| header.iter().position(|column| column == name));
    if let Some((missing, _)) = names.iter().zip(&places).find(|(_, place)| place.is_none()) {
        let help = did_you_mean(missing, header.iter().map(String::as_str));
        return Err(anyhow!("{name} has no column `{missing}`; {help}"));
    }
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    while reader
        .read_byte_record(&mut record)
        .with_context(|| format!("{name} cannot be read"))?
    {
        rows.push(places.map(|place| {
            place
                .and_then(|at| record.get(at))
                .map(cell)
                .unwrap_or_default()
        }));
        if rows.len() % 1000 == 0 {
            done(part(reader.position().byte(), length));
        }
    }
    Ok(rows)
}

fn cell(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_start_matches('\u{feff}').to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "a share of a file")]
fn part(read: u64, length: u64) -> f64 {
    read as f64 / length.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &[u8]) -> anyhow::Result<Vec<[String; 2]>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
        columns(file.path(), ["text", "to"], |_| {})
    }

    #[test]
    fn a_foreign_file_is_read_as_it_is() {
        let rows =
            read(b"\xef\xbb\xbftext,id,to\r\n\"a, \"\"b\"\"\nc\",1,x\r\nshort\r\n\xff!,2,y\r\n");
        let rows = rows.unwrap();
        let rows: Vec<_> = rows
            .iter()
            .map(|row| row.each_ref().map(String::as_str))
            .collect();
        assert_eq!(
            rows,
            [["a, \"b\"\nc", "x"], ["short", ""], ["\u{fffd}!", "y"]]
        );
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_the_nearest() {
        let error = read(b"text,too\na,b\n").unwrap_err().to_string();
        assert!(
            error.ends_with("has no column `to`; did you mean `too`?"),
            "{error}"
        );
        assert!(
            read(b"")
                .unwrap_err()
                .to_string()
                .contains("has no column `text`")
        );
    }
}
