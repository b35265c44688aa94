//! An import that is interrupted, held up, or left.

use std::fs;

use chrono::TimeDelta;
use jibu::configuration::Live;
use jibu::import::{By, Order, Parts, take_in};
use jibu::people::Role;
use jibu::store::Store;
use tokio::sync::watch;

use super::{COMPLAINTS, HERE, PROGRESS, ROWS, TRACES};
use super::{left, looked_through, noor, one, take_in as press, through};
use crate::console::Town;
use crate::console::town::convener;
use crate::import::given_up::refuses;
use crate::served::wait_for;
use crate::world::{World, past_the_store, paths};

#[tokio::test]
async fn a_restart_between_the_steps_loses_nothing_and_makes_nothing_twice() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let page = looked_through(&mut noor, ROWS).await;

    let town = town.again().await;
    let mut noor = noor.moved_to(&town.served.url);
    noor.get(HERE).await.says("<bdi>old hotline.csv</bdi>");
    let taken = press(&mut noor, &page, "no").await;
    assert_eq!(taken.leads_to(), PROGRESS, "{taken:?}");

    let town = town.again().await;
    let mut noor = noor.moved_to(&town.served.url);
    noor.get(PROGRESS).await;
    through(&town, &noor).await;
    assert_eq!(one(&town, COMPLAINTS), "5");
    assert_eq!(one(&town, TRACES), "1");

    // What came of it is told also after the next one.
    let town = town.again().await;
    let mut noor = noor.moved_to(&town.served.url);
    let told = noor.get(PROGRESS).await;
    told.says("<dt>Rows handed over</dt><dd class=\"number\">5</dd>");
    let again = press(&mut noor, &page, "no").await;
    assert_eq!(again.leads_to(), PROGRESS);
    assert_eq!(one(&town, COMPLAINTS), "5");
    town.stop().await;
}

#[tokio::test]
async fn who_imported_is_on_record_once_however_often_it_is_gone_on_with() {
    let world = World::new();
    let added = world.store.write("person", |tx| {
        tx.add_person("Noor", "noor@example.org", &Role::Administrator)
    });
    let person = added.await.unwrap();
    let lodging = |row: usize| jibu::actions::Lodging {
        key: format!("import:hotline:{row}"),
        channel: jibu::complaint::Channel::Import,
        county: jibu::complaint::CountyId::new("wajir"),
        words: format!("The pump {row} is broken"),
        phone: None,
        language: None,
        place: None,
        sector: None,
        gender: None,
        age_group: None,
        name: None,
        brought_by: None,
        taken_by: None,
        told_at: None,
        receipt: false,
        imported: Some(jibu::actions::Imported::default()),
    };
    let mut parts = Parts::new(world.store.spool().unwrap());
    for row in 0..300 {
        parts.add(row, &lodging(row)).unwrap();
    }
    let order = Order {
        name: "hotline".to_owned(),
        rows: 300,
        by: Some(By {
            person: person.0,
            after: 0,
        }),
    };
    parts.finish(&order).unwrap();

    let live = Live::new(
        std::sync::Arc::clone(&world.configuration),
        world.clock.now(),
    );
    let (stops, stop) = watch::channel(false);
    for _ in 0..3 {
        stops.send_replace(false);
        let halt = |_| {
            stops.send_replace(true);
        };
        take_in(&world.store, &live, &world.clock, &stop, halt)
            .await
            .unwrap();
        assert_eq!(crate::import::one(&world.folder, TRACES), "1");
    }
    stops.send_replace(false);
    let taken = take_in(&world.store, &live, &world.clock, &stop, |_| {}).await;
    assert_eq!(taken.unwrap().unwrap().rows, 300);
    assert_eq!(crate::import::one(&world.folder, COMPLAINTS), "300");
    assert_eq!(crate::import::one(&world.folder, TRACES), "1");
}

const ASIDE: &str = "An import could not be taken in, or not all of it";

