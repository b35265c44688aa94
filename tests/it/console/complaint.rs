//! The page of a complaint, and what is done on it.

use chrono::TimeDelta;
use jibu::complaint::OrganisationId;
use jibu::people::Role;
use reqwest::StatusCode;

use super::Town;
use super::town::{convener, health, officer};

fn at(number: u64) -> String {
    format!("/console/complaints/{number}")
}

#[tokio::test]
async fn it_reads_like_a_letter_with_the_time_that_each_had_it() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Noor", convener()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    town.clock.advance(TimeDelta::hours(26));
    let mut halima = town.logged_in("Halima").await;
    let why = "The pump is the school\u{2019}s <b>own</b>";
    let sent = [("words", why), ("to", "wajir-education")];
    town.act(&mut halima, number, "return", &sent).await;
    town.clock.advance(TimeDelta::hours(49));
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(&at(number)).await;
    page.says("<blockquote class=\"said\" dir=\"auto\">Borehole in Eldas is broken</blockquote>");
    page.says("Had it for 1 day 2 h");
    page.says("Has had it for 2 days 1 h");
    page.says("sent back by Halima");
    page.says("school’s &#60;b&#62;own&#60;/b&#62;");
    page.says("Rule “water-point-broken”");
    page.says("<dd><bdi>Eldas</bdi></dd>");
    town.stop().await;
}

#[tokio::test]
async fn a_pact_is_named_to_its_monitor_and_the_complaint_is_not_there_for_the_authority() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let watch = Role::Officer(OrganisationId::new("contract-watch"));
    town.person("Wanjiku", watch).await;
    let told = "wjr 2026 014 the driller was chosen before the bids were opened";
    let number = town.texted(told).await;
    let mut wanjiku = town.logged_in("Wanjiku").await;
    let page = wanjiku.get(&at(number)).await;
    page.says("<dt>Integrity pact</dt><dd><bdi>WJR-2026-014</bdi><br><bdi>Drilling and solar pumps for eleven boreholes</bdi></dd>");
    page.says("The code of the integrity pact WJR-2026-014 is in the words.");
    page.says("Hidden from: ");
    let mut halima = town.logged_in("Halima").await;
    assert_eq!(halima.get(&at(number)).await.status, StatusCode::NOT_FOUND);
    town.stop().await;
}

#[tokio::test]
async fn who_had_it_before_its_second_part_told_of_a_pact_learns_nothing_of_that() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let phone = "+254711000099";
    let first = "Our borehole in Eldas was drilled by a company that nobody knows, it has been dry since the first week, and the people who \
                 live here say that it is because";
    let number = town.texted_by(phone, first).await;
    let mut halima = town.logged_in("Halima").await;
    halima.get(&at(number)).await.says("Has had it for");
    let same = town
        .texted_by(phone, "they paid for it, WJR-2026-022")
        .await;
    assert_eq!(same, number, "it is one text in two parts");
    let page = halima.get(&at(number)).await;
    page.says(first);
    for word in ["WJR", "pact", "Corruption", "Sensitive"] {
        assert!(!page.text.contains(word), "{word} in {}", page.text);
    }
    town.stop().await;
}

#[tokio::test]
async fn who_passed_it_on_sees_their_part_and_nothing_after_it() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Yusuf", health()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    let mut yusuf = town.logged_in("Yusuf").await;
    town.act(&mut halima, number, "accept", &[]).await;
    town.act(
        &mut halima,
        number,
        "note",
        &[("words", "Ours is the pump, theirs the tank")],
    )
    .await;
    town.act(
        &mut halima,
        number,
        "refer",
        &[("to", "wajir-health"), ("words", "The tank is yours")],
    )
    .await;
    town.act(&mut yusuf, number, "accept", &[]).await;
    town.act(
        &mut yusuf,
        number,
        "update",
        &[("words", "A plumber comes on Friday")],
    )
    .await;
    town.act(&mut yusuf, number, "note", &[("words", "Budget line 14")])
        .await;

    let own = halima.get(&at(number)).await;
    own.says("You passed this on");
    own.says("Borehole in Eldas is broken");
    own.says("Ours is the pump");
    own.says("The tank is yours");
    own.says("There is nothing for you to do");
    for theirs in ["plumber", "Budget", "Yusuf", "In progress", "Who has it"] {
        assert!(!own.text.contains(theirs), "{theirs} in {}", own.text);
    }
    let preview = format!("{}/preview", at(number));
    let told = halima.post(&preview, &[("deed", "start")]).await;
    assert_eq!(
        told.status,
        StatusCode::NOT_FOUND,
        "it would name who has it"
    );
    halima
        .get("/console/passed-on")
        .await
        .says("Borehole in Eldas is broken");

    town.person("Noor", convener()).await;
    let mut noor = town.logged_in("Noor").await;
    let accusing = [("to", "wajir-roads")];
    town.act(&mut noor, number, "sensitive", &accusing).await;
    noor.get(&at(number)).await.says("Hidden from: ");
    let own = halima.get(&at(number)).await;
    for later in ["Sensitive.", "Hidden from", "Roads"] {
        assert!(!own.text.contains(later), "{later} in {}", own.text);
    }
    town.act(&mut noor, number, "refer", &[("to", "wajir-health")])
        .await;

    let all = yusuf.get(&at(number)).await;
    all.says("A plumber comes on Friday");
    all.says("Budget line 14");
    all.says("The tank is yours");
    assert!(
        !all.text.contains("Ours is the pump"),
        "a note is for its own organisation"
    );
    town.stop().await;
}

