//! Counting: facts in, one after the other, an answer out.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use rustc_hash::FxHashMap;

use super::answer::{self, Answer, LeftOut};
use super::key::Keys;
use super::period;
use super::tally::{Measured, Tally};
use super::{
    Code, Codes, Days, Dimension, Fact, Field, Figure, Ground, Key, Measure, Period, Piece,
    Question, Reached, Spread, Stage,
};

/// Where a complaint belongs: its row and its column.
type Place = [Option<Code>; 2];

/// Counts what one question asks for.
pub struct Count<'a> {
    question: Question,
    pub(super) keys: Keys<'a>,
    only: HashMap<Dimension, HashSet<Option<Code>>>,
    words: Words,
    /// Whether what is sensitive is but one figure beside the table.
    sensitive_apart: bool,
    cells: FxHashMap<Place, Tally>,
    left_out: LeftOut,
    /// Of hops: the complaint that was left out last.
    apart_last: Option<i64>,
    /// The last moment (UTC milliseconds) at which it comes to the same, if nothing else changes: then something that was counted is late.
    holds_until: i64,
}

/// The codes of words that are counted by.
struct Words {
    closed: Code,
    resolved: Code,
    confirmed: Code,
    unconfirmed: Code,
    not_solved: Code,
    not_a_complaint: Code,
    merged: Code,
    woman: Code,
}

impl<'a> Count<'a> {
    /// Nothing is counted yet. What is sensitive is counted apart for those who do not work on it.
    pub fn new(
        question: Question,
        ground: Ground<'a>,
        sensitive_apart: bool,
        codes: &mut Codes,
    ) -> Self {
        let mut only: HashMap<Dimension, HashSet<Option<Code>>> = HashMap::new();
        for (dimension, value) in question.filters() {
            let value = value.as_deref().map(|value| codes.code(value));
            only.entry(*dimension).or_default().insert(value);
        }
        Self {
            keys: Keys::new(ground, question.period, codes),
            question,
            only,
            words: Words::new(codes),
            sensitive_apart,
            cells: FxHashMap::default(),
            left_out: LeftOut::default(),
            apart_last: None,
            holds_until: i64::MAX,
        }
    }

    /// Counts one, if the question is about it.
    pub fn add(&mut self, fact: &Fact, codes: &mut Codes) {
        if self.takes(fact, codes) {
            let mut place = [None; 2];
            for (at, dimension) in place.iter_mut().zip(self.question.by()) {
                *at = self.keys.key(*dimension, fact, codes);
            }
            let measured = self.measured(self.question.measure, fact);
            self.cells.entry(place).or_default().add(measured);
            if let Some(due) = self.becomes_late(fact) {
                self.holds_until = self.holds_until.min(due);
            }
        }
    }

    /// Adds what another counted of other complaints, with the same codes.
    pub fn join(&mut self, other: Self) {
        for (place, tally) in other.cells {
            match self.cells.entry(place) {
                Entry::Vacant(entry) => {
                    entry.insert(tally);
                }
                Entry::Occupied(mut entry) => entry.get_mut().join(&tally),
            }
        }
        self.left_out.join(other.left_out);
    }

    /// Adds what was counted before of other complaints.
    pub fn join_piece(&mut self, piece: &Piece, codes: &mut Codes) {
        for (place, packed) in &piece.cells {
            let place = place.each_ref();
            let place = place.map(|key| key.as_deref().map(|word| codes.code(word)));
            self.cells.entry(place).or_default().unpack(packed);
        }
        self.left_out.join(piece.left_out);
    }

    /// What it came to, for keeping.
    pub fn piece(&self, codes: &Codes) -> Piece {
        let word = |code: Option<Code>| code.map(|code| codes.word(code));
        let cells = self.cells.iter();
        Piece {
            cells: cells
                .map(|(place, tally)| (place.map(word), tally.packed()))
                .collect(),
            left_out: self.left_out,
            holds: (self.keys.ground.now.timestamp_millis(), self.holds_until),
        }
    }

    /// Counts all that were lodged in a month, or in a part of one, and what is left out of them: of a question of lodging alone
    /// ([`Question::is_of_lodging_alone`]).
    pub fn add_lodged(&mut self, month: &Period, all: u64, left_out: LeftOut, codes: &mut Codes) {
        let mut place = [None; 2];
        for (at, dimension) in place.iter_mut().zip(self.question.by()) {
            *at = Some(codes.code(&period::key(*dimension, month.from)));
        }
        let counted = all - left_out.all();
        if counted > 0 {
            self.cells.entry(place).or_default().add_counted(counted);
        }
        self.left_out.join(left_out);
    }

