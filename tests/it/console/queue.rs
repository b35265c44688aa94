//! The convener's queue, and the counts that the committee sees.

use chrono::TimeDelta;
use jibu::store::Settled;

use super::Town;
use super::town::{committee, convener, health, officer};
use crate::world::{AMINA, past_the_store};

const QUEUE: &str = "/console/queue";

#[tokio::test]
async fn what_no_rule_sent_anywhere_is_referred_with_one_button() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    let mut noor = town.logged_in("Noor").await;
    noor.get(QUEUE).await.says("None now.");
    let number = town
        .texted("Something smells at the livestock market")
        .await;
    let page = noor.get(QUEUE).await;
    page.says("Queue <b class=\"count\">1</b>");
    page.says("Something smells at the livestock market");
    let keys = ["1", "2", "3"].map(|key| format!("data-key=\"{key}\""));
    keys.iter().for_each(|key| page.says(key));
    let first = page.between("name=\"to\" value=\"", "\"");
    let seen = page.between("name=\"seen\" value=\"", "\"");
    let fields = [
        ("seen", seen.as_str()),
        ("from", "queue"),
        ("to", first.as_str()),
    ];
    let page = noor
        .post(&format!("/console/complaints/{number}/refer"), &fields)
        .await;
    let page = noor.follow(page).await;
    page.says("Done with 1 complaint.");
    page.says("Queue <b class=\"count\">0</b>");
    town.stop().await;
}

#[tokio::test]
async fn what_was_sent_back_twice_and_what_is_sensitive_waits_there_too() {
    let town = Town::new().await;
    for (name, role) in [
        ("Noor", convener()),
        ("Halima", officer()),
        ("Yusuf", health()),
    ] {
        town.person(name, role).await;
    }
    let mut halima = town.logged_in("Halima").await;
    let mut yusuf = town.logged_in("Yusuf").await;
    let mut noor = town.logged_in("Noor").await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let why = [("words", "Not ours"), ("to", "wajir-health")];
    town.act(&mut halima, number, "return", &why).await;
    let page = noor.get(QUEUE).await;
    assert!(
        !page.text.contains("Borehole"),
        "once is nothing to call anybody for"
    );
    town.act(&mut yusuf, number, "return", &why[..1]).await;
    town.texted("The chief wants a bribe for the relief list")
        .await;
    let page = noor.get(QUEUE).await;
    let disputed = page.between("id=\"disputed\"", "</section>");
    assert!(
        disputed.contains("Borehole in Eldas") && disputed.contains("Sent back 2 times"),
        "{disputed}"
    );
    let sensitive = page.between("id=\"sensitive\"", "</section>");
    assert!(
        sensitive.contains("Kept private")
            && !sensitive.contains("wants a bribe")
            && !sensitive.contains("data-key"),
        "{sensitive}"
    );
    page.says("Queue <b class=\"count\">2</b>");
    let decided = [("to", "wajir-roads")];
    town.act(&mut noor, number, "refer", &decided).await;
    let page = noor.get(QUEUE).await;
    assert!(
        !page.text.contains("Borehole in Eldas"),
        "what was decided waits no more"
    );
    page.says("Queue <b class=\"count\">1</b>");
    town.stop().await;
}

/// The text that the citizen gets says that the convener knows.
#[tokio::test]
async fn what_is_said_not_to_be_solved_waits_there_until_somebody_takes_it_up() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.person("Halima", officer()).await;
    let mut noor = town.logged_in("Noor").await;
    let mut halima = town.logged_in("Halima").await;
    let number = town.texted_by(AMINA, "Borehole in Eldas is broken").await;
    town.act(&mut halima, number, "accept", &[]).await;
    let solved = [("words", "Pump replaced")];
    town.act(&mut halima, number, "resolve", &solved).await;
    noor.get(QUEUE).await.says("Queue <b class=\"count\">0</b>");
    // The text that asks leaves five minutes after the one before it; until then the status asks.
    town.texted_by(AMINA, "STATUS").await;
    town.texted_by(AMINA, "2").await;
    let page = noor.get(QUEUE).await;
    page.says("Queue <b class=\"count\">1</b>");
    let reopened = page.between("id=\"reopened\"", "</section>");
    assert!(
        reopened.contains("Borehole in Eldas") && reopened.contains("Water Dept"),
        "{reopened}"
    );
    town.act(&mut halima, number, "start", &[]).await;
    noor.get(QUEUE).await.says("Queue <b class=\"count\">0</b>");
    town.stop().await;
}

/// What is counted beforehand is what its page asks: it needs nothing else, then.
#[tokio::test]
async fn the_committees_first_look_counts_nothing() {
    let town = Town::new().await;
    town.person("Fatuma", committee()).await;
    for _ in 0..7 {
        town.texted("Borehole in Eldas is broken").await;
    }
    town.wait(chrono::TimeDelta::days(60)).await;
    town.counted_beforehand().await;
    past_the_store(&town.served.folder)
        .execute_batch("DROP TABLE published_hop; DROP TABLE published_complaint;")
        .unwrap();
    let mut fatuma = town.logged_in("Fatuma").await;
    let page = fatuma.get("/console/figures").await;
    page.says("Figures as of ");
    page.says("<dd><b>7</b>");
    let question = "/console/figures/question?rows=sector&measure=complaints&period=2026-05";
    assert_eq!(fatuma.get(question).await.status, 200, "it is on the page");
    let other = "/console/figures/question?rows=kind&measure=open&period=2026-05";
    assert_eq!(fatuma.get(other).await.status, 503, "it is not");
    town.stop().await;
}

