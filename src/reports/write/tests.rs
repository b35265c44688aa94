//! Files of a small table: some figures hidden, a name that would be a formula.

use super::*;
use crate::reports::{Answer, Dimension, Figure, Key, LeftOut, Measure, Period, Question, Value};

fn told(value: Value, rests_on: u64) -> Figure {
    Figure { rests_on, value }
}

/// Sectors by gender, with a sector that somebody named badly.
fn table() -> Answer {
    let by = [Dimension::Sector, Dimension::Gender];
    let period = Period::from_word("2026-10").unwrap();
    let question = Question::new(&by, Measure::Complaints, period).unwrap();
    let count = |count| told(Value::Count(count), count);
    let hidden = told(Value::Hidden, 3);
    Answer {
        question: question.only(Dimension::Channel, None),
        rows: vec![Some("water".into()), Some("=1+1".into())],
        columns: vec![Some("woman".into()), None],
        cells: vec![vec![count(12), count(20)], vec![hidden, hidden]],
        row_totals: vec![count(32), count(9)],
        column_totals: vec![hidden, count(26)],
        total: count(41),
        left_out: LeftOut {
            sensitive: 2,
            ..LeftOut::default()
        },
    }
}

fn labels() -> Labels<'static> {
    Labels {
        key: &|_: Dimension, key: &Key| match key.as_deref() {
            Some("water") => "Maji".to_owned(),
            Some(key) => key.to_owned(),
            None => "not given".to_owned(),
        },
        all: "all",
    }
}

#[test]
fn a_figure_is_a_row_and_what_is_hidden_is_told_by_nothing_beside_it() {
    let mut file = Vec::new();
    csv(&mut file, &table(), &labels()).unwrap();
    let expected = "\u{feff}sector,sector_name,gender,gender_name,measure,value,rests_on,note
water,Maji,woman,woman,complaints,12,12,
water,Maji,,not given,complaints,20,20,
water,Maji,*,all,complaints,32,32,
'=1+1,'=1+1,woman,woman,complaints,,,hidden
'=1+1,'=1+1,,not given,complaints,,,hidden
'=1+1,'=1+1,*,all,complaints,9,9,
*,all,woman,woman,complaints,,,hidden
*,all,,not given,complaints,26,26,
*,all,*,all,complaints,41,41,
";
    assert_eq!(
        String::from_utf8(file).unwrap(),
        expected.replace('\n', "\r\n")
    );
}

#[test]
fn json_says_the_same_and_what_was_asked() {
    let at = "2026-11-02T06:00:00Z".parse().unwrap();
    let told = json(&table(), at, false, &labels());
    assert_eq!(told["counted_at"], "2026-11-02T06:00:00.000Z");
    assert_eq!(
        told["asked"],
        serde_json::json!({
            "by": ["sector", "gender"], "measure": "complaints", "from": "2026-10-01", "to": "2026-10-31",
            "only": [{ "by": "channel", "key": null }],
        })
    );
    assert_eq!(told["left_out"]["sensitive"], 2);
    let figures = told["figures"].as_array().unwrap();
    assert_eq!(
        figures[1],
        serde_json::json!({
            "sector": "water", "sector_name": "Maji", "gender": null, "gender_name": "not given",
            "value": 20, "rests_on": 20, "note": null,
        })
    );
    assert_eq!(figures[3]["value"], serde_json::Value::Null);
    assert_eq!(figures[3]["rests_on"], serde_json::Value::Null);
    assert_eq!(figures.len(), 9);
}

#[test]
fn of_outsiders_nothing_left_out_may_be_a_few() {
    let at = "2026-11-02T06:00:00Z".parse().unwrap();
    for (is_outside, merged) in [
        (false, serde_json::json!(0)),
        (true, serde_json::Value::Null),
    ] {
        let told = json(&table(), at, is_outside, &labels());
        assert_eq!(told["left_out"]["merged"], merged);
    }
}

#[test]
fn numbers_have_four_digits_after_the_point_at_most() {
    for (value, written) in [
        (Value::Days(2.0), Some(2.0)),
        (Value::Days(0.123_45), Some(0.1235)),
        (Value::Share(1, 3), Some(0.3333)),
        (Value::Share(0, 0), None),
        (Value::Rate(812.000_04), Some(812.0)),
        (Value::Nothing, None),
        (Value::Hidden, None),
    ] {
        assert_eq!(figures::rounded(value), written, "{value:?}");
    }
}
