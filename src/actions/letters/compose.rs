//! What the letters of a county say.

use chrono::{DateTime, Utc};

use crate::complaint::{County, LanguageId, Next, Organisation, TrackingNumber};
use crate::configuration::Configuration;
use crate::deadlines::Step;
use crate::letters::{Item, Language, Letter, Paper, Part};
use crate::store::{Named, Reminded};

/// Complaints that a part of a letter lists: whoever has more of them does not read them in an email.
const MOST: usize = 50;

/// Who reads it: what a line tells depends on that.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// Who has the complaint.
    Holder,
    /// The convener: with whom it is, too.
    Convener,
    /// The committee: of what is kept private not even that.
    Committee,
}

/// Writes the letters of a county.
pub(super) struct Composer<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) county: &'a County,
    pub(super) now: DateTime<Utc>,
}

impl Composer<'_> {
    /// To an organisation: what it is reminded of.
    pub(super) fn overdue(&self, to: &Organisation, steps: &[Reminded]) -> Letter {
        let language = self.language_of(to);
        let w = &language.words.letter;
        let part = |heading, step| self.part(heading, of(steps, &[step]), language, Reader::Holder);
        self.write(
            language,
            Paper {
                subject: w.overdue(count(steps), &self.county.name),
                dear: w.dear(&to.name),
                lead: w.overdue_lead(),
                parts: vec![part(w.first(), Step::First), part(w.second(), Step::Second)],
                list: self.page("complaints").map(|page| (w.list(), page)),
                closing: self.signed(language),
                ..Paper::default()
            },
        )
    }

    /// To the convener: what is its own, what to follow up, and who was reminded.
    pub(super) fn word(&self, to: &Organisation, steps: &[Reminded]) -> Letter {
        let language = self.language_of(to);
        let w = &language.words.letter;
        let (own, others): (Vec<_>, Vec<_>) = steps
            .iter()
            .partition(|step| step.complaint.holder == to.id);
        let of_others = |wanted: &[Step]| of(others.iter().copied(), wanted);
        let part = |heading, steps| self.part(heading, steps, language, Reader::Convener);
        self.write(
            language,
            Paper {
                subject: w.word(count(steps), &self.county.name),
                dear: w.dear(&to.name),
                lead: w.word_lead(),
                parts: vec![
                    part(w.committee_told(), of_others(&[Step::Committee])),
                    part(w.escalated(), of_others(&[Step::Escalated])),
                    part(w.own(), of(own, &Step::ALL)),
                    part(w.reminded(), of_others(&[Step::First, Step::Second])),
                ],
                list: self.page("queue").map(|page| (w.list(), page)),
                closing: vec![w.machine()],
                ..Paper::default()
            },
        )
    }

    /// To the committee: what nobody answers.
    pub(super) fn committee(&self, steps: &[&Reminded]) -> Letter {
        let language = self.language(&self.county.language);
        let w = &language.words.letter;
        let part = self.part(
            String::new(),
            of(steps.iter().copied(), &Step::ALL),
            language,
            Reader::Committee,
        );
        self.write(
            language,
            Paper {
                subject: w.committee(count(steps), &self.county.name),
                dear: w.dear(&self.county.name),
                lead: w.committee_lead(),
                parts: vec![part],
                closing: self.signed(language),
                ..Paper::default()
            },
        )
    }

    /// To an organisation: what was referred to it. `privately`: the convener has no part in it.
    pub(super) fn referred(
        &self,
        to: &Organisation,
        complaints: Vec<&Named>,
        privately: bool,
    ) -> Letter {
        let language = self.language_of(to);
        let w = &language.words.letter;
        self.write(
            language,
            Paper {
                subject: w.referred(count(&complaints), &self.county.name),
                dear: w.dear(&to.name),
                lead: w.referred_lead(),
                parts: vec![self.part(String::new(), complaints, language, Reader::Holder)],
                list: self.page("complaints").map(|page| (w.list(), page)),
                closing: match privately {
                    true => vec![w.machine()],
                    false => self.signed(language),
                },
                ..Paper::default()
            },
        )
    }

    /// To who has a complaint: that it is overdue.
    pub(super) fn alone(&self, to: &Organisation, step: &Reminded) -> Letter {
        let language = self.language_of(to);
        let w = &language.words.letter;
        let closing = match step.complaint.accuses_convener || to.id == self.county.convener {
            true => vec![w.machine()],
            false => self.signed(language),
        };
        self.one(
            language,
            w.dear(&to.name),
            w.alone_lead(),
            step,
            Reader::Holder,
            closing,
        )
    }

    /// To the convener: that somebody's urgent one is.
    pub(super) fn alone_word(&self, to: &Organisation, step: &Reminded) -> Letter {
        let language = self.language_of(to);
        let w = &language.words.letter;
        let closing = vec![w.machine()];
        self.one(
            language,
            w.dear(&to.name),
            w.alone_word(),
            step,
            Reader::Convener,
            closing,
        )
    }

    /// To the committee: that nobody answers it.
    pub(super) fn alone_committee(&self, step: &Reminded) -> Letter {
        let language = self.language(&self.county.language);
        let w = &language.words.letter;
        let dear = w.dear(&self.county.name);
        let closing = self.signed(language);
        self.one(
            language,
            dear,
            w.alone_committee(),
            step,
            Reader::Committee,
            closing,
        )
    }

    fn one(
        &self,
        language: &Language,
        dear: String,
        lead: String,
        step: &Reminded,
        reader: Reader,
        closing: Vec<String>,
    ) -> Letter {
        let w = &language.words.letter;
        self.write(
            language,
            Paper {
                subject: w.alone(step.complaint.number),
                dear,
                lead,
                parts: vec![self.part(String::new(), vec![&step.complaint], language, reader)],
                closing,
                ..Paper::default()
            },
        )
    }

    pub(super) fn write(&self, language: &Language, paper: Paper) -> Letter {
        let paper = Paper {
            language: language.id.to_string(),
            direction: language.direction,
            ..paper
        };
        paper.write(&language.words.letter.open())
    }

    fn part(
        &self,
        heading: String,
        complaints: Vec<&Named>,
        language: &Language,
        reader: Reader,
    ) -> Part {
        let shown = complaints.iter().take(MOST);
        let left = complaints.len().saturating_sub(MOST);
        Part {
            heading,
            items: shown.map(|one| self.item(one, language, reader)).collect(),
            more: (left > 0).then(|| language.words.letter.more(left as u64)),
        }
    }

    fn item(&self, complaint: &Named, language: &Language, reader: Reader) -> Item {
        let w = &language.words.letter;
        let calendar = self.configuration.calendars.of(&self.county.id);
        let zone = self.county.zone;
        let when = match calendar.working_days_left(complaint.due, self.now, zone) {
            _ if complaint.due > self.now => {
                w.due(language.date(complaint.due.with_timezone(&zone).date_naive()))
            }
            0 => w.late_today(),
            days => w.late(days.into()),
        };
        let ask = match complaint.status.next() {
            Some(Next::Accept) if complaint.holder == self.county.convener => w.refer(),
            Some(Next::Accept) => w.accept(),
            Some(Next::Act) => w.act(),
            Some(Next::Resolve | Next::Verdict) | None => w.resolve(),
        };
        let link = (reader != Reader::Committee).then(|| self.page(&path(complaint.number)));
        Item {
            number: complaint.number,
            about: self.about(complaint, language, reader),
            todo: w.todo(when, ask),
            link: link.flatten(),
        }
    }

    /// On what, where and with whom; of what is kept private, only what the reader has to know.
    fn about(&self, complaint: &Named, language: &Language, reader: Reader) -> String {
        let w = &language.words.letter;
        let rules = &self.configuration.rules;
        let mut said = Vec::new();
        if complaint.sensitive {
            said.push(w.private());
        } else {
            let sector = complaint.sector.as_ref().and_then(|id| rules.sector(id));
            said.extend(sector.map(|sector| sector.name_in(&language.id).to_owned()));
            let place = complaint.place.as_ref();
            let place = place.and_then(|id| self.configuration.places.name(id));
            said.extend(place.map(str::to_owned));
        }
        let names_holder = match reader {
            Reader::Holder => false,
            Reader::Convener => complaint.holder != self.county.convener,
            Reader::Committee => !complaint.sensitive,
        };
        if let Some(holder) = rules
            .organisation(&complaint.holder)
            .filter(|_| names_holder)
        {
            said.push(w.with(&holder.name));
        }
        said.join(" · ")
    }

    /// Who writes, and where an answer goes.
    pub(super) fn signed(&self, language: &Language) -> Vec<String> {
        let w = &language.words.letter;
        let convener = self.configuration.rules.organisation(&self.county.convener);
        let name = convener.map_or("", |convener| convener.name.as_str());
        vec![w.sign(name, &self.county.name), w.answer(), w.machine()]
    }

    /// A page of the console; `None`: nobody has said where the console is.
    pub(super) fn page(&self, path: &str) -> Option<String> {
        let public_url = &self.configuration.settings.server.public_url;
        (!public_url.is_empty()).then(|| format!("{public_url}/console/{path}"))
    }

    fn language_of(&self, organisation: &Organisation) -> &Language {
        let first = organisation.counties.first();
        let of_first = first.and_then(|id| self.configuration.rules.county(id));
        let own = organisation.language.as_ref();
        self.language(
            own.or(of_first.map(|county| &county.language))
                .unwrap_or(&self.county.language),
        )
    }

    /// That language of letters.
    pub(super) fn language(&self, id: &LanguageId) -> &Language {
        self.configuration.letters.language(id)
    }
}

fn path(number: TrackingNumber) -> String {
    format!("complaints/{}", number.value())
}

/// The complaints of which these steps were taken.
fn of<'s>(steps: impl IntoIterator<Item = &'s Reminded>, wanted: &[Step]) -> Vec<&'s Named> {
    let steps = steps.into_iter();
    let chosen = steps.filter(|step| wanted.contains(&step.step));
    chosen.map(|step| &step.complaint).collect()
}

fn count<T>(listed: &[T]) -> u64 {
    listed.len() as u64
}
