//! Every route, and everybody who may ask for it. The table of routes is walked: what is added to it is tried here.

use chrono::TimeDelta;
use jibu::console::{OpenTo, ROUTES, Row};
use jibu::people::{Role, RoleKind};
use reqwest::{Method, StatusCode};

use super::town::{committee, convener, officer};
use super::{Browser, PASSWORD, Town};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Nobody,
    HalfWay,
    Known(RoleKind),
}

/// What they get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Past the guard: whatever the page itself says.
    LetIn,
    /// Sent to log in.
    ToLogin,
    /// Told that they are not logged in, for a form.
    LoggedOut,
    /// Sent to the start page.
    ToStart,
    /// There is nothing there.
    NotThere,
}

/// What each route is for, once more and by hand: the guard is held to this, not to its own table. A route without a row fails.
///
/// For a route on one complaint the row says who is let in at all; whether they see that complaint (of their own organisation,
/// of another, one that accuses them) is walked in `sight.rs`.
const EXPECTED: &[(&str, &str, &[Asking])] = {
    use Asking::{HalfWay, Known, Nobody};
    use RoleKind::{Administrator, Committee, Convener, Officer};
    const ANYBODY: &[Asking] = &[
        Nobody,
        HalfWay,
        Known(Administrator),
        Known(Convener),
        Known(Officer),
        Known(Committee),
    ];
    const PEOPLE: &[Asking] = &[
        Known(Administrator),
        Known(Convener),
        Known(Officer),
        Known(Committee),
    ];
    const ADMINISTRATOR: &[Asking] = &[Known(Administrator)];
    const IMPORTERS: &[Asking] = &[Known(Administrator), Known(Convener)];
    const DESKS: &[Asking] = &[Known(Convener), Known(Officer)];
    &[
        ("GET", "/console", PEOPLE),
        ("GET", "/console/", PEOPLE),
        ("GET", "/console/login", ANYBODY),
        ("POST", "/console/login", ANYBODY),
        ("GET", "/console/second-factor", &[HalfWay]),
        ("POST", "/console/second-factor", &[HalfWay]),
        ("GET", "/console/invitation/{token}", ANYBODY),
        ("POST", "/console/invitation/{token}", ANYBODY),
        ("POST", "/console/logout", PEOPLE),
        ("GET", "/console/account", PEOPLE),
        ("POST", "/console/account", PEOPLE),
        ("POST", "/console/account/password", PEOPLE),
        ("POST", "/console/account/sessions", PEOPLE),
        ("GET", "/console/people", ADMINISTRATOR),
        ("POST", "/console/people", ADMINISTRATOR),
        ("POST", "/console/people/{id}/invite", ADMINISTRATOR),
        ("POST", "/console/people/{id}/leave", ADMINISTRATOR),
        ("GET", "/console/audit", ADMINISTRATOR),
        ("GET", "/console/complaints", DESKS),
        ("POST", "/console/complaints", DESKS),
        ("GET", "/console/closed", DESKS),
        ("GET", "/console/intake", DESKS),
        ("POST", "/console/intake", DESKS),
        ("GET", "/console/intake/paper", DESKS),
        ("GET", "/console/import", IMPORTERS),
        ("POST", "/console/import", IMPORTERS),
        ("POST", "/console/import/check", IMPORTERS),
        ("POST", "/console/import/take-in", IMPORTERS),
        ("POST", "/console/import/put-away", IMPORTERS),
        ("GET", "/console/import/progress", IMPORTERS),
        ("POST", "/console/import/take-away", IMPORTERS),
        ("GET", "/console/passed-on", &[Known(Officer)]),
        ("GET", "/console/queue", &[Known(Convener)]),
        (
            "GET",
            "/console/figures",
            &[Known(Convener), Known(Officer), Known(Committee)],
        ),
        (
            "GET",
            "/console/figures/report",
            &[Known(Convener), Known(Officer), Known(Committee)],
        ),
        (
            "GET",
            "/console/figures/compare",
            &[Known(Convener), Known(Committee)],
        ),
        (
            "GET",
            "/console/figures/question",
            &[Known(Convener), Known(Officer), Known(Committee)],
        ),
        (
            "GET",
            "/console/figures/question/{format}",
            &[Known(Convener), Known(Officer), Known(Committee)],
        ),
        (
            "GET",
            "/console/texts",
            &[Known(Administrator), Known(Convener)],
        ),
        (
            "GET",
            "/console/emails",
            &[Known(Administrator), Known(Convener)],
        ),
        (
            "POST",
            "/console/emails/clock",
            &[Known(Administrator), Known(Convener)],
        ),
        (
            "POST",
            "/console/emails/{id}/resend",
            &[Known(Administrator), Known(Convener)],
        ),
        ("GET", "/console/complaints/{number}", DESKS),
        ("POST", "/console/complaints/{number}/preview", DESKS),
        (
            "POST",
            "/console/complaints/{number}/reveal",
            &[Known(Convener)],
        ),
        ("POST", "/console/complaints/{number}/group", DESKS),
        ("POST", "/console/complaints/{number}/ungroup", DESKS),
        ("POST", "/console/complaints/{number}/{deed}", DESKS),
        ("GET", "/console/assets/{name}", ANYBODY),
    ]
};

