//! Files that read as something else than they are, and what stands in the place of a database or its keys.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use jibu::clock::Clock;
use jibu::configuration::Configuration;
use jibu::import::{Broken, Checking, Mapping, Source, Unreadable, Written, draft};

use super::told::Nowhere;
use super::{Desk, HEADER, MAP, ROWS, not_done};
use crate::process::{jibu, refused, said, shipped};
use crate::world::paths;

/// Five rows; the quotes of the third and fourth are not closed, and their cells are as many as those of one.
const STRAY: &str = "\
Q-1,No water,\"Two lines,\nand a comma\",03/02/2025 08:30,,,,,,
Q-2,No water,\"so they say\nand, they, say, more\",03/02/2025 08:30,,,,,,
Q-3,\"No water,The pump is broken,03/02/2025 08:30,,Eldas,WASH,,,
Q-4,Road cut\",Floods,04/02/2025 09:00,,,,,,
Q-5,Hospital,No drugs,06/02/2025 10:00,,,,,,
";

#[test]
fn two_rows_that_read_as_one_are_told_before_they_are_imported() {
    let desk = Desk::new();
    let told = said(&desk.import(&desk.rows(STRAY), &[]));
    assert!(told.contains("4 rows; all can be imported"), "{told}");
    let (_, doubts) = told
        .split_once("To be looked at; imported as it is read:")
        .unwrap();
    assert!(
        doubts.contains(
            "row 3 (line 6), column `Problem`: it holds a line break and just what another row has"
        ),
        "{told}"
    );
    assert_eq!(
        doubts.matches("(line").count(),
        1,
        "of the others nothing: {told}"
    );
    assert!(
        !told.contains("Floods") && !told.contains("The pump"),
        "{told}"
    );
    let whole = said(&desk.import(&desk.rows(ROWS), &[]));
    assert!(!whole.contains("To be looked at"), "{whole}");
}

#[test]
fn a_header_that_takes_rows_along_is_told_as_such() {
    let desk = Desk::new();
    for header in [
        HEADER.replace("Problem", "\"Problem"),
        // The next quote stands in a row.
        format!(
            "{}A-0,Road,\"cut\",,,,,,,\n",
            HEADER.replace("Problem", "\"Problem")
        ),
        format!(
            "{}{}",
            HEADER.replace("Problem", "\"Problem"),
            "x,".repeat(1_000_000)
        ),
    ] {
        let file = desk.write("rows.csv", format!("{header}A-1,No water,,,,,,,,\n"));
        let why = refused(&desk.import(&file, &[]));
        assert!(
            why.contains(
                "its first row, which names the columns, does not end: a quote in it is not closed"
            ),
            "{why}"
        );
    }
    let wrapped = HEADER.replace("Details", "\"What\nelse\"");
    desk.write("map.toml", MAP.replace("\"Details\"", "\"What\\nelse\""));
    let file = desk.write("rows.csv", format!("{wrapped}{ROWS}"));
    said(&desk.import(&file, &[]));

    let book = refused(&desk.import(&desk.write("book.csv", b"PK\x03\x04\0\0"), &[]));
    assert!(
        book.contains("it is a spreadsheet, and no CSV file"),
        "{book}"
    );
    let long = desk.write("long.csv", format!("{},b\n", "a".repeat(1_001)));
    assert!(refused(&desk.import(&long, &[])).contains("a name of more than 1000 letters"));
}

#[test]
fn a_file_of_too_many_rows_is_given_up_where_there_is_a_limit() {
    let configuration = Arc::new(Configuration::sample(Path::new("."), &[]).unwrap());
    for (most, is_read) in [(4, false), (5, true)] {
        let file = Cursor::new(format!("{HEADER}{ROWS}"));
        let mut source = Source::open(file, Written::default()).unwrap();
        let mapping = Mapping::load("map.toml", MAP, source.header(), &configuration).unwrap();
        let checking = Checking {
            mapping: &mapping,
            configuration: &configuration,
            counties: None,
            receipts: false,
            now: Clock::system().now(),
            known: None,
            most_rows: Some(most),
        };
        match checking.check(&mut source, &mut Nowhere, |_| {}) {
            Ok(check) => assert!(is_read && check.rows == 5),
            Err(Broken::File(Unreadable::TooManyRows(4))) => assert!(!is_read),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn a_draft_keeps_no_more_of_a_file_than_it_needs() {
    let row = format!("{},b\n", "x".repeat(900_000));
    let file = Cursor::new(format!("a,b\n{}", row.repeat(20)));
    let mut source = Source::open(file, Written::default()).unwrap();
    draft("rows", "wajir", &mut source).unwrap();
    let read = source.position();
    assert!(read < 3_000_000, "{read}");
}

#[test]
fn what_stands_in_the_place_of_a_database_or_its_keys_is_told_with_what_to_do() {
    let desk = Desk::new();
    let paths = paths(desk.folder());
    let rows = desk.rows(ROWS);
    said(&desk.import(&rows, &["--go", "--no-texts"]));
    let audit = || {
        let config = shipped().display().to_string();
        refused(&jibu(
            &["audit", "verify", "--config", &config],
            desk.folder(),
        ))
    };
    let keys = fs::read(&paths.keys).unwrap();
    for (content, why) in [
        (b"\xff\xfe\0".to_vec(), "it is no text"),
        (
            b"something else".to_vec(),
            "its first line is not `jibu-keys 1`",
        ),
        (
            b"jibu-keys 1\nabc\n".to_vec(),
            "its key is not 64 hexadecimal digits",
        ),
    ] {
        fs::write(&paths.keys, content).unwrap();
        let (_, told) = not_done(&desk.import(&rows, &[]));
        assert!(
            told.contains(why) && told.contains("let keys.path name it"),
            "{why}: {told}"
        );
    }
    fs::remove_file(&paths.keys).unwrap();
    fs::create_dir(&paths.keys).unwrap();
    assert!(audit().contains("it is a directory"));
    fs::remove_dir(&paths.keys).unwrap();
    fs::write(&paths.keys, keys).unwrap();

    let is_none = |told: &str| {
        told.contains(
            "is no database of jibu's, or it is damaged: let database.path name the right file",
        )
    };
    fs::remove_file(&paths.database).unwrap();
    let told = audit();
    assert!(
        told.contains("there is no database at") && told.contains("`jibu serve` makes it"),
        "{told}"
    );
    fs::write(&paths.database, "A letter, and no database. ".repeat(100)).unwrap();
    let (_, told) = not_done(&desk.import(&rows, &["--go", "--no-texts"]));
    assert!(is_none(&told), "{told}");
    fs::remove_file(&paths.database).unwrap();
    fs::create_dir(&paths.database).unwrap();
    assert!(is_none(&audit()));
    fs::remove_dir(&paths.database).unwrap();

    // Another program's database is not taken for one that is still to be made.
    let other = crate::world::past_the_store(desk.folder());
    other
        .execute_batch("CREATE TABLE bookmarks (url TEXT)")
        .unwrap();
    let (_, told) = not_done(&desk.import(&rows, &["--go", "--no-texts"]));
    assert!(is_none(&told), "{told}");
    let tables = desk.one("SELECT group_concat(name) FROM sqlite_schema");
    assert_eq!(tables, "bookmarks");
}
