//! The lists that there are, and the index that each follows.

use chrono::{DateTime, Utc};

use crate::complaint::{CountyId, OrganisationId};

/// Which complaints a list is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What an organisation has and is not over.
    Held(OrganisationId, Scope),
    /// What is not over in a county.
    Open(CountyId),
    /// What is over and was an organisation's last.
    ClosedBy(OrganisationId, Scope),
    /// What is over in a county.
    ClosedIn(CountyId),
    /// What an organisation has and nobody there has accepted: a convener's, to refer.
    Unrouted(OrganisationId, Scope),
    /// What was sent back twice in a county, and lies with its convener since.
    Disputed(CountyId),
    /// What its complainant says is not solved, in a county, and nobody has taken up again.
    Reopened(CountyId),
    /// What takes the track of its own in a county.
    Sensitive(CountyId),
    /// What is late in a county by then, whoever has it: what was due is not done, and it is not the complainant's turn. What is
    /// sensitive stands on its own shelf.
    Overdue(CountyId, DateTime<Utc>),
    /// What its organisation was reminded of twice without effect, in a county.
    Escalated(CountyId),
    /// Of what no text tells its complainant, in a county.
    Untextable(CountyId),
    /// What an organisation has that may be no complaint, and nobody has taken up.
    Doubtful(OrganisationId, Scope),
}

/// In which counties, of what an organisation has in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In whichever.
    Anywhere,
    /// In that one.
    In(CountyId),
    /// In all others than these.
    Outside(Vec<CountyId>),
}

impl Shelf {
    /// The index that a list follows, and the condition that makes it the list's: its first value is the shelf's.
    pub(super) fn index_and_condition(&self) -> (&'static str, &'static str) {
        match self {
            Self::Held(..) => (
                "complaint_of_holder",
                "c.holder = ? AND c.status <> 'closed'",
            ),
            Self::Open(_) => (
                "complaint_of_county",
                "c.county = ? AND c.status <> 'closed'",
            ),
            Self::ClosedBy(..) => ("complaint_closed", "c.holder = ? AND c.status = 'closed'"),
            Self::ClosedIn(_) => (
                "complaint_closed_of_county",
                "c.county = ? AND c.status = 'closed'",
            ),
            Self::Unrouted(..) => (
                "complaint_of_holder",
                "c.holder = ? AND c.status <> 'closed' AND c.status IN ('received', 'referred', 'returned') AND c.sensitive = 0 AND c.returns < 2 AND c.doubtful = 0",
            ),
            Self::Disputed(_) => (
                "complaint_disputed",
                "c.county = ? AND c.returns >= 2 AND c.status <> 'closed' AND c.status = 'returned'",
            ),
            // What is sensitive is the convener's to follow already.
            Self::Reopened(_) => (
                "complaint_reopened",
                "c.county = ? AND c.status = 'reopened' AND c.sensitive = 0",
            ),
            Self::Sensitive(_) => (
                "complaint_sensitive",
                "c.county = ? AND c.sensitive = 1 AND c.status <> 'closed'",
            ),
            Self::Overdue(..) => (
                "complaint_of_county",
                "c.county = ? AND c.status <> 'closed' AND c.status <> 'resolved' AND c.sensitive = 0 AND c.reminders < 3 AND c.paused_at IS NULL",
            ),
            Self::Escalated(_) => (
                "complaint_escalated",
                "c.county = ? AND c.reminders >= 3 AND c.status NOT IN ('resolved', 'closed') AND c.sensitive = 0",
            ),
            Self::Untextable(_) => (
                "complaint_untextable",
                "c.county = ? AND c.untextable IS NOT NULL AND c.status <> 'closed'",
            ),
            Self::Doubtful(..) => (
                "complaint_doubtful",
                "c.holder = ? AND c.doubtful = 1 AND c.status <> 'closed' AND c.status IN ('received', 'referred', 'returned') AND c.sensitive = 0",
            ),
        }
    }

    /// Whose it is.
    pub(super) fn value(&self) -> &str {
        match self {
            Self::Held(id, _)
            | Self::ClosedBy(id, _)
            | Self::Unrouted(id, _)
            | Self::Doubtful(id, _) => id.as_str(),
            Self::Open(id)
            | Self::ClosedIn(id)
            | Self::Disputed(id)
            | Self::Reopened(id)
            | Self::Sensitive(id)
            | Self::Escalated(id)
            | Self::Overdue(id, _)
            | Self::Untextable(id) => id.as_str(),
        }
    }

    /// In which counties, of an organisation's.
    pub(super) fn scope(&self) -> &Scope {
        match self {
            Self::Held(_, scope)
            | Self::ClosedBy(_, scope)
            | Self::Unrouted(_, scope)
            | Self::Doubtful(_, scope) => scope,
            _ => &Scope::Anywhere,
        }
    }

    /// Whether the latest comes first.
    pub(super) fn is_backward(&self) -> bool {
        matches!(self, Self::ClosedBy(..) | Self::ClosedIn(_))
    }
}
