//! What is hidden, so that nothing hidden can be computed.

use super::tables::{FEWEST, Spot, Tables};
use super::twin::{Matter, Twins, cost_of};

/// Hides what must be.
pub(super) fn hide(tables: &mut Tables, complaints: &[Vec<usize>]) {
    for axis in 0..tables.axes.len() {
        hide_categories(tables, axis);
    }
    let matters = Matter::all(tables);
    for matter in matters.iter().filter(|matter| matter.axes.len() > 1) {
        hide_what_depends(tables, &matter.axes, complaints);
    }
    let pairs = tables.pairs();
    for (rows, columns) in &pairs {
        hide_small_cells(tables, *rows, *columns);
    }
    let twins = Twins::new(tables, complaints, &matters);
    for (rows, columns) in &pairs {
        for (row, column) in twins.wanted(tables, *rows, *columns) {
            for place in twins.cheapest(tables, row, column) {
                tables.hide_at(place);
            }
        }
    }
    for (rows, columns) in pairs {
        while hide_lonely_cells(tables, rows, columns) | hide_lonely_cells(tables, columns, rows) {}
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

/// Of axes that depend on each other, a hidden category needs more: that some complaint could be of it or not while all that these axes
/// show stays. So what it would be instead is hidden on each of them.
fn hide_what_depends(tables: &mut Tables, axes: &[usize], complaints: &[Vec<usize>]) {
    let part = |complaint: &Vec<usize>| -> Vec<Spot> {
        let spot = |axis: &usize| complaint.get(*axis).map(|category| (*axis, *category));
        axes.iter().filter_map(spot).collect()
    };
    let mut ways: Vec<Vec<Spot>> = complaints.iter().map(part).collect();
    ways.sort_unstable();
    ways.dedup();
    let small: Vec<Spot> = axes
        .iter()
        .flat_map(|axis| tables.spots(*axis))
        .filter(|spot| (1..FEWEST).contains(&tables.one(*spot).count))
        .collect();
    for spot in small {
        let (with, without): (Vec<_>, Vec<_>) = ways.iter().partition(|way| way.contains(&spot));
        let pairs = with
            .iter()
            .flat_map(|one| without.iter().map(move |other| (one, other)));
        let both_ways = pairs.flat_map(|(one, other)| [(one, other), (other, one)]);
        let cost = |(from, to): &(&&Vec<Spot>, &&Vec<Spot>)| -> u64 {
            let changed = from.iter().zip(to.iter()).filter(|(from, to)| from != to);
            changed
                .map(|(from, to)| cost_of(tables.one(*from), -1) + cost_of(tables.one(*to), 1))
                .sum()
        };
        if let Some((from, to)) = both_ways.min_by_key(cost) {
            let changed = from.iter().zip(to.iter()).filter(|(from, to)| from != to);
            for spot in changed.flat_map(|(from, to)| [*from, *to]) {
                tables.hide_one(spot);
            }
        }
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
