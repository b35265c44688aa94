//! What outsiders were told before.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::super::{Answer, Question};
use super::month::Shown;

/// So many months are kept: some 300 KB each.
const MOST_MONTHS: usize = 100;
/// So many answers are, of a few KB each: a month's page asks for some fifty.
const MOST_ANSWERS: usize = 6_000;

/// Keeps what outsiders are told of published months, which stay as they are: neither what is hidden in one nor an answer changes, as
/// long as places and calendars do not.
#[derive(Debug, Default)]
pub struct Archive {
    kept: Mutex<Kept>,
    /// Who works it out.
    working: Mutex<()>,
}

#[derive(Debug, Default)]
struct Kept {
    /// By the row of their publication, and whether they are of hops.
    months: HashMap<(i64, bool), Arc<Shown>>,
    /// By the row of their county's newest publication.
    answers: HashMap<(i64, Question), Answer>,
}

impl Archive {
    /// One at a time works out what is not kept: however many ask for the same, it is done once, and texts have the other cores.
    pub fn work(&self) -> MutexGuard<'_, ()> {
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was answered since that publication.
    pub fn answer(&self, newest: i64, question: &Question) -> Option<Answer> {
        self.kept()
            .answers
            .get(&(newest, question.clone()))
            .cloned()
    }

    /// Keeps an answer.
    pub fn keep_answer(&self, newest: i64, answer: &Answer) {
        let mut kept = self.kept();
        if kept.answers.len() >= MOST_ANSWERS {
            kept.answers.clear();
        }
        let key = (newest, answer.question.clone());
        kept.answers.insert(key, answer.clone());
    }

    /// What may be seen of a month.
    pub fn month(&self, publication: i64, of_hops: bool) -> Option<Arc<Shown>> {
        self.kept().months.get(&(publication, of_hops)).cloned()
    }

    /// Keeps a month.
    pub fn keep_month(&self, publication: i64, of_hops: bool, month: &Arc<Shown>) {
        let mut kept = self.kept();
        if kept.months.len() >= MOST_MONTHS {
            kept.months.clear();
        }
        kept.months
            .insert((publication, of_hops), Arc::clone(month));
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
