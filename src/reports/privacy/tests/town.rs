//! A small county, in which complaints are alike in few ways.

use proptest::prelude::*;

use super::super::super::tests::{at, some};
use super::super::super::{Code, Codes, Dimension, Fact, Ground, Key};
use super::super::axis::Axis;
use super::became;
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
const WAYS: [&[(&str, u32)]; BECAME] = [
    &[("woman", 6), ("man", 3), ("", 1)],
    &[("water", 5), ("health", 3), ("roads", 1)],
    &[("wajir-water", 5), ("wajir-health", 3), ("wajir-roads", 1)],
    &[
        ("burder", 5),
        ("dadaja-bulla", 2),
        ("gurar", 3),
        ("", 1),
        ("wajir-south", 1),
    ],
];
/// The last matter: what became of it, one of [`became::ALL`].
pub(super) const BECAME: usize = 4;
pub(super) const MATTERS: usize = BECAME + 1;
/// How often each of the ways is that some of a month may have gone.
const OFTEN: [u32; 6] = [8, 5, 3, 2, 1, 1];

/// A complaint: in which of the ways it is, of each matter.
pub(super) type Complaint = [usize; MATTERS];

/// In what the complaints of a county differ.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) matters: &'static [usize],
    /// The ways that they may have gone, the most frequent first.
    pub(super) became: Vec<usize>,
}

impl Scope {
    /// These matters; and of what became of them, a few of all ways.
    pub(super) fn any(matters: &'static [usize]) -> impl Strategy<Value = Self> {
        let ways: Vec<usize> = (0..became::ALL).collect();
        let some = prop::sample::subsequence(ways, 2..=OFTEN.len()).prop_shuffle();
        some.prop_map(move |became| Self { matters, became })
    }

    /// These matters, and nothing became of them yet.
    pub(super) fn of(matters: &'static [usize]) -> Self {
        let became = vec![0];
        Self { matters, became }
    }

    fn ways(&self, matter: usize) -> Vec<(usize, u32)> {
        if matter == BECAME {
            let often = OFTEN.into_iter().chain(std::iter::repeat(1));
            return self.became.iter().copied().zip(often).collect();
        }
        let often = WAYS[matter].iter().map(|(_, often)| *often);
        often.enumerate().collect()
    }

    /// All complaints that there could be.
    pub(super) fn all(&self) -> Vec<Complaint> {
        let mut all = vec![[0; MATTERS]];
        for matter in self.matters {
            let with = |one: Complaint| {
                let ways = self.ways(*matter).into_iter();
                ways.map(move |(way, _)| {
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
    pub(super) fn month(&self, most: usize) -> impl Strategy<Value = Vec<Complaint>> + use<> {
        let way = |matter: usize| {
            let ways = self.ways(matter).into_iter();
            prop::strategy::Union::new_weighted(
                ways.map(|(way, often)| (often, Just(way))).collect(),
            )
        };
        let matters = self.matters;
        let complaint = (way(0), way(1), way(2), way(3), way(BECAME), 0..10);
        let complaint = complaint.prop_map(move |(gender, sector, holder, place, became, luck)| {
            let holder = if luck < 8 { sector } else { holder };
            let mut complaint = [gender, sector, holder, place, became];
            for (matter, way) in complaint.iter_mut().enumerate() {
                if !matters.contains(&matter) {
                    *way = 0;
                }
            }
            complaint
        });
        prop::collection::vec(complaint, 0..most)
    }

    /// By what they are told apart.
    pub(super) fn axes(&self) -> Vec<Axis> {
        let of = |matter: &usize| match *matter {
            0 => vec![Axis::Of(Dimension::Gender)],
            1 => vec![Axis::Of(Dimension::Sector)],
            2 => vec![Axis::Of(Dimension::Organisation)],
            3 => vec![Axis::Of(Dimension::SubCounty), Axis::Of(Dimension::Ward)],
            _ => {
                let mut axes = vec![Axis::Of(Dimension::Status), Axis::Of(Dimension::Outcome)];
                let measures = Axis::all().into_iter();
                axes.extend(measures.filter(|axis| !matches!(axis, Axis::Of(_))));
                axes
            }
        };
        self.matters.iter().flat_map(of).collect()
    }

    /// The words of an axis that somebody could be of.
    pub(super) fn keys(&self, axis: Axis) -> Vec<Key> {
        let mut keys: Vec<Key> = self.all().iter().map(|one| key(axis, one)).collect();
        keys.sort();
        keys.dedup();
        keys
    }
}

/// What each axis of the matters says of a complaint.
pub(super) fn key(axis: Axis, complaint: &Complaint) -> Key {
    let word =
        |matter: usize| Some(WAYS[matter][complaint[matter]].0).filter(|word| !word.is_empty());
    let became = complaint[BECAME];
    let key = match axis {
        Axis::Of(Dimension::Gender) => word(0),
        Axis::Of(Dimension::Sector) => word(1),
        Axis::Of(Dimension::Organisation) => word(2),
        Axis::Of(Dimension::Ward) => word(3).filter(|place| *place != "wajir-south"),
        Axis::Of(Dimension::SubCounty) => word(3).map(|place| match place {
            "gurar" => "wajir-north",
            _ => "wajir-south",
        }),
        Axis::Of(Dimension::Status) => Some(became::status(became)),
        Axis::Of(Dimension::Outcome) => became::outcome(became),
        measure => became::word(measure, became),
    };
    key.map(Into::into)
}

/// As the store reads it.
pub(super) fn fact(complaint: &Complaint, opened_at: i64, codes: &mut Codes) -> Fact {
    let mut of = |axis| -> Option<Code> { key(axis, complaint).map(|word| codes.code(&word)) };
    let [gender, sector, holder] = [
        Dimension::Gender,
        Dimension::Sector,
        Dimension::Organisation,
    ]
    .map(|one| of(Axis::Of(one)));
    let place = WAYS[3][complaint[3]].0;
    let place = (!place.is_empty()).then(|| codes.code(place));
    let lodged = Fact {
        place,
        sector,
        holder: holder.unwrap(),
        gender,
        opened_at,
        ..some(codes)
    };
    became::gone(lodged, complaint[BECAME], codes)
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
            pieces: Box::leak(Box::default()),
        }
    }
}
