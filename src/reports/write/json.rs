//! Figures as JSON, for other programs: what was asked, what was left out, and a list of all figures.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value as Json, json};

use super::figures::{Labels, Line, lines, rounded};
use crate::reports::{Answer, Value};

/// An answer as it was counted at that time. The figures have the fields of the CSV file, with `null` for what is empty there; so has what is
/// left out of an answer for outsiders, where none may be a few.
pub fn json(
    answer: &Answer,
    counted_at: DateTime<Utc>,
    is_outside: bool,
    labels: &Labels<'_>,
) -> Json {
    let question = &answer.question;
    let only = question.filters().iter();
    let only: Vec<Json> = only
        .map(|(dimension, key)| json!({ "by": dimension.as_str(), "key": key }))
        .collect();
    let by = question.by().iter();
    let left_out = answer.left_out;
    let apart = |count: u64| match count {
        0 if is_outside => Json::Null,
        count => json!(count),
    };
    json!({
        "asked": {
            "by": by.map(|one| one.as_str()).collect::<Vec<_>>(),
            "measure": question.measure.word(),
            "from": question.period.from.to_string(),
            "to": question.period.last().to_string(),
            "only": only,
        },
        "counted_at": counted_at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "left_out": {
            "not_complaints": apart(left_out.not_complaints),
            "merged": apart(left_out.merged),
            "sensitive": apart(left_out.sensitive),
        },
        "figures": lines(answer).iter().map(|line| figure(line, labels)).collect::<Vec<_>>(),
    })
}

fn figure(line: &Line<'_>, labels: &Labels<'_>) -> Json {
    let mut fields = Map::new();
    for (word, key, name) in line.places(labels) {
        fields.insert(word.to_owned(), json!(key));
        fields.insert(format!("{word}_name"), json!(name));
    }
    let value = match line.figure.value {
        Value::Count(count) => json!(count),
        value => json!(rounded(value)),
    };
    fields.insert("value".to_owned(), value);
    fields.insert("rests_on".to_owned(), json!(line.rests_on()));
    fields.insert("note".to_owned(), json!(line.note()));
    Json::Object(fields)
}
