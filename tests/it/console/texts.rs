//! The page of texts: what the line carries and costs, and what is out of order with it.

use chrono::TimeDelta;
use jibu::people::Role;
use jibu::store::AlarmKind;

use super::town::{convener, officer};
use super::{Browser, Page, Town};
use crate::served::wait_for;
use crate::world::{AMINA, HASSAN, new_sid, past_the_store};

const TEXTS: &str = "/console/texts";

/// The rows of a table, each as its cells, without markup.
fn rows(page: &Page, caption: &str) -> Vec<Vec<String>> {
    let table = page.between(&format!("<caption>{caption}</caption>"), "</table>");
    let plain = |cell: &str| {
        let mut words = cell
            .split('<')
            .flat_map(|part| part.split_once('>'))
            .map(|(_, text)| text);
        words.by_ref().collect::<String>().trim().to_owned()
    };
    let cells = |row: &str| {
        let cells = row.replace("</th>", "</td>");
        cells
            .split("</td>")
            .map(plain)
            .filter(|cell| !cell.is_empty())
            .collect()
    };
    table
        .split("</tr>")
        .map(cells)
        .filter(|row: &Vec<String>| !row.is_empty())
        .collect()
}

async fn administrator(town: &Town) -> Browser {
    town.person("Asha", Role::Administrator).await;
    town.logged_in("Asha").await
}

async fn text(town: &Town, from: &str, words: &str) {
    town.served.deliver(&new_sid(), from, words).await;
}

#[tokio::test]
async fn what_came_and_went_and_what_it_cost_stands_by_day_and_language() {
    let changes = [
        ("gateway.segment_price", "0.0425"),
        ("gateway.currency", "EUR"),
    ];
    let town = Town::with(&changes).await;
    let mut asha = administrator(&town).await;
    let page = asha.get(TEXTS).await;
    page.says("No texts in the last 14 days");
    page.says("0 of 20000 segments: 0.0 % of what a day may cost. So far EUR 0.00.");

    text(
        &town,
        AMINA,
        "There is no water in Eldas, the borehole is broken",
    )
    .await;
    town.clock.advance(TimeDelta::days(1));
    text(&town, HASSAN, "Hakuna maji hapa Bute, kisima kimeharibika").await;
    text(&town, HASSAN, "📷").await;
    let mut asha = town.logged_in("Asha").await;
    let page = asha.get(TEXTS).await;
    page.says("2 of 20000 segments: 0.0 % of what a day may cost. So far EUR 0.09.");
    page.says("A day begins at 03:00, as days are counted in UTC.");
    assert_eq!(
        rows(&page, "By language"),
        [
            ["Language", "In", "Out", "Segments", "Cost, EUR"],
            ["Kiswahili", "1", "2", "2", "0.09"],
            ["English", "1", "1", "1", "0.04"],
            ["Not recognised", "1", "0", "0", "0.00"],
            ["All", "3", "3", "3", "0.13"],
        ]
    );
    let days = rows(&page, "By day and language");
    assert_eq!(
        days[1..7],
        [
            ["Tue 5 May", "2", "2", "2", "0.09"],
            ["Kiswahili", "1", "2", "2", "0.09"],
            ["Not recognised", "1", "0", "0", "0.00"],
            ["Mon 4 May", "1", "1", "1", "0.04"],
            ["English", "1", "1", "1", "0.04"],
            ["Sun 3 May", "0", "0", "0", "0.00"],
        ]
    );
    assert_eq!(days.last().unwrap()[0], "Wed 22 Apr", "two weeks, not more");
    town.clock.advance(TimeDelta::days(13));
    let mut asha = town.logged_in("Asha").await;
    let page = asha.get(TEXTS).await;
    assert_eq!(
        rows(&page, "By language").last().unwrap()[1..3],
        ["2", "2"],
        "Monday is over"
    );
    town.stop().await;
}