    /// What is counted.
    pub(super) fn question(&self) -> &Question {
        &self.question
    }

    /// Whether it looks at that one.
    pub fn needs(&self, field: Field) -> bool {
        self.question.needs(field) || (field == Field::Sensitive && self.sensitive_apart)
    }

    /// Whether it belongs into the table; what does not though the question is about it is counted apart.
    pub(super) fn takes(&mut self, fact: &Fact, codes: &mut Codes) -> bool {
        if !self.keys.is_in_period(fact) || !self.is_asked_for(fact, codes) {
            return false;
        }
        let apart = if fact.closed_as == Some(self.words.not_a_complaint) {
            &mut self.left_out.not_complaints
        } else if fact.closed_as == Some(self.words.merged) {
            &mut self.left_out.merged
        } else if fact.sensitive && self.sensitive_apart {
            &mut self.left_out.sensitive
        } else {
            return true;
        };
        // The hops of a complaint come one after the other.
        let is_first = fact.held.is_none() || self.apart_last.replace(fact.id) != Some(fact.id);
        *apart += u64::from(is_first);
        false
    }

    fn is_asked_for(&mut self, fact: &Fact, codes: &mut Codes) -> bool {
        let Self { only, keys, .. } = self;
        only.iter()
            .all(|(dimension, values)| values.contains(&keys.key(*dimension, fact, codes)))
    }

    pub(super) fn measured(&self, measure: Measure, fact: &Fact) -> Measured {
        let words = &self.words;
        let is_open = fact.status != words.closed;
        let now = self.keys.ground.now.timestamp_millis();
        match measure {
            Measure::Complaints | Measure::PerInhabitants => Measured::One(true),
            Measure::Open => Measured::One(is_open),
            Measure::Overdue => {
                Measured::One(is_open && fact.status != words.resolved && fact.next_due < now)
            }
            Measure::Returned => Measured::One(fact.returns > 0),
            Measure::Reopened => Measured::One(fact.reopens > 0),
            Measure::Confirmed => Measured::One(fact.closed_as == Some(words.confirmed)),
            Measure::Unconfirmed => Measured::One(fact.closed_as == Some(words.unconfirmed)),
            Measure::NotSolved => Measured::One(
                fact.closed_as == Some(words.not_solved)
                    || (is_open && fact.reopens > 0 && fact.status != words.resolved),
            ),
            Measure::WomensShare => match fact.gender {
                Some(gender) => Measured::One(gender == words.woman),
                None => Measured::Nothing,
            },
            Measure::InTime(stage) => self.in_time(fact, stage, now),
            Measure::Time(_, days, stage) => match self.reached(fact, stage) {
                Some(at) => self.span(fact, days, fact.opened_at, at),
                None => Measured::Nothing,
            },
            Measure::Held(_, days) => match fact.held {
                Some((from, to)) => self.span(fact, days, from, to),
                None => Measured::Nothing,
            },
        }
    }

    /// What got there counts; what did not counts from its deadline on, unless it was over before.
    fn in_time(&self, fact: &Fact, stage: Stage, now: i64) -> Measured {
        match with_deadline(fact, stage) {
            Some((Some(reached), _)) => Measured::One(!reached.late),
            Some((None, due)) if fact.status != self.words.closed && due < now => {
                Measured::One(false)
            }
            _ => Measured::Nothing,
        }
    }

    /// Until when what it adds stays: then it is late.
    fn becomes_late(&self, fact: &Fact) -> Option<i64> {
        let is_open = fact.status != self.words.closed;
        let due = match self.question.measure {
            Measure::Overdue if is_open && fact.status != self.words.resolved => {
                Some(fact.next_due)
            }
            Measure::InTime(stage) if is_open => match with_deadline(fact, stage)? {
                (None, due) => Some(due),
                (Some(_), _) => None,
            },
            _ => None,
        };
        due.filter(|due| *due >= self.keys.ground.now.timestamp_millis())
    }

    /// When it got so far.
    fn reached(&self, fact: &Fact, stage: Stage) -> Option<i64> {
        let [accepted, acted, resolved] = fact.reached;
        let at = |reached: Option<Reached>| reached.map(|reached| reached.at);
        match stage {
            Stage::Refer => fact.referred_at,
            Stage::Accept => at(accepted),
            Stage::Act => at(acted),
            Stage::Resolve => at(resolved),
            Stage::Confirm => {
                (fact.closed_as == Some(self.words.confirmed)).then_some(fact.next_due)
            }
        }
    }

