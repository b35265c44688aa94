//! Whether a text is answered at all, in which words, and the row that owes the answer.

use crate::configuration::Configuration;
use crate::intake::{Answer, Meaning};
use crate::store::{AlarmKind, NewText, Phone, StoreError, Tx};
use crate::text::gsm7;

use super::conversation::{Said, Talk};
use super::receive_message::IncomingMessage;
use super::wording::{self, Worded};

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
    /// A STOP or START that came late, after the opposite.
    Overtaken,
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
            Self::Overtaken => "overtaken",
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

    /// What answers a question is no loop, for that question is asked no more: who skips all of them sends the same 0 four times.
    fn answers_a_question(&self) -> bool {
        match self.meaning {
            Meaning::Answer(Answer::Unclear(_)) => false,
            Meaning::Answer(_) | Meaning::VerdictOn(..) => true,
            _ => false,
        }
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
            && !self.answers_a_question()
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

    /// Puts the reply into the outbox, and remembers what it asks. It leaves from the number that was texted.
    pub(super) fn owe(
        &self,
        tx: &mut Tx<'_>,
        talk: &Talk<'_>,
        said: &Said,
    ) -> Result<(), StoreError> {
        let Worded {
            words,
            language,
            offered,
        } = wording::word(talk, said);
        let complaint_id = said.complaint_id();
        tx.add_text(&NewText {
            phone_id: self.phone.id,
            line: &self.message.to,
            message_id: Some(talk.message_id),
            complaint_id,
            words: &words,
            language: &language,
            segments: gsm7::segments(&words),
            not_before: None,
        })?;
        match (&said.asks, offered) {
            (Some(asks), Some(offered)) => tx.ask(
                self.phone.id,
                complaint_id,
                asks.asks,
                &offered,
                asks.times,
                tx.now,
            ),
            _ => Ok(()),
        }
    }
}
