//! The page of emails: what has not left and why, and how it is sent again.

use jibu::complaint::{EmailFailure, OrganisationId};
use jibu::people::Role;
use jibu::store::{EmailSettled, NewEmail, ServerReply};
use reqwest::StatusCode;

use super::Town;

const EMAILS: &str = "/console/emails";

/// Owes three emails, of which the mail server refused one, took one without a word, and put one off.
async fn owe(town: &Town) {
    let owed = town.store().write("owe", |tx| {
        let water = OrganisationId::new("wajir-water");
        for key in ["1", "2", "3"] {
            tx.add_email(&NewEmail {
                key,
                purpose: "reminder",
                organisation: Some(&water),
                to: "halima@water.example",
                from: None,
                reply_to: None,
                subject: "Two complaints wait",
                plain: "482 109 3753 waits since Monday.",
                html: None,
                follows: None,
                due_at: tx.now,
            })?;
        }
        let claimed = tx.claim_emails(3, tx.now)?.claimed;
        let ids: Vec<i64> = claimed.iter().map(|email| email.id).collect();
        let reply = |code, status: &str| {
            let status = Some(status.to_owned());
            Some(ServerReply { code, status })
        };
        let refused = EmailSettled::Failed {
            why: EmailFailure::NoSuchMailbox,
            reply: reply(550, "5.1.1"),
        };
        let put_off = EmailSettled::Again {
            due_at: tx.now,
            why: EmailFailure::Deferred,
            reply: reply(451, "4.7.1"),
            counts: true,
        };
        tx.settle_email(ids[0], &refused)?;
        tx.settle_email(ids[1], &EmailSettled::Uncertain(EmailFailure::Lost))?;
        tx.settle_email(ids[2], &put_off)?;
        Ok(())
    });
    owed.await.unwrap();
}

#[tokio::test]
async fn what_has_not_left_is_told_with_what_to_do_and_sent_again_by_hand() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    let page = asha.get(EMAILS).await;
    page.says("Nothing: all that was owed has left.");
    page.says("There is no mail server yet");

    owe(&town).await;
    let page = asha.get(EMAILS).await;
    page.says("<dt>Failed</dt><dd class=\"figure\">1</dd>");
    page.says("<dt>Uncertain</dt><dd class=\"figure\">1</dd>");
    page.says("<dt>Waiting</dt><dd class=\"figure\">1</dd>");
    page.says("Failed. The mail server knows no such mailbox: correct the address where it is set. The mail server’s answer: 550 5.1.1.");
    page.says("Uncertain. No answer came after the last byte: it may have been taken.");
    page.says("The mail server’s answer: 451 4.7.1.");
    for hidden in ["halima", "482 109", "Two complaints"] {
        assert!(!page.text.contains(hidden), "{hidden}");
    }
    assert_eq!(
        page.text.matches("/resend\"").count(),
        2,
        "what waits needs no button"
    );

    let failed = page
        .between(&format!("action=\"{EMAILS}/"), "/resend\"")
        .to_owned();
    let resend = format!("{EMAILS}/{failed}/resend");
    let page = asha.post(&resend, &[]).await;
    page.says("It will be sent again.");
    page.says("<dt>Waiting</dt><dd class=\"figure\">2</dd>");
    let page = asha.post(&resend, &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("It was not sent again.");

    let health = town.served.health().await;
    assert_eq!(health["store"]["emails"]["pending"], 2);
    assert_eq!(health["mail_server"]["state"], "none");
    town.stop().await;
}

#[tokio::test]
async fn each_failure_has_its_words_in_each_language() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    owe(&town).await;
    for (language, words) in [
        ("sw", "haijui kisanduku hicho"),
        ("fr", "ne connaît pas cette boîte"),
        ("ar", "لا يعرف خادم البريد هذا الصندوق"),
    ] {
        asha.get("/console/account").await;
        asha.post(
            "/console/account",
            &[("name", "Asha"), ("language", language)],
        )
        .await;
        asha.get(EMAILS).await.says(words);
    }
    town.stop().await;
}
