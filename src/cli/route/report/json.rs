//! The same figures for programs: all of them.

use serde_json::{Value, json};

use crate::complaint::{OrganisationId, RuleId};
use crate::routing::score::{OfOrganisation, Scored, Scores, TakenBy, share};

/// One object.
pub(in crate::cli::route) fn to_value(scores: &Scores) -> Value {
    let (decided, right_of_decided) = scores.decided();
    let organisation = |one: &OfOrganisation| {
        json!({
            "organisation": one.id.as_str(),
            "texts": one.texts,
            "reached": one.reached,
            "right": one.right,
            "recall": one.found(),
            "precision": one.true_of_reached(),
            "f1": one.f1(),
        })
    };
    let confusion = |((label, to), count): ((&OrganisationId, Option<&OrganisationId>), usize)| json!({ "label": label.as_str(), "sent_to": to.map(OrganisationId::as_str), "texts": count });
    let miss = |text: &&Scored| json!({ "text": text.text, "label": text.label.as_str() });
    let misses = |taken: TakenBy<'_>| {
        json!({
            "rule": taken.rule.map(RuleId::as_str),
            "took": taken.took,
            "wrong": taken.wrong.iter().map(miss).collect::<Vec<_>>(),
        })
    };
    json!({
        "texts": scores.texts.len(),
        "left_out": { "several_labels": scores.several, "no_text_or_label": scores.empty },
        "unknown_labels": scores.strangers,
        "right": scores.right(),
        "accuracy": share(scores.right(), scores.texts.len()),
        "decided": decided,
        "right_of_decided": right_of_decided,
        "macro_f1": scores.macro_f1(),
        "organisations": scores.organisations().iter().map(organisation).collect::<Vec<_>>(),
        "confusion": scores.sent().into_iter().map(confusion).collect::<Vec<_>>(),
        "misses": scores.misses().into_iter().map(misses).collect::<Vec<_>>(),
    })
}
