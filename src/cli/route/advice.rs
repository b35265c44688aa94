//! Whom the convener may think of where no rule decides: from the history where there is one, else from the rules alone.

use std::cell::OnceCell;

use crate::cli::database;
use crate::cli::lines::counted;
use crate::cli::progress::Progress;
use crate::complaint::County;
use crate::configuration::Configuration;
use crate::hindsight::Suggestions;
use crate::routing::{Decision, Suggestion};
use crate::store::OpenError;
use crate::text::normalise::Normalised;

/// Reads the history when it is first asked for: most texts need none.
pub(super) struct Advice<'a> {
    configuration: &'a Configuration,
    county: &'a County,
    loaded: OnceCell<Loaded>,
}

struct Loaded {
    suggestions: Suggestions,
    /// Why it rests on the rules alone.
    without_history: Option<String>,
}

impl<'a> Advice<'a> {
    pub(super) fn new(configuration: &'a Configuration, county: &'a County) -> Self {
        Self {
            configuration,
            county,
            loaded: OnceCell::new(),
        }
    }

    /// The likeliest organisations, where no rule decided.
    pub(super) fn on(&self, text: &Normalised, decision: &Decision) -> Vec<Suggestion> {
        if decision.is_decided() {
            return Vec::new();
        }
        self.loaded().suggestions.suggest(text, decision)
    }

    /// How many complaints it rests on, besides the words of the rules.
    pub(super) fn settled(&self) -> usize {
        self.loaded().suggestions.settled()
    }

    /// What it rests on, for people.
    pub(super) fn rests_on(&self) -> String {
        match &self.loaded().without_history {
            Some(why) => format!("by the words of the rules alone: {why}"),
            None => {
                let settled = counted(self.settled(), "complaint");
                format!("by the words of the rules and {settled} that people settled")
            }
        }
    }

    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let (rules, county) = (&self.configuration.rules, self.county);
            match self.with_history() {
                Ok(suggestions) => Loaded {
                    suggestions,
                    without_history: None,
                },
                Err(why) => Loaded {
                    suggestions: Suggestions::from_rules(rules, county),
                    without_history: Some(why),
                },
            }
        })
    }

    fn with_history(&self) -> Result<Suggestions, String> {
        let database =
            database::open(&self.configuration.settings).map_err(|error| match error {
                OpenError::Missing(_) => "there is no database yet".to_owned(),
                error => error.to_string(),
            })?;
        let progress = Progress::start();
        let (rules, county) = (&self.configuration.rules, self.county);
        Suggestions::from_history(rules, county, &database.reader(), |done| progress.at(done))
            .map_err(|error| error.to_string())
    }
}
