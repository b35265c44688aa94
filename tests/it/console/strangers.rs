//! Texts that would do something, were a page to let them: they are shown as what they are.

use super::Town;
use super::town::{convener, officer};

/// What somebody may text. `tests/browser/hostile.js` shows the same in a real browser.
const HOSTILE: &str = include_str!("../../browser/hostile.txt");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_texted_becomes_a_part_of_the_page() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    town.person("Noor", convener()).await;
    let mut browsers = [town.logged_in("Halima").await, town.logged_in("Noor").await];
    let texts: Vec<String> = HOSTILE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(unescaped)
        .collect();
    assert!(texts.len() >= 20);
    let mut numbers = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let words = format!("Borehole in Eldas is broken {text}");
        numbers.push(town.texted_by(&format!("+2547120{index:05}"), &words).await);
    }
    for browser in &mut browsers {
        let lists = ["/console/complaints", "/console/queue", "/console/closed"];
        let pages = numbers
            .iter()
            .map(|number| format!("/console/complaints/{number}"));
        // Searched for, a text comes back as a value and as words.
        let searches = texts.iter().map(|text| {
            let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
            format!("/console/complaints?q={query}")
        });
        for path in lists
            .map(str::to_owned)
            .into_iter()
            .chain(pages)
            .chain(searches)
        {
            let page = browser.get(&path).await;
            assert!(
                page.status.is_success() || page.text.contains("There is nothing here"),
                "{path}: {page:?}"
            );
            is_ours(&path, &page.text);
        }
    }
    let list = browsers[0].get("/console/complaints").await;
    list.says("&#60;script&#62;alert(1)&#60;/script&#62;");
    let found = browsers[0].get("/console/complaints?q=escape").await;
    found.says("escape ␛[31mred");
    town.stop().await;
}

/// Every element of a page is one that our templates write, with nothing in it that runs or leads elsewhere.
fn is_ours(path: &str, page: &str) {
    let elements = page
        .split('<')
        .skip(1)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    for element in elements {
        let element = element.split('>').next().unwrap();
        let name = element
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap();
        assert!(
            OURS.split_whitespace().any(|ours| ours == name),
            "{path}: <{element}>"
        );
        for (attribute, value) in attributes(element) {
            let runs = attribute.starts_with("on") || ["style", "http-equiv"].contains(&attribute);
            let leads = ["src", "href", "action", "formaction", "hx-post"].contains(&attribute);
            let is_here = value.starts_with("/console") || value.starts_with(['#', '?']);
            assert!(!runs && (!leads || is_here), "{path}: <{element}>");
        }
    }
    let control = page
        .chars()
        .find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert_eq!(control, None, "{path}");
}

/// The attributes of an element as our templates write them: each value within double quotes, or none.
fn attributes(element: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    let mut rest = element.split_once([' ', '\n']).map_or("", |(_, rest)| rest);
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, behind) = after.split_once('"').unwrap();
        let mut names: Vec<&str> = before.split_whitespace().collect();
        attributes.extend(names.pop().map(|own| (own, value)));
        attributes.extend(names.into_iter().map(|bare| (bare, "")));
        rest = behind;
    }
    attributes.extend(rest.split_whitespace().map(|bare| (bare, "")));
    attributes
}

/// The elements of our templates.
const OURS: &str = "html head meta title link script body a header p span div bdi form input button nav ul li b main footer h1 h2 h3 q \
                    label details summary select option section ol time fieldset legend article dl dt dd blockquote textarea kbd i br";

/// `\u{…}` is the character of that number, `\*N` what stands before it N times.
fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        if let Some((code, after)) = escape
            .strip_prefix("u{")
            .and_then(|escape| escape.split_once('}'))
        {
            text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
            rest = after;
        } else {
            let (times, after) = escape.strip_prefix("*{").unwrap().split_once('}').unwrap();
            let last = text.pop().unwrap();
            text.extend(std::iter::repeat_n(last, times.parse().unwrap()));
            rest = after;
        }
    }
    text + rest
}
