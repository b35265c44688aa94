//! Complaints of another system, brought in from a page: chosen, looked through, taken in, each once and all or none.

mod goes_on;
mod hostile;

use std::fs;

use chrono::TimeDelta;
use jibu::complaint::OrganisationId;
use jibu::people::Role;
use reqwest::StatusCode;

use super::town::convener;
use super::{Browser, PASSWORD, Page, Town};
use crate::import::{HEADER, MAP, ROWS};
use crate::served::wait_for;
use crate::world::past_the_store;

const HERE: &str = "/console/import";
const CHECK: &str = "/console/import/check";
const TAKE_IN: &str = "/console/import/take-in";
const PROGRESS: &str = "/console/import/progress";
const COMPLAINTS: &str = "SELECT count(*) FROM complaint";
const TRACES: &str = "SELECT count(*) FROM audit WHERE deed = 'imported'";

/// Noor convenes.
async fn noor(town: &Town) -> Browser {
    town.person("Noor", convener()).await;
    let mut browser = town.logged_in("Noor").await;
    browser.get(HERE).await;
    browser
}

/// A form with a file in it, as a browser writes it; the file comes last.
fn form(csrf: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Vec<u8> {
    let mut body = String::new();
    for (field, value) in [("csrf", csrf)].iter().chain(fields) {
        body += &format!(
            "--border\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
        );
    }
    body += &format!(
        "--border\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
    );
    [body.as_bytes(), file, b"\r\n--border--\r\n"].concat()
}

const FORM: &str = "multipart/form-data; boundary=border";

/// Chooses a file; where that leads.
async fn choose(browser: &mut Browser, fields: &[(&str, &str)], file: impl AsRef<[u8]>) -> Page {
    let body = form(&browser.csrf, fields, "old hotline.csv", file.as_ref());
    browser.post_body(HERE, FORM, body).await
}

/// Chooses these rows and looks through them.
async fn looked_through(browser: &mut Browser, rows: &str) -> Page {
    let chosen = choose(browser, &[], format!("{HEADER}{rows}")).await;
    assert_eq!(chosen.leads_to(), HERE, "{chosen:?}");
    let page = browser.get(HERE).await;
    look(browser, &page, MAP).await
}

async fn look(browser: &mut Browser, page: &Page, mapping: &str) -> Page {
    let once = page.values("once").remove(0);
    let fields = [("once", once.as_str()), ("mapping", mapping)];
    browser.post(CHECK, &fields).await
}

async fn take_in(browser: &mut Browser, page: &Page, texts: &str) -> Page {
    let once = page.values("once").remove(0);
    let fields = [("once", once.as_str()), ("mapping", MAP), ("texts", texts)];
    browser.post(TAKE_IN, &fields).await
}

/// Waits until what was handed over is through.
async fn through(town: &Town, browser: &Browser) -> Page {
    wait_for("the import to be through", async || {
        let mut browser = browser.copy();
        let page = browser.get(PROGRESS).await;
        assert_eq!(page.status, StatusCode::OK, "{page:?}");
        let is_through = left(town).is_empty() && page.text.contains("Taken in");
        is_through.then_some(page)
    })
    .await
}

fn one(town: &Town, sql: &str) -> String {
    past_the_store(&town.served.folder)
        .query_row(&format!("SELECT coalesce(({sql}), '') || ''"), [], |row| {
            row.get(0)
        })
        .unwrap()
}

/// What stands beside the database for imports.
fn left(town: &Town) -> Vec<String> {
    let files = fs::read_dir(town.served.folder.path()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| name.contains(".upload") || name.contains(".import"))
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_is_looked_through_and_taken_in_once_and_who_did_it_is_on_record() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let intake = noor.get("/console/intake").await;
    intake.says("<a href=\"/console/import\">Import from a file</a>");

    let page = looked_through(&mut noor, ROWS).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    for line in [
        "<dt>Rows in the file</dt><dd class=\"number\">5</dd>",
        "<dt>New complaints</dt><dd class=\"number\">5</dd>",
        "<dt>of these, open: due from now on</dt><dd class=\"number\">3</dd>",
        "<bdi>Wajir County Water Department</bdi></dt><dd class=\"number\">1</dd>",
        "Open complaints with a phone: 1. Segments that a text to each with its number costs at most: 1.",
        "<button>Take in: 5</button>",
    ] {
        page.says(line);
    }
    let open = ["0711", "The pump is broken"];
    assert!(!open.iter().any(|words| page.text.contains(words)));
    assert_eq!(one(&town, COMPLAINTS), "0");

    let undecided = take_in(&mut noor, &page, "").await;
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
    undecided.says("Please choose whether people are texted.");
    assert_eq!(one(&town, COMPLAINTS), "0");

    let taken = take_in(&mut noor, &page, "yes").await;
    assert_eq!(taken.leads_to(), PROGRESS, "{taken:?}");
    let told = through(&town, &noor).await;
    told.says("<dt>Complaints</dt><dd class=\"number\">5</dd>");
    told.says("<a class=\"button\" href=\"/console/complaints\">");
    let list = noor.get("/console/complaints").await;
    list.says("The pump is broken");
    assert_eq!(one(&town, "SELECT count(*) FROM outbox"), "1");

    // The same button, pressed again; and the same file, chosen again.
    let again = take_in(&mut noor, &page, "yes").await;
    assert_eq!(again.leads_to(), PROGRESS);
    noor.get(HERE).await;
    let known = looked_through(&mut noor, ROWS).await;
    known.says("There is nothing new to take in.");
    known.says("imported before, and are not again</dt><dd class=\"number\">5</dd>");
    let none = take_in(&mut noor, &known, "no").await;
    none.says("There is nothing new to take in.");
    assert_eq!(one(&town, COMPLAINTS), "5");
    assert_eq!(one(&town, TRACES), "1");
    let put_away = noor.post("/console/import/put-away", &[]).await;
    assert_eq!(put_away.leads_to(), HERE);
    assert_eq!(left(&town), [""; 0]);

    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    let audit = asha.get("/console/audit").await;
    audit.says("Brought complaints in from a file, of which this was the first");
    audit.says("<bdi>hotline: 5</bdi>");
    town.stop().await;
}

#[tokio::test]
async fn with_one_bad_row_none_is_taken_in_and_the_mended_file_needs_no_new_mapping() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let bad = "B-1,No water,,32/02/2025 08:30,,,,0711000009,,\nB-2,No water,,,,Atlantis,,,,\nB-3,No wat\n";
    let page = looked_through(&mut noor, &format!("{ROWS}{bad}")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("Some rows cannot be imported, so that none is");
    for (row, column, why) in [
        ("6 (line 7)", "Told", "This is no time in the format"),
        (
            "7 (line 8)",
            "Where",
            "“Atlantis” is nothing that is known here",
        ),
        ("8 (line 9)", "", "Cells: 2, and in the first row 10."),
    ] {
        page.says(&format!(
            "<td>{row}</td><td><bdi>{column}</bdi></td><td>{why}"
        ));
    }
    assert!(!page.text.contains("0711000009"));
    assert!(!page.text.contains("action=\"/console/import/take-in\""));
    let forced = take_in(&mut noor, &page, "no").await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(one(&town, COMPLAINTS), "0");
    assert_eq!(left(&town).len(), 1, "the file, and nothing laid ready");

    // What the columns mean goes along with the next file.
    page.says("<input type=\"hidden\" name=\"mapping\" value=\"");
    let file = format!("{HEADER}{ROWS}");
    choose(&mut noor, &[("mapping", MAP)], file).await;
    let mended = noor.get(HERE).await;
    mended.says("names = { &#34;the old town&#34; = &#34;township&#34;");
    let page = look(&mut noor, &mended, MAP).await;
    page.says("<button>Take in: 5</button>");
    town.stop().await;
}

#[tokio::test]
async fn rows_that_may_be_two_are_shown_and_can_be_taken_in() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let stray = "Q-3,\"No water,The pump is broken,03/02/2025 08:30,,Eldas,WASH,,,\nQ-4,Road cut\",Floods,04/02/2025 09:00,,,,,,\n";
    let page = looked_through(&mut noor, stray).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    page.says("What is to be looked at");
    page.says("<td>1 (line 2)</td><td><bdi>Problem</bdi></td><td>It holds a line break and just what another row has");
    page.says("<button>Take in: 1</button>");
    town.stop().await;
}

