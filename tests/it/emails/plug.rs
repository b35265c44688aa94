//! Pull the plug at each step of a letter: it is shown as uncertain, and no second one leaves unasked.

use tempfile::TempDir;

use super::post::Post;
use super::{owe, states};
use crate::process::{Process, free_port};
use crate::served::wait_for;

async fn serve(folder: &TempDir, post: &Post, more: &[(&'static str, &str)]) -> Process {
    let mut settings = post.settings();
    for (key, value) in more {
        settings.retain(|(known, _)| known != key);
        settings.push((key, (*value).to_owned()));
    }
    let settings: Vec<(&str, &str)> = settings
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    Process::serve(folder.path(), free_port(), "http://127.0.0.1:9", &settings).await
}

async fn until(folder: &TempDir, expected: &[&str]) {
    wait_for(&format!("{expected:?}"), async || {
        (states(folder) == expected).then_some(())
    })
    .await;
}

/// Whatever the plug is pulled at, the next start says that it is not known, and sends only what comes after.
async fn pulled(to: &'static str, sender: &str, waits_at: &str) -> Post {
    let (post, folder) = (Post::start(), tempfile::tempdir().unwrap());
    owe(folder.path(), &[("first", to)]).await;
    let mut process = serve(&folder, &post, &[("email.from", sender)]).await;
    post.wait_for("waiting", waits_at);
    process.kill();
    assert_eq!(
        states(&folder),
        ["sending"],
        "committed before the first byte left"
    );

    owe(folder.path(), &[("second", "ok@water.example")]).await;
    let _process = serve(&folder, &post, &[]).await;
    until(&folder, &["uncertain interrupted", "sent 250"]).await;
    assert_eq!(post.taken("ok@water.example").len(), 1);
    post
}

#[tokio::test]
async fn before_the_letter_is_given() {
    for (to, sender, waits_at) in [
        (
            "first@water.example",
            "mail@example.org",
            "mail@example.org",
        ),
        (
            "rcpt@water.example",
            "jibu@example.org",
            "rcpt@water.example",
        ),
        (
            "data@water.example",
            "jibu@example.org",
            "data@water.example",
        ),
        (
            "middle@water.example",
            "jibu@example.org",
            "middle@water.example",
        ),
    ] {
        let post = pulled(to, sender, waits_at).await;
        assert_eq!(post.taken(to).len(), 0, "{to}");
    }
}

#[tokio::test]
async fn after_it_was_taken_it_is_not_given_again() {
    let to = "hang@water.example";
    let post = pulled(to, "jibu@example.org", to).await;
    assert_eq!(
        post.taken(to).len(),
        1,
        "it was taken once, and that is not known"
    );
}

#[tokio::test]
async fn all_that_is_owed_reaches_the_server_once_and_refusals_are_shown() {
    let (post, folder) = (Post::start(), tempfile::tempdir().unwrap());
    owe(
        folder.path(),
        &[
            ("1", "ok@water.example"),
            ("2", "nobody@water.example"),
            ("3", "later@water.example"),
            ("4", "cut@water.example"),
            ("5", "no address"),
        ],
    )
    .await;
    let mut process = serve(&folder, &post, &[]).await;
    let expected = [
        "sent 250",
        "failed no_such_mailbox 550 5.1.1",
        "pending deferred 451 4.7.1",
        "uncertain lost",
        "failed bad_address",
    ];
    until(&folder, &expected).await;
    process.kill();
    let mut process = serve(&folder, &post, &[]).await;
    process.terminate();
    assert!(process.wait().success());
    for to in ["ok@water.example", "cut@water.example"] {
        assert_eq!(post.taken(to).len(), 1, "{to}");
    }
    let log = process.log();
    assert!(
        !log.contains("@water.example") && !log.contains("482 109"),
        "{log}"
    );
}
