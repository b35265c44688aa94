//! The record of who did and who read what: whoever meddles with the database is found out.

use std::process::{Command, Output};

use jibu::complaint::OrganisationId;
use jibu::people::{Deed, Person, PersonId, Role};
use jibu::store::{Chain, Damage, Store, StoreError, Trace};

use crate::world::{HASSAN, World, past_the_store, paths};

const STEPS_BEFORE_THE_AUDIT: [&str; 4] = [
    include_str!("../../src/store/migrations/001_first.sql"),
    include_str!("../../src/store/migrations/002_places_asked.sql"),
    include_str!("../../src/store/migrations/003_console.sql"),
    include_str!("../../src/store/migrations/004_conversation.sql"),
];

/// A complaint on which somebody left five traces.
async fn with_traces() -> World {
    let world = World::with_a_complaint().await;
    let who = noor(&world).await;
    for trace in [
        Trace::Read,
        Trace::Did(Deed::Note),
        Trace::Revealed,
        Trace::Read,
        Trace::Did(Deed::Refer),
    ] {
        leave(&world, &who, trace).await.unwrap();
    }
    assert_eq!(chain(&world).await.damage, None);
    world
}

async fn noor(world: &World) -> Person {
    let add = world.store.write("person", |tx| {
        let role = Role::Convener(OrganisationId::new("ti-wajir"));
        let id = tx.add_person("Noor", "noor@example.org", &role)?;
        Ok(tx.account(id)?.unwrap().person)
    });
    add.await.unwrap()
}

/// Who left the traces.
fn first_person(world: &World) -> Person {
    let connection = past_the_store(&world.folder);
    let id = connection.query_row("SELECT id FROM person", [], |row| row.get(0));
    Person {
        id: PersonId(id.unwrap()),
        name: "Noor".to_owned(),
        email: "noor@example.org".to_owned(),
        role: Role::Convener(OrganisationId::new("ti-wajir")),
        language: None,
    }
}

async fn leave(world: &World, who: &Person, trace: Trace) -> Result<(), StoreError> {
    let complaint = world
        .store
        .read(|reader| reader.newest_complaint())
        .await?
        .unwrap();
    let who = who.clone();
    let write = world.store.write("trace", move |tx| {
        tx.leave_trace(&who, complaint.id, trace, Some("To call her back"))
    });
    write.await
}

async fn chain(world: &World) -> Chain {
    let walk = world.store.read(|reader| reader.audit_chain());
    walk.await.unwrap()
}

/// Past what the database itself guards, as somebody with the file can go.
fn meddle(world: &World, statements: &[&str]) {
    let connection = past_the_store(&world.folder);
    connection
        .execute_batch("DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_removed;")
        .unwrap();
    for statement in statements {
        assert!(
            connection.execute(statement, []).unwrap() > 0,
            "{statement}"
        );
    }
}

fn verify(world: &World) -> Output {
    let config = world.folder.path().to_str().unwrap();
    Command::new(env!("CARGO_BIN_EXE_jibu"))
        .args(["audit", "verify", "--config", config])
        .env("JIBU_DATABASE__PATH", paths(&world.folder).database)
        .env("JIBU_KEYS__PATH", paths(&world.folder).keys)
        .output()
        .unwrap()
}

