//! An import beside a service and its texts, and one that is interrupted.

use std::fs;
use std::process::{Child, Stdio};

use jibu::clock::Clock;
use jibu::configuration::Live;
use jibu::import::{TakenIn, take_in};
use tokio::sync::watch;

use super::{COMPLAINTS, Desk, MAP, ROWS, arguments, import, not_done, one};
use crate::process::{command, said};
use crate::served::{Served, wait_for};
use crate::world::{AMINA, World};

/// Rows without number, in the mapping's columns.
pub(super) fn many(count: usize) -> String {
    let row =
        |row| format!("D-{row},No water,Pump {row},03/02/2025 08:30,,Eldas,WASH,07110{row:05},,\n");
    (0..count).map(row).collect()
}

/// `jibu import` beside whoever owns the database, as far as that everything is laid ready.
pub(super) async fn laid_ready(desk: &Desk, world: &World, more: &[&str]) -> Child {
    let rows = desk.rows(&many(200));
    let arguments = arguments(desk.folder(), &rows, &[&["--go"], more].concat());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = command(&arguments, world.folder.path());
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    let waits = world.folder.path().join("jibu.sqlite3.import");
    wait_for("the rows to be laid ready", async || {
        waits.exists().then_some(())
    })
    .await;
    child
}

async fn taken_in(
    world: &World,
    stop: &watch::Receiver<bool>,
    told: impl FnMut(TakenIn),
) -> Option<TakenIn> {
    let live = Live::new(
        std::sync::Arc::clone(&world.configuration),
        world.clock.now(),
    );
    take_in(&world.store, &live, &world.clock, stop, told)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_interrupted_goes_on_and_makes_nothing_twice() {
    let (desk, world) = (Desk::new(), World::new());
    let mut child = laid_ready(&desk, &world, &["--no-texts"]).await;
    child.kill().unwrap();
    child.wait().unwrap();
    let waits = world.folder.path().join("jibu.sqlite3.import");
    let laid = fs::read(&waits).unwrap();
    for open in ["Pump", "71100", "Eldas"] {
        assert!(
            !laid.windows(open.len()).any(|part| part == open.as_bytes()),
            "{open}"
        );
    }
    let (stops, stop) = watch::channel(false);
    let halted = taken_in(&world, &stop, |_| {
        stops.send_replace(true);
    })
    .await;
    assert_eq!(halted, None);
    assert_eq!(one(&world.folder, COMPLAINTS), "128");
    // Another one has to wait its turn.
    let (_, why) = not_done(&import(
        desk.folder(),
        world.folder.path(),
        &desk.rows(ROWS),
        &["--go", "--no-texts"],
    ));
    assert!(
        why.contains("another import is under way in the service"),
        "{why}"
    );

    stops.send_replace(false);
    let taken = taken_in(&world, &stop, |_| {}).await.unwrap();
    assert_eq!((taken.rows, taken.new, taken.refused), (200, 72, 0));
    assert_eq!(one(&world.folder, COMPLAINTS), "200");
    assert!(!waits.exists());

    // And where no service runs, the next command finishes what an earlier one began.
    let mut child = {
        let more = ["--no-texts"];
        desk.write("map.toml", MAP.replace("hotline", "other"));
        laid_ready(&desk, &world, &more).await
    };
    child.kill().unwrap();
    child.wait().unwrap();
    world.store.close().await;
    let told = said(&import(
        desk.folder(),
        world.folder.path(),
        &desk.rows(ROWS),
        &["--go", "--no-texts"],
    ));
    assert!(
        told.contains("An import was interrupted: it is finished first."),
        "{told}"
    );
    assert_eq!(one(&world.folder, COMPLAINTS), "405");
}

#[tokio::test]
async fn a_receipt_of_an_import_holds_back_no_answer() {
    let (desk, world) = (Desk::new(), World::new());
    let child = laid_ready(&desk, &world, &["--texts"]).await;
    let (_stops, stop) = watch::channel(false);
    taken_in(&world, &stop, |_| {}).await.unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(said(&output).contains("Imported: 200 complaints."));
    let owed = "SELECT count(*) || ' ' || count(DISTINCT due_at) FROM outbox";
    assert_eq!(one(&world.folder, owed), "200 200", "one after the other");

    // The phone of the last row asks something: its receipt is not due for a minute, and the answer is.
    let last = "+254711000199";
    world.text(last, "The road to Tarbaj is cut").await.unwrap();
    let claim = world.store.write("claim", |tx| {
        tx.claim_texts(5, chrono::TimeDelta::hours(72))
    });
    let claimed = claim.await.unwrap().claimed;
    assert_eq!(claimed.len(), 1);
    assert_eq!(claimed[0].to.expose(), last);
    assert!(
        claimed[0].words.contains("Roads Dept") || claimed[0].words.contains("is with"),
        "{}",
        claimed[0].words
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_service_takes_it_in_between_its_texts() {
    let desk = Desk::new();
    let served = Served::start().await;
    let rows = desk.rows(&many(200));
    let data = served.folder.path().to_owned();
    let folder = desk.folder().to_owned();
    let imported =
        tokio::task::spawn_blocking(move || import(&folder, &data, &rows, &["--go", "--no-texts"]));
    let told = said(&imported.await.unwrap());
    assert!(
        told.contains("The service takes it in between the texts"),
        "{told}"
    );
    assert!(told.contains("Imported: 200 complaints."), "{told}");
    assert_eq!(one(&served.folder, COMPLAINTS), "200");
    served.stop().await;
}

#[tokio::test]
async fn where_the_service_stops_meanwhile_the_command_takes_it_in_by_itself() {
    let (desk, world) = (Desk::new(), World::new());
    let child = laid_ready(&desk, &world, &["--no-texts"]).await;
    world.store.close().await;
    let folder = world.folder;
    drop(world.store);
    let told = said(&child.wait_with_output().unwrap());
    assert!(told.contains("Imported: 200 complaints."), "{told}");
    assert_eq!(one(&folder, COMPLAINTS), "200");
}

#[tokio::test]
async fn history_is_not_what_somebody_asks_for_by_status() {
    let (desk, world) = (Desk::new(), World::new());
    world.text(AMINA, "Borehole in Bute is dry").await.unwrap();
    let own = one(&world.folder, "SELECT number FROM complaint");
    world.store.close().await;
    let old = "E-1,Road cut,Floods,04/02/2025 09:00,06/02/2025 17:15,,Roads,0711000001,,\n";
    said(&import(
        desk.folder(),
        world.folder.path(),
        &desk.rows(old),
        &["--go", "--no-texts"],
    ));
    let store = jibu::store::Store::open(
        &crate::world::paths(&world.folder),
        Clock::standing(world.clock.now()),
    )
    .unwrap();
    let phone = jibu::complaint::Address::new(AMINA);
    let latest = store.write("latest", move |tx| {
        let phone = tx.phone(&phone, None)?;
        Ok(tx
            .latest_complaint(phone.id)?
            .unwrap()
            .number
            .value()
            .to_string())
    });
    assert_eq!(latest.await.unwrap(), own);
}
