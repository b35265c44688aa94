//! What a text must be taken for, as far as a few lines can say; and what may be told of it.

use rusqlite::{OptionalExtension, Row, params};

use super::Talks;
use super::step::{MACHINE, Says};

const TWO_DAYS: i64 = 48 * 60 * 60 * 1000;
/// What a question ends with: it is answered or asked again, or it is of language.
const ENDS_A_QUESTION: [&str; 9] = [
    "place_told",
    "sector_told",
    "gender_told",
    "age_told",
    "answered",
    "verdict",
    "language",
    "skipped",
    "unclear",
];

/// What may ask the same once more behind what it says.
const ASKS_AGAIN: [&str; 3] = ["status", "added", "went_on"];

/// What a phone was asked.
#[derive(Debug, PartialEq)]
struct Asked {
    kind: String,
    complaint: Option<i64>,
    asked_at: i64,
}

impl Asked {
    fn of(talks: &Talks, phone: i64) -> Option<Self> {
        let sql = "SELECT kind, complaint_id, asked_at FROM question WHERE phone_id = ?1";
        let read = |row: &Row<'_>| {
            Ok(Self {
                kind: row.get(0)?,
                complaint: row.get(1)?,
                asked_at: row.get(2)?,
            })
        };
        talks
            .database
            .query_row(sql, [phone], read)
            .optional()
            .unwrap()
    }

    fn is_open(&self, now: i64) -> bool {
        self.kind != "withdraw" && now < self.asked_at + TWO_DAYS
    }
}

/// How it stood before a text.
pub(super) struct Before {
    from: usize,
    phone: Option<i64>,
    stopped: bool,
    asked: Option<Asked>,
    can_turn: bool,
    complaints: Vec<i64>,
    open: Vec<i64>,
    /// Of the sender's complaint whose number the text has, whether it is sensitive.
    own_is_sensitive: Option<bool>,
}

/// What became of it.
struct Taken {
    phone: i64,
    outcome: String,
    complaint: Option<i64>,
    silence: Option<String>,
}

impl Before {
    pub(super) fn of(talks: &Talks, from: usize, body: &str) -> Self {
        let phone = talks.phone(from);
        Self {
            from,
            phone,
            stopped: talks.is(
                "SELECT 1 FROM phone WHERE id = ?1 AND stopped_at IS NOT NULL",
                phone,
            ),
            asked: phone.and_then(|phone| Asked::of(talks, phone)),
            can_turn: talks.is(
                &format!(
                    "SELECT 1 FROM turnable WHERE phone_id = ?1 AND at > {} AND NOT EXISTS
                         (SELECT 1 FROM question WHERE phone_id = ?1 AND kind = 'words' AND asked_at > at)",
                    talks.now() - TWO_DAYS
                ),
                phone,
            ),
            complaints: talks.ids("SELECT id FROM complaint"),
            open: talks.ids("SELECT id FROM complaint WHERE status <> 'closed'"),
            own_is_sensitive: own_is_sensitive(talks, phone, body),
        }
    }

