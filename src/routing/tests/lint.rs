//! What is right and hardly meant: each lint, and next to it what looks like it and is let pass.

mod words;

use super::findings::told;
use super::{PLACES, Rules, places};
use crate::intake::places::Places;

const BEFORE: &str = r#"
[[county]]
id = "wajir"
name = "Wajir"
convener = "ti"
oversight = "water"
zone = "Africa/Nairobi"
language = "en"
[[organisation]]
id = "ti"
name = "TI"
short_name = "TI"
email = "ti@wajir.example"
county = "wajir"
[[organisation]]
id = "water"
name = "Water"
short_name = "Water"
email = "water@wajir.example"
county = "wajir"
[[organisation]]
id = "roads"
name = "Roads"
short_name = "Roads"
email = "roads@wajir.example"
county = "wajir"
"#;

/// A rule for each of the two organisations, so that none is without.
const USED: &str = r#"[[rule]]
id = "used-by-water"
any = ["bowser"]
to = "water"
[[rule]]
id = "used-by-roads"
any = ["culvert"]
to = "roads"
"#;

#[test]
fn a_county_whose_convener_nobody_oversees() {
    let sensitive =
        "[[rule]]\nid = \"bribe\"\nany = [\"bribe\"]\nto = \"convener\"\nsensitive = true\n";
    let alone = |rules: &str| {
        let source = format!("{rules}{USED}{BEFORE}").replace("oversight = \"water\"\n", "");
        warnings_of(&source, &places())
    };
    let told = alone(sensitive);
    assert!(
        told.len() == 1
            && told[0].contains("a complaint that accuses `ti` would be seen by nobody in `wajir`"),
        "{told:?}"
    );
    assert_eq!(alone(""), Vec::<String>::new(), "nothing is hidden there");
    assert_eq!(warnings(sensitive), Vec::<String>::new());
}

/// The warnings of rules after two that nothing is wrong with; lines count from the first of them.
fn warnings(rules: &str) -> Vec<String> {
    let source = format!("{rules}{USED}{BEFORE}");
    warnings_of(&source, &places())
}

fn warnings_of(source: &str, places: &Places) -> Vec<String> {
    let rules = Rules::load("routing.toml", source, Some(places))
        .unwrap_or_else(|found| panic!("{found:#?}"));
    rules
        .warnings()
        .iter()
        .map(|warning| told(warning, source, 0))
        .collect()
}

/// A rule in one line each.
fn rule(id: &str, keys: &str) -> String {
    format!("[[rule]]\nid = \"{id}\"\n{}\n", keys.replace("; ", "\n"))
}

#[test]
fn nothing_is_said_about_a_file_that_says_what_it_means() {
    assert_eq!(warnings(""), Vec::<String>::new());
}

#[test]
fn a_rule_that_cancels_itself() {
    let of_any = rule(
        "any",
        r#"any = ["maji", "water"]; none = ["maji", "water*"]; to = "water""#,
    );
    let of_all = rule(
        "all",
        r#"all = ["pump", "dry well"]; none = ["well"]; to = "water""#,
    );
    assert_eq!(
        warnings(&(of_any + &of_all)),
        [
            "2 `\"any\"`: `any` can never win: `maji` in its `none` cancels the rule wherever `maji` is (take the word out of `none`, or the rule out)",
            "7 `\"all\"`: `all` can never win: `well` in its `none` cancels the rule wherever `dry well` is (take the word out of `none`, or the rule out)",
        ]
    );
}

