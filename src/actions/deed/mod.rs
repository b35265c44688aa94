//! What a person of the console does with a complaint: one verb, one file, each in one write transaction with what it owes.
//!
//! Whether they may is asked here, of [`crate::people`], inside the transaction: what a page offered may have changed since. And nothing
//! is done on a history that the person has not seen.

mod accept;
mod ask;
mod group;
mod language;
mod mark;
mod note;
mod read;
mod refer;
mod resolve;
mod reveal;
mod work;

use chrono::{DateTime, Utc};

use super::pause::go_on;
use crate::complaint::{County, LanguageId, OrganisationId, Status};
use crate::configuration::Configuration;
use crate::people::{Concern, Deed, Person, Sight, may, sight};
use crate::store::{ComplaintRow, NewEvent, StoreError, Trace, Tx, Untold};
use crate::text::shown;

use super::MOST_LETTERS;
use super::notify::{self, News};

pub use super::notify::holds;
pub use group::{group, ungroup};
pub use read::read;
pub use reveal::{MOST_REVEALED, Revealed, reveal};

/// What came with a deed.
#[derive(Clone, Debug, Default)]
pub struct DeedForm {
    /// What the person wrote.
    pub words: Option<String>,
    /// The organisation that they named: whom it goes to; of what is marked sensitive, whom it accuses.
    pub to: Option<OrganisationId>,
    /// The language that they chose for the complainant.
    pub language: Option<LanguageId>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// To this person there is no such complaint.
    NotThere,
    /// They see it, and this is not theirs to do, or not now.
    NotTheirs,
    /// Its history went on since they looked: nothing was done.
    MovedOn,
    /// It lacks something.
    Refused(Refusal),
}

/// What a deed lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Words: the complainant, or a colleague, is to read them.
    WordsMissing,
    /// There are more than [`MOST_LETTERS`].
    WordsTooLong,
    /// It says nobody whom it is to go to.
    NobodyNamed,
    /// There is no such organisation in the county.
    NoSuchOrganisation,
    /// They have it already.
    HasItAlready,
    /// The complaint accuses them.
    Accused,
    /// There are no texts in the language that was chosen, or none was.
    NoSuchLanguage,
    /// It would accuse all who could have it.
    NobodyLeft,
}

/// A complaint in a person's hands.
struct Case<'a> {
    configuration: &'a Configuration,
    county: &'a County,
    who: &'a Person,
    complaint: ComplaintRow,
    accused: Vec<OrganisationId>,
    held_before: Vec<OrganisationId>,
    form: &'a DeedForm,
}

/// Does it, unless the person may not, or `seen`, the last entry of the history that their page showed, is not the last any more.
///
/// # Errors
/// The store's; then nothing of it was done.
pub fn carry_out(
    tx: &mut Tx<'_>,
    configuration: &Configuration,
    who: &Person,
    complaint_id: i64,
    deed: Deed,
    form: &DeedForm,
    seen: Option<i64>,
) -> Result<Outcome, StoreError> {
    let Some(case) = Case::load(tx, configuration, who, complaint_id, form)? else {
        return Ok(Outcome::NotThere);
    };
    if case.sight() == Sight::Nothing {
        return Ok(Outcome::NotThere);
    }
    let newest = tx.newest_event(complaint_id)?;
    if seen.is_some_and(|seen| seen != newest) {
        return Ok(Outcome::MovedOn);
    }
    if !may(who, deed, &case.concern()) {
        return Ok(Outcome::NotTheirs);
    }
    let is_sensitive = case.complaint.sensitive;
    // The clock may go on before it turns out what the deed lacks.
    let done = tx.whole(|tx| case.carry_out(tx, deed))?;
    if let Err(refusal) = done {
        return Ok(Outcome::Refused(refusal));
    }
    if is_sensitive || deed == Deed::MarkSensitive {
        tx.leave_trace(who, complaint_id, Trace::Did(deed), None)?;
    }
    Ok(Outcome::Done)
}

/// What a deed does, or what it lacks.
type Done = Result<Result<(), Refusal>, StoreError>;

