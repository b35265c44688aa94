//! A letter as it is composed: headers that a library writes, from values without line ends.

use std::fmt;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use url::Host;

/// The longest address (RFC 5321 §4.5.3.1.3, less its brackets).
const LONGEST_ADDRESS: usize = 254;
/// The longest part of it before the `@` (§4.5.3.1.1).
const LONGEST_USER: usize = 64;
/// Characters of a subject or a name: far more than anybody reads.
const LONGEST_LINE: usize = 200;
/// Characters of a body: a letter with more is not one that anybody reads, and takes long to encode.
const LONGEST_BODY: usize = 100_000;

/// Whom a letter comes from.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sender {
    /// As the reader sees it; may be empty.
    pub name: String,
    /// The address.
    pub address: String,
}

/// The address is somebody's.
impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sender(…)")
    }
}

/// A letter on its way out. `Debug` shows neither its words nor its addresses.
#[derive(Clone)]
pub struct Letter {
    /// Our outbox row's id, of which its Message-ID is made: the same letter has the same one whenever it is sent.
    pub id: i64,
    /// Whom it comes from.
    pub from: Sender,
    /// Which of our addresses hands it over, and hears where it does not arrive: the one that the server lets us send as.
    pub returns_to: String,
    /// Whom it goes to.
    pub to: String,
    /// Where an answer goes, if not to whom it comes from.
    pub reply_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// What it says, as plain text.
    pub plain: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// The row of the letter that this one follows: the two stand together in the reader's mailbox.
    pub follows: Option<i64>,
    /// When it is sent.
    pub date: DateTime<Utc>,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A letter that cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadField {
    /// Whom it goes to.
    #[error("the address that it goes to is no email address")]
    To,
    /// Whom it comes from.
    #[error("the address that it comes from is no email address")]
    From,
    /// Who hears where it does not arrive.
    #[error("the address that it is returned to is no email address")]
    ReturnsTo,
    /// Where an answer goes.
    #[error("the address for answers is no email address")]
    ReplyTo,
    /// Anything else that the library refuses.
    #[error("it could not be composed")]
    Composed,
}

impl Letter {
    /// The whole message, as it goes over the wire: ASCII only, whatever is written in it.
    ///
    /// # Errors
    /// Which field is none.
    pub fn compose(&self) -> Result<Message, BadField> {
        let from = parse(&self.from.address).ok_or(BadField::From)?;
        let returns_to = parse(&self.returns_to).ok_or(BadField::ReturnsTo)?;
        let domain = returns_to.domain().to_owned();
        let name = Some(one_line(&self.from.name)).filter(|name| !name.is_empty());
        let to = parse(&self.to).ok_or(BadField::To)?;
        let envelope = Envelope::new(Some(returns_to.clone()), vec![to.clone()])
            .map_err(|_| BadField::Composed)?;
        let mut builder = Message::builder()
            .envelope(envelope)
            .from(Mailbox::new(name, from.clone()))
            .to(Mailbox::new(None, to))
            .subject(one_line(&self.subject))
            .date(self.date.into())
            .message_id(Some(message_id(self.id, &domain)));
        // Who writes and who hands it over are told apart (RFC 5322 §3.6.2).
        if from != returns_to {
            builder = builder.sender(Mailbox::new(None, returns_to));
        }
        if let Some(reply_to) = &self.reply_to {
            let reply_to = parse(reply_to).ok_or(BadField::ReplyTo)?;
            builder = builder.reply_to(Mailbox::new(None, reply_to));
        }
        if let Some(follows) = self.follows {
            let first = message_id(follows, &domain);
            builder = builder.in_reply_to(first.clone()).references(first);
        }
        // No out-of-office answers, and none of ours to theirs (RFC 3834); the other two are for servers that do not heed that.
        for (name, value) in [
            ("Auto-Submitted", "auto-generated"),
            ("Precedence", "bulk"),
            ("X-Auto-Response-Suppress", "All"),
        ] {
            let name = HeaderName::new_from_ascii_str(name);
            builder = builder.raw_header(HeaderValue::new(name, value.to_owned()));
        }
        let plain = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .body(readable(&self.plain));
        let composed = match &self.html {
            Some(html) => {
                let html = SinglePart::builder()
                    .header(ContentType::TEXT_HTML)
                    .body(readable(html));
                builder.multipart(MultiPart::alternative().singlepart(plain).singlepart(html))
            }
            None => builder.singlepart(plain),
        };
        composed.map_err(|_| BadField::Composed)
    }
}

/// The Message-ID of a row's letter. `domain` is that of the address which hands it over.
pub fn message_id(id: i64, domain: &str) -> String {
    format!("<jibu-email-{id}@{domain}>")
}

/// The domain of an address, in ASCII; `None`: it is no address that a letter can be sent to.
pub fn domain_of(address: &str) -> Option<String> {
    parse(address).map(|address| address.domain().to_owned())
}

/// An address in ASCII, its domain as it stands in the DNS. A user's name beyond ASCII needs SMTPUTF8 on every server on the way, which
/// nobody can promise: it is refused here, where it is told, and not by the third server.
fn parse(address: &str) -> Option<lettre::Address> {
    let (user, domain) = address.rsplit_once('@')?;
    let plain = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '(' | ')' | ',' | ';' | ':' | '\\')
    };
    if user.is_empty() || user.len() > LONGEST_USER || !user.chars().all(plain) {
        return None;
    }
    let Ok(Host::Domain(domain)) = Host::parse(domain) else {
        return None;
    };
    let address = lettre::Address::new(user, domain).ok()?;
    let written: &str = address.as_ref();
    (written.is_ascii() && written.len() <= LONGEST_ADDRESS).then_some(address)
}

/// A text as one line: a line end, a NUL and whatever else steers is a space. What looks like an encoded word (RFC 2047) would be written as
/// it stands, and a mailbox would show what it decodes to, line ends and all: it is parted.
fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_control() || is_line_end(c) {
                ' '
            } else {
                c
            }
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let line = words.join(" ").replace("=?", "= ?");
    line.chars().take(LONGEST_LINE).collect()
}

/// Unicode's own line ends, which some programs heed.
fn is_line_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// A body without what steers, but for line ends and tabs.
fn readable(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .take(LONGEST_BODY)
        .collect()
}

#[cfg(test)]
mod tests;
