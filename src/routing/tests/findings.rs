//! Everything that can be wrong with the file, told in one go, each with its place and mend.

use std::ops::Range;

use super::{COUNTIES, places};
use crate::routing::Rules;
use crate::text::diagnostic::Diagnostic;

/// What is found in a file.
fn findings(source: &str) -> Vec<String> {
    match Rules::load("routing.toml", source, Some(&places())) {
        Ok(_) => Vec::new(),
        Err(found) => found.iter().map(|one| told(one, source, 0)).collect(),
    }
}

/// The same with two counties and their organisations before it; lines count from after these.
pub(super) fn found_in(rules: &str) -> Vec<String> {
    let source = format!("{COUNTIES}{rules}");
    match Rules::load("routing.toml", &source, Some(&places())) {
        Ok(_) => Vec::new(),
        Err(found) => {
            let before = COUNTIES.matches('\n').count();
            found.iter().map(|one| told(one, &source, before)).collect()
        }
    }
}

/// Line (after so many that do not count), the words that it is about, what is wrong, what is shown beside it, the mend.
pub(super) fn told(finding: &Diagnostic, source: &str, before: usize) -> String {
    let place = |span: &Range<usize>| {
        let line = 1 + source.get(..span.start).unwrap().matches('\n').count() - before;
        format!("{line} `{}`", source.get(span.clone()).unwrap())
    };
    let place_of_all = finding.span.as_ref().map(|span| place(span) + ": ");
    let mut told = place_of_all.unwrap_or_default() + &finding.message;
    if let Some((span, what)) = finding.beside.as_deref() {
        told += &format!("; {}: {what}", place(span));
    }
    if let Some(help) = &finding.help {
        told += &format!(" ({help})");
    }
    told
}

#[test]
fn a_key_of_the_file_at_its_end_is_told_where_it_belongs() {
    let rule = "[[rule]]\nid = \"pump\"\nany = [\"pump\"]\nto = \"water\"\n\nsure_enough = 0.6\n";
    assert_eq!(
        found_in(rule),
        [
            "6 `sure_enough`: `sure_enough` is no key of a section, but of the whole file (put it at the top, above the first section)"
        ]
    );
}

#[test]
fn all_that_is_wrong_with_rules() {
    let rules = r#"[[rule]]
id = "twice"
any = ["pump", 7, { word = "tap", sure = 1.5 }, { wrod = "dry" }, "?!", "*", "wa*ter", "maji *"]
sure = "high"
to = "wajir-water"

[[rule]]
id = "twice"
all = []
too = "water"
to = "watter"
sector = "watr"
kind = " "
place = ["wajir-suoth", "garissa"]
priority = "hihg"
sensitive = "yes"
against = ["polise"]

[[rule]]
id = "no good"
any = "pump"
to = "water"
place = ["garissa"]

[[rule]]
any = ["pump"]
"#;
    assert_eq!(
        found_in(rules),
        [
            "8 `\"twice\"`: there is another rule `twice` above; 2 `\"twice\"`: here (rename one of the two)",
            "20 `\"no good\"`: `no good` is no id (an id is made of letters a to z, digits and hyphens: wajir-water)",
            "4 `\"high\"`: `sure` must be a number, not a text",
            "3 `7`: a word in `any` must be a text in quotes, not a whole number (write \"maji\", or { word = \"maji\", sure = 0.5 })",
            "3 `1.5`: `sure` must be from 0 to 1 (0.8 is quite sure, 1 is always)",
            "3 `wrod`: unknown key `wrod` (did you mean `word`?)",
            "3 `{ wrod = \"dry\" }`: the key `word` is missing",
            "3 `\"?!\"`: `?!` has no letter and no digit (only words are looked for: write one, or take it out)",
            "3 `\"*\"`: `*` has no letter and no digit (only words are looked for: write one, or take it out)",
            "3 `\"wa*ter\"`: in `wa*ter`, `*` does not end a word (`*` stands for any ending of the last word: maji* finds majini)",
            "3 `\"maji *\"`: in `maji *`, `*` does not end a word (`*` stands for any ending of the last word: maji* finds majini)",
            "5 `\"wajir-water\"`: there is no organisation `wajir-water` (known are: garissa-water, police, ti-garissa, ti-wajir, water)",
            "10 `too`: unknown key `too` (did you mean `to`?)",
            "7 `[[rule]]`: a rule needs a word in `any` or `all` (add a line such as any = [\"borehole\", \"kisima\"])",
            "11 `\"watter\"`: there is no organisation `watter` (did you mean `water`?)",
            "14 `\"wajir-suoth\"`: places.csv has no place `wajir-suoth` (did you mean `wajir-south`?)",
            "12 `\"watr\"`: there is no sector `watr` (did you mean `water`?)",
            "13 `\" \"`: `kind` is empty (write it between the quotes, or take the line out)",
            "15 `\"hihg\"`: unknown priority `hihg` (did you mean `high`?)",
            "16 `\"yes\"`: `sensitive` must be true or false, not a text",
            "17 `\"polise\"`: there is no organisation `polise` (did you mean `police`?)",
            "21 `\"pump\"`: `any` must be a list, not a text (put it in brackets, each text in quotes of its own: [\"maji\", \"kisima\"])",
            "23 `\"garissa\"`: `garissa` lies in `garissa`, and `water` works in `wajir`: the rule could never match (name a place of that county, or an organisation of this one)",
            "25 `[[rule]]`: the key `id` is missing",
            "25 `[[rule]]`: the key `to` is missing",
        ]
    );
}

