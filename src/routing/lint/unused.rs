//! What stands in the file and leads nowhere: organisations, sectors and counties that no complaint comes to.

use std::collections::BTreeSet;

use super::File;
use crate::routing::rules::Target;
use crate::text::toml_file::Report;

pub(super) fn tell(file: &File<'_>, report: &mut Report<'_>) {
    organisations(file, report);
    sectors(file, report);
    counties(file, report);
}

/// Organisations that no rule sends to. Those that are only accused are in the file for that.
fn organisations(file: &File<'_>, report: &mut Report<'_>) {
    let rules = &file.rules.rules;
    let sent_to = rules.iter().filter_map(|rule| match &rule.to {
        Target::Convener => None,
        Target::Organisation { id, .. } => Some(id),
    });
    let accused = rules.iter().flat_map(|rule| &rule.against);
    let of_sectors = file.rules.sectors().flat_map(|sector| &sector.to);
    let conveners = file.rules.counties().map(|county| &county.convener);
    let oversight = file
        .rules
        .counties()
        .filter_map(|county| county.oversight.as_ref());
    let pacts = file.rules.pacts();
    let of_pacts = pacts.flat_map(|pact| pact.accused().chain([&pact.monitor]));
    let used: BTreeSet<_> = sent_to
        .chain(accused)
        .chain(of_pacts)
        .chain(of_sectors)
        .chain(conveners)
        .chain(oversight)
        .collect();
    for organisation in file
        .rules
        .organisations()
        .filter(|one| !used.contains(&one.id))
    {
        let id = &organisation.id;
        let told = report.warning_at(
            file.organisations.place(id.as_str()),
            format!("no rule sends to `{id}`"),
        );
        report.tell(told.help(format!(
            "add a [[rule]] with to = \"{id}\", or take the organisation out"
        )));
    }
}

fn sectors(file: &File<'_>, report: &mut Report<'_>) {
    let used: BTreeSet<_> = file
        .rules
        .rules
        .iter()
        .filter_map(|rule| rule.sector.as_ref())
        .collect();
    for sector in file
        .rules
        .sectors
        .iter()
        .filter(|sector| !used.contains(&sector.id))
    {
        let id = &sector.id;
        let told = report.warning_at(
            file.sectors.place(id.as_str()),
            format!("no rule is of the sector `{id}`"),
        );
        report.tell(told.help(format!(
            "add sector = \"{id}\" to a rule, or take the sector out"
        )));
    }
}

/// A text to a number that no county names is the first county's; the others need numbers.
fn counties(file: &File<'_>, report: &mut Report<'_>) {
    for county in file
        .rules
        .counties()
        .skip(1)
        .filter(|county| county.numbers.is_empty())
    {
        let id = &county.id;
        let told = report.warning_at(
            file.counties.place(id.as_str()),
            format!("no text comes to `{id}`: it has no number"),
        );
        report.tell(told.help("add a line such as numbers = [\"+254700100200\"]"));
    }
}
