//! What is hidden, so that nothing hidden can be computed.

use std::collections::BTreeMap;

use super::alike::Alike;
use super::few::{Cover, Few, Part};
use super::tables::{FEWEST, Spot, Tables};
use super::twin::{Matter, Twins, cost_of};

/// Hides what must be. `together`: categories of one axis that are told as one figure.
pub(super) fn hide(tables: &mut Tables, complaints: &[Vec<usize>], together: &[Part]) {
    for axis in 0..tables.axes.len() {
        hide_categories(tables, axis);
    }
    let matters = Matter::all(tables);
    let mut covers = Vec::new();
    let mut alike = Alike::default();
    for matter in &matters {
        let ways = ways(&matter.axes, complaints);
        alike.add(&ways);
        if matter.axes.len() > 1 {
            let of_matter = Cover::all(tables, &matter.axes, together, &ways);
            hide_what_depends(tables, &matter.axes, &alike, &of_matter, &ways);
            covers.extend(of_matter.into_iter().map(|cover| (cover, &matter.axes)));
        }
    }
    let pairs = tables.pairs();
    for (rows, columns) in &pairs {
        hide_small_cells(tables, *rows, *columns);
    }
    let twins = Twins::new(tables, complaints, &matters);
    for (rows, columns) in &pairs {
        for (row, column) in twins.wanted(tables, *rows, *columns) {
            hide_with_a_twin(tables, &twins, &Few::of(row), column);
        }
    }
    hide_all_lonely_cells(tables, &pairs);
    until_nothing_more_is_hidden(tables, |tables| {
        for (cover, axes) in &covers {
            for column in cover.columns(tables, axes) {
                for few in cover.rests(|spot| alike.told(tables, spot, column).is_some()) {
                    if few.is_few(|spot| alike.told(tables, spot, column)) {
                        hide_with_a_twin(tables, &twins, &few, column);
                    }
                    // There is no twin: nobody else is so.
                    if few.is_few(|spot| alike.told(tables, spot, column)) {
                        few.of
                            .iter()
                            .for_each(|spot| alike.hide(tables, *spot, column));
                    }
                }
            }
        }
        for nested in alike.nested() {
            if alike.tells_few(tables, nested) {
                let few = nested.map(|[whole, part]| Few::without(whole, part));
                for place in twins.between(tables, &few) {
                    tables.hide_at(place);
                }
            }
            if alike.tells_few(tables, nested) {
                let [[row, _], [column, _]] = nested;
                alike.hide(tables, row, column);
            }
        }
        hide_all_lonely_cells(tables, &pairs);
    });
}

/// Hides again and again: what is left of a part without those within it that are shown is another when one of these is hidden.
fn until_nothing_more_is_hidden(tables: &mut Tables, hide: impl Fn(&mut Tables)) {
    loop {
        let before = tables.hidden();
        hide(tables);
        if tables.hidden() == before {
            return;
        }
    }
}

/// In which ways complaints are, of axes that depend on each other: their spots, and how many are so.
fn ways(axes: &[usize], complaints: &[Vec<usize>]) -> Vec<(Vec<Spot>, u32)> {
    let mut ways: BTreeMap<Vec<Spot>, u32> = BTreeMap::new();
    for complaint in complaints {
        let spot = |axis: &usize| complaint.get(*axis).map(|category| (*axis, *category));
        *ways
            .entry(axes.iter().filter_map(spot).collect())
            .or_default() += 1;
    }
    ways.into_iter().collect()
}

fn hide_with_a_twin(tables: &mut Tables, twins: &Twins<'_>, few: &Few, column: Spot) {
    for place in twins.cheapest(tables, few, column) {
        tables.hide_at(place);
    }
}

fn hide_all_lonely_cells(tables: &mut Tables, pairs: &[(usize, usize)]) {
    for (rows, columns) in pairs {
        while hide_lonely_cells(tables, *rows, *columns)
            | hide_lonely_cells(tables, *columns, *rows)
        {}
    }
}

/// Whether so many hidden cells that together have so many say nothing of one of them: two at least, five together, and one of them
/// more than one. Of five cells that seem to have somebody each, and have five together, each has one.
fn is_enough(hidden: u32, together: u32) -> bool {
    hidden > 1 && together >= FEWEST && together > hidden
}

