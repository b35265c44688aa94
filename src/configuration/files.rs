//! The files of a configuration directory, read with care: an editor may be saving, a mount may be gone, and anything can lie
//! at a path.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::settings::FILE as SERVICE;
use super::{CALENDAR, DEADLINES, PLACES, ROUTING};
use crate::text::diagnostic::Diagnostic;

/// No file of a configuration is larger: 100,000 words of rules are a third of it.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Where the texts to people are, and those to organisations.
const REPLIES: &str = "replies";
const LETTERS: &str = "letters";

/// What stands in the directory itself.
const TOP: [&str; 5] = [SERVICE, ROUTING, PLACES, CALENDAR, DEADLINES];

/// Each file's SHA-256 by its name: which version of it was read.
pub(super) type Versions = BTreeMap<String, [u8; 32]>;

/// The files' texts; a required one that cannot be read is an error.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) service: Option<String>,
    pub(super) routing: Option<String>,
    pub(super) places: Option<String>,
    pub(super) calendar: Option<String>,
    pub(super) deadlines: Option<String>,
    /// `replies/en.toml` and so on, by name; `None` where none of them could be read.
    pub(super) replies: Option<Vec<(String, String)>>,
    /// `letters/en.toml` and so on, by name: none have to be there.
    pub(super) letters: Vec<(String, String)>,
    /// What could not be read.
    pub(super) findings: Vec<Diagnostic>,
}

impl Files {
    /// Reads a directory.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn read(directory: &Path) -> Result<Self, Diagnostic> {
        must_be(directory)?;
        let mut findings = Vec::new();
        let mut take = |name: &str, required: bool| match read(&directory.join(name)) {
            Ok(text) => Some(text),
            Err(Unread::Missing) if !required => None,
            Err(unread) => {
                findings.push(unread.tell(name));
                None
            }
        };
        let service = take(SERVICE, false);
        let routing = take(ROUTING, true);
        let places = take(PLACES, true);
        let calendar = take(CALENDAR, false);
        let deadlines = take(DEADLINES, false);
        let replies = replies(directory, &mut findings);
        let letters = letters(directory, &mut findings);
        Ok(Self {
            service,
            routing,
            places,
            calendar,
            deadlines,
            replies,
            letters,
            findings,
        })
    }

    /// Which version of each was read.
    pub(super) fn versions(&self) -> Versions {
        let top = [
            (SERVICE, &self.service),
            (ROUTING, &self.routing),
            (PLACES, &self.places),
            (CALENDAR, &self.calendar),
            (DEADLINES, &self.deadlines),
        ];
        let top = top
            .into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref()?)));
        let texts = self.replies.iter().flatten().chain(&self.letters);
        top.chain(texts.map(|(name, text)| (name.as_str(), text)))
            .map(|(name, text)| (name.to_owned(), Sha256::digest(text).into()))
            .collect()
    }
}

/// The names of all files that there are or should be; fewer where `replies/` or `letters/` cannot be listed.
pub(super) fn names(directory: &Path) -> Vec<String> {
    let top = TOP.iter().map(|name| (*name).to_owned());
    top.chain(names_in(directory, REPLIES).unwrap_or_default())
        .chain(names_in(directory, LETTERS).unwrap_or_default())
        .collect()
}

/// The text of `service.toml` alone; `None` where there is none, which says nothing against it.
///
/// # Errors
/// There is no such directory, or the file cannot be read.
pub(super) fn service(directory: &Path) -> Result<Option<String>, Diagnostic> {
    must_be(directory)?;
    match read(&directory.join(SERVICE)) {
        Ok(text) => Ok(Some(text)),
        Err(Unread::Missing) => Ok(None),
        Err(unread) => Err(unread.tell(SERVICE)),
    }
}

fn must_be(directory: &Path) -> Result<(), Diagnostic> {
    if directory.is_dir() {
        return Ok(());
    }
    let finding = Diagnostic::error(
        &directory.display().to_string(),
        None,
        "there is no such directory",
    );
    Err(finding
        .help("name the directory that holds service.toml, routing.toml, places.csv and replies/"))
}

/// Why a file could not be read.
#[derive(Debug)]
enum Unread {
    Missing,
    NoFile,
    TooLarge,
    NotUtf8 { line: usize },
    Refused(io::Error),
}

impl Unread {
    fn tell(&self, name: &str) -> Diagnostic {
        let error = |message: &str| Diagnostic::error(name, None, message);
        match self {
            Self::Missing => {
                error("this file is missing").help("the sample in config/ has one to start from")
            }
            Self::NoFile => error("this is no file"),
            Self::TooLarge => error("this file is over 4 MiB")
                .help("split long lists of words, or leave out what no text says"),
            Self::NotUtf8 { line } => {
                Diagnostic::error(name, None, format!("line {line} of this file is not UTF-8"))
                    .help("save it as UTF-8 in your editor")
            }
            Self::Refused(why) => {
                Diagnostic::error(name, None, format!("this file cannot be read: {why}"))
            }
        }
    }
}

