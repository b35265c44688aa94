use super::*;
use crate::complaint::CountyId;
use crate::intake::places::{Found, Places};
use crate::intake::replies::Replies;
use crate::routing::{Rules, decide};

const PLACES: &str = "id,name,level,parent,aliases,population
wajir,Wajir,county,,,
wajir-east,Wajir East,sub-county,wajir,,
wagberi,Wagberi,ward,wajir-east,Jogoo,
township,Township,ward,wajir-east,Jogoo|Wajir town,
khorof,Khorof/Harar,ward,wajir-east,Harar,
";

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn asked(asks: Asks, choices: &[&str], times: u32) -> Question {
    Question {
        asks,
        choices: choices.iter().map(|id| (*id).to_owned()).collect(),
        asked_at: at(0),
        times,
    }
}

fn menu_asked(times: u32) -> Question {
    asked(Asks::Place, &["wagberi", "township"], times)
}

/// What a text that no rule decides answers, so many hours later.
fn answer(question: &Question, text: &str, hour: i64) -> Option<Answer> {
    let file = |name: &str, text: &str| (format!("replies/{name}.toml"), text.to_owned());
    let files = [
        file("en", include_str!("../../../config/replies/en.toml")),
        file("sw", include_str!("../../../config/replies/sw.toml")),
    ];
    let replies = Replies::load(&files, &[], &[], &[]).unwrap();
    let reading = Reading::of(text, &replies);
    let places = Places::load("places.csv", PLACES).unwrap();
    let county = CountyId::new("wajir");
    let rules = "[[county]]\nid = \"wajir\"\nname = \"Wajir\"\nconvener = \"ti\"\nzone = \"Africa/Nairobi\"\nlanguage = \"en\"\n\
                 [[organisation]]\nid = \"ti\"\nname = \"TI\"\nshort_name = \"TI\"\nemail = \"ti@example.org\"\ncounty = \"wajir\"\n";
    let rules = Rules::load("routing.toml", rules, Some(&places)).unwrap();
    let decision = decide(&rules, &reading.words, rules.county(&county).unwrap(), &[]);
    let known = Known {
        own: None,
        has_media: false,
        asked: Some(question),
        asked_by: None,
        open: None,
        can_turn: false,
        named: &places.find(&reading.words, &county),
        sector_named: None,
        decision: &decision,
        now: at(hour),
    };
    question.answer(&reading, &known)
}

fn place(id: &str) -> Option<Answer> {
    Some(Answer::Place(PlaceId::new(id)))
}

fn again(choices: &[&str]) -> Option<Answer> {
    let choices = choices.iter().map(|id| (*id).to_owned());
    Some(Answer::Unclear(choices.collect()))
}

#[test]
fn a_digit_or_a_known_name_in_a_few_words_answers() {
    let asked = menu_asked(1);
    assert_eq!(answer(&asked, "1", 1), place("wagberi"));
    assert_eq!(answer(&asked, " 2. ", 1), place("township"));
    assert_eq!(answer(&asked, "٢", 1), place("township"));
    assert_eq!(answer(&asked, "0", 1), Some(Answer::Skip));
    assert_eq!(answer(&asked, "We are in Wajir town", 1), place("township"));
    assert_eq!(
        answer(&asked, "Harar", 1),
        place("khorof"),
        "a place that was not offered"
    );
}

#[test]
fn what_is_like_an_answer_and_tells_no_place_is_asked_again_twice() {
    let asked_once = menu_asked(1);
    assert_eq!(answer(&asked_once, "3", 1), again(&["wagberi", "township"]));
    assert_eq!(
        answer(&asked_once, "Makoror", 1),
        again(&["wagberi", "township"])
    );
    let in_words = asked(Asks::Place, &[], 2);
    assert_eq!(answer(&in_words, "1", 1), again(&[]));
    assert_eq!(
        answer(&in_words, "Jogoo", 1),
        again(&["wagberi", "township"])
    );
    assert_eq!(answer(&menu_asked(3), "3", 1), None);
    assert_eq!(answer(&menu_asked(3), "Makoror", 1), None);
    assert_eq!(answer(&menu_asked(3), "1", 1), place("wagberi"));
}

#[test]
fn any_other_text_is_what_it_says() {
    for text in [
        "",
        "thank you",
        "They chased us away from Wajir town last night",
        "Somebody beat my brother",
        "Makoror 5",
    ] {
        assert_eq!(answer(&menu_asked(1), text, 1), None, "{text}");
    }
}

#[test]
fn it_lapses_after_two_days_and_a_good_answer_still_counts() {
    let asked = menu_asked(1);
    assert!(answer(&asked, "3", 47).is_some());
    assert_eq!(answer(&asked, "3", 48), None);
    assert_eq!(answer(&asked, "Makoror", 48), None);
    assert_eq!(answer(&asked, "2", 48), place("township"));
}

#[test]
fn what_waits_to_be_asked_is_not_answered() {
    let verdict = asked(Asks::Verdict, &[], 1);
    assert_eq!(answer(&verdict, "1", -1), None);
    assert!(answer(&verdict, "1", 0).is_some());
}

