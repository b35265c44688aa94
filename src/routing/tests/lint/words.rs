//! Words that say nothing, or something else than they seem to.

use super::{rule, warnings};

#[test]
fn a_word_that_its_own_rule_cancels() {
    let cancelled = rule(
        "dry",
        r#"any = ["maji", "no water", "pump"]; none = ["maj*", "water"]; to = "water""#,
    );
    assert_eq!(
        warnings(&cancelled),
        [
            "3 `\"maji\"`: `maji` can never speak for this rule: `maj*` in its `none` cancels it; 4 `\"maj*\"`: in every text that has the word (take the word out here, or out of `none`)",
            "3 `\"no water\"`: `no water` can never speak for this rule: `water` in its `none` cancels it; 4 `\"water\"`: in every text that has the word (take the word out here, or out of `none`)",
        ]
    );
    // What cancels only some texts with the word is what `none` is for.
    let meant = rule(
        "dry",
        r#"any = ["maji", "pump*", "bill*"]; none = ["maji safi", "water bill", "pumpkin", "majini*"]; to = "water""#,
    );
    assert_eq!(warnings(&meant), Vec::<String>::new());
}

#[test]
fn a_word_that_two_organisations_share_and_as_sure() {
    let first = rule("first", r#"any = ["maji", "pump"]; to = "water""#);
    let second = rule("second", r#"any = ["MAJI", "bridge"]; to = "roads""#);
    assert_eq!(
        warnings(&(first.clone() + &second)),
        [
            "7 `\"MAJI\"`: a text with `MAJI` alone goes by `first` (line 2), which is as sure and the earlier; 3 `\"maji\"`: to `water` (make one of the two surer: { word = \"MAJI\", sure = 0.7 }; or take it out of one)"
        ]
    );
    for (id, meant) in [
        (
            "one-organisation",
            r#"any = ["maji", "bridge"]; to = "water""#,
        ),
        (
            "surer",
            r#"any = [{ word = "maji", sure = 0.7 }, "bridge"]; to = "roads""#,
        ),
        (
            "needs-more",
            r#"any = ["maji", "bridge"]; all = ["road"]; to = "roads""#,
        ),
        (
            "sensitive",
            r#"any = ["maji", "bridge"]; to = "roads"; sensitive = true"#,
        ),
    ] {
        assert_eq!(
            warnings(&(first.clone() + &rule(id, meant))),
            Vec::<String>::new(),
            "{id}"
        );
    }
    // A place stands before the rest of the county, as an order that is meant.
    let at_place = rule(
        "at-place",
        r#"any = ["maji", "bridge"]; to = "roads"; place = ["habasswein"]"#,
    );
    assert_eq!(warnings(&(at_place.clone() + &first)), Vec::<String>::new());
    assert_eq!(warnings(&(first + &at_place)).len(), 1);
    // A word that decides nothing by itself is a hint, for any number of rules.
    let hint = |id, to| {
        rule(
            id,
            &format!(r#"any = [{{ word = "maji", sure = 0.4 }}, "{id}"]; to = "{to}""#),
        )
    };
    assert_eq!(
        warnings(&(hint("pump", "water") + &hint("bridge", "roads"))),
        Vec::<String>::new()
    );
}

#[test]
fn the_convener_of_the_only_county_is_one_organisation() {
    let rules = rule("one", r#"any = ["maji", "pump"]; to = "convener""#)
        + &rule("two", r#"any = ["maji", "tap"]; to = "ti""#);
    assert_eq!(warnings(&rules), Vec::<String>::new());
}

#[test]
fn a_word_twice_in_a_rule() {
    let rules = rule(
        "one",
        r#"any = ["kisima", "pump", "Kisíma"]; all = ["dry"]; none = ["bill", "bill"]; to = "water""#,
    );
    assert_eq!(
        warnings(&rules),
        [
            "3 `\"Kisíma\"`: `Kisíma` is in this rule already: a word counts once, at its surest; 3 `\"kisima\"`: in `any` (take it out here or there)",
            "5 `\"bill\"`: `bill` is in this rule already: a word counts once, at its surest; 5 `\"bill\"`: in `none` (take it out here or there)",
        ]
    );
    let both = rule(
        "one",
        r#"any = ["dry", "pump"]; all = ["dry"]; to = "water""#,
    );
    assert_eq!(warnings(&both).len(), 1);
}

#[test]
fn a_word_that_a_beginning_finds_too() {
    let twice = rule(
        "one",
        r#"any = ["barabara*", "barabarani"]; none = ["bill*", "bills"]; to = "roads""#,
    );
    assert_eq!(
        warnings(&twice),
        [
            "3 `\"barabarani\"`: `barabarani` is found by `barabara*` already, and would count as two words; 3 `\"barabara*\"`: this finds it too (take it out, or give it a `sure` of its own)",
            "4 `\"bills\"`: `bills` is found by `bill*` already, and says nothing more; 4 `\"bill*\"`: this finds it too (take it out, or give it a `sure` of its own)",
        ]
    );
    // Surer on purpose; or a phrase, which says more than the word in it.
    let meant = rule(
        "one",
        r#"any = ["road*", { word = "roads", sure = 0.9 }, "road works", "no road*", "tar road"]; to = "roads""#,
    );
    assert_eq!(warnings(&meant), Vec::<String>::new());
}

#[test]
fn several_words_in_one_pair_of_quotes_and_beginnings_of_nothing() {
    let rules = rule(
        "one",
        r#"any = ["borehole, kisima", "ma*", "?pump", "N'GO*", "5*", "pump | well"]; to = "water""#,
    );
    assert_eq!(
        warnings(&rules),
        [
            "3 `\"borehole, kisima\"`: `borehole, kisima` is one phrase: only a text with all its words, in this order, has it (write each word in quotes of its own: \"borehole\", \"kisima\")",
            "3 `\"ma*\"`: `ma*` finds every word that begins so: hardly a text has none (write more of the word before the `*`)",
            "3 `\"5*\"`: `5*` finds every word that begins so: hardly a text has none (write more of the word before the `*`)",
            "3 `\"pump | well\"`: `pump | well` is one phrase: only a text with all its words, in this order, has it (write each word in quotes of its own: \"borehole\", \"kisima\")",
        ]
    );
    let meant = rule(
        "one",
        r#"any = ["pump,", "HIV/AIDS", "maj*", "no wa*", "p"]; to = "water""#,
    );
    assert_eq!(warnings(&meant), Vec::<String>::new());
}

#[test]
fn a_sureness_where_nothing_is_reckoned() {
    let rules = rule(
        "one",
        r#"any = ["maji"]; none = [{ word = "bill", sure = 0.4 }, { word = "tax" }]; to = "water""#,
    );
    assert_eq!(
        warnings(&rules),
        [
            "4 `0.4`: `sure` says nothing in `none`: each word there cancels the rule (write the word alone, in quotes)"
        ]
    );
}
