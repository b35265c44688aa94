//! What tests of figures have in common: a complaint, and how people say an answer.

use chrono::{DateTime, Utc};

use super::super::{Answer, Codes, Fact, Value};

pub(in crate::reports) fn at(time: &str) -> i64 {
    let time: DateTime<Utc> = time.parse().unwrap();
    time.timestamp_millis()
}

/// One that came in October by text, is referred, and has nothing else.
pub(in crate::reports) fn some(codes: &mut Codes) -> Fact {
    let opened_at = at("2026-10-05T09:00:00Z");
    let due = opened_at + 30 * 86_400_000;
    Fact {
        id: 1,
        county: codes.code("wajir"),
        place: None,
        within: None,
        sector: Some(codes.code("water")),
        kind: None,
        channel: codes.code("sms"),
        language: codes.code("sw"),
        status: codes.code("referred"),
        holder: codes.code("wajir-water"),
        closed_as: None,
        gender: None,
        age_group: None,
        sensitive: false,
        opened_at,
        next_due: due,
        due: [due; 3],
        returns: 0,
        reopens: 0,
        referred_at: None,
        reached: [None; 3],
        held: None,
    }
}

/// Each row with its figure, as people would say them.
pub(in crate::reports) fn rows(answer: &Answer) -> Vec<(&str, Value)> {
    let named = answer
        .rows
        .iter()
        .map(|key| key.as_deref().unwrap_or("not given"));
    named
        .zip(answer.row_totals.iter().map(|figure| figure.value))
        .collect()
}
