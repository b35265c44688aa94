//! A file of another system, row by row, in whatever encoding and with whatever separator it was written, in little memory.

mod swallowed;
mod text;

use std::io::{self, BufRead, BufReader, Cursor, Read};

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::wrong::Why;
use crate::text::separator::separator as guessed;
use text::{Bounded, Transcoded};

/// So much is looked at to see what parts the cells, and is read at once.
const AT_ONCE: usize = 64 * 1024;
/// No row is longer: one that seems to be has a quote that is not closed.
const LONGEST_ROW: usize = 1024 * 1024;
/// No file has more columns.
const MOST_COLUMNS: usize = 1_000;
/// No column has a longer name, in letters: what is wrong with a mapping is told with the names that there are.
const LONGEST_NAME: usize = 1_000;
/// Put behind the file's end. A quote that is not closed runs over it, and shows thereby.
const END: &[u8] = b"\n\x01the end of the file\x01\n";
/// What the files of spreadsheet programs begin with: a ZIP archive, and what they wrote before.
const SPREADSHEETS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
/// What a reader makes of bytes that are none of its encoding.
const REPLACEMENT: &str = "\u{fffd}";

/// How a file was written, where somebody says so; else it is guessed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// The encoding; without it what its first bytes say, else UTF-8.
    pub encoding: Option<&'static Encoding>,
    /// What parts the cells; without it whichever of `,` `;` `|` and a tab its first row has most of.
    pub separator: Option<u8>,
}

/// A file's rows.
pub struct Source {
    reader: csv::Reader<Bounded>,
    separator: u8,
    header: Vec<String>,
    record: ByteRecord,
    rows: usize,
    is_over: bool,
}

/// A row of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Which, the first below the header being 1.
    pub number: usize,
    /// The line that it begins on.
    pub line: u64,
    record: &'a ByteRecord,
    separator: u8,
}

/// Why no further row can be read, or the file cannot be at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The disk's word.
    #[error("it cannot be read: {0}")]
    Io(io::Error),
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// It was not saved as CSV.
    #[error("it is a spreadsheet, and no CSV file: save it there as CSV")]
    Spreadsheet,
    /// A quote in the header takes rows along.
    #[error(
        "its first row, which names the columns, does not end: a quote in it is not closed. A name of several lines with a separator in the last looks so too: write it in one"
    )]
    HeaderQuote,
    /// It has more rows than are gone through at once.
    #[error("it has more than {0} rows: divide it into several files")]
    TooManyRows(usize),
    /// It has very many columns, or very long names of them.
    #[error(
        "its first row has more than {MOST_COLUMNS} columns, or a name of more than {LONGEST_NAME} letters: is it a CSV file?"
    )]
    Columns,
    /// A row has no end.
    #[error(
        "row {row}, on line {line}, is longer than 1 MB: a quote in it, or before it, is not closed; nothing behind it can be read"
    )]
    Endless {
        /// Which row.
        row: usize,
        /// On which line it begins.
        line: u64,
    },
}

impl Source {
    /// Reads the header of a file.
    ///
    /// # Errors
    /// It is no table.
    pub fn open(file: impl Read + 'static, written: Written) -> Result<Self, Unreadable> {
        let mut file = BufReader::with_capacity(AT_ONCE, file);
        let first = file.fill_buf().map_err(Unreadable::Io)?;
        if first.is_empty() {
            return Err(Unreadable::Empty);
        }
        if SPREADSHEETS.iter().any(|begin| first.starts_with(begin)) {
            return Err(Unreadable::Spreadsheet);
        }
        // What stands at the very beginning to say so is believed, whatever was said.
        let (encoding, mark) = match Encoding::for_bom(first) {
            Some(marked) => marked,
            None => (written.encoding.unwrap_or(UTF_8), 0),
        };
        file.consume(mark);
        let text: Box<dyn Read> = if encoding == UTF_8 {
            Box::new(file)
        } else {
            Box::new(Transcoded::new(file, encoding))
        };
        let mut text = BufReader::with_capacity(AT_ONCE, text);
        let first = text.fill_buf().map_err(Unreadable::Io)?;
        let separator = written
            .separator
            .unwrap_or_else(|| guessed(first, [b'|', b'\t', b';', b',']));
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(AT_ONCE)
            .from_reader(Bounded::new(text.chain(Cursor::new(END))));
        let mut source = Self {
            reader,
            separator,
            header: Vec::new(),
            record: ByteRecord::new(),
            rows: 0,
            is_over: false,
        };
        source.read_header()?;
        Ok(source)
    }

