//! `jibu outbox`: texts to citizens, and how far each has come.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use chrono::SecondsFormat;

use crate::store::{OutboxRow, TextState, open_for_reading};
use crate::text::diagnostic::nearest;

pub(super) fn run(directory: &Path, state: Option<&str>, most: u32) -> anyhow::Result<ExitCode> {
    let state = state.map(parse_state).transpose()?;
    let database = super::check::load_settings(directory)?.database.path;
    let rows = open_for_reading(&database)?.outbox(state, most)?;
    if rows.is_empty() {
        super::say(match state {
            Some(_) => "No text is in this state.",
            None => "The outbox is empty: no text was ever owed.",
        });
        return Ok(ExitCode::SUCCESS);
    }
    super::say(&line([
        "id",
        "state",
        "tries",
        "complaint",
        "owed",
        "changed",
        "why",
    ]));
    for row in &rows {
        super::say(&row_line(row));
    }
    if state == Some(TextState::Uncertain) {
        super::say(
            "\nUncertain: it may or may not have left, so it is not sent again. A status report with its id settles it by itself.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn parse_state(word: &str) -> anyhow::Result<TextState> {
    TextState::from_word(word).with_context(|| {
        let words = TextState::ALL.map(TextState::as_str);
        match nearest(word, words) {
            Some(near) => format!("there is no state `{word}`; did you mean `{near}`?"),
            None => format!(
                "there is no state `{word}`; it is one of {}",
                words.join(", ")
            ),
        }
    })
}

fn row_line(row: &OutboxRow) -> String {
    let time = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let why = match (row.code, row.why.as_deref()) {
        (Some(code), _) => format!("the gateway's code {code}"),
        (None, why) => why.unwrap_or_default().to_owned(),
    };
    line([
        &row.id.to_string(),
        &row.state,
        &row.attempts.to_string(),
        &row.number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        &time(row.created_at),
        &time(row.changed_at),
        &why,
    ])
}

fn line(cells: [&str; 7]) -> String {
    let [id, state, tries, complaint, owed, changed, why] = cells;
    format!("{id:<20} {state:<9} {tries:>5}  {complaint:<12}  {owed:<20}  {changed:<20}  {why}")
        .trim_end()
        .to_owned()
}
