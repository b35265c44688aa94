//! The report of a month, as each role gets it to print.

use chrono::TimeDelta;
use rusqlite::params;

use super::town::{committee, convener, health, officer};
use super::{Browser, Page, Town};
use crate::world::past_the_store;

const MAY: &str = "/console/figures/report?month=2026-05";

/// Whose borehole in Tarbaj it is.
const PHONE: &str = "+254722000009";

/// Seven on water, seven on health, one on roads, one that accuses the water department, in May; and it is the 9th of June.
async fn a_month_later() -> (Town, u64) {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.person("Halima", officer()).await;
    town.person("Yusuf", health()).await;
    town.person("Fatuma", committee()).await;
    for _ in 0..7 {
        town.texted("Borehole in Eldas is broken").await;
        town.texted("No nurse at the dispensary in Bute").await;
    }
    town.texted("Road in Tarbaj is full of holes").await;
    town.texted("The water officer wants a bribe").await;
    let number = town.texted_by(PHONE, "Borehole in Tarbaj is broken").await;
    town.wait(TimeDelta::days(60)).await;
    (town, number)
}

/// The table of that name: its rows without markup, a line each.
fn table(page: &Page, name: &str) -> Vec<String> {
    let table = page.between(&format!("<caption>{name}</caption>"), "</table>");
    let rows = table.split("<tr>").skip(2);
    rows.map(|row| {
        let pieces = row.split('<').map(|piece| match piece.split_once('>') {
            Some((_, text)) => text.trim(),
            None => piece.trim(),
        });
        let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
        pieces.join(" ")
    })
    .collect()
}

/// Nobody's number, words, name or tracking number is on the paper.
fn tells_of_nobody(page: &Page, number: u64) {
    for secret in [
        PHONE.trim_start_matches('+'),
        "Borehole",
        "bribe",
        &number.to_string(),
    ] {
        assert!(!page.text.contains(secret), "{secret} in {}", page.text);
    }
}

#[tokio::test]
async fn a_convener_prints_all_of_the_county_and_says_for_whom_it_is() {
    let (town, number) = a_month_later().await;
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(MAY).await;
    page.says("<h1>Complaints in Wajir, May 2026</h1>");
    page.says("All complaints of the county");
    page.says("May 2026: 17 complaints lodged; Apr 2026: 0");
    assert_eq!(
        table(&page, "Complaints, by: Sector. May 2026"),
        ["Water 8", "Health 7", "Roads 1", "Not given 1", "All 17"]
    );
    page.says("this is for those who work on complaints, and for nobody else");
    page.says("How the organisations do");
    page.says("Fewer than 10 complaints: too few to be set beside others");
    tells_of_nobody(&page, number);
    town.stop().await;
}

#[tokio::test]
async fn an_organisation_prints_what_it_has_without_what_accuses_it() {
    let (town, number) = a_month_later().await;
    let mut halima = town.logged_in("Halima").await;
    let page = halima.get(MAY).await;
    page.says("What Wajir County Water Department has");
    page.says("What accuses Wajir County Water Department is not counted here.");
    assert_eq!(
        table(&page, "Complaints, by: Sector. May 2026"),
        ["Water 8", "Not given 0", "All 8"]
    );
    assert!(!page.text.contains("How the organisations do"));
    assert!(!page.text.contains("<bdi>Health</bdi>"), "{}", page.text);
    tells_of_nobody(&page, number);
    town.stop().await;
}

#[tokio::test]
async fn a_committee_prints_no_figure_of_few() {
    let (town, number) = a_month_later().await;
    let mut fatuma = town.logged_in("Fatuma").await;
    let page = fatuma.get(MAY).await;
    page.says("figures by which nobody can be known");
    page.says("Figures of fewer than 5 complaints are not shown");
    let by_sector = table(&page, "Complaints, by: Sector. May 2026");
    assert!(
        by_sector.contains(&"Roads not shown".to_owned()),
        "{by_sector:?}"
    );
    assert!(
        !page
            .text
            .contains("this is for those who work on complaints")
    );
    tells_of_nobody(&page, number);
    town.stop().await;
}

/// So many complaints of each of so many kinds, sectors and organisations, lodged now.
fn of_many_kinds(town: &Town, kinds: u32, each: u32) {
    let opened = town.clock.now().timestamp_millis();
    past_the_store(&town.served.folder)
        .execute(
            "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1 * ?2)
             INSERT INTO complaint (id, number, channel, county, sector, kind, priority, sensitive, language, status, holder, held_since,
                accept_due, first_action_due, resolve_due, opened_at, next_due, returns, status_since, reopens)
             SELECT 1000 + i, 1000 + i, 'sms', 'wajir', 'sector ' || (i % ?1), 'kind ' || (i % ?1), 'normal', 0, 'en', 'referred',
                'holder ' || (i % ?1), ?3, ?3, ?3, ?3, ?3, ?3, 0, ?3, 0 FROM n",
            params![kinds, each, opened],
        )
        .unwrap();
}