    fn read_header(&mut self) -> Result<(), Unreadable> {
        if !self.read()? {
            return Err(Unreadable::Empty);
        }
        let runs_on = |name: &[u8]| name.ends_with(END) || swallowed::runs_on(name, self.separator);
        if self.record.iter().any(runs_on) {
            return Err(Unreadable::HeaderQuote);
        }
        let names = self.record.iter().map(String::from_utf8_lossy);
        let is_long = |name: &str| name.chars().nth(LONGEST_NAME).is_some();
        if self.record.len() > MOST_COLUMNS || names.clone().any(|name| is_long(&name)) {
            return Err(Unreadable::Columns);
        }
        self.header = names.map(|name| name.trim().to_owned()).collect();
        Ok(())
    }

    /// The names of its columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// How many bytes of text were read.
    pub fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    /// The next row; `None`: that was the last.
    ///
    /// # Errors
    /// Nothing more can be read.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, Unreadable> {
        if self.is_over || !self.read()? {
            return Ok(None);
        }
        self.rows += 1;
        Ok(Some(Row {
            number: self.rows,
            line: self.record.position().map_or(0, csv::Position::line),
            record: &self.record,
            separator: self.separator,
        }))
    }

    /// Whether there was another record.
    fn read(&mut self) -> Result<bool, Unreadable> {
        self.reader.get_mut().allow(LONGEST_ROW);
        let line = self.reader.position().line();
        let row = if self.header.is_empty() {
            0
        } else {
            self.rows + 1
        };
        match self.reader.read_byte_record(&mut self.record) {
            Ok(more) => {
                let end = END.trim_ascii();
                self.is_over = !more || (self.record.len() == 1 && self.record.get(0) == Some(end));
                Ok(!self.is_over)
            }
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    Err(match row {
                        0 => Unreadable::HeaderQuote,
                        _ => Unreadable::Endless { row, line },
                    })
                }
                csv::ErrorKind::Io(error) => Err(Unreadable::Io(error)),
                // Rows may differ in length, and bytes are bytes.
                other => Err(Unreadable::Io(io::Error::other(format!("{other:?}")))),
            },
        }
    }
}

impl<'a> Row<'a> {
    /// Why it is no whole row of that many columns.
    pub fn damage(&self, columns: usize) -> Option<Why> {
        if self
            .record
            .iter()
            .next_back()
            .is_some_and(|cell| cell.ends_with(END))
        {
            return Some(Why::OpenQuote);
        }
        let cells = self.record.len();
        (cells != columns).then_some(Why::Cells { cells, columns })
    }

    /// The column of a cell that may hold the end of this row and the beginning of another: see `swallowed`.
    pub fn may_be_two(&self, columns: usize) -> Option<usize> {
        let mut cells = (0..).zip(self.record);
        let found =
            cells.find(|(at, cell)| swallowed::has_swallowed(cell, *at, columns, self.separator));
        found.map(|(at, _)| at)
    }

    /// A cell as text, without white space around it.
    ///
    /// # Errors
    /// Why it is none.
    pub fn text(&self, column: usize) -> Result<&'a str, Why> {
        let cell = self.record.get(column).unwrap_or_default();
        let text = std::str::from_utf8(cell).map_err(|_| Why::NotUtf8)?;
        if text.contains(REPLACEMENT) {
            return Err(Why::NotOfEncoding);
        }
        if text.contains('\0') {
            return Err(Why::Nul);
        }
        Ok(text.trim())
    }

    /// Its cells as they are.
    pub fn cells(&self) -> impl Iterator<Item = &'a [u8]> {
        self.record.iter()
    }

    /// Its cells, to be written elsewhere.
    pub fn record(&self) -> &'a ByteRecord {
        self.record
    }
}

/// The encoding of that name, of those that files are written in.
pub fn encoding(name: &str) -> Option<&'static Encoding> {
    // By the standard for the web, UTF-16 means the little-endian one; which it is in truth, its first bytes say.
    match name.trim().to_ascii_lowercase().as_str() {
        "utf-16be" => Some(UTF_16BE),
        "utf-16le" => Some(UTF_16LE),
        name => Encoding::for_label(name.as_bytes()),
    }
}

#[cfg(test)]
mod tests;
