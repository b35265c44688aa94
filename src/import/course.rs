//! How far the import is that is being taken in, what holds it up, and what came of the last: who looks on is told.

use std::sync::{Arc, Mutex, PoisonError};

use super::order::Order;
use super::taking_in::TakenIn;
use crate::store::StoreError;

/// Shared by who takes in and who looks on.
#[derive(Clone, Debug, Default)]
pub struct Course(Arc<Mutex<Stand>>);

#[derive(Debug, Default)]
struct Stand {
    gone_through: usize,
    trouble: Option<Trouble>,
    last: Option<(Order, TakenIn)>,
}

/// Why it does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What was laid ready is damaged: what stands behind the damage cannot be read.
    Damaged,
    /// The disk or the database does not take it now; it is tried again.
    Halted,
}

impl From<&StoreError> for Trouble {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::Damaged | StoreError::Sealed { .. } | StoreError::Unknown(_) => {
                Self::Damaged
            }
            _ => Self::Halted,
        }
    }
}

impl Course {
    fn with<T>(&self, look: impl FnOnce(&mut Stand) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many rows were gone through since it began, or was gone on with.
    pub fn gone_through(&self) -> usize {
        self.with(|stand| stand.gone_through)
    }

    /// What holds it up.
    pub fn trouble(&self) -> Option<Trouble> {
        self.with(|stand| stand.trouble)
    }

    /// What was taken in last since the service started, and what came of it.
    pub fn last(&self) -> Option<(Order, TakenIn)> {
        self.with(|stand| stand.last.clone())
    }

    /// What was damaged is gone: what comes next has nothing to do with it.
    pub fn is_cleared(&self) {
        self.with(|stand| (stand.gone_through, stand.trouble) = (0, None));
    }

    pub(super) fn is_at(&self, rows: usize) {
        self.with(|stand| (stand.gone_through, stand.trouble) = (rows, None));
    }

    pub(super) fn is_held_up(&self, by: Trouble) {
        self.with(|stand| stand.trouble = Some(by));
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
