//! How what is hidden of a month is kept: as text, in words that stay what they are.
//!
//! `{"few": false, "left_out": {…}, "axes": [{"by": "gender", "of": ["woman", null], "hidden": "01"}], "tables": [[0, 1, "0110"]]}`: each
//! axis with its categories, then the tables by two of them, row by row; 1 is a figure that is hidden. How many there are is not in it.
//!
//! A later version may know other axes, and tell other pairs of them: what a month was not protected by is not told of it.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::json;

use super::super::{Key, LeftOut, Period};
use super::axis::Axis;
use super::protection::{ByOne, Protection};

#[derive(Deserialize)]
struct Kept {
    few: bool,
    left_out: KeptLeftOut,
    axes: Vec<KeptAxis>,
    tables: Vec<(usize, usize, String)>,
}

#[derive(Deserialize)]
struct KeptLeftOut {
    not_complaints: u64,
    merged: u64,
    sensitive: u64,
}

#[derive(Deserialize)]
struct KeptAxis {
    by: String,
    of: Vec<Option<String>>,
    hidden: String,
}

impl Protection {
    /// As it is kept.
    pub fn to_kept(&self) -> String {
        let LeftOut {
            not_complaints,
            merged,
            sensitive,
        } = self.left_out;
        let axis = |one: &ByOne| {
            let mut categories: Vec<(&Key, &usize)> = one.places.iter().collect();
            categories.sort_by_key(|(_, place)| **place);
            json!({
                "by": one.axis.map(Axis::kept_as),
                "of": categories.iter().map(|(key, _)| key.as_deref()).collect::<Vec<_>>(),
                "hidden": bits(&one.hidden),
            })
        };
        let mut tables: Vec<_> = self.by_two.iter().collect();
        tables.sort_by_key(|(axes, _)| **axes);
        let table = |((rows, columns), hidden): &(&(usize, usize), &Vec<bool>)| {
            json!([rows, columns, bits(hidden)])
        };
        json!({
            "few": self.is_hidden,
            "left_out": { "not_complaints": not_complaints, "merged": merged, "sensitive": sensitive },
            "axes": self.by_one.iter().map(axis).collect::<Vec<_>>(),
            "tables": tables.iter().map(table).collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// What is kept of that month; `None`: it is not what was written.
    pub fn of_kept(period: Period, kept: &str) -> Option<Self> {
        let kept: Kept = serde_json::from_str(kept).ok()?;
        let by_one: Option<Vec<ByOne>> = kept.axes.into_iter().map(by_one).collect();
        let by_one = by_one?;
        let size = |axis: usize| by_one.get(axis).map(|one| one.hidden.len());
        let table = |(rows, columns, hidden): (usize, usize, String)| {
            let hidden = flags(&hidden, size(rows)?.checked_mul(size(columns)?)?)?;
            (rows < columns).then_some(((rows, columns), hidden))
        };
        let by_two: Option<HashMap<_, _>> = kept.tables.into_iter().map(table).collect();
        Some(Self {
            period,
            is_hidden: kept.few,
            left_out: LeftOut {
                not_complaints: kept.left_out.not_complaints,
                merged: kept.left_out.merged,
                sensitive: kept.left_out.sensitive,
            },
            by_two: by_two?,
            by_one,
        })
    }
}

fn by_one(kept: KeptAxis) -> Option<ByOne> {
    let hidden = flags(&kept.hidden, kept.of.len())?;
    let keys = kept.of.into_iter().map(|key| key.map(Into::into));
    let places: HashMap<Key, usize> = keys.zip(0..).collect();
    (places.len() == hidden.len()).then_some(ByOne {
        axis: Axis::of_kept(&kept.by),
        places,
        hidden,
    })
}

fn bits(hidden: &[bool]) -> String {
    let bit = |hidden: &bool| if *hidden { '1' } else { '0' };
    hidden.iter().map(bit).collect()
}

/// So many; `None`: there are more or fewer, or something else among them.
fn flags(bits: &str, count: usize) -> Option<Vec<bool>> {
    let flag = |bit| match bit {
        '0' => Some(false),
        '1' => Some(true),
        _ => None,
    };
    let flags: Vec<bool> = bits.chars().map(flag).collect::<Option<_>>()?;
    (flags.len() == count).then_some(flags)
}