/// Reads a text. A byte-order mark and Windows line ends, which editors put without being asked, are taken off: neither
/// changes a line or a column.
fn read(path: &Path) -> Result<String, Unread> {
    let missing = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Refused(error),
    };
    // Before it is opened: to open a pipe would wait for a writer.
    if !fs::metadata(path).map_err(missing)?.is_file() {
        return Err(Unread::NoFile);
    }
    let file = fs::File::open(path).map_err(missing)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(Unread::Refused)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Unread::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let read = error
            .as_bytes()
            .iter()
            .take(error.utf8_error().valid_up_to());
        Unread::NotUtf8 {
            line: read.filter(|byte| **byte == b'\n').count() + 1,
        }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n"))
}

/// The texts of `letters/`, by name; none where there is no such directory.
fn letters(directory: &Path, findings: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let names = match names_in(directory, LETTERS) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            findings.push(unlisted(LETTERS, &error));
            Vec::new()
        }
    };
    texts(directory, names, findings)
}

/// The texts of `replies/`, by name.
fn replies(directory: &Path, findings: &mut Vec<Diagnostic>) -> Option<Vec<(String, String)>> {
    let names = match names_in(directory, REPLIES) {
        Ok(names) => names,
        Err(error) => {
            findings.push(unlisted(REPLIES, &error));
            return None;
        }
    };
    let any = !names.is_empty();
    let texts = texts(directory, names, findings);
    (!any || !texts.is_empty()).then_some(texts)
}

fn unlisted(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        name,
        None,
        format!("this directory cannot be read: {error}"),
    )
}

/// The texts of these files; what cannot be read is told.
fn texts(
    directory: &Path,
    names: Vec<String>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for name in names {
        match read(&directory.join(&name)) {
            Ok(text) => texts.push((name, text)),
            Err(unread) => findings.push(unread.tell(&name)),
        }
    }
    texts
}

/// The files of a directory of texts. What editors leave beside them (`en.toml~`, `.en.toml.swp`) is none.
fn names_in(directory: &Path, folder: &str) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(directory.join(folder))?.collect::<io::Result<Vec<_>>>()?;
    let names = entries
        .into_iter()
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> = names
        .filter(|name| name.ends_with(".toml") && !name.starts_with('.'))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn directory() -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("replies")).unwrap();
        for name in [
            "routing.toml",
            "places.csv",
            "replies/sw.toml",
            "replies/en.toml",
        ] {
            fs::write(directory.path().join(name), "x = 1\n").unwrap();
        }
        directory
    }

    fn told(directory: &tempfile::TempDir) -> Vec<String> {
        let findings = Files::read(directory.path()).unwrap().findings;
        findings
            .into_iter()
            .map(|finding| format!("{}: {}", finding.file, finding.message))
            .collect()
    }

    #[test]
    fn a_whole_directory_is_read_and_what_editors_leave_is_not() {
        let directory = directory();
        for name in ["replies/en.toml~", "replies/.en.toml", "replies/notes.txt"] {
            fs::write(directory.path().join(name), "?").unwrap();
        }
        let files = Files::read(directory.path()).unwrap();
        assert!(files.findings.is_empty() && files.service.is_none());
        let names: Vec<_> = files
            .replies
            .iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, ["replies/en.toml", "replies/sw.toml"]);
    }

    #[test]
    fn what_windows_editors_add_makes_no_difference() {
        let directory = directory();
        fs::write(
            directory.path().join("routing.toml"),
            "\u{feff}a = 1\r\nb = 2\r\n",
        )
        .unwrap();
        assert_eq!(
            Files::read(directory.path()).unwrap().routing.as_deref(),
            Some("a = 1\nb = 2\n")
        );
    }

    #[test]
    fn each_file_that_cannot_be_read_is_told_with_why() {
        let directory = directory();
        let path = |name: &str| directory.path().join(name);
        fs::remove_file(path("routing.toml")).unwrap();
        fs::write(path("places.csv"), vec![b'x'; 4 * 1024 * 1024 + 1]).unwrap();
        fs::write(path("replies/en.toml"), b"a = 1\nb = \"\xff\"\n").unwrap();
        fs::remove_file(path("replies/sw.toml")).unwrap();
        fs::create_dir(path("replies/sw.toml")).unwrap();
        assert_eq!(
            told(&directory),
            [
                "routing.toml: this file is missing",
                "places.csv: this file is over 4 MiB",
                "replies/en.toml: line 2 of this file is not UTF-8",
                "replies/sw.toml: this is no file",
            ]
        );
    }

    #[test]
    fn a_directory_that_is_none_is_told_once() {
        let missing = Files::read(Path::new("/nowhere/at/all")).unwrap_err();
        assert_eq!(missing.message, "there is no such directory");

        let directory = directory();
        fs::remove_dir_all(directory.path().join("replies")).unwrap();
        assert!(told(&directory)[0].starts_with("replies: this directory cannot be read: "));
    }

    #[test]
    fn a_file_without_permission_is_told() {
        let directory = directory();
        let path = directory.path().join("places.csv");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        // Root reads it all the same; then there is nothing to tell.
        let told = told(&directory);
        assert!(
            told.is_empty() || told[0].starts_with("places.csv: this file cannot be read: "),
            "{told:?}"
        );
    }
}
