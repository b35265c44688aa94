//! Figures as each role sees them, on the page and as files.

use chrono::TimeDelta;

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
