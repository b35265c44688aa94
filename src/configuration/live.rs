//! The configuration that is in force now. It is swapped whole while texts come in, and nobody waits for that: who works on a
//! text takes one version and keeps it to the end.

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};

use super::Configuration;
use crate::text::findings::Findings;

/// Gives out the version that is in force. Clones share it.
#[derive(Clone, Debug)]
pub struct Live(Arc<ArcSwap<State>>);

/// What is in force, and what became of the last edit.
#[derive(Clone, Debug)]
pub struct State {
    /// The version in force.
    pub configuration: Arc<Configuration>,
    /// A number that no other version has, nor this one after another start: what is made by it is known by that.
    pub edition: u128,
    /// Since when it is.
    pub since: DateTime<Utc>,
    /// The last edit, if it was refused; it is forgotten when the files are good again.
    pub refused: Option<Refused>,
    /// Warnings on organisations that open complaints name and the version in force does not, as of the last edit.
    pub missing: Arc<Findings>,
}

/// An edit that did not take effect.
#[derive(Clone, Debug)]
pub struct Refused {
    /// When it was tried.
    pub at: DateTime<Utc>,
    /// What is wrong with it.
    pub findings: Arc<Findings>,
}

impl Live {
    /// Puts a first version in force.
    pub fn new(configuration: Arc<Configuration>, since: DateTime<Utc>) -> Self {
        Self(Arc::new(ArcSwap::from_pointee(State {
            configuration,
            edition: rand::random(),
            since,
            refused: None,
            missing: Arc::default(),
        })))
    }

    /// The version in force. Ask once for each text: the next answer may be another version.
    pub fn current(&self) -> Arc<Configuration> {
        Arc::clone(&self.0.load().configuration)
    }

    /// The version in force with what is known of it.
    pub fn state(&self) -> Arc<State> {
        self.0.load_full()
    }

    /// Puts another version in force.
    pub(super) fn replace(&self, configuration: Configuration, now: DateTime<Utc>) {
        self.0.store(Arc::new(State {
            configuration: Arc::new(configuration),
            edition: rand::random(),
            since: now,
            refused: None,
            missing: Arc::clone(&self.state().missing),
        }));
    }

    /// Keeps the version in force; whether an edit was refused is as `refused` says.
    pub(super) fn keep(&self, refused: Option<Refused>) {
        let state = self.state();
        self.0.store(Arc::new(State {
            refused,
            ..(*state).clone()
        }));
    }

    /// Keeps all of it, but for who is named and missing.
    pub(super) fn tell_missing(&self, missing: Findings) {
        let state = self.state();
        self.0.store(Arc::new(State {
            missing: Arc::new(missing),
            ..(*state).clone()
        }));
    }
}
