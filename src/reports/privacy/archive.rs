//! What outsiders were told before.

use std::sync::{Mutex, PoisonError};

use super::super::recent::Recent;
use super::super::{Answer, Question};

/// So many answers are young at most, of a few KB each, and as many old: a month's page asks for some fifty.
const MOST: usize = 3_000;

/// Keeps what outsiders were told, for the next who ask the same: published months stay as they are. It is of the places and calendars of
/// one configuration, as how many live somewhere and which days are worked is in no publication.
///
/// Answers stand by the row of their county's newest publication, and what was asked.
#[derive(Debug)]
pub struct Archive(Mutex<Recent<(i64, Question), Answer>>);

impl Default for Archive {
    fn default() -> Self {
        Self(Mutex::new(Recent::new(MOST)))
    }
}

impl Archive {
    /// What was answered since that publication to all of these; `None`: not all were asked.
    pub fn answers(&self, newest: i64, questions: &[Question]) -> Option<Vec<Answer>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let questions = questions.iter();
        questions
            .map(|question| kept.get(&(newest, question.clone())))
            .collect()
    }

    /// Keeps answers.
    pub fn keep(&self, newest: i64, answers: &[Answer]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for answer in answers {
            kept.keep((newest, answer.question.clone()), answer.clone(), 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Dimension, Figure, LeftOut, Measure, Period, Value};
    use super::*;

    fn question(ward: &str) -> Question {
        let october = Period::from_word("2026-10").unwrap();
        let all = Question::new(&[], Measure::Complaints, october).unwrap();
        all.only(Dimension::Ward, Some(ward))
    }

    #[test]
    fn an_answer_is_the_one_to_what_was_asked_since_that_publication() {
        let archive = Archive::default();
        let answer = Answer {
            question: question("bute"),
            rows: Vec::new(),
            columns: Vec::new(),
            cells: Vec::new(),
            row_totals: Vec::new(),
            column_totals: Vec::new(),
            total: Figure {
                rests_on: 7,
                value: Value::Count(7),
            },
            left_out: LeftOut::default(),
        };
        archive.keep(1, std::slice::from_ref(&answer));
        assert_eq!(archive.answers(1, &[question("bute")]), Some(vec![answer]));
        assert_eq!(archive.answers(2, &[question("bute")]), None);
        let two = [question("bute"), question("eldas")];
        assert_eq!(archive.answers(1, &two), None);
    }
}