fn expected(row: &Row, asking: Asking) -> Answer {
    let found = EXPECTED
        .iter()
        .find(|(method, path, _)| row.method.as_str() == *method && row.path == *path);
    let Some((_, _, let_in)) = found else {
        panic!(
            "{} {} has no row in this test: say whom it is for",
            row.method, row.path
        );
    };
    match asking {
        asking if let_in.contains(&asking) => Answer::LetIn,
        Asking::Known(_) if row.open_to == OpenTo::HalfWay => Answer::ToStart,
        Asking::Known(_) => Answer::NotThere,
        _ if row.method == "POST" && row.open_to != OpenTo::HalfWay => Answer::LoggedOut,
        _ => Answer::ToLogin,
    }
}

/// Asks with a form that does nothing: its `csrf` is wrong, and the guard looks at who asks before it looks at that.
async fn answer(browser: &mut Browser, row: &Row, complaint: &str) -> Answer {
    let path = row
        .path
        .replace("{number}", complaint)
        .replace("{deed}", "note")
        .replace("{format}", "csv")
        .replace("{token}", &"x".repeat(43))
        .replace("{id}", "1")
        .replace("{name}", "console.css");
    let method = Method::from_bytes(row.method.as_str().as_bytes()).unwrap();
    let is_post = method == Method::POST;
    let page = browser.ask(method, &path, is_post.then(String::new)).await;
    match page.status {
        StatusCode::FORBIDDEN if is_post => Answer::LetIn,
        StatusCode::UNAUTHORIZED => Answer::LoggedOut,
        StatusCode::SEE_OTHER if page.leads_to().starts_with("/console/login") => Answer::ToLogin,
        StatusCode::SEE_OTHER
            if page.leads_to() == "/console" && row.open_to == OpenTo::HalfWay =>
        {
            Answer::ToStart
        }
        // An invitation or a file of which there is none is told so by the page itself, in other words than the guard's.
        StatusCode::NOT_FOUND if row.open_to == OpenTo::Anybody => Answer::LetIn,
        StatusCode::NOT_FOUND => Answer::NotThere,
        _ => Answer::LetIn,
    }
}

#[tokio::test]
async fn each_route_lets_in_whom_it_is_for_and_nobody_else() {
    let town = Town::new().await;
    // One that the convener and the officer see, of a month that the committee is told of.
    let complaint = town.texted("Borehole in Eldas is broken, no water").await;
    let complaint = complaint.to_string();
    town.wait(TimeDelta::days(60)).await;
    let mut browsers = vec![(Asking::Nobody, town.browser())];
    for (name, role) in [
        ("Asha", Role::Administrator),
        ("Noor", convener()),
        ("Halima", officer()),
        ("Fatuma", committee()),
    ] {
        let kind = role.kind();
        town.person(name, role).await;
        browsers.push((Asking::Known(kind), town.logged_in(name).await));
    }
    let mut half_way = town.browser();
    town.give_password(&mut half_way, "Halima", PASSWORD).await;
    browsers.push((Asking::HalfWay, half_way));

    let mut wrong = Vec::new();
    for row in ROUTES {
        for (asking, browser) in &mut browsers {
            let (got, wanted) = (
                answer(browser, row, &complaint).await,
                expected(row, *asking),
            );
            if got != wanted {
                wrong.push(format!(
                    "{} {} for {asking:?}: {got:?}, not {wanted:?}",
                    row.method, row.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    town.stop().await;
}

/// What the test expects of routes that are no longer there proves nothing.
#[test]
fn no_row_is_of_a_route_that_is_gone() {
    for (method, path, _) in EXPECTED {
        let is_there = |row: &&Row| row.method.as_str() == *method && row.path == *path;
        assert_eq!(ROUTES.iter().filter(is_there).count(), 1, "{method} {path}");
    }
}
