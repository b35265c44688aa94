//! Counts for who oversees a county's mechanism: how many each organisation has, and how they stand. No complaint, and no name of a person.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::Console;
use super::desk::{Desk, PartLink, at_part};
use super::form::Form;
use super::guard::Visitor;
use super::look::{self, Frame};
use super::names::{self, Names};
use super::problem::Problem;
use crate::complaint::{CountyId, OrganisationId, Status};
use crate::people::{Person, Role};
use crate::store::Standing;

#[derive(Template)]
#[template(path = "figures.html", config = "src/console/look/askama.toml")]
struct FiguresPage<'a> {
    frame: Frame<'a>,
    statuses: Vec<String>,
    rows: Vec<Row>,
    /// The counties to choose from, where the organisation convenes several.
    counties: Vec<PartLink>,
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
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = Form::of_query(request.query_string());
    let county = console.county_overseen(&visitor.person, query.get("county"))?;
    let of = county.clone();
    let viewer = visitor.person.role.organisation().cloned();
    let standings = console
        .store
        .read(move |reader| reader.standings(&of, viewer.as_ref()))
        .await?;
    let names = console.names(&visitor.visit)?;
    let counties = console.counties_overseen(&visitor.person, &county, &names);
    let words = &names.language.words;
    let of_county = names
        .configuration
        .rules
        .organisations()
        .filter(|one| one.works_in(&county));
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
        counties,
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
    fn county_overseen(&self, person: &Person, wanted: &str) -> Result<CountyId, Problem> {
        let configuration = self.configuration.current();
        let county = match &person.role {
            Role::Committee(id) => configuration.rules.county(id).map(|known| known.id.clone()),
            Role::Convener(_) => {
                Desk::of(person, &configuration.rules, wanted).and_then(|desk| desk.convenes)
            }
            Role::Administrator | Role::Officer(_) => None,
        };
        county.ok_or(Problem::NotThere)
    }

    /// The counties whose figures they may choose; none where there is only one. What they have elsewhere is others' to count.
    fn counties_overseen(
        &self,
        person: &Person,
        chosen: &CountyId,
        names: &Names<'_>,
    ) -> Vec<PartLink> {
        let rules = &names.configuration.rules;
        let desk = Desk::of(person, rules, chosen.as_str());
        let parts = desk.map_or_else(Vec::new, |desk| desk.parts(rules));
        let link = |part: Desk| {
            let county = part.convenes.as_ref()?;
            Some(PartLink {
                href: at_part("/console/figures", &part),
                label: names.county(county),
                count: None,
                is_here: county == chosen,
            })
        };
        let links: Vec<PartLink> = parts.into_iter().filter_map(link).collect();
        if links.len() > 1 { links } else { Vec::new() }
    }
}
