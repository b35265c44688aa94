//! A text came in: say what it means, do that, and owe the reply, all in one transaction.

use std::sync::Arc;

use crate::complaint::{Address, County, TrackingNumber};
use crate::configuration::Configuration;
use crate::intake::conversation::Known;
use crate::intake::places::Found;
use crate::intake::{Asks, Meaning, Reading, understand};
use crate::routing::Decision;
use crate::store::{AlarmKind, Claim, NewEvent, NewMessage, Phone, StoreError, Tx};

use super::carry_out::{Done, asked, carry_out};
use super::open_complaint::refer;
use super::reply::{self, Reply};
use super::settle_place::settle_place;
use super::verdict::record_verdict;

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
        let county = configuration.county_of(&message.to).clone();
        let reading = Reading::of(&message.body, &configuration.replies);
        let (decision, place) = configuration.decide(&reading.words, &county);
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
    let digest = tx.digest(&message.from, &message.to, &message.body);
    match tx.claim_message(&message.sid, &digest)? {
        Claim::New => {}
        Claim::Redelivered => return Ok(Receipt::Redelivered),
        Claim::Altered => {
            tx.raise_alarm(AlarmKind::AlteredRedelivery)?;
            return Ok(Receipt::Altered);
        }
    }
    let phone = tx.phone(&message.from, text.reading.language.as_ref())?;
    // The phone's language is by now that of the text, where the text tells one.
    let language = phone
        .language
        .clone()
        .unwrap_or_else(|| text.county.language.clone());
    let own_number = own_number(tx, text, &phone)?;
    let meaning = understand(
        &text.reading,
        Known {
            own_number,
            has_media: !message.media.is_empty(),
            asked: asked(text, &phone).map(|asked| &asked.question),
            named: &text.place,
            decided: decided(text, &phone),
            now: tx.now,
        },
    );
    let mut done = carry_out(tx, text, &meaning, &phone, &language)?;

    let reply = Reply {
        configuration: &text.configuration,
        message,
        digest: &digest,
        meaning: &meaning,
        phone: &phone,
    };
    let silence = reply.silence(tx)?;
    let id = keep(tx, text, &reply, &done, silence)?;
    if let (Some(complaint_id), Some(kind)) = (done.complaint_id(), done.event) {
        tx.add_event(
            complaint_id,
            &NewEvent {
                kind,
                actor: "complainant",
                message_id: Some(id),
                ..NewEvent::default()
            },
        )?;
    }
    if let (Meaning::Complaint, Some(complaint_id)) = (&meaning, done.complaint_id()) {
        refer(tx, complaint_id, None, &text.decision)?;
    }
    if let Some(verdict) = done.verdict
        && let Some(complaint) = done.about.take()
    {
        done.about = Some(record_verdict(tx, text, complaint, verdict, id)?);
    }
    if let Some(place) = &done.place
        && let Some(complaint) = done.about.take()
    {
        tx.forget_question(phone.id, complaint.id)?;
        done.about = Some(settle_place(tx, text, complaint, place, id)?);
    }
    if silence.is_none() {
        let said = reply.words(&language, &done, text.county.zone);
        reply.owe(tx, id, done.complaint_id(), &language, &said.words)?;
        if let (Some(asks), Some(complaint_id)) = (&done.asks, done.complaint_id()) {
            tx.ask(phone.id, complaint_id, asks.asks, said.offered, asks.times)?;
        }
    }
    // After the confirmation is owed, which alone is exempt from the stop.
    match meaning {
        Meaning::Stop if !phone.stopped => tx.set_stopped(phone.id, Some(tx.now))?,
        Meaning::Start if phone.stopped => tx.set_stopped(phone.id, None)?,
        _ => {}
    }
    Ok(Receipt::Taken)
}

/// Whether a rule decides what the text is about. An officer was promised an answer: there it must decide for somebody else.
fn decided(text: &Prepared, phone: &Phone) -> bool {
    let asked = asked(text, phone).filter(|asked| asked.question.asks == Asks::Words);
    let is_theirs = asked.is_some_and(|asked| asked.holder == text.decision.to);
    text.decision.rule.is_some() && !is_theirs
}

fn own_number(
    tx: &Tx<'_>,
    text: &Prepared,
    phone: &Phone,
) -> Result<Option<TrackingNumber>, StoreError> {
    for number in text
        .reading
        .numbers
        .iter()
        .filter_map(|group| group.number.ok())
    {
        if tx.own_complaint(phone.id, number)?.is_some() {
            return Ok(Some(number));
        }
    }
    Ok(None)
}

fn keep(
    tx: &mut Tx<'_>,
    text: &Prepared,
    reply: &Reply<'_>,
    done: &Done,
    silence: Option<reply::Silence>,
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
            complaint_id: done.complaint_id(),
            silence: silence.map(reply::Silence::as_str),
        },
    )?;
    Ok(id)
}
