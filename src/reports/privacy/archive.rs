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