    /// Looks at what the text did.
    pub(super) fn compare(&self, talks: &Talks, sid: &str, says: Says, reply: Option<&str>) {
        let sql = "SELECT phone_id, outcome, complaint_id, silence FROM message WHERE sid = ?1";
        let read = |row: &Row<'_>| {
            Ok(Taken {
                phone: row.get(0)?,
                outcome: row.get(1)?,
                complaint: row.get(2)?,
                silence: row.get(3)?,
            })
        };
        let taken = talks.database.query_row(sql, [sid], read).unwrap();
        let may_be = self.outcomes(says);
        let is_as_said = may_be.is_empty() || may_be.contains(&taken.outcome.as_str());
        assert!(
            is_as_said,
            "{says:?} was taken for {}, not {may_be:?}",
            taken.outcome
        );
        assert_eq!(
            taken.outcome == "not_meant",
            self.can_turn && matches!(says, Says::Digit(9))
        );
        self.is_silent_where_it_must_be(&taken);
        self.keeps_its_question(talks, &taken);
        self.is_neutral(talks, &taken, says, reply);
        self.merges_into_what_is_open(talks);
    }

    /// What the text can be taken for; none: whatever the state of things makes of it.
    fn outcomes(&self, says: Says) -> &'static [&'static str] {
        let is_first = self.phone.is_none();
        match says {
            Says::Command(_, outcome) => match outcome {
                "stop" => &["stop"],
                "start" => &["start"],
                "help" => &["help"],
                "status" => &["status"],
                _ => &["language"],
            },
            Says::Nothing(_) => &["help"],
            Says::Matter(_) | Says::Sensitive(_) | Says::Picture(_) if is_first => &["complaint"],
            Says::Matter(_) => &[
                "complaint",
                "went_on",
                "answered",
                "place_told",
                "sector_told",
                "unclear",
            ],
            Says::Sensitive(_) => &["complaint", "went_on", "answered"],
            Says::Digit(_) => &[
                "place_told",
                "sector_told",
                "gender_told",
                "age_told",
                "answered",
                "verdict",
                "withdrawn",
                "language",
                "skipped",
                "unclear",
                "not_meant",
                "help",
            ],
            Says::Number { mistyped, rest, .. } => self.outcomes_of_a_number(mistyped, rest),
            Says::Words(_) | Says::Picture(_) => &[],
        }
    }

    fn outcomes_of_a_number(&self, mistyped: bool, rest: &str) -> &'static [&'static str] {
        let is_alone = rest.is_empty() || rest == "?";
        let is_sensitive = rest.contains("bribe");
        match self.own_is_sensitive {
            Some(_) if is_alone => &["status"],
            Some(false) if is_sensitive => &["complaint"],
            Some(_) => &["added"],
            None if is_alone && mistyped => &["check_number"],
            None if is_alone => &["number_unknown"],
            None => &["complaint", "went_on", "answered"],
        }
    }

    fn is_silent_where_it_must_be(&self, taken: &Taken) {
        let silence = taken.silence.as_deref();
        if self.from == MACHINE {
            assert_eq!(silence, Some("machine"));
        } else if self.stopped && taken.outcome != "start" {
            assert_eq!(silence, Some("stopped"));
        } else {
            let limits = [None, Some("phone_limit"), Some("equal_text")];
            assert!(limits.contains(&silence), "{silence:?}");
        }
    }

    /// What was asked stays asked, and nothing else is, until it is answered, two days old, or about what is over or sensitive.
    fn keeps_its_question(&self, talks: &Talks, taken: &Taken) {
        let is_open = |asked: &&Asked| asked.is_open(talks.now());
        let Some(asked) = self.asked.as_ref().filter(is_open) else {
            return;
        };
        let then = Asked::of(talks, taken.phone);
        let is_dropped =
            "SELECT 1 FROM complaint WHERE id = ?1 AND (sensitive OR status = 'closed')";
        let outcome = taken.outcome.as_str();
        if ASKS_AGAIN.contains(&outcome) && !talks.is(is_dropped, asked.complaint) {
            let of = |asked: &Asked| (asked.kind.clone(), asked.complaint);
            assert_eq!(then.as_ref().map(of), Some(of(asked)));
        } else if !ENDS_A_QUESTION.contains(&outcome) && !talks.is(is_dropped, asked.complaint) {
            assert_eq!(then.as_ref(), Some(asked), "at {outcome}");
        }
    }

    /// Sensitive words are on the track of their own, and are answered without a name.
    fn is_neutral(&self, talks: &Talks, taken: &Taken, says: Says, reply: Option<&str>) {
        let is_sensitive = match says {
            Says::Sensitive(_) => true,
            Says::Number { rest, .. } => rest.contains("bribe"),
            _ => false,
        };
        if !is_sensitive {
            return;
        }
        assert!(
            talks.is(
                "SELECT 1 FROM complaint WHERE id = ?1 AND sensitive",
                taken.complaint
            ),
            "{says:?} was taken for {} on what is not sensitive",
            taken.outcome
        );
        assert_names_nobody(talks, reply.unwrap_or_default());
    }

    /// Whose words moved elsewhere finds them where somebody sees to them.
    fn merges_into_what_is_open(&self, talks: &Talks) {
        for id in &self.open {
            let sql = "SELECT merged_into FROM complaint WHERE id = ?1";
            let into: Option<i64> = talks
                .database
                .query_row(sql, [id], |row| row.get(0))
                .unwrap();
            assert!(
                into.is_none_or(|into| self.open.contains(&into)),
                "merged into what is over"
            );
        }
        let there = talks.ids("SELECT id FROM complaint");
        assert!(there.starts_with(&self.complaints) && there.len() <= self.complaints.len() + 1);
    }
}

