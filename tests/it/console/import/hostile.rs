//! Files and forms that nobody means well with, or that were made by other programs: told, and nothing of them left.

use std::io::Write;
use std::net::TcpStream;

use reqwest::StatusCode;

use super::{CHECK, FORM, HERE, choose, form, left, look, looked_through, noor, one, take_in};
use super::{COMPLAINTS, HEADER, MAP, ROWS};
use crate::console::{Browser, Town};
use crate::served::wait_for;

#[tokio::test]
async fn a_name_of_a_file_is_only_shown() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let long = "x".repeat(300);
    for (name, shown) in [
        (
            "../../../../etc/passwd",
            "<bdi>../../../../etc/passwd</bdi>",
        ),
        ("/tmp/rows.csv", "<bdi>/tmp/rows.csv</bdi>"),
        ("..\\..\\rows.csv", "rows.csv</bdi>"),
        (
            "<script>alert(1)</script>.csv",
            "<bdi>&#60;script&#62;alert(1)&#60;/script&#62;.csv</bdi>",
        ),
        ("a\u{202e}vsc.csv", "<bdi>a vsc.csv</bdi>"),
        ("%00.csv", "<bdi>%00.csv</bdi>"),
        ("", "<bdi>csv</bdi>"),
        (long.as_str(), "x…</bdi>"),
    ] {
        let body = form(&noor.csrf, &[], name, format!("{HEADER}{ROWS}").as_bytes());
        let chosen = noor.post_body(HERE, FORM, body).await;
        assert_eq!(chosen.leads_to(), HERE, "{name}: {chosen:?}");
        let page = noor.get(HERE).await;
        page.says(shown);
        let files = left(&town);
        assert_eq!(files.len(), 1, "{name}: {files:?}");
        assert!(files[0].starts_with("jibu.sqlite3.upload-"), "{files:?}");
    }
    town.stop().await;
}

#[tokio::test]
async fn what_people_said_is_sealed_while_it_waits() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    looked_through(&mut noor, ROWS).await;
    let file = town.served.folder.path().join(&left(&town)[0]);
    let bytes = std::fs::read(file).unwrap();
    for open in ["pump", "0711", "Habasswein", "old hotline"] {
        assert!(
            !bytes
                .windows(open.len())
                .any(|part| part == open.as_bytes()),
            "{open}"
        );
    }
    town.stop().await;
}

