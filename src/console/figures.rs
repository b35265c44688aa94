//! Counts for who oversees a county's mechanism: how many each organisation has, and how they stand. No complaint, and no name of a person.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::Console;
use super::guard::Visitor;
use super::look::{self, Frame};
use super::names;
use super::problem::Problem;
use crate::complaint::{CountyId, OrganisationId, Status};
use crate::people::Role;
use crate::store::Standing;

#[derive(Template)]
#[template(path = "figures.html", config = "src/console/look/askama.toml")]
struct FiguresPage<'a> {
    frame: Frame<'a>,
    statuses: Vec<String>,
    rows: Vec<Row>,
    /// The last row: all of them.
    all: Row,
}

/// An organisation's counts.
struct Row {
    name: String,
    counts: Vec<u64>,
    /// All but the closed ones.
    open: u64,
    total: u64,
}

/// `/console/figures`
pub(super) async fn page(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let county = console.county_overseen(&visitor.person.role)?;
    let of = county.clone();
    let viewer = visitor.person.role.organisation().cloned();
    let standings = console
        .store
        .read(move |reader| reader.standings(&of, viewer.as_ref()))
        .await?;
    let names = console.names(&visitor.visit)?;
    let words = &names.language.words;
    let of_county = names
        .configuration
        .rules
        .organisations()
        .filter(|one| one.county == county);
    let mut holders: Vec<OrganisationId> = of_county.map(|one| one.id.clone()).collect();
    let gone = standings
        .iter()
        .filter(|standing| !holders.contains(&standing.holder));
    let mut gone: Vec<OrganisationId> = gone.map(|standing| standing.holder.clone()).collect();
    gone.dedup();
    holders.extend(gone);
    // A column of noughts tells nothing.
    let stands = |status: &Status| standings.iter().any(|standing| standing.status == *status);
    let statuses: Vec<Status> = Status::ALL.into_iter().filter(stands).collect();
    let rows: Vec<Row> = holders
        .iter()
        .map(|holder| {
            row(
                names.organisation(holder),
                &statuses,
                &standings,
                |standing| standing.holder == *holder,
            )
        })
        .collect();
    look::page(&FiguresPage {
        frame: console
            .frame_with_counts(&visitor, |words| words.nav.figures())
            .await?,
        all: row(words.figures.all(), &statuses, &standings, |_| true),
        statuses: statuses
            .iter()
            .map(|status| names::status(words, *status))
            .collect(),
        rows,
    })
}

fn row(
    name: String,
    statuses: &[Status],
    standings: &[Standing],
    is_in: impl Fn(&Standing) -> bool,
) -> Row {
    let count = |status| {
        let own = standings
            .iter()
            .filter(|standing| standing.status == status && is_in(standing));
        own.map(|standing| standing.count).sum::<u64>()
    };
    let counts: Vec<u64> = statuses.iter().map(|status| count(*status)).collect();
    let total = counts.iter().sum::<u64>();
    Row {
        name,
        counts,
        open: total - count(Status::Closed),
        total,
    }
}

impl Console {
    /// The county whose figures are for them.
    fn county_overseen(&self, role: &Role) -> Result<CountyId, Problem> {
        let configuration = self.configuration.current();
        let county = match role {
            Role::Committee(id) => configuration.rules.county(id),
            Role::Convener(own) => {
                let mut counties = configuration.rules.counties();
                counties.find(|county| county.convener == *own)
            }
            Role::Administrator | Role::Officer(_) => None,
        };
        county
            .map(|county| county.id.clone())
            .ok_or(Problem::NotThere)
    }
}