/// Of the sender's complaint whose number the text has, or that stands for it, whether it is sensitive.
fn own_is_sensitive(talks: &Talks, phone: Option<i64>, body: &str) -> Option<bool> {
    let group = jibu::intake::numbers::find(body).into_iter().next()?;
    let sql = "SELECT coalesce(target.sensitive, own.sensitive) FROM complaint AS own
               LEFT JOIN complaint AS target ON target.id = own.merged_into WHERE own.number = ?1 AND own.phone_id = ?2";
    let number = group.number.ok()?.value().cast_signed();
    talks
        .database
        .query_row(sql, params![number, phone], |row| row.get(0))
        .optional()
        .unwrap()
}

fn assert_names_nobody(talks: &Talks, text: &str) {
    let organisations = talks.world.configuration.rules.organisations();
    let mut names =
        organisations.flat_map(|o| std::iter::once(&o.short_name).chain(o.short_names.values()));
    let named = names.find(|name| text.contains(name.as_str()));
    assert_eq!(named, None, "`{text}`");
}

/// What waits to be sent about a sensitive matter names nobody, also where it was written before it was known to be one.
pub(super) async fn texts_on_sensitive_matters_name_nobody(talks: &Talks) {
    let waiting = talks.ids(
        "SELECT outbox.id FROM outbox JOIN complaint ON complaint.id = outbox.complaint_id WHERE state = 'pending' AND sensitive",
    );
    for id in waiting {
        let words = talks
            .world
            .store
            .read(move |reader| reader.text_words(id))
            .await
            .unwrap();
        assert_names_nobody(talks, &words);
    }
}

/// Who is told that silence closed a complaint is told that a digit opens it again: so the digit must do that.
pub(super) fn who_is_told_of_a_closing_can_say_otherwise(talks: &Talks, closed: &[i64]) {
    let told = "SELECT phone_id FROM complaint JOIN phone ON phone.id = phone_id WHERE complaint.id = ?1 AND stopped_at IS NULL";
    for id in closed {
        let phone: Option<i64> = talks
            .database
            .query_row(told, [id], |row| row.get(0))
            .optional()
            .unwrap();
        if let Some(phone) = phone {
            let asked = Asked::of(talks, phone);
            let is_asked = asked.as_ref().is_some_and(|asked| {
                asked.kind == "verdict" && asked.complaint.is_some_and(|id| closed.contains(&id))
            });
            assert!(is_asked, "a digit would answer {asked:?}");
        }
    }
}

/// What complainants wrote is found in their complaints: all of it, and nothing twice.
pub(super) async fn all_words_are_there(talks: &Talks) {
    let complaints = talks.ids("SELECT id FROM complaint");
    let said = move |tx: &mut jibu::store::Tx<'_>| {
        let each = complaints.iter().map(|id| tx.said(*id));
        each.map(|said| Ok(said?.unwrap()))
            .collect::<Result<Vec<_>, _>>()
    };
    let mut said = talks
        .world
        .store
        .write("said", said)
        .await
        .unwrap()
        .concat();
    let mut written = talks.written();
    said.sort();
    written.sort();
    assert_eq!(said, written);
}
