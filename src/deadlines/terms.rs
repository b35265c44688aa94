//! How long what may take, by what a complaint is about and who has it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Calendar, Due, Reminders, Span};
use crate::complaint::{OrganisationId, Priority, SectorId};

/// How long each step may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// To accept.
    pub accept: Span,
    /// To act first.
    pub first_action: Span,
    /// To resolve.
    pub resolve: Span,
}

impl Default for Terms {
    /// What comparable mechanisms promise (LAPOR!: 3 days to refer, 5 to act; CPGRAMS: 21 to resolve).
    fn default() -> Self {
        Self {
            accept: Span::Days(2),
            first_action: Span::Days(5),
            resolve: Span::Days(21),
        }
    }
}

impl Terms {
    /// The deadlines of a complaint that the holder got at `from`.
    pub fn due(self, from: DateTime<Utc>, calendar: &Calendar, zone: Tz) -> Due {
        let after = |span| calendar.after(from, span, zone);
        Due {
            accept: after(self.accept),
            first_action: after(self.first_action),
            resolve: after(self.resolve),
        }
    }
}

/// What of a complaint its deadlines depend on.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// On what, if known.
    pub sector: Option<&'a SectorId>,
    /// What kind, if known.
    pub kind: Option<&'a str>,
    /// How pressing.
    pub priority: Priority,
    /// Who has it.
    pub holder: &'a OrganisationId,
}

/// The deadlines of an installation, as `deadlines.toml` says: the most specific wins.
#[derive(Clone, Debug, Default)]
pub struct Deadlines {
    pub(super) rows: Vec<Row>,
    /// What follows when one passes.
    pub reminders: Reminders,
}

/// A `[[deadline]]`: for which complaints, and how long.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) sector: Option<SectorId>,
    pub(super) kind: Option<String>,
    pub(super) priority: Option<Priority>,
    pub(super) organisation: Option<OrganisationId>,
    pub(super) accept: Option<Span>,
    pub(super) first_action: Option<Span>,
    pub(super) resolve: Option<Span>,
}

impl Deadlines {
    /// How long each step of a complaint may take. Each is that of the most specific section that names it: the one with the most
    /// conditions; of as many, one on the priority goes before one on the organisation, on the kind, on the sector.
    pub fn terms(&self, about: &About<'_>) -> Terms {
        let mut rows: Vec<&Row> = self.rows.iter().filter(|row| row.is_for(about)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.weight()));
        let first = |span: fn(&Row) -> Option<Span>| rows.iter().find_map(|row| span(row));
        let usual = Terms::default();
        Terms {
            accept: first(|row| row.accept).unwrap_or(usual.accept),
            first_action: first(|row| row.first_action).unwrap_or(usual.first_action),
            resolve: first(|row| row.resolve).unwrap_or(usual.resolve),
        }
    }
}

impl Row {
    fn is_for(&self, about: &About<'_>) -> bool {
        let sector = self
            .sector
            .as_ref()
            .is_none_or(|sector| about.sector == Some(sector));
        let kind = self
            .kind
            .as_deref()
            .is_none_or(|kind| about.kind == Some(kind));
        let priority = self
            .priority
            .is_none_or(|priority| about.priority == priority);
        let holder = self
            .organisation
            .as_ref()
            .is_none_or(|id| about.holder == id);
        sector && kind && priority && holder
    }

    /// For which complaints it is.
    pub(super) fn conditions(
        &self,
    ) -> (
        Option<&SectorId>,
        Option<&str>,
        Option<Priority>,
        Option<&OrganisationId>,
    ) {
        (
            self.sector.as_ref(),
            self.kind.as_deref(),
            self.priority,
            self.organisation.as_ref(),
        )
    }

    /// How specific it is: the number of its conditions, then the strongest of them.
    pub(super) fn weight(&self) -> (usize, u8) {
        let conditions = [
            (self.priority.is_some(), 8),
            (self.organisation.is_some(), 4),
            (self.kind.is_some(), 2),
            (self.sector.is_some(), 1),
        ];
        let set = conditions.iter().filter(|(is_set, _)| *is_set);
        (set.clone().count(), set.map(|(_, weight)| weight).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_wins_for_each_step_by_itself() {
        let row = Row::default;
        let health = SectorId::new("health");
        let hospital = OrganisationId::new("hospital");
        let deadlines = Deadlines {
            reminders: Reminders::default(),
            rows: vec![
                Row {
                    accept: Some(Span::Days(3)),
                    resolve: Some(Span::Days(30)),
                    ..row()
                },
                Row {
                    organisation: Some(hospital.clone()),
                    accept: Some(Span::Days(1)),
                    ..row()
                },
                Row {
                    priority: Some(Priority::Urgent),
                    accept: Some(Span::Hours(4)),
                    ..row()
                },
                Row {
                    sector: Some(health.clone()),
                    kind: Some("delay".to_owned()),
                    resolve: Some(Span::Days(7)),
                    ..row()
                },
            ],
        };
        let terms = |sector, kind, priority, holder: &str| {
            let terms = deadlines.terms(&About {
                sector,
                kind,
                priority,
                holder: &OrganisationId::new(holder),
            });
            [terms.accept, terms.first_action, terms.resolve].map(|span| span.to_string())
        };
        assert_eq!(
            terms(None, None, Priority::Normal, "water"),
            ["3 days", "5 days", "30 days"]
        );
        assert_eq!(
            terms(None, None, Priority::Normal, "hospital"),
            ["1 day", "5 days", "30 days"]
        );
        assert_eq!(
            terms(None, None, Priority::Urgent, "hospital"),
            ["4 hours", "5 days", "30 days"]
        );
        assert_eq!(
            terms(Some(&health), Some("delay"), Priority::Urgent, "hospital"),
            ["4 hours", "5 days", "7 days"]
        );
        let none = Deadlines::default();
        let about = About {
            sector: None,
            kind: None,
            priority: Priority::Normal,
            holder: &hospital,
        };
        assert_eq!(none.terms(&about), Terms::default());
    }
}