#[tokio::test]
async fn of_many_kinds_the_largest_are_printed_and_what_the_others_come_to() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.person("Fatuma", committee()).await;
    of_many_kinds(&town, 20, 2);
    town.wait(TimeDelta::days(60)).await;
    let page = town.logged_in("Noor").await.get(MAY).await;
    for (by, first) in [("Sector", "sector 0 2"), ("Kind", "kind 0 2")] {
        let rows = table(&page, &format!("Complaints, by: {by}. May 2026"));
        assert_eq!(rows.len(), 8 + 3, "{rows:?}");
        assert_eq!(rows[0], first);
        assert_eq!(rows[8..], ["and 12 more 24", "Not given 0", "All 40"]);
    }
    let days = "Median until said to be solved, working days, by: Sector. May 2026";
    assert_eq!(table(&page, days)[8], "and 12 more –");
    let board = page.between("How the organisations do", "</section>");
    assert_eq!(board.matches("<bdi>holder ").count(), 12);
    assert!(board.contains("<bdi>and 8 more</bdi>"), "{board}");
    // All of them stand in the figures.
    let figures = town
        .logged_in("Noor")
        .await
        .get("/console/figures?period=2026-05")
        .await;
    let board = figures.between("How the organisations do", "</section>");
    assert_eq!(board.matches("<bdi>holder ").count(), 20);
    // What is hidden is not added up for a committee.
    let page = town.logged_in("Fatuma").await.get(MAY).await;
    let rows = table(&page, "Complaints, by: Sector. May 2026");
    assert_eq!(rows[8], "and 12 more not shown", "{rows:?}");
    town.stop().await;
}

async fn not_yet(browser: &mut Browser, month: &str) {
    let page = browser
        .get(&format!("/console/figures/report?month={month}"))
        .await;
    assert_eq!(page.status, 200);
    page.says("There is no report of");
    page.says("A month is told when it is over and counted.");
    assert!(!page.text.contains("class=\"sheet report\""), "{page:?}");
}

#[tokio::test]
async fn a_month_that_is_not_over_is_refused_in_words_to_a_committee_and_marked_as_such_for_others()
{
    let (town, _) = a_month_later().await;
    let mut fatuma = town.logged_in("Fatuma").await;
    not_yet(&mut fatuma, "2026-06").await;
    let may = fatuma.get(MAY).await;
    may.says("value=\"2026-05\" selected");
    assert!(!may.text.contains("value=\"2026-06\""), "nor is it offered");
    let mut noor = town.logged_in("Noor").await;
    not_yet(&mut noor, "2026-08").await;
    let july = noor.get("/console/figures/report?month=2026-07").await;
    july.says("Jul 2026 is not over: this is how it stands so far.");
    for odd in ["2026-13", "2026", "2026-Q2", "2026-05-04", "next"] {
        let path = format!("/console/figures/report?month={odd}");
        assert_eq!(noor.get(&path).await.status, 404, "{odd}");
    }
    town.stop().await;
}

#[tokio::test]
async fn the_figures_lead_to_the_report_of_each_month_that_they_show() {
    let (town, _) = a_month_later().await;
    let mut noor = town.logged_in("Noor").await;
    let last = noor.get("/console/figures/report").await;
    last.says("Complaints in Wajir, Jun 2026");
    let page = noor.get("/console/figures?period=2026-05").await;
    page.says("<a href=\"/console/figures/report?month=2026-05\">May 2026</a>");
    let quarter = noor.get("/console/figures?period=2026-Q2").await;
    let months = ["2026-06", "2026-05", "2026-04"];
    let at = months.map(|month| {
        let link = format!("/console/figures/report?month={month}\"");
        quarter.text.find(&link).unwrap()
    });
    assert!(at.is_sorted(), "the latest first");
    town.stop().await;
}

/// Its pieces would change places else, and one and a half days be read as five days and a bit.
#[tokio::test]
async fn a_number_is_read_as_one_where_words_go_from_right_to_left() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.person("Halima", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    town.clock.advance(TimeDelta::hours(36));
    let mut halima = town.logged_in("Halima").await;
    let page = town.act(&mut halima, number, "accept", &[]).await;
    assert!(page.status.is_redirection(), "{page:?}");
    let mut noor = town.logged_in("Noor").await;
    noor.languages = "ar";
    let page = noor.get(MAY).await;
    page.says("\u{200f}\u{2066}\u{2068}1\u{2069}.\u{2068}5\u{2069}\u{2069}");
    town.stop().await;
}
