//! What there is to say, and what each text can name.

use chrono::NaiveDate;

use crate::complaint::{Status, TrackingNumber};

/// What a text may name. What is not known leaves out the part of the text that needs it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Values<'a> {
    /// The tracking number.
    pub number: Option<TrackingNumber>,
    /// The number of the complaint that the words may belong to instead.
    pub other: Option<TrackingNumber>,
    /// Who has the complaint: the short name in the language of the text.
    pub organisation: Option<&'a str>,
    /// By when something is due.
    pub date: Option<NaiveDate>,
    /// Since when the complaint stands as it does.
    pub since: Option<NaiveDate>,
    /// Where the complaint is: the place's name.
    pub place: Option<&'a str>,
    /// The names of what the digits from 1 on stand for.
    pub choices: &'a [String],
    /// What an officer wrote; it is cut at a word where the text would be too long.
    pub words: Option<&'a str>,
    /// Whether texts cost people nothing (`line.free`): else saying so is a lie.
    pub free: bool,
}

/// What one text says: something, and perhaps a question behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// What it says first.
    pub lead: Template,
    /// What it asks.
    pub question: Option<Template>,
}

impl From<Template> for Saying {
    fn from(lead: Template) -> Self {
        Self {
            lead,
            question: None,
        }
    }
}

/// Lists the templates once: what each is for, and its key in a language's file.
macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// A text of the file, by its key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Template {
            /// How a complaint stands.
            Status(Status),
            $($(#[$doc])* $name,)*
        }

        impl Template {
            /// All of them: what each language must have.
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$name),*].into_iter().chain(Status::ALL.map(Self::Status))
            }

            /// Its key in the file.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                    Self::Status(Status::Received) => "status_received",
                    Self::Status(Status::Referred) => "status_referred",
                    Self::Status(Status::Accepted) => "status_accepted",
                    Self::Status(Status::InProgress) => "status_in_progress",
                    Self::Status(Status::Resolved) => "status_resolved",
                    Self::Status(Status::Returned) => "status_returned",
                    Self::Status(Status::Reopened) => "status_reopened",
                    Self::Status(Status::Closed) => "status_closed",
                }
            }
        }
    };
}

templates! {
    /// A complaint was opened: its number, who has it, by when they are to act.
    Ack = "ack",
    /// The same, shorter: a question comes behind it.
    AckShort = "ack_short",
    /// A complaint was opened beside another that is open; a 9 adds it to that.
    AckNew = "ack_new",
    /// The same, shorter.
    AckNewShort = "ack_new_short",
    /// A sensitive complaint was opened: no content, no organisation.
    AckSensitive = "ack_sensitive",
    /// Where it is or what it is about was told, or is not to be told: who has it.
    Noted = "noted",
    /// Something was told of the person; a question comes behind it.
    Thanks = "thanks",
    /// All was asked.
    Done = "done",
    /// What was asked is asked once more; the question comes behind it.
    Again = "again",
    /// In which ward or sub-county is it?
    AskWhere = "ask_where",
    /// In which of these places is it?
    AskWhich = "ask_which",
    /// Which of these is it about?
    AskSector = "ask_sector",
    /// A woman, a man?
    AskGender = "ask_gender",
    /// How old?
    AskAge = "ask_age",
    /// Is it solved?
    AskVerdict = "ask_verdict",
    /// Which language? Stands alone.
    AskLanguage = "ask_language",
    /// A digit takes the complaint back.
    AskWithdraw = "ask_withdraw",
    /// How a sensitive one stands: neutral.
    StatusSensitive = "status_sensitive",
    /// How one stands that all is done about: neutral, and the question whether it is settled comes behind it.
    StatusResolvedSensitive = "status_resolved_sensitive",
    /// How a closed one stands: neutral.
    StatusClosedSensitive = "status_closed_sensitive",
    /// No complaint of this phone has the number; the same words where it is somebody else's.
    NumberUnknown = "number_unknown",
    /// A digit is mistyped.
    CheckNumber = "check_number",
    /// The phone asked for the status of its latest complaint and has none.
    NoComplaint = "no_complaint",
    /// Words were added to a complaint.
    Added = "added",
    /// Words were added to a sensitive one.
    AddedSensitive = "added_sensitive",
    /// Words were taken for more on a complaint; a 9 makes them a new one.
    WentOn = "went_on",
    /// The same on a sensitive one.
    WentOnSensitive = "went_on_sensitive",
    /// The complaint was taken back; a 9 opens it again.
    Withdrawn = "withdrawn",
    /// An officer tells how it goes.
    Update = "update",
    /// An officer asks something.
    Asked = "asked",
    /// The holder says that it is solved: is it?
    Resolved = "resolved",
    /// It is: the complaint is closed.
    VerdictSolved = "verdict_solved",
    /// It is not, or partly, or it was not meant to be taken back: the complaint is open again.
    OpenAgain = "open_again",
    /// Nobody said whether it is solved, and it is closed. Neutral.
    Unconfirmed = "unconfirmed",
    /// There is news of a sensitive complaint: neutral.
    NewsSensitive = "news_sensitive",
    /// Somebody would like to know more of a sensitive one: neutral.
    AskedSensitive = "asked_sensitive",
    /// All is done about a sensitive one: is it settled?
    ResolvedSensitive = "resolved_sensitive",
    /// A sensitive one is open again: neutral.
    OpenAgainSensitive = "open_again_sensitive",
    /// Texts are in this language from now on.
    LanguageSet = "language_set",
    /// What this line does.
    Help = "help",
    /// The last text to a phone that wants none.
    Stopped = "stopped",
    /// The phone wants texts again.
    Started = "started",
}

