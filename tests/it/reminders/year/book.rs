//! The book that a careful clerk would keep: of each complaint what is due, which steps follow, and which letters tell of them. It is
//! worked out anew from what the product promises, with the almanac's days, and says at each look just what must have happened.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use jibu::complaint::Status::{
    self, Accepted, Closed, InProgress, Received, Referred, Reopened, Resolved, Returned,
};

use super::almanac::Span;
use super::counties::County;

/// The steps, and after how many working days the next one follows.
const STEPS: [(&str, usize); 4] = [
    ("first", 2),
    ("second", 2),
    ("escalated", 5),
    ("committee", 0),
];
/// A question stops the clock for so many working days at most.
const LONGEST_PAUSE: usize = 5;
/// Nobody says whether it is solved for so long: it is closed.
const VERDICT_WITHIN: TimeDelta = TimeDelta::days(14);
/// Who acted late hears nothing for so long.
const REST: TimeDelta = TimeDelta::days(1);

pub(super) struct Complaint {
    pub(super) id: i64,
    pub(super) number: String,
    pub(super) county: usize,
    pub(super) opened: DateTime<Utc>,
    pub(super) phone: String,
    pub(super) holder: String,
    pub(super) urgent: bool,
    pub(super) sensitive: bool,
    pub(super) accused: Vec<String>,
    pub(super) status: Status,
    /// To accept, to act, to solve.
    pub(super) due: [DateTime<Utc>; 3],
    pub(super) next: DateTime<Utc>,
    pub(super) paused: Option<DateTime<Utc>>,
    pub(super) is_asked: bool,
    pub(super) is_stopped: bool,
    pub(super) is_unconfirmed: bool,
    /// The deadline that steps are counted for, how many were taken, and when the next one is.
    steps_of: DateTime<Utc>,
    taken: usize,
    step_at: Option<DateTime<Utc>>,
    /// Its newest step, as the book counts them.
    pub(super) newest: usize,
}

/// A step, as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) at: DateTime<Utc>,
    pub(super) number: String,
    pub(super) step: String,
    pub(super) due: DateTime<Utc>,
    pub(super) holder: String,
}

/// A letter: when, from whom (nobody: the service itself), to whom, about which numbers (none: how a month was).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Letter {
    pub(super) at: DateTime<Utc>,
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) numbers: Vec<String>,
}

/// A step that some letter may still have to tell of.
pub(super) struct Untold {
    pub(super) at: usize,
    pub(super) complaint: usize,
    pub(super) step: &'static str,
    pub(super) due: DateTime<Utc>,
    pub(super) holder: String,
}

#[derive(Default)]
pub(super) struct Book {
    pub(super) complaints: Vec<Complaint>,
    pub(super) steps: Vec<Step>,
    pub(super) letters: Vec<Letter>,
    pub(super) taken: Vec<Untold>,
    /// Of each county and reader up to which step letters told, and on which day the last one was written.
    pub(super) told: BTreeMap<(usize, String), (usize, Option<NaiveDate>)>,
    /// Of which county the committee was told how which month was, named by the first day after it.
    pub(super) reported: BTreeSet<(usize, NaiveDate)>,
}

impl Complaint {
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.status, Resolved | Closed)
    }

    /// It stands so now, and that is what is due next.
    fn stand(&mut self, now: DateTime<Utc>, status: Status, next: DateTime<Utc>) {
        (self.status, self.next, self.paused) = (status, next, None);
        if self.steps_of != next {
            (self.taken, self.step_at) = (0, None);
        }
        self.steps_of = next;
        if !self.is_open() || self.taken == STEPS.len() {
            self.step_at = None;
        } else if self.step_at.is_none() {
            self.step_at = Some(if next < now { now + REST } else { next });
        }
    }

    /// What its holder owes next where it stands so.
    fn owed(&self, status: Status) -> DateTime<Utc> {
        match status {
            Received | Referred | Returned => self.due[0],
            Accepted | Reopened => self.due[1],
            InProgress | Resolved | Closed => self.due[2],
        }
    }

    /// When the clock brings something about.
    pub(super) fn moment(&self) -> Option<DateTime<Utc>> {
        self.step_at
            .or((self.status == Resolved).then_some(self.next))
    }
}

