//! All that outsiders may ask of two months, and what they are told.

use std::collections::{BTreeMap, HashMap};

use super::super::super::{
    Answer, Codes, Count, Days, Dimension, Key, Measure, Period, Question, Stage, Statistic, Value,
};
use super::super::axis::Axis;
use super::super::outside::protected_answer;
use super::super::{Month, Protection, may_ask};
use super::attack::Sum;
use super::became;
use super::town::{self, Complaint, MONTHS, Scope, Town};

/// A figure of some answer: of which complaints, by their numbers in [`Asked::all`], how many that are, and what is told.
pub(super) struct Told {
    pub(super) of: Vec<usize>,
    pub(super) truth: u64,
    pub(super) told: Option<u64>,
}

impl Told {
    /// What it says of the sum of those; `None`: it is hidden.
    pub(super) fn sum(&self) -> Option<Sum<'_>> {
        let told = i64::try_from(self.told?).unwrap();
        Some((&self.of, (told, told)))
    }

    /// Of which they are, as a set of so many.
    pub(super) fn set(&self, of: usize) -> Vec<u64> {
        let mut set = vec![0; of.div_ceil(64)];
        for one in &self.of {
            set[one / 64] |= 1 << (one % 64);
        }
        set
    }
}

/// What is asked.
pub(super) struct Asked {
    /// In what complaints differ.
    pub(super) scope: Scope,
    /// Each way in which a complaint could be, in the first month; then the same in the second.
    pub(super) all: Vec<(usize, Complaint)>,
    pub(super) axes: Vec<Axis>,
    /// What each axis says of each of all.
    keys: HashMap<Axis, Vec<Key>>,
}

impl Asked {
    pub(super) fn new(scope: &Scope) -> Self {
        let ways = scope.all();
        let months = 0..MONTHS.len();
        let all: Vec<_> = months
            .flat_map(|month| ways.iter().map(move |way| (month, *way)))
            .collect();
        let axes = scope.axes();
        let keys_of = |axis: &Axis| all.iter().map(|(_, way)| town::key(*axis, way)).collect();
        Self {
            scope: scope.clone(),
            keys: axes.iter().map(|axis| (*axis, keys_of(axis))).collect(),
            all,
            axes,
        }
    }

    /// The categories of an axis among some ways: of which of these each is.
    pub(super) fn categories(&self, axis: Axis, among: &[usize]) -> Vec<Vec<usize>> {
        let mut categories: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
        for way in among {
            let key = &self.keys[&axis][*way];
            categories.entry(key).or_default().push(*way);
        }
        categories.into_values().collect()
    }

    /// What is told, each figure once.
    pub(super) fn told(&self, months: &[Vec<Complaint>]) -> Vec<Told> {
        let town = Town::new();
        let mut codes = Codes::default();
        let facts: Vec<_> = months
            .iter()
            .enumerate()
            .flat_map(|(month, all)| all.iter().map(move |one| (one, town::lodged(month))))
            .map(|(one, at)| town::fact(one, at, &mut codes))
            .collect();
        let all =
            Question::new(&[], Measure::Complaints, Period::from_word("2026").unwrap()).unwrap();
        let shown = |word: &&str, codes: &mut Codes| -> Protection {
            let period = Period::from_word(word).unwrap();
            let mut month = Month::new(
                all.in_period(period),
                self.axes.clone(),
                town.ground(),
                codes,
            );
            for fact in &facts {
                month.add(fact, codes);
            }
            month.protect(codes)
        };
        let shown: Vec<Vec<Protection>> = vec![
            vec![shown(&MONTHS[0], &mut codes)],
            vec![shown(&MONTHS[1], &mut codes)],
            MONTHS
                .iter()
                .map(|month| shown(month, &mut codes))
                .collect(),
        ];
        let mut told: HashMap<Vec<usize>, (u64, Option<u64>)> = HashMap::new();
        for question in self.questions() {
            let Ok(()) = may_ask(&question, &town.ground()) else {
                continue;
            };
            let which = MONTHS
                .iter()
                .position(|month| Period::from_word(month).unwrap() == question.period);
            let mut count = Count::new(question, town.ground(), true, &mut codes);
            for fact in &facts {
                count.add(fact, &mut codes);
            }
            let answer = protected_answer(
                &count.answer(&codes),
                &shown[which.unwrap_or(2)].iter().collect::<Vec<_>>(),
            );
            for (of, value) in self.figures(&answer) {
                let truth = of.iter().map(|way| {
                    let (month, way) = self.all[*way];
                    months[month].iter().filter(|one| **one == way).count() as u64
                });
                let truth: u64 = truth.sum();
                let known = told.entry(of).or_insert((truth, None));
                if let Some(value) = value {
                    assert_eq!(value, truth, "{answer:#?}");
                    known.1 = Some(value);
                }
            }
        }
        told.into_iter()
            .map(|(of, (truth, told))| Told { of, truth, told })
            .collect()
    }

