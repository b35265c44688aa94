//! What the committee and the public are told.

use anyhow::{Context, anyhow};

use super::Told;
use super::asked::Asked;
use crate::complaint::{County, CountyId};
use crate::configuration::Configuration;
use crate::reports::privacy::Refused;
use crate::reports::{Dimension, Publication};
use crate::routing::Rules;
use crate::text::diagnostic::nearest;

/// The answer of months as they were published.
pub(super) fn told(mut asked: Asked, configuration: &Configuration) -> anyhow::Result<Told<'_>> {
    let county = one_county(&mut asked, &configuration.rules)?;
    let database = super::super::database::open(&configuration.settings)?;
    let reader = database.reader();
    let published = reader.published(&county.id)?;
    let Some(newest) = published.last() else {
        return Err(why(Refused::NotPublished, county, &published));
    };
    let question = asked.question(newest.month)?;
    let period = question.period;
    let is_asked =
        |one: &&Publication| period.from <= one.month.from && one.month.until <= period.until;
    let as_of = published
        .iter()
        .filter(is_asked)
        .map(|one| one.taken_at)
        .max();
    // Not by the system's clock: who moved the demo's on has published months that are yet to come.
    let ground = |now| configuration.ground(std::slice::from_ref(&county.id), now);
    let answers =
        reader.answers_outside(std::slice::from_ref(&question), &ground(newest.taken_at))?;
    let mut answers = answers.map_err(|refused| why(refused, county, &published))?;
    let mut answer = answers.pop().context("the question has no answer")?;
    // A file that is handed on says of which county it is.
    answer.question = answer
        .question
        .only(Dimension::County, Some(county.id.as_str()));
    Ok(Told {
        answer,
        ground: ground(as_of.unwrap_or(newest.taken_at)),
        is_outside: true,
    })
}

/// The county that a filter names, which is no filter from then on; or the only one.
fn one_county<'r>(asked: &mut Asked, rules: &'r Rules) -> anyhow::Result<&'r County> {
    let is_county = |(dimension, _): &mut (Dimension, _)| *dimension == Dimension::County;
    let mut named: Vec<_> = asked
        .only
        .extract_if(.., is_county)
        .map(|(_, id)| id)
        .collect();
    named.dedup();
    let ids: Vec<&str> = rules.counties().map(|county| county.id.as_str()).collect();
    let ways = || {
        let ways: Vec<String> = ids.iter().map(|id| format!("--only county={id}")).collect();
        format!("{}: {}", Refused::NotOneCounty, ways.join(" or "))
    };
    match named.as_slice() {
        [] if ids.len() == 1 => rules.counties().next().with_context(ways),
        [Some(id)] => rules.county(&CountyId::new(id.as_str())).with_context(|| {
            match nearest(id, ids.iter().copied()) {
                Some(near) => format!("`{id}` is no county; did you mean `{near}`?"),
                None => format!("`{id}` is no county; there are: {}", ids.join(", ")),
            }
        }),
        _ => Err(anyhow!(ways())),
    }
}

/// Why it is not told, and what may be asked instead.
fn why(refused: Refused, county: &County, published: &[Publication]) -> anyhow::Error {
    let (Refused::NotPublished | Refused::NotOver | Refused::NoWholeMonths) = refused else {
        return refused.into();
    };
    let name = &county.name;
    let instead = match published {
        [] => format!("of {name} none is yet; the service publishes each as soon as it may be"),
        [first, ..] => {
            let newest = published.last().unwrap_or(first);
            format!(
                "of {name} these are {} to {}, and --period {} is the newest",
                first.month.word(),
                newest.month.word(),
                newest.month.word()
            )
        }
    };
    anyhow!("{refused}: {instead}")
}
