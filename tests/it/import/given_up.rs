//! What can never be taken in holds up nothing: a row is left out and told, what is damaged is put aside, and the next import begins.

use std::fs;
use std::path::PathBuf;

use jibu::configuration::Live;
use jibu::import::{TakenIn, take_in};
use jibu::store::StoreError;
use tokio::sync::watch;

use super::beside::{laid_ready, many};
use super::{COMPLAINTS, Desk, ROWS, one};
use crate::process::said;
use crate::world::{World, past_the_store};

/// A database that never takes a row, and does not say why.
pub(crate) fn refuses(row: &str) -> String {
    format!(
        "CREATE TRIGGER never BEFORE INSERT ON lodging WHEN NEW.key = 'import:hotline:{row}' BEGIN SELECT RAISE(ABORT, 'never'); END"
    )
}

/// 200 rows wait beside the database, and nobody waits for them.
async fn waiting(desk: &Desk, world: &World) -> PathBuf {
    let mut child = laid_ready(desk, world, &["--no-texts"]).await;
    child.kill().unwrap();
    child.wait().unwrap();
    world.folder.path().join("jibu.sqlite3.import")
}

async fn taken_in(world: &World) -> Result<Option<TakenIn>, StoreError> {
    let now = world.clock.now();
    let live = Live::new(std::sync::Arc::clone(&world.configuration), now);
    let (_stops, stop) = watch::channel(false);
    take_in(&world.store, &live, &world.clock, &stop, |_| {}).await
}

#[tokio::test]
async fn a_row_that_the_database_never_takes_is_left_out_and_told_by_its_number() {
    let (desk, world) = (Desk::new(), World::new());
    let database = past_the_store(&world.folder);
    database.execute_batch(&refuses("D-5")).unwrap();
    let waits = waiting(&desk, &world).await;
    let taken = taken_in(&world).await.unwrap().unwrap();
    let expected = TakenIn {
        rows: 200,
        new: 199,
        failed: 1,
        first_failed: Some(6),
        refused: 0,
    };
    assert_eq!(taken, expected);
    assert_eq!(one(&world.folder, COMPLAINTS), "199");
    assert!(!waits.exists(), "it holds up nobody");

    // The command says so where no service runs; and once the database takes it, the same file brings it.
    let desk = Desk::new();
    said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    let own = past_the_store(desk.folder());
    own.execute_batch(&refuses("D-5")).unwrap();
    let rows = desk.rows(&many(8));
    let told = said(&desk.import(&rows, &["--go", "--no-texts"]));
    assert!(
        told.contains("Imported: 7 complaints.")
            && told.contains("1 row the database does not take, each tried again by itself; the first is row 6 of its file."),
        "{told}"
    );
    own.execute_batch("DROP TRIGGER never").unwrap();
    let told = said(&desk.import(&rows, &["--go", "--no-texts"]));
    assert!(told.contains("Imported: 1 complaint."), "{told}");
}

#[tokio::test]
async fn what_is_damaged_or_cut_off_is_put_aside_and_the_next_import_begins() {
    let (desk, world) = (Desk::new(), World::new());
    let waits = waiting(&desk, &world).await;
    let aside = world.folder.path().join("jibu.sqlite3.import-aside");
    let laid = fs::read(&waits).unwrap();
    let (length, _) = laid.split_first_chunk::<4>().unwrap();
    let first_part = 4 + usize::try_from(u32::from_le_bytes(*length)).unwrap();
    assert!(first_part < laid.len());
    fs::write(&waits, &laid[..first_part]).unwrap();
    let error = taken_in(&world).await.unwrap_err();
    assert!(matches!(error, StoreError::ImportAside(_)), "{error}");
    assert!(!waits.exists() && aside.exists());
    assert_eq!(
        one(&world.folder, COMPLAINTS),
        "128",
        "what came of it stays"
    );

    let waits = waiting(&desk, &world).await;
    assert!(!aside.exists(), "the next one begins");
    let mut laid = fs::read(&waits).unwrap();
    let last = laid.len() - 1;
    laid[last] ^= 1;
    fs::write(&waits, laid).unwrap();
    let error = taken_in(&world).await.unwrap_err();
    assert!(matches!(error, StoreError::ImportAside(_)), "{error}");
    assert_eq!(one(&world.folder, COMPLAINTS), "128");

    waiting(&desk, &world).await;
    assert_eq!(taken_in(&world).await.unwrap().unwrap().new, 72);
    assert_eq!(one(&world.folder, COMPLAINTS), "200");
}

#[test]
fn the_command_puts_aside_what_an_earlier_one_left_damaged_and_goes_on() {
    let desk = Desk::new();
    said(&desk.import(&desk.rows(ROWS), &["--go", "--no-texts"]));
    let waits = desk.folder().join("jibu.sqlite3.import");
    fs::write(&waits, b"\xff\xff\xff\xff").unwrap();
    let told = said(&desk.import(&desk.rows(&many(3)), &["--go", "--no-texts"]));
    for line in [
        "An import was interrupted: it is finished first.",
        "It is not: what waited to be imported cannot be, and was put aside, so that another import can begin",
        "Imported: 3 complaints.",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!waits.exists());
}
