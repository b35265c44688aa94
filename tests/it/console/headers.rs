//! What every response says to the browser, and what no log says.

use reqwest::Method;

use super::town::officer;
use super::{Browser, PASSWORD, Page, Town};
use crate::process::{Process, free_port};
use crate::served::wait_for;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    let value = page.headers.get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

fn has_all_headers(page: &Page) {
    assert_eq!(header(page, "content-security-policy"), POLICY);
    assert_eq!(header(page, "x-content-type-options"), "nosniff");
    assert_eq!(header(page, "x-frame-options"), "DENY");
    assert_eq!(header(page, "referrer-policy"), "no-referrer");
    assert_eq!(header(page, "cross-origin-opener-policy"), "same-origin");
}

#[tokio::test]
async fn every_response_says_all_of_them() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let link = town.invited("Omar", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let mut nobody = town.browser();
    let mut pages = vec![
        nobody.get("/console").await,
        nobody.get("/console/login").await,
        nobody.get(&link).await,
        nobody.get("/console/no/such/page").await,
        nobody.get("/console/complaints/%ff%00").await,
        nobody.ask(Method::DELETE, "/console/login", None).await,
        nobody
            .ask(Method::POST, "/console/login", Some(String::new()))
            .await,
        nobody
            .ask(Method::POST, "/console/login", Some("x".repeat(70_000)))
            .await,
        halima.get("/console/account").await,
        halima.get("/console/people").await,
    ];
    for page in &pages {
        has_all_headers(page);
        assert_eq!(header(page, "cache-control"), "no-store");
        assert_eq!(header(page, "strict-transport-security"), "", "no TLS here");
    }
    // Files may be kept, for nothing of anybody is in them.
    let css = pages.remove(1).between("rel=\"stylesheet\" href=\"", "\"");
    let file = town.browser().get(&css).await;
    has_all_headers(&file);
    assert!(header(&file, "cache-control").contains("immutable"));
    assert_eq!(header(&file, "set-cookie"), "");
    town.stop().await;
}

/// What would come may be asked for without it, and what a page does not take is told with what it does (RFC 9110 §9.1, §15.5.6).
#[tokio::test]
async fn heads_are_answered_and_other_methods_told_what_there_is() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let css = halima
        .get("/console/complaints")
        .await
        .between("rel=\"stylesheet\" href=\"", "\"");
    for path in ["/console/account", "/console/complaints", &css] {
        let head = halima.ask(Method::HEAD, path, None).await;
        assert_eq!(
            (head.status.as_u16(), head.text.as_str()),
            (200, ""),
            "{path}"
        );
        has_all_headers(&head);
    }
    let head = town.browser().ask(Method::HEAD, "/console", None).await;
    assert_eq!(head.leads_to(), "/console/login");
    let slash = halima.get("/console/").await;
    assert_eq!(slash.leads_to(), "/console/complaints");
    for (path, takes) in [
        ("/console/login", "GET, HEAD, POST"),
        ("/console/queue", "GET, HEAD"),
        ("/console/logout", "POST"),
    ] {
        let page = halima.ask(Method::DELETE, path, None).await;
        assert_eq!(page.status.as_u16(), 405);
        assert_eq!(header(&page, "allow"), takes, "{path}");
    }
    town.stop().await;
}

/// Behind TLS the cookie is for this host alone, and a browser never comes back without TLS.
#[tokio::test]
async fn behind_tls_the_cookie_is_bound_to_the_host() {
    let town = Town::with(&[("server.public_url", "https://sms.example.org")]).await;
    let mut browser = town.browser();
    let page = browser.get("/console/login").await;
    let cookie = header(&page, "set-cookie");
    assert!(cookie.starts_with("__Host-jibu="), "{cookie}");
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(
        header(&page, "strict-transport-security"),
        "max-age=31536000"
    );
    town.stop().await;

    let town = Town::new().await;
    let page = town.browser().get("/console/login").await;
    let cookie = header(&page, "set-cookie");
    assert!(
        cookie.starts_with("jibu=") && !cookie.contains("Secure"),
        "{cookie}"
    );
    town.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_email_no_token_and_nothing_typed_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let gateway = "http://127.0.0.1:9";
    let mut process = Process::serve(folder.path(), port, gateway, &[("log.level", "trace")]).await;
    let mut browser = Browser::new(&process.url);
    browser.get("/console/login").await;
    let cookie = browser.cookie.clone().unwrap().1;
    let typed = [("email", "zanzibarian@example.org"), ("password", PASSWORD)];
    browser.post("/console/login", &typed).await;
    let token = "zanzibarian-token-that-has-43-letters-in-it";
    browser.get(&format!("/console/invitation/{token}")).await;
    browser
        .post(&format!("/console/invitation/{token}"), &typed)
        .await;
    browser
        .get("/console/login?next=/console/zanzibarian")
        .await;
    wait_for("the login in the log", async || {
        process.log().contains("gave a password").then_some(())
    })
    .await;
    process.terminate();
    process.wait();
    let log = process.log();
    for canary in ["zanzibarian", "example.org", PASSWORD, &cookie] {
        let line = log.lines().find(|line| line.contains(canary));
        assert!(line.is_none(), "{canary} is in the log: {line:?}");
    }
}