#[tokio::test]
async fn the_committee_sees_months_that_are_over_and_no_figure_of_few() {
    let town = Town::new().await;
    town.person("Fatuma", committee()).await;
    town.person("Noor", convener()).await;
    let mut fatuma = town.logged_in("Fatuma").await;
    let mut noor = town.logged_in("Noor").await;
    let month = "/console/figures?period=2026-05";
    for _ in 0..7 {
        town.texted("Borehole in Eldas is broken").await;
        town.texted("No nurse at the dispensary in Bute").await;
    }
    let number = town.texted("Road in Tarbaj is full of holes").await;
    fatuma.get(month).await.says("No month is published yet");
    let whole = noor.get(month).await;
    assert!(!whole.text.contains("not shown"), "{whole:?}");
    town.wait(chrono::TimeDelta::days(60)).await;
    let mut fatuma = town.logged_in("Fatuma").await;
    let page = fatuma.get(month).await;
    page.says("<dd><b>15</b>");
    page.says("not shown");
    page.says("Figures as of ");
    assert!(
        !page
            .text
            .contains("<bdi>Roads</bdi></th><td class=\"figure\">1<")
    );
    for secret in ["Borehole", "Noor", &number.to_string()] {
        assert!(!page.text.contains(secret), "{secret}");
    }
    let days = "/console/figures/question?rows=day&measure=complaints&period=2026-05";
    let refused = fatuma.get(days).await;
    refused.says("This cannot be shown outside the organisations");
    town.stop().await;
}

#[tokio::test]
async fn what_is_quoted_as_a_reason_tells_something() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.texted("There have been many people since then without anything, also the pipe there and the patients")
        .await;
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(QUEUE).await;
    page.says("<bdi class=\"because\" dir=\"auto\">“pipe”</bdi>");
    assert!(!page.text.contains("“There”"), "{page:?}");
    town.stop().await;
}

/// Whoever has it: the convener is who notices that nothing moves.
#[tokio::test]
async fn what_is_late_is_counted_and_says_what_was_due() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.texted("Borehole in Eldas is broken").await;
    town.texted("The chief wants a bribe for the relief list")
        .await;
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(QUEUE).await;
    page.says("<a href=\"#overdue\">Late <b class=\"count\">0</b></a>");
    page.says("<a href=\"#sensitive\">Sensitive <b class=\"count\">1</b></a>");
    town.clock.advance(TimeDelta::days(14));
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(QUEUE).await;
    page.says("<a href=\"#overdue\">Late <b class=\"count\">1</b></a>");
    let late = page.between("id=\"overdue\"", "</section>");
    let says = ["Borehole in Eldas", "Water Dept", "Not accepted:", "late"];
    says.iter()
        .for_each(|word| assert!(late.contains(word), "{word}: {late}"));
    assert!(!late.contains("bribe"), "it stands in its own part: {late}");
    town.stop().await;
}

/// Nobody who cannot be told by text is to wait for one.
#[tokio::test]
async fn whom_no_text_reaches_stands_there_with_why() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    let mut noor = town.logged_in("Noor").await;
    town.texted_by(AMINA, "Borehole in Eldas is broken").await;
    let part = |page: &super::Page| page.between("id=\"untextable\"", "</section>").to_owned();
    let page = noor.get(QUEUE).await;
    assert!(!part(&page).contains("Borehole"), "she can be told");

    town.texted_by(AMINA, "STOP").await;
    let page = noor.get(QUEUE).await;
    let told = part(&page);
    assert!(
        told.contains("Borehole in Eldas") && told.contains("wants no texts"),
        "{told}"
    );
    town.texted_by(AMINA, "START").await;
    assert!(
        !part(&noor.get(QUEUE).await).contains("Borehole"),
        "she can be told again"
    );

    let database = past_the_store(&town.served.folder);
    let last = "SELECT max(id) FROM outbox WHERE complaint_id IS NOT NULL";
    let id: i64 = database.query_row(last, [], |row| row.get(0)).unwrap();
    database
        .execute("UPDATE outbox SET state = 'sending' WHERE id = ?1", [id])
        .unwrap();
    let failed = Settled::Failed {
        code: Some(30005),
        opted_out: false,
    };
    let fails = town
        .store()
        .write("fail", move |tx| tx.settle_text(id, &failed));
    fails.await.unwrap();
    let told = part(&noor.get(QUEUE).await);
    assert!(told.contains("last text did not arrive"), "{told}");
    town.stop().await;
}

#[tokio::test]
async fn what_may_be_no_complaint_is_put_away_with_one_button_and_the_rest_is_not() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    let mut noor = town.logged_in("Noor").await;
    let advert = town.texted("WIN BIG www.getrich.co").await;
    town.texted("They took our goats yesterday and nobody helps us")
        .await;
    let page = noor.get(QUEUE).await;
    let doubtful = page.between("id=\"doubtful\"", "</section>");
    assert!(
        doubtful.contains("WIN BIG") && !doubtful.contains("goats"),
        "{doubtful}"
    );
    let unrouted = page.between("id=\"unrouted\"", "</section>");
    assert!(
        unrouted.contains("goats") && !unrouted.contains("WIN BIG"),
        "{unrouted}"
    );
    page.says("Queue <b class=\"count\">2</b>");
    town.act(&mut noor, advert, "not-a-complaint", &[("from", "queue")])
        .await;
    let page = noor.get(QUEUE).await;
    assert!(
        !page
            .between("id=\"doubtful\"", "</section>")
            .contains("WIN BIG")
    );
    page.says("Queue <b class=\"count\">1</b>");
    town.stop().await;
}
