use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::complaint::{CountyId, OrganisationId, Status, TrackingNumber};
use crate::text::findings::Findings;
use crate::text::gsm7::{self, Encoding};
use crate::text::normalise::Normalised;

mod detection;
mod five;
mod right_to_left;
mod words;

const EN: &str = include_str!("../../../config/replies/en.toml");
const PLACES: [&str; 2] = ["Hadado/Athibohol", "Lakoley South/Basir"];
const SW: &str = include_str!("../../../config/replies/sw.toml");

fn organisation(short_name: &str, in_sw: Option<&str>) -> Organisation {
    Organisation {
        id: OrganisationId::new("wajir-water"),
        name: "Wajir County Water Department".to_owned(),
        short_name: short_name.to_owned(),
        short_names: in_sw
            .map(|name| (LanguageId::new("sw"), name.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
        called: Vec::new(),
        email: "water@wajir.example".to_owned(),
        notices: None,
        language: None,
        counties: vec![CountyId::new("wajir")],
    }
}

fn load(files: &[(&str, &str)], organisations: &[Organisation]) -> Result<Replies, String> {
    let files: Vec<_> = files
        .iter()
        .map(|(name, source)| ((*name).to_owned(), (*source).to_owned()))
        .collect();
    Replies::load(
        &files,
        &organisations.iter().collect::<Vec<_>>(),
        &[],
        &PLACES,
    )
    .map_err(|found| {
        let mut findings = Findings::default();
        for (name, source) in &files {
            findings.take_source(name, source);
        }
        findings.add(found);
        findings.render(false)
    })
}

fn shipped() -> Replies {
    let water = organisation("Water Dept", Some("Idara ya Maji"));
    load(
        &[("replies/en.toml", EN), ("replies/sw.toml", SW)],
        &[water],
    )
    .unwrap()
}

/// The report on en.toml after a change that an administrator might make.
fn report(from: &str, to: &str) -> String {
    assert!(EN.contains(from), "{from}");
    load(
        &[("replies/en.toml", &EN.replacen(from, to, 1))],
        &[organisation("Water Dept", None)],
    )
    .expect_err(to)
}

fn told(from: &str, to: &str, words: &[&str]) {
    let report = report(from, to);
    for word in words {
        assert!(report.contains(word), "{word}\n{report}");
    }
    assert_eq!(report.matches("error: ").count(), 1, "{report}");
}

fn numbered() -> Values<'static> {
    Values {
        number: Some(TrackingNumber::from_value(4_821_093_753)),
        ..Values::default()
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn fatuma_reads_who_has_her_complaint_and_by_when_in_her_language() {
    let replies = shipped();
    let sw = replies.language(&LanguageId::new("sw")).unwrap();
    let water = organisation("Water Dept", Some("Idara ya Maji"));
    let organisation = water.short_name_in(&sw.id);
    let ack = |free| {
        let (organisation, date) = (Some(organisation), Some(day(10, 14)));
        sw.render(
            Template::Ack,
            &Values {
                organisation,
                date,
                free,
                ..numbered()
            },
        )
    };
    assert_eq!(
        ack(true),
        "Asante. Malalamiko 482 109 3753 yamepokelewa na kupelekwa: Idara ya Maji. Jibu kabla ya 14 Okt. SMS ni bure. MSAADA kwa maelezo."
    );
    assert_eq!(ack(false), ack(true).replace(" SMS ni bure.", ""));
}

#[test]
fn a_status_names_the_date_only_where_one_is_due() {
    let replies = shipped();
    let en = replies.language(&LanguageId::new("en")).unwrap();
    let stands = |date| {
        let (organisation, since) = (Some("Water Dept"), Some(day(5, 3)));
        let template = Template::Status(Status::InProgress);
        en.render(
            template,
            &Values {
                organisation,
                since,
                date,
                ..numbered()
            },
        )
    };
    assert_eq!(
        stands(Some(day(5, 14))),
        "482 109 3753: Water Dept works on it since 3 May. To be solved by 14 May."
    );
    assert_eq!(
        stands(None),
        "482 109 3753: Water Dept works on it since 3 May."
    );
}

#[test]
fn every_shipped_text_is_one_segment_of_gsm7_without_a_link_or_a_gateways_word() {
    for language in shipped().languages() {
        for template in Template::all() {
            let text = language.render(template, &Values::default());
            assert_eq!(gsm7::count(&text).encoding, Encoding::Gsm7, "{text}");
            assert!(
                !text.to_lowercase().contains("invalid") && !text.contains("://"),
                "{text}"
            );
            let shouted: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
            for word in ["YES", "END", "CANCEL", "QUIT"] {
                assert!(!shouted.contains(&word), "{text}");
            }
            assert!(
                !shouted.contains(&"STOP") || template == Template::Help,
                "{text}"
            );
        }
    }
}

#[test]
fn neutral_texts_name_no_organisation_and_no_matter() {
    for template in [
        Template::AckSensitive,
        Template::StatusSensitive,
        Template::AddedSensitive,
    ] {
        let slots: Vec<_> = template
            .slots()
            .iter()
            .map(|slot| slot.placeholder.name())
            .collect();
        assert_eq!(slots, ["number"], "{template:?}");
    }
    let on_complaints = Template::all().filter(|template| !template.key().starts_with("ask_"));
    for template in on_complaints {
        let names = |template: Template| {
            let mut slots = template.slots().iter();
            slots.any(|slot| !matches!(slot.placeholder.name(), "number" | "free"))
        };
        assert!(!names(template.neutral()), "{template:?}");
    }
}

#[test]
fn a_menu_and_a_place_keep_to_one_segment_with_the_longest_names() {
    let long = "Lakoley South of the Two Wells of Eldas";
    let files = [("replies/en.toml".to_owned(), EN.to_owned())];
    let water = organisation("Water Dept", None);
    let refused = Replies::load(&files, &[&water], &[], &[long, "Bute", long]).unwrap_err();
    let messages: Vec<_> = refused.iter().map(|one| one.message.as_str()).collect();
    for message in [
        "`ack_short` with `ask_which` behind it in English can come out too long",
        &format!("1 {long}, 2 {long}, 0 elsewhere"),
    ] {
        assert!(
            messages.iter().any(|one| one.contains(message)),
            "{messages:?}"
        );
    }
    let unwritable = "Lakoley – Basir, of the Two Wells of Eldas and of the others";
    assert!(
        Replies::load(&files, &[&water], &[], &[unwritable, "Bute", unwritable]).is_ok(),
        "left out of texts that cannot hold its letters"
    );
    let replies = shipped();
    let en = replies.language(&LanguageId::new("en")).unwrap();
    let choices = ["Bute".to_owned(), "Wajir – Bor".to_owned()];
    let which = |choices| {
        let values = Values {
            choices,
            ..numbered()
        };
        let saying = Saying {
            lead: Template::AckShort,
            question: Some(Template::AskWhich),
        };
        en.render_if_it_fits(saying, &values)
    };
    assert!(
        which(&choices[..1])
            .unwrap()
            .contains("1 Bute, 0 elsewhere")
    );
    assert_eq!(which(&choices), None, "`–` takes it to two segments");
}

#[test]
fn a_text_that_can_grow_too_long_is_refused_with_what_it_would_say() {
    let long = "Department of Water, Environment and Climate Change of Wajir County";
    let report = load(
        &[("replies/en.toml", EN)],
        &[organisation("Water Dept", None), organisation(long, None)],
    )
    .unwrap_err();
    for word in [
        "`ack` in English can come out too long: “Thank you. Complaint 999 999 9999 is with: Department of Water",
        "SMS is free.",
        "septets in 2 segments; 160 fit",
        "--> replies/en.toml:",
        "= help: it is too long by ",
    ] {
        assert!(report.contains(word), "{word}\n{report}");
    }
}

#[test]
fn one_septet_decides() {
    let filler = |n: usize| format!("started = \"{}\"", "a".repeat(n));
    let line = EN
        .lines()
        .find(|line| line.starts_with("started = "))
        .unwrap();
    assert!(load(&[("replies/en.toml", &EN.replace(line, &filler(160)))], &[]).is_ok());
    told(
        line,
        &filler(161),
        &[
            "counts 161 septets in 2 segments; 160 fit",
            "it is too long by 1",
        ],
    );
}

#[test]
fn ucs2_has_two_segments() {
    let arabic = EN.replace("encoding = \"gsm7\"", "encoding = \"ucs2\"");
    let line = EN
        .lines()
        .find(|line| line.starts_with("started = "))
        .unwrap();
    let with = |n: usize| arabic.replace(line, &format!("started = \"{}\"", "ش".repeat(n)));
    assert!(load(&[("replies/ar.toml", &with(134))], &[]).is_ok());
    let report = load(&[("replies/ar.toml", &with(135))], &[]).unwrap_err();
    assert!(
        report.contains("counts 135 UTF-16 units in 3 segments; 134 fit"),
        "{report}"
    );
}

#[test]
fn a_character_outside_gsm7_is_pointed_at() {
    told(
        "We will look at it and text you",
        "We’ll look at it and text you",
        &[
            "`’` in `ack_sensitive` is not in GSM-7: “Thank you.",
            "counts 88 UTF-16 units in 2 segments",
            "write ' instead",
        ],
    );
    told(
        "SMS is free.",
        "SMS\u{a0}is free.",
        &["`U+00A0` is not in GSM-7", "write a plain space instead"],
    );
    told("\"Aug\"", "\"août\"", &["`û` is not in GSM-7"]);
}

#[test]
fn a_short_name_that_would_double_the_price_is_told_once() {
    let report = load(
        &[("replies/en.toml", EN)],
        &[organisation("Water – Wajir", None)],
    )
    .unwrap_err();
    assert!(
        report.contains("`–` in the short name `Water – Wajir` is not in GSM-7"),
        "{report}"
    );
    assert!(report.contains("short_names.en"), "{report}");
    assert_eq!(report.matches("error: ").count(), 1, "{report}");
}

#[test]
fn a_wrong_file_is_told_with_the_mend() {
    told(
        "no_complaint = ",
        "no_complain = \"x\"\nno_complaint = ",
        &["unknown text `no_complain`", "did you mean `no_complaint`?"],
    );
    told("name = \"English\"\n", "", &["the key `name` is missing"]);
    told(
        "started = ",
        "# started = ",
        &["the text `started` is missing", "[texts]"],
    );
    told(
        "ask_where = \"Which ward or sub-county is it in? 0 if not known.\"",
        "ask_where = \" \"",
        &["`ask_where` has nothing to read"],
    );
    told("\"Dec\"]", "]", &["a year has 12 months, and here are 11"]);
    told(
        "\"Dec\"]",
        "12]",
        &["`months` must be a text in quotes, not a whole number"],
    );
    told(
        "= \"gsm7\"",
        "= \"gsm8\"",
        &["unknown encoding `gsm8`", "did you mean `gsm7`?"],
    );
    told(
        "your phone. Please",
        "your phone {number}. Please",
        &["`number_unknown`: `{number}` has no value in this text"],
    );
    told(
        "added to {number}. {org",
        "added to {numbr} {number}. {org",
        &["`added`: `{numbr}` has no value", "did you mean `number`?"],
    );
    told(
        "name = \"English\"",
        "name = English",
        &["replies/en.toml:15:8"],
    );
}

#[test]
fn all_errors_of_all_files_are_told_in_one_go() {
    let en = EN.replace("free = \"SMS is free.\"", "free = 1\nfre = 2");
    let sw = SW.replace("{number}", "{nambari}");
    let report = load(&[("replies/en.toml", &en), ("replies/sw.toml", &sw)], &[]).unwrap_err();
    for word in [
        "replies/en.toml",
        "`free` must be a text",
        "unknown key `fre`",
        "replies/sw.toml",
        "{nambari}",
    ] {
        assert!(report.contains(word), "{word}\n{report}");
    }
    assert!(load(&[], &[]).unwrap_err().contains("no language"));
    assert!(
        load(&[("replies/english.toml", EN)], &[])
            .unwrap_err()
            .contains("`english` is no language")
    );
}
