//! What is wrong with a file, its rows or its mapping is told so that it can be mended, and nothing of it is done.

use std::fs;

use super::{COMPLAINTS, Desk, HEADER, MAP, ROWS, not_done};
use crate::process::{jibu, refused, said, shipped};

#[test]
fn with_one_bad_row_nothing_is_imported_and_each_mistake_is_told_by_row() {
    let desk = Desk::new();
    let bad = "\
B-1,No water,,32/02/2025 08:30,,,,,,
B-2,No water,,,,Atlantis,,,,
B-3,,,,,,,,,
B-4,No water,,,,,,0700 12,,
B-5,No water,,01/01/2099 10:00,,,,,,
B-6,No wat
A-1,The id of another,,,,,,,,
B-7,No water,,,,Mordor,,,,
B-8,No water,,,,Mordor,,,,
B-9,\"No water,,,,,,,,
";
    let rows = desk.rows(&format!("{ROWS}{bad}"));
    let (told, why) = not_done(&desk.import(&rows, &["--go", "--no-texts"]));
    for line in [
        "rows.csv: 15 rows; 10 cannot be imported",
        "row 6 (line 7), column `Told`: this is no time in the format `%d/%m/%Y %H:%M`",
        "row 7 (line 8), column `Where`: `Atlantis` is no place here: say what it is in [place.names]",
        "row 8 (line 9): it does not say what is wrong",
        "row 9 (line 10), column `Phone`: this is no phone number of a person",
        "row 10 (line 11), column `Told`: this time has not come yet",
        "row 11 (line 12): it has 2 cells and the first row 10",
        "row 12 (line 13): an earlier row of the file has the same id",
        "rows 13 (line 14), 14 (line 15), column `Where`: `Mordor` is no place here",
        "row 15 (line 16): a quote in it is not closed",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(
        !told.contains("0700 12") && !why.contains("0700 12"),
        "{told}"
    );
    assert!(
        why.contains("10 rows cannot be imported") && why.contains("nothing was imported"),
        "{why}"
    );
    assert_eq!(desk.one(COMPLAINTS), "0");
    assert!(!desk.folder().join("rows.csv.bad.csv").exists());

    let go = ["--go", "--no-texts", "--skip-bad-rows"];
    let told = said(&desk.import(&rows, &go));
    assert!(
        told.contains("rows.csv.bad.csv") && told.contains("Imported: 5 complaints."),
        "{told}"
    );
    let aside = fs::read_to_string(desk.folder().join("rows.csv.bad.csv")).unwrap();
    assert!(
        aside.starts_with(&format!("\u{feff}{HEADER}")) && aside.contains("\nB-6,No wat\n"),
        "{aside}"
    );
    assert_eq!(
        aside.lines().filter(|line| line.starts_with("B-")).count(),
        9,
        "{aside}"
    );
    // What lies there may be somebody's work by now.
    let told = said(&desk.import(&rows, &go));
    assert!(
        told.contains("rows.csv.bad.2.csv") && told.contains("nothing new to import"),
        "{told}"
    );
    let before = fs::read_to_string(desk.folder().join("rows.csv.bad.csv")).unwrap();
    assert_eq!(before, aside);
}

#[test]
fn a_foreign_file_is_read_as_it_was_written_or_it_is_said_why_not() {
    let desk = Desk::new();
    let text = format!(
        "{HEADER}{}",
        ROWS.replace("No drugs", "Médicaments épuisés")
    );
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let file = desk.write("latin.csv", &latin);
    let (told, _) = not_done(&desk.import(&file, &[]));
    assert!(
        told.contains("row 5 (line 6), column `Details`: its bytes are no UTF-8: say how the file is written, as with --encoding windows-1252"),
        "{told}"
    );
    said(&desk.import(&file, &["--encoding", "windows-1252"]));
    let utf16: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    said(&desk.import(&desk.write("wide.csv", utf16), &[]));
    let unmarked: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let unmarked = desk.write("unmarked.csv", unmarked);
    said(&desk.import(&unmarked, &["--encoding", "utf-16le"]));
    let semicolons = desk.write(
        "semicolons.csv",
        text.replace("\"Bribe asked, again\"", "Bribe")
            .replace(',', ";"),
    );
    said(&desk.import(&semicolons, &[]));
    let why = refused(&desk.import(&file, &["--encoding", "klingon"]));
    assert!(why.contains("`klingon` is no encoding"), "{why}");
}

#[test]
fn a_hostile_file_is_told_of_safely_and_does_nothing() {
    let desk = Desk::new();
    let name = "x\u{1b}[31m\n..\u{202e}.csv";
    let hostile =
        "F-1,No \0water,,,,,,,,\nF-2,No water,,,,\u{1b}]0;title\u{7},,,,\nF-3,\"no end,,,,,,,,\n";
    let file = desk.write(name, format!("{HEADER}{hostile}"));
    let (told, why) = not_done(&desk.import(&file, &["--go", "--no-texts"]));
    for line in [
        "column `Problem`: it holds a NUL",
        "is no place here",
        "row 3 (line 4): a quote in it is not closed",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let harmful = |text: &str| text.contains(['\u{1b}', '\u{202e}', '\u{7}', '\0']);
    assert!(!harmful(&told) && !harmful(&why), "{told}{why}");

    let wide = desk.write("wide.csv", ",".repeat(1_000_000));
    assert!(refused(&desk.import(&wide, &[])).contains("more than 1000 columns"));
    let endless = desk.write(
        "endless.csv",
        format!("{HEADER}{ROWS}F-4,\"{}", "x".repeat(3_000_000)),
    );
    let why = refused(&desk.import(&endless, &["--go", "--no-texts"]));
    assert!(
        why.contains(
            "row 6, on line 7, is longer than 1 MB: a quote in it, or before it, is not closed"
        ),
        "{why}"
    );
    assert!(refused(&desk.import(&desk.write("none.csv", ""), &[])).contains("it is empty"));
    assert!(refused(&desk.import(desk.folder(), &[])).contains("is no file"));
    assert_eq!(desk.one(COMPLAINTS), "0");
    assert!(
        !desk
            .folder()
            .join("jibu.sqlite3.import-unfinished")
            .exists()
    );

    // A formula is words, and an id is an id.
    let formula = "../../etc,\"=HYPERLINK(\"\"http://x\"\";\"\"no water\"\")\",,,,,,,,\n";
    said(&desk.import(&desk.rows(formula), &["--go", "--no-texts"]));
    assert_eq!(
        desk.one("SELECT key FROM lodging"),
        "import:hotline:../../etc"
    );
}

#[test]
fn each_mistake_of_a_mapping_is_told_with_its_place_and_mend() {
    let desk = Desk::new();
    let rows = desk.rows(ROWS);
    for (from, to, told) in [
        (
            "\"Problem\"",
            "\"Problme\"",
            "the file has no column `Problme`",
        ),
        ("\"Problem\"", "\"Problme\"", "did you mean `Problem`?"),
        ("[sector]", "[secktor]", "did you mean `sector`?"),
        (
            "\"WASH\" = \"water\"",
            "\"WASH\" = \"watre\"",
            "did you mean `water`?",
        ),
        (
            "= \"township\"",
            "= \"townshop\"",
            "did you mean `township`?",
        ),
        (
            "county = \"wajir\"",
            "county = \"wajr\"",
            "there is no county `wajr`",
        ),
        ("%d/%m/%Y %H:%M", "%d/%Q", "this is no format of times"),
        (
            "\"hotline\"",
            "\"Hot line\"",
            "the name of an import is of small letters",
        ),
        (
            "column = \"No\"",
            "column = \"Phone\"",
            "a phone number must not be what a row is known by",
        ),
        (
            "[closed]\ncolumn = \"Done\"",
            "[closed]\nstatus_column = \"Done\"",
            "go together",
        ),
        (
            "column = \"Age\"",
            "column = \"Age\"\nothers = \"drop\"",
            "`others` is `leave_out` or `refuse`",
        ),
        ("name = \"hotline\"", "", "the key `name` is missing"),
    ] {
        let broken = MAP.replace(from, to);
        assert_ne!(broken, MAP, "{from}");
        desk.write("map.toml", broken);
        let why = refused(&desk.import(&rows, &["--go", "--no-texts"]));
        assert!(
            why.contains(told) && why.contains("map.toml"),
            "{told}: {why}"
        );
    }
}

#[test]
fn a_draft_of_a_mapping_is_one_that_can_be_used() {
    let desk = Desk::new();
    let rows = desk.rows(ROWS);
    let config = shipped().display().to_string();
    let draft = jibu(
        &[
            "import",
            "--map-for",
            rows.to_str().unwrap(),
            "--config",
            &config,
        ],
        desk.folder(),
    );
    let draft = said(&draft);
    for guessed in [
        "columns = [\"Problem\", \"Details\"]",
        "column = \"Phone\"",
        "name = \"rows\"",
    ] {
        assert!(draft.contains(guessed), "{guessed}: {draft}");
    }
    desk.write("map.toml", draft);
    let told = said(&desk.import(&rows, &["--skip-bad-rows"]));
    assert!(told.contains("5 rows"), "{told}");
}

#[test]
fn the_mapping_in_the_readme_is_one_that_works() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, map) = readme.split_once("```toml\nname = ").unwrap();
    let (map, _) = map.split_once("```").unwrap();
    let desk = Desk::new();
    desk.write("map.toml", format!("name = {map}"));
    let rows = "Case No,Category,Description,Opened,Closed,Status,Ward,Mobile,Sex,Age,Caller\n\
        7,WASH,The pump is broken,03/02/2025 08:30,,Open,HQ,0711 000 001,f,34,Amina\n\
        8,Roads,The bridge is gone,03/02/2025 08:30,04/02/2025 09:00,Done,Eldas,,m,40,Hassan\n";
    let told = said(&desk.import(&desk.write("rows.csv", rows), &[]));
    assert!(
        told.contains("2 complaints: 1 open, due from now on; 1 closed elsewhere"),
        "{told}"
    );
}

