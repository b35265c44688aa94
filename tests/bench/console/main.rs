//! How long a page of the console takes at the server, store and template and all, with many complaints behind it:
//! `cargo bench --bench console`, `-- --few` for a hundredth of them.
//!
//! The database is filled through the store, so that every text is sealed and opens; the service is the real one, asked over HTTP on this
//! machine by one browser, one page after the other. A list is to take less than 50 ms in 95 of 100 cases.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench tells its figures, and ends where it cannot measure"
)]

mod seed;
mod service;

use std::time::Duration;

use service::Running;

/// How often each page is asked for.
const TIMES: usize = 200;
/// The same of pages of figures: some take long.
const TIMES_OF_FIGURES: usize = 40;
/// In 95 of 100 cases a list takes no longer.
const LIST: Duration = Duration::from_millis(50);

fn main() {
    let few = std::env::args().any(|argument| argument == "--few");
    let stored = if few { 10_000 } else { 1_000_000 };
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(folder.path(), stored);
    println!(
        "{stored} complaints; each page {TIMES} times, figures {TIMES_OF_FIGURES}, one after the other\n"
    );
    println!(
        "{:<44} {:>9} {:>9} {:>9} {:>8}",
        "page", "first", "median", "p95", "size"
    );
    let mut worst = Duration::ZERO;
    let mut ask_while = |changing: usize, who: &str, what: &str, path: &str, is_list: bool| {
        let times = match path.contains("/figures") {
            true => TIMES_OF_FIGURES,
            false => TIMES,
        };
        let mut asked = running.ask(who, path, times, changing);
        asked.times.sort_unstable();
        let (median, p95) = (asked.times[times / 2], asked.times[times * 95 / 100]);
        println!(
            "{what:<44} {:>6.1} ms {:>6.1} ms {:>6.1} ms {:>5} KB",
            ms(asked.first),
            ms(median),
            ms(p95),
            asked.bytes / 1024
        );
        if is_list {
            worst = worst.max(p95);
        }
        asked.page
    };
    let mut ask =
        |who: &str, what: &str, path: &str, is_list: bool| ask_while(0, who, what, path, is_list);
    let list = "/console/complaints";
    let first = ask("noor", "county: all open", list, true);
    let deep = running.somewhere_in_the_middle();
    ask(
        "noor",
        "county: from the middle on",
        &format!("{list}?after={deep}"),
        true,
    );
    ask("noor", "county: closed", "/console/closed", true);
    for (what, query) in [
        ("late", "due=late"),
        ("due later", "due=later"),
        ("in progress", "status=in_progress"),
        ("opened again (1 in 1,000)", "status=reopened"),
        ("sector food aid", "sector=food-aid"),
        ("a ward", "place=bute"),
        ("a sub-county", "place=wajir-south"),
        ("over 90 days old", "age=90"),
        ("an organisation", "holder=wajir-roads"),
        ("nothing is like that", "status=received"),
        (
            "a ward, a status, an organisation",
            "place=bute&status=accepted&holder=wajir-roads",
        ),
    ] {
        ask(
            "noor",
            &format!("county: {what}"),
            &format!("{list}?{query}"),
            true,
        );
    }
    ask("halima", "water: inbox", list, true);
    ask(
        "halima",
        "water: in progress in a ward",
        &format!("{list}?status=in_progress&place=bute"),
        true,
    );
    ask("halima", "water: closed", "/console/closed", true);
    ask("halima", "water: passed on", "/console/passed-on", true);
    ask("noor", "queue", "/console/queue", false);
    let number = first
        .split_once("/console/complaints/")
        .unwrap()
        .1
        .split('"')
        .next()
        .unwrap();
    ask(
        "noor",
        "a complaint, with those like it",
        &format!("{list}/{number}"),
        false,
    );
    ask(
        "noor",
        "county: search for a rare word",
        &format!("{list}?q=zebra"),
        false,
    );
    ask(
        "halima",
        "water: search for a common word",
        &format!("{list}?q=borehole"),
        false,
    );
    for (who, whose) in [
        ("noor", "county"),
        ("halima", "water"),
        ("fatuma", "committee"),
    ] {
        for (what, period) in [
            ("the usual month", ""),
            ("a quarter", "?period=2026-Q3"),
            ("a year", "?period=2025"),
        ] {
            let what = format!("{whose}: figures of {what}");
            ask(who, &what, &format!("/console/figures{period}"), false);
        }
    }
    for (changing, what) in [
        (1, "county: the same, one of its months changing"),
        (4, "county: the same, four of its months changing"),
    ] {
        ask_while(
            changing,
            "noor",
            what,
            "/console/figures?period=2025",
            false,
        );
    }
    let verdict = if worst < LIST { "below" } else { "ABOVE" };
    println!(
        "\nthe slowest list: p95 {:.1} ms, {verdict} {:.0} ms",
        ms(worst),
        ms(LIST)
    );
    running.stop();
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