#[tokio::test]
async fn it_cannot_be_changed() {
    let world = with_traces().await;
    let connection = past_the_store(&world.folder);
    for statement in [
        "UPDATE audit SET deed = 'read'",
        "DELETE FROM audit WHERE id = 5",
    ] {
        let refused = connection.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn each_column_that_is_changed_is_found_out() {
    for change in [
        "at = at + 1",
        "person_id = (SELECT max(id) FROM person)",
        "organisation = 'wajir-water'",
        "deed = 'did:start'",
        "complaint_id = (SELECT max(id) FROM complaint)",
        "reason = NULL",
        "reason = x''",
        "reason = (SELECT reason FROM audit WHERE id = 1)",
        "previous = zeroblob(32)",
        "hash = zeroblob(32)",
    ] {
        let world = with_traces().await;
        world.text(HASSAN, "No nurse").await.unwrap();
        let add = world.store.write("person", |tx| {
            tx.add_person("Omar", "omar@example.org", &Role::Administrator)
        });
        add.await.unwrap();
        meddle(
            &world,
            &[&format!("UPDATE audit SET {change} WHERE id = 3")],
        );
        assert_eq!(
            chain(&world).await.damage,
            Some(Damage::Changed(3)),
            "{change}"
        );
    }
}

#[tokio::test]
async fn what_is_taken_out_is_missed_also_from_the_end() {
    for (gone, first) in [
        ("id = 1", 1),
        ("id = 3", 3),
        ("id = 5", 5),
        ("id >= 4", 4),
        ("id > 0", 1),
    ] {
        let world = with_traces().await;
        meddle(&world, &[&format!("DELETE FROM audit WHERE {gone}")]);
        assert_eq!(
            chain(&world).await.damage,
            Some(Damage::Missing(first)),
            "{gone}"
        );
        // Who goes on does not mend it.
        leave(&world, &first_person(&world), Trace::Read)
            .await
            .unwrap();
        assert!(
            matches!(chain(&world).await.damage, Some(Damage::Missing(_))),
            "{gone}"
        );
    }
}

#[tokio::test]
async fn an_end_that_was_drawn_in_is_no_end() {
    let shorter = "UPDATE meta SET value = CAST((SELECT x'0400000000000000' || hash FROM audit WHERE id = 4) || substr(value, 41) AS BLOB)
                   WHERE key = 'audit'";
    for end in [shorter, "DELETE FROM meta WHERE key = 'audit'"] {
        let world = with_traces().await;
        let who = first_person(&world);
        meddle(&world, &[end, "DELETE FROM audit WHERE id = 5"]);
        assert_eq!(chain(&world).await.damage, Some(Damage::EndLost), "{end}");
        // To go on from it would hide what was taken off.
        assert!(leave(&world, &who, Trace::Read).await.is_err(), "{end}");
    }
}

#[tokio::test]
async fn what_is_put_in_is_found_out() {
    let put = |id: &str, previous: &str| {
        format!(
            "INSERT INTO audit SELECT {id}, at, person_id, organisation, 'did:note', complaint_id, NULL, {previous}, hash
             FROM audit WHERE id = 2"
        )
    };
    let in_between = "UPDATE audit SET id = -id WHERE id > 2";
    let on = "UPDATE audit SET id = 1 - id WHERE id < 0";
    for (statements, entry) in [
        (vec![put("6", "(SELECT hash FROM audit WHERE id = 5)")], 6),
        (vec![put("9", "previous")], 9),
        (vec![put("0", "previous")], 0),
        (
            vec![in_between.to_owned(), on.to_owned(), put("3", "hash")],
            3,
        ),
    ] {
        let world = with_traces().await;
        let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        meddle(&world, &statements);
        assert_eq!(
            chain(&world).await.damage,
            Some(Damage::Inserted(entry)),
            "{statements:?}"
        );
    }
}

#[tokio::test]
async fn verify_says_so_beside_the_running_store_and_ends_with_1() {
    let world = with_traces().await;
    let whole = verify(&world);
    let said = String::from_utf8(whole.stdout).unwrap();
    assert!(whole.status.success());
    assert!(
        said.starts_with("The audit is whole: 5 entries, from 2026-05-04T"),
        "{said}"
    );
    assert!(said.contains(&chain(&world).await.end), "{said}");

    meddle(&world, &["UPDATE audit SET at = at + 1 WHERE id = 2"]);
    let broken = verify(&world);
    assert_eq!(broken.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(broken.stderr).unwrap(),
        "error: the audit is not whole: entry 2 is the first that was changed\n"
    );
}

#[tokio::test]
async fn a_database_of_before_the_audit_begins_its_chain_once() {
    let world = World::new();
    world.store.close().await;
    let keys = "SELECT value FROM meta WHERE key = 'keys'";
    let keys: Vec<u8> = past_the_store(&world.folder)
        .query_row(keys, [], |row| row.get(0))
        .unwrap();
    std::fs::remove_file(paths(&world.folder).database).unwrap();
    let old = past_the_store(&world.folder);
    for step in STEPS_BEFORE_THE_AUDIT {
        old.execute_batch(step).unwrap();
    }
    old.execute("INSERT INTO meta VALUES ('keys', ?1)", [keys])
        .unwrap();
    old.pragma_update(None, "user_version", 4).unwrap();
    drop(old);

    let store = Store::open(&paths(&world.folder), world.clock.clone()).unwrap();
    let world = World { store, ..world };
    world.text(HASSAN, "Borehole in Eldas is broken").await;
    let who = noor(&world).await;
    leave(&world, &who, Trace::Read).await.unwrap();
    assert_eq!(chain(&world).await.damage, None);
    assert_eq!(chain(&world).await.entries, 1);

    // From then on it is not begun anew: that would forgive who took all of it.
    world.store.close().await;
    meddle(
        &world,
        &["DELETE FROM audit", "DELETE FROM meta WHERE key = 'audit'"],
    );
    let store = Store::open(&paths(&world.folder), world.clock.clone()).unwrap();
    let world = World { store, ..world };
    assert_eq!(chain(&world).await.damage, Some(Damage::EndLost));
}
