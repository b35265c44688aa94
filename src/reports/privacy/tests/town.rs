//! A small county, in which complaints are alike in few ways.

use proptest::prelude::*;

use super::super::super::tests::{at, some};
use super::super::super::{Code, Codes, Dimension, Fact, Ground, Key, Measure};
use super::super::axis::Axis;
use crate::complaint::CountyId;
use crate::deadlines::Calendars;
use crate::intake::places::Places;

const PLACES: &str = "id,name,level,parent,aliases,population
wajir,Wajir,county,,,1000000
wajir-south,Wajir South,sub-county,wajir,,200000
burder,Burder,ward,wajir-south,,
dadaja-bulla,Dadaja Bulla,ward,wajir-south,,
wajir-north,Wajir North,sub-county,wajir,,
gurar,Gurar,ward,wajir-north,,
";

/// Of each matter: how complaints may be, and how often they are.
const WAYS: [&[(&str, u32)]; 5] = [
    &[("woman", 6), ("man", 3), ("", 1)],
    &[("water", 5), ("health", 3), ("roads", 1)],
    &[("wajir-water", 5), ("wajir-health", 3), ("wajir-roads", 1)],
    &[("burder", 5), ("dadaja-bulla", 2), ("gurar", 3), ("", 1)],
    &[
        ("referred", 4),
        ("confirmed", 5),
        ("unconfirmed", 2),
        ("withdrawn", 1),
    ],
];
pub(super) const MATTERS: usize = WAYS.len();

/// A complaint: in which of the ways it is, of each matter.
pub(super) type Complaint = [usize; MATTERS];

/// All that there could be.
pub(super) fn all_complaints(told: &[usize]) -> Vec<Complaint> {
    let mut all = vec![[0; MATTERS]];
    for matter in told {
        let with = |one: Complaint| {
            (0..WAYS[*matter].len()).map(move |way| {
                let mut one = one;
                one[*matter] = way;
                one
            })
        };
        all = all.into_iter().flat_map(with).collect();
    }
    all
}

/// A month of complaints. Mostly who works on a sector is who has it.
pub(super) fn month(told: &'static [usize], most: usize) -> impl Strategy<Value = Vec<Complaint>> {
    let way = |matter: usize| {
        let ways = WAYS[matter].iter().enumerate();
        prop::strategy::Union::new_weighted(
            ways.map(|(way, (_, often))| (*often, Just(way))).collect(),
        )
    };
    let complaint = (way(0), way(1), way(2), way(3), way(4), 0..10);
    let complaint = complaint.prop_map(move |(gender, sector, holder, place, became, luck)| {
        let holder = if luck < 8 { sector } else { holder };
        let mut complaint = [gender, sector, holder, place, became];
        for (matter, way) in complaint.iter_mut().enumerate() {
            if !told.contains(&matter) {
                *way = 0;
            }
        }
        complaint
    });
    prop::collection::vec(complaint, 0..most)
}

/// What each axis of the matters says of a complaint.
pub(super) fn key(axis: Axis, complaint: &Complaint) -> Key {
    let word =
        |matter: usize| Some(WAYS[matter][complaint[matter]].0).filter(|word| !word.is_empty());
    let became = word(4).unwrap();
    let key = match axis {
        Axis::Of(Dimension::Gender) => word(0),
        Axis::Of(Dimension::Sector) => word(1),
        Axis::Of(Dimension::Organisation) => word(2),
        Axis::Of(Dimension::Ward) => word(3),
        Axis::Of(Dimension::SubCounty) => word(3).map(|ward| match ward {
            "gurar" => "wajir-north",
            _ => "wajir-south",
        }),
        Axis::Of(Dimension::Status) => Some(if became == "referred" {
            "referred"
        } else {
            "closed"
        }),
        Axis::Of(Dimension::Outcome) => Some(became).filter(|became| *became != "referred"),
        Axis::Whether(Measure::Open) => Some(if became == "referred" { "yes" } else { "no" }),
        Axis::Whether(Measure::Confirmed) => Some(if became == "confirmed" { "yes" } else { "no" }),
        _ => unreachable!("{axis:?}"),
    };
    key.map(Into::into)
}

/// The axes of some matters.
pub(super) fn axes(told: &[usize]) -> Vec<Axis> {
    let of = |matter: &usize| match matter {
        0 => vec![Axis::Of(Dimension::Gender)],
        1 => vec![Axis::Of(Dimension::Sector)],
        2 => vec![Axis::Of(Dimension::Organisation)],
        3 => vec![Axis::Of(Dimension::SubCounty), Axis::Of(Dimension::Ward)],
        _ => vec![
            Axis::Of(Dimension::Status),
            Axis::Of(Dimension::Outcome),
            Axis::Whether(Measure::Open),
            Axis::Whether(Measure::Confirmed),
        ],
    };
    told.iter().flat_map(of).collect()
}

/// The words of an axis that somebody could be of.
pub(super) fn keys(axis: Axis, told: &[usize]) -> Vec<Key> {
    let mut keys: Vec<Key> = all_complaints(told)
        .iter()
        .map(|one| key(axis, one))
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// As the store reads it.
pub(super) fn fact(complaint: &Complaint, opened_at: i64, codes: &mut Codes) -> Fact {
    let mut of = |axis| -> Option<Code> { key(axis, complaint).map(|word| codes.code(&word)) };
    let dimension = |dimension| Axis::Of(dimension);
    let [gender, sector, holder, place, status, closed_as] = [
        Dimension::Gender,
        Dimension::Sector,
        Dimension::Organisation,
        Dimension::Ward,
        Dimension::Status,
        Dimension::Outcome,
    ]
    .map(|one| of(dimension(one)));
    let due = opened_at + 30 * 86_400_000;
    Fact {
        place,
        sector,
        status: status.unwrap(),
        holder: holder.unwrap(),
        closed_as,
        gender,
        opened_at,
        next_due: due,
        due: [due; 3],
        ..some(codes)
    }
}

/// A day of each month that is told.
pub(super) const MONTHS: [&str; 2] = ["2026-10", "2026-11"];

pub(super) fn lodged(month: usize) -> i64 {
    at(&format!("{}-05T09:00:00Z", MONTHS[month]))
}

/// The county, on 15 December.
pub(super) struct Town {
    places: Places,
    calendars: Calendars,
}

impl Town {
    pub(super) fn new() -> Self {
        Self {
            places: Places::load("places.csv", PLACES).unwrap(),
            calendars: Calendars::default(),
        }
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            places: &self.places,
            counties: vec![(CountyId::new("wajir"), chrono_tz::Africa::Nairobi)],
            calendars: &self.calendars,
            now: "2026-12-15T09:00:00Z".parse().unwrap(),
            archive: Box::leak(Box::default()),
        }
    }
}