/// Categories of 1 to 4; and then the next larger ones, until it is enough.
fn hide_categories(tables: &mut Tables, axis: usize) {
    let mut spots: Vec<Spot> = tables.spots(axis).collect();
    spots.retain(|spot| tables.one(*spot).count > 0);
    spots.sort_by_key(|spot| tables.one(*spot).count);
    let (mut hidden, mut together) = (0, 0);
    for spot in spots {
        let count = tables.one(spot).count;
        if count >= FEWEST && (hidden == 0 || is_enough(hidden, together)) {
            break;
        }
        tables.hide_one(spot);
        hidden += 1;
        together += count;
    }
}

/// Of axes that depend on each other, few need more: that some complaint could be of them or not while all that these axes show stays. So
/// what it would be instead is hidden on each of them.
fn hide_what_depends(
    tables: &mut Tables,
    axes: &[usize],
    alike: &Alike,
    covers: &[Cover],
    ways: &[(Vec<Spot>, u32)],
) {
    let spots = axes.iter().flat_map(|axis| tables.spots(*axis));
    let small = spots.filter(|spot| (1..FEWEST).contains(&tables.one(*spot).count));
    let small: Vec<Few> = small.map(Few::of).collect();
    for few in &small {
        hide_what_it_would_be(tables, few, ways);
    }
    until_nothing_more_is_hidden(tables, |tables| {
        for cover in covers {
            for few in cover.rests(|spot| alike.told_alone(tables, spot).is_some()) {
                if few.is_few(|spot| alike.told_alone(tables, spot)) {
                    hide_what_it_would_be(tables, &few, ways);
                }
            }
        }
    });
}

/// Hides what differs between two ways, of which one is of the few: those two that cost least.
fn hide_what_it_would_be(tables: &mut Tables, few: &Few, ways: &[(Vec<Spot>, u32)]) {
    let ways = ways.iter().map(|(way, _)| way);
    let (with, without): (Vec<_>, Vec<_>) = ways.partition(|way| few.has_way(way));
    let pairs = with
        .iter()
        .flat_map(|one| without.iter().map(move |other| (*one, *other)));
    let both_ways = pairs.flat_map(|(one, other)| [(one, other), (other, one)]);
    let changed = |(from, to): (&Vec<Spot>, &Vec<Spot>)| -> Vec<(Spot, Spot)> {
        let both = from.iter().copied().zip(to.iter().copied());
        both.filter(|(from, to)| from != to).collect()
    };
    let cost = |swap: &(&Vec<Spot>, &Vec<Spot>)| -> u64 {
        let changed = changed(*swap).into_iter();
        changed
            .map(|(from, to)| cost_of(tables.one(from), -1) + cost_of(tables.one(to), 1))
            .sum()
    };
    let cheapest = both_ways.min_by_key(cost);
    for (from, to) in cheapest.map(changed).unwrap_or_default() {
        tables.hide_one(from);
        tables.hide_one(to);
    }
}

/// Cells of 1 to 4, and all cells of a hidden category.
fn hide_small_cells(tables: &mut Tables, rows: usize, columns: usize) {
    for row in tables.spots(rows) {
        for column in tables.spots(columns) {
            let count = tables.two(row, column).unwrap_or_default().count;
            let is_small = (1..FEWEST).contains(&count);
            if is_small || tables.one(row).is_hidden || tables.one(column).is_hidden {
                tables.hide_two(row, column);
            }
        }
    }
}

/// Hides the next larger cell of each row whose hidden cells are not enough; whether there was one.
fn hide_lonely_cells(tables: &mut Tables, rows: usize, columns: usize) -> bool {
    let mut did = false;
    for row in tables
        .spots(rows)
        .filter(|row| !tables.one(*row).is_hidden)
        .collect::<Vec<_>>()
    {
        let cells = tables
            .spots(columns)
            .filter_map(|column| Some((column, tables.two(row, column)?)));
        let (hidden, shown): (Vec<_>, Vec<_>) = cells
            .filter(|(_, cell)| cell.count > 0)
            .partition(|(_, cell)| cell.is_hidden);
        let together = hidden.iter().map(|(_, cell)| cell.count).sum();
        let hidden = u32::try_from(hidden.len()).unwrap_or(u32::MAX);
        if hidden == 0 || is_enough(hidden, together) {
            continue;
        }
        if let Some((column, _)) = shown.into_iter().min_by_key(|(_, cell)| cell.count) {
            tables.hide_two(row, column);
            did = true;
        }
    }
    did
}
