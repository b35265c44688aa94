//! A text came in: say what it means, do that, and owe the reply, all in one transaction.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::complaint::{Address, County};
use crate::configuration::Configuration;
use crate::intake::places::Found;
use crate::intake::{Meaning, Reading};
use crate::routing::Decision;
use crate::store::{AlarmKind, Claim, NewMessage, Phone, StoreError, Turnable, Tx};

use super::conversation::{Said, Talk, carry_out, what_is_known};
use super::reply::{Reply, Silence};

/// What was written longer ago does not tell that its phone is on.
const PHONE_IS_STILL_ON: TimeDelta = TimeDelta::minutes(10);

/// A text, as the gateway delivered it.
#[derive(Clone, Debug)]
pub struct IncomingMessage {
    /// The gateway's id of it.
    pub sid: String,
    /// Who texted.
    pub from: Address,
    /// The number of ours that was texted.
    pub to: Address,
    /// The words; empty for a message of pictures only.
    pub body: String,
    /// Pictures and sound that came with it.
    pub media: Vec<Media>,
}

/// A picture or a sound, still at the gateway.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Media {
    /// Where it can be fetched.
    pub url: String,
    /// Its MIME type.
    #[serde(rename = "type")]
    pub content_type: String,
}

/// What was done with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// Taken in.
    Taken,
    /// Taken in before; nothing was done.
    Redelivered,
    /// Taken in before with another sender, line or words: the first one stands, and an alarm was raised.
    Altered,
}

/// What can be worked out about a text before the writer is asked: a text is read and routed beside the others, not after
/// them.
pub struct Prepared {
    pub(super) configuration: Arc<Configuration>,
    pub(super) county: County,
    pub(super) reading: Reading,
    pub(super) decision: Decision,
    pub(super) place: Found,
}

impl Prepared {
    /// Reads and routes a text, by one version of the configuration.
    pub fn new(configuration: Arc<Configuration>, message: &IncomingMessage) -> Self {
        Self::of(configuration, &message.to, &message.body)
    }

    /// The same of the words that came to a number of ours.
    pub(super) fn of(configuration: Arc<Configuration>, line: &Address, words: &str) -> Self {
        let county = configuration.county_of(line).clone();
        let (reading, decision, place) = configuration.read(words, &county);
        Self {
            configuration,
            county,
            reading,
            decision,
            place,
        }
    }
}

/// Takes a text in. Its message id has one effect, however often it is delivered.
///
/// # Errors
/// The store's; then nothing of it was kept, and the gateway may deliver it again.
pub fn receive_message(
    tx: &mut Tx<'_>,
    text: &Prepared,
    message: &IncomingMessage,
) -> Result<Receipt, StoreError> {
    receive(tx, text, message, tx.now)
}

