//! What there is to say, and what each text can name.

use chrono::NaiveDate;

use crate::complaint::{Status, TrackingNumber};

/// What a text may name. What is not known leaves out the part of the text that needs it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Values<'a> {
    /// The tracking number.
    pub number: Option<TrackingNumber>,
    /// Who has the complaint: the short name in the language of the text.
    pub organisation: Option<&'a str>,
    /// By when something is due.
    pub date: Option<NaiveDate>,
    /// Since when the complaint stands as it does.
    pub since: Option<NaiveDate>,
    /// Where the complaint is: the place's name.
    pub place: Option<&'a str>,
    /// The names of the places that the digits from 1 on stand for.
    pub choices: &'a [String],
    /// What an officer wrote; it is cut at a word where the text would be too long.
    pub words: Option<&'a str>,
    /// Whether texts cost people nothing (`line.free`): else saying so is a lie.
    pub free: bool,
}

/// A text of the file, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A complaint was opened: its number, who has it, by when they are to act.
    Ack,
    /// The same for a sensitive one: no content, no organisation.
    AckSensitive,
    /// A complaint was opened, and in which ward or sub-county is it?
    AckWhere,
    /// A complaint was opened, and in which of these places is it?
    AckWhich,
    /// Asked again: in which ward or sub-county is it?
    AskWhere,
    /// Asked again: in which of these places is it?
    AskWhich,
    /// Where it is was told, or is not to be told: who has it.
    PlaceTold,
    /// How a complaint stands.
    Status(Status),
    /// How a sensitive one stands: neutral.
    StatusSensitive,
    /// No complaint of this phone has the number; the same words where it is somebody else's.
    NumberUnknown,
    /// A digit is mistyped.
    CheckNumber,
    /// The phone asked for the status of its latest complaint and has none.
    NoComplaint,
    /// Words were added to a complaint.
    Added,
    /// Words were added to a sensitive one.
    AddedSensitive,
    /// An officer tells how it goes.
    Update,
    /// An officer asks something.
    Asked,
    /// The holder says that it is solved: is it?
    Resolved,
    /// Asked again: is it solved?
    AskVerdict,
    /// It is: the complaint is closed.
    VerdictSolved,
    /// It is not, or partly: the complaint is open again.
    VerdictNotSolved,
    /// There is news of a sensitive complaint: neutral.
    NewsSensitive,
    /// Somebody would like to know more of a sensitive one: neutral.
    AskedSensitive,
    /// All is done about a sensitive one: is it settled?
    ResolvedSensitive,
    /// A sensitive one is open again: neutral.
    ReopenedSensitive,
    /// What this line does.
    Help,
    /// The last text to a phone that wants none.
    Stopped,
    /// The phone wants texts again.
    Started,
}

impl Template {
    /// All of them: what each language must have.
    pub fn all() -> impl Iterator<Item = Self> {
        let statuses = Status::ALL.map(Self::Status);
        let asked = [
            Self::StatusSensitive,
            Self::NumberUnknown,
            Self::CheckNumber,
            Self::NoComplaint,
        ];
        let others = [
            Self::Added,
            Self::AddedSensitive,
            Self::Help,
            Self::Stopped,
            Self::Started,
        ];
        let opened = [
            Self::Ack,
            Self::AckSensitive,
            Self::AckWhere,
            Self::AckWhich,
        ];
        let where_it_is = [Self::AskWhere, Self::AskWhich, Self::PlaceTold];
        let news = [
            Self::Update,
            Self::Asked,
            Self::Resolved,
            Self::AskVerdict,
            Self::VerdictSolved,
            Self::VerdictNotSolved,
            Self::NewsSensitive,
            Self::AskedSensitive,
            Self::ResolvedSensitive,
            Self::ReopenedSensitive,
        ];
        opened
            .into_iter()
            .chain(where_it_is)
            .chain(statuses)
            .chain(asked)
            .chain(news)
            .chain(others)
    }

