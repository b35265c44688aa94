//! What an edited directory would do to the complaints in the database.

use std::path::Path;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::cli::lines::{counted, grouped, labelled};
use crate::cli::progress::Progress;
use crate::cli::{check, database, say};
use crate::clock::Clock;
use crate::complaint::{OrganisationId, TrackingNumber};
use crate::configuration::Configuration;
use crate::intake::words_of;
use crate::routing::score::share;
use crate::routing::{ByPeople, Decision, Replay};
use crate::store::PastComplaint;
use crate::text::normalise::Normalised;

/// Numbers on a line, and lines of them of each group.
const NUMBERS: usize = 7;
const LINES: usize = 5;

/// The complaints decided by both versions.
struct Replayed<'a> {
    directory: &'a Path,
    edited: &'a Path,
    replay: Replay,
    /// Complaints of counties that one of the two does not have.
    of_no_county: Vec<TrackingNumber>,
    /// The versions of the rules, before and after.
    digests: [String; 2],
}

/// Decides the complaints of the last `days` (of all times, without them) by the configuration of `directory`, whose database it
/// is, and by that of `edited`.
pub(super) fn run(
    directory: &Path,
    edited: &Path,
    days: Option<u32>,
    as_json: bool,
) -> anyhow::Result<()> {
    let before = check::load(directory)?;
    let after = check::load(edited)?;
    let database = database::open(&before.settings)?;
    let since = days.map(|days| Clock::system().now() - TimeDelta::days(days.into()));
    let mut replayed = Replayed {
        directory,
        edited,
        replay: Replay::default(),
        of_no_county: Vec::new(),
        digests: [&before, &after].map(|version| version.rules.digest().to_owned()),
    };
    let progress = Progress::start();
    database
        .reader()
        .past_complaints(since, |complaint, done| {
            progress.at(done);
            replayed.take(&complaint, &before, &after);
        })?;
    drop(progress);
    say(&if as_json {
        replayed.to_value().to_string()
    } else {
        replayed.told()
    });
    Ok(())
}

