//! Several counties: who convenes them looks at one at a time, who answers in them sees all of their own, who oversees one sees that.

use chrono::TimeDelta;
use jibu::complaint::{CountyId, OrganisationId};
use jibu::configuration::Configuration;
use jibu::intake::places::Places;
use jibu::people::Role;
use jibu::routing::Rules;

use super::Town;
use super::town::{convener, officer};
use crate::world::past_the_store;

/// Wajir and Garissa, both convened by one, with a water department that works in both; and Mandera, which somebody else convenes and
/// this one works in.
fn three_counties(configuration: &mut Configuration) {
    let places = format!(
        "{}garissa,Garissa,county,,,,\nmandera,Mandera,county,,,,\n",
        include_str!("../../../config/places.csv")
    );
    configuration.places = Places::load("places.csv", &places).unwrap();
    let county = |id: &str, name: &str, convener: &str, number: &str| {
        format!(
            "[[county]]\nid = \"{id}\"\nname = \"{name}\"\nconvener = \"{convener}\"\nzone = \"Africa/Nairobi\"\nlanguage = \"en\"\nnumbers = [\"{number}\"]\n\n"
        )
    };
    let more = county("garissa", "Garissa", "ti-wajir", "+254700100201")
        + &county("mandera", "Mandera", "wajir-drought", "+254700100202");
    let sample = include_str!("../../../config/routing.toml");
    let (sample, _) = sample.split_once("\n[[test]]").unwrap();
    let mut rules = sample.replacen("[[organisation]]", &format!("{more}[[organisation]]"), 1);
    for (id, counties) in [
        ("ti-wajir", "[\"wajir\", \"garissa\", \"mandera\"]"),
        ("wajir-water", "[\"wajir\", \"garissa\"]"),
        ("wajir-drought", "[\"wajir\", \"mandera\"]"),
    ] {
        let at = rules
            .find(&format!("[[organisation]]\nid = \"{id}\""))
            .unwrap();
        let rest = rules.split_off(at);
        rules += &rest.replacen("county = \"wajir\"", &format!("counties = {counties}"), 1);
    }
    configuration.rules = Rules::load("routing.toml", &rules, Some(&configuration.places)).unwrap();
}

/// A town of three counties with a complaint of each, all with the convener of two of them, and one with the water department in Garissa.
/// They are moved there while the service is down: what it counted beforehand would not hear of that.
async fn town() -> Town {
    let town = Town::of(&[], three_counties).await;
    let mut moved = Vec::new();
    for (words, county, holder) in [
        ("Something is wrong in Wajir", "wajir", "ti-wajir"),
        ("Something is wrong in Garissa", "garissa", "ti-wajir"),
        ("Something is wrong in Mandera", "mandera", "ti-wajir"),
        ("The borehole is dry there", "garissa", "wajir-water"),
        ("The borehole is dry here", "wajir", "wajir-water"),
    ] {
        let number = town.texted(words).await.cast_signed();
        moved.push((number, county, holder));
    }
    town.again_after(three_counties, async |folder| {
        let database = past_the_store(folder);
        for complaint in moved {
            database
                .execute(
                    "UPDATE complaint SET county = ?2, holder = ?3, place = NULL, doubtful = 0 WHERE number = ?1",
                    complaint,
                )
                .unwrap();
        }
    })
    .await
}

