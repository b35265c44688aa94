use super::*;
use crate::console::words::Languages;
use crate::reports::Period;

/// What is said of complaints on water by sub-county, without the marks of direction.
fn said(language: &str, measure: Measure, finding: &Finding) -> String {
    let languages = Languages::load().unwrap();
    let period = Period::from_word("2026-10").unwrap();
    let question = Question::new(&[Dimension::SubCounty], measure, period).unwrap();
    let question = match measure {
        Measure::Complaints => question.only(Dimension::Sector, Some("Water")),
        _ => question,
    };
    let said = Said {
        words: &languages.choose(None, language).unwrap().words,
        name: &|_, key| key.unwrap_or("not given").to_owned(),
        dimension: &|_| "Sub-county".to_owned(),
        measure: &|_| "Days to resolve".to_owned(),
        value: &|value| format!("{:.0}", value.number().unwrap()),
    };
    let marks = ['\u{200f}', '\u{2068}', '\u{2069}'];
    said.finding(finding, &question).replace(marks, "")
}

fn leads(still: bool) -> Shape {
    Shape::Leads {
        dimension: Dimension::SubCounty,
        key: Some("Wajir South".into()),
        part: Part::Half,
        still,
    }
}

#[test]
fn the_title_says_what_fell_and_where_most_still_are() {
    let finding = Finding {
        change: Change::Fell(By::Part(Part::Third)),
        shape: leads(true),
    };
    for (language, title) in [
        (
            "en",
            "Water complaints fell by a third; half are still from Wajir South",
        ),
        (
            "sw",
            "Malalamiko ya Water yamepungua kwa theluthi moja; nusu bado yanatoka Wajir South",
        ),
        (
            "fr",
            "Les plaintes (Water) ont baissé d’un tiers ; toujours la moitié à Wajir South",
        ),
        (
            "ar",
            "تراجعت شكاوى Water بمقدار الثلث؛ لا يزال نصفها من Wajir South",
        ),
    ] {
        assert_eq!(said(language, Measure::Complaints, &finding), title);
    }
}

#[test]
fn what_is_not_known_is_not_said() {
    let told = |change, shape| said("en", Measure::Complaints, &Finding { change, shape });
    let first = told(Change::Unknown, leads(false));
    assert_eq!(first, "Water complaints: half are from Wajir South");
    let rose = Change::Rose(By::Times(3));
    assert_eq!(
        told(rose, Shape::Even),
        "Water complaints rose to about 3 times as many"
    );
    assert_eq!(
        told(Change::Unknown, Shape::Even),
        "Water complaints: no place stands out"
    );
    assert_eq!(
        told(rose, Shape::Few(7)),
        "Water complaints: only 7, too few to compare"
    );
    assert_eq!(
        told(rose, Shape::Hidden),
        "Water complaints: not shown, so that nobody is known by it"
    );
}

#[test]
fn of_what_is_no_count_the_one_that_stands_out_is_set_beside_all() {
    let measure = Measure::WomensShare;
    let finding = Finding {
        change: Change::Fell(By::Points(12)),
        shape: Shape::Highest(Extreme {
            dimension: Dimension::SubCounty,
            key: Some("Eldas".into()),
            value: Value::Days(12.0),
            all: Value::Days(6.0),
        }),
    };
    assert_eq!(
        said("en", measure, &finding),
        "Days to resolve: down by 12 points; longest for Eldas, 12 (6 for all)"
    );
    assert_eq!(
        said("fr", measure, &finding),
        "Days to resolve : baisse de 12 points ; délai le plus long : Eldas, 12 (ensemble : 6)"
    );
}

fn row(dimension: Dimension, key: &str) -> Shape {
    Shape::Leads {
        dimension,
        key: Some(key.into()),
        part: Part::TwoThirds,
        still: false,
    }
}

fn two(dimension: Dimension, keys: [&str; 2]) -> Shape {
    Shape::Two {
        dimension,
        keys: keys.map(|key| Some(key.into())),
        part: Part::ThreeQuarters,
    }
}

fn missing(dimension: Dimension) -> Shape {
    Shape::NotGiven {
        dimension,
        part: Part::TwoThirds,
    }
}

