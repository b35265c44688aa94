//! A county beside others, which are not named.

use jibu::configuration::Configuration;
use jibu::intake::places::Places;
use jibu::routing::Rules;
use rusqlite::params;

use super::Town;
use super::town::{committee, convener};
use crate::world::past_the_store;

const COMPARE: &str = "/console/figures/compare";
const OTHERS: [&str; 3] = ["Marsabit", "Turkana", "Baringo"];

/// The sample county beside so many others.
fn beside(count: usize) -> impl FnOnce(&mut Configuration) {
    move |configuration| {
        let mut places = include_str!("../../../config/places.csv").to_owned();
        let sample = include_str!("../../../config/routing.toml");
        let (rules, _) = sample.split_once("\n[[test]]").unwrap();
        let mut rules = rules.to_owned();
        for (at, name) in OTHERS.iter().take(count).enumerate() {
            let id = name.to_lowercase();
            places += &format!("{id},{name},county,,,400000,\n");
            rules += &format!(
                "
[[county]]
id = \"{id}\"
name = \"{name}\"
convener = \"ti-{id}\"
zone = \"Africa/Nairobi\"
language = \"en\"
numbers = [\"+25470010030{at}\"]

[[organisation]]
id = \"ti-{id}\"
name = \"Transparency {name}\"
short_name = \"TI {name}\"
email = \"convener@{id}.example\"
county = \"{id}\"
"
            );
        }
        configuration.places = Places::load("places.csv", &places).unwrap();
        configuration.rules =
            Rules::load("routing.toml", &rules, Some(&configuration.places)).unwrap();
    }
}

/// So many complaints of a county, each said to be solved so many days after it was lodged.
fn solved(town: &Town, county: &str, count: u32, days: i64) {
    let opened = town.clock.now().timestamp_millis();
    let at = opened + days * 86_400_000;
    let first: u32 = county.bytes().map(u32::from).sum::<u32>() * 1000;
    past_the_store(&town.served.folder)
        .execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
             INSERT INTO complaint (id, number, channel, county, sector, priority, sensitive, language, status, holder, held_since,
                accept_due, first_action_due, resolve_due, opened_at, next_due, returns, status_since, closed_as, referred_at,
                resolved_at, resolved_late, reopens)
             SELECT ?3 + i, ?3 + i, 'sms', ?1, 'water', 'normal', 0, 'en', 'closed', 'ti-' || ?1, ?4, ?4, ?4, ?4, ?4, ?5, 0, ?5,
                'confirmed', ?4, ?5, 0, 0 FROM n",
            params![county, count, first, opened, at],
        )
        .unwrap();
}

#[tokio::test]
async fn who_does_best_is_told_and_not_who_it_is() {
    let town = Town::of(&[], beside(3)).await;
    town.person("Noor", convener()).await;
    town.person("Fatuma", committee()).await;
    // From Monday on: 8, 2, 3 and 5 working days.
    for (county, days) in [
        ("wajir", 10),
        ("turkana", 2),
        ("baringo", 7),
        ("marsabit", 3),
    ] {
        solved(&town, county, 12, days);
    }
    let mut noor = town.logged_in("Noor").await;
    noor.get("/console/figures")
        .await
        .says("Beside other counties");
    noor.get(COMPARE).await.says("No month is published yet");
    town.wait(chrono::TimeDelta::days(60)).await;
    for name in ["Noor", "Fatuma"] {
        let page = town.logged_in(name).await.get(COMPARE).await;
        page.says("In the best county half are said to be solved within 2 d, here within 8 d");
        let days = page.between("working days</th>", "</table>");
        let figures: Vec<&str> = days
            .split("<td class=\"figure\">")
            .skip(1)
            .map(|cell| cell.split(" d<").next().unwrap())
            .collect();
        // Their own, the others from the least on, and the middle of these.
        assert_eq!(figures, ["8", "2", "3", "5", "3"]);
        for other in OTHERS {
            assert!(!page.text.contains(other), "{other}");
        }
    }
    town.stop().await;
}

#[tokio::test]
async fn of_two_other_counties_nothing_is_told() {
    let town = Town::of(&[], beside(3)).await;
    town.person("Noor", convener()).await;
    for (county, count) in [
        ("wajir", 12),
        ("turkana", 12),
        ("baringo", 12),
        ("marsabit", 9),
    ] {
        solved(&town, county, count, 3);
    }
    town.wait(chrono::TimeDelta::days(60)).await;
    let page = town.logged_in("Noor").await.get(COMPARE).await;
    page.says("Not set beside others");
    page.says("3 d. Fewer than 3 other counties have a figure");
    assert!(!page.text.contains("Another county"), "{page:?}");
    town.stop().await;
}

#[tokio::test]
async fn a_year_that_is_none_of_the_calendar_is_named_by_both_ends() {
    let town = Town::of(&[], beside(3)).await;
    town.person("Noor", convener()).await;
    solved(&town, "wajir", 12, 3);
    for _month in 0..14 {
        town.wait(chrono::TimeDelta::days(31)).await;
    }
    let mut noor = town.logged_in("Noor").await;
    let page = noor.get(COMPARE).await;
    page.says("<option value=\"2026-06..2027-05\">Jun 2026 to May 2027</option>");
    let page = noor
        .get(&format!("{COMPARE}?period=2026-06..2027-05"))
        .await;
    page.says("<p class=\"soft\">Jun 2026 to May 2027</p>");
    town.stop().await;
}
