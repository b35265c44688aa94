//! How far an import is, what holds it up and what to do then, and what came of it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{HERE, PROGRESS};
use crate::console::Console;
use crate::console::guard::{Visitor, go_to};
use crate::console::look::{self, Frame};
use crate::console::problem::Problem;
use crate::import::{Order, order};
use crate::people::{Person, Role, RoleKind};

#[derive(Template)]
#[template(path = "import/progress.html", config = "src/console/look/askama.toml")]
struct ProgressPage<'a> {
    frame: Frame<'a>,
    stand: Stand,
    /// Whether they have lists that the complaints stand in.
    has_lists: bool,
    /// Where the page is asked for again.
    here: &'static str,
}

/// How it stands.
enum Stand {
    /// It is taken in; what it is, where it is theirs to know.
    Going { own: Option<Going> },
    /// It could not be taken in, or not all of it, and was put aside.
    Aside { name: String },
    /// It is tried again.
    Halted,
    /// It is through.
    Through {
        name: String,
        taken: usize,
        /// Rows that the configuration of now does not take.
        refused: usize,
        /// Rows that the database does not take.
        failed: usize,
        /// The first of these; 0: it is not known.
        first_failed: usize,
    },
    /// Of the last one it is only known that it was handed over, when, and with how many rows.
    HandedOver {
        name: String,
        rows: String,
        at: String,
    },
}

struct Going {
    name: String,
    done: usize,
    rows: usize,
}

/// `GET /console/import/progress`
pub(in crate::console) async fn progress(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    console.counties_to_import(&visitor.person)?;
    let stand = match console.stand(&visitor).await? {
        Some(stand) => stand,
        None => return Ok(go_to(HERE)),
    };
    look::page(&ProgressPage {
        frame: console
            .frame_with_counts(&visitor, |words| words.nav.import())
            .await?,
        stand,
        has_lists: matches!(visitor.person.role, Role::Convener(_)),
        here: PROGRESS,
    })
}

/// `POST /console/import/take-away`: who handed over what was put aside has read so, and needs it no more. What came of it before stays.
pub(in crate::console) async fn take_away(
    console: web::Data<Console>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    console.counties_to_import(&visitor.person)?;
    if console.aside(&visitor.person).await?.is_none() {
        return Ok(go_to(PROGRESS));
    }
    let store = console.store.clone();
    let away = web::block(move || store.take_away_import_aside());
    away.await.map_err(|_| Problem::Unavailable)??;
    tracing::warn!(
        person = visitor.person.id.0,
        "An import that was put aside was taken away"
    );
    Ok(go_to(HERE))
}

impl Console {
    /// How the import stands that is being taken in, or the last of theirs; `None`: there is none.
    async fn stand(&self, visitor: &Visitor) -> Result<Option<Stand>, Problem> {
        let course = &self.importing.course;
        let person = visitor.person.id;
        if self.store.is_import_waiting() {
            return Ok(Some(match course.is_held_up() {
                true => Stand::Halted,
                false => Stand::Going {
                    own: self.going(visitor).await?,
                },
            }));
        }
        if let Some(name) = self.aside(&visitor.person).await? {
            return Ok(Some(Stand::Aside { name }));
        }
        if let Some((order, taken)) = course.last().filter(|(order, _)| order.is_by(person)) {
            return Ok(Some(Stand::Through {
                taken: order.rows.saturating_sub(taken.refused + taken.failed),
                name: order.name,
                refused: taken.refused,
                failed: taken.failed,
                first_failed: taken.first_failed.unwrap_or_default(),
            }));
        }
        let last = self.store.read(move |reader| reader.last_import(person));
        let calendar = self.calendar(&visitor.visit)?;
        Ok(last.await?.and_then(|(at, told)| {
            let (name, rows) = told.split_once(": ")?;
            Some(Stand::HandedOver {
                name: name.to_owned(),
                rows: rows.to_owned(),
                at: calendar.moment(at).at,
            })
        }))
    }

    /// The name of the import that was put aside, for who handed it over; for the administrator where nobody of the console did.
    pub(super) async fn aside(&self, person: &Person) -> Result<Option<String>, Problem> {
        let store = self.store.clone();
        let aside = web::block(move || store.is_import_aside().then(|| order(&store)));
        let aside: Option<Option<Order>> = aside.await.map_err(|_| Problem::Unavailable)?;
        let is_administrator = person.role.kind() == RoleKind::Administrator;
        Ok(match aside {
            Some(Some(order)) if order.by.is_some() => order.is_by(person.id).then_some(order.name),
            Some(of_nobody) if is_administrator => {
                Some(of_nobody.map(|order| order.name).unwrap_or_default())
            }
            _ => None,
        })
    }

    /// How far it is, for who handed it over and for the administrator. Of another's county nothing is told.
    async fn going(&self, visitor: &Visitor) -> Result<Option<Going>, Problem> {
        let store = self.store.clone();
        let order = web::block(move || order(&store));
        let order: Option<Order> = order.await.map_err(|_| Problem::Unavailable)?;
        let person = &visitor.person;
        let is_administrator = person.role.kind() == RoleKind::Administrator;
        let theirs = order.filter(|order| is_administrator || order.is_by(person.id));
        Ok(theirs.map(|order| Going {
            done: self.importing.course.gone_through().min(order.rows),
            name: order.name,
            rows: order.rows,
        }))
    }
}
