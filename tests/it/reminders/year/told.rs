//! Which letters tell of the steps in the book: what is told alone at once, the rest in one letter a day, and nothing of what was acted on.

use chrono::{DateTime, Datelike, Months, Utc};

use super::book::{Book, Complaint, Letter, Untold};
use super::counties::{County, address_of};

impl Book {
    /// The steps of a county after that one of which something is still to be told: nobody has acted since.
    fn untold(&self, place: usize, after: usize) -> Vec<&Untold> {
        let later = self.taken.iter().skip(after);
        let of_county = later.filter(|step| self.complaints[step.complaint].county == place);
        let holding = of_county.filter(|step| {
            let complaint = &self.complaints[step.complaint];
            complaint.newest == step.at
                && complaint.is_open()
                && complaint.paused.is_none()
                && complaint.next == step.due
                && complaint.holder == step.holder
        });
        holding.collect()
    }

    fn is_alone(&self, county: &County, step: &Untold) -> bool {
        let complaint = &self.complaints[step.complaint];
        complaint.urgent || complaint.accused.contains(&county.convener())
    }

    /// A letter on each that is urgent or accuses the convener, at once.
    pub(super) fn tell_alone(&mut self, county: &County, place: usize, now: DateTime<Utc>) {
        let reader = (place, String::new());
        let (after, _) = self.told.get(&reader).copied().unwrap_or_default();
        let convener = county.convener();
        let mut letters = Vec::new();
        for step in self.untold(place, after) {
            if !self.is_alone(county, step) {
                continue;
            }
            let complaint = &self.complaints[step.complaint];
            let (accuses, is_own) = (
                complaint.accused.contains(&convener),
                complaint.holder == convener,
            );
            let mut tell = |from: Option<String>, to: String| {
                letters.push(Letter {
                    at: now,
                    from,
                    to,
                    numbers: vec![complaint.number.clone()],
                });
            };
            if matches!(step.step, "first" | "second") || accuses || is_own {
                let from = (!accuses && !is_own).then(|| address_of(&convener));
                tell(from, address_of(&complaint.holder));
            }
            if !accuses && !is_own {
                tell(None, address_of(&convener));
            }
            if let Some(committee) = county
                .committee()
                .filter(|_| step.step == "committee" && !accuses)
            {
                tell(Some(address_of(&convener)), committee);
            }
        }
        self.letters.extend(letters);
        self.told.insert(reader, (self.taken.len(), None));
    }

    /// What a reader has not been told yet, if they had no letter today, and that they have been from now on.
    fn tell_today(
        &mut self,
        county: &County,
        place: usize,
        now: DateTime<Utc>,
        reader: &str,
        is_theirs: impl Fn(&Untold) -> bool,
    ) -> Vec<(String, &'static str)> {
        let key = (place, reader.to_owned());
        let (after, day) = self.told.get(&key).copied().unwrap_or_default();
        let today = Some(county.almanac.date(now));
        let steps: Vec<&Untold> = self.untold(place, after);
        let steps: Vec<&Untold> = steps
            .into_iter()
            .filter(|step| !self.is_alone(county, step) && is_theirs(step))
            .collect();
        let Some(last) = steps.last().map(|step| step.at).filter(|_| day != today) else {
            return Vec::new();
        };
        let told = steps
            .iter()
            .map(|step| (self.complaints[step.complaint].number.clone(), step.step))
            .collect();
        self.told.insert(key, (last, today));
        told
    }

    pub(super) fn tell_holder(
        &mut self,
        county: &County,
        place: usize,
        now: DateTime<Utc>,
        holder: &str,
    ) {
        let is_theirs =
            |step: &Untold| step.holder == holder && matches!(step.step, "first" | "second");
        let told = self.tell_today(county, place, now, holder, is_theirs);
        self.write(
            now,
            Some(address_of(&county.convener())),
            address_of(holder),
            told,
        );
    }

    pub(super) fn tell_convener(&mut self, county: &County, place: usize, now: DateTime<Utc>) {
        let convener = county.convener();
        let told = self.tell_today(county, place, now, &convener, |_| true);
        let unanswered = told
            .iter()
            .filter(|(_, step)| *step == "committee")
            .cloned()
            .collect();
        self.write(now, None, address_of(&convener), told);
        if let Some(committee) = county.committee() {
            self.write(now, Some(address_of(&convener)), committee, unanswered);
        }
    }

    /// How the month before the last was, from the fifth on, if anything came in it or before that is no secret.
    pub(super) fn tell_month(&mut self, county: &County, place: usize, now: DateTime<Utc>) {
        let today = county.almanac.date(now);
        let first = today
            .with_day(1)
            .unwrap()
            .checked_sub_months(Months::new(1))
            .unwrap();
        let Some(committee) = county.committee().filter(|_| today.day() >= 5) else {
            return;
        };
        let is_told = |one: &Complaint| {
            one.county == place && !one.sensitive && county.almanac.date(one.opened) < first
        };
        if self.complaints.iter().any(is_told) && self.reported.insert((place, first)) {
            self.letters.push(Letter {
                at: now,
                from: Some(address_of(&county.convener())),
                to: committee,
                numbers: Vec::new(),
            });
        }
    }

    fn write(
        &mut self,
        at: DateTime<Utc>,
        from: Option<String>,
        to: String,
        told: Vec<(String, &'static str)>,
    ) {
        if !told.is_empty() {
            let mut numbers: Vec<String> = told.into_iter().map(|(number, _)| number).collect();
            numbers.sort();
            self.letters.push(Letter {
                at,
                from,
                to,
                numbers,
            });
        }
    }
}