/// What is said of a shape alone, behind the subject.
fn alone(language: &str, shape: Shape) -> String {
    let change = Change::Unknown;
    let said = said(language, Measure::Open, &Finding { change, shape });
    let (_, what) = said.split_once(": ").unwrap();
    what.to_owned()
}

#[test]
fn what_most_are_is_said_as_people_say_it_of_where_what_who_and_how() {
    use Dimension as D;
    for (shape, sentence) in [
        (row(D::Ward, "Eldas"), "two thirds are from Eldas"),
        (row(D::Sector, "Water"), "two thirds are about Water"),
        (row(D::Kind, "Fees"), "two thirds are of the kind “Fees”"),
        (row(D::Gender, "woman"), "two thirds are from women"),
        (
            row(D::AgeGroup, "18 to 34"),
            "two thirds are from people aged 18 to 34",
        ),
        (row(D::Channel, "walk_in"), "two thirds came across a desk"),
        (row(D::Organisation, "KEMSA"), "two thirds went to KEMSA"),
        (row(D::Language, "Somali"), "two thirds are in Somali"),
        (row(D::Status, "Closed"), "two thirds are “Closed”"),
        (
            two(D::Gender, ["man", "woman"]),
            "about as many are from men as from women",
        ),
        (
            two(D::Channel, ["sms", "paper"]),
            "three quarters came by SMS or on paper",
        ),
        (
            two(D::Kind, ["Fees", "Delay"]),
            "three quarters are of the kind “Fees” or “Delay”",
        ),
        (
            missing(D::Gender),
            "two thirds do not say whether they are from a woman or a man",
        ),
        (
            missing(D::AgeGroup),
            "two thirds do not say how old the person is",
        ),
        (
            missing(D::SubCounty),
            "two thirds do not say where they are from",
        ),
        (
            missing(D::Sector),
            "of two thirds it is not known what they are about",
        ),
        (missing(D::Outcome), "two thirds are not closed yet"),
    ] {
        assert_eq!(alone("en", shape), sentence);
    }
    for (language, sentence) in [
        ("sw", "kutoka kwa wanaume na kwa wanawake karibu idadi sawa"),
        ("fr", "à peu près autant d’hommes que de femmes"),
        ("ar", "عدد ما جاء من الرجال ومن النساء متقارب"),
    ] {
        let people = two(Dimension::Gender, ["man", "woman"]);
        assert_eq!(alone(language, people), sentence);
    }
}

#[test]
fn what_rose_or_fell_is_said_to_which_figure() {
    let told = |change, measure| {
        let shape = Shape::All(Value::Days(4.0));
        said("en", measure, &Finding { change, shape })
    };
    let fifth = By::Part(Part::Fifth);
    for (change, measure, sentence) in [
        (
            Change::Rose(fifth),
            Measure::Confirmed,
            "Complaints confirmed solved rose by a fifth, to 4",
        ),
        (
            Change::Fell(fifth),
            Measure::WomensShare,
            "Days to resolve: down by a fifth, to 4",
        ),
        (Change::Same, Measure::Open, "Open complaints: as before, 4"),
        (
            Change::Rose(By::Times(2)),
            Measure::Open,
            "Open complaints rose to about 2 times as many, 4",
        ),
        (
            Change::Fell(By::Part(Part::NearlyAll)),
            Measure::Open,
            "Open complaints: hardly any left, 4",
        ),
        (
            Change::Fell(By::Part(Part::NearlyAll)),
            Measure::WomensShare,
            "Days to resolve: down by more than nine tenths, 4",
        ),
        (Change::Unknown, Measure::Open, "Open complaints: 4"),
    ] {
        assert_eq!(told(change, measure), sentence);
    }
}

#[test]
fn of_a_span_of_time_it_is_the_most_or_the_highest() {
    let peak = |value| Shape::Peak {
        dimension: Dimension::Month,
        key: Some("Jan 2026".into()),
        value,
    };
    assert_eq!(
        alone("en", peak(Value::Count(68))),
        "Jan 2026 had the most, 68"
    );
    assert_eq!(
        alone("en", peak(Value::Days(9.0))),
        "Jan 2026 had the highest, 9"
    );
}
