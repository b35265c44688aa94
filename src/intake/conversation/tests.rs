use chrono::TimeDelta;

use super::*;
use crate::complaint::{CountyId, PlaceId};
use crate::intake::places::Places;
use crate::intake::question::Asks;
use crate::intake::replies::Replies;
use crate::routing::{Rules, decide};

mod codes;
mod few_words;

const PLACES: &str = "id,name,level,parent,aliases,population
wajir,Wajir,county,,,
north,Wajir North,sub-county,wajir,,
bute,Bute,ward,north,,
eldas,Eldas,ward,north,,
";

const RULES: &str = r#"
[[county]]
id = "wajir"
name = "Wajir"
convener = "ti"
zone = "Africa/Nairobi"
language = "en"
[[organisation]]
id = "ti"
name = "TI"
short_name = "TI"
email = "ti@example.org"
county = "wajir"
[[organisation]]
id = "water"
name = "Water"
short_name = "Water Dept"
email = "water@example.org"
county = "wajir"
[[organisation]]
id = "roads"
name = "Roads"
short_name = "Roads Dept"
email = "roads@example.org"
county = "wajir"
[[sector]]
id = "water"
name = "Water"
to = ["water"]
[[sector]]
id = "meters"
name = "Meters"
[[rule]]
id = "boreholes"
any = ["borehole"]
sure = 0.9
to = "water"
sector = "water"
[[rule]]
id = "meters"
any = ["meter"]
sure = 0.9
sector = "meters"
to = "water"
[[rule]]
id = "bridges"
any = ["bridge"]
sure = 0.9
to = "roads"
[[rule]]
id = "bribes"
any = ["bribe"]
sure = 0.9
kind = "corruption"
to = "convener"
sensitive = true
"#;

/// Something that nobody's rule knows, as long as a text can be.
const LONG: &str = "and so we ask you to look at what became of this, where nobody has been for so long that the old people say they have \
                    never seen anybody here at all, and that is why";

