//! Where the lines of a text begin. A file of 4 MiB may be wrong in 100,000 places, and counting lines from the top for each
//! would take minutes.

/// The offset of each line.
#[derive(Clone, Debug)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds them.
    pub fn of(text: &str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self(std::iter::once(0).chain(starts).collect())
    }

    /// The line of an offset, from 1.
    pub fn number(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    /// Where a line begins; past the last line there is nothing.
    pub fn start(&self, number: usize) -> Option<usize> {
        self.0.get(number.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_offset_is_on_a_line_that_begins_before_it() {
        let lines = Lines::of("one\n\nthree");
        let numbers: Vec<_> = [0, 3, 4, 5, 9, 99].map(|at| lines.number(at)).into();
        assert_eq!(numbers, [1, 1, 2, 3, 3, 3]);
        let starts: Vec<_> = [0, 1, 2, 3, 4].map(|number| lines.start(number)).into();
        assert_eq!(starts, [None, Some(0), Some(4), Some(5), None]);
    }
}
