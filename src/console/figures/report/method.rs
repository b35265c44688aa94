//! How a report's figures were counted: what is left out, what is not told and why, which days count.

use crate::console::figures::labels::Labels;
use crate::console::figures::shown;
use crate::console::figures::view::View;
use crate::reports::{Answer, LEAST};

/// A sentence or two each.
pub(super) fn method(view: &View, all: Option<&Answer>, labels: &Labels<'_>) -> Vec<String> {
    let w = &labels.names.language.words.monthly;
    let mut told = vec![w.by_lodging()];
    // What outsiders are told stays.
    if !view.is_outside {
        told.push(w.tells_more());
    }
    told.extend([
        w.left_out(),
        w.not_required(),
        w.days(),
        w.spread(),
        w.deadlines(),
        w.outcomes(),
    ]);
    if view.whom.holder.is_none() {
        told.push(w.few(LEAST));
    }
    if view.is_outside {
        told.push(labels.names.language.words.report.outside());
    } else {
        told.push(w.inside());
    }
    if let Some(own) = &view.whom.not_accusing {
        told.push(w.not_accusing(labels.names.organisation(own)));
    }
    told.extend(all.into_iter().flat_map(|all| shown::apart(all, labels)));
    told
}
