//! How far the import is that is being taken in, what holds it up, and what came of the last: who looks on is told.

use std::sync::{Arc, Mutex, PoisonError};

use super::order::Order;
use super::taking_in::TakenIn;

/// Shared by who takes in and who looks on.
#[derive(Clone, Debug, Default)]
pub struct Course(Arc<Mutex<Stand>>);

#[derive(Debug, Default)]
struct Stand {
    gone_through: usize,
    is_held_up: bool,
    last: Option<(Order, TakenIn)>,
}

impl Course {
    fn with<T>(&self, look: impl FnOnce(&mut Stand) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many rows were gone through since it began, or was gone on with.
    pub fn gone_through(&self) -> usize {
        self.with(|stand| stand.gone_through)
    }

    /// Whether the disk or the database does not take it just now; it is tried again.
    pub fn is_held_up(&self) -> bool {
        self.with(|stand| stand.is_held_up)
    }

    /// What was taken in last since the service started, and what came of it.
    pub fn last(&self) -> Option<(Order, TakenIn)> {
        self.with(|stand| stand.last.clone())
    }

    pub(super) fn is_at(&self, rows: usize) {
        self.with(|stand| (stand.gone_through, stand.is_held_up) = (rows, false));
    }

    pub(super) fn holds_up(&self) {
        self.with(|stand| stand.is_held_up = true);
    }

    /// It waits no longer: what comes next has nothing to do with it.
    pub(super) fn is_put_aside(&self) {
        self.with(|stand| (stand.gone_through, stand.is_held_up) = (0, false));
    }

    pub(super) fn is_through(&self, order: Option<Order>, taken: TakenIn) {
        self.with(|stand| {
            *stand = Stand {
                last: order.map(|order| (order, taken)),
                ..Stand::default()
            };
        });
    }
}
