//! Rows that leave the system: what is in them, and what is in nobody's file.

use std::fs;

use jibu::complaint::CountyId;
use jibu::people::Deed;
use jibu::reports::Codes;
use jibu::store::{Exported, Reader};

use crate::desk::{Desk, halima};
use crate::process::{jibu, refused, said, shipped};
use crate::world::{AMINA, HASSAN, World, past_the_store};

/// What `jibu export` writes, without the mark before it.
fn exported(world: &World, what: &str, more: &[&str]) -> String {
    let config = shipped().display().to_string();
    let arguments = [&["export", what, "--config", &config], more].concat();
    let told = said(&jibu(&arguments, world.folder.path()));
    told.strip_prefix('\u{feff}').expect("the mark").to_owned()
}

/// In minutes.
const A_DAY: i64 = 24 * 60;

/// Each row with its columns' names; what is empty is left out, and the number, which is another each time.
fn rows(file: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let cells = header.iter().zip(row.iter());
        let told = cells.filter(|(name, cell)| !cell.is_empty() && *name != "number");
        let told = told.map(|(name, cell)| format!("{name}={cell}"));
        told.collect::<Vec<_>>().join(" ")
    });
    rows.collect()
}

#[tokio::test]
async fn a_complaint_is_a_row_without_words_or_phones() {
    let desk = Desk::open().await;
    desk.later(A_DAY);
    desk.done(&halima(), Deed::Accept, "").await;
    let file = exported(&desk.world, "complaints", &[]);
    let expected = "county=wajir sub_county=eldas place=eldas sector=water kind=service channel=sms language=en \
        status=accepted organisation=wajir-water sensitive=0 returns=0 reopens=0 \
        opened_at=2026-05-04T06:00:00.000Z opened_on=2026-05-04 \
        referred_at=2026-05-04T06:00:00.000Z referred_on=2026-05-04 \
        accepted_at=2026-05-05T06:00:00.000Z accepted_on=2026-05-05 accepted_late=0 \
        accept_due=2026-05-06T20:59:59.999Z act_due=2026-05-11T20:59:59.999Z resolve_due=2026-06-03T20:59:59.999Z \
        next_due=2026-05-11T20:59:59.999Z";
    assert_eq!(rows(&file), [expected]);
    for word in ["Borehole", "broken", AMINA, "711000001"] {
        assert!(!file.contains(word), "{word}");
    }
}

#[tokio::test]
async fn a_hop_is_a_row_from_when_to_when() {
    let desk = Desk::open().await;
    desk.later(A_DAY);
    let to = Some("wajir-health");
    let words = "A clinic's";
    desk.act(&halima(), Deed::Return, words, to, None).await;
    let file = exported(&desk.world, "hops", &[]);
    assert_eq!(
        rows(&file),
        [
            "hop=1 county=wajir organisation=wajir-water from=2026-05-04T06:00:00.000Z until=2026-05-05T06:00:00.000Z \
             returned=0 made_by=rules",
            "hop=2 county=wajir organisation=wajir-health from=2026-05-05T06:00:00.000Z sent_by=wajir-water \
             returned=1 made_by=person",
        ]
    );
    assert!(!file.contains("clinic"));
}

#[tokio::test]
async fn everybody_gets_what_they_see_and_nothing_that_accuses_them() {
    let world = World::new();
    world.text(AMINA, "Borehole in Eldas is broken").await;
    world
        .text(
            HASSAN,
            "The officer of the water department asked me for a bribe",
        )
        .await;
    let seen =
        |organisation: &str| rows(&exported(&world, "complaints", &["--for", organisation])).len();
    assert_eq!(seen("ti-wajir"), 2, "it convenes the county");
    assert_eq!(
        seen("wajir-water"),
        1,
        "it has the borehole, and the bribe accuses it"
    );
    assert_eq!(seen("wajir-health"), 0);
    let all = |more: &[&str]| rows(&exported(&world, "complaints", more)).len();
    assert_eq!((all(&[]), all(&["--sensitive"])), (1, 2));
}

/// Between two pages nothing is held, and what comes in meanwhile is not in it: else it would not end while complaints come in.
#[tokio::test]
async fn what_comes_in_while_it_runs_is_for_the_next_one() {
    let world = World::with_a_complaint().await;
    let all = Exported {
        county: CountyId::new("wajir"),
        lodged: (0, i64::MAX),
        holder: None,
        not_accusing: None,
        with_sensitive: true,
    };
    let begin = move |reader: &Reader<'_>| reader.begin_export(vec![all]);
    let mut exporting = world.store.read(begin).await.unwrap();
    world.text(HASSAN, "No water in Bute").await.unwrap();
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    let is_held: bool = past_the_store(&world.folder)
        .query_row(checkpoint, [], |row| row.get(0))
        .unwrap();
    assert!(!is_held, "the log can be folded away");
    let read = move |reader: &Reader<'_>| {
        let mut codes = Codes::default();
        let first = reader.export_complaints(&mut exporting, &mut codes)?;
        let second = reader.export_complaints(&mut exporting, &mut codes)?;
        Ok((first.len(), second.len(), exporting.done()))
    };
    assert_eq!(world.store.read(read).await.unwrap(), (1, 0, 1.0));
}

#[tokio::test]
async fn a_file_is_not_written_over_and_is_for_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::with_a_complaint().await;
    let file = world.folder.path().join("rows.csv");
    let path = file.display().to_string();
    let config = shipped().display().to_string();
    let export = || {
        jibu(
            &["export", "complaints", "--out", &path, "--config", &config],
            world.folder.path(),
        )
    };
    assert_eq!(said(&export()), "");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let written = fs::read(&file).unwrap();
    let why = refused(&export());
    assert!(
        why.contains("rows.csv is not written: File exists"),
        "{why}"
    );
    assert_eq!(fs::read(&file).unwrap(), written);
}

#[test]
fn who_is_not_known_is_told_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let config = shipped().display().to_string();
    let arguments = [
        "export",
        "hops",
        "--for",
        "wajir-watre",
        "--config",
        &config,
    ];
    let why = refused(&jibu(&arguments, folder.path()));
    assert!(why.contains("did you mean `wajir-water`?"), "{why}");
}