#[tokio::test]
async fn a_form_that_is_not_ours_leaves_nothing_behind() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let file = format!("{HEADER}{ROWS}");
    let csrf = noor.csrf.clone();
    let part = |name: &str, value: &str| {
        format!("--border\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let late = part("file", &file) + &part("csrf", &csrf) + "--border--\r\n";
    let none = part("file", &file) + "--border--\r\n";
    for (what, kind, body) in [
        (
            "a wrong token",
            FORM,
            form("x", &[], "a.csv", file.as_bytes()),
        ),
        ("no token", FORM, none.into_bytes()),
        ("a token behind the file", FORM, late.into_bytes()),
        ("no parts", FORM, b"--border--\r\n".to_vec()),
        ("nothing", FORM, Vec::new()),
        (
            "no boundary",
            "multipart/form-data",
            file.clone().into_bytes(),
        ),
        (
            "another kind of form",
            "application/x-www-form-urlencoded",
            format!("csrf={csrf}").into_bytes(),
        ),
    ] {
        let page = noor.post_body(HERE, kind, body).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{what}");
        assert_eq!(left(&town), [""; 0], "{what}");
    }
    noor.csrf = csrf;
    let from = std::mem::replace(
        &mut noor.from,
        vec![("Sec-Fetch-Site", "cross-site".to_owned())],
    );
    let page = choose(&mut noor, &[], &file).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(left(&town), [""; 0]);
    noor.from = from;

    // Without a token nothing is looked through, taken in, or put away either.
    noor.get(HERE).await;
    let page = looked_through(&mut noor, ROWS).await;
    for path in [
        CHECK,
        "/console/import/take-in",
        "/console/import/put-away",
        "/console/import/take-away",
    ] {
        noor.csrf = "x".to_owned();
        let refused = noor
            .post(path, &[("once", &page.values("once")[0]), ("mapping", MAP)])
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(left(&town).len(), 1);
    assert_eq!(one(&town, COMPLAINTS), "0");
    town.stop().await;
}

#[tokio::test]
async fn a_file_that_is_too_large_empty_or_no_table_is_told_and_not_kept() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let row = "A-1,No water,,,,,,,,\n".repeat(51 * 1024 * 1024 / 20);
    let page = choose(&mut noor, &[], format!("{HEADER}{row}")).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    page.says("The file is larger than 50 MB");
    assert_eq!(left(&town), [""; 0]);

    let wide = ",".repeat(2_000);
    let endless = format!("a,b\n1,2\n3,\"{}", "x".repeat(3 * 1024 * 1024));
    for (file, why) in [
        ("", "Please choose a file that is not empty."),
        ("\u{feff}", "It is empty. Please choose another."),
        (
            wide.as_str(),
            "Its first row has more than 1000 columns, or",
        ),
        (endless.as_str(), "Row 2, on line 3, does not end"),
        (
            "a,\"b\n1,2\n",
            "Its first row, which names the columns, does not end",
        ),
        ("PK\x03\x04", "It is a spreadsheet, and not a CSV file."),
    ] {
        let page = choose(&mut noor, &[], file).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        page.says(why);
        assert_eq!(left(&town), [""; 0], "{why}");
    }
    let long = "#".repeat(300 * 1024);
    let page = choose(&mut noor, &[("mapping", &long)], ROWS).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(left(&town), [""; 0]);
    town.stop().await;
}

/// Sends a file all but its end.
fn begin(town: &Town, noor: &Browser) -> TcpStream {
    let body = form(&noor.csrf, &[], "half.csv", &[b'x'; 600 * 1024]);
    let host = town.served.url.trim_start_matches("http://");
    let (name, value) = noor.cookie.clone().unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST {HERE} HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nCookie: {name}={value}\r\nContent-Type: {FORM}\r\nContent-Length: {}\r\n\r\n",
        town.served.url,
        body.len()
    )
    .unwrap();
    stream.write_all(&body[..body.len() - 100]).unwrap();
    stream.flush().unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_breaks_off_is_none_and_the_one_before_stays() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let page = looked_through(&mut noor, ROWS).await;
    let half = begin(&town, &noor);
    wait_for("half of a file", async || {
        (left(&town).len() == 2).then_some(())
    })
    .await;
    let other = choose(&mut noor, &[], format!("{HEADER}{ROWS}")).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "one is on its way");
    drop(half);
    wait_for("what was half there to be gone", async || {
        (left(&town).len() == 1).then_some(())
    })
    .await;
    let page = look(&mut noor, &page, MAP).await;
    page.says("<button>Take in: 5</button>");
    town.stop().await;
}

#[tokio::test]
async fn other_encodings_are_read_where_they_say_so_or_somebody_does() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let french = b"A-1,L'\xe9cole est ferm\xe9e,,,,,,,,\n";
    let file = [HEADER.as_bytes(), french].concat();
    choose(&mut noor, &[], &file).await;
    let page = noor.get(HERE).await;
    let page = look(&mut noor, &page, MAP).await;
    page.says("<td>1 (line 2)</td><td><bdi>Problem</bdi></td><td>Its letters are no UTF-8");

    choose(&mut noor, &[("encoding", "windows-1252")], &file).await;
    let page = noor.get(HERE).await;
    let page = look(&mut noor, &page, MAP).await;
    page.says("<button>Take in: 1</button>");

    let utf16: Vec<u8> = format!("\u{feff}{HEADER}{ROWS}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    choose(&mut noor, &[], &utf16).await;
    let page = noor.get(HERE).await;
    let page = look(&mut noor, &page, MAP).await;
    page.says("<button>Take in: 5</button>");

    // UTF-16 that does not say so has no column of that name.
    choose(&mut noor, &[], &utf16[2..]).await;
    let page = noor.get(HERE).await;
    let page = look(&mut noor, &page, MAP).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(one(&town, COMPLAINTS), "0");
    town.stop().await;
}

#[tokio::test]
async fn a_form_about_another_file_does_nothing() {
    let town = Town::new().await;
    let mut noor = noor(&town).await;
    let first = looked_through(&mut noor, ROWS).await;
    let other = ROWS.replace("A-", "C-");
    choose(&mut noor, &[], format!("{HEADER}{other}")).await;
    for path in [CHECK, "/console/import/take-in"] {
        let fields = [
            ("once", first.values("once").remove(0)),
            ("mapping", MAP.to_owned()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let page = noor.post(path, &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        page.says("This file is no longer here");
    }
    let none = take_in(&mut noor, &first, "no").await;
    assert_eq!(none.status, StatusCode::CONFLICT);
    assert_eq!(one(&town, COMPLAINTS), "0");
    town.stop().await;
}
