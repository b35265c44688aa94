//! Complaints of another system, brought in a file: all of it or nothing, each once, told by row.

mod beside;
mod counted;
mod doubts;
pub(crate) mod given_up;
mod told;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use jibu::text::hex::hex;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::process::{command, jibu, said, shipped};
use crate::world::past_the_store;

pub(crate) const MAP: &str = r#"
name = "hotline"
county = "wajir"
[words]
columns = ["Problem", "Details"]
[id]
column = "No"
[received]
column = "Told"
format = "%d/%m/%Y %H:%M"
[closed]
column = "Done"
format = "%d/%m/%Y %H:%M"
[place]
column = "Where"
names = { "the old town" = "township", "n/a" = "" }
[sector]
column = "Topic"
names = { "WASH" = "water" }
[phone]
column = "Phone"
[gender]
column = "Sex"
names = { f = "woman", m = "man" }
[age]
column = "Age"
"#;

pub(crate) const HEADER: &str = "No,Problem,Details,Told,Done,Where,Topic,Phone,Sex,Age\n";

/// Five of them, two of which are over.
pub(crate) const ROWS: &str = "\
A-1,No water,The pump is broken,03/02/2025 08:30,,Eldas,WASH,0711 000 001,F,34
A-2,Road cut,Floods,04/02/2025 09:00,06/02/2025 17:15,the old town,Roads,0722 000 002,M,61
A-3,Notebooks,There are none in class two,05/02/2025 10:00,,n/a,education,,,
A-4,\"Bribe asked, again\",The officer wants a bribe,05/02/2025 11:00,,,,,,17
A-5,Hospital,No drugs,06/02/2025 10:00,07/02/2025 10:00,Habasswein,Health,,,
";

/// A folder with a file and its mapping, and a database.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("map.toml", MAP);
        desk
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn rows(&self, rows: &str) -> PathBuf {
        self.write("rows.csv", format!("{HEADER}{rows}"))
    }

    fn import(&self, file: &Path, more: &[&str]) -> Output {
        import(self.folder(), self.folder(), file, more)
    }

    fn one(&self, sql: &str) -> String {
        one(&self.0, sql)
    }
}

fn arguments<'a>(desk: &Path, file: &'a Path, more: &[&'a str]) -> Vec<String> {
    let map = desk.join("map.toml").display().to_string();
    let (file, config) = (file.display().to_string(), shipped().display().to_string());
    let mut arguments = vec!["import".to_owned(), file, "--map".to_owned(), map];
    arguments.extend(["--config".to_owned(), config]);
    arguments.extend(more.iter().map(|one| (*one).to_owned()));
    arguments
}

fn import(desk: &Path, data: &Path, file: &Path, more: &[&str]) -> Output {
    let arguments = arguments(desk, file, more);
    jibu(
        &arguments.iter().map(String::as_str).collect::<Vec<_>>(),
        data,
    )
}

pub(crate) fn one(folder: &TempDir, sql: &str) -> String {
    past_the_store(folder)
        .query_row(&format!("SELECT coalesce(({sql}), '') || ''"), [], |row| {
            row.get(0)
        })
        .unwrap()
}

