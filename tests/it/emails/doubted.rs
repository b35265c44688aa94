//! A service whose clock is found to have jumped says so, sends nothing, begins doubting again after a restart, and goes on when the clock
//! is right.

use tempfile::TempDir;

use super::post::Post;
use super::{owe, states};
use crate::process::{Process, free_port};
use crate::served::{client, wait_for};
use crate::world::past_the_store;

const SAID: &str = "The clock jumped ahead by more than a day";

async fn serve(folder: &TempDir, post: &Post) -> Process {
    let settings = post.settings();
    let settings: Vec<(&str, &str)> = settings
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    Process::serve(folder.path(), free_port(), "http://127.0.0.1:9", &settings).await
}

/// When the service last looked at its clock, as the database says, is so many days from now.
fn last_look(folder: &TempDir, days: i64) {
    let ms = days * 24 * 60 * 60 * 1000;
    past_the_store(folder)
        .execute(
            "INSERT INTO clock (id, seen_at) VALUES (1, CAST(unixepoch('subsec') * 1000 AS INTEGER) + ?1)
             ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at",
            [ms],
        )
        .unwrap();
}

fn is_stopped(folder: &TempDir) -> bool {
    past_the_store(folder)
        .query_row("SELECT stopped_at IS NOT NULL FROM clock", [], |row| {
            row.get(0)
        })
        .unwrap()
}

#[tokio::test]
async fn it_stops_and_says_so_and_goes_on_when_it_is_right() {
    let (post, folder) = (Post::start(), tempfile::tempdir().unwrap());
    owe(folder.path(), &[("1", "ok@water.example")]).await;
    last_look(&folder, -400);
    let mut process = serve(&folder, &post).await;
    wait_for("the log to say so", async || {
        process.log().contains(SAID).then_some(())
    })
    .await;
    wait_for("the alarm", async || {
        let url = format!("{}/health", process.url);
        let health = client().get(url).send().await.ok()?.text().await.ok()?;
        health.contains("clock_jumped").then_some(())
    })
    .await;
    process.kill();
    assert!(is_stopped(&folder));

    // A week would be believed of a clock that nobody doubted.
    last_look(&folder, -4);
    let process = serve(&folder, &post).await;
    process.terminate();
    assert!({ process }.wait().success());
    assert!(is_stopped(&folder));
    assert_eq!(states(&folder), ["pending"]);
    assert_eq!(post.taken("ok@water.example"), [""; 0]);

    last_look(&folder, 0);
    let mut process = serve(&folder, &post).await;
    wait_for("the letter to leave", async || {
        (states(&folder) == ["sent 250"]).then_some(())
    })
    .await;
    assert!(!is_stopped(&folder));
    assert!(!process.log().contains(SAID));
    process.kill();
}
