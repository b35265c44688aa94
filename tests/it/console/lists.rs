//! Lists: what is due first, a page at a time, narrowed down, searched.

use chrono::TimeDelta;
use jibu::complaint::OrganisationId;
use jibu::people::Role;

use super::town::{convener, health, officer};
use super::{Browser, Page, Town};

const LIST: &str = "/console/complaints";

/// The words of the rows, in their order.
fn rows(page: &Page) -> Vec<String> {
    let rows = page
        .text
        .split("<p class=\"words\" dir=\"auto\"><a ")
        .skip(1);
    let words = rows.map(|row| row.split_once('>').unwrap().1);
    words
        .map(|row| row.split_once("</a>").unwrap().0.to_owned())
        .collect()
}

/// A town with Halima of the water department, logged in.
async fn water() -> (Town, Browser) {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let halima = town.logged_in("Halima").await;
    (town, halima)
}

fn phone(index: usize) -> String {
    format!("+2547110{index:05}")
}

#[tokio::test]
async fn what_is_late_stands_on_top_and_says_by_how_much() {
    let (town, _) = water().await;
    town.texted_by(&phone(1), "Borehole in Bute is broken")
        .await;
    town.clock.advance(TimeDelta::days(3));
    town.texted_by(&phone(2), "Borehole in Eldas is broken")
        .await;
    let mut halima = town.logged_in("Halima").await;
    let page = halima.get(LIST).await;
    assert_eq!(
        rows(&page),
        ["Borehole in Bute is broken", "Borehole in Eldas is broken"]
    );
    page.says("1 is late.");
    // Monday's was due on Wednesday; it is Thursday.
    page.says("<span class=\"due late\">1 day late</span>");
    page.says("Wed 6 May");
    page.says("<span class=\"due later\">in 2 working days</span>");
    page.says("Inbox <b class=\"count\">2</b>");
    town.stop().await;
}

#[tokio::test]
async fn a_long_list_is_read_a_page_at_a_time_and_nothing_is_left_out() {
    let (town, mut halima) = water().await;
    for index in 0..60 {
        let words = format!("Borehole number {index} in Eldas is broken");
        town.texted_by(&phone(index), &words).await;
    }
    let mut seen = Vec::new();
    let mut next = LIST.to_owned();
    let mut pages = Vec::new();
    loop {
        let page = halima.get(&next).await;
        let on_page = rows(&page);
        pages.push(on_page.len());
        seen.extend(on_page);
        if !page.text.contains("rel=\"next\"") {
            break;
        }
        let link = page.between("<a class=\"button quiet\" href=\"", "\" rel=\"next\"");
        next = link.replace("&#38;", "&");
    }
    assert_eq!(pages, [25, 25, 10]);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 60);
    town.stop().await;
}

#[tokio::test]
async fn a_list_is_narrowed_down_by_what_its_address_says() {
    let (town, mut halima) = water().await;
    town.texted_by(&phone(1), "Borehole in Bute is broken")
        .await;
    let number = town
        .texted_by(&phone(2), "Borehole in Habasswein is broken")
        .await;
    town.act(&mut halima, number, "accept", &[]).await;
    for (query, expected) in [
        ("place=bute", vec!["Borehole in Bute is broken"]),
        (
            "place=wajir-south",
            vec!["Borehole in Habasswein is broken"],
        ),
        ("status=accepted", vec!["Borehole in Habasswein is broken"]),
        ("status=accepted&place=bute", vec![]),
        ("sector=health", vec![]),
        ("due=late", vec![]),
        ("due=soon", vec!["Borehole in Bute is broken"]),
        ("age=7", vec![]),
    ] {
        let page = halima.get(&format!("{LIST}?{query}")).await;
        assert_eq!(rows(&page), expected, "{query}");
        if expected.is_empty() {
            page.says("Nothing here is like that");
        }
    }
    town.clock.advance(TimeDelta::days(8));
    let mut halima = town.logged_in("Halima").await;
    assert_eq!(rows(&halima.get(&format!("{LIST}?age=7")).await).len(), 2);
    assert_eq!(
        rows(&halima.get(&format!("{LIST}?due=late")).await).len(),
        2
    );
    town.stop().await;
}

