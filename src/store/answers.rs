//! Answers to questions about complaints: what is counted over all that they are about.

use super::counting::Counting;
use super::error::StoreError;
use super::reader::Reader;
use crate::reports::privacy::{Allowed, Refused};
use crate::reports::{
    Answer, Codes, Count, CountedFor, Ground, Period, Publication, Question, Spread,
};

impl Reader<'_> {
    /// The answers to these questions, in their order. `done` hears how much of it there is, 0 to 1.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn answers(
        &self,
        questions: &[Question],
        ground: &Ground<'_>,
        whom: &CountedFor,
        done: impl FnMut(f64),
    ) -> Result<Vec<Answer>, StoreError> {
        let answer = |count: Count<'_>, codes: &Codes| count.answer(codes);
        self.each_count(questions, ground, whom, done, answer)
    }

    /// The same, each with how long all that it is of took, where that is its figure. It is for who works on them alone: a span of days in
    /// which there are few is not hidden.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn answers_and_spreads(
        &self,
        questions: &[Question],
        ground: &Ground<'_>,
        whom: &CountedFor,
    ) -> Result<Vec<(Answer, Option<Spread>)>, StoreError> {
        let both = |count: Count<'_>, codes: &Codes| {
            let spread = count.spread();
            (count.answer(codes), spread)
        };
        self.each_count(questions, ground, whom, |_| {}, both)
    }

    /// What `take` takes from each count, once all is counted.
    fn each_count<T>(
        &self,
        questions: &[Question],
        ground: &Ground<'_>,
        whom: &CountedFor,
        done: impl FnMut(f64),
        take: impl Fn(Count<'_>, &Codes) -> T,
    ) -> Result<Vec<T>, StoreError> {
        let mut counting = Counting::new(self, ground, whom);
        let counts = counting.all(questions, done)?.into_iter();
        Ok(counts.map(|count| take(count, &counting.codes)).collect())
    }

    /// What outsiders were answered to all of these questions before; `None`: it is to be counted, or they may not ask.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn answered_outside(
        &self,
        questions: &[Question],
        ground: &Ground<'_>,
    ) -> Result<Option<Vec<Answer>>, StoreError> {
        let Ok(allowed) = Allowed::new(questions, ground) else {
            return Ok(None);
        };
        let newest = newest(&self.published(allowed.county())?);
        Ok(newest.and_then(|newest| ground.archive.answers(newest, questions)))
    }

    /// The answers to these questions, in their order, as outsiders may know them: of months as they were published. Or why they may not
    /// ask one of them.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn answers_outside(
        &self,
        questions: &[Question],
        ground: &Ground<'_>,
    ) -> Result<Result<Vec<Answer>, Refused>, StoreError> {
        let allowed = match Allowed::new(questions, ground) {
            Ok(allowed) => allowed,
            Err(refused) => return Ok(Err(refused)),
        };
        let published = self.published(allowed.county())?;
        let Some(newest) = newest(&published) else {
            return Ok(Err(Refused::NotPublished));
        };
        if let Some(answers) = ground.archive.answers(newest, questions) {
            return Ok(Ok(answers));
        }
        let about = match published_of(&allowed, &published) {
            Ok(about) => about,
            Err(refused) => return Ok(Err(refused)),
        };
        let answers = self.answers_of_published(&allowed, &about, ground)?;
        ground.archive.keep(newest, &answers);
        Ok(Ok(answers))
    }
}

/// The row of the newest of them.
fn newest(published: &[Publication]) -> Option<i64> {
    published.iter().map(|one| one.id).max()
}

/// What is published of the months that these ask about. Before the first that is, nobody complained.
fn published_of<'p>(
    allowed: &Allowed<'_>,
    published: &'p [Publication],
) -> Result<Vec<&'p Publication>, Refused> {
    let begins = published.first().map(|first| first.month.from);
    let mut months = allowed.months();
    months.retain(|month| begins.is_some_and(|begins| begins <= month.from));
    let find = |month: Period| {
        let found = published.iter().find(|one| one.month == month);
        found.ok_or(Refused::NotPublished)
    };
    months.into_iter().map(find).collect()
}