impl Replayed<'_> {
    fn take(&mut self, complaint: &PastComplaint, before: &Configuration, after: &Configuration) {
        let words = words_of(&complaint.words);
        let decide = |version| decided(version, complaint, &words);
        let (Some((before, convener)), Some((after, _))) = (decide(before), decide(after)) else {
            self.of_no_county.push(complaint.number);
            return;
        };
        match &complaint.referred_to {
            Some(to) if to != convener => self.replay.take_referred(to, &before, &after),
            _ => self.replay.take(complaint.number, &before, &after),
        }
    }

    fn told(&self) -> String {
        let mut parts = vec![self.summary()];
        if self.replay.moved() > 0 {
            parts.push(self.moves());
        }
        let moved = self.replay.largest_moves();
        parts.extend(
            moved
                .into_iter()
                .map(|(from, to, numbers)| group(&format!("{from} → {to}"), numbers)),
        );
        let secret = [
            ("would become sensitive", &self.replay.become_sensitive),
            (
                "would no longer be sensitive",
                &self.replay.no_longer_sensitive,
            ),
            (
                "would be hidden from others than they are",
                &self.replay.accuse_others,
            ),
            (
                "are of a county that one of the two directories lacks, and were not decided",
                &self.of_no_county,
            ),
        ];
        parts.extend(
            secret
                .iter()
                .filter(|(_, numbers)| !numbers.is_empty())
                .map(|(what, numbers)| {
                    group(&format!("{} {what}", grouped(numbers.len())), numbers)
                }),
        );
        parts.join("\n\n")
    }

    fn summary(&self) -> String {
        let (directory, edited) = (self.directory.display(), self.edited.display());
        let Replay {
            complaints,
            by_people,
            ..
        } = &self.replay;
        let moved = self.replay.moved();
        let share = 100.0 * share(moved, *complaints);
        let mut rows = vec![
            (
                "Compared",
                format!(
                    "the words that opened each complaint, decided by the rules of now ({directory}) and by the edited ones ({edited})"
                ),
            ),
            ("Complaints", grouped(*complaints)),
            (
                "Moved",
                format!(
                    "{} ({share:.1} %) would go elsewhere; nothing is moved now",
                    grouped(moved)
                ),
            ),
        ];
        let [before, after] = &self.digests;
        if before == after {
            let same =
                "both have the same routing.toml and places.csv: was the copy edited and saved?";
            rows.push(("But", same.to_owned()));
        }
        if by_people.complaints > 0 {
            let ByPeople {
                complaints,
                right_before,
                right_after,
            } = by_people;
            rows.push(("By people", format!(
                "{} that people referred by hand are not counted above, for no rule moves them; the rules of now send {} of them where people did, the edited ones {}",
                counted(*complaints, "complaint"),
                grouped(*right_before),
                grouped(*right_after),
            )));
        }
        let lines: Vec<_> = rows
            .iter()
            .map(|(label, text)| labelled(label, text))
            .collect();
        lines.join("\n")
    }

    fn moves(&self) -> String {
        let mut lines = vec![format!("{:34}{:34}{:>10}", "From", "to", "complaints")];
        let moves = self.replay.largest_moves();
        lines.extend(moves.into_iter().map(|(from, to, numbers)| {
            format!(
                "{:34}{:34}{:>10}",
                from.as_str(),
                to.as_str(),
                grouped(numbers.len())
            )
        }));
        lines.join("\n")
    }

    fn to_value(&self) -> Value {
        let Replay {
            complaints,
            by_people,
            ..
        } = &self.replay;
        let listed = |numbers: &[TrackingNumber]| -> Vec<String> {
            numbers.iter().map(TrackingNumber::to_string).collect()
        };
        let moves = self
            .replay
            .largest_moves()
            .into_iter()
            .map(|(from, to, numbers)| {
                json!({
                    "from": from.as_str(),
                    "to": to.as_str(),
                    "complaints": numbers.len(),
                    "numbers": listed(numbers),
                })
            });
        let [before, after] = &self.digests;
        json!({
            "rules_before": before,
            "rules_after": after,
            "complaints": complaints,
            "moved": self.replay.moved(),
            "moves": moves.collect::<Vec<_>>(),
            "become_sensitive": listed(&self.replay.become_sensitive),
            "no_longer_sensitive": listed(&self.replay.no_longer_sensitive),
            "accuse_others": listed(&self.replay.accuse_others),
            "of_no_county": listed(&self.of_no_county),
            "referred_by_people": {
                "complaints": by_people.complaints,
                "right_before": by_people.right_before,
                "right_after": by_people.right_after,
            },
        })
    }
}

/// What a version decides on a complaint, at the place where it is known to be by now, and who convenes its county; `None`
/// without that county.
fn decided<'v>(
    version: &'v Configuration,
    complaint: &PastComplaint,
    words: &Normalised,
) -> Option<(Decision, &'v OrganisationId)> {
    let county = version.rules.county(&complaint.county)?;
    let decision = match &complaint.place {
        Some(place) => version.decide_at(words, county, place),
        None => version.decide(words, county).0,
    };
    Some((decision, &county.convener))
}

/// A heading, and the tracking numbers beneath it.
fn group(heading: &str, numbers: &[TrackingNumber]) -> String {
    let mut lines = vec![heading.to_owned()];
    lines.extend(numbers.chunks(NUMBERS).take(LINES).map(|row| {
        let row: Vec<_> = row.iter().map(TrackingNumber::to_string).collect();
        format!("  {}", row.join("  "))
    }));
    let more = numbers.len().saturating_sub(NUMBERS * LINES);
    if more > 0 {
        lines.push(format!(
            "  … and {} more; --json names them all",
            grouped(more)
        ));
    }
    lines.join("\n")
}