    /// Its key in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Ack => "ack",
            Self::AckSensitive => "ack_sensitive",
            Self::AckWhere => "ack_where",
            Self::AckWhich => "ack_which",
            Self::AskWhere => "ask_where",
            Self::AskWhich => "ask_which",
            Self::PlaceTold => "place_told",
            Self::Status(Status::Received) => "status_received",
            Self::Status(Status::Referred) => "status_referred",
            Self::Status(Status::Accepted) => "status_accepted",
            Self::Status(Status::InProgress) => "status_in_progress",
            Self::Status(Status::Resolved) => "status_resolved",
            Self::Status(Status::Returned) => "status_returned",
            Self::Status(Status::Reopened) => "status_reopened",
            Self::Status(Status::Closed) => "status_closed",
            Self::StatusSensitive => "status_sensitive",
            Self::NumberUnknown => "number_unknown",
            Self::CheckNumber => "check_number",
            Self::NoComplaint => "no_complaint",
            Self::Added => "added",
            Self::AddedSensitive => "added_sensitive",
            Self::Update => "update",
            Self::Asked => "asked",
            Self::Resolved => "resolved",
            Self::AskVerdict => "ask_verdict",
            Self::VerdictSolved => "verdict_solved",
            Self::VerdictNotSolved => "verdict_not_solved",
            Self::NewsSensitive => "news_sensitive",
            Self::AskedSensitive => "asked_sensitive",
            Self::ResolvedSensitive => "resolved_sensitive",
            Self::ReopenedSensitive => "reopened_sensitive",
            Self::Help => "help",
            Self::Stopped => "stopped",
            Self::Started => "started",
        }
    }

    /// The text that asks the same with a menu of places, for one that asks where in words.
    pub fn with_menu(self) -> Option<Self> {
        match self {
            Self::AckWhere => Some(Self::AckWhich),
            Self::AskWhere => Some(Self::AskWhich),
            _ => None,
        }
    }

    /// The text to send instead about a sensitive complaint: it names neither the matter nor an organisation.
    pub fn neutral(self) -> Self {
        match self {
            Self::Ack | Self::AckWhere | Self::AckWhich => Self::AckSensitive,
            Self::Status(_) => Self::StatusSensitive,
            Self::Added | Self::AskWhere | Self::AskWhich | Self::PlaceTold => Self::AddedSensitive,
            Self::Update => Self::NewsSensitive,
            Self::Asked => Self::AskedSensitive,
            Self::Resolved => Self::ResolvedSensitive,
            Self::VerdictNotSolved => Self::ReopenedSensitive,
            neutral => neutral,
        }
    }

    /// What the text can name.
    pub(super) fn slots(self) -> &'static [Slot] {
        const NUMBER: Slot = Slot::must(Placeholder::Number);
        const ORGANISATION: Slot = Slot::must(Placeholder::Organisation);
        const HOLDER: Slot = Slot::may(Placeholder::Organisation);
        const SINCE: Slot = Slot::may(Placeholder::Since);
        const DATE: Slot = Slot::must(Placeholder::Date);
        const DATE_IF_DUE: Slot = Slot::must(Placeholder::Date).if_known();
        const FREE: Slot = Slot::may(Placeholder::Free).if_known();
        const PLACE: Slot = Slot::may(Placeholder::Place).if_known();
        const CHOICES: Slot = Slot::must(Placeholder::Choices);
        const WORDS: Slot = Slot::must(Placeholder::Words);
        const LAST_WORDS: Slot = Slot::may(Placeholder::Words).if_known();
        match self {
            Self::Ack | Self::AckWhere => &[NUMBER, ORGANISATION, DATE, FREE],
            Self::AckWhich => &[NUMBER, ORGANISATION, DATE, FREE, CHOICES],
            Self::AskWhere => &[NUMBER],
            Self::AskWhich => &[NUMBER, CHOICES],
            Self::PlaceTold => &[NUMBER, ORGANISATION, PLACE, DATE_IF_DUE],
            Self::AckSensitive
            | Self::StatusSensitive
            | Self::AddedSensitive
            | Self::AskVerdict
            | Self::VerdictSolved
            | Self::NewsSensitive
            | Self::AskedSensitive
            | Self::ResolvedSensitive
            | Self::ReopenedSensitive => &[NUMBER],
            Self::Update | Self::Asked | Self::Resolved => &[NUMBER, ORGANISATION, WORDS],
            Self::VerdictNotSolved => &[NUMBER, HOLDER],
            Self::Status(Status::InProgress) => {
                &[NUMBER, ORGANISATION, SINCE, DATE_IF_DUE, LAST_WORDS]
            }
            Self::Status(Status::Received) => &[NUMBER, HOLDER, SINCE, DATE_IF_DUE],
            Self::Status(Status::Resolved) => &[NUMBER, ORGANISATION, SINCE],
            Self::Status(Status::Closed) => &[NUMBER, HOLDER, SINCE],
            Self::Status(_) => &[NUMBER, ORGANISATION, SINCE, DATE_IF_DUE],
            Self::Added => &[NUMBER, HOLDER],
            Self::NumberUnknown
            | Self::CheckNumber
            | Self::NoComplaint
            | Self::Help
            | Self::Stopped
            | Self::Started => &[],
        }
    }
}

/// What a text can name with `{…}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    Number,
    Organisation,
    Date,
    Since,
    Place,
    Choices,
    Words,
    Free,
}

impl Placeholder {
    /// Its name between the braces.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Organisation => "organisation",
            Self::Date => "date",
            Self::Since => "since",
            Self::Place => "place",
            Self::Choices => "choices",
            Self::Words => "words",
            Self::Free => "free",
        }
    }
}

/// A placeholder in one text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) placeholder: Placeholder,
    /// A text without it would not say what it is for.
    pub(super) must: bool,
    /// Its value is always known. If not, it stands in brackets.
    pub(super) always: bool,
}

impl Slot {
    const fn must(placeholder: Placeholder) -> Self {
        Self {
            placeholder,
            must: true,
            always: true,
        }
    }

    const fn may(placeholder: Placeholder) -> Self {
        Self {
            placeholder,
            must: false,
            always: true,
        }
    }

    const fn if_known(self) -> Self {
        Self {
            always: false,
            ..self
        }
    }
}
