//! Others on the same matter: proposed, put together, answered at once, taken apart.

use actix_web::{HttpResponse, web};

use crate::actions::deed::{Outcome, group, ungroup};
use crate::console::Console;
use crate::console::form::Form;
use crate::console::guard::{Visitor, go_to};
use crate::console::list::RowView;
use crate::console::look::Calendar;
use crate::console::names::Names;
use crate::console::page::Told;
use crate::console::problem::Problem;
use crate::console::words::Words;
use crate::people::{Deed, Role, Sight};
use crate::store::{Dossier, Listed, MOST_IN_A_GROUP};

/// What one answer can say to all of a group.
pub(super) const TO_ALL: [Deed; 4] = [Deed::Accept, Deed::Start, Deed::Update, Deed::Resolve];

/// The others on a complaint's page.
#[derive(Default)]
pub(super) struct Others {
    /// Those of its group.
    pub(super) group: Vec<RowView>,
    /// Those that may belong to it.
    pub(super) alike: Vec<RowView>,
}

impl Console {
    /// The others that they may see of who may be on the same matter; none where they see a part of it only.
    pub(super) async fn others(
        &self,
        visitor: &Visitor,
        dossier: &Dossier,
        names: &Names<'_>,
        calendar: &Calendar<'_>,
    ) -> Result<Others, Problem> {
        let person = &visitor.person;
        let (Some(own), Sight::All, false) = (
            person.role.organisation().cloned(),
            dossier.sight,
            dossier.complaint.sensitive,
        ) else {
            return Ok(Others::default());
        };
        let convenes = matches!(person.role, Role::Convener(_)) && own == dossier.convener;
        let held_by = (!convenes).then(|| own.clone());
        let complaint = dossier.complaint.clone();
        let is_open = dossier.about.closed_as.is_none();
        let read = self.store.read(move |reader| {
            let group = reader.of_its_group(&complaint, &own, held_by.as_ref())?;
            let alike = if is_open {
                reader.alike(&complaint, &own, held_by.as_ref())?
            } else {
                Vec::new()
            };
            Ok((group, alike))
        });
        let (group, alike) = read.await?;
        let rows = |all: &[Listed]| {
            let rows = all.iter().map(|one| RowView::new(one, names, calendar));
            rows.collect()
        };
        Ok(Others {
            group: rows(&group),
            alike: rows(&alike),
        })
    }

    /// The same deed for the others that a form names, each as it was seen; how it went with all of them, as a query.
    pub(in crate::console) async fn to_all(
        &self,
        visitor: &Visitor,
        deed: Deed,
        form: &Form,
    ) -> Result<String, Problem> {
        if form.get("all") != "1" || !TO_ALL.contains(&deed) {
            return Ok(String::new());
        }
        let (mut done, mut left) = (1_usize, 0_usize);
        let members: Vec<&str> = form.all("member").take(MOST_IN_A_GROUP).collect();
        for member in &members {
            match self.to_one(visitor, deed, form, member).await {
                Ok(Outcome::Done) => done += 1,
                Ok(_) => left += 1,
                // Those before it were told, and whoever asked must know which were not. What follows would fail as well, one by one.
                Err(problem) => {
                    tracing::error!(?problem, "An answer to a group went to a part of it");
                    break;
                }
            }
        }
        let failed = (members.len() + 1).saturating_sub(done + left);
        Ok(format!("&all={done}&left={left}&failed={failed}"))
    }

    /// The deed for one of them, as it was seen: its number, a point, the entry that was its last.
    async fn to_one(
        &self,
        visitor: &Visitor,
        deed: Deed,
        form: &Form,
        member: &str,
    ) -> Result<Outcome, Problem> {
        let (number, seen) = member.split_once('.').unwrap_or((member, ""));
        match self.dossier(visitor, number, None).await {
            Ok(dossier) => {
                let (id, seen) = (dossier.complaint.id, seen.parse().ok());
                self.carry_out(visitor, id, deed, form, seen).await
            }
            Err(Problem::NotThere) => Ok(Outcome::NotThere),
            Err(problem) => Err(problem),
        }
    }

    /// The complaints of these numbers, as far as they see them.
    async fn ids<'f>(
        &self,
        visitor: &Visitor,
        numbers: impl Iterator<Item = &'f str>,
    ) -> Result<Vec<i64>, Problem> {
        let mut ids = Vec::new();
        for number in numbers.take(MOST_IN_A_GROUP) {
            match self.dossier(visitor, number, None).await {
                Ok(dossier) => ids.push(dossier.complaint.id),
                Err(Problem::NotThere) => {}
                Err(problem) => return Err(problem),
            }
        }
        Ok(ids)
    }
}

/// `POST /console/complaints/{number}/group`
pub(in crate::console) async fn put_together(
    console: web::Data<Console>,
    visitor: Visitor,
    number: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let dossier = console.dossier(&visitor, &number, None).await?;
    let others = console.ids(&visitor, form.all("chosen")).await?;
    let (id, person) = (dossier.complaint.id, visitor.person.clone());
    let configuration = console.configuration.current();
    let write = console.store.write("group", move |tx| {
        group(tx, &configuration, &person, id, &others)
    });
    let added = write.await?;
    Ok(go_to(&format!(
        "/console/complaints/{number}?grouped={added}"
    )))
}

/// `POST /console/complaints/{number}/ungroup`: the ones that are named, or this one.
pub(in crate::console) async fn take_apart(
    console: web::Data<Console>,
    visitor: Visitor,
    number: web::Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let dossier = console.dossier(&visitor, &number, None).await?;
    let mut ids = console.ids(&visitor, form.all("which")).await?;
    if ids.is_empty() {
        ids = vec![dossier.complaint.id];
    }
    let person = visitor.person.clone();
    let configuration = console.configuration.current();
    let write = console.store.write("ungroup", move |tx| {
        ungroup(tx, &configuration, &person, &ids)
    });
    let taken = write.await?;
    Ok(go_to(&format!(
        "/console/complaints/{number}?ungrouped={taken}"
    )))
}

/// What was done, as the address of the page says it.
pub(super) fn told(query: &Form, words: &Words) -> Option<Told> {
    let w = &words.group;
    let count = |name| query.get(name).parse::<u64>().ok();
    match (count("grouped"), count("ungrouped"), count("all")) {
        (Some(0), ..) => Told::wrong(w.nothing(), [w.nothing_what()]),
        (Some(_), ..) => Told::done(w.done()),
        (_, Some(_), _) => Told::done(w.apart()),
        (_, _, Some(done)) => {
            let some = |name| count(name).filter(|some| *some > 0);
            let left = some("left").map(|left| w.left(left));
            let failed = some("failed").map(|failed| w.failed(failed));
            let has_failed = failed.is_some();
            let lines: Vec<String> = left.into_iter().chain(failed).collect();
            if has_failed {
                Told::wrong(w.to_all_done(done), lines)
            } else {
                Told::done(w.to_all_done(done)).map(|told| Told { lines, ..told })
            }
        }
        _ => None,
    }
}
