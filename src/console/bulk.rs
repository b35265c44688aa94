//! One deed for several complaints of a list: each for itself, so that one that has moved on holds nobody back.

use actix_web::{HttpResponse, web};

use super::Console;
use super::form::Form;
use super::guard::{LONGEST_ADDRESS, Visitor, go_to};
use super::page::Told;
use super::problem::Problem;
use super::words::Words;
use crate::actions::deed::Outcome;
use crate::people::Deed;
use crate::store::PAGE;

/// What a list offers for several at once.
const DEEDS: [Deed; 4] = [
    Deed::Accept,
    Deed::Refer,
    Deed::NotAComplaint,
    Deed::MarkSensitive,
];

/// How it went with all of them.
#[derive(Default)]
struct Tally {
    done: u64,
    moved_on: u64,
    refused: u64,
}

/// `POST /console/complaints`
pub(super) async fn post(
    console: web::Data<Console>,
    visitor: Visitor,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let deed = Deed::from_word(form.get("deed")).filter(|deed| DEEDS.contains(deed));
    let deed = deed.ok_or(Problem::NotThere)?;
    // The one field beside the buttons says whom it is referred to, and nobody who is accused.
    let nothing = Form::default();
    let with = if deed == Deed::Refer { &form } else { &nothing };
    let mut tally = Tally::default();
    // A list has no more rows than this.
    for chosen in form.all("chosen").take(PAGE) {
        let Some((number, seen)) = chosen.split_once('.') else {
            continue;
        };
        // One that they do not see any more has moved on as well.
        let outcome = match console.dossier(&visitor, number, None).await {
            Ok(dossier) => {
                let (id, seen) = (dossier.complaint.id, seen.parse().ok());
                console.carry_out(&visitor, id, deed, with, seen).await?
            }
            Err(Problem::NotThere) => Outcome::NotThere,
            Err(problem) => return Err(problem),
        };
        match outcome {
            Outcome::Done => tally.done += 1,
            Outcome::MovedOn | Outcome::NotThere => tally.moved_on += 1,
            Outcome::NotTheirs | Outcome::Refused(_) => tally.refused += 1,
        }
    }
    let back = Form::of_query(form.get("back")).without(&["done", "moved", "refused"]);
    let back = if back.len() <= LONGEST_ADDRESS {
        back
    } else {
        String::new()
    };
    let Tally {
        done,
        moved_on,
        refused,
    } = tally;
    let between = if back.is_empty() { "" } else { "&" };
    Ok(go_to(&format!(
        "/console/complaints?{back}{between}done={done}&moved={moved_on}&refused={refused}"
    )))
}

/// How it went, as the address of the page says it.
pub(super) fn told(query: &Form, words: &Words) -> Option<Told> {
    let count = |name| query.get(name).parse::<u64>().ok();
    let (done, moved_on, refused) = (count("done")?, count("moved"), count("refused"));
    let w = &words.bulk;
    let mut lines = Vec::new();
    lines.extend(
        moved_on
            .filter(|count| *count > 0)
            .map(|count| w.moved_on(count)),
    );
    lines.extend(
        refused
            .filter(|count| *count > 0)
            .map(|count| w.refused(count)),
    );
    match (done, lines.is_empty()) {
        (0, true) => Told::wrong(w.nothing(), [w.nothing_what()]),
        (0, false) => Told::wrong(w.done(0), lines),
        (done, _) => Told::done(w.done(done)).map(|told| Told { lines, ..told }),
    }
}
