//! The rows that cannot be imported, in a file of their own, to be mended and imported by themselves.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::say;
use crate::import::Row;

/// So many such files of one import are left lying, at most.
const MOST_BESIDE: u32 = 1_000;

/// A file that is made with its first row.
pub(super) struct Aside {
    path: PathBuf,
    header: Vec<String>,
    file: Option<csv::Writer<File>>,
    stays: bool,
}

/// Where nothing was imported nothing was left out, whatever came in between.
impl Drop for Aside {
    fn drop(&mut self) {
        if self.file.is_some() && !self.stays {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Aside {
    /// `FILE.bad.csv`; where there is one, which may be somebody's work, `FILE.bad.2.csv` and so on.
    pub(super) fn beside(file: &Path, header: &[String]) -> Self {
        let named = |end: &str| {
            let mut path = file.as_os_str().to_owned();
            path.push(end);
            PathBuf::from(path)
        };
        let mut path = named(".bad.csv");
        let mut count = 2;
        while path.symlink_metadata().is_ok() && count < MOST_BESIDE {
            path = named(&format!(".bad.{count}.csv"));
            count += 1;
        }
        Self {
            path,
            header: header.to_vec(),
            file: None,
            stays: false,
        }
    }

    /// Adds a row as it stands in the file that is imported.
    pub(super) fn put(&mut self, row: &Row<'_>) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(begin(&self.path, &self.header)?),
        };
        Ok(file.write_byte_record(row.record())?)
    }

    /// It stays.
    pub(super) fn keep(mut self) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            let name = super::shown(&self.path);
            file.flush()
                .with_context(|| format!("{name} cannot be written"))?;
            say(&format!("What cannot be imported is in {name}."));
        }
        self.stays = true;
        Ok(())
    }
}

/// One that is there may be somebody's work, and is not written over. It holds what people said: nobody else is to read it.
fn begin(path: &Path, header: &[String]) -> io::Result<csv::Writer<File>> {
    let mut file = OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)
        .map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                let name = super::shown(path);
                io::Error::other(format!("{name} is there already: move it away"))
            }
            _ => error,
        })?;
    // By its mark it is read as UTF-8 again, whatever the first file was written in.
    file.write_all("\u{feff}".as_bytes())?;
    // Rows that are cut off are kept as they are.
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
    writer.write_record(header)?;
    Ok(writer)
}
