//! The page of emails: what is due today, what left, what has not and why, and how it is sent again.

use chrono::TimeDelta;
use jibu::complaint::{EmailFailure, OrganisationId};
use jibu::deadlines::Deadlines;
use jibu::people::Role;
use jibu::store::{EmailSettled, Eyes, NewEmail, ServerReply};
use reqwest::StatusCode;

use super::town::convener;
use super::{Page, Town};
use crate::served::wait_for;

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
        let claimed = tx.claim_emails(3, TimeDelta::days(3))?.claimed;
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
    page.says("Nothing failed, and nothing is in doubt.");
    page.says("Nothing waits.");
    page.says("Nothing more falls due in today’s working hours.");
    page.says("Nothing left in the last 7 days.");
    page.says("There is no mail server yet");

    owe(&town).await;
    let page = asha.get(EMAILS).await;
    page.says("<dt>Failed</dt><dd class=\"figure\">1</dd>");
    page.says("<dt>Uncertain</dt><dd class=\"figure\">1</dd>");
    page.says("Failed or in doubt <b class=\"count\">2</b>");
    page.says("Waiting <b class=\"count\">1</b>");
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
    page.says("Waiting <b class=\"count\">2</b>");
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

/// What a section says, without its marks.
fn section(page: &Page, id: &str) -> String {
    let section = page.between(&format!("<h2 id=\"{id}\">"), "</section>");
    let parts = section.split('<').map(|part| part.split_once('>'));
    let words: Vec<&str> = parts
        .map(|part| part.map_or("", |(_, words)| words))
        .flat_map(str::split_whitespace)
        .collect();
    words.join(" ")
}

/// A county where four hours are enough to accept: what comes at nine is overdue at one.
async fn hasty() -> Town {
    let source = "[[deadline]]\naccept = \"4 hours\"\n";
    let (deadlines, _) = Deadlines::load("deadlines.toml", source, None).unwrap();
    let town = Town::of(&[], |configuration| configuration.deadlines = deadlines).await;
    town.person("Asha", Role::Administrator).await;
    town.person("Noor", convener()).await;
    town.texted("Borehole in Eldas is broken").await;
    let accusing = "The transparency office asked for money, a bribe";
    town.texted(accusing).await;
    town
}

const OMBUDSMAN: &str = "Office of the Ombudsman";

/// What left is told as sent, but one letter, which the server refused; its row.
async fn post(town: &Town, refused: &'static str) -> i64 {
    let post = town.store().write("post", move |tx| {
        let mut last = 0;
        for email in tx.claim_emails(100, TimeDelta::days(3))?.claimed {
            let settled = if email.to.contains(refused) {
                last = email.id;
                let why = EmailFailure::NoSuchMailbox;
                EmailSettled::Failed { why, reply: None }
            } else {
                let (code, status) = (250, None);
                EmailSettled::Sent(ServerReply { code, status })
            };
            tx.settle_email(email.id, &settled)?;
        }
        Ok(last)
    });
    post.await.unwrap()
}

#[tokio::test]
async fn what_falls_due_today_is_counted_and_told_as_sent_when_it_has_left() {
    let town = hasty().await;
    let mut asha = town.logged_in("Asha").await;
    let mut noor = town.logged_in("Noor").await;
    let page = asha.get(EMAILS).await;
    let due = section(&page, "due");
    assert!(due.starts_with("2 Steps that will be taken"), "{due}");
    for row in [
        "Office of the Ombudsman, Wajir desk Wajir Reminder 1 Reminder 1",
        "Transparency Wajir, convener of the complaints mechanism Wajir Escalation 1",
        "Wajir County Water Department Wajir Reminder 1 Digest 1",
    ] {
        assert!(due.contains(row), "{row}: {due}");
    }
    for hidden in ["Eldas", "bribe", "money", "+2547", "example"] {
        assert!(!page.text.contains(hidden), "{hidden}");
    }
    // Of what accuses her own organisation the convener sees not even the count.
    let due = section(&noor.get(EMAILS).await, "due");
    assert!(due.starts_with("1 Steps that will be taken"), "{due}");
    assert!(!due.contains(OMBUDSMAN), "{due}");

    town.clock.advance(TimeDelta::hours(5));
    wait_for("the letters", async || {
        let counts = town.store().read(|reader| reader.email_counts(&Eyes::Any));
        (counts.await.unwrap().pending == 3).then_some(())
    })
    .await;
    let mut asha = town.logged_in("Asha").await;
    let mut noor = town.logged_in("Noor").await;
    assert!(section(&noor.get(EMAILS).await, "waiting").starts_with("2 "));
    let refused = post(&town, "ombudsman").await;
    let page = asha.get(EMAILS).await;
    let none = "0 Nothing more falls due in today’s working hours.";
    assert_eq!(section(&page, "due"), none);
    let sent = section(&page, "sent");
    assert!(
        sent.starts_with("2 Today: 2. In the last 7 days: 2"),
        "{sent}"
    );
    assert!(
        sent.contains("Digest Wajir County Water Department Tried once. Mon 4 May, 14:"),
        "{sent}"
    );
    assert!(section(&page, "trouble").starts_with("1 Failed"));

    let page = noor.get(EMAILS).await;
    assert!(!page.text.contains(OMBUDSMAN), "{page:?}");
    page.says("Nothing failed, and nothing is in doubt.");
    let resend = format!("{EMAILS}/{refused}/resend");
    assert_eq!(noor.post(&resend, &[]).await.status, StatusCode::CONFLICT);
    asha.get(EMAILS).await;
    asha.post(&resend, &[]).await.says("It will be sent again.");
    town.stop().await;
}

