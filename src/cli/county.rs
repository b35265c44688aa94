//! `jibu county`: who convenes each county, and what would go along if another organisation did.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::actions::hand_over_county::{Share, share};
use crate::clock::Clock;
use crate::complaint::{County, CountyId, Organisation, OrganisationId};
use crate::configuration::Configuration;
use crate::people::Role;
use crate::routing::Rules;
use crate::store::{Convening, PersonRow};
use crate::text::diagnostic::nearest;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub(super) enum CountyCommand {
    /// List the counties: who convenes each, how many people log in for it, and what was handed over
    List {
        /// The directory with service.toml and routing.toml
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
    },
    /// Say what would go along if another organisation convened a county; changes nothing
    HandOver(HandOver),
}

/// A hand-over that is thought of.
#[derive(Debug, clap::Args)]
pub(super) struct HandOver {
    /// The directory with service.toml and routing.toml
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// The county's id in routing.toml
    #[arg(long, value_name = "ID")]
    county: String,
    /// The id of who would convene it
    #[arg(long, value_name = "ID")]
    to: String,
}

pub(super) fn run(what: &CountyCommand) -> anyhow::Result<ExitCode> {
    match what {
        CountyCommand::List { config } => list(config),
        CountyCommand::HandOver(thought_of) => try_out(thought_of),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn list(directory: &Path) -> anyhow::Result<()> {
    let configuration = super::check::load(directory)?;
    let database = super::database::open(&configuration.settings)?;
    let reader = database.reader();
    let (known, people) = (reader.convenings()?, reader.people(Clock::system().now())?);
    for county in configuration.rules.counties() {
        let convener = &county.convener;
        super::say(&format!(
            "{:20} {convener:24} {}",
            county.id,
            staff(&people, convener)
        ));
        for entry in known.iter().filter(|entry| entry.county == county.id) {
            if let Some(from) = &entry.came_from {
                super::say(&format!("  {}", told(entry, from, county)));
            }
        }
    }
    Ok(())
}

fn told(entry: &Convening, from: &OrganisationId, county: &County) -> String {
    let moved = entry.moved;
    let is_on = entry.done_at.is_none() && *from != county.convener;
    format!(
        "{} from {from} to {}: {} went along{}, {} sensitive, {} to who oversees the county",
        entry.at.format("%Y-%m-%d"),
        entry.organisation,
        moved.all,
        if is_on { " so far" } else { "" },
        moved.sensitive,
        moved.overseen
    )
}

fn try_out(thought_of: &HandOver) -> anyhow::Result<()> {
    let configuration = super::check::load(&thought_of.config)?;
    let now = county(&configuration, &thought_of.county)?;
    let to = newcomer(&configuration, now, &thought_of.to)?;
    let from = &now.convener;
    if to == *from {
        bail!("{from} convenes {} already", now.id);
    }
    let then = County {
        convener: to.clone(),
        oversight: now.oversight.clone().filter(|oversight| *oversight != to),
        ..now.clone()
    };
    let database = super::database::open(&configuration.settings)?;
    let reader = database.reader();
    let (mut going, mut sensitive, mut overseen, mut left, mut partners) = (0, 0, 0, 0, 0);
    for held in reader.held_complaints(from, &now.id)? {
        match share(&configuration.rules, &then, from, &held, false) {
            Share::Goes(whom) => {
                going += 1;
                sensitive += u32::from(held.sensitive);
                overseen += u32::from(whom != to);
            }
            Share::Partners => partners += 1,
            Share::NobodyLeft => left += 1,
        }
    }
    super::say(&format!(
        "{}, from {from} to {to}. Nothing was changed.\n\n\
         {going:8} open complaints would go along, {sensitive} of them sensitive\n\
         {overseen:8} of these would go to who oversees the county: they accuse {to}\n\
         {partners:8} would stay with {from}, to whom the rules send them by name\n\
         {left:8} would stay with {from}: they accuse {to}, and nobody stands above it\n\n\
         Who logs in for {to}: {}.",
        now.name,
        staff(&reader.people(Clock::system().now())?, &to),
    ));
    if now.oversight.as_ref() == Some(&to) {
        super::say(&format!(
            "{to} oversees the county: name another in `oversight`, which no convener can be."
        ));
    }
    super::say(&format!(
        "To do it, write convener = \"{to}\" in the [[county]] of {} in routing.toml, and run `jibu check`: it \
         says which rules accuse the new convener, and which tests then end elsewhere. Once it is good, the service sees it within \
         a minute, moves what goes along and keeps a record of it; {from} sees the county no more.",
        now.id
    ));
    Ok(())
}

fn county<'c>(configuration: &'c Configuration, id: &str) -> anyhow::Result<&'c County> {
    let rules = &configuration.rules;
    rules.county(&CountyId::new(id)).with_context(|| {
        let ids = rules.counties().map(|county| county.id.as_str());
        format!(
            "routing.toml has no county `{id}`{}",
            hint(nearest(id, ids))
        )
    })
}

fn newcomer(
    configuration: &Configuration,
    county: &County,
    id: &str,
) -> anyhow::Result<OrganisationId> {
    let known = organisation(&configuration.rules, id)?;
    if !known.works_in(&county.id) {
        bail!(
            "`{id}` does not work in `{0}`: add `{0}` to its `counties` in routing.toml",
            county.id
        );
    }
    Ok(known.id.clone())
}

/// The organisation that somebody named.
pub(super) fn organisation<'r>(rules: &'r Rules, id: &str) -> anyhow::Result<&'r Organisation> {
    rules
        .organisation(&OrganisationId::new(id))
        .with_context(|| {
            let ids = rules.organisations().map(|known| known.id.as_str());
            format!(
                "routing.toml has no organisation `{id}`{}",
                hint(nearest(id, ids))
            )
        })
}

fn hint(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"))
}

/// Who can log in for an organisation.
fn staff(people: &[PersonRow], organisation: &OrganisationId) -> String {
    let there = people
        .iter()
        .filter(|row| row.left_at.is_none())
        .map(|row| &row.person.role);
    let (mut conveners, mut officers) = (0, 0);
    for role in there {
        match role {
            Role::Convener(own) if own == organisation => conveners += 1,
            Role::Officer(own) if own == organisation => officers += 1,
            _ => {}
        }
    }
    format!("{conveners} as convener, {officers} as officer")
}
