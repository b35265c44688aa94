//! How far an outgoing text has come, and what a failure on the way means.

/// The gateway's word on an outgoing text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Waits for its time at the gateway.
    Scheduled,
    /// Taken by the gateway, no sender chosen yet.
    Accepted,
    /// In the gateway's queue.
    Queued,
    /// On its way to the carrier.
    Sending,
    /// The carrier has it. Without delivery reports this is the last word.
    Sent,
    /// The phone has it.
    Delivered,
    /// The carrier could not deliver it.
    Undelivered,
    /// It never left the gateway.
    Failed,
    /// Cancelled at the gateway.
    Canceled,
    /// Read, on channels that tell.
    Read,
}

impl Delivery {
    /// All of them, by rank.
    pub const ALL: [Self; 10] = [
        Self::Scheduled,
        Self::Accepted,
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Undelivered,
        Self::Failed,
        Self::Canceled,
        Self::Read,
    ];

    /// The gateway's word, also the store's.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Accepted => "accepted",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Read => "read",
        }
    }

    /// The status with that word; `None` for one that the gateway invented since.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str().eq_ignore_ascii_case(word))
    }

    /// How far along it is. Reports come late and out of order, so a status only ever replaces one of lower rank; the
    /// four ends share a rank and never replace each other.
    pub fn rank(self) -> u8 {
        match self {
            Self::Scheduled => 0,
            Self::Accepted => 1,
            Self::Queued => 2,
            Self::Sending => 3,
            Self::Sent => 4,
            Self::Delivered | Self::Undelivered | Self::Failed | Self::Canceled => 5,
            Self::Read => 6,
        }
    }

    /// Whether the text did not reach the phone and never will.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Undelivered | Self::Failed | Self::Canceled)
    }
}

/// What a failure means for the text and for the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// This text will not arrive, and trying again would not help.
    Permanent,
    /// The phone was off or the queue full: another try, hours later, may arrive.
    TryLater,
    /// The person opted out at the gateway: mirrored into our own list.
    OptedOut,
    /// Our account, number or settings are wrong: nothing will get through until an administrator mends it.
    Misconfigured,
}
