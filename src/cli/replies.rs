//! `jibu replies`: every text of every language as it would be sent, with its length. The page that a translator checks.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::lines::counted;
use crate::configuration::Configuration;
use crate::intake::replies::{Language, Naming, Sample};
use crate::text::gsm7::Encoding;

/// Officers write in whatever language they like, and are not translated.
const OFFICER: &str = "The pump was ordered, it comes on Friday.";
/// A menu of so many shows how it reads.
const CHOICES: usize = 2;

pub(super) fn run(directory: &Path, only: Option<&str>) -> anyhow::Result<ExitCode> {
    let configuration = super::check::load(directory)?;
    let languages = configuration.replies.languages();
    let shown: Vec<_> = languages
        .filter(|language| only.is_none_or(|only| language.id.as_str() == only))
        .collect();
    if let (Some(only), true) = (only, shown.is_empty()) {
        bail!(
            "there is no replies/{only}.toml; there are: {}",
            codes(&configuration)
        );
    }
    let pages = shown
        .into_iter()
        .map(|language| page(&configuration, language));
    super::say(&Vec::from_iter(pages).join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn codes(configuration: &Configuration) -> String {
    let languages = configuration.replies.languages();
    let codes: Vec<_> = languages.map(|language| language.id.as_str()).collect();
    codes.join(", ")
}

/// A language's name, and below it each text under its length and its key.
fn page(configuration: &Configuration, language: &Language) -> String {
    let samples = language.samples(&naming(configuration, language));
    let head = format!("{} ({})\n", language.name, language.id);
    samples
        .iter()
        .map(block)
        .fold(head, |page, block| page + &block)
}

fn block(sample: &Sample) -> String {
    let count = sample.count;
    let encoding = match count.encoding {
        Encoding::Gsm7 => "GSM-7",
        Encoding::Ucs2 => "UCS-2",
    };
    let keys = match sample.saying.question {
        Some(question) => format!("{} + {}", sample.saying.lead.key(), question.key()),
        None => sample.saying.lead.key().to_owned(),
    };
    format!(
        "\n{keys}: {encoding}, {} {}, {}\n{}\n",
        count.units,
        count.encoding.units(),
        counted(count.segments, "segment"),
        sample.text
    )
}

/// The county's own names, so that the texts read as its people get them.
fn naming(configuration: &Configuration, language: &Language) -> Naming {
    let rules = &configuration.rules;
    let holder = rules
        .sectors()
        .find_map(|sector| sector.to.first())
        .and_then(|id| rules.organisation(id))
        .or_else(|| rules.organisations().next());
    // The smallest places stand last.
    let all = configuration.places.iter();
    let others = all.len().saturating_sub(CHOICES);
    let wards = all.skip(others);
    let sectors = rules.sectors().take(CHOICES);
    let languages = configuration.replies.languages();
    Naming {
        organisation: holder
            .map(|holder| holder.short_name_in(&language.id).to_owned())
            .unwrap_or_default(),
        places: wards.map(|ward| ward.name.clone()).collect(),
        sectors: sectors
            .map(|sector| sector.name_in(&language.id).to_owned())
            .collect(),
        languages: languages
            .map(|other| language.name_of(other).to_owned())
            .collect(),
        words: OFFICER.to_owned(),
    }
}
