//! Who reads the names of a complaint that was taken down, and who its code.

use reqwest::StatusCode;

use super::{BRIBE, PUMP, at, hand_in, number, one, people};
use crate::console::{Page, Town};
use crate::world::past_the_store;

/// What is printed, but for the numbers drawn for it.
fn paper(slip: &Page) -> String {
    let paper = slip.between("<article", "</article>");
    let drawn = |before: &str| match paper.split_once(before) {
        Some((_, rest)) => rest.split_once('<').unwrap().0.to_owned(),
        None => String::new(),
    };
    let number = drawn("<p class=\"large number\">");
    let code = drawn("class=\"code number\">");
    [number, code]
        .iter()
        .filter(|drawn| !drawn.is_empty())
        .fold(paper.clone(), |paper, drawn| paper.replace(drawn, "#"))
}

/// Slips are found by others, and who asks for one to be shown must not learn what was said.
#[tokio::test]
async fn the_paper_is_the_same_whatever_it_is_about() {
    let town = Town::new().await;
    let (mut halima, ..) = people(&town).await;
    for phones in [["", "", ""], ["0711000001", "0711000002", "0711000003"]] {
        let mut papers = Vec::new();
        for (words, phone) in [PUMP, BRIBE, "Transparency Wajir wants a bribe"]
            .into_iter()
            .zip(phones)
        {
            let slip = hand_in(&mut halima, &[("words", words), ("phone", phone)]).await;
            assert_eq!(slip.text.contains("It is with"), words == PUMP, "beside it");
            papers.push(paper(&slip));
        }
        assert!(papers[0].contains("If it is about them, ask Ombudsman."));
        papers.dedup();
        assert_eq!(papers.len(), 1, "{papers:#?}");
    }
    town.stop().await;
}

#[tokio::test]
async fn of_a_sensitive_one_nothing_stands_beside_the_slip_and_its_names_are_the_conveners() {
    let town = Town::new().await;
    let (mut halima, mut yusuf, mut noor) = people(&town).await;
    let whose = [
        ("words", BRIBE),
        ("name", "Amina Abdi"),
        ("brings", "another"),
        ("brought_by", "Chief Omar"),
    ];
    let slip = hand_in(&mut halima, &whose).await;
    let number = number(&slip);
    slip.says("Ask Transparency Wajir.");
    slip.says("this slip is all that you have of it");
    for said in ["It is with", "due by", "bribe", &at(number)] {
        assert!(!slip.text.contains(said), "{said}");
    }
    assert_eq!(halima.get(&at(number)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(yusuf.get(&at(number)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        one(&town, "SELECT group_concat(deed) FROM audit"),
        "lodged",
        "who took it down is on record"
    );
    let page = noor.get(&at(number)).await;
    page.says("Amina Abdi");
    page.says("Chief Omar");
    page.says("<bdi>Halima");
    assert!(
        !page.text.contains("Tell the code again"),
        "of no use to them"
    );

    let reveal = format!("{}/reveal", at(number));
    let page = noor.post(&reveal, &[("reason", "Lost her slip")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("No phone number was given.");

    // Whom the convener gives it to works on it without the names.
    town.act(&mut noor, number, "refer", &[("to", "wajir-health")])
        .await;
    let page = yusuf.get(&at(number)).await;
    page.says(BRIBE);
    for name in ["Amina Abdi", "Chief Omar", "Halima"] {
        assert!(!page.text.contains(name), "{name}");
    }
    town.stop().await;
}

#[tokio::test]
async fn who_had_it_before_reads_no_name_and_who_sent_it_elsewhere_has_the_slip() {
    let town = Town::new().await;
    let (mut halima, mut yusuf, mut noor) = people(&town).await;
    let fields = [("words", PUMP), ("name", "Amina Abdi")];
    let slip = hand_in(&mut yusuf, &fields).await;
    let number = number(&slip);
    slip.says("this slip is all that you have of it");
    assert!(!slip.text.contains(&at(number)));
    assert_eq!(yusuf.get(&at(number)).await.status, StatusCode::NOT_FOUND);
    halima.get(&at(number)).await.says("Amina Abdi");
    town.act(&mut noor, number, "refer", &[("to", "wajir-health")])
        .await;
    yusuf.get(&at(number)).await.says("Amina Abdi");
    let page = halima.get(&at(number)).await;
    page.says(PUMP);
    assert!(!page.text.contains("Amina Abdi"), "they passed it on");
    let kept: Vec<u8> = past_the_store(&town.served.folder)
        .query_row("SELECT name FROM lodging", [], |row| row.get(0))
        .unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("Amina"), "sealed");
    town.stop().await;
}

#[tokio::test]
async fn the_convener_tells_a_lost_code_again_for_a_reason_that_is_on_record() {
    let town = Town::new().await;
    let (mut halima, _, mut noor) = people(&town).await;
    let slip = hand_in(&mut halima, &[("words", PUMP)]).await;
    let (number, code) = (number(&slip), slip.between("class=\"code number\">", "<"));
    slip.says("/track, with the number and the code.");
    for browser in [&mut halima, &mut noor] {
        assert!(!browser.get(&at(number)).await.text.contains(&code));
    }
    noor.get(&at(number)).await.says("Tell the code again");
    let reveal = format!("{}/reveal", at(number));
    let empty = noor.post(&reveal, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!empty.text.contains(&code));
    let told = noor.post(&reveal, &[("reason", "Lost her slip")]).await;
    told.says(&format!("The code: {code}"));
    told.says("Why: Lost her slip");
    assert_eq!(
        one(&town, "SELECT group_concat(deed) FROM audit"),
        "shown_code"
    );
    let page = halima.get(&at(number)).await;
    assert!(!page.text.contains("/reveal"));
    let refused = halima.post(&reveal, &[("reason", "To help")]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    town.stop().await;
}