    fn span(&self, fact: &Fact, days: Days, from: i64, to: i64) -> Measured {
        Measured::Took(match days {
            Days::Calendar => (to - from).max(0),
            Days::Working => self.keys.working_days(fact, from, to),
        })
    }

    /// How long all of them took; `None`: no time was asked for, or none took any. It is not part of the answer, so that nobody is shown
    /// small figures by oversight.
    pub fn spread(&self) -> Option<Spread> {
        let days = self.question.measure.days()?;
        let times = self.cells.values().flat_map(Tally::times);
        Spread::of(times.collect(), days)
    }

    /// What was counted.
    pub fn answer(self, codes: &Codes) -> Answer {
        let mut rows: HashMap<Option<Code>, Tally> = HashMap::new();
        let mut columns: HashMap<Option<Code>, Tally> = HashMap::new();
        let mut all = Tally::default();
        for ([row, column], tally) in &self.cells {
            rows.entry(*row).or_default().join(tally);
            columns.entry(*column).or_default().join(tally);
            all.join(tally);
        }
        let word = |code: Option<Code>| code.map(|code| codes.word(code));
        let mut by_row = self.headed(self.question.rows(), rows, word);
        let mut by_column = self.headed(self.question.columns(), columns, word);
        let mut cells: HashMap<(Key, Key), Tally> = self
            .cells
            .into_iter()
            .map(|([row, column], tally)| ((word(row), word(column)), tally))
            .collect();
        let measure = self.question.measure;
        let ground = &self.keys.ground;
        let question = &self.question;
        let figure = |tally: &mut Tally, place: [Option<&Key>; 2]| {
            tally.figure(measure, || ground.inhabitants(question, place))
        };
        let mut grid = Vec::new();
        for (row, _) in &by_row {
            let mut line = Vec::new();
            for (column, _) in &by_column {
                let mut tally = cells
                    .remove(&(row.clone(), column.clone()))
                    .unwrap_or_default();
                line.push(figure(&mut tally, [Some(row), Some(column)]));
            }
            grid.push(line);
        }
        let total = figure(&mut all, [None, None]);
        let row_totals: Vec<Figure> = by_row
            .iter_mut()
            .map(|(row, tally)| figure(tally, [Some(row), None]))
            .collect();
        let column_totals: Vec<Figure> = by_column
            .iter_mut()
            .map(|(column, tally)| figure(tally, [None, Some(column)]))
            .collect();
        Answer {
            rows: by_row.into_iter().map(|(row, _)| row).collect(),
            columns: by_column.into_iter().map(|(column, _)| column).collect(),
            cells: grid,
            row_totals,
            column_totals,
            total,
            left_out: self.left_out,
            question: self.question,
        }
    }

    /// The rows, or the columns, in the order in which they are shown.
    fn headed(
        &self,
        dimension: Option<Dimension>,
        mut tallies: HashMap<Option<Code>, Tally>,
        word: impl Fn(Option<Code>) -> Key,
    ) -> Vec<(Key, Tally)> {
        let Some(dimension) = dimension else {
            return Vec::new();
        };
        let mut headed: Vec<(Key, Tally)> = tallies
            .drain()
            .map(|(code, tally)| (word(code), tally))
            .collect();
        let always = self.keys.always(dimension);
        let missing = dimension.may_be_missing().then_some(None);
        let shown = always.iter().map(|word| Some(word.as_str().into()));
        for key in shown.chain(missing) {
            if !headed.iter().any(|(one, _)| *one == key) {
                headed.push((key, Tally::default()));
            }
        }
        headed.sort_by(|(one, tally), (other, of_other)| {
            answer::order(
                dimension,
                &always,
                (one, tally.size()),
                (other, of_other.size()),
            )
        });
        headed
    }
}

/// When it got so far, and by when it was to; `None`: that has no deadline.
fn with_deadline(fact: &Fact, stage: Stage) -> Option<(Option<Reached>, i64)> {
    let at = Stage::WITH_DEADLINE.iter().position(|one| *one == stage)?;
    Some((*fact.reached.get(at)?, *fact.due.get(at)?))
}

impl Words {
    fn new(codes: &mut Codes) -> Self {
        let mut code = |word| codes.code(word);
        Self {
            closed: code("closed"),
            resolved: code("resolved"),
            confirmed: code("confirmed"),
            unconfirmed: code("unconfirmed"),
            not_solved: code("not_solved"),
            not_a_complaint: code("not_a_complaint"),
            merged: code("merged"),
            woman: code("woman"),
        }
    }
}