#[tokio::test]
async fn who_convenes_two_counties_sees_each_and_what_they_have_elsewhere() {
    let town = town().await;
    town.person("Omar", convener()).await;
    let mut omar = town.logged_in("Omar").await;
    for (path, says, not) in [
        ("/console/queue", "wrong in Wajir", "wrong in Garissa"),
        (
            "/console/queue?county=garissa",
            "wrong in Garissa",
            "wrong in Wajir",
        ),
        ("/console/complaints", "dry here", "dry there"),
        (
            "/console/complaints?county=garissa",
            "dry there",
            "dry here",
        ),
        (
            "/console/complaints?county=elsewhere",
            "wrong in Mandera",
            "wrong in Wajir",
        ),
        // Who works in both counties has in each what is of that county.
        (
            "/console/complaints?holder=wajir-water",
            "dry here",
            "dry there",
        ),
        (
            "/console/complaints?county=garissa&holder=wajir-water",
            "dry there",
            "dry here",
        ),
        // A county that is not theirs is not to be chosen.
        (
            "/console/complaints?county=mandera",
            "dry here",
            "wrong in Mandera",
        ),
    ] {
        let page = omar.get(path).await;
        page.says(says);
        assert!(!page.text.contains(not), "{path}: {not}");
        for part in ["Wajir <b", "Garissa <b", "Elsewhere <b"] {
            page.says(part);
        }
        // What waits is counted in all of them.
        page.says("Queue <b class=\"count\">2</b>");
        page.says("All open <b class=\"count\">5</b>");
    }
    omar.get("/console/figures").await.says("?county=garissa");
    let of_garissa = omar
        .get("/console/figures?period=2026-05&county=garissa")
        .await;
    of_garissa.says("Wajir County Water Department");
    assert!(
        !of_garissa.text.contains("Health Department"),
        "of Wajir alone"
    );
    town.stop().await;
}

#[tokio::test]
async fn a_partner_of_two_counties_has_both_in_one_list_and_a_committee_sees_its_own() {
    let town = town().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let list = halima.get("/console/complaints").await;
    list.says("dry here");
    list.says("dry there");
    list.says("<bdi>Garissa</bdi>");
    list.says("Inbox <b class=\"count\">2</b>");
    town.wait(TimeDelta::days(60)).await;
    town.person("Zahra", Role::Committee(CountyId::new("garissa")))
        .await;
    let mut zahra = town.logged_in("Zahra").await;
    for path in ["/console/figures", "/console/figures?county=wajir"] {
        let figures = zahra.get(path).await;
        figures.says("Figures as of");
        assert!(!figures.text.contains("Health Department"), "{path}");
    }
    town.stop().await;
}

/// Who works through the queue of one county is not led to the other's by what they do there.
#[tokio::test]
async fn after_a_deed_in_the_queue_of_a_second_county_one_is_in_that_queue() {
    let town = town().await;
    town.person("Omar", convener()).await;
    let mut omar = town.logged_in("Omar").await;
    let queue = omar.get("/console/queue?county=garissa").await;
    let form = queue.between("action=\"/console/complaints/", "</form>");
    let number = form.split('/').next().unwrap().to_owned();
    let field = |name: &str| {
        let begins = format!("name=\"{name}\" value=\"");
        let (_, rest) = form.split_once(&begins).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (seen, county) = (field("seen"), field("county"));
    let fields = [
        ("seen", seen.as_str()),
        ("from", "queue"),
        ("county", county.as_str()),
        ("to", "wajir-water"),
    ];
    let page = omar
        .post(&format!("/console/complaints/{number}/refer"), &fields)
        .await;
    assert_eq!(page.leads_to(), "/console/queue?done=1&county=garissa");
    let page = omar.follow(page).await;
    page.says("Done with 1 complaint.");
    assert!(!page.text.contains("wrong in Wajir"));
    town.stop().await;
}

#[tokio::test]
async fn who_convenes_no_county_any_more_has_the_pages_of_an_officer() {
    let town = town().await;
    let role = Role::Convener(OrganisationId::new("wajir-water"));
    town.person("Omar", role).await;
    let mut omar = town.logged_in("Omar").await;
    let start = omar.get("/console/complaints").await;
    start.says("dry here");
    start.says("Passed on");
    assert!(!start.text.contains("wrong in Wajir"));
    for path in ["/console/queue", "/console/texts"] {
        assert_eq!(omar.get(path).await.status, 404, "{path}");
    }
    town.stop().await;
}
