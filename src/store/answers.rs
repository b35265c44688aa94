//! Answers to questions about complaints: what is counted over all that they are about.

use super::error::StoreError;
use super::facts::{CountedFor, Span, Wanted};
use super::reader::Reader;
use crate::reports::privacy::{Allowed, Refused};
use crate::reports::{Answer, Codes, Count, Fact, Ground, Period, Publication, Question, Spread};

/// How often one hears how far it is.
const TOLD_EVERY: u64 = 16_384;

impl Reader<'_> {
    /// The answers to these questions, in their order. Those about the same days are counted in one pass over the complaints. `done` hears
    /// how much of it there is, 0 to 1.
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
        mut done: impl FnMut(f64),
        take: impl Fn(Count<'_>, &Codes) -> T,
    ) -> Result<Vec<T>, StoreError> {
        // All figures of a page are of one moment.
        let alone = self.connection.is_autocommit();
        let _snapshot = alone.then(|| self.connection.unchecked_transaction());
        let mut codes = Codes::default();
        let mut answers = Vec::new();
        let mut passes: Vec<Pass<'_, '_>> = Vec::new();
        for (place, question) in questions.iter().enumerate() {
            let count = Count::new(
                question.clone(),
                ground.clone(),
                whom.sensitive_apart,
                &mut codes,
            );
            if question.is_of_lodging_alone() {
                let mut count = count;
                self.count_lodged(&mut count, ground, whom, &mut codes)?;
                answers.push((place, take(count, &codes)));
                continue;
            }
            match passes.iter_mut().find(|pass| pass.fits(question)) {
                Some(pass) => pass.counts.push((place, count)),
                None => passes.push(Pass::new(question.period, ground, whom, (place, count))),
            }
        }
        let mut told = HowFar::new(passes.len());
        let now = ground.now.timestamp_millis();
        for mut pass in passes {
            let wanted = pass.wanted();
            told.begin(&pass.span);
            let counts = &mut pass.counts;
            let mut add = |fact: &Fact, codes: &mut Codes| {
                counts
                    .iter_mut()
                    .for_each(|(_, count)| count.add(fact, codes));
                told.one_more(fact, &mut done);
            };
            if pass.of_hops {
                self.facts_of_hops(wanted, &pass.span, now, &mut codes, &mut add)?;
            } else {
                self.facts(wanted, &pass.span, &mut codes, &mut add)?;
            }
            let counted = pass.counts.into_iter();
            answers.extend(counted.map(|(place, count)| (place, take(count, &codes))));
        }
        answers.sort_by_key(|(place, _)| *place);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
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

/// Questions that are answered together: about the same days, and all of complaints or all of hops.
struct Pass<'a, 'w> {
    period: Period,
    of_hops: bool,
    span: Span<'w>,
    /// Each with its place among the questions.
    counts: Vec<(usize, Count<'a>)>,
}

impl<'a, 'w> Pass<'a, 'w> {
    fn new(
        period: Period,
        ground: &Ground<'_>,
        whom: &'w CountedFor,
        first: (usize, Count<'a>),
    ) -> Self {
        Self {
            period,
            of_hops: first.1.question().measure.is_of_hops(),
            span: Span::of(period, ground, whom),
            counts: vec![first],
        }
    }

    fn fits(&self, question: &Question) -> bool {
        self.period == question.period && self.of_hops == question.measure.is_of_hops()
    }

    /// The columns that its questions look at.
    fn wanted(&self) -> Wanted {
        Wanted::of(|field| {
            let mut counts = self.counts.iter();
            counts.any(|(_, count)| count.question().needs(field))
        })
    }
}

/// How far it is, by the days that are counted: to count the complaints beforehand would take a part of the time that it tells of.
struct HowFar {
    passes: f64,
    over: f64,
    from: i64,
    until: i64,
    seen: u64,
}

impl HowFar {
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    fn new(passes: usize) -> Self {
        Self {
            passes: passes.max(1) as f64,
            over: -1.0,
            from: 0,
            until: 0,
            seen: 0,
        }
    }

    /// The next pass.
    fn begin(&mut self, span: &Span<'_>) {
        self.over += 1.0;
        let bounds = span.counties.first().map(|(_, bounds)| *bounds);
        (self.from, self.until) = bounds.unwrap_or_default();
    }

    #[expect(clippy::cast_precision_loss, reason = "a part of the whole, for a bar")]
    fn one_more(&mut self, fact: &Fact, done: &mut impl FnMut(f64)) {
        self.seen += 1;
        if self.seen.is_multiple_of(TOLD_EVERY) {
            let gone = (fact.opened_at - self.from) as f64 / (self.until - self.from).max(1) as f64;
            done((self.over + gone.clamp(0.0, 1.0)) / self.passes);
        }
    }
}