/// What it said and why it would not.
fn not_done(output: &Output) -> (String, String) {
    assert_eq!(output.status.code(), Some(1));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

const COMPLAINTS: &str = "SELECT count(*) FROM complaint";

#[test]
fn a_trial_says_what_would_happen_and_does_none_of_it() {
    let desk = Desk::new();
    let told = said(&desk.import(&desk.rows(ROWS), &[]));
    for line in [
        "rows.csv: 5 rows; all can be imported",
        "5 complaints: 3 open, due from now on; 2 closed elsewhere, kept as history",
        "Sensitive    1 on a track of their own",
        "Phones       1 of the open ones have one; with --texts each is sent its number, for up to 1 segment",
        "Nothing was imported: this was a trial. To do it, add --go.",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let left: Vec<_> = fs::read_dir(desk.folder())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn what_is_open_is_due_from_now_on_and_what_is_over_is_history() {
    let desk = Desk::new();
    let told = said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    assert!(told.contains("Imported: 5 complaints."), "{told}");
    let of = |id: &str, what: &str| {
        desk.one(&format!(
            "SELECT {what} FROM complaint JOIN lodging ON complaint_id = complaint.id WHERE key = 'import:hotline:{id}'"
        ))
    };
    assert_eq!(
        of(
            "A-1",
            "channel || status || holder || place || sector || gender || age_group"
        ),
        "importreferredwajir-watereldaswaterwoman18_34"
    );
    let told_at = |what: &str| format!("strftime('%Y-%m-%dT%H:%M', {what} / 1000, 'unixepoch')");
    assert_eq!(of("A-1", &told_at("opened_at")), "2025-02-03T05:30");
    assert_eq!(of("A-1", "accept_due > unixepoch() * 1000"), "1");
    assert_eq!(
        of("A-2", "status || closed_as || holder || place || age_group"),
        "closedunconfirmedwajir-roadstownship60_over"
    );
    for (what, when) in [
        ("opened_at", "2025-02-04T06:00"),
        ("held_since", "2025-02-04T06:00"),
        ("only_hop_at", "2025-02-04T06:00"),
        ("status_since", "2025-02-06T14:15"),
        ("next_due", "2025-02-06T14:15"),
    ] {
        assert_eq!(of("A-2", &told_at(what)), when, "{what}");
    }
    assert_eq!(
        of(
            "A-2",
            &format!(
                "(SELECT group_concat(kind || {}) FROM event WHERE complaint_id = complaint.id)",
                told_at("at")
            )
        ),
        "received2025-02-04T06:00,referred2025-02-04T06:00,closed2025-02-06T14:15"
    );
    assert_eq!(
        of("A-3", "holder || sector || coalesce(place, '-')"),
        "wajir-educationeducation-"
    );
    assert_eq!(of("A-4", "sensitive || holder"), "1ti-wajir");
    assert_eq!(desk.one("SELECT count(*) FROM outbox"), "0");
    assert_eq!(
        desk.one("SELECT count(*) FROM phone WHERE about IS NOT NULL"),
        "0",
        "who was not texted talks of something else"
    );
}

#[test]
fn a_row_is_a_complaint_once_however_often_it_is_imported() {
    let desk = Desk::new();
    said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    let again = said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    assert!(again.contains("Here         5 imported before"), "{again}");
    assert!(again.contains("There is nothing new to import."), "{again}");
    let longer = ROWS.replace("No drugs", "No drugs and no nurse")
        + "A-6,New,Borehole dry,07/02/2025 10:00,,Bute,WASH,,,\n";
    let told = said(&desk.import(&desk.rows(&longer), &["--go", "--no-texts"]));
    assert!(
        told.contains("Altered      1 imported before and read otherwise now"),
        "{told}"
    );
    assert!(told.contains("Imported: 1 complaint."), "{told}");
    assert_eq!(desk.one(COMPLAINTS), "6");
}

#[test]
fn without_ids_a_row_is_known_by_all_that_stands_in_it() {
    let desk = Desk::new();
    desk.write("map.toml", MAP.replace("[id]\ncolumn = \"No\"\n", ""));
    let twice = format!("{ROWS}{}\n", ROWS.lines().next().unwrap());
    let told = said(&desk.import(&desk.rows(&twice), &["--go", "--no-texts"]));
    assert!(
        told.contains("Twice        1 that stand in the file before"),
        "{told}"
    );
    let upside_down: Vec<&str> = ROWS.lines().rev().collect();
    let rows = desk.rows(&(upside_down.join("\n") + "\n"));
    said(&desk.import(&rows, &["--go", "--no-texts"]));
    assert_eq!(desk.one(COMPLAINTS), "5");
}

/// What an earlier version knew a row by: who had the database could try what stood in it.
fn digest_without_a_key(cells: &str) -> String {
    let mut digest = Sha256::new();
    for cell in cells.split(',') {
        digest.update(cell.len().to_le_bytes());
        digest.update(cell);
    }
    hex(&digest.finalize()[..16])
}

#[test]
fn what_a_row_is_known_by_without_an_id_is_nothing_to_try_numbers_with() {
    let desk = Desk::new();
    desk.write("map.toml", MAP.replace("[id]\ncolumn = \"No\"\n", ""));
    let first = ROWS.lines().next().unwrap();
    let one_row = desk.rows(&format!("{first}\n"));
    said(&desk.import(&one_row, &["--go", "--no-texts"]));
    let (key, tried) = (
        desk.one("SELECT key FROM lodging"),
        digest_without_a_key(first),
    );
    assert!(key.starts_with("import:hotline:~"), "{key}");
    assert!(!key.contains(&tried), "{key}");

    // A database of before: its rows are known again, and from the first start on they are kept as the others.
    let earlier = format!(
        "UPDATE lodging SET key = 'import:hotline:={tried}'; DELETE FROM meta WHERE key = 'rows_keyed'"
    );
    past_the_store(&desk.0).execute_batch(&earlier).unwrap();
    let told = said(&desk.import(&one_row, &[]));
    assert!(told.contains("Here         1 imported before"), "{told}");
    let told = said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    assert!(told.contains("Imported: 4 complaints."), "{told}");
    assert_eq!(
        desk.one("SELECT count(*) FROM lodging WHERE key LIKE 'import:hotline:~%'"),
        "5"
    );
    let again = said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    assert!(again.contains("Here         5 imported before"), "{again}");
}

#[test]
fn nobody_is_texted_unless_somebody_says_so() {
    let desk = Desk::new();
    let rows = desk.rows(ROWS);
    let (_, why) = not_done(&desk.import(&rows, &["--go"]));
    assert!(
        why.contains(
            "1 phone with an open complaint: text them its number (--texts) or not (--no-texts)?"
        ),
        "{why}"
    );
    assert_eq!(desk.one(COMPLAINTS), "0");
    said(&desk.import(&rows, &["--go", "--texts"]));
    assert_eq!(
        desk.one("SELECT count(*) FROM outbox WHERE due_at > created_at"),
        "1"
    );

    let many: String = (0..51)
        .map(|row| format!("C-{row},No water,,,,,,07110000{row:02},,\n"))
        .collect();
    let many = desk.rows(&many);
    let arguments = arguments(desk.folder(), &many, &["--go", "--texts"]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = command(&arguments, desk.folder());
    let limited = command.env("JIBU_LIMITS__SEGMENTS_PER_DAY", "101");
    let (_, why) = not_done(&limited.output().unwrap());
    assert!(
        why.contains(
            "the texts would cost up to 51 segments, and an import may use half of the 100"
        ),
        "{why}"
    );
    assert_eq!(desk.one(COMPLAINTS), "5");
}