#[tokio::test]
async fn a_draft_says_what_the_columns_may_mean_and_what_is_wrong_with_a_mapping_is_told_by_line() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    choose(&mut noor, &[], format!("{HEADER}{ROWS}")).await;
    let page = noor.get(HERE).await;
    page.says("name = &#34;old-hotline&#34;");
    page.says("county = &#34;wajir&#34;");
    page.says("columns = [&#34;Problem&#34;, &#34;Details&#34;]");
    let wrong = look(&mut noor, &page, &MAP.replace("\"Topic\"", "\"Topik\"")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.says("the file has no column `Topik`");
    wrong.says("columns:18:10");
    wrong.says("column = &#34;Topik&#34;");
    town.stop().await;
}

#[tokio::test]
async fn a_convener_brings_in_for_their_county_alone_and_the_administrator_for_any() {
    let town = Town::new().await;
    // An organisation that convenes no county.
    let elsewhere = Role::Convener(OrganisationId::new("wajir-water"));
    town.person("Omar", elsewhere).await;
    let mut omar = town.browser();
    town.give_password(&mut omar, "Omar", PASSWORD).await;
    omar.get("/console/second-factor").await;
    omar.post("/console/second-factor", &[("code", &town.code())])
        .await;
    town.clock.advance(TimeDelta::seconds(30));
    for path in [HERE, PROGRESS] {
        assert_eq!(omar.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let intake = omar.get("/console/intake").await;
    assert!(!intake.text.contains(HERE), "no way leads there");
    let page = choose(&mut omar, &[], ROWS).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(left(&town), [""; 0]);

    town.person("Asha", Role::Administrator).await;
    let mut asha = town.logged_in("Asha").await;
    let start = asha.get(HERE).await;
    start.says("<a href=\"/console/import\" aria-current=\"page\">");
    let page = looked_through(&mut asha, ROWS).await;
    take_in(&mut asha, &page, "no").await;
    let told = through(&town, &asha).await;
    assert!(
        !told.text.contains("/console/complaints"),
        "no list of theirs"
    );
    assert_eq!(one(&town, COMPLAINTS), "5");
    assert_eq!(one(&town, "SELECT count(*) FROM outbox"), "0");
    town.stop().await;
}
