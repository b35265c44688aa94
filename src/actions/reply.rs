//! Whether a text is answered at all, in which words, and the row that owes the answer.

use chrono_tz::Tz;

use crate::complaint::{LanguageId, PlaceId};
use crate::configuration::Configuration;
use crate::intake::Meaning;
use crate::intake::replies::{Language, Template, Values};
use crate::store::{AlarmKind, NewText, Phone, StoreError, Tx};
use crate::text::gsm7;

use super::carry_out::Done;
use super::receive_message::IncomingMessage;
use super::values::values_of;

/// Why a text gets no reply. It is taken in all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// A short code or a sender's name: a machine, or nobody that could be reached.
    Machine,
    /// One of our own numbers: an answer would be answered.
    OwnNumber,
    /// The person asked for no more texts.
    Stopped,
    /// The gateway answers this word itself.
    GatewayAnswers,
    /// This phone had its replies of ten minutes, or of the day.
    PhoneLimit,
    /// The same text was answered twice in ten minutes.
    EqualText,
    /// All phones together had their replies of the minute.
    Breaker,
    /// All texts together had their segments of the day.
    SpendCap,
}

impl Silence {
    /// The word in the store.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::OwnNumber => "own_number",
            Self::Stopped => "stopped",
            Self::GatewayAnswers => "gateway_answers",
            Self::PhoneLimit => "phone_limit",
            Self::EqualText => "equal_text",
            Self::Breaker => "breaker",
            Self::SpendCap => "spend_cap",
        }
    }
}

/// A reply that may be owed.
pub(super) struct Reply<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) message: &'a IncomingMessage,
    pub(super) digest: &'a [u8; 16],
    pub(super) meaning: &'a Meaning,
    pub(super) phone: &'a Phone,
}

/// What a reply says.
pub(super) struct Said<'d> {
    pub(super) words: String,
    /// The places that it offers behind digits, from 1 on.
    pub(super) offered: &'d [PlaceId],
}

impl Reply<'_> {
    /// Why there is to be none; `None`: it is owed.
    pub(super) fn silence(&self, tx: &mut Tx<'_>) -> Result<Option<Silence>, StoreError> {
        let silence = match self.silence_by_sender() {
            Some(silence) => Some(silence),
            None => self.silence_by_limit(tx)?,
        };
        match silence {
            Some(Silence::Breaker) => tx.raise_alarm(AlarmKind::Breaker)?,
            Some(Silence::SpendCap) => tx.raise_alarm(AlarmKind::SpendCap)?,
            _ => {}
        }
        Ok(silence)
    }

    fn silence_by_sender(&self) -> Option<Silence> {
        let from = &self.message.from;
        if !from.is_phone() {
            Some(Silence::Machine)
        } else if *from == self.message.to
            || self.configuration.rules.county_of_number(from).is_some()
        {
            Some(Silence::OwnNumber)
        } else if self.phone.stopped && *self.meaning != Meaning::Start {
            Some(Silence::Stopped)
        } else if self.gateway_answers() {
            Some(Silence::GatewayAnswers)
        } else {
            None
        }
    }

    fn gateway_answers(&self) -> bool {
        let answered = &self.configuration.settings.gateway.answers_keywords;
        matches!(self.meaning, Meaning::Stop | Meaning::Start | Meaning::Help)
            && answered
                .iter()
                .any(|word| word.eq_ignore_ascii_case(self.message.body.trim()))
    }

    fn silence_by_limit(&self, tx: &mut Tx<'_>) -> Result<Option<Silence>, StoreError> {
        let limits = &self.configuration.settings.limits;
        let replies = tx.replies_to_phone(self.phone.id)?;
        // A person who asks us to stop is told so, whatever they sent before: one more. Not without a limit, for a machine
        // that says STOP and START in turns would be answered for ever.
        let last_word = u32::from(*self.meaning == Meaning::Stop);
        if replies.in_ten_minutes >= limits.replies_per_phone_10min.saturating_add(last_word)
            || replies.in_a_day >= limits.replies_per_phone_day.saturating_add(last_word)
        {
            return Ok(Some(Silence::PhoneLimit));
        }
        // Looks at the few replies of ten minutes only, so it costs little in a flood.
        if replies.in_ten_minutes > 0
            && tx.replies_to_equal_texts(self.phone.id, self.digest)?
                >= limits.equal_text_replies_10min
        {
            return Ok(Some(Silence::EqualText));
        }
        if tx.replies_this_minute()? >= limits.replies_per_minute {
            return Ok(Some(Silence::Breaker));
        }
        Ok((tx.segments_today()? >= limits.segments_per_day).then_some(Silence::SpendCap))
    }

    /// What it says, with what it names of the complaint that it is about; dates are those of the county's `zone`.
    pub(super) fn words<'d>(&self, language: &LanguageId, done: &'d Done, zone: Tz) -> Said<'d> {
        let language = self.configuration.replies.language_or_first(language);
        let values = self.values(language, done, zone);
        let sensitive = done.neutral || done.about.as_ref().is_some_and(|about| about.sensitive);
        let template = if sensitive {
            done.reply.neutral()
        } else {
            done.reply
        };
        if let Some(menu) = self.with_menu(language, template, done, &values) {
            return menu;
        }
        let place = done.place.as_ref();
        let place = place.and_then(|place| self.configuration.places.name(place));
        // A name in letters that the language's encoding lacks is left out.
        let words = language.render_if_it_fits(template, &Values { place, ..values });
        Said {
            words: words.unwrap_or_else(|| language.render(template, &values)),
            offered: &[],
        }
    }

    /// The menu of the places to choose from; `None` where there is none, or it is too long for its segments.
    fn with_menu<'d>(
        &self,
        language: &Language,
        template: Template,
        done: &'d Done,
        values: &Values<'_>,
    ) -> Option<Said<'d>> {
        let offered = done.asks.as_ref()?.choices.as_slice();
        let labels = self.configuration.places.labels(offered)?;
        let choices = labels.as_slice();
        if choices.is_empty() {
            return None;
        }
        let words =
            language.render_if_it_fits(template.with_menu()?, &Values { choices, ..*values })?;
        Some(Said { words, offered })
    }

    fn values<'v>(&'v self, language: &Language, done: &'v Done, zone: Tz) -> Values<'v> {
        match &done.about {
            Some(complaint) => Values {
                words: done.last_words.as_deref(),
                ..values_of(self.configuration, language, complaint, zone)
            },
            None => Values {
                free: self.configuration.settings.line.free,
                ..Values::default()
            },
        }
    }

    /// Puts the reply into the outbox, in that language. It leaves from the number that was texted.
    pub(super) fn owe(
        &self,
        tx: &mut Tx<'_>,
        message_id: i64,
        complaint_id: Option<i64>,
        language: &LanguageId,
        words: &str,
    ) -> Result<(), StoreError> {
        tx.add_text(&NewText {
            phone_id: self.phone.id,
            line: &self.message.to,
            message_id: Some(message_id),
            complaint_id,
            words,
            language: &self.configuration.replies.language_or_first(language).id,
            segments: u32::try_from(gsm7::count(words).segments).unwrap_or(u32::MAX),
        })?;
        Ok(())
    }
}
