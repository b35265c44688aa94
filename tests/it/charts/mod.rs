//! Charts are the pictures that were looked at: each is compared with its file in `tests/golden/charts`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test it charts` draws the files again. Look at them before you commit them.

mod answers;

use std::fs;
use std::path::PathBuf;

use jibu::intake::places::Places;
use jibu::reports::chart::{self, Beside, Dots, Kind, Lengths, Sheet, Way, Words};
use jibu::reports::{Answer, Dimension, Value};

use answers::{
    Table, by_month, by_place, by_place_and_age, by_place_and_sector, by_sector,
    by_sector_and_gender, by_sector_over_time, by_ward, days_by_place, days_to_solve, rates,
};

/// What the charts are called, in a language of the tests.
struct Language {
    name: fn(Dimension, Option<&str>) -> String,
    title: &'static str,
    hidden: &'static str,
    all: &'static str,
    from_the_right: bool,
}

const ENGLISH: Language = Language {
    name: english,
    title: "Water complaints fell by a third; half are still from Wajir South",
    hidden: "fewer than 5",
    all: "All:",
    from_the_right: false,
};

const ARABIC: Language = Language {
    name: arabic,
    title: "تراجعت شكاوى المياه بمقدار الثلث؛ ونصفها ما زال من وجير الجنوبية",
    hidden: "أقل من 5",
    all: "الكل:",
    from_the_right: true,
};

fn english(dimension: Dimension, key: Option<&str>) -> String {
    let Some(key) = key else {
        return "Not given".to_owned();
    };
    if dimension == Dimension::Month {
        let month: usize = key[5..].parse().unwrap();
        return [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][month - 1]
            .to_owned();
    }
    let words = key.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect::<Vec<_>>().join(" ")
}

fn arabic(_: Dimension, key: Option<&str>) -> String {
    match key {
        None => "لم يُذكر",
        Some("wajir-south") => "وجير الجنوبية",
        Some("wajir-north") => "وجير الشمالية",
        Some("wajir-east") => "وجير الشرقية",
        Some("wajir-west") => "وجير الغربية",
        Some("water") => "المياه",
        Some("health") => "الصحة",
        Some(key) => return key.to_owned(),
    }
    .to_owned()
}

fn value(value: Value, hidden: &str) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Share(part, of) => format!("{} %", (part * 100 + of / 2) / of),
        Value::Days(days) => format!("{days:.1} d"),
        Value::Rate(rate) => format!("{rate:.1}"),
        Value::Nothing => "–".to_owned(),
        Value::Hidden => hidden.to_owned(),
    }
}

fn drawn(kind: Kind, answer: &Answer, language: &Language, width: f64) -> String {
    let places = Places::load("places.csv", include_str!("../../../config/places.csv")).unwrap();
    let rates = rates(answer);
    let beside = Beside {
        places: &places,
        rates: rates.as_ref(),
    };
    on_its_own(language, width, |words, sheet| {
        chart::draw(kind, answer, &beside, words, sheet)
    })
}

/// A file of its own in a language.
fn on_its_own(
    language: &Language,
    width: f64,
    draw: impl FnOnce(&Words<'_>, Sheet) -> String,
) -> String {
    let words = Words {
        title: language.title,
        description: "A chart of complaints",
        name: &language.name,
        value: &|one| value(one, language.hidden),
        all: language.all,
        more: &|more| format!("and {more} more in the table"),
        shades: &|shades| match shades.way {
            Way::EachItsOwn => "Stronger is more".to_owned(),
            Way::Equal => "Stronger is more, in steps of equal width".to_owned(),
            Way::AsMany => "Stronger is more, as many places in each step".to_owned(),
        },
    };
    let sheet = Sheet {
        width,
        from_the_right: language.from_the_right,
        stands_alone: true,
    };
    draw(&words, sheet)
}

/// Holds a picture against the one that was looked at.
fn hold(name: &str, drawn: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/charts")
        .join(format!("{name}.svg"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, drawn).unwrap();
    }
    let looked_at = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        looked_at == drawn,
        "{name}.svg is drawn otherwise: UPDATE_GOLDEN=1 draws it again, and then it is looked at"
    );
}