#[test]
fn a_rule_that_is_never_sure_enough() {
    let weak = rule(
        "weak",
        r#"any = ["maji", "water"]; all = [{ word = "dry", sure = 0.1 }]; sure = 0.2; to = "water""#,
    );
    assert_eq!(
        warnings(&weak),
        [
            "2 `\"weak\"`: `weak` can never win: all its words together make it 0.42 sure, and `sure_enough` is 0.50 (raise its `sure`, or lower `sure_enough`)"
        ]
    );
    let together = rule(
        "together",
        r#"any = ["maji", "water", "dry"]; sure = 0.21; to = "water""#,
    );
    let just = rule("just", r#"any = ["pump"]; sure = 0.5; to = "water""#);
    assert_eq!(warnings(&(together + &just)), Vec::<String>::new());
}

#[test]
fn a_rule_whose_words_another_has_too_and_as_sure() {
    let first = rule(
        "first",
        r#"any = ["maji", "water", { word = "pump", sure = 0.9 }]; to = "water""#,
    );
    let beaten = rule("beaten", r#"any = ["maji", "pump"]; to = "roads""#);
    assert_eq!(
        warnings(&(first.clone() + &beaten)),
        [
            "6 `\"beaten\"`: `beaten` can never win: `first` (line 2) matches wherever it does, and comes first; 2 `\"first\"`: this one wins (make its words surer than there, or take one of the two out)"
        ]
    );
    // Placed before, it wins where only `maji` is: then the other is as sure, and later.
    assert!(
        !warnings(&(beaten + &first))
            .concat()
            .contains("can never win")
    );
    for (id, wins) in [
        (
            "surer",
            r#"any = ["maji", { word = "pump", sure = 0.95 }]; to = "water""#,
        ),
        (
            "a-word-of-its-own",
            r#"any = ["maji", "kisima"]; to = "water""#,
        ),
        (
            "sensitive",
            r#"any = ["maji", "pump"]; to = "convener"; sensitive = true"#,
        ),
        (
            "accuses",
            r#"any = ["maji", "pump"]; to = "water"; against = ["roads"]"#,
        ),
        (
            "needs-more",
            r#"any = ["maji", "pump"]; all = ["dry"]; to = "water""#,
        ),
    ] {
        assert_eq!(
            warnings(&(first.clone() + &rule(id, wins))),
            Vec::<String>::new(),
            "{id}"
        );
    }
}

#[test]
fn a_phrase_less_sure_than_a_word_in_it() {
    let school = rule(
        "school",
        r#"any = ["school*", "shule"]; sure = 0.7; to = "water""#,
    );
    let fees = |sure| {
        rule(
            "fees",
            &format!(r#"any = ["school fees", "school bursary"]; sure = {sure}; to = "roads""#),
        )
    };
    assert_eq!(
        warnings(&(fees("0.4") + &school)),
        [
            "2 `\"fees\"`: `fees` can never win: `school` (line 7) matches wherever it does, and comes first; 7 `\"school\"`: this one wins (make its words surer than there, or take one of the two out)"
        ]
    );
    // Both phrases in one text make it 0.84 sure.
    assert_eq!(warnings(&(school + &fees("0.6"))), Vec::<String>::new());
}

#[test]
fn a_rule_that_a_sensitive_one_always_outranks() {
    let bribe = rule(
        "bribe",
        r#"any = ["bribe*"]; to = "convener"; sensitive = true"#,
    );
    let bribery = rule(
        "bribery",
        r#"any = ["bribery", "bribes"]; sure = 0.9; to = "water""#,
    );
    assert_eq!(warnings(&(bribery.clone() + &bribe)).len(), 1);
    let unsure = rule(
        "bribe",
        r#"any = [{ word = "bribe*", sure = 0.4 }, "hongo"]; to = "convener"; sensitive = true"#,
    );
    assert_eq!(warnings(&(bribery + &unsure)), Vec::<String>::new());
}

#[test]
fn conditions_that_let_a_rule_win_where_the_other_has_no_say() {
    let narrow = |keys: &str| {
        rule(
            "narrow",
            &format!(r#"any = ["maji", "water"]; to = "water"; {keys}"#),
        )
    };
    let wide = |keys: &str| rule("wide", &format!(r#"any = ["maji"]; to = "roads"; {keys}"#));
    let never_wins = |rules: String| warnings(&rules).concat().contains("can never win");
    let pairs = [
        (r#"place = ["habasswein"]"#, ""),
        (r#"place = ["habasswein"]"#, r#"place = ["wajir-south"]"#),
        (r#"none = ["maji safi"]"#, ""),
        (r#"none = ["safi"]"#, r#"none = ["maji safi"]"#),
    ];
    for (first, second) in pairs {
        assert!(
            !never_wins(narrow(first) + &wide(second)),
            "{first}, {second}"
        );
        // The other way round the narrow one never has its say.
        let turned = rule(
            "wide",
            &format!(r#"any = ["maji", "water"]; to = "water"; {second}"#),
        ) + &rule(
            "narrow",
            &format!(r#"any = ["maji"]; to = "roads"; {first}"#),
        );
        assert!(never_wins(turned), "{first}, {second}");
    }
}

#[test]
fn rules_of_two_counties_never_meet() {
    let garissa = BEFORE
        .replace("wajir", "garissa")
        .replace("\"ti\"", "\"ti-g\"")
        .replace("\"water\"", "\"water-g\"")
        .replace("\"roads\"", "\"roads-g\"");

    let rules = rule("one", r#"any = ["maji"]; to = "water""#)
        + &rule("two", r#"any = ["maji"]; to = "water-g""#)
        + &rule("roads", r#"any = ["road"]; to = "roads""#)
        + &rule("roads-g", r#"any = ["road"]; to = "roads-g""#);
    let numbered = |number| format!("language = \"en\"\nnumbers = [\"{number}\"]");
    let source = format!("{rules}{BEFORE}{garissa}");
    assert_eq!(
        warnings_of(&source, &places()),
        [
            "45 `\"garissa\"`: no text comes to `garissa`: it has no number (add a line such as numbers = [\"+254700100200\"])"
        ]
    );
    let with_number = format!(
        "{rules}{BEFORE}{}",
        garissa.replace("language = \"en\"", &numbered("21801"))
    );
    assert_eq!(warnings_of(&with_number, &places()), Vec::<String>::new());
    // The convener's rule is for all counties: it is before both, or it is not.
    let convener = rule("all", r#"any = ["maji"]; sure = 0.7; to = "convener""#);
    assert_eq!(
        warnings_of(&(convener.clone() + &with_number), &places()).len(),
        2
    );
    let county_first =
        with_number.replacen("any = [\"maji\"]", "any = [\"maji\"]\nsure = 0.8", 1) + &convener;
    assert!(
        !warnings_of(&county_first, &places())
            .concat()
            .contains("`all` can never win")
    );
}

#[test]
fn organisations_and_sectors_that_nothing_leads_to() {
    let rules = r#"
[[sector]]
id = "health"
name = "Health"
[[sector]]
id = "water"
name = "Water"
[[rule]]
id = "pump"
any = ["pump"]
sector = "water"
to = "water"
"#;
    let source = format!("{BEFORE}{rules}");
    assert_eq!(
        warnings_of(&source, &places()),
        [
            "22 `\"roads\"`: no rule sends to `roads` (add a [[rule]] with to = \"roads\", or take the organisation out)",
            "29 `\"health\"`: no rule is of the sector `health` (add sector = \"health\" to a rule, or take the sector out)",
        ]
    );
    // The convener has what nobody has; whom a rule accuses is there to be hidden from.
    let source = source.replace("name = \"Health\"", "name = \"Health\"\n[[rule]]\nid = \"fees\"\nany = [\"fees\"]\nsector = \"health\"\nto = \"convener\"\nagainst = [\"roads\"]");
    assert_eq!(warnings_of(&source, &places()), Vec::<String>::new());
}

#[test]
fn places_that_cannot_be_read_are_no_reason_to_guess() {
    let rules = rule(
        "ward",
        r#"any = ["maji"]; to = "water"; place = ["habasswein"]"#,
    ) + &rule(
        "south",
        r#"any = ["maji"]; to = "water"; place = ["wajir-south"]"#,
    );
    let source = format!("{rules}{USED}{BEFORE}");
    let turned = Rules::load("routing.toml", &source, None).unwrap();
    assert_eq!(turned.warnings(), []);
    assert!(PLACES.contains("habasswein"));
}
