//! Organisations and counties that open complaints name and the rules no longer do: `jibu check` and a running service tell.

use std::fs;

use crate::edited::{Edited, copy_sample, lines, rule};
use crate::process::{jibu, said};
use crate::served::wait_for;
use crate::world::{AMINA, HASSAN, World, past_the_store, paths};

const ZEBRA: &str = "
[[organisation]]
id = \"zebra-office\"
name = \"Zebra Office\"
short_name = \"Zebra Office\"
email = \"zebra@example.org\"
county = \"wajir\"
";

/// Two complaints are with `zebra-office`, which the sample does not have, and one accuses `wajir-hospital`.
async fn a_world_with_zebras() -> World {
    let world = World::new();
    for from in [AMINA, HASSAN] {
        world.text(from, "A zebra stands in the yard").await;
        world.refer_by_hand("zebra-office").await;
    }
    world.text(AMINA, "The hospital asked for money").await;
    world
}

/// What `check` says of the sample, beside the complaints of a world, with its rules changed.
fn check(world: &World, change: impl Fn(String) -> String, more: &[&str]) -> std::process::Output {
    let config = world.folder.path().join("config");
    copy_sample(&config);
    let routing = config.join("routing.toml");
    fs::write(&routing, change(fs::read_to_string(&routing).unwrap())).unwrap();
    let arguments = [&["check", "--config", config.to_str().unwrap()], more].concat();
    jibu(&arguments, world.folder.path())
}

#[tokio::test]
async fn check_warns_of_organisations_that_open_complaints_are_with_or_accuse() {
    let world = a_world_with_zebras().await;
    // It needs no keys.
    fs::remove_file(paths(&world.folder).keys).unwrap();
    let told = said(&check(&world, |sample| sample, &[]));
    assert!(
        told.contains("warning: 2 open complaints are with `zebra-office`, which routing.toml no longer names\n"),
        "{told}"
    );
    assert!(
        told.contains(
            "= help: put `zebra-office` back until they are closed, or refer them to others first"
        ),
        "{told}"
    );

    let renamed = said(&check(
        &world,
        |sample| sample.replace("wajir-hospital", "wajir-clinic"),
        &[],
    ));
    assert!(
        renamed.contains("warning: 1 open complaint is against `wajir-hospital`, which routing.toml no longer names\n"),
        "{renamed}"
    );

    // A person said whom it accuses.
    past_the_store(&world.folder)
        .execute(
            "INSERT INTO accused SELECT id, 'zebra-ministry' FROM complaint LIMIT 1",
            [],
        )
        .unwrap();
    let told = said(&check(&world, |sample| sample, &[]));
    assert!(
        told.contains("1 open complaint is against `zebra-ministry`"),
        "{told}"
    );

    past_the_store(&world.folder)
        .execute("UPDATE complaint SET county = 'garissa'", [])
        .unwrap();
    let told = said(&check(&world, |sample| sample, &[]));
    assert!(
        told.contains("warning: 3 open complaints are in the county `garissa`, which routing.toml no longer names\n"),
        "{told}"
    );

    let strict = check(&world, |sample| sample, &["--strict"]);
    assert_eq!(strict.status.code(), Some(1));

    past_the_store(&world.folder)
        .execute("UPDATE complaint SET status = 'closed'", [])
        .unwrap();
    let told = said(&check(&world, |sample| sample, &["--strict"]));
    assert!(
        !told.contains("zebra-office"),
        "closed ones do not count: {told}"
    );
}

#[tokio::test]
async fn a_running_service_warns_of_them_after_the_edit_and_no_longer_when_it_is_mended() {
    let edited = Edited::start().await;
    let sample = edited.read("routing.toml");
    let with_zebra = sample.clone() + ZEBRA + &rule("zebra", "zebra-office");
    edited.save("routing.toml", &with_zebra);
    edited.watch.reload().await;
    assert_eq!(
        edited.ask("A zebra stands in the yard").await,
        "zebra-office"
    );
    assert!(lines(&edited.health().await["findings"]).is_empty());

    edited.save("routing.toml", &sample);
    edited.watch.reload().await;
    let health = edited.health().await;
    assert_eq!(
        lines(&health["findings"]),
        [
            "routing.toml: warning: 1 open complaint is with `zebra-office`, which routing.toml no longer names"
        ]
    );
    assert!(health["last_refused"].is_null(), "{health}");

    // The next edit does not make it forgotten.
    edited.save("routing.toml", sample + "# again\n");
    edited.watch.reload().await;
    assert_eq!(lines(&edited.health().await["findings"]).len(), 1);

    edited.save("routing.toml", with_zebra);
    edited.watch.reload().await;
    assert!(lines(&edited.health().await["findings"]).is_empty());
    edited.served.stop().await;
}

#[tokio::test]
async fn it_is_told_from_the_start_on() {
    let world = a_world_with_zebras().await;
    world.store.close().await;
    let World { folder, store, .. } = world;
    drop(store);
    let config = folder.path().join("config");
    copy_sample(&config);
    let edited = Edited::start_on(folder, config, &[]).await;
    let findings = wait_for("the warning", async || {
        let health = edited.health().await;
        let findings = lines(&health["findings"]);
        findings.first().map(|first| (*first).to_owned())
    })
    .await;
    assert!(
        findings.contains("2 open complaints are with `zebra-office`"),
        "{findings}"
    );
    edited.served.stop().await;
}