#[tokio::test]
async fn without_a_price_there_is_no_cost_and_the_share_of_the_cap_is_told() {
    let town = Town::with(&[("limits.segments_per_day", "8")]).await;
    let mut asha = administrator(&town).await;
    text(
        &town,
        AMINA,
        "There is no water in Eldas, the borehole is broken",
    )
    .await;
    let page = asha.get(TEXTS).await;
    page.says("1 of 8 segments: 12.5 % of what a day may cost.</p>");
    assert_eq!(
        rows(&page, "By language")[0],
        ["Language", "In", "Out", "Segments"]
    );
    let health = town.served.health().await;
    assert_eq!(health["store"]["segments_today"], 1);
    assert_eq!(health["store"]["segments_per_day"], 8);
    town.clock.advance(TimeDelta::days(1));
    assert_eq!(town.served.health().await["store"]["segments_today"], 0);
    town.stop().await;
}

#[tokio::test]
async fn an_alarm_says_what_to_do_and_stands_on_the_start_page_for_a_day() {
    let town = Town::with(&[("limits.segments_per_day", "1")]).await;
    for (name, role) in [("Noor", convener()), ("Halima", officer())] {
        town.person(name, role).await;
    }
    let mut asha = administrator(&town).await;
    asha.get(TEXTS).await.says("None was ever raised.");
    for phone in [AMINA, HASSAN, HASSAN] {
        text(&town, phone, "There is no water in Eldas").await;
    }
    town.clock.advance(TimeDelta::hours(2));
    let what = "The segments of a day were used up.";
    for name in ["Asha", "Noor"] {
        let mut browser = town.logged_in(name).await;
        let start = browser.get("/console").await;
        let start = browser.follow(start).await;
        start.says(&format!(
            "In the last 24 hours: {what} <a href=\"{TEXTS}\">"
        ));
        let page = browser.get(TEXTS).await;
        page.says(what);
        page.says("2 times,");
        page.says("last 2 hours ago: Mon 4 May, 09:00.");
        page.says("the administrator raises limits.segments_per_day in service.toml");
    }
    let mut halima = town.logged_in("Halima").await;
    let start = halima.get("/console/complaints").await;
    assert!(
        !start.text.contains("In the last 24 hours"),
        "not hers to mend"
    );

    town.clock.advance(TimeDelta::hours(23));
    let mut asha = town.logged_in("Asha").await;
    let start = asha.get("/console/people").await;
    assert!(!start.text.contains("In the last 24 hours"), "{start:?}");
    asha.get(TEXTS).await.says(what);
    town.stop().await;
}

#[tokio::test]
async fn each_kind_of_alarm_has_its_words_and_the_outbox_says_how_it_stands() {
    let town = Town::new().await;
    let raised = town.store().write("alarms", |tx| {
        for kind in AlarmKind::ALL {
            tx.raise_alarm(kind)?;
        }
        Ok(())
    });
    raised.await.unwrap();
    let mut asha = administrator(&town).await;
    for (language, words) in [
        (
            "en",
            [
                "came again with other words",
                "that it arrived and that it did not",
                "within a minute",
                "were used up",
                "is damaged, or sealed with another key",
            ],
        ),
        (
            "sw",
            [
                "ikiwa na maneno mengine",
                "ilifika na pia haikufika",
                "ndani ya dakika moja",
                "vilitumika vyote",
                "kimeharibika, au kimefungwa kwa ufunguo mwingine",
            ],
        ),
    ] {
        asha.get("/console/account").await;
        asha.post(
            "/console/account",
            &[("name", "Asha"), ("language", language)],
        )
        .await;
        let page = asha.get(TEXTS).await;
        for words in words {
            page.says(words);
        }
    }
    asha.get("/console/account").await;
    asha.post("/console/account", &[("name", "Asha"), ("language", "en")])
        .await;
    text(&town, AMINA, "There is no water in Eldas").await;
    town.served.settled().await;
    let page = asha.get(TEXTS).await;
    page.says("<dt>Waiting</dt><dd class=\"figure\">0</dd>");
    // The phone's own report comes a moment after: else it would come after what is done to the row below.
    let database = past_the_store(&town.served.folder);
    wait_for("the text to arrive", async || {
        let arrived = "SELECT count(*) FROM outbox WHERE state = 'delivered'";
        let arrived: i64 = database.query_row(arrived, [], |row| row.get(0)).unwrap();
        (arrived == 1).then_some(())
    })
    .await;
    crate::world::past_the_store(&town.served.folder)
        .execute_batch("UPDATE outbox SET state = 'uncertain'")
        .unwrap();
    let page = asha.get(TEXTS).await;
    page.says("<dt>Uncertain</dt><dd class=\"figure\">1</dd>");
    town.stop().await;
}
