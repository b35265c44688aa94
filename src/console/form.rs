//! What a page of the console posted, taken from our own pages only.

use actix_web::http::header::HeaderMap;

use super::Console;
use super::problem::Problem;
use crate::pages::{Unread, is_from};
use crate::people::Token;

pub(super) use crate::pages::Form;

/// The field that says that a form is ours.
pub(super) const CSRF: &str = "csrf";

impl From<Unread> for Problem {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooLarge => Self::TooLarge,
            Unread::TooSlow => Self::TooSlow,
            Unread::BrokeOff => Self::Unreadable,
        }
    }
}

impl Console {
    /// Refuses a form that another site sent, or that was made for another browser or session.
    pub(super) fn refuse_foreign(
        &self,
        headers: &HeaderMap,
        token: Option<&Token>,
        form: &Form,
    ) -> Result<(), Problem> {
        let fits = token.is_some_and(|token| token.for_forms().is(form.get(CSRF)));
        if is_from(&self.origin, headers) && fits {
            Ok(())
        } else {
            Err(Problem::ForeignForm)
        }
    }
}