#[test]
fn all_that_is_wrong_with_counties_and_organisations() {
    let source = r#"
sure_enough = -1
[[county]]
id = "wajr"
name = ""
convener = "water-garissa"
zone = "Africa/Nairobbi"
language = "English"
numbers = ["0700100200", "+254700100200", "+254 700 100 200"]
[[county]]
id = "garissa"
name = "Garissa"
convener = "water"
zone = "Kenya time"
language = "sw"
numbers = ["+254700100200"]
nubmers = []
[[organisation]]
id = "water-garissa"
name = "Garissa Water"
short_name = "Water"
short_names.Kiswahili = "Maji"
email = "water at garissa"
county = "garisa"
[[organisation]]
id = "convener"
name = "Convener"
email = "a b@c.example"
county = "garissa"
[[organisation]]
id = "water"
name = "Wajir Water"
short_name = "Water"
short_names = "Maji"
email = "water@wajir.example"
county = "wajr"
[sector]
id = "water"
[organistion]
"#;
    assert_eq!(
        findings(source),
        [
            "39 `organistion`: unknown section `organistion` (did you mean `organisation`?)",
            "37 `[sector]`: there may be several of `sector` (write it in two brackets: [[sector]])",
            "2 `-1`: `sure_enough` must be from 0 to 1 (0.8 is quite sure, 1 is always)",
            "22 `Kiswahili`: `Kiswahili` is no language (write its ISO 639-1 code in small letters: en, sw, so)",
            "23 `\"water at garissa\"`: this is no email address (write it as name@host, and nothing else)",
            "24 `\"garisa\"`: there is no county `garisa` (did you mean `garissa`?)",
            "25 `[[organisation]]`: the key `short_name` is missing",
            "28 `\"a b@c.example\"`: this is no email address (write it as name@host, and nothing else)",
            "26 `\"convener\"`: `convener` is what rules call the convener of whichever county (give the organisation another id)",
            "34 `\"Maji\"`: `short_names` must be a section, not a text",
            "5 `\"\"`: `name` is empty (write it between the quotes, or take the line out)",
            "7 `\"Africa/Nairobbi\"`: there is no time zone `Africa/Nairobbi` (did you mean `Africa/Nairobi`?)",
            "8 `\"English\"`: `English` is no language (write its ISO 639-1 code in small letters: en, sw, so)",
            "9 `\"0700100200\"`: this is no number that can be texted (write it with its country code and without spaces, +254700100200, or as a short code, 21801)",
            "9 `\"+254 700 100 200\"`: this is no number that can be texted (write it with its country code and without spaces, +254700100200, or as a short code, 21801)",
            "4 `\"wajr\"`: places.csv has no county `wajr` (did you mean `wajir`?)",
            "17 `nubmers`: unknown key `nubmers` (did you mean `numbers`?)",
            "14 `\"Kenya time\"`: there is no time zone `Kenya time` (write continent and city: Africa/Nairobi)",
            "16 `\"+254700100200\"`: this number stands for a county already (a number texted must mean one county: take it out here or there)",
            "13 `\"water\"`: `water` works in `wajr`, not in `garissa` (a convener is an organisation of its county: name another, or add `garissa` to the `counties` of `water`)",
        ]
    );
}

#[test]
fn a_file_without_the_least_is_told_so() {
    assert_eq!(
        findings(""),
        [
            "the section `county` is missing",
            "the section `organisation` is missing"
        ]
    );
}

#[test]
fn a_rule_may_not_send_to_whom_it_accuses() {
    let rules = r#"[[rule]]
id = "one"
any = ["bribe"]
to = "police"
against = ["police"]
[[rule]]
id = "two"
any = ["bribe"]
to = "convener"
against = ["ti-garissa", "police"]
"#;
    let mend =
        "(send it to the convener, or, if it is about the convener, to another organisation)";
    assert_eq!(
        found_in(rules),
        [
            format!(
                "5 `\"police\"`: the rule accuses `police`, and sends the complaint to it {mend}"
            ),
            format!(
                "10 `\"ti-garissa\"`: the rule accuses `ti-garissa`, and sends the complaint to it {mend}"
            ),
        ]
    );
}

