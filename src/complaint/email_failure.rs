//! Why an email did not go out, in words that stand in the store: no address and nothing of what was written.

/// What came between an email and its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFailure {
    /// The address, the reader's or ours, is none that a letter can be sent to.
    BadAddress,
    /// The server knows no such mailbox.
    NoSuchMailbox,
    /// The mailbox has no room.
    MailboxFull,
    /// The server refuses this letter, for whatever other reason.
    Refused,
    /// The server asks to try later: greylisting, or it has trouble of its own.
    Deferred,
    /// The server is not reached.
    NoConnection,
    /// The connection broke before the letter was handed over whole.
    BrokenOff,
    /// The server is not who it should be, or offers no TLS.
    NoTrust,
    /// The server refuses our login or our sender.
    Account,
    /// No answer came after the letter's last byte: it may have been taken.
    Lost,
    /// jibu stopped while the letter was on the wire: it may have been taken.
    Interrupted,
    /// A backup was taken before the letter was known to have left.
    Copied,
    /// What is stored does not open: altered, or sealed with another key.
    Sealed,
}

impl EmailFailure {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::BadAddress,
        Self::NoSuchMailbox,
        Self::MailboxFull,
        Self::Refused,
        Self::Deferred,
        Self::NoConnection,
        Self::BrokenOff,
        Self::NoTrust,
        Self::Account,
        Self::Lost,
        Self::Interrupted,
        Self::Copied,
        Self::Sealed,
    ];

    /// The word in the store and in logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadAddress => "bad_address",
            Self::NoSuchMailbox => "no_such_mailbox",
            Self::MailboxFull => "mailbox_full",
            Self::Refused => "refused",
            Self::Deferred => "deferred",
            Self::NoConnection => "no_connection",
            Self::BrokenOff => "broken_off",
            Self::NoTrust => "no_trust",
            Self::Account => "account",
            Self::Lost => "lost",
            Self::Interrupted => "interrupted",
            Self::Copied => "copied",
            Self::Sealed => "sealed",
        }
    }

    /// The failure with that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|failure| failure.as_str() == word)
    }
}