    /// Each of a month and of both, by none, one and two, and with a filter; those that are refused are among them.
    fn questions(&self) -> Vec<Question> {
        let dimensions = self.axes.iter().filter_map(|axis| match axis {
            Axis::Of(dimension) => Some(*dimension),
            Axis::Whether(_) | Axis::Got(_) => None,
        });
        let dimensions: Vec<Dimension> = dimensions.collect();
        let mut by: Vec<Vec<Dimension>> = vec![vec![], vec![Dimension::Month]];
        for (number, one) in dimensions.iter().enumerate() {
            by.extend([vec![*one], vec![Dimension::Month, *one]]);
            let others = dimensions.iter().skip(number + 1);
            by.extend(others.map(|other| vec![*one, *other]));
        }
        let measures = self.measures();
        let both = Period::of_months(2026, 10, 2).unwrap();
        let mut questions = Vec::new();
        for by in &by {
            for measure in &measures {
                let Ok(question) = Question::new(by, *measure, both) else {
                    continue;
                };
                questions.push(question.clone());
                questions.extend(
                    MONTHS.map(|month| question.in_period(Period::from_word(month).unwrap())),
                );
                let filters = dimensions.iter().filter(|_| {
                    by.is_empty() || (by.len() == 1 && *measure == Measure::Complaints)
                });
                for dimension in filters {
                    for key in self.scope.keys(Axis::Of(*dimension)) {
                        questions.push(question.clone().only(*dimension, key.as_deref()));
                    }
                }
            }
        }
        questions
    }

    /// What is counted that tells them apart.
    fn measures(&self) -> Vec<Measure> {
        let mut measures = vec![Measure::Complaints];
        if self.scope.matters.contains(&0) {
            measures.push(Measure::WomensShare);
        }
        if self.scope.matters.contains(&town::BECAME) {
            measures.extend(became::MEASURES);
            measures.extend(Stage::WITH_DEADLINE.map(Measure::InTime));
            let took = |stage| Measure::Time(Statistic::Median, Days::Calendar, stage);
            measures.extend(Stage::ALL.map(took));
        }
        measures
    }

    /// Each figure of an answer: what it is of, and what it says.
    fn figures(&self, answer: &Answer) -> Vec<(Vec<usize>, Option<u64>)> {
        let mut figures = Vec::new();
        let keys = |keys: &[Key]| {
            keys.iter()
                .map(|key| Some(key.clone()))
                .chain([None])
                .collect::<Vec<_>>()
        };
        for row in keys(&answer.rows) {
            for column in keys(&answer.columns) {
                let figure = answer.figure(row.as_ref(), column.as_ref());
                let of =
                    |measured: &[(Axis, Key)]| self.of(&answer.question, [&row, &column], measured);
                let rests_on = figure.rests_on;
                let [part, whole] = parts(answer.question.measure);
                match figure.value {
                    Value::Share(some, all) => {
                        figures.push((of(&part), Some(some)));
                        figures.push((of(&whole), Some(all)));
                    }
                    Value::Count(count) => figures.push((of(&part), Some(count))),
                    Value::Days(_) => figures.push((of(&whole), Some(rests_on))),
                    Value::Nothing => figures.push((of(&whole), Some(0))),
                    _ => figures.push((of(&part), None)),
                }
            }
        }
        figures
    }

    /// A figure as people would say it.
    pub(super) fn name(&self, figure: &Told) -> String {
        let ways: Vec<_> = figure.of.iter().map(|one| self.all[*one]).collect();
        let same = |axis: &Axis| {
            let mut keys: Vec<Key> = ways.iter().map(|(_, way)| town::key(*axis, way)).collect();
            keys.dedup();
            let [key] = keys.as_slice() else { return None };
            Some(format!(
                "{axis:?}: {}",
                key.as_deref().unwrap_or("not given")
            ))
        };
        let mut months: Vec<usize> = ways.iter().map(|(month, _)| *month).collect();
        months.dedup();
        let of: Vec<_> = self.axes.iter().filter_map(same).collect();
        format!("{} in {months:?} of {}", figure.truth, of.join(", "))
    }

    /// Which ways a complaint could be that a figure counts. `measured`: and it is one of these.
    fn of(
        &self,
        question: &Question,
        heads: [&Option<Key>; 2],
        measured: &[(Axis, Key)],
    ) -> Vec<usize> {
        let by = question.by().iter().zip(heads);
        let by: Vec<_> = by
            .filter_map(|(dimension, key)| Some((*dimension, key.as_ref()?)))
            .collect();
        let in_period = MONTHS.map(|month| {
            let period = Period::from_word(month).unwrap();
            question.period.from <= period.from && period.until <= question.period.until
        });
        let is_of = |number: &usize| {
            let month = self.all[*number].0;
            let key = |axis: Axis| &self.keys[&axis][*number];
            let by = by.iter().all(|(dimension, head)| match dimension {
                Dimension::Month => head.as_deref() == Some(MONTHS[month]),
                dimension => key(Axis::Of(*dimension)) == *head,
            });
            let filters = question.filters();
            let only = filters
                .iter()
                .all(|(dimension, value)| key(Axis::Of(*dimension)).as_deref() == value.as_deref());
            let is_measured =
                measured.is_empty() || measured.iter().any(|(axis, one)| key(*axis) == one);
            in_period[month] && by && only && is_measured
        };
        (0..self.all.len()).filter(is_of).collect()
    }
}

/// What a measure's figure counts, and what it rests on; none: all complaints.
fn parts(measure: Measure) -> [Vec<(Axis, Key)>; 2] {
    let of = |axis: Axis, words: &[&str]| -> Vec<(Axis, Key)> {
        let words = words.iter().copied();
        words.map(|word| (axis, Some(word.into()))).collect()
    };
    match (measure, Axis::of_measure(measure)) {
        (Measure::WomensShare, Some(gender)) => {
            [of(gender, &["woman"]), of(gender, &["woman", "man"])]
        }
        (Measure::InTime(_), Some(got)) => [
            of(got, &["in_time"]),
            of(got, &["in_time", "late", "overdue"]),
        ],
        (Measure::Time(..), Some(got @ Axis::Got(_))) => {
            let got = of(got, &["in_time", "late"]);
            [got.clone(), got]
        }
        (_, Some(whether)) => [of(whether, &["yes"]), of(whether, &["yes"])],
        (_, None) => [Vec::new(), Vec::new()],
    }
}