#[tokio::test]
async fn what_is_damaged_is_told_whom_it_concerns_and_holds_up_nobody() {
    let town = Town::new().await;
    let person = town.person("Noor", convener()).await;
    let mut noor = town.logged_in("Noor").await;
    noor.get(HERE).await;
    let early = noor.post("/console/import/take-away", &[]).await;
    assert_eq!(early.leads_to(), PROGRESS, "nothing is put aside");
    let page = looked_through(&mut noor, ROWS).await;
    town.person("Asha", Role::Administrator).await;
    let asha = town.logged_in("Asha").await;
    let clock = town.clock.clone();
    let town = town
        .again_after(
            |_| {},
            async |folder| {
                let store = Store::open(&paths(folder), clock).unwrap();
                let order = Order {
                    name: "hotline".to_owned(),
                    rows: 5,
                    by: Some(By {
                        person: person.id.0,
                        after: 0,
                    }),
                };
                Parts::new(store.spool().unwrap()).finish(&order).unwrap();
                store.close().await;
                fs::write(
                    folder.path().join("jibu.sqlite3.import"),
                    b"\xff\xff\xff\xff",
                )
                .unwrap();
            },
        )
        .await;
    let aside = town.served.folder.path().join("jibu.sqlite3.import-aside");
    wait_for("the damage to be found", async || {
        aside.exists().then_some(())
    })
    .await;

    let (mut noor, mut asha) = (
        noor.moved_to(&town.served.url),
        asha.moved_to(&town.served.url),
    );
    assert_eq!(noor.get(HERE).await.leads_to(), PROGRESS);
    let told = noor.get(PROGRESS).await;
    told.says(ASIDE);
    told.says("<bdi>hotline</bdi>");
    told.says("Import the same file once more: no row comes twice");
    // It is nobody else's to know, or to take away; and the way is free.
    assert_eq!(asha.get(PROGRESS).await.leads_to(), HERE);
    asha.get(HERE).await;
    asha.post("/console/import/take-away", &[]).await;
    assert!(aside.exists());
    let away = noor.post("/console/import/take-away", &[]).await;
    assert_eq!(away.leads_to(), HERE);
    assert!(!aside.exists());
    noor.get(HERE).await.says("<bdi>old hotline.csv</bdi>");
    let taken = press(&mut noor, &page, "no").await;
    assert_eq!(taken.leads_to(), PROGRESS);
    through(&town, &noor).await;
    assert_eq!(one(&town, COMPLAINTS), "5");
    town.stop().await;
}

#[tokio::test]
async fn a_row_that_the_database_never_takes_is_told_by_its_number() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let page = looked_through(&mut noor, ROWS).await;
    let database = past_the_store(&town.served.folder);
    database.execute_batch(&refuses("A-2")).unwrap();
    press(&mut noor, &page, "no").await;
    let told = through(&town, &noor).await;
    for line in [
        "<dt>Complaints</dt><dd class=\"number\">4</dd>",
        "<dt>Rows that the database does not take</dt><dd class=\"number\">1</dd>",
        "<dt>the first of these, row of the file</dt><dd class=\"number\">2</dd>",
    ] {
        told.says(line);
    }
    assert_eq!(one(&town, COMPLAINTS), "4");
    town.stop().await;
}

#[tokio::test]
async fn a_file_that_nobody_comes_back_to_is_gone_after_a_day() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    looked_through(&mut noor, ROWS).await;
    let half = town
        .served
        .folder
        .path()
        .join("jibu.sqlite3.upload-9-unfinished");
    fs::write(&half, "half a file").unwrap();
    town.clock.advance(TimeDelta::hours(23));
    let town = town.again().await;
    assert_eq!(left(&town).len(), 1, "{:?}", left(&town));
    town.clock.advance(TimeDelta::hours(2));
    let town = town.again().await;
    assert_eq!(left(&town), [""; 0]);
    town.stop().await;
}