#[test]
fn who_somebody_is_is_told_by_digit_by_word_or_in_years() {
    let gender = asked(Asks::Gender, &[], 1);
    for (text, said) in [
        ("1", Gender::Woman),
        ("2", Gender::Man),
        ("3", Gender::Other),
        ("Mwanamke", Gender::Woman),
        ("male", Gender::Man),
    ] {
        assert_eq!(
            answer(&gender, text, 1),
            Some(Answer::Gender(said)),
            "{text}"
        );
    }
    assert_eq!(answer(&gender, "0", 1), Some(Answer::Skip));
    assert_eq!(answer(&gender, "4", 1), again(&[]));
    assert_eq!(answer(&gender, "a man beat me", 1), None);

    let age = asked(Asks::Age, &[], 1);
    for (text, said) in [
        ("1", AgeGroup::Under18),
        ("4", AgeGroup::From60),
        ("17", AgeGroup::Under18),
        ("18", AgeGroup::From18),
        ("34", AgeGroup::From18),
        ("35", AgeGroup::From35),
        ("60", AgeGroup::From60),
        ("٢٧", AgeGroup::From18),
    ] {
        assert_eq!(answer(&age, text, 1), Some(Answer::Age(said)), "{text}");
    }
    assert_eq!(answer(&age, "5", 1), again(&[]));
}

#[test]
fn a_sector_a_verdict_and_a_language_are_chosen_by_digit() {
    let sector = asked(Asks::Sector, &["water", "health"], 1);
    let water = Some(Answer::Sector(SectorId::new("water")));
    assert_eq!(answer(&sector, "1", 1), water);
    assert_eq!(answer(&sector, "3", 1), again(&["water", "health"]));
    assert_eq!(answer(&sector, "0", 1), Some(Answer::Skip));

    let verdict = asked(Asks::Verdict, &[], 1);
    for (text, said) in [
        ("1", Verdict::Solved),
        ("2", Verdict::NotSolved),
        ("3", Verdict::Partly),
        ("ndiyo", Verdict::Solved),
        ("No!", Verdict::NotSolved),
    ] {
        assert_eq!(
            answer(&verdict, text, 1),
            Some(Answer::Verdict(said)),
            "{text}"
        );
    }
    assert_eq!(
        answer(&verdict, "0", 1),
        again(&[]),
        "a verdict is not skipped"
    );

    let language = asked(Asks::Language, &["en", "sw"], 1);
    let kiswahili = Some(Answer::Language(LanguageId::new("sw")));
    assert_eq!(answer(&language, "2", 1), kiswahili);
    assert_eq!(answer(&language, "3", 1), again(&["en", "sw"]));
}

#[test]
fn what_is_offered_beside_a_status_is_not_waited_for() {
    let withdraw = asked(Asks::Withdraw, &[], 1);
    assert_eq!(answer(&withdraw, "8", 1), Some(Answer::Withdraw));
    assert_eq!(answer(&withdraw, "1", 1), None);
    assert!(!withdraw.is_open(at(1)), "it keeps no other question away");
}

#[test]
fn no_menu_is_longer_than_people_read_and_none_offers_a_single_choice() {
    let wards = |count: usize| -> Vec<PlaceId> {
        (0..count)
            .map(|number| PlaceId::new(format!("ward-{number}")))
            .collect()
    };
    assert_eq!(super::place::menu(&wards(6)).len(), 6);
    assert!(super::place::menu(&wards(7)).is_empty(), "asked in words");

    let sectors: Vec<SectorId> = (0..8)
        .map(|number| SectorId::new(format!("sector-{number}")))
        .collect();
    let choices = |sectors| {
        let missing = Missing {
            place: None,
            sectors: Some(sectors),
            person: false,
        };
        next(None, missing).map(|(asks, choices)| (asks, choices.len()))
    };
    assert_eq!(choices(&sectors), Some((Asks::Sector, 6)));
    assert_eq!(choices(&sectors[..2]), Some((Asks::Sector, 2)));
    assert_eq!(choices(&sectors[..1]), None);
}

#[test]
fn what_is_known_is_not_asked_and_nothing_is_asked_twice() {
    let here = Found::One(PlaceId::new("wagberi"));
    let sectors = ["water", "health"].map(SectorId::new);
    let all = |place| Missing {
        place: Some(place),
        sectors: Some(&sectors),
        person: true,
    };
    let asked = |after, missing| next(after, missing).map(|(asks, _)| asks);
    assert_eq!(asked(None, all(&here)), Some(Asks::Sector));
    let mut told = None;
    let mut order = Vec::new();
    while let Some(asks) = asked(told, all(&Found::None)) {
        order.push(asks);
        told = Some(asks);
    }
    assert_eq!(order, [Asks::Place, Asks::Sector, Asks::Gender, Asks::Age]);
    let nobody = Missing {
        person: false,
        ..all(&here)
    };
    assert_eq!(asked(Some(Asks::Sector), nobody), None);
}