#[tokio::test]
async fn words_are_found_however_they_are_spelt_and_a_number_leads_straight_there() {
    let (town, mut halima) = water().await;
    let number = town
        .texted_by(&phone(1), "Kisima cha Eldas kimeharibika")
        .await;
    town.texted_by(&phone(2), "Borehole in Bute is broken")
        .await;
    town.texted_by(&phone(3), "No nurse at the dispensary in Bute")
        .await;
    let page = halima.get(&format!("{LIST}?q=KIS%C3%8DMA+eld")).await;
    assert_eq!(rows(&page), ["Kisima cha Eldas kimeharibika"]);
    page.says("1 complaint in all that you see; 2 texts were read.");
    let page = halima.get(&format!("{LIST}?q=nurse")).await;
    page.says("Nothing found");
    let grouped = format!(
        "{:03} {:03} {:04}",
        number / 10_000_000,
        number / 10_000 % 1000,
        number % 10_000
    );
    let page = halima
        .get(&format!("{LIST}?q=%20{}", grouped.replace(' ', "%20")))
        .await;
    assert_eq!(page.leads_to(), format!("{LIST}/{number}"));
    town.stop().await;
}

#[tokio::test]
async fn what_is_over_has_a_list_of_its_own() {
    let (town, mut halima) = water().await;
    let number = town
        .texted_by(&phone(1), "Borehole in Bute is broken")
        .await;
    halima
        .get("/console/closed")
        .await
        .says("Nothing is closed yet");
    town.act(&mut halima, number, "not-a-complaint", &[]).await;
    halima.get(LIST).await.says("Nothing is waiting for you");
    let page = halima.get("/console/closed").await;
    assert_eq!(rows(&page), ["Borehole in Bute is broken"]);
    page.says("Closed: not a complaint");
    town.stop().await;
}

#[tokio::test]
async fn one_deed_is_done_with_several_and_what_moved_on_is_told() {
    let (town, mut halima) = water().await;
    let first = town
        .texted_by(&phone(1), "Borehole in Bute is broken")
        .await;
    let second = town
        .texted_by(&phone(2), "Borehole in Eldas is broken")
        .await;
    let page = halima.get(LIST).await;
    let value = |number: u64| {
        let rest = page.between(&format!("value=\"{number}."), "\"");
        format!("{number}.{rest}")
    };
    let (first_box, second_box) = (value(first), value(second));
    town.act(&mut halima, second, "note", &[("words", "Rang the chief")])
        .await;
    let fields = [
        ("deed", "accept"),
        ("back", "place=bute"),
        ("chosen", first_box.as_str()),
        ("chosen", second_box.as_str()),
    ];
    let page = halima.post(LIST, &fields).await;
    assert_eq!(
        page.leads_to(),
        format!("{LIST}?place=bute&done=1&moved=1&refused=0")
    );
    let page = halima.follow(page).await;
    page.says("Done with 1 complaint.");
    page.says("1 had changed meanwhile and was left alone");
    assert_eq!(
        rows(&halima.get(&format!("{LIST}?status=accepted")).await).len(),
        1
    );
    let page = halima.post(LIST, &[("deed", "accept")]).await;
    halima.follow(page).await.says("Nothing was chosen");
    // The proxy in front would not let so long an address through, and nobody would learn that it was done.
    let long = format!("place={}", "a".repeat(5_000));
    let page = halima
        .post(LIST, &[("deed", "accept"), ("back", &long)])
        .await;
    assert_eq!(page.leads_to(), format!("{LIST}?done=0&moved=0&refused=0"));
    let page = town.browser().get(&format!("{LIST}?{long}")).await;
    assert_eq!(page.leads_to(), "/console/login");
    town.stop().await;
}

