//! The pages in the language of who reads them, also from right to left.

use reqwest::StatusCode;

use super::Town;
use super::town::officer;

const ACCOUNT: &str = "/console/account";
const LOGIN: &str = "/console/login";

#[tokio::test]
async fn who_is_not_known_yet_is_spoken_to_as_their_browser_asks() {
    let town = Town::new().await;
    let mut stranger = town.browser();
    for (asked, language, button) in [
        (
            "fr-CD,fr;q=0.9,en;q=0.5",
            "lang=\"fr\" dir=\"ltr\"",
            "Se connecter",
        ),
        ("ar-SD", "lang=\"ar\" dir=\"rtl\"", "تسجيل الدخول"),
        ("so, ar;q=0.8", "lang=\"ar\" dir=\"rtl\"", "تسجيل الدخول"),
        ("de-DE", "lang=\"en\" dir=\"ltr\"", "Log in"),
    ] {
        stranger.languages = asked;
        let page = stranger.get(LOGIN).await;
        page.says(language);
        page.says(&format!("<button>{button}</button>"));
    }
    town.stop().await;
}

#[tokio::test]
async fn each_persons_choice_goes_before_what_their_browser_asks() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    halima.languages = "fr";
    let page = halima.get(ACCOUNT).await;
    page.says("lang=\"fr\"");
    page.says("<option value=\"ar\" lang=\"ar\">العربية</option>");
    let choose = |language| [("name", "Halima"), ("language", language)];
    let page = halima.post(ACCOUNT, &choose("ar")).await;
    halima.follow(page).await.says("تمّ الحفظ.");
    for path in [
        "/console/complaints",
        "/console/passed-on",
        "/console/closed",
    ] {
        halima.get(path).await.says("lang=\"ar\" dir=\"rtl\"");
    }
    let gone = halima.get("/console/nowhere").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    gone.says("لا شيء هنا");
    halima.get(ACCOUNT).await;
    let page = halima.post(ACCOUNT, &choose("")).await;
    halima.follow(page).await.says("Enregistré.");
    town.stop().await;
}

#[tokio::test]
async fn from_right_to_left_names_and_numbers_keep_their_own_order() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let number = town.texted("Borehole in Eldas is broken").await;
    let mut halima = town.logged_in("Halima").await;
    let path = format!("/console/complaints/{number}");
    halima.get(&path).await;
    town.act(&mut halima, number, "accept", &[]).await;
    halima.languages = "ar";
    let page = halima.get(&path).await;
    page.says("<h1 id=\"number\"><span class=\"number\">");
    page.says("<bdi>\u{200f}\u{2068}Halima\u{2069}، \u{2068}إدارة المياه\u{2069}</bdi>");
    page.says("<blockquote class=\"said\" dir=\"auto\">Borehole in Eldas is broken</blockquote>");
    page.says("<p class=\"screen\" dir=\"auto\">");
    let list = halima.get("/console/complaints").await;
    list.says("<p class=\"words\" dir=\"auto\">");
    town.stop().await;
}