/// The same of a text that was written then: it is understood by what its sender could know by then.
fn receive(
    tx: &mut Tx<'_>,
    text: &Prepared,
    message: &IncomingMessage,
    written_at: DateTime<Utc>,
) -> Result<Receipt, StoreError> {
    let digest = tx.digest(&message.from, &message.to, &message.body);
    match tx.claim_message(&message.sid, &digest)? {
        Claim::New => {}
        Claim::Redelivered => return Ok(Receipt::Redelivered),
        Claim::Altered => {
            tx.raise_alarm(AlarmKind::AlteredRedelivery)?;
            return Ok(Receipt::Altered);
        }
    }
    let mut phone = tx.phone(&message.from, text.reading.language.as_ref())?;
    if !phone.is_new && tx.now - written_at < PHONE_IS_STILL_ON {
        tx.hasten_retries(phone.id)?;
    }
    if written_at < tx.now {
        phone.forget_what_came_after(written_at);
    }
    let known = what_is_known(tx, text, &message.from, &phone)?;
    let meaning = known.meaning(text, &phone, !message.media.is_empty(), written_at);
    let is_overtaken = is_overtaken(tx, &phone, &meaning, written_at)?;
    let subject = known.subject(tx, text, &phone, &meaning)?;
    let reply = Reply {
        configuration: &text.configuration,
        message,
        digest: &digest,
        meaning: &meaning,
        phone: &phone,
    };
    let silence = if is_overtaken {
        Some(Silence::Overtaken)
    } else {
        reply.silence(tx)?
    };
    let about = subject.as_ref().map(|complaint| complaint.id);
    let message_id = keep(tx, text, &reply, about, silence)?;
    if is_overtaken {
        return Ok(Receipt::Taken);
    }
    let talk = Talk {
        text,
        phone: &phone,
        open: known.open.as_ref(),
        message_id,
    };
    let said = carry_out(tx, &talk, &meaning, subject)?;
    remember(tx, &talk, &said, written_at)?;
    if silence.is_none() {
        reply.owe(tx, &talk, &said)?;
    }
    // After the confirmation is owed, which alone is exempt from the stop.
    match meaning {
        Meaning::Stop if !phone.stopped => tx.set_stopped(phone.id, Some(written_at))?,
        Meaning::Start if phone.stopped => tx.set_stopped(phone.id, None)?,
        _ => {}
    }
    Ok(Receipt::Taken)
}

/// The same of a text whose webhook did not come, found in the gateway's list, which says when it was written: who minds the line hears of it, counted with what was taken in.
///
/// # Errors
/// As there.
pub fn receive_missed_message(
    tx: &mut Tx<'_>,
    text: &Prepared,
    message: &IncomingMessage,
    written_at: DateTime<Utc>,
) -> Result<Receipt, StoreError> {
    let receipt = receive(tx, text, message, written_at.min(tx.now))?;
    if receipt == Receipt::Taken {
        tx.raise_alarm(AlarmKind::WebhookMissed)?;
    }
    Ok(receipt)
}

/// Whether the phone took back a STOP or START before this one came.
fn is_overtaken(
    tx: &Tx<'_>,
    phone: &Phone,
    meaning: &Meaning,
    written_at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    match meaning {
        Meaning::Stop => tx.wrote_start_after(phone.id, written_at),
        Meaning::Start => tx.stopped_after(phone.id, written_at),
        _ => Ok(false),
    }
}

/// Keeps what the next text will be understood by: what was talked about, and what can be turned.
fn remember(
    tx: &mut Tx<'_>,
    talk: &Talk<'_>,
    said: &Said,
    written_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let phone_id = talk.phone.id;
    let Some(complaint_id) = said.complaint_id() else {
        return Ok(());
    };
    let fills_a_segment = talk.text.reading.fills_a_segment;
    tx.at(written_at, |tx| {
        tx.talk_about(phone_id, complaint_id, fills_a_segment)
    })?;
    match said.did {
        Some(did) => tx.set_turnable(
            phone_id,
            &Turnable {
                did,
                message_id: talk.message_id,
                complaint_id,
                at: tx.now,
            },
        ),
        None if talk.phone.turnable.is_some() => tx.forget_turnable(phone_id),
        None => Ok(()),
    }
}

fn keep(
    tx: &mut Tx<'_>,
    text: &Prepared,
    reply: &Reply<'_>,
    complaint_id: Option<i64>,
    silence: Option<Silence>,
) -> Result<i64, StoreError> {
    let message = reply.message;
    let media = match message.media.as_slice() {
        [] => None,
        media => serde_json::to_string(media).ok(),
    };
    let id = tx.next_id();
    tx.add_message(
        id,
        &NewMessage {
            sid: &message.sid,
            digest: *reply.digest,
            phone_id: reply.phone.id,
            line: &message.to,
            words: &message.body,
            language: text.reading.language.as_ref(),
            media: media.as_deref(),
            outcome: reply.meaning.outcome(),
            complaint_id,
            silence: silence.map(Silence::as_str),
        },
    )?;
    Ok(id)
}
