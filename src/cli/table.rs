//! Columns of a CSV file, by their names in its first row.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, bail};

use crate::text::separator::separator;
use crate::text::toml_file::did_you_mean;

/// So much is looked at to see what parts the cells; a first row is shorter.
const FIRST: usize = 64 * 1024;

/// Reads these columns of each row; commas, semicolons or tabs part the cells, as the first row has them. `done` is told how much of the file was read, 0 to 1. A row that is too short has empty cells;
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
    let mut opened = BufReader::with_capacity(FIRST, opened);
    let first = opened
        .fill_buf()
        .with_context(|| format!("{name} cannot be read"))?;
    if first.is_empty() {
        bail!("{name} is empty");
    }
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        bail!("{name} is in UTF-16: save it as CSV in UTF-8");
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(first, [b'\t', b';', b',']))
        .flexible(true)
        .from_reader(opened);
    let header = reader
        .byte_headers()
        .with_context(|| format!("{name} cannot be read"))?
        .clone();
    let header: Vec<String> = header
        .iter()
        .map(|field| cell(field).trim().to_owned())
        .collect();
    let mut places = [0; N];
    for (place, wanted) in places.iter_mut().zip(names) {
        let mut found = (0..)
            .zip(&header)
            .filter(|(_, column)| *column == wanted.trim());
        *place = match (found.next(), found.next()) {
            (Some((only, _)), None) => only,
            (Some(_), Some(_)) => bail!("{name} has two columns `{wanted}`: rename one of them"),
            (None, _) => {
                let help = did_you_mean(wanted, header.iter().map(String::as_str));
                bail!("{name} has no column `{wanted}`; {help}");
            }
        };
    }
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    while reader
        .read_byte_record(&mut record)
        .with_context(|| format!("{name} cannot be read"))?
    {
        rows.push(places.map(|place| record.get(place).map(cell).unwrap_or_default()));
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
    }

    #[test]
    fn a_file_of_whatever_spreadsheet_is_read() {
        for file in [
            "text;to\na, b;x\n",
            "text\tto\na, b\tx\n",
            "\u{feff}\"text\";\"to\"\r\n\"a, b\";\"x\"\r\n",
            "text, to \n\"a, b\",x\n",
            "\"to; for, whom;\",text,to\n1,\"a, b\",x\n",
        ] {
            let rows = read(file.as_bytes()).unwrap();
            assert_eq!(rows, [["a, b".to_owned(), "x".to_owned()]], "{file}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_meant_is_told_why() {
        let utf16: Vec<u8> = "\u{feff}text,to\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (file, why) in [
            (b"".as_slice(), "is empty"),
            (&utf16, "is in UTF-16: save it as CSV in UTF-8"),
            (
                b"text,to,text\na,b,c\n",
                "has two columns `text`: rename one of them",
            ),
        ] {
            let error = read(file).unwrap_err().to_string();
            assert!(error.ends_with(why), "{error}");
        }
    }
}
