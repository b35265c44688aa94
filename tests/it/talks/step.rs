//! What can happen: a text, a while without one, a deed of an officer.

use chrono::TimeDelta;
use jibu::people::Deed;
use proptest::prelude::*;
use proptest::sample::select;

/// Three people and a short code, which is no phone.
pub(super) const SENDERS: [&str; 4] = ["+254711000001", "+254722000002", "+254733000003", "21801"];
/// The last of them is a machine.
pub(super) const MACHINE: usize = 3;

#[derive(Clone, Debug)]
pub(super) enum Step {
    Text {
        from: usize,
        says: Says,
    },
    Later(TimeDelta),
    /// Who has the complaint does that; where it names an organisation, it is this.
    Deed {
        of: usize,
        deed: Deed,
        to: &'static str,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Says {
    /// Something is wrong.
    Matter(&'static str),
    /// Something that phones must not show.
    Sensitive(&'static str),
    /// A place, a sector, an answer in words.
    Words(&'static str),
    /// A number of one or two digits.
    Digit(u8),
    /// The number of a complaint, be it the sender's or not, maybe with one digit off, and what stands behind it.
    Number {
        of: usize,
        mistyped: bool,
        rest: &'static str,
    },
    /// A word that is a command, and what it is taken for.
    Command(&'static str, &'static str),
    /// A greeting, thanks, nothing to read.
    Nothing(&'static str),
    /// A picture, maybe with words.
    Picture(&'static str),
}

const MATTERS: [&str; 16] = [
    "The borehole at Habasswein is broken",
    "No water in Jogoo since Friday",
    "hatuna maji tangu Ijumaa",
    "no water",
    "The road to Bute is washed away",
    "Barabara ya Tarbaj haipitiki kabisa",
    "The dispensary at Bute has no drugs and the nurse has left",
    "The street lights are off",
    "still nothing",
    "The chief has not given us our letters since January, and nobody tells us why",
    "Relief food has not reached Eldas for two months",
    "The teachers of the primary school in Wagberi do not come to work, 300 children wait",
    "ህዝቡ ውሃ የለውም",
    "لا يوجد ماء في القرية منذ أسبوع",
    "The borehole at Habasswein is broken, the women walk for six hours to the next well and come back at night, the \
     goats are dying one after the other and nobody has come to see",
    "and that is why we ask you to look at what has become of this place, where nobody has been for so long that the old \
     people say they have never seen anybody here at all, and",
];

const SENSITIVE: [&str; 4] = [
    "The officer at the water department wants a bribe before he repairs our borehole",
    "Mwalimu mkuu anataka rushwa ili mtoto asajiliwe",
    "TI Wajir asked for money, they are corrupt",
    "he asked for money",
];

const WORDS: [&str; 14] = [
    "Habasswein",
    "it is in Wajir town",
    "Jogoo",
    "Makoror",
    "Bulla Power",
    "Water",
    "afya",
    "yes",
    "no",
    "partly",
    "mwanamke",
    "a man",
    "since Monday",
    "it is behind the mosque, ask for Asha",
];

const COMMANDS: [(&str, &str); 12] = [
    ("STOP", "stop"),
    ("acha", "stop"),
    ("START", "start"),
    ("START", "start"),
    ("anza", "start"),
    ("HELP", "help"),
    ("msaada", "help"),
    ("STATUS", "status"),
    ("hali", "status"),
    ("LUGHA", "language"),
    ("lang 2", "language"),
    ("LANG English", "language"),
];

const NOTHING: [&str; 9] = [
    "hello",
    "asante sana",
    "ok",
    "",
    " \n",
    "👍",
    "👨‍👩‍👧‍👦 🙏🏾",
    "...",
    "\u{200f}",
];

/// What stands behind a number.
const RESTS: [&str; 5] = [
    "",
    "?",
    "the nurse has left too",
    "it is near the market in Wajir town",
    "he wants a bribe",
];

const ORGANISATIONS: [&str; 5] = [
    "wajir-water",
    "wajir-health",
    "wajir-roads",
    "ti-wajir",
    "ombudsman",
];

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 1..=30)
}

fn step() -> impl Strategy<Value = Step> {
    let from = prop_oneof![8 => Just(0_usize), 2 => Just(1), 1 => Just(2), 1 => Just(MACHINE)];
    prop_oneof![
        10 => (from, says()).prop_map(|(from, says)| Step::Text { from, says }),
        3 => later().prop_map(Step::Later),
        4 => (any::<usize>(), deed(), select(&ORGANISATIONS[..]))
            .prop_map(|(of, deed, to)| Step::Deed { of, deed, to }),
    ]
}

fn says() -> impl Strategy<Value = Says> {
    let number = (any::<usize>(), any::<bool>(), select(&RESTS[..]));
    prop_oneof![
        6 => select(&MATTERS[..]).prop_map(Says::Matter),
        2 => select(&SENSITIVE[..]).prop_map(Says::Sensitive),
        3 => select(&WORDS[..]).prop_map(Says::Words),
        6 => (0_u8..10).prop_map(Says::Digit),
        3 => Just(Says::Digit(9)),
        1 => (10_u8..100).prop_map(Says::Digit),
        3 => number.prop_map(|(of, mistyped, rest)| Says::Number { of, mistyped, rest }),
        3 => select(&COMMANDS[..]).prop_map(|(word, outcome)| Says::Command(word, outcome)),
        1 => select(&NOTHING[..]).prop_map(Says::Nothing),
        1 => select(&["", "look at the road to Bute", "3"][..]).prop_map(Says::Picture),
    ]
}

fn later() -> impl Strategy<Value = TimeDelta> {
    prop_oneof![
        2 => (1_i64..70).prop_map(TimeDelta::seconds),
        2 => (1_i64..30).prop_map(TimeDelta::minutes),
        2 => (1_i64..60).prop_map(TimeDelta::hours),
        2 => (1_i64..=20).prop_map(TimeDelta::days),
    ]
}

/// Most of them in the order in which a complaint needs them.
fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => Just(Deed::Accept),
        3 => Just(Deed::Resolve),
        2 => Just(Deed::Ask),
        1 => Just(Deed::MarkSensitive),
        1 => Just(Deed::NotAComplaint),
        3 => select(&Deed::ALL[..]),
    ]
}
