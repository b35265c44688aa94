//! What the reports know of one complaint.

use super::Code;
use crate::complaint::TrackingNumber;

/// One complaint, or one hop of it; what was not read of it ([`Field`](super::Field)) is 0, or nothing. Times are UTC milliseconds: a million
/// of these are read for one table.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// Its row.
    pub id: i64,
    /// Its county's id.
    pub county: Code,
    /// Its place's id, if known.
    pub place: Option<Code>,
    /// Of a published one: the sub-county and the ward that its place lay in when it was published; `None`: as the gazetteer has it.
    pub within: Option<[Option<Code>; 2]>,
    /// Its sector's id, if known.
    pub sector: Option<Code>,
    /// Its kind, if known.
    pub kind: Option<Code>,
    /// How it came.
    pub channel: Code,
    /// The language of the texts about it.
    pub language: Code,
    /// Where it stands.
    pub status: Code,
    /// Who has it; of a hop, who had it.
    pub holder: Code,
    /// As what it was closed.
    pub closed_as: Option<Code>,
    /// The complainant's gender, if they said it.
    pub gender: Option<Code>,
    /// The same of their age group.
    pub age_group: Option<Code>,
    /// Whether it takes the track of its own.
    pub sensitive: bool,
    /// When it was lodged.
    pub opened_at: i64,
    /// When the next thing is due; of a closed one, when it was closed.
    pub next_due: i64,
    /// By when it is to be accepted, acted on, resolved.
    pub due: [i64; 3],
    /// How often it was sent back.
    pub returns: u32,
    /// How often its complainant said that it is not solved.
    pub reopens: u32,
    /// When it got to who can mend it.
    pub referred_at: Option<i64>,
    /// When it was accepted, acted on, resolved, and whether that was late.
    pub reached: [Option<Reached>; 3],
    /// Of a hop: from when to when its holder had it.
    pub held: Option<(i64, i64)>,
}

/// When a complaint got somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// When.
    pub at: i64,
    /// Whether that was after its deadline of then.
    pub late: bool,
}

/// A complaint as it leaves the system.
#[derive(Clone, Copy, Debug)]
pub struct ComplaintRow {
    /// Its number.
    pub number: TrackingNumber,
    /// All else that leaves.
    pub fact: Fact,
}

/// A hop of a complaint as it leaves the system. Times are UTC milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct HopRow {
    /// The complaint's number.
    pub number: TrackingNumber,
    /// Its county's id.
    pub county: Code,
    /// Which of its hops, from 1 on.
    pub nth: u32,
    /// Who had it before; `None`: nobody.
    pub sent_by: Option<Code>,
    /// Who had it.
    pub holder: Code,
    /// From when on.
    pub from: i64,
    /// Until when: it went on, was solved or was over; `None`: they still have it.
    pub until: Option<i64>,
    /// Who made the hop: rules, a person, the complainant.
    pub actor: Code,
    /// Whether who had it before sent it back.
    pub returned: bool,
}