#[tokio::test]
async fn who_is_second_is_told_what_happened_and_keeps_their_words() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Omar", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    let mut omar = town.logged_in("Omar").await;
    town.act(&mut halima, number, "accept", &[]).await;
    let seen = omar
        .get(&at(number))
        .await
        .between("name=\"seen\" value=\"", "\"");
    town.act(
        &mut halima,
        number,
        "update",
        &[("words", "Rods are ordered")],
    )
    .await;

    let typed = [("seen", seen.as_str()), ("words", "We come <today>")];
    let page = omar.post(&format!("{}/update", at(number)), &typed).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("Somebody was quicker: nothing of yours was done");
    page.says("Halima, Water Dept told how it goes (just now)");
    page.says(">We come &#60;today&#62;</textarea>");
    // The page shows the history as it is by now: sent again, it is done.
    let seen = page.between("name=\"seen\" value=\"", "\"");
    let typed = [("seen", seen.as_str()), ("words", "We come today")];
    let page = omar.post(&format!("{}/update", at(number)), &typed).await;
    assert_eq!(page.leads_to(), format!("{}?done=update", at(number)));
    omar.follow(page).await.says("Your text is on its way.");
    town.stop().await;
}

#[tokio::test]
async fn nothing_is_done_without_what_was_seen_or_without_words() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    halima.get(&at(number)).await;
    for seen in [&[][..], &[("seen", "x")], &[("seen", "0")]] {
        let page = halima.post(&format!("{}/accept", at(number)), seen).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{seen:?}");
    }
    town.act(&mut halima, number, "accept", &[]).await;
    for nothing in ["  ", "\u{200b}\u{feff} \u{202e}"] {
        let page = town
            .act(&mut halima, number, "update", &[("words", nothing)])
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.says("Please write something first.");
    }
    let page = town
        .act(&mut halima, number, "refer", &[("words", "Not ours")])
        .await;
    page.says("Please choose to whom it should go.");
    let page = town.act(&mut halima, number, "accept", &[]).await;
    page.says("This cannot be done with it now");
    assert_eq!(
        halima.get("/console/complaints/1234567890").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        halima.get("/console/complaints/x").await.status,
        StatusCode::NOT_FOUND
    );
    let unknown = halima.post(&format!("{}/forget", at(number)), &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    town.stop().await;
}

#[tokio::test]
async fn the_text_is_shown_before_it_is_sent() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    halima.get(&at(number)).await.says("The citizen gets:");
    town.act(&mut halima, number, "accept", &[]).await;
    let preview = format!("{}/preview", at(number));
    let typed = [
        ("deed", "update"),
        ("words", "We come on Friday with <rods>"),
    ];
    let page = halima.post(&preview, &typed).await;
    page.says("<html");
    page.says("Water Dept: We come on Friday with &#60;rods&#62;");
    page.says("1 text");
    // What waits to be sent leaves in the same text.
    town.act(
        &mut halima,
        number,
        "update",
        &[("words", "Rods are ordered")],
    )
    .await;
    let page = halima.post(&preview, &typed).await;
    page.says("Water Dept: Rods are ordered We come on Friday");
    let page = halima.post(&preview, &[("deed", "start")]).await;
    page.says("<html");
    let long = "maji ".repeat(80);
    let page = halima
        .post(&preview, &[("deed", "update"), ("words", &long)])
        .await;
    page.says("Too long: the end is missing");
    town.stop().await;
}

#[tokio::test]
async fn what_kind_it_is_is_said_in_the_readers_language() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    let number = town.texted("The water officer wants a bribe").await;
    let mut noor = town.logged_in("Noor").await;
    noor.get(&at(number)).await.says("<dd>Corruption</dd>");
    noor.get("/console/account").await;
    let kiswahili = [("name", "Noor"), ("language", "sw")];
    noor.post("/console/account", &kiswahili).await;
    noor.get(&at(number)).await.says("<dd>Ufisadi</dd>");
    town.stop().await;
}

/// A convener takes it back, an officer says that it accuses their own: what the lists of others offer depends on the complaint.
#[tokio::test]
async fn it_can_go_to_and_accuse_any_of_its_county() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Noor", convener()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    let mut noor = town.logged_in("Noor").await;
    let choices = |page: &super::Page, deed: &str| {
        page.between(&format!("<select id=\"to-{deed}\""), "</select>")
    };
    let page = halima.get(&at(number)).await;
    assert!(choices(&page, "sensitive").contains("\"wajir-water\""));
    assert!(!choices(&page, "refer").contains("\"wajir-water\""));
    let page = noor.get(&at(number)).await;
    assert!(choices(&page, "refer").contains("\"ti-wajir\""));
    town.stop().await;
}

/// What comes soon after other news leaves with them in one text. Where that is too short for all, the end is not what is missing.
#[tokio::test]
async fn a_question_is_asked_in_full_whatever_was_told_just_before() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    let long = "The rods came to Wajir on the lorry and two men with the tools go on to Eldas with them on Friday";
    for (deed, words) in [
        ("accept", ""),
        ("update", long),
        ("update", "The road is dry"),
        ("ask", "Is it the one at the school?"),
    ] {
        let page = town
            .act(&mut halima, number, deed, &[("words", words)])
            .await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{deed}: {page:?}");
    }
    halima.get(&at(number)).await.says(
        "Water Dept asks: The road is dry Is it the one at the school? Please answer by text.",
    );
    town.stop().await;
}

#[tokio::test]
async fn who_says_that_it_accuses_their_own_is_led_to_what_they_still_see() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    let accused = [("to", "wajir-water")];
    let page = town.act(&mut halima, number, "sensitive", &accused).await;
    let page = halima.follow(page).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("Done with 1 complaint.");
    assert_eq!(halima.get(&at(number)).await.status, StatusCode::NOT_FOUND);
    town.stop().await;
}