/// To open a pipe waits for somebody who writes: it is refused before, also where somebody does.
#[test]
fn a_pipe_is_no_file() {
    let desk = Desk::new();
    let pipe = desk.folder().join("rows.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let writes_into = pipe.clone();
    let writer = std::thread::spawn(move || fs::write(writes_into, format!("{HEADER}{ROWS}")));
    let (_, why) = not_done(&desk.import(&pipe, &["--go", "--no-texts"]));
    assert!(why.contains("rows.csv is no file"), "{why}");
    assert!(!writer.is_finished(), "nobody opened it");
    // Lets the writer go.
    fs::read(&pipe).unwrap();
    writer.join().unwrap().unwrap();
}

/// What other systems write where they know no time: 1970, 1900, 0001.
#[test]
fn a_time_before_the_year_2000_is_none() {
    let desk = Desk::new();
    let rows = desk.rows(
        "\
C-1,No water,,31/12/1999 23:59,,,,,,
C-2,No water,,01/01/1970 03:00,,,,,,
C-3,No water,,02/01/2000 08:00,,,,,,
",
    );
    let (told, _) = not_done(&desk.import(&rows, &["--go", "--no-texts"]));
    assert!(
        told.contains("rows.csv: 3 rows; 2 cannot be imported"),
        "{told}"
    );
    assert!(
        told.contains("column `Told`: this time is before the year 2000: leave the cell empty where it is not known"),
        "{told}"
    );
    assert_eq!(desk.one(COMPLAINTS), "0");
}