/// What nobody was at work to be reminded of is due on the next morning, with what falls due in the day.
#[tokio::test]
async fn after_hours_nothing_is_due_before_the_next_morning() {
    let town = hasty().await;
    town.clock.advance(TimeDelta::hours(8));
    let mut asha = town.logged_in("Asha").await;
    town.texted("Borehole in Bute is broken").await;
    let due = section(&asha.get(EMAILS).await, "due");
    assert!(due.starts_with("0 Nothing more falls due"), "{due}");
    town.clock.advance(TimeDelta::hours(14));
    let mut asha = town.logged_in("Asha").await;
    let due = section(&asha.get(EMAILS).await, "due");
    assert!(
        due.contains("Wajir County Water Department Wajir Reminder 2 Digest 1"),
        "{due}"
    );
    town.stop().await;
}

#[tokio::test]
async fn what_left_in_a_week_is_told_page_by_page_and_nothing_older() {
    let town = Town::new().await;
    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    let leave = town.store().write("leave", |tx| {
        for n in 0..31 {
            let then = tx.now - TimeDelta::hours(if n == 30 { 8 * 24 } else { n });
            tx.at(then, |tx| {
                let key = format!("{n}");
                tx.add_email(&NewEmail {
                    key: &key,
                    purpose: &format!("letter {n}."),
                    organisation: None,
                    to: "halima@water.example",
                    from: None,
                    reply_to: None,
                    subject: "Complaints wait",
                    plain: "They do.",
                    html: None,
                    follows: None,
                    due_at: tx.now,
                })?;
                for email in tx.claim_emails(9, TimeDelta::days(3))?.claimed {
                    let (code, status) = (250, None);
                    let sent = EmailSettled::Sent(ServerReply { code, status });
                    tx.settle_email(email.id, &sent)?;
                }
                Ok::<_, jibu::store::StoreError>(())
            })?;
        }
        Ok(())
    });
    leave.await.unwrap();
    let page = asha.get(EMAILS).await;
    let sent = section(&page, "sent");
    // It is nine in the morning.
    assert!(
        sent.starts_with("10 Today: 10. In the last 7 days: 30"),
        "{sent}"
    );
    let (first, last) = (sent.find("letter 0."), sent.find("letter 24."));
    assert!(first.is_some() && first < last, "{sent}");
    assert!(!sent.contains("letter 25."), "{sent}");
    let next = page.between("href=\"/console/emails?", "\"");
    let page = asha
        .get(&format!("{EMAILS}?{}", next.split('#').next().unwrap()))
        .await;
    let sent = section(&page, "sent");
    for n in 25..30 {
        assert!(sent.contains(&format!("letter {n}.")), "{sent}");
    }
    for none in ["letter 24.", "letter 30.", "Next 25"] {
        assert!(!sent.contains(none), "{none}: {sent}");
    }
    page.says("Back to the beginning");
    assert!(
        !page.text.contains("Due today"),
        "what left, and nothing else"
    );
    asha.get(&format!("{EMAILS}?before=x-1"))
        .await
        .says("Due today");
    town.stop().await;
}