impl Book {
    #[expect(
        clippy::too_many_arguments,
        reason = "all that is known of a complaint when it comes"
    )]
    pub(super) fn opened(
        &mut self,
        counties: &[County],
        now: DateTime<Utc>,
        county: usize,
        known: (i64, String, String),
        holder: String,
        urgent: bool,
        accused: Option<Vec<String>>,
    ) {
        let (id, number, phone) = known;
        let due = deadlines(&counties[county], &holder, urgent, now);
        self.complaints.push(Complaint {
            id,
            number,
            county,
            opened: now,
            phone,
            holder,
            urgent,
            sensitive: accused.is_some(),
            accused: accused.unwrap_or_default(),
            status: Referred,
            due,
            next: due[0],
            paused: None,
            is_asked: false,
            is_stopped: false,
            is_unconfirmed: false,
            steps_of: due[0],
            taken: 0,
            step_at: Some(due[0]),
            newest: 0,
        });
    }

    /// The clock of a complaint goes on, if it stood still.
    fn go_on(&mut self, counties: &[County], now: DateTime<Utc>, at: usize) {
        let complaint = &mut self.complaints[at];
        let Some(since) = complaint.paused else {
            return;
        };
        let almanac = &counties[complaint.county].almanac;
        for due in &mut complaint.due {
            if *due >= since {
                *due = almanac.put_off(*due, since, now);
            }
        }
        complaint.step_at = None;
        complaint.stand(now, complaint.status, complaint.owed(complaint.status));
    }

    /// The complainant texted something about it that is no verdict.
    pub(super) fn heard(&mut self, counties: &[County], now: DateTime<Utc>, at: usize) {
        self.go_on(counties, now, at);
        self.complaints[at].is_asked = false;
    }

    /// They said whether it is solved.
    pub(super) fn judged(
        &mut self,
        counties: &[County],
        now: DateTime<Utc>,
        at: usize,
        solved: bool,
    ) {
        let complaint = &mut self.complaints[at];
        (complaint.is_asked, complaint.is_unconfirmed) = (false, false);
        if solved {
            return complaint.stand(now, Closed, now);
        }
        let holder = complaint.holder.clone();
        complaint.due = deadlines(&counties[complaint.county], &holder, complaint.urgent, now);
        complaint.stand(now, Reopened, complaint.due[1]);
    }

    pub(super) fn asked(&mut self, counties: &[County], now: DateTime<Utc>, at: usize) {
        let complaint = &mut self.complaints[at];
        if !complaint.is_asked && !complaint.is_stopped && complaint.paused.is_none() {
            let almanac = &counties[complaint.county].almanac;
            complaint.paused = Some(now);
            complaint.step_at = Some(almanac.back_at_work(now, LONGEST_PAUSE));
        }
        complaint.is_asked = true;
    }

    /// Its holder did something that makes it stand so.
    pub(super) fn moved(
        &mut self,
        counties: &[County],
        now: DateTime<Utc>,
        at: usize,
        status: Status,
    ) {
        self.go_on(counties, now, at);
        let complaint = &mut self.complaints[at];
        let next = match status {
            Resolved => now + VERDICT_WITHIN,
            Closed => now,
            _ => complaint.owed(status),
        };
        // News while it is worked on are no new standing.
        if complaint.status != status || status != InProgress {
            complaint.stand(now, status, next);
        }
    }

    /// It went to somebody else, who has days of their own to accept it.
    pub(super) fn went_to(
        &mut self,
        counties: &[County],
        now: DateTime<Utc>,
        at: usize,
        to: &str,
        status: Status,
    ) {
        self.go_on(counties, now, at);
        let complaint = &mut self.complaints[at];
        let [accept, ..] = deadlines(&counties[complaint.county], to, complaint.urgent, now);
        complaint.due[0] = accept;
        to.clone_into(&mut complaint.holder);
        complaint.stand(now, status, accept);
    }

    /// What a look at the clock must bring about first.
    pub(super) fn look(&mut self, counties: &[County], now: DateTime<Utc>) {
        for complaint in &mut self.complaints {
            if complaint.status == Resolved && complaint.next <= now {
                complaint.stand(now, Closed, now);
                complaint.is_unconfirmed = true;
            }
        }
        for (place, county) in counties.iter().enumerate() {
            if county.almanac.works_at(now) {
                self.take_steps(counties, place, now);
            }
        }
    }

    /// And then.
    pub(super) fn tell(&mut self, counties: &[County], now: DateTime<Utc>) {
        for (place, county) in counties.iter().enumerate() {
            if county.almanac.works_at(now) {
                self.tell_alone(county, place, now);
                for organisation in county.organisations() {
                    if organisation != county.convener() {
                        self.tell_holder(county, place, now, &organisation);
                    }
                }
                self.tell_convener(county, place, now);
                self.tell_month(county, place, now);
            }
        }
    }

    fn take_steps(&mut self, counties: &[County], place: usize, now: DateTime<Utc>) {
        let mut due: Vec<(DateTime<Utc>, usize)> = (0..self.complaints.len())
            .filter(|at| self.complaints[*at].county == place)
            .filter_map(|at| Some((self.complaints[at].step_at.filter(|step| *step <= now)?, at)))
            .collect();
        due.sort_unstable();
        for (_, at) in due {
            if self.complaints[at].paused.is_some() {
                self.go_on(counties, now, at);
                continue;
            }
            let complaint = &mut self.complaints[at];
            let (step, days) = STEPS[complaint.taken];
            complaint.taken += 1;
            let is_last = complaint.taken == STEPS.len();
            let almanac = &counties[place].almanac;
            complaint.step_at = (!is_last).then(|| almanac.back_at_work(now, days));
            let (due, holder) = (complaint.next, complaint.holder.clone());
            let is_same = |before: &Untold| {
                (before.complaint, before.step, before.due, &before.holder)
                    == (at, step, due, &holder)
            };
            // It is back where it was: they know.
            if self.taken.iter().any(is_same) {
                continue;
            }
            self.steps.push(Step {
                at: now,
                number: complaint.number.clone(),
                step: step.to_owned(),
                due,
                holder: holder.clone(),
            });
            complaint.newest = self.taken.len() + 1;
            let count = complaint.newest;
            self.taken.push(Untold {
                at: count,
                complaint: at,
                step,
                due,
                holder,
            });
        }
    }
}

fn deadlines(
    county: &County,
    holder: &str,
    urgent: bool,
    now: DateTime<Utc>,
) -> [DateTime<Utc>; 3] {
    county
        .terms(holder, urgent)
        .map(|span: Span| county.almanac.due(now, span))
}
