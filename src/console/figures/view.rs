//! Whose figures somebody sees: all of the county that they convene, what their organisation has, or what a committee may know.

use crate::complaint::CountyId;
use crate::console::Console;
use crate::console::desk::{Desk, PartLink, at_part};
use crate::console::names::Names;
use crate::console::problem::Problem;
use crate::people::{Person, Role};
use crate::reports::privacy::Refused;
use crate::reports::{Answer, CountedFor, Publication, Question, Spread};

/// What somebody sees.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The counties that are counted.
    pub(super) counties: Vec<CountyId>,
    /// Whose complaints, and which are left out.
    pub(super) whom: CountedFor,
    /// Whether they work on none of these complaints: what is of few is hidden from them then.
    pub(super) is_outside: bool,
    /// The counties to choose from, where their organisation convenes several.
    pub(super) parts: Vec<PartLink>,
    /// The chosen one of these, for addresses; empty: what is shown anyway.
    pub(super) part: String,
}

impl View {
    /// What that person sees; of several counties that which `wanted` names.
    pub(super) fn of(
        person: &Person,
        names: &Names<'_>,
        wanted: &str,
        path: &'static str,
    ) -> Result<Self, Problem> {
        let rules = &names.configuration.rules;
        if let Role::Committee(id) = &person.role {
            let county = rules.county(id).ok_or(Problem::NotThere)?;
            return Ok(Self::outside(county.id.clone()));
        }
        let desk = Desk::of(person, rules, wanted).ok_or(Problem::NotThere)?;
        Ok(Self {
            counties: names.counties_of(&desk),
            whom: match desk.convenes {
                Some(_) => CountedFor::convener(desk.own.clone()),
                None => CountedFor::organisation(desk.own.clone()),
            },
            is_outside: false,
            parts: parts(&desk, names, path),
            part: desk.word().to_owned(),
        })
    }

    /// The names of the counties that are counted.
    pub(super) fn county_names(&self, names: &Names<'_>) -> String {
        let counties = self.counties.iter().map(|id| names.county(id));
        let counties: Vec<String> = counties.collect();
        counties.join(&names.language.words.signs.comma())
    }
}

/// Somebody who works on the complaints that they see. Only of one of these there is anything that says so: what is not made safe for
/// outsiders is asked for with it, and cannot be shown to them by oversight.
pub(super) struct Insider<'v>(&'v View);

impl View {
    /// `None`: they are none.
    pub(super) fn insider(&self) -> Option<Insider<'_>> {
        (!self.is_outside).then_some(Insider(self))
    }
}

impl View {
    /// What is told of a county to who works on none of its complaints.
    pub(super) fn outside(county: CountyId) -> Self {
        Self {
            counties: vec![county],
            whom: CountedFor {
                sensitive_apart: true,
                ..CountedFor::default()
            },
            is_outside: true,
            parts: Vec::new(),
            part: String::new(),
        }
    }
}

fn parts(chosen: &Desk, names: &Names<'_>, path: &'static str) -> Vec<PartLink> {
    let parts = chosen.parts(&names.configuration.rules);
    let link = |part: Desk| PartLink {
        href: at_part(path, &part),
        label: match &part.convenes {
            Some(county) => names.county(county),
            None => names.language.words.list.elsewhere(),
        },
        count: None,
        is_here: part.convenes == chosen.convenes,
    };
    let links: Vec<PartLink> = parts.into_iter().map(link).collect();
    if links.len() > 1 && !chosen.counties.is_empty() {
        links
    } else {
        Vec::new()
    }
}

impl Console {
    /// The answers to these questions, as far as somebody may know them, or why they may not ask.
    pub(super) async fn answers(
        &self,
        view: &View,
        questions: Vec<Question>,
    ) -> Result<Result<Vec<Answer>, Refused>, Problem> {
        let configuration = self.configuration.current();
        let view = view.clone();
        let now = self.clock.now();
        let read = self.store.report(move |reader| {
            let ground = configuration.ground(&view.counties, now);
            if view.is_outside {
                return reader.answers_outside(&questions, &ground);
            }
            let answers = reader.answers(&questions, &ground, &view.whom, |_| {})?;
            Ok(Ok(answers))
        });
        Ok(read.await?)
    }

    /// The months that somebody outside is told of, the earliest first; of who works on the complaints, none: they see all as it is.
    pub(super) async fn published(&self, view: &View) -> Result<Vec<Publication>, Problem> {
        let (true, Some(county)) = (view.is_outside, view.counties.first().cloned()) else {
            return Ok(Vec::new());
        };
        let read = self.store.read(move |reader| reader.published(&county));
        Ok(read.await?)
    }

    /// The answer to a question, with how long all that it is of took.
    pub(super) async fn answer_and_spread(
        &self,
        insider: Insider<'_>,
        question: Question,
    ) -> Result<Option<(Answer, Option<Spread>)>, Problem> {
        let configuration = self.configuration.current();
        let view = insider.0.clone();
        let now = self.clock.now();
        let read = self.store.report(move |reader| {
            let ground = configuration.ground(&view.counties, now);
            reader.answers_and_spreads(&[question], &ground, &view.whom)
        });
        Ok(read.await?.pop())
    }
}
