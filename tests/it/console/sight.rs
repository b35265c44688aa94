//! Every route on a complaint, and everybody: of their own organisation, of another, passed on by theirs, and one that accuses them.

use jibu::console::ROUTES;
use jibu::people::{Deed, Role};
use reqwest::{Method, StatusCode};

use super::town::{committee, convener, health, officer};
use super::{Browser, Town};
use crate::world::past_the_store;

/// A complaint, by what it is to the water department, where Halima works; Yusuf works for the health department.
struct Case {
    what: &'static str,
    number: u64,
    /// Who sees all of it.
    all: &'static [&'static str],
    /// Who sees their own part.
    part: &'static [&'static str],
}

const PEOPLE: [&str; 5] = ["Asha", "Noor", "Halima", "Yusuf", "Fatuma"];

/// Pages on which a complaint may stand.
const LISTS: [&str; 6] = [
    "/console/complaints",
    "/console/closed",
    "/console/passed-on",
    "/console/queue",
    "/console/figures",
    "/console/figures/report?month=2026-05",
];

async fn cases(town: &Town, convener: &mut Browser) -> Vec<Case> {
    let own = town.texted("Borehole in Eldas is broken, no water").await;
    let other = town.texted("No nurse at the dispensary in Eldas").await;
    let passed_on = town.texted("Water pump in Tarbaj is broken").await;
    let accusing = town.texted("The water officer wants a bribe").await;
    refer(convener, passed_on, "wajir-health").await;
    // It was with them, and later words say whom it accuses: what they had a part in is gone from their sight.
    let turned = town.texted("Water pump in Buna is broken").await;
    refer(convener, turned, "wajir-health").await;
    accuse(town, turned, "wajir-water");
    vec![
        Case {
            what: "their own",
            number: own,
            all: &["Noor", "Halima"],
            part: &[],
        },
        Case {
            what: "another's",
            number: other,
            all: &["Noor", "Yusuf"],
            part: &[],
        },
        Case {
            what: "passed on by theirs",
            number: passed_on,
            all: &["Noor", "Yusuf"],
            part: &["Halima"],
        },
        Case {
            what: "accusing them",
            number: accusing,
            all: &["Noor"],
            part: &[],
        },
        Case {
            what: "passed on by theirs and accusing them",
            number: turned,
            all: &["Noor", "Yusuf"],
            part: &[],
        },
    ]
}

async fn refer(convener: &mut Browser, number: u64, to: &str) {
    let seen = seen(convener, number).await;
    let fields = [
        ("seen", seen.as_str()),
        ("to", to),
        ("words", "They mend pumps"),
    ];
    let page = convener
        .post(&format!("/console/complaints/{number}/refer"), &fields)
        .await;
    assert!(page.status.is_redirection(), "{page:?}");
}

fn accuse(town: &Town, number: u64, organisation: &str) {
    let accused = past_the_store(&town.served.folder).execute(
        "INSERT INTO accused SELECT id, ?2 FROM complaint WHERE number = ?1",
        (number.cast_signed(), organisation),
    );
    assert_eq!(accused.unwrap(), 1);
}

/// The newest entry of its history, as its page says it in each form.
async fn seen(convener: &mut Browser, number: u64) -> String {
    let page = convener.get(&format!("/console/complaints/{number}")).await;
    page.between("name=\"seen\" value=\"", "\"")
}

/// Whether there is anything at all behind a route for who asks. Nothing is done: the form says of no history that it was seen.
async fn is_there(browser: &mut Browser, method: &Method, path: &str) -> bool {
    let page = match *method {
        Method::GET => browser.get(path).await,
        _ => {
            browser
                .post(path, &[("words", "x"), ("deed", "update")])
                .await
        }
    };
    assert_ne!(
        page.status,
        StatusCode::FORBIDDEN,
        "{path}: the form is ours"
    );
    page.status != StatusCode::NOT_FOUND
}

/// The addresses that a route on a complaint stands for.
fn addresses(path: &str, number: u64) -> Vec<String> {
    let path = path.replace("{number}", &number.to_string());
    if path.contains("{deed}") {
        let deeds = Deed::ALL.iter();
        deeds
            .map(|deed| path.replace("{deed}", deed.word()))
            .collect()
    } else {
        vec![path]
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_complaint_is_there_for_whom_it_is_and_for_nobody_else() {
    let town = Town::new().await;
    let roles = [
        Role::Administrator,
        convener(),
        officer(),
        health(),
        committee(),
    ];
    let mut browsers = Vec::new();
    for (name, role) in PEOPLE.into_iter().zip(roles) {
        town.person(name, role).await;
        let mut browser = town.logged_in(name).await;
        browser.get("/console/account").await;
        browsers.push((name, browser));
    }
    let cases = cases(&town, &mut browsers[1].1).await;
    let on_a_complaint = || ROUTES.iter().filter(|row| row.path.contains("{number}"));
    assert!(on_a_complaint().count() >= 3);

    let mut wrong = Vec::new();
    for case in &cases {
        for (name, browser) in &mut browsers {
            let all = case.all.contains(name);
            let sees = all || case.part.contains(name);
            for row in on_a_complaint() {
                let method = Method::from_bytes(row.method.as_str().as_bytes()).unwrap();
                for path in addresses(row.path, case.number) {
                    let there = is_there(browser, &method, &path).await;
                    // Of who sees it, some may not do all: what they may is told to them by the page.
                    let expected = if method == Method::GET || !sees {
                        sees
                    } else {
                        there
                    };
                    if there != expected {
                        wrong.push(format!(
                            "{method} {path} ({}) for {name}: {there}",
                            case.what
                        ));
                    }
                }
            }
            for list in LISTS {
                let page = browser.get(list).await;
                let shown = page.text.contains(&case.number.to_string());
                if shown && !sees {
                    wrong.push(format!("{list} shows {name} one {}", case.what));
                }
            }
        }
    }
    for case in &cases {
        for name in PEOPLE {
            let seen = seen(&mut browsers[1].1, case.number).await;
            let mut of_them = browsers.iter_mut().filter(|(known, _)| *known == name);
            let (_, browser) = of_them.next().unwrap();
            let note = format!("/console/complaints/{}/note", case.number);
            let page = browser
                .post(&note, &[("words", "Rang the chief"), ("seen", &seen)])
                .await;
            if page.status.is_redirection() != case.all.contains(&name) {
                wrong.push(format!(
                    "{note} ({}) for {name}: {}",
                    case.what, page.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    town.stop().await;
}