/// What the phone would show, were this done now: for the page to show beside the words as they are written, which are the last of the
/// `untold`. `None`: the person is told nothing of it, or what they are told depends on whom it goes to.
pub fn preview(
    configuration: &Configuration,
    complaint: &ComplaintRow,
    deed: Deed,
    untold: &[Untold],
    now: DateTime<Utc>,
) -> Option<String> {
    let (news, status) = match deed {
        Deed::Accept => (News::Status, Status::Accepted),
        Deed::Start => (News::Status, Status::InProgress),
        Deed::Update => (News::Update, Status::InProgress),
        Deed::Ask => (News::Asked, complaint.status),
        Deed::Resolve => (News::Resolved, Status::Resolved),
        _ => return None,
    };
    let then = ComplaintRow {
        status,
        status_since: now,
        ..complaint.clone()
    };
    Some(notify::words(configuration, &then, news, untold, now))
}

impl<'a> Case<'a> {
    /// As it stands in this transaction; `None`: there is no such complaint.
    fn load(
        tx: &Tx<'_>,
        configuration: &'a Configuration,
        who: &'a Person,
        complaint_id: i64,
        form: &'a DeedForm,
    ) -> Result<Option<Self>, StoreError> {
        let Some(complaint) = tx.complaint(complaint_id)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            configuration,
            county: configuration.county_or_first(&complaint.county),
            who,
            complaint,
            accused: tx.accused(complaint_id)?,
            held_before: tx.holders(complaint_id)?,
            form,
        }))
    }

    /// What of it bears on who may do what with it.
    fn concern(&self) -> Concern<'_> {
        Concern {
            convener: self
                .configuration
                .convener_of(&self.complaint.county, &self.complaint.holder),
            holder: &self.complaint.holder,
            held_before: &self.held_before,
            accused: &self.accused,
            status: self.complaint.status,
            sensitive: self.complaint.sensitive,
        }
    }

    /// How much of it the person sees.
    fn sight(&self) -> Sight {
        sight(self.who, &self.concern())
    }
}

impl Case<'_> {
    fn carry_out(self, tx: &mut Tx<'_>, deed: Deed) -> Done {
        let case = match deed {
            Deed::Ask | Deed::Note | Deed::Language => self,
            // Whoever acts waits for no answer.
            _ => Case {
                complaint: go_on(tx, self.configuration, self.complaint)?,
                ..self
            },
        };
        match deed {
            Deed::Accept => accept::accept(tx, &case),
            Deed::Start => work::start(tx, &case),
            Deed::Update => work::update(tx, &case),
            Deed::Ask => ask::ask(tx, &case),
            Deed::Resolve => resolve::resolve(tx, &case),
            Deed::Return => refer::send_back(tx, &case),
            Deed::Refer => refer::refer_on(tx, &case),
            Deed::Note => note::note(tx, &case),
            Deed::Language => language::language(tx, &case),
            Deed::MarkSensitive => mark::sensitive(tx, &case),
            Deed::NotAComplaint => mark::not_a_complaint(tx, &case),
        }
    }

    /// What the person wrote.
    fn words(&self) -> Result<&str, Refusal> {
        let words = self.form.words.as_deref().unwrap_or_default().trim();
        if shown::one_line(words).is_empty() {
            Err(Refusal::WordsMissing)
        } else if words.chars().count() > MOST_LETTERS {
            Err(Refusal::WordsTooLong)
        } else {
            Ok(words)
        }
    }

    /// An entry of theirs in the history.
    fn event<'e>(&'e self, kind: &'e str) -> NewEvent<'e> {
        NewEvent {
            kind,
            actor: "person",
            person: Some(self.who.id),
            organisation: self.who.role.organisation(),
            ..NewEvent::default()
        }
    }

    /// Tells the complainant, as the complaint stands by now.
    fn tell(&self, tx: &mut Tx<'_>, news: News) -> Result<(), StoreError> {
        match tx.complaint(self.complaint.id)? {
            Some(complaint) => notify::notify(tx, self.configuration, &complaint, news),
            None => Ok(()),
        }
    }
}
