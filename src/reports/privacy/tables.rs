//! All tables by one and by two that outsiders may see of a month, as numbers.

use super::axis::Axis;

/// Under so many, somebody could be known by it.
pub const FEWEST: u32 = 5;

/// An axis and one of its categories, by their numbers.
pub(super) type Spot = (usize, usize);

/// One figure.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    pub(super) count: u32,
    pub(super) is_hidden: bool,
}

impl Cell {
    /// How many it tells of; `None`: it is hidden.
    pub(super) fn told(self) -> Option<u32> {
        (!self.is_hidden).then_some(self.count)
    }
}

/// The tables.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) axes: Vec<Axis>,
    /// The tables by one: each axis's categories.
    pub(super) ones: Vec<Vec<Cell>>,
    /// The tables by two, one after the other, row by row.
    twos: Vec<Cell>,
    /// Where the table of two axes begins; `None`: there is none.
    begins: Vec<Option<usize>>,
}

impl Tables {
    /// Counted over all complaints, each of which is its category of each axis. Nothing is hidden yet.
    pub(super) fn new(axes: Vec<Axis>, sizes: &[usize], complaints: &[Vec<usize>]) -> Self {
        let mut tables = Self {
            ones: sizes
                .iter()
                .map(|size| vec![Cell::default(); *size])
                .collect(),
            twos: Vec::new(),
            begins: Vec::new(),
            axes,
        };
        let mut end = 0;
        for (one, rows) in tables.axes.iter().zip(sizes) {
            for (other, columns) in tables.axes.iter().zip(sizes) {
                let is_table = one.is_told_by(*other);
                tables.begins.push(is_table.then_some(end));
                end += if is_table { rows * columns } else { 0 };
            }
        }
        tables.twos = vec![Cell::default(); end];
        for complaint in complaints {
            tables.count(complaint);
        }
        tables
    }

    fn count(&mut self, complaint: &[usize]) {
        for (axis, category) in complaint.iter().copied().enumerate() {
            if let Some(cell) = self.one_mut((axis, category)) {
                cell.count += 1;
            }
            for other in complaint.iter().copied().enumerate().skip(axis + 1) {
                if let Some(cell) = self.two_mut((axis, category), other) {
                    cell.count += 1;
                }
            }
        }
    }

    /// The pairs of axes that have a table.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let axes = 0..self.axes.len();
        axes.clone()
            .flat_map(|one| axes.clone().skip(one + 1).map(move |other| (one, other)))
            .filter(|(one, other)| self.sheet(*one, *other).is_some())
            .collect()
    }

    /// An axis's categories.
    pub(super) fn spots(&self, axis: usize) -> impl Iterator<Item = Spot> + use<> {
        let size = self.ones.get(axis).map_or(0, Vec::len);
        (0..size).map(move |category| (axis, category))
    }

    /// The figure of one category.
    pub(super) fn one(&self, (axis, category): Spot) -> Cell {
        let cell = self.ones.get(axis).and_then(|all| all.get(category));
        cell.copied().unwrap_or_default()
    }

    fn one_mut(&mut self, (axis, category): Spot) -> Option<&mut Cell> {
        self.ones.get_mut(axis)?.get_mut(category)
    }

    /// The figure of two; `None`: no table has them.
    pub(super) fn two(&self, one: Spot, other: Spot) -> Option<Cell> {
        self.twos.get(self.place(one, other)?).copied()
    }

    fn two_mut(&mut self, one: Spot, other: Spot) -> Option<&mut Cell> {
        let place = self.place(one, other)?;
        self.twos.get_mut(place)
    }

    /// The figure at that place of a table by two.
    pub(super) fn at(&self, place: usize) -> Cell {
        self.twos.get(place).copied().unwrap_or_default()
    }

    /// How many figures are hidden.
    pub(super) fn hidden(&self) -> usize {
        let all = self.ones.iter().flatten().chain(&self.twos);
        all.filter(|cell| cell.is_hidden).count()
    }

    pub(super) fn hide_one(&mut self, spot: Spot) {
        if let Some(cell) = self.one_mut(spot) {
            cell.is_hidden = true;
        }
    }

    pub(super) fn hide_two(&mut self, one: Spot, other: Spot) {
        if let Some(place) = self.place(one, other) {
            self.hide_at(place);
        }
    }

    pub(super) fn hide_at(&mut self, place: usize) {
        if let Some(cell) = self.twos.get_mut(place) {
            cell.is_hidden = true;
        }
    }

    fn place(&self, one: Spot, other: Spot) -> Option<usize> {
        Some(self.sheet(one.0, other.0)?.place(one.1, other.1))
    }

    /// The table of two axes, whichever is named first; `None`: there is none.
    pub(super) fn sheet(&self, axis: usize, by: usize) -> Option<Sheet> {
        let (rows, columns) = (axis.min(by), axis.max(by));
        let begins = *self.begins.get(rows * self.axes.len() + columns)?;
        let width = self.ones.get(columns)?.len();
        let (step, step_by) = if axis < by { (width, 1) } else { (1, width) };
        Some(Sheet {
            axis,
            by,
            begins: begins?,
            step,
            step_by,
        })
    }
}

/// Where the table of two axes is, among all by two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    pub(super) axis: usize,
    pub(super) by: usize,
    begins: usize,
    /// From one category of each to the next.
    step: usize,
    step_by: usize,
}

impl Sheet {
    /// The place of a category of the one axis and one of the other.
    pub(super) fn place(&self, category: usize, by: usize) -> usize {
        self.begins + category * self.step + by * self.step_by
    }
}