#[test]
fn a_test_that_goes_elsewhere_is_told_with_the_reason() {
    let rules = r#"[[rule]]
id = "pump"
any = ["pump*", { word = "dry", sure = 0.2 }]
to = "water"
[[test]]
text = "Pumps are dry"
to = "water"
[[test]]
text = "PUMPS are dry!"
to = "convener"
[[test]]
text = "The pumps are dry"
to = "convener"
[[test]]
text = "dry"
to = "water"
[[test]]
text = "fire"
to = "water"
[[test]]
text = "Pumps are dry"
to = "convener"
county = "garissa"
[[test]]
text = "Pumps leak"
to = "garissa-water"
"#;
    assert_eq!(
        found_in(rules),
        [
            "10 `\"convener\"`: another test sends the same text elsewhere; 7 `\"water\"`: here (take one of the two out)",
            "13 `\"convener\"`: the text goes to `water`, by the rule `pump` (its words in the text are `pump*`, `dry`, which make it 0.68 sure)",
            "16 `\"water\"`: the text goes to `ti-wajir`: no rule is sure enough (the nearest is `pump`, 0.20 sure)",
            "19 `\"water\"`: the text goes to `ti-wajir`: no rule has a word of it (add the word that tells it to a rule's `any`)",
            "26 `\"garissa-water\"`: the text goes to `ti-garissa`: no rule has a word of it (add the word that tells it to a rule's `any`)",
        ]
    );
}

#[test]
fn what_is_wrong_with_tests_is_told_with_all_else() {
    let tests = "[[test]]\ntext = \"x\"\nto = \"watre\"\ncounty = \"wajr\"\n[[test]]\ntex = \"y\"\nto = \"water\"\n";
    assert_eq!(
        found_in(tests),
        [
            "3 `\"watre\"`: there is no organisation `watre` (did you mean `water`?)",
            "4 `\"wajr\"`: there is no county `wajr` (did you mean `wajir`?)",
            "6 `tex`: unknown key `tex` (did you mean `text`?)",
            "5 `[[test]]`: the key `text` is missing",
        ]
    );
}

#[test]
fn a_broken_line_is_told_without_its_echo_and_the_rest_is_checked() {
    let rules = r#"[[organisation]]
id = "roads
name = "Roads"

[[rule]]
id = "road"
any =
to = "roads"

[[rule]]
id = "path"
any = ["path", "track"
to = "roads"
priority = "hihg"

[[rule]]
id = "bridge"
any = ["bridge"]
to = "watre"
sure = 2
"#;
    assert_eq!(
        found_in(rules),
        [
            "2 ``: invalid basic string, expected `\"` (put the closing quote behind the text)",
            "7 ``: string values must be quoted, expected literal string (write a text in quotes: \"maji\")",
            "12 `[`: this list is not closed (put `]` behind its last value, and a quote on both sides of each text)",
            "14 `\"hihg\"`: unknown priority `hihg` (did you mean `high`?)",
            "20 `2`: `sure` must be from 0 to 1 (0.8 is quite sure, 1 is always)",
            "19 `\"watre\"`: there is no organisation `watre` (did you mean `water`?)",
        ]
    );
}

#[test]
fn a_file_from_any_editor_is_read() {
    for source in [
        COUNTIES.replace('\n', "\r\n"),
        format!("\u{feff}{COUNTIES}"),
    ] {
        assert_eq!(findings(&source), Vec::<String>::new());
    }
}

#[test]
fn an_id_that_stands_twice_is_told_of_each_kind() {
    let sector = "[[sector]]\nid = \"roads\"\nname = \"Roads\"\n";
    let rule = "[[rule]]\nid = \"dry\"\nany = [\"dry\"]\nto = \"water\"\n";
    let county = COUNTIES.split("[[organisation]]").next().unwrap();
    let county = county.split("[[county]]").nth(2).unwrap();
    let organisation = COUNTIES.split("[[organisation]]").nth(1).unwrap();
    let [county, organisation] = [
        format!("[[county]]{county}"),
        format!("[[organisation]]{organisation}"),
    ];
    for (kind, section, id) in [
        ("county", county.as_str(), "garissa"),
        ("organisation", organisation.as_str(), "ti-wajir"),
        ("sector", sector, "roads"),
        ("rule", rule, "dry"),
    ] {
        let told = findings(&format!("{COUNTIES}{section}{section}"));
        let twice = format!("`\"{id}\"`: there is another {kind} `{id}` above; ");
        assert!(told.iter().any(|told| told.contains(&twice)), "{told:#?}");
    }
}

#[test]
fn a_file_without_a_county_is_told() {
    let told = findings("county = []\norganisation = []\n");
    assert_eq!(
        told,
        [
            "1 `[]`: there is no county (take this line out, and write sections: [[county]])",
            "2 `[]`: there is no organisation (take this line out, and write sections: [[organisation]])",
        ]
    );
}
