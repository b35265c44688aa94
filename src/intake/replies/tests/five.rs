//! The five languages together: what is sent in one is held against all.

use super::*;

const FILES: [(&str, &str); 5] = [
    (
        "replies/ar.toml",
        include_str!("../../../../config/replies/ar.toml"),
    ),
    ("replies/en.toml", EN),
    (
        "replies/fr.toml",
        include_str!("../../../../config/replies/fr.toml"),
    ),
    (
        "replies/so.toml",
        include_str!("../../../../config/replies/so.toml"),
    ),
    ("replies/sw.toml", SW),
];

pub(super) fn all() -> Replies {
    load(&FILES, &[]).unwrap()
}

/// The report on all files after a change of one.
fn report(file: &str, from: &str, to: &str) -> String {
    let name = format!("replies/{file}.toml");
    let files = FILES.map(|(other, source)| match other == name {
        true => (other, source.replacen(from, to, 1)),
        false => (other, source.to_owned()),
    });
    let changed = files.iter().zip(FILES);
    assert!(changed.clone().any(|((_, now), (_, then))| now != then));
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    load(&files, &[]).expect_err(to)
}

#[test]
fn the_commands_of_each_language_hold_however_they_are_typed() {
    let replies = all();
    for (language, text, meant) in [
        ("so", "Jooji", Keyword::Stop),
        ("so", "BILOW", Keyword::Start),
        ("so", "caawi!", Keyword::Help),
        ("so", "Xaaladda", Keyword::Status),
        ("so", "luqad", Keyword::Language),
        ("fr", "ARRÊT", Keyword::Stop),
        ("fr", "début", Keyword::Start),
        ("fr", "Aide", Keyword::Help),
        ("fr", "suivi", Keyword::Status),
        ("fr", "langue", Keyword::Language),
        ("ar", "قِفْ", Keyword::Stop),
        ("ar", "إبدأ", Keyword::Start),
        ("ar", "\u{200f}مساعـــده.", Keyword::Help),
        ("ar", "حالة؟", Keyword::Status),
        ("ar", "لغه", Keyword::Language),
    ] {
        let found = replies.keyword(&Normalised::new(text));
        assert_eq!(
            found,
            Some((meant, Some(LanguageId::new(language)))),
            "{text}"
        );
    }
}

#[test]
fn a_language_is_asked_for_by_its_digit_and_by_what_people_call_it() {
    let replies = all().led_by(&LanguageId::new("en"));
    let wanted = |text: &str| {
        let language = replies.language_wanted(&Normalised::new(text));
        language.map(|id| id.to_string()).unwrap_or_default()
    };
    for (text, language) in [
        ("LANG 1", "en"),
        ("lugha 5", "sw"),
        ("لغة ٢", "ar"),
        ("لغة عربي", "ar"),
        ("lang arabic", "ar"),
        ("LUGHA KISOMALI", "so"),
        ("af Soomaali", "so"),
        ("langue français", "fr"),
        ("lang swahili", "sw"),
        ("lang english", "en"),
        ("lang latin", ""),
    ] {
        assert_eq!(wanted(text), language, "{text}");
    }
}

#[test]
fn a_word_for_a_digit_means_one_thing_in_all_languages_and_is_no_command() {
    for (file, from, to, told) in [
        (
            "so",
            "no = [\"maya\"",
            "no = [\"ndiyo\"",
            "`ndiyo` is a word of `yes` here, and of `no` for replies/so.toml",
        ),
        (
            "fr",
            "yes = [\"oui\"",
            "yes = [\"hali\"",
            "`hali` is a word of `yes` here, and of `status` for replies/sw.toml",
        ),
        (
            "en",
            "no = [\"no\"",
            "no = [\"quit\"",
            "`quit` is a word of `no` here, and of `stop` for the gateway itself",
        ),
    ] {
        let report = report(file, from, to);
        assert!(report.contains(told), "{report}");
        assert_eq!(report.matches("error: ").count(), 1, "{report}");
    }
}

#[test]
fn the_menu_of_languages_fits_with_the_names_of_all() {
    let long = format!("menu_name = \"{}\"", "a".repeat(100));
    let report = report("ar", "menu_name = \"Arabic\"", &long);
    for language in ["English", "Français", "Soomaali", "Kiswahili"] {
        let told =
            format!("`ask_language` in {language} is too long with the names of all languages: “");
        assert!(report.contains(&told), "{told}\n{report}");
    }
    assert!(report.contains("; 160 fit"), "{report}");
    assert_eq!(report.matches("error: ").count(), 4, "{report}");
}

#[test]
fn a_name_that_would_double_the_price_of_other_menus_is_told_where_it_stands() {
    let report = report("ar", "menu_name = \"Arabic\"\n", "");
    assert!(
        report.contains(
            "`ا` in `العربية` is not in GSM-7: the menu of languages in English would cost"
        ),
        "{report}"
    );
    assert!(
        report.contains("replies/ar.toml") && report.contains("menu_name = "),
        "{report}"
    );
    assert_eq!(report.matches("error: ").count(), 1, "{report}");
}

#[test]
fn the_countys_own_language_leads() {
    let order = |replies: &Replies| {
        let ids: Vec<_> = replies.languages().map(|l| l.id.to_string()).collect();
        ids.join(" ")
    };
    let replies = all();
    assert_eq!(order(&replies), "ar en fr so sw");
    let led = replies.led_by(&LanguageId::new("so"));
    assert_eq!(order(&led), "so ar en fr sw");
    assert_eq!(
        led.language_or_first(&LanguageId::new("xx")).id.as_str(),
        "so"
    );
    assert_eq!(order(&led.led_by(&LanguageId::new("xx"))), "so ar en fr sw");
}
