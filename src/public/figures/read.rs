//! What is told of a county's months: of those that are published, as outsiders may know them.

use std::sync::Arc;

use crate::complaint::CountyId;
use crate::configuration::Configuration;
use crate::public::Public;
use crate::public::look::Problem;
use crate::reports::privacy::{FEWEST, Refused, may_ask};
use crate::reports::{
    Answer, Days, Dimension, Figure, Ground, LeftOut, Measure, Publication, Question, Stage,
    Statistic, Value,
};
use crate::store::{Reader, StoreError};

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
        let now = self.clock.now();
        let read = self.store.report(move |reader| {
            let ground = configuration.ground(&[county], now);
            told(reader, &ground, of, has_before)
        });
        read.await?.map_err(|refused| {
            tracing::error!(%refused, "A page of figures asked what it may not");
            Problem::Unavailable
        })
    }
}

fn told(
    reader: &Reader<'_>,
    ground: &Ground<'_>,
    of: Publication,
    has_before: bool,
) -> Result<Result<Figures, Refused>, StoreError> {
    let mut questions = questions(&of, ground);
    if has_before {
        let how_many = questions
            .first()
            .map(|all| all.in_period(of.month.before()));
        questions.extend(how_many);
    }
    let mut answers = match reader.answers_outside(&questions, ground)? {
        Ok(answers) => answers,
        Err(refused) => return Ok(Err(refused)),
    };
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
    Ok(Ok(figures))
}

/// How many there were, first; then all else that outsiders may ask.
fn questions(of: &Publication, ground: &Ground<'_>) -> Vec<Question> {
    let by = std::iter::once(None).chain(DIMENSIONS.map(Some));
    let asked = by.flat_map(|by| MEASURES.map(|measure| (by, measure)));
    let question = |(by, measure): (Option<Dimension>, Measure)| {
        let question = Question::new(by.as_slice(), measure, of.month).ok()?;
        may_ask(&question, ground).is_ok().then_some(question)
    };
    asked.filter_map(question).collect()
}
