//! What the client of a mail server makes of each of its moods.

use std::time::Duration;

use jibu::complaint::EmailFailure;
use jibu::email::{
    Letter, Mailer, Outcome, Reply, Security, Sender, SmtpMailer, SmtpSettings, Timeouts,
};

use super::post::Post;
use crate::world::monday;

fn client(port: u16, letter: Duration) -> SmtpMailer {
    let settings = SmtpSettings {
        server: "localhost".to_owned(),
        port,
        security: Security::None,
        user: String::new(),
        password: String::new().into(),
    };
    let timeouts = Timeouts {
        letter,
        ..Timeouts::default()
    };
    SmtpMailer::new(settings, timeouts).unwrap()
}

fn letter(to: &str) -> Letter {
    Letter {
        id: 7,
        from: Sender {
            name: "إدارة المياه".to_owned(),
            address: "jibu@example.org".to_owned(),
        },
        returns_to: "jibu@example.org".to_owned(),
        to: to.to_owned(),
        reply_to: None,
        subject: "مياه".to_owned(),
        plain: "a line\n.\n..\nthe end".to_owned(),
        html: Some("<p>the end</p>".to_owned()),
        follows: Some(3),
        date: monday(),
    }
}

/// An answer without its words.
fn numbers(reply: &Reply) -> String {
    format!(
        "{} {}",
        reply.code,
        reply.status.clone().unwrap_or_default()
    )
}

#[tokio::test]
async fn each_end_of_a_conversation_is_told_apart() {
    let post = Post::start();
    let client = client(post.port, Duration::from_secs(20));
    let taken = client.send(&letter("ok@water.example")).await;
    assert!(
        matches!(&taken, Outcome::Accepted(reply) if reply.code == 250),
        "{taken:?}"
    );
    assert_eq!(
        post.taken("ok@water.example"),
        ["<jibu-email-7@example.org>"]
    );

    for (to, why, told) in [
        (
            "nobody@water.example",
            EmailFailure::NoSuchMailbox,
            "550 5.1.1",
        ),
        ("spam@water.example", EmailFailure::Refused, "554 5.7.1"),
    ] {
        match client.send(&letter(to)).await {
            Outcome::Refused(failure, Some(reply)) => {
                assert_eq!((failure, numbers(&reply).as_str()), (why, told))
            }
            other => panic!("{to}: {other:?}"),
        }
    }
    match client.send(&letter("later@water.example")).await {
        Outcome::NotNow(EmailFailure::Deferred, Some(reply)) => {
            assert_eq!(numbers(&reply), "451 4.7.1")
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        client.send(&letter("drop@water.example")).await,
        Outcome::Uncertain,
        "all of it had left: who knows what was read"
    );
    assert_eq!(
        client.send(&letter("cut@water.example")).await,
        Outcome::Uncertain
    );
    assert_eq!(
        post.taken("cut@water.example").len(),
        1,
        "and it was taken indeed"
    );
    assert_eq!(
        client.send(&letter("no address")).await,
        Outcome::Refused(EmailFailure::BadAddress, None)
    );
}

#[tokio::test]
async fn without_an_answer_to_the_last_byte_it_is_not_known() {
    let post = Post::start();
    let client = client(post.port, Duration::from_millis(300));
    assert_eq!(
        client.send(&letter("hang@water.example")).await,
        Outcome::Uncertain
    );
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_taken() {
    let client = client(crate::process::free_port(), Duration::from_secs(20));
    assert_eq!(
        client.send(&letter("ok@water.example")).await,
        Outcome::NotNow(EmailFailure::NoConnection, None)
    );
}
