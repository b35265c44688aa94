//! Whom the convener may think of: what people said of earlier complaints, and the words of the rules.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::Suggested;
use crate::complaint::{County, CountyId};
use crate::configuration::Configuration;
use crate::console::Console;
use crate::console::look::shown;
use crate::console::names::Names;
use crate::hindsight::Suggestions;
use crate::intake::words_of;
use crate::routing;
use crate::store::Listed;
use crate::text::normalise::Normalised;

/// A word of fewer letters may speak for an organisation in figures, and says nothing to a person: `bad`, `ya`.
const TELLING: usize = 4;

/// What people did since is learnt after so long at the latest.
const STALE_AFTER: TimeDelta = TimeDelta::hours(6);

/// What is known of each county's earlier complaints.
#[derive(Clone, Default)]
pub(in crate::console) struct Memory(Arc<Mutex<HashMap<CountyId, Known>>>);

/// What is known of those of one county.
#[derive(Clone)]
struct Known {
    suggestions: Arc<Suggestions>,
    /// The version of the rules.
    rules: String,
    /// When it was loaded, or begun to be.
    since: DateTime<Utc>,
}

impl Memory {
    fn of(&self, county: &CountyId) -> Option<Known> {
        self.all().get(county).cloned()
    }

    fn keep(&self, county: CountyId, known: Known) {
        self.all().insert(county, known);
    }

    fn all(&self) -> MutexGuard<'_, HashMap<CountyId, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Console {
    /// The organisations that a complaint may be for, the likeliest first.
    pub(super) fn suggested(&self, listed: &Listed, names: &Names<'_>) -> Vec<Suggested> {
        let configuration = &names.configuration;
        let Some(text) = &listed.words else {
            return Vec::new();
        };
        let Some(county) = configuration.rules.county(&listed.county) else {
            return Vec::new();
        };
        let suggestions = self.suggestions(configuration, county);
        let words = words_of(text);
        let places = listed
            .place
            .as_ref()
            .map(|place| configuration.places.ancestry(place));
        let decision = routing::decide(
            &configuration.rules,
            &words,
            county,
            &places.unwrap_or_default(),
        );
        // Not to whom has it: that is what is to be decided.
        let decision = decision.also_against(vec![listed.holder.clone()], county);
        let suggested = suggestions.suggest(&words, &decision).into_iter();
        let signs = &names.language.words.signs;
        suggested
            .map(|one| {
                let quoted = one
                    .words
                    .iter()
                    .filter_map(|word| text.get(word.at.clone()));
                let telling = quoted.filter(|words| tells(words, configuration));
                let words: Vec<String> = telling.map(|word| signs.quoted(shown(word))).collect();
                Suggested {
                    id: one.organisation.to_string(),
                    name: names.short(&one.organisation),
                    words: words.join(&signs.comma()),
                }
            })
            .collect()
    }

    /// What is known of the county's earlier complaints. To read them all may take long, and nobody waits for it: it is done beside, and
    /// until then the suggestions are those that there were before, at first those of the rules' own words.
    fn suggestions(&self, configuration: &Arc<Configuration>, county: &County) -> Arc<Suggestions> {
        let (now, rules) = (self.clock.now(), configuration.rules.digest());
        let known = self.memory.of(&county.id);
        let current = known.filter(|known| known.rules == rules);
        if let Some(known) = &current
            && now < known.since + STALE_AFTER
        {
            return Arc::clone(&known.suggestions);
        }
        let until_then = current.map_or_else(
            || Arc::new(Suggestions::from_rules(&configuration.rules, county)),
            |known| known.suggestions,
        );
        let keep = |suggestions| Known {
            suggestions,
            rules: rules.to_owned(),
            since: now,
        };
        self.memory
            .keep(county.id.clone(), keep(Arc::clone(&until_then)));
        let (memory, store) = (self.memory.clone(), self.store.clone());
        let (configuration, county, known) = (
            Arc::clone(configuration),
            county.clone(),
            keep(Arc::clone(&until_then)),
        );
        actix_web::rt::spawn(async move {
            let id = county.id.clone();
            let load = store.read(move |reader| {
                Suggestions::from_history(&configuration.rules, &county, reader, |_| {})
            });
            match load.await {
                Ok(suggestions) => {
                    let suggestions = Arc::new(suggestions);
                    memory.keep(
                        id,
                        Known {
                            suggestions,
                            ..known
                        },
                    );
                }
                Err(error) => {
                    tracing::error!(%error, "Earlier complaints could not be learnt from")
                }
            }
        });
        until_then
    }
}

/// Whether a person would take those words for a reason: one of them is long enough to be one, and is not among the words that most
/// texts of a language have (`since`, `there`), or else some rule looks for it.
fn tells(quoted: &str, configuration: &Configuration) -> bool {
    Normalised::new(quoted).words().any(|word| {
        word.text.chars().count() >= TELLING
            && (!configuration.replies.is_frequent(word.text)
                || configuration.rules.look_for(word.text))
    })
}
