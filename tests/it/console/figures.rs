//! Figures as each role sees them, on the page and as files.

use chrono::TimeDelta;

use jibu::intake::places::Places;

use super::Town;
use super::town::{committee, convener, officer};

const QUESTION: &str = "/console/figures/question";

#[tokio::test]
async fn an_answer_goes_along_as_a_file_and_what_may_not_be_known_does_not() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.person("Fatuma", committee()).await;
    town.texted("Borehole in Eldas is broken").await;
    let mut noor = town.logged_in("Noor").await;
    let by = "rows=sector&columns=gender&measure=complaints&period=2026-05";
    let page = noor.get(&format!("{QUESTION}?{by}")).await;
    page.says("Complaints: only 1, too few to compare");
    page.says("/console/figures/question/xlsx?rows=sector");
    for (format, says) in [
        ("csv", "water,Water"),
        ("json", "\"water\""),
        ("svg", "<svg"),
        ("xlsx", "PK"),
    ] {
        let file = noor.get(&format!("{QUESTION}/{format}?{by}")).await;
        assert_eq!(file.status, 200, "{format}");
        file.says(says);
    }
    let none = noor.get(&format!("{QUESTION}/exe?{by}")).await;
    assert_eq!(none.status, 404);
    let mut fatuma = town.logged_in("Fatuma").await;
    for by in [
        "rows=day&period=2026-05",
        "rows=sector&columns=gender&only=channel:sms",
    ] {
        let file = fatuma
            .get(&format!("{QUESTION}/csv?measure=complaints&{by}"))
            .await;
        assert_eq!(file.status, 404, "{by}");
    }
    town.stop().await;
}

#[tokio::test]
async fn an_organisation_counts_what_it_has_and_nothing_else() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.texted("Borehole in Eldas is broken").await;
    town.texted("No nurse at the dispensary in Bute").await;
    town.texted("The water officer wants a bribe").await;
    let mut halima = town.logged_in("Halima").await;
    let all = format!("{QUESTION}?rows=sector&measure=complaints&period=2026-05");
    let page = halima.get(&all).await;
    let row = |name: &str| {
        page.between(&format!("<bdi>{name}</bdi></th>"), "</tr>")
            .to_owned()
    };
    assert!(row("Water").contains(">1<"), "{page:?}");
    assert!(row("All").contains(">1<"), "{page:?}");
    assert!(!page.text.contains("<bdi>Health</bdi>"), "{page:?}");
    town.stop().await;
}

#[tokio::test]
async fn how_many_took_how_long_is_for_who_works_on_them_alone() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Noor", convener()).await;
    town.person("Fatuma", committee()).await;
    let mut numbers = Vec::new();
    for _ in 0..7 {
        numbers.push(town.texted("Borehole in Eldas is broken").await);
    }
    let (late, soon) = numbers.split_last().unwrap();
    let mut halima = town.logged_in("Halima").await;
    for number in soon {
        town.act(&mut halima, *number, "accept", &[]).await;
    }
    town.clock.advance(TimeDelta::days(2));
    let mut halima = town.logged_in("Halima").await;
    town.act(&mut halima, *late, "accept", &[]).await;
    town.clock.advance(TimeDelta::days(40));
    let asked =
        format!("{QUESTION}?rows=sector&measure=median_working_days_to_accept&period=2026-05");
    for name in ["Halima", "Noor"] {
        let page = town.logged_in(name).await.get(&asked).await;
        page.says("Until accepted, in working days: half within 0 d");
        page.says("<bdi>0</bdi></th><td class=\"figure\">6<");
        page.says("<bdi>1 or longer</bdi></th><td class=\"figure\">1<");
    }
    // One took two days: by such a figure somebody could be known.
    let page = town.logged_in("Fatuma").await.get(&asked).await;
    page.says("Median until accepted, working days");
    assert!(!page.text.contains("half within"), "{page:?}");
    town.stop().await;
}

/// The sample county, where it is known how many live in its sub-counties, and how many of them are women.
const PEOPLED: &str = "id,name,level,parent,aliases,population,tile,women
wajir,Wajir,county,,,781263,,365840
eldas,Eldas,sub-county,wajir,,80000,\"1,1\",36000
wajir-east,Wajir East,sub-county,wajir,,110000,\"2,1\",
wajir-north,Wajir North,sub-county,wajir,,100000,\"1,2\",
";

#[tokio::test]
async fn places_are_seen_beside_who_lives_there() {
    let town = Town::of(&[], |configuration| {
        configuration.places = Places::load("places.csv", PEOPLED).unwrap();
    })
    .await;
    town.person("Noor", convener()).await;
    for place in ["Eldas", "Eldas", "Wajir East", "Wajir North"] {
        town.texted(&format!("Borehole in {place} is broken")).await;
    }
    let mut noor = town.logged_in("Noor").await;
    let by_place = "rows=sub_county&period=2026-05";
    let page = noor
        .get(&format!("{QUESTION}?{by_place}&measure=complaints"))
        .await;
    page.says("For each 100,000 inhabitants</th>");
    page.says("<bdi>Eldas</bdi></th><td class=\"figure\">2</td><td class=\"figure\">2.5</td>");
    // In the map too, whose shades tell them.
    page.says(">2.5</text>");
    page.says("Stronger shades: more. For each 100,000 inhabitants");
    let page = noor
        .get(&format!("{QUESTION}?{by_place}&measure=womens_share"))
        .await;
    page.says("Women among those who live there</th>");
    let eldas = page.between("<bdi>Eldas</bdi></th>", "</tr>");
    assert!(eldas.contains(">45 %<"), "{eldas}");
    for of_gender in ["rows=gender", "rows=sector&only=gender:woman"] {
        let page = noor
            .get(&format!("{QUESTION}?{of_gender}&measure=womens_share"))
            .await;
        page.says("Women’s share by gender, or of one gender alone, is all or nothing");
        assert!(!page.text.contains("<svg class=\"chart"), "{of_gender}");
    }
    let file = noor
        .get(&format!("{QUESTION}/svg?{by_place}&measure=complaints"))
        .await;
    file.says(">2.5</text>");
    town.stop().await;
}