impl Template {
    /// The form of it that leaves room for a question.
    pub fn before_a_question(self) -> Self {
        match self {
            Self::Ack => Self::AckShort,
            Self::AckNew => Self::AckNewShort,
            whole => whole,
        }
    }

    /// The questions that are proven to fit behind it. A menu that is longer than the two longest names may still be too long.
    fn carries(self) -> &'static [Self] {
        match self {
            Self::AckShort => &[
                Self::AskWhere,
                Self::AskWhich,
                Self::AskSector,
                Self::AskGender,
            ],
            Self::AckNewShort => &[Self::AskWhere, Self::AskSector, Self::AskGender],
            Self::Noted => &[Self::AskSector, Self::AskGender],
            Self::Thanks => &[Self::AskAge],
            Self::Again => &[
                Self::AskWhere,
                Self::AskWhich,
                Self::AskSector,
                Self::AskGender,
                Self::AskAge,
                Self::AskVerdict,
                Self::AskLanguage,
            ],
            Self::Status(Status::Resolved)
            | Self::StatusResolvedSensitive
            | Self::Added
            | Self::AddedSensitive => &[Self::AskVerdict],
            Self::Status(Status::Closed) => &[],
            Self::Status(_) => &[Self::AskWithdraw],
            _ => &[],
        }
    }

    /// Whether it is sent with nothing before or behind it.
    fn stands_alone(self) -> bool {
        !matches!(
            self,
            Self::AckShort
                | Self::AckNewShort
                | Self::Thanks
                | Self::Again
                | Self::AskWhere
                | Self::AskWhich
                | Self::AskSector
                | Self::AskGender
                | Self::AskAge
                | Self::AskVerdict
                | Self::AskWithdraw
        )
    }

    /// All that is said with it: alone, and with each question behind it.
    pub(super) fn sayings(self) -> impl Iterator<Item = Saying> {
        let alone = self.stands_alone().then_some(Saying::from(self));
        let carried = self.carries().iter().map(move |question| Saying {
            lead: self,
            question: Some(*question),
        });
        alone.into_iter().chain(carried)
    }

    /// The text to send instead about a sensitive complaint: it names neither the matter nor an organisation.
    pub fn neutral(self) -> Self {
        match self {
            Self::Ack | Self::AckShort | Self::AckNew | Self::AckNewShort => Self::AckSensitive,
            Self::Status(Status::Resolved) => Self::StatusResolvedSensitive,
            Self::Status(Status::Closed) => Self::StatusClosedSensitive,
            Self::Status(_) => Self::StatusSensitive,
            Self::Added | Self::Noted => Self::AddedSensitive,
            Self::WentOn => Self::WentOnSensitive,
            Self::Update => Self::NewsSensitive,
            Self::Asked => Self::AskedSensitive,
            Self::Resolved => Self::ResolvedSensitive,
            Self::OpenAgain => Self::OpenAgainSensitive,
            neutral => neutral,
        }
    }

    /// What the text can name.
    pub(super) fn slots(self) -> &'static [Slot] {
        const NUMBER: Slot = Slot::must(Placeholder::Number);
        const NUMBER_TOO: Slot = Slot::may(Placeholder::Number);
        const OTHER: Slot = Slot::must(Placeholder::Other);
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
            Self::Ack | Self::AckShort => &[NUMBER, ORGANISATION, DATE, FREE],
            Self::AckNew => &[NUMBER, ORGANISATION, DATE, OTHER],
            Self::AckNewShort => &[NUMBER, ORGANISATION, DATE],
            Self::Noted => &[NUMBER, ORGANISATION, PLACE, DATE_IF_DUE],
            Self::AskWhich | Self::AskSector | Self::AskLanguage => &[CHOICES],
            Self::Done | Self::Thanks => &[NUMBER_TOO],
            Self::AckSensitive
            | Self::Again
            | Self::StatusSensitive
            | Self::StatusResolvedSensitive
            | Self::StatusClosedSensitive
            | Self::AddedSensitive
            | Self::WentOnSensitive
            | Self::Withdrawn
            | Self::VerdictSolved
            | Self::Unconfirmed
            | Self::NewsSensitive
            | Self::AskedSensitive
            | Self::ResolvedSensitive
            | Self::OpenAgainSensitive => &[NUMBER],
            Self::Update | Self::Asked | Self::Resolved => &[NUMBER, ORGANISATION, WORDS],
            Self::Added | Self::WentOn | Self::OpenAgain => &[NUMBER, HOLDER],
            Self::Status(Status::InProgress) => {
                &[NUMBER, ORGANISATION, SINCE, DATE_IF_DUE, LAST_WORDS]
            }
            Self::Status(Status::Received) => &[NUMBER, HOLDER, SINCE, DATE_IF_DUE],
            Self::Status(Status::Resolved) => &[NUMBER, ORGANISATION, SINCE],
            Self::Status(Status::Closed) => &[NUMBER, HOLDER, SINCE],
            Self::Status(_) => &[NUMBER, ORGANISATION, SINCE, DATE_IF_DUE],
            Self::AskWhere
            | Self::AskGender
            | Self::AskAge
            | Self::AskVerdict
            | Self::AskWithdraw
            | Self::NumberUnknown
            | Self::CheckNumber
            | Self::NoComplaint
            | Self::LanguageSet
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
    Other,
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
            Self::Other => "other",
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
