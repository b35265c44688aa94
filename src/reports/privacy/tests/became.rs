//! What may have become of a complaint, and what each measure says of it.

use super::super::super::{Answer, Codes, Dimension, Fact, Figure, Measure, Reached, Stage, Value};
use super::super::axis::Axis;
use super::told::{answer, on, question};

/// How it stands with a deadline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Got {
    InTime,
    Late,
    /// Not there, and its time is over.
    Due,
    /// Not there, and there is time left.
    Waits,
}

use Got::{Due, InTime, Late, Waits};

/// One way that it may have gone.
#[derive(Clone, Copy)]
struct Way {
    status: &'static str,
    closed_as: Option<&'static str>,
    /// Accepted, acted on, resolved.
    got: [Got; 3],
    returns: u32,
    reopens: u32,
}

const fn open(status: &'static str, got: [Got; 3], returns: u32, reopens: u32) -> Way {
    Way {
        status,
        closed_as: None,
        got,
        returns,
        reopens,
    }
}

const fn closed(closed_as: &'static str, got: [Got; 3], returns: u32, reopens: u32) -> Way {
    Way {
        closed_as: Some(closed_as),
        ..open("closed", got, returns, reopens)
    }
}

const WAYS: [Way; 20] = [
    open("referred", [Due, Due, Due], 0, 0),
    open("referred", [Waits, Waits, Waits], 0, 0),
    open("received", [Waits, Waits, Waits], 0, 0),
    open("returned", [Due, Due, Due], 1, 0),
    open("referred", [Due, Due, Due], 1, 0),
    open("accepted", [InTime, Waits, Waits], 0, 0),
    open("accepted", [Late, Due, Due], 0, 0),
    open("in_progress", [InTime, InTime, Waits], 0, 0),
    open("in_progress", [InTime, Late, Due], 0, 0),
    open("in_progress", [InTime, InTime, Due], 1, 1),
    open("resolved", [InTime, InTime, InTime], 0, 0),
    open("resolved", [InTime, Late, Late], 0, 1),
    open("reopened", [InTime, InTime, Waits], 0, 1),
    closed("confirmed", [InTime, InTime, InTime], 0, 0),
    closed("confirmed", [Late, Late, Late], 1, 0),
    closed("confirmed", [InTime, InTime, Late], 0, 1),
    closed("unconfirmed", [InTime, InTime, InTime], 0, 0),
    closed("not_solved", [InTime, InTime, Waits], 0, 1),
    closed("withdrawn", [Waits, Waits, Waits], 0, 0),
    closed("withdrawn", [InTime, Waits, Waits], 0, 0),
];
pub(super) const ALL: usize = WAYS.len();

/// The measures that tell complaints apart by it.
pub(super) const MEASURES: [Measure; 7] = [
    Measure::Open,
    Measure::Overdue,
    Measure::Returned,
    Measure::Reopened,
    Measure::Confirmed,
    Measure::Unconfirmed,
    Measure::NotSolved,
];

pub(super) fn status(way: usize) -> &'static str {
    WAYS[way].status
}

pub(super) fn outcome(way: usize) -> Option<&'static str> {
    WAYS[way].closed_as
}

/// What a measure's axis says of it.
pub(super) fn word(axis: Axis, way: usize) -> Option<&'static str> {
    let of = WAYS[way];
    let is_open = of.closed_as.is_none();
    let is_solved = of.status == "resolved";
    let is = match axis {
        Axis::Whether(Measure::Open) => is_open,
        Axis::Whether(Measure::Overdue) => is_open && of.got.contains(&Due),
        Axis::Whether(Measure::Returned) => of.returns > 0,
        Axis::Whether(Measure::Reopened) => of.reopens > 0,
        Axis::Whether(Measure::Confirmed) => of.closed_as == Some("confirmed"),
        Axis::Whether(Measure::Unconfirmed) => of.closed_as == Some("unconfirmed"),
        Axis::Whether(Measure::NotSolved) => {
            of.closed_as == Some("not_solved") || (is_open && of.reopens > 0 && !is_solved)
        }
        Axis::Whether(Measure::Time(..)) => {
            return (of.status != "received").then_some("yes");
        }
        Axis::Got(stage) => return got(of.got[place(stage)], is_open),
        _ => unreachable!("{axis:?}"),
    };
    Some(if is { "yes" } else { "no" })
}

fn got(got: Got, is_open: bool) -> Option<&'static str> {
    match got {
        InTime => Some("in_time"),
        Late => Some("late"),
        Due => is_open.then_some("overdue"),
        Waits => None,
    }
}

fn place(stage: Stage) -> usize {
    let place = Stage::WITH_DEADLINE.iter().position(|one| *one == stage);
    place.unwrap()
}

/// The same complaint, gone that way: of one that was lodged long ago.
pub(super) fn gone(fact: Fact, way: usize, codes: &mut Codes) -> Fact {
    const DAY: i64 = 86_400_000;
    let of = WAYS[way];
    let at = fact.opened_at + DAY;
    let due = |got: Got| match got {
        Waits => at + 365 * DAY,
        InTime | Late | Due => at,
    };
    let reached = |got: Got| match got {
        InTime | Late => Some(Reached {
            at,
            late: got == Late,
        }),
        Due | Waits => None,
    };
    let next = of.got.into_iter().find(|got| reached(*got).is_none());
    Fact {
        status: codes.code(of.status),
        closed_as: of.closed_as.map(|word| codes.code(word)),
        next_due: due(next.unwrap_or(Waits)),
        due: of.got.map(due),
        reached: of.got.map(reached),
        returns: of.returns,
        reopens: of.reopens,
        referred_at: (of.status != "received").then_some(at),
        ..fact
    }
}

#[test]
fn who_is_open_and_not_overdue_is_no_difference_of_two_figures() {
    // Twenty are open on each, and of those on water eighteen are overdue: two are not.
    for (in_time, all, on_water) in [
        ([2, 0], false, false),
        ([2, 9], true, false),
        ([6, 6], true, true),
    ] {
        let told = |of: fn(&Answer) -> Figure, by: &[Dimension]| {
            [Measure::Open, Measure::Overdue]
                .into_iter()
                .all(|measure| {
                    let answer = answer(question(by, measure, "2026-10"), |codes| {
                        let sectors = ["water", "health"].into_iter().zip(in_time);
                        let open = |(sector, in_time)| {
                            let mut all = on(sector, 50, 0, codes);
                            for one in all.iter_mut().take(in_time) {
                                (one.due, one.next_due) = ([i64::MAX; 3], i64::MAX);
                            }
                            for one in all.iter_mut().skip(20) {
                                one.status = codes.code("closed");
                            }
                            all
                        };
                        sectors.flat_map(open).collect()
                    });
                    of(&answer).value != Value::Hidden
                })
        };
        assert_eq!(told(|answer| answer.total, &[]), all, "{in_time:?}");
        let water = |answer: &Answer| answer.figure(Some(&Some("water".into())), None);
        assert_eq!(told(water, &[Dimension::Sector]), on_water, "{in_time:?}");
    }
}