#[tokio::test]
async fn what_accuses_somebody_is_in_no_list_no_count_and_no_search_of_theirs() {
    let (town, mut halima) = water().await;
    town.person("Noor", convener()).await;
    town.person("Yusuf", health()).await;
    let mut noor = town.logged_in("Noor").await;
    let number = town
        .texted_by(&phone(1), "Borehole in Bute is broken")
        .await;
    let marked = town
        .act(&mut halima, number, "sensitive", &[("to", "wajir-water")])
        .await;
    assert_eq!(
        marked.leads_to(),
        "/console/complaints?done=1",
        "its page is not there for her"
    );
    for path in [
        LIST,
        "/console/closed",
        "/console/passed-on",
        "/console/complaints?q=borehole",
    ] {
        let page = halima.get(path).await;
        assert!(!page.text.contains("Bute is broken"), "{path}: {page:?}");
        page.says("Inbox <b class=\"count\">0</b>");
    }
    let page = noor.get(LIST).await;
    assert_eq!(
        rows(&page),
        ["Kept private: open it to read it, which is on record"]
    );
    let page = noor.get(&format!("{LIST}/{number}")).await;
    page.says("Hidden from: Wajir County Water Department.");
    town.stop().await;
}

/// Beside the buttons stands whom it is to be referred to: that is nobody whom it accuses.
#[tokio::test]
async fn what_is_marked_sensitive_in_a_list_accuses_nobody() {
    let (town, mut halima) = water().await;
    town.person("Noor", convener()).await;
    let number = town
        .texted_by(&phone(1), "Borehole in Bute is broken")
        .await;
    let page = halima.get(LIST).await;
    let seen = page.between(&format!("value=\"{number}."), "\"");
    let chosen = format!("{number}.{seen}");
    let fields = [
        ("deed", "sensitive"),
        ("to", "wajir-health"),
        ("chosen", chosen.as_str()),
    ];
    let page = halima.post(LIST, &fields).await;
    assert_eq!(page.leads_to(), format!("{LIST}?done=1&moved=0&refused=0"));
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(&format!("{LIST}/{number}")).await;
    page.says("Sensitive.");
    assert!(!page.text.contains("Hidden from"), "{page:?}");
    town.stop().await;
}

#[tokio::test]
async fn what_accuses_the_convener_is_with_who_oversees_it_and_nowhere_else() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    let oversight = Role::Officer(OrganisationId::new("ombudsman"));
    town.person("Zahra", oversight).await;
    let mut noor = town.logged_in("Noor").await;
    let mut zahra = town.logged_in("Zahra").await;
    let number = town
        .texted("The transparency office asked for money, a bribe")
        .await;
    assert_eq!(rows(&zahra.get(LIST).await).len(), 1);
    let own = format!("{LIST}/{number}");
    for path in [
        LIST,
        "/console/queue",
        "/console/closed",
        "/console/complaints?q=transparency",
        &own,
    ] {
        let page = noor.get(path).await;
        assert!(!page.text.contains("asked for money"), "{path}: {page:?}");
        if path != own {
            page.says("All open <b class=\"count\">0</b>");
            page.says("Queue <b class=\"count\">0</b>");
        }
    }
    let figures = noor.get("/console/figures").await;
    figures.says("There are no complaints in this time");
    // There is nobody further to send it back to.
    let back = [("words", "Not ours")];
    let page = town.act(&mut zahra, number, "return", &back).await;
    page.says("They have it already.");
    town.act(&mut zahra, number, "not-a-complaint", &[]).await;
    for path in ["/console/closed", "/console/complaints?q=transparency"] {
        let page = noor.get(path).await;
        assert!(!page.text.contains("asked for money"), "{path}: {page:?}");
    }
    assert_eq!(rows(&zahra.get("/console/closed").await).len(), 1);
    town.stop().await;
}
