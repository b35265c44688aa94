//! A browser, as far as the console needs one: it keeps the cookie, fills in the form of a page, and says where it comes from.

use std::time::Duration;

use reqwest::header::{ACCEPT_LANGUAGE, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, Method, StatusCode};

use crate::served::{client, encoded};

/// Nobody is in a hurry: sealed by unoptimised code, the largest file takes half a minute.
const FOR_A_FILE: Duration = Duration::from_secs(300);

pub(crate) struct Browser {
    client: Client,
    url: String,
    /// Name and value of the one cookie.
    pub cookie: Option<(String, String)>,
    /// What it says of where a form comes from.
    pub from: Vec<(&'static str, String)>,
    /// The languages that it asks for; empty: none.
    pub languages: &'static str,
    /// The value that the forms of the last page carry.
    pub csrf: String,
}

/// What a browser shows, or where it is sent.
#[derive(Debug)]
pub(crate) struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    /// Where it leads on to.
    pub(crate) fn leads_to(&self) -> &str {
        let location = self.headers.get(LOCATION);
        location.map_or("", |location| location.to_str().unwrap())
    }

    /// The words between two marks of the page's text.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let (_, rest) = self
            .text
            .split_once(before)
            .unwrap_or_else(|| panic!("no {before} in {self:?}"));
        rest.split_once(after).unwrap().0.to_owned()
    }

    /// The values of all hidden fields of that name.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        let field = format!("name=\"{name}\" value=\"");
        let after = self.text.split(&field).skip(1);
        after
            .map(|rest| rest.split_once('"').unwrap().0.to_owned())
            .collect()
    }

    pub(crate) fn says(&self, words: &str) {
        assert!(self.text.contains(words), "no {words:?} in {}", self.text);
    }
}

impl Browser {
    pub(crate) fn new(url: &str) -> Self {
        Self {
            client: client(),
            url: url.to_owned(),
            cookie: None,
            from: vec![
                ("Origin", url.to_owned()),
                ("Sec-Fetch-Site", "same-origin".to_owned()),
            ],
            languages: "",
            csrf: String::new(),
        }
    }

    /// The same browser once more: another with a copy of its cookie.
    pub(crate) fn copy(&self) -> Self {
        Self {
            cookie: self.cookie.clone(),
            csrf: self.csrf.clone(),
            ..Self::new(&self.url)
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, None).await
    }

    /// Goes where it is sent, until it is sent no further.
    pub(crate) async fn follow(&mut self, mut page: Page) -> Page {
        while page.status.is_redirection() {
            let next = page.leads_to().to_owned();
            page = self.get(&next).await;
        }
        page
    }

    /// Posts a form of the last page with these fields.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let all = [("csrf", csrf.as_str())]
            .into_iter()
            .chain(fields.iter().copied());
        let form: Vec<(String, String)> = all
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        self.ask(Method::POST, path, Some(encoded(&form))).await
    }

    /// The same browser, where the service is to be found elsewhere now.
    pub(crate) fn moved_to(self, url: &str) -> Self {
        Self {
            cookie: self.cookie,
            ..Self::new(url)
        }
    }

    /// Posts a body of another kind than a form's, as it is.
    pub(crate) async fn post_body(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Page {
        self.send(Method::POST, path, Some((kind, body))).await
    }

    pub(crate) async fn ask(&mut self, method: Method, path: &str, form: Option<String>) -> Page {
        let form = form.map(|form| ("application/x-www-form-urlencoded", form.into_bytes()));
        self.send(method, path, form).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<(&str, Vec<u8>)>) -> Page {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if !self.languages.is_empty() {
            request = request.header(ACCEPT_LANGUAGE, self.languages);
        }
        if let Some((name, value)) = &self.cookie {
            request = request.header(COOKIE, format!("{name}={value}"));
        }
        if let Some((kind, body)) = body {
            request = request.timeout(FOR_A_FILE);
            request = request.header("Content-Type", kind).body(body);
            for (name, value) in &self.from {
                request = request.header(*name, value);
            }
        }
        let answer = request.send().await.unwrap();
        self.keep(answer.headers());
        let page = Page {
            status: answer.status(),
            headers: answer.headers().clone(),
            text: answer.text().await.unwrap(),
        };
        if let Some((_, rest)) = page.text.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
        page
    }

    fn keep(&mut self, headers: &HeaderMap) {
        let set = headers.get(SET_COOKIE).map(|set| set.to_str().unwrap());
        if let Some((name, rest)) = set.and_then(|set| set.split_once('=')) {
            let value = rest.split(';').next().unwrap();
            self.cookie = Some((name.to_owned(), value.to_owned()));
        }
    }

    /// Says nothing of where its forms come from, as a program does.
    pub(crate) fn says_no_origin(&mut self) {
        self.from.clear();
    }

    /// Says so instead.
    pub(crate) fn says(&mut self, name: &'static str, value: &str) {
        debug_assert!([ORIGIN.as_str(), "sec-fetch-site", "x-forwarded-for"].contains(&name));
        self.from.push((name, value.to_owned()));
    }
}