fn number() -> TrackingNumber {
    TrackingNumber::from_digits(&[4, 8, 2, 1, 0, 9, 3, 7, 5, 3]).unwrap()
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

/// What a phone talked about at minute 0: a borehole in Bute, with the water department.
fn borehole() -> OpenComplaint {
    OpenComplaint {
        number: number(),
        place: Some(PlaceId::new("bute")),
        sector: Some(SectorId::new("water")),
        sensitive: false,
        decided: true,
        by_rules: true,
        holders: vec![OrganisationId::new("water")],
        accused: Vec::new(),
        takes_code: true,
        spoken_at: at(0),
        in_parts: false,
    }
}

/// The complaint with that number, in a text of who filed it.
fn own() -> OwnComplaint {
    OwnComplaint {
        number: number(),
        sensitive: false,
        awaits_verdict: false,
        is_asked_about: false,
        holder_is_accused: false,
        takes_code: true,
    }
}

fn asked(asks: Asks) -> Question {
    Question {
        asks,
        choices: Vec::new(),
        asked_at: at(0),
        times: 1,
    }
}

/// What is known beside the text and what the rules make of it.
#[derive(Default)]
struct Beside<'a> {
    own: Option<OwnComplaint>,
    has_media: bool,
    asked: Option<&'a Question>,
    asked_by: Option<(&'a str, bool)>,
    open: Option<&'a OpenComplaint>,
    can_turn: bool,
}

/// The outcome of a text, so many minutes later.
fn outcome(text: &str, beside: &Beside<'_>, minute: i64) -> &'static str {
    let en = include_str!("../../../config/replies/en.toml");
    let replies = Replies::load(
        &[("replies/en.toml".to_owned(), en.to_owned())],
        &[],
        &[],
        &[],
    )
    .unwrap();
    let places = Places::load("places.csv", PLACES).unwrap();
    let rules = Rules::load(
        "routing.toml",
        &[RULES, codes::PACT].concat(),
        Some(&places),
    )
    .unwrap();
    let county = CountyId::new("wajir");
    let reading = Reading::of(text, &replies);
    let decision = decide(&rules, &reading.words, rules.county(&county).unwrap(), &[]);
    let officer = beside
        .asked_by
        .map(|(id, sensitive)| (OrganisationId::new(id), sensitive));
    let known = Known {
        own: beside.own,
        has_media: beside.has_media,
        asked: beside.asked,
        asked_by: officer.as_ref().map(|(id, sensitive)| (id, *sensitive)),
        open: beside.open,
        can_turn: beside.can_turn,
        named: &places.find(&reading.words, &county),
        sector_named: None,
        decision: &decision,
        now: at(minute),
    };
    understand(&reading, &known).outcome()
}

fn after(open: &OpenComplaint, text: &str, minute: i64) -> &'static str {
    let open = Some(open);
    outcome(
        text,
        &Beside {
            open,
            ..Beside::default()
        },
        minute,
    )
}

#[test]
fn within_a_quarter_of_an_hour_words_go_on_unless_a_rule_sends_them_elsewhere() {
    let borehole = borehole();
    assert_eq!(
        after(
            &borehole,
            "in Eldas it is the same, and we wait for somebody who mends it",
            14
        ),
        "went_on"
    );
    assert_eq!(after(&borehole, "the other borehole too", 14), "went_on");
    assert_eq!(
        after(&borehole, "the meter as well", 14),
        "went_on",
        "theirs as well"
    );
    assert_eq!(after(&borehole, "the bridge is broken", 14), "complaint");
    assert_eq!(after(&borehole, "he wants a bribe", 14), "complaint");
    let roads_had_it = OpenComplaint {
        holders: vec![OrganisationId::new("roads"), OrganisationId::new("water")],
        ..borehole
    };
    assert_eq!(after(&roads_had_it, "the bridge is broken", 14), "went_on");
}

#[test]
fn later_only_a_short_text_on_the_same_goes_on() {
    let borehole = borehole();
    assert_eq!(after(&borehole, "still nothing", 15), "went_on");
    assert_eq!(after(&borehole, "still no borehole in Bute", 15), "went_on");
    assert_eq!(
        after(
            &borehole,
            "still nothing here, and we ask you who it is that mends it",
            15
        ),
        "complaint"
    );
    assert_eq!(
        after(&borehole, "nothing in Eldas", 15),
        "complaint",
        "another place"
    );
    assert_eq!(
        after(&borehole, "the meter is broken", 15),
        "complaint",
        "another sector"
    );
    assert_eq!(
        after(&borehole, "the bridge is broken", 15),
        "complaint",
        "another organisation"
    );
}

#[test]
fn what_nobody_decided_is_told_of_by_further_words() {
    let undecided = OpenComplaint {
        sector: None,
        decided: false,
        holders: vec![OrganisationId::new("ti")],
        ..borehole()
    };
    assert_eq!(after(&undecided, "the bridge is broken", 14), "went_on");
    assert_eq!(
        after(&undecided, "he wants a bribe", 14),
        "complaint",
        "its holder may be accused"
    );
}

#[test]
fn what_is_sensitive_goes_on_where_it_is() {
    let sensitive = OpenComplaint {
        sensitive: true,
        holders: vec![OrganisationId::new("ti")],
        ..borehole()
    };
    assert_eq!(after(&sensitive, "he wants a bribe again", 14), "went_on");
    for text in ["or the borehole stays broken", "the bridge too"] {
        assert_eq!(after(&sensitive, text, 14), "went_on", "{text}");
        assert_eq!(after(&sensitive, text, 15), "complaint", "{text}");
    }
    let accuses_water = OpenComplaint {
        accused: vec![OrganisationId::new("water")],
        ..sensitive
    };
    let threat = "he said five thousand from each family or the borehole stays broken";
    for (text, minute, taken_for) in [
        (threat, 24 * 60 - 1, "went_on"),
        (threat, 24 * 60, "complaint"),
        ("the bridge is broken", 15, "complaint"),
    ] {
        assert_eq!(after(&accuses_water, text, minute), taken_for, "{text}");
    }
}

#[test]
fn parts_of_a_long_text_belong_together_whatever_they_say() {
    let first = OpenComplaint {
        in_parts: true,
        ..borehole()
    };
    assert_eq!(after(&first, "the bridge is broken", 0), "went_on");
    assert_eq!(
        after(&first, "the bridge is broken", 1),
        "complaint",
        "a minute later"
    );
    assert_eq!(
        after(&borehole(), "the bridge is broken", 0),
        "complaint",
        "no part"
    );
    let last_comes_first = format!("the bridge is broken, {LONG}");
    assert_eq!(after(&borehole(), &last_comes_first, 0), "went_on");
    assert_eq!(
        after(&first, "he wants a bribe", 0),
        "went_on",
        "all of it moves"
    );
    let in_hand = OpenComplaint {
        by_rules: false,
        ..first
    };
    assert_eq!(
        after(&in_hand, "he wants a bribe", 0),
        "complaint",
        "it moves no more"
    );
    assert_eq!(after(&in_hand, "the bridge is broken", 0), "went_on");
}

#[test]
fn words_answer_an_officer_unless_they_are_of_another_matter() {
    let question = asked(Asks::Words);
    let by = |officer, sensitive| Beside {
        asked: Some(&question),
        asked_by: Some((officer, sensitive)),
        ..Beside::default()
    };
    let water = by("water", false);
    assert_eq!(outcome("since Monday", &water, 1), "answered");
    assert_eq!(outcome("the borehole by the mosque", &water, 1), "answered");
    assert_eq!(outcome("the bridge is broken", &water, 1), "complaint");
    assert_eq!(outcome("thank you", &water, 1), "help");
    assert_eq!(outcome("since Monday", &water, 48 * 60 - 1), "answered");
    assert_eq!(
        outcome("since Monday", &water, 48 * 60),
        "complaint",
        "it lapsed"
    );
    assert_eq!(
        outcome("he wants a bribe", &by("ti", false), 1),
        "complaint",
        "its holder may be accused"
    );
    assert_eq!(outcome("he wants a bribe", &by("ti", true), 1), "answered");
}

#[test]
fn commands_and_a_9_come_before_answers_and_a_9_needs_something_to_turn() {
    let question = asked(Asks::Words);
    let beside = |can_turn| Beside {
        asked: Some(&question),
        can_turn,
        ..Beside::default()
    };
    assert_eq!(outcome("STATUS", &beside(true), 1), "status");
    assert_eq!(outcome("STOP", &beside(true), 1), "stop");
    assert_eq!(outcome("9", &beside(true), 1), "not_meant");
    // It may be how many families the officer wanted to know of.
    assert_eq!(outcome("9", &beside(false), 1), "answered");
    assert_eq!(outcome("8", &beside(true), 1), "answered");
}

#[test]
fn a_picture_says_something() {
    let with_picture = Beside {
        has_media: true,
        ..Beside::default()
    };
    for text in ["", "hello", "482 109 3750", "482 109 3753"] {
        assert_eq!(outcome(text, &with_picture, 1), "complaint", "{text}");
    }
    for (text, without) in [
        ("", "help"),
        ("hello", "help"),
        ("482 109 3750", "check_number"),
        ("482 109 3753", "number_unknown"),
    ] {
        assert_eq!(outcome(text, &Beside::default(), 1), without, "{text}");
    }
}
