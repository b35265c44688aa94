//! Where a place is on a map of tiles.

/// A tile: which column, counted from the west, and which row, counted from the north; both from 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// From the west.
    pub column: u8,
    /// From the north.
    pub row: u8,
}

impl Tile {
    /// `2,1`; `None`: it is no tile.
    pub fn from_words(words: &str) -> Option<Self> {
        let (column, row) = words.split_once(',')?;
        let number = |word: &str| word.trim().parse().ok().filter(|at| (1..=99).contains(at));
        Some(Self {
            column: number(column)?,
            row: number(row)?,
        })
    }
}
