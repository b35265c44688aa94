//! Where a quote is not closed, what stands behind it is read as one cell, up to the next quote. Mostly it shows: the row has too few
//! cells, or too many. It does not where that quote stands in the same column of a later row: then two rows pass as one.
//!
//! What quotes were there is no longer known when a row was parted into cells; but a cell that swallowed rows holds just what is missing of
//! the one and of the other. A text of several lines may look so by chance, so that it is a doubt and no mistake.

/// Whether a cell, by its place in a row of so many columns, holds the end of one row and the beginning of another.
pub(super) fn has_swallowed(cell: &[u8], at: usize, columns: usize, separator: u8) -> bool {
    let parts = |line: &[u8]| line.iter().filter(|byte| **byte == separator).count();
    let mut lines = lines(cell);
    let (Some(first), Some(last)) = (lines.next(), lines.next_back()) else {
        return false;
    };
    columns > 1
        && parts(first) + at + 1 == columns
        && parts(last) == at
        && lines.all(|line| parts(line) + 1 == columns)
}

/// Whether the name of a column goes on into rows: nobody knows yet how many columns there are.
pub(super) fn runs_on(name: &[u8], separator: u8) -> bool {
    let mut lines = lines(name);
    let last = lines.next_back();
    lines.next().is_some() && last.is_some_and(|last| last.contains(&separator))
}

fn lines(cell: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    let end = if cell.contains(&b'\n') { b'\n' } else { b'\r' };
    cell.split(move |byte| *byte == end)
}
