//! The filters of a list, as fields to choose from.

use super::filter::{AGES, Chosen, DueIn, places_of};
use crate::complaint::Status;
use crate::console::desk::Desk;
use crate::console::names::{self, Names};

/// A field with its choices; the first, which is not among them, narrows nothing.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) choices: Vec<Choice>,
}

/// One of them.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
    /// Whether it lies in the one above it.
    pub(super) is_inner: bool,
}

/// The filters that make sense in a list.
pub(super) fn fields(
    chosen: &Chosen,
    names: &Names<'_>,
    desk: &Desk,
    is_closed: bool,
) -> Vec<Field> {
    let words = &names.language.words.list;
    let due = field("due", words.due(), due(chosen, names));
    let status = field("status", words.status(), statuses(chosen, names));
    let place = field("place", words.place(), places(chosen, names, desk));
    let sector = field("sector", words.sector(), sectors(chosen, names));
    let holder = field("holder", words.holder(), holders(chosen, names, desk));
    let age = field("age", words.age(), ages(chosen, names));
    let (of_open, of_convener) = (!is_closed, desk.convenes.is_some());
    [
        (due, of_open),
        (status, of_open),
        (place, true),
        (sector, true),
        (holder, of_convener),
        (age, true),
    ]
    .into_iter()
    .filter_map(|(field, fits)| fits.then_some(field))
    .collect()
}

fn field(name: &'static str, label: String, choices: Vec<Choice>) -> Field {
    Field {
        name,
        label,
        choices,
    }
}

fn choice(value: &str, label: String, is_chosen: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        label,
        is_chosen,
        is_inner: false,
    }
}

fn due(chosen: &Chosen, names: &Names<'_>) -> Vec<Choice> {
    let words = &names.language.words.list;
    let label = |due| match due {
        DueIn::Late => words.due_late(),
        DueIn::Soon => words.due_soon(),
        DueIn::Later => words.due_later(),
    };
    let one = |due: DueIn| choice(due.word(), label(due), chosen.due == Some(due));
    DueIn::ALL.map(one).into()
}

fn statuses(chosen: &Chosen, names: &Names<'_>) -> Vec<Choice> {
    let open = Status::ALL
        .into_iter()
        .filter(|status| *status != Status::Closed);
    let label = |status| names::status(&names.language.words, status);
    open.map(|status| {
        choice(
            status.as_str(),
            label(status),
            chosen.status == Some(status),
        )
    })
    .collect()
}

fn places(chosen: &Chosen, names: &Names<'_>, desk: &Desk) -> Vec<Choice> {
    let one = |id, is_inner| Choice {
        is_inner,
        ..choice(
            crate::complaint::PlaceId::as_str(id),
            names.place(id),
            chosen.place.as_ref() == Some(id),
        )
    };
    let counties = names.counties_of(desk);
    let all = counties
        .iter()
        .flat_map(|county| places_of(&names.configuration, county));
    all.collect::<Vec<_>>()
        .iter()
        .flat_map(|(outer, wards)| {
            let wards = wards.iter().map(|ward| one(ward, true));
            std::iter::once(one(outer, false)).chain(wards)
        })
        .collect()
}

fn sectors(chosen: &Chosen, names: &Names<'_>) -> Vec<Choice> {
    let all = names.configuration.rules.sectors();
    all.map(|sector| {
        let is_chosen = chosen.sector.as_ref() == Some(&sector.id);
        choice(sector.id.as_str(), names.sector(&sector.id), is_chosen)
    })
    .collect()
}

fn holders(chosen: &Chosen, names: &Names<'_>, desk: &Desk) -> Vec<Choice> {
    let all = names.configuration.rules.organisations();
    let convened = desk.convenes.as_ref();
    all.filter(|holder| convened.is_some_and(|county| holder.works_in(county)))
        .map(|holder| {
            let is_chosen = chosen.holder.as_ref() == Some(&holder.id);
            choice(holder.id.as_str(), names.short(&holder.id), is_chosen)
        })
        .collect()
}

fn ages(chosen: &Chosen, names: &Names<'_>) -> Vec<Choice> {
    let words = &names.language.words.list;
    let label = |days: i64| words.older(days.unsigned_abs());
    AGES.map(|days| choice(&days.to_string(), label(days), chosen.age == Some(days)))
        .into()
}
