//! The texts of a CSV file, each decided; with labels, how well that goes.

use std::path::Path;

use anyhow::bail;
use serde_json::json;

use super::advice::Advice;
use super::report;
use super::routed::Routed;
use crate::cli::progress::Progress;
use crate::cli::{say, table};
use crate::complaint::{County, PactCode, PlaceId, RuleId};
use crate::configuration::Configuration;
use crate::intake::words_of;
use crate::routing::learn::Example;
use crate::routing::score::{Scores, share};
use crate::text::json::joined;

/// So much of the work is to read the file.
const READING: f64 = 0.1;

/// A file whose texts are tried.
pub(super) struct Tried<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) county: &'a County,
    pub(super) file: &'a Path,
    pub(super) text_column: &'a str,
    pub(super) json: bool,
}

impl Tried<'_> {
    /// Says of each text who gets it, a line a text.
    pub(super) fn each(&self) -> anyhow::Result<()> {
        let progress = Progress::beside_output();
        let rows = self.rows([self.text_column], &progress)?;
        let advice = Advice::new(self.configuration, self.county);
        if !self.json {
            say("row,to,rule,sure,place,pact");
        }
        for (row, [text]) in (1..).zip(&rows) {
            progress.at(part(row, rows.len()));
            if self.json {
                let routed = Routed::new(self.configuration, self.county, text, &advice);
                say(&joined(routed.to_value(&advice), json!({ "row": row })).to_string());
            } else {
                say(&self.line(row, text)?);
            }
        }
        Ok(())
    }

    /// Says how many reach whom their label names, and which do not.
    pub(super) fn scored(&self, label_column: &str) -> anyhow::Result<()> {
        let progress = Progress::start();
        let rows = self.rows([self.text_column, label_column], &progress)?;
        let all = rows.len();
        let examples = rows
            .into_iter()
            .map(|[text, label]| Example::new(text, label));
        let mut row = 0;
        let scores = Scores::of(
            examples.collect(),
            &self.configuration.rules,
            self.county,
            |text| {
                row += 1;
                progress.at(part(row, all));
                let (decision, _) = self.configuration.decide(&words_of(text), self.county);
                decision
            },
        );
        drop(progress);
        if scores.texts.is_empty() {
            let file = self.file.display();
            bail!(
                "{file} has no row with a text and one label: is each text closed by a quote that it opens with?"
            );
        }
        say(&if self.json {
            report::to_value(&scores).to_string()
        } else {
            report::told(&scores)
        });
        Ok(())
    }

    fn rows<const N: usize>(
        &self,
        columns: [&str; N],
        progress: &Progress,
    ) -> anyhow::Result<Vec<[String; N]>> {
        table::columns(self.file, columns, |done| progress.at(done * READING))
    }

    fn line(&self, row: usize, text: &str) -> anyhow::Result<String> {
        let (decision, _) = self.configuration.decide(&words_of(text), self.county);
        let mut line = csv::Writer::from_writer(Vec::new());
        line.write_record([
            row.to_string().as_str(),
            decision.to.as_str(),
            decision.rule.as_ref().map_or("", RuleId::as_str),
            &format!("{:.4}", decision.sure),
            decision.place.as_ref().map_or("", PlaceId::as_str),
            decision.pact.as_ref().map_or("", PactCode::as_str),
        ])?;
        Ok(String::from_utf8_lossy(&line.into_inner()?)
            .trim_end()
            .to_owned())
    }
}

fn part(row: usize, rows: usize) -> f64 {
    READING + (1.0 - READING) * share(row, rows)
}
