//! What somebody looks at: whose figures, and of which spans of time.

use super::span::Spans;
use super::view::View;
use crate::console::Console;
use crate::console::form::Form;
use crate::console::guard::Visitor;
use crate::console::look::Calendar;
use crate::console::names::Names;
use crate::console::problem::Problem;
use crate::reports::Publication;

/// What an address and who asks for it make of a page of figures.
pub(super) struct Looking<'c> {
    pub(super) query: Form,
    pub(super) view: View,
    pub(super) calendar: Calendar<'c>,
    /// For who is outside: the months that are told.
    pub(super) published: Vec<Publication>,
    pub(super) spans: Spans,
}

impl<'c> Looking<'c> {
    /// At the page that is there, with that query.
    pub(super) async fn at(
        here: &'static str,
        query: &str,
        console: &'c Console,
        visitor: &Visitor,
        names: &Names<'_>,
    ) -> Result<Self, Problem> {
        let query = Form::of_query(query);
        let view = View::of(&visitor.person, names, query.get("county"), here)?;
        let calendar = console.calendar(&visitor.visit)?;
        let published = console.published(&view).await?;
        Ok(Self {
            spans: Spans::new(calendar.today(), view.is_outside, &published),
            query,
            view,
            calendar,
            published,
        })
    }
}
