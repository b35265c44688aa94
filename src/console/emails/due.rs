//! What falls due today, as the page tells it: counts, for each whom it goes to.

use crate::actions::{Due, DueLetter, DueRow};
use crate::console::names::Names;
use crate::store::MOST_DUE;

/// What falls due.
pub(super) struct DueView {
    pub(super) rows: Vec<Row>,
    /// How many steps in all: `7`, `10000+`.
    pub(super) count: String,
    /// So many of a county are counted, where it has more.
    pub(super) most: Option<u32>,
}

/// What falls due for one.
pub(super) struct Row {
    /// Whose it is.
    pub(super) name: String,
    pub(super) county: String,
    pub(super) steps: Vec<Counted>,
    pub(super) letters: Vec<Counted>,
}

/// So many of a kind.
pub(super) struct Counted {
    pub(super) what: String,
    pub(super) count: u32,
}

impl DueView {
    pub(super) fn new(due: &Due, names: &Names<'_>) -> Self {
        let steps = due.rows.iter().flat_map(|row| row.steps);
        let count = steps.fold(0_u32, u32::saturating_add);
        let more = if due.is_more { "+" } else { "" };
        Self {
            rows: due.rows.iter().map(|row| Row::new(row, names)).collect(),
            count: format!("{count}{more}"),
            most: due.is_more.then_some(MOST_DUE),
        }
    }
}

impl Row {
    fn new(row: &DueRow, names: &Names<'_>) -> Self {
        let w = &names.language.words.emails;
        let steps = [w.first(), w.second(), w.escalated(), w.committee_step()];
        let counted = |(what, count): (String, u32)| (count > 0).then_some(Counted { what, count });
        let letters = row.letters.iter().map(|(letter, count)| {
            let what = match letter {
                DueLetter::Digest => w.digest(),
                DueLetter::Reminder => w.reminder(),
                DueLetter::Escalation => w.escalation(),
                DueLetter::Referral => w.referral(),
                DueLetter::Report => w.report(),
            };
            (what, *count)
        });
        Self {
            name: match &row.organisation {
                Some(organisation) => names.organisation(organisation),
                None => w.committee(),
            },
            county: names.county(&row.county),
            steps: steps
                .into_iter()
                .zip(row.steps)
                .filter_map(counted)
                .collect(),
            letters: letters.filter_map(counted).collect(),
        }
    }
}
