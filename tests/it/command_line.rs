//! The commands as an operator meets them when something is wrong.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::process::free_port;
use crate::served::{client, wait_for};
use crate::world::{AMINA, World, paths};

fn jibu(arguments: &[&str], database: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jibu"))
        .args(arguments)
        .env("JIBU_DATABASE__PATH", database)
        .output()
        .unwrap()
}

fn words(said: &[u8]) -> String {
    String::from_utf8(said.to_vec()).unwrap()
}

/// A configuration whose rules somebody is in the middle of editing.
fn half_edited(world: &World) -> String {
    let config = world.folder.path().join("config");
    std::fs::create_dir(&config).unwrap();
    std::fs::write(config.join("routing.toml"), "[[rule]\n").unwrap();
    config.display().to_string()
}

#[tokio::test]
async fn a_mistake_in_the_rules_stands_in_the_way_of_no_backup() {
    let world = World::new();
    world.text(AMINA, "no water in Eldas").await.unwrap();
    let config = half_edited(&world);
    let database = paths(&world.folder).database;
    let copy = world.folder.path().join("copy.sqlite3");
    let copy = copy.to_str().unwrap();

    let listed = jibu(&["outbox", "--config", &config], &database);
    assert!(listed.status.success(), "{}", words(&listed.stderr));
    assert!(words(&listed.stdout).contains("pending"));
    let backup = ["backup", "--config", &config, copy];
    let copied = jibu(&backup, &database);
    assert!(copied.status.success(), "{}", words(&copied.stderr));

    let again = jibu(&backup, &database);
    assert!(!again.status.success());
    assert_eq!(
        words(&again.stderr),
        format!("error: {copy}: it exists already, and is not written over\n")
    );
}

#[tokio::test]
async fn a_mistake_in_the_settings_is_told_where_it_stands() {
    let world = World::new();
    let config = half_edited(&world);
    let service = Path::new(&config).join("service.toml");
    std::fs::write(service, "[server]\nlisten = 8080\n").unwrap();
    let listed = jibu(&["outbox", "--config", &config], Path::new("x"));
    assert!(!listed.status.success());
    let told = words(&listed.stderr);
    assert!(told.contains("service.toml:2:10"), "{told}");
    assert!(
        told.contains("1 error in 1 file; nothing was done"),
        "{told}"
    );
}

/// It would take the first one's texts away.
#[tokio::test]
async fn a_second_demo_on_the_same_data_is_refused_and_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let demo = |port: u16| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jibu"));
        command.args(["demo", "--data", data, "--port", &port.to_string()]);
        command
    };
    let port = free_port();
    let mut first = demo(port)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let health = format!("http://127.0.0.1:{port}/health");
    wait_for("the demo", async || client().get(&health).send().await.ok()).await;
    let second = demo(free_port()).output().unwrap();
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(!second.status.success());
    let told = words(&second.stderr);
    assert!(told.contains("give this one another --data"), "{told}");
}

#[test]
fn port_0_is_no_port_for_a_page() {
    let refused = jibu(&["demo", "--port", "0"], Path::new("x"));
    assert!(words(&refused.stderr).contains("--port"));
    assert_eq!(refused.status.code(), Some(2));
}
