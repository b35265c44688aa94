//! What outsiders were told before.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::super::{Answer, Question};

/// So many answers are young at most, of a few KB each, and as many old: a month's page asks for some fifty.
const MOST: usize = 3_000;

/// Keeps what outsiders were told, for the next who ask the same: published months stay as they are. It is of the places and calendars of
/// one configuration, as how many live somewhere and which days are worked is in no publication.
#[derive(Debug, Default)]
pub struct Archive(Mutex<Answers>);

/// By the row of their county's newest publication, and what was asked. When there are too many young ones they are the old ones, and
/// those that were old are forgotten, but for what was asked again meanwhile.
#[derive(Debug, Default)]
struct Answers {
    young: HashMap<(i64, Question), Answer>,
    old: HashMap<(i64, Question), Answer>,
}

impl Archive {
    /// What was answered since that publication to all of these; `None`: not all were asked.
    pub fn answers(&self, newest: i64, questions: &[Question]) -> Option<Vec<Answer>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let questions = questions.iter();
        questions
            .map(|question| kept.answer(newest, question))
            .collect()
    }

    /// Keeps answers.
    pub fn keep(&self, newest: i64, answers: &[Answer]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for answer in answers {
            kept.keep((newest, answer.question.clone()), answer.clone());
        }
    }
}

impl Answers {
    fn answer(&mut self, newest: i64, question: &Question) -> Option<Answer> {
        let key = (newest, question.clone());
        if let Some((key, answer)) = self.old.remove_entry(&key) {
            self.keep(key, answer);
        }
        self.young.get(&key).cloned()
    }

    fn keep(&mut self, key: (i64, Question), answer: Answer) {
        if self.young.len() >= MOST {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Dimension, Figure, LeftOut, Measure, Period, Value};
    use super::*;

    fn question(ward: u32) -> Question {
        let october = Period::from_word("2026-10").unwrap();
        let all = Question::new(&[], Measure::Complaints, october).unwrap();
        all.only(Dimension::Ward, Some(&ward.to_string()))
    }

    fn answer(ward: u32) -> Answer {
        Answer {
            question: question(ward),
            rows: Vec::new(),
            columns: Vec::new(),
            cells: Vec::new(),
            row_totals: Vec::new(),
            column_totals: Vec::new(),
            total: Figure {
                rests_on: 0,
                value: Value::Count(ward.into()),
            },
            left_out: LeftOut::default(),
        }
    }

    #[test]
    fn an_answer_is_the_one_to_what_was_asked_since_that_publication() {
        let archive = Archive::default();
        archive.keep(1, &[answer(7)]);
        assert_eq!(archive.answers(1, &[question(7)]), Some(vec![answer(7)]));
        assert_eq!(archive.answers(2, &[question(7)]), None);
        assert_eq!(archive.answers(1, &[question(7), question(8)]), None);
    }

    #[test]
    fn what_nobody_asks_any_more_makes_room_and_what_is_asked_again_stays() {
        let archive = Archive::default();
        let last = u32::try_from(3 * MOST).unwrap();
        for ward in 0..=last {
            archive.keep(1, &[answer(ward)]);
            assert!(archive.answers(1, &[question(0)]).is_some(), "{ward}");
        }
        assert_eq!(archive.answers(1, &[question(1)]), None);
        assert!(archive.answers(1, &[question(last)]).is_some());
        let kept = archive.0.lock().unwrap();
        assert!(kept.young.len() + kept.old.len() <= 2 * MOST);
    }
}
