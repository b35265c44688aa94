//! What is told of a county's months: of those that are published, as outsiders may know them.

use std::sync::Arc;

use crate::complaint::CountyId;
use crate::configuration::Configuration;
use crate::public::Public;
use crate::public::look::Problem;
use crate::reports::privacy::{FEWEST, may_ask};
use crate::reports::{
    Answer, Days, Dimension, Figure, Ground, LeftOut, Measure, Publication, Question, Stage,
    Statistic, Value,
};

/// How long it took until it was said to be solved, by the clock: who complained does not count working days.
pub(super) const MEDIAN: Measure = Measure::Time(Statistic::Median, Days::Calendar, Stage::Resolve);
/// Solved by its deadline.
pub(super) const IN_TIME: Measure = Measure::InTime(Stage::Resolve);

/// What is told, each of all and by each of [`DIMENSIONS`], where outsiders may ask for that.
pub(super) const MEASURES: [Measure; 5] = [
    Measure::Complaints,
    Measure::Open,
    Measure::Confirmed,
    IN_TIME,
    MEDIAN,
];
pub(super) const DIMENSIONS: [Dimension; 9] = [
    Dimension::Sector,
    Dimension::Kind,
    Dimension::SubCounty,
    Dimension::Gender,
    Dimension::AgeGroup,
    Dimension::Channel,
    Dimension::Organisation,
    Dimension::Status,
    Dimension::Outcome,
];

/// What is told of a month.
pub(super) struct Figures {
    /// Of which month, as of when.
    pub(super) of: Publication,
    /// Of all, then by each dimension; of a month with few complaints or none only that how many is not told.
    pub(super) answers: Vec<Answer>,
    /// How many there were in the month before; `None`: that is not published.
    pub(super) before: Option<Figure>,
}

impl Figures {
    /// The figure of all.
    pub(super) fn all(&self, measure: Measure) -> Figure {
        self.answer(measure, None)
            .map_or(UNTOLD, |answer| answer.total)
    }

    /// The figures by that; `None`: they are not told by it.
    pub(super) fn by(&self, dimension: Dimension, measure: Measure) -> Option<&Answer> {
        self.answer(measure, Some(dimension))
    }

    fn answer(&self, measure: Measure, by: Option<Dimension>) -> Option<&Answer> {
        let mut answers = self.answers.iter();
        answers.find(|one| one.question.measure == measure && one.question.rows() == by)
    }

    /// What is counted apart.
    pub(super) fn left_out(&self) -> LeftOut {
        let all = self.answers.first();
        all.map_or_else(LeftOut::default, |all| all.left_out)
    }

    /// Whether there were so few that nothing is told.
    pub(super) fn are_few(&self) -> bool {
        is_few(self.all(Measure::Complaints).value)
    }
}

const UNTOLD: Figure = Figure {
    rests_on: 0,
    value: Value::Hidden,
};

/// Whether it is fewer than are told, or none: the two are not told apart.
pub(super) fn is_few(value: Value) -> bool {
    match value {
        Value::Count(count) => count < u64::from(FEWEST),
        _ => true,
    }
}

impl Public {
    /// The months of a county that are told, the newest first.
    pub(super) async fn published(&self, county: &CountyId) -> Result<Vec<Publication>, Problem> {
        let county = county.clone();
        let read = self.store.read(move |reader| reader.published(&county));
        let mut published = read.await?;
        published.reverse();
        Ok(published)
    }

    /// What is told of one of them.
    pub(super) async fn figures(
        &self,
        configuration: &Arc<Configuration>,
        county: &CountyId,
        of: Publication,
        published: &[Publication],
    ) -> Result<Figures, Problem> {
        let (configuration, county) = (Arc::clone(configuration), county.clone());
        let before = of.month.before();
        let has_before = published.iter().any(|one| one.month == before);
        let ground = configuration.ground(std::slice::from_ref(&county), self.clock.now());
        let questions = questions(&of, has_before, &ground);
        let answers = self.answers(&configuration, county, questions).await?;
        Ok(told(of, answers, has_before))
    }

    /// What was answered before costs nobody anything. What is to be counted waits for its turn, and no more may wait than leave place for
    /// who works on complaints: anybody may ask.
    async fn answers(
        &self,
        configuration: &Arc<Configuration>,
        county: CountyId,
        questions: Vec<Question>,
    ) -> Result<Vec<Answer>, Problem> {
        let (county, now) = ([county], self.clock.now());
        let asked = Arc::new((Arc::clone(configuration), county, questions));
        let again = Arc::clone(&asked);
        let before = self.store.read(move |reader| {
            let (configuration, county, questions) = &*again;
            reader.answered_outside(questions, &configuration.ground(county, now))
        });
        if let Some(answers) = before.await? {
            return Ok(answers);
        }
        let Ok(_place) = self.counting.try_acquire() else {
            tracing::warn!("Many ask for figures at once: some are asked to try again in a minute");
            return Err(Problem::Unavailable);
        };
        let counted = self.store.report(move |reader| {
            let (configuration, county, questions) = &*asked;
            reader.answers_outside(questions, &configuration.ground(county, now))
        });
        counted.await?.map_err(|refused| {
            tracing::error!(%refused, "A page of figures asked what it may not");
            Problem::Unavailable
        })
    }
}

fn told(of: Publication, mut answers: Vec<Answer>, has_before: bool) -> Figures {
    let before = has_before.then(|| answers.pop()).flatten();
    let mut figures = Figures {
        of,
        answers,
        before: before.map(|before| before.total),
    };
    if figures.are_few() {
        figures.answers.truncate(1);
        for all in &mut figures.answers {
            all.total = UNTOLD;
            all.left_out = LeftOut::default();
        }
    }
    figures
}

/// How many there were, first; then all else that outsiders may ask; and last how many there were the month before, if that is told.
fn questions(of: &Publication, has_before: bool, ground: &Ground<'_>) -> Vec<Question> {
    let by = std::iter::once(None).chain(DIMENSIONS.map(Some));
    let asked = by.flat_map(|by| MEASURES.map(|measure| (by, measure)));
    let question = |(by, measure): (Option<Dimension>, Measure)| {
        let question = Question::new(by.as_slice(), measure, of.month).ok()?;
        may_ask(&question, ground).is_ok().then_some(question)
    };
    let mut questions: Vec<_> = asked.filter_map(question).collect();
    let how_many = questions.first().filter(|_| has_before);
    let before = how_many.map(|all| all.in_period(of.month.before()));
    questions.extend(before);
    questions
}