fn hold_all(name: &str, kind: Kind, answer: &Answer) {
    assert_eq!(chart::fitting(answer), Some(kind), "{name}");
    hold_each(name, |language, width| drawn(kind, answer, language, width));
}

fn hold_each(name: &str, draw: impl Fn(&Language, f64) -> String) {
    hold(name, &draw(&ENGLISH, Sheet::WIDE));
    hold(&format!("{name}-narrow"), &draw(&ENGLISH, Sheet::NARROW));
    hold(&format!("{name}-arabic"), &draw(&ARABIC, Sheet::WIDE));
}

#[test]
fn bars_are_those_that_were_looked_at() {
    hold_all("bars", Kind::Bars, &by_sector());
    hold_all("bars-days", Kind::Bars, &days_by_place());
}

#[test]
fn lines_are_those_that_were_looked_at() {
    hold_all("line", Kind::Lines, &by_month());
    hold_all("lines", Kind::Lines, &by_sector_over_time());
}

#[test]
fn stacked_bars_are_those_that_were_looked_at() {
    hold_all("stacked", Kind::Stacked, &by_sector_and_gender());
    hold_all("stacked-hidden", Kind::Stacked, &by_place_and_age());
}

#[test]
fn tables_in_shades_are_those_that_were_looked_at() {
    hold_all("heat", Kind::Heat, &by_place_and_sector());
}

#[test]
fn histograms_are_those_that_were_looked_at() {
    let lengths = Lengths {
        axis: "working days until it was solved",
        median: "half within 9 days",
    };
    let spread = days_to_solve();
    hold_each("histogram", |language, width| {
        on_its_own(language, width, |words, sheet| {
            chart::histogram(&spread, lengths, words, sheet)
        })
    });
}

#[test]
fn dots_are_those_that_were_looked_at() {
    let others = [6.0, 9.0, 9.0, 11.0, 31.0].map(Value::Days);
    let days = Dots {
        own: Some(Value::Days(9.0)),
        own_name: "Wajir: 9 d",
        others: &others,
        middle: Value::Days(9.0),
        middle_name: "middle of the others: 9 d",
    };
    let parts = [2, 15, 20].map(|part| Value::Share(part, 20));
    let shares = Dots {
        own: Some(Value::Share(19, 20)),
        own_name: "Wajir: 95 %",
        others: &parts,
        middle: Value::Share(15, 20),
        middle_name: "middle of the others: 75 %",
    };
    for (name, row) in [("dots", days), ("dots-shares", shares)] {
        hold_each(name, |language, width| {
            on_its_own(language, width, |words, sheet| {
                chart::dots(&row, words, sheet)
            })
        });
    }
}

#[test]
fn maps_are_those_that_were_looked_at() {
    hold_all("map", Kind::Map, &by_place());
    hold_all("map-wards", Kind::Map, &by_ward());
}

#[test]
fn outside_words_stay_words() {
    let answer = Table::new(&[Dimension::Sector])
        .row("<b>&\"x\u{1}", &[20])
        .answer();
    let drawn = drawn(Kind::Bars, &answer, &ENGLISH, Sheet::WIDE);
    assert!(drawn.contains("&lt;b&gt;&amp;&quot;x "), "{drawn}");
    assert!(!drawn.contains("<b>"));
}

#[test]
fn a_chart_of_a_page_brings_no_style_and_says_what_it_is() {
    let answer = by_place();
    let words = Words {
        title: "Half are from Wajir South",
        description: "Bars, one for each sub-county",
        name: &english,
        value: &|one| value(one, "fewer than 5"),
        all: "All:",
        more: &|more| format!("and {more} more"),
        shades: &|_| "Stronger is more".to_owned(),
    };
    let sheet = Sheet {
        width: Sheet::WIDE,
        from_the_right: false,
        stands_alone: false,
    };
    let places = Places::load("places.csv", include_str!("../../../config/places.csv")).unwrap();
    let beside = Beside {
        places: &places,
        rates: None,
    };
    let drawn = chart::draw(Kind::Bars, &answer, &beside, &words, sheet);
    assert!(
        drawn.starts_with("<svg class=\"chart wide\" role=\"img\""),
        "{drawn}"
    );
    assert!(drawn.contains("<title>Half are from Wajir South</title>\n<desc>Bars,"));
    assert!(!drawn.contains("style"), "the pages' policy allows none");
}
