//! Whom the convener may think of: what people said of earlier complaints, and the words of the rules.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Suggested;
use crate::complaint::{County, CountyId};
use crate::configuration::Configuration;
use crate::console::Console;
use crate::console::look::shown;
use crate::console::names::Names;
use crate::console::problem::Problem;
use crate::hindsight::Suggestions;
use crate::intake::words_of;
use crate::routing;
use crate::store::Listed;

/// A word of fewer letters may speak for an organisation in figures, and says nothing to a person: `the`, `ya`.
const TELLING: usize = 4;

/// What is known of each county's earlier complaints, by the version of the rules that it was loaded with.
#[derive(Default)]
pub(in crate::console) struct Memory(Mutex<HashMap<CountyId, (String, Arc<Suggestions>)>>);

impl Memory {
    fn known(&self, county: &CountyId, digest: &str) -> Option<Arc<Suggestions>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, suggestions) = known.get(county)?;
        (of == digest).then(|| Arc::clone(suggestions))
    }

    fn keep(&self, county: &CountyId, digest: &str, suggestions: Arc<Suggestions>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(county.clone(), (digest.to_owned(), suggestions));
    }
}

impl Console {
    /// The organisations that a complaint may be for, the likeliest first.
    pub(super) async fn suggested(
        &self,
        listed: &Listed,
        names: &Names<'_>,
    ) -> Result<Vec<Suggested>, Problem> {
        let configuration = &names.configuration;
        let Some(text) = &listed.words else {
            return Ok(Vec::new());
        };
        let own = configuration.rules.organisation(&listed.holder);
        let county = own.and_then(|own| configuration.rules.county(&own.county));
        let Some(county) = county else {
            return Ok(Vec::new());
        };
        let suggestions = self.suggestions(configuration, county).await?;
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
        Ok(suggested
            .map(|one| {
                let quoted = one
                    .words
                    .iter()
                    .filter_map(|word| text.get(word.at.clone()));
                let telling = quoted.filter(|word| word.chars().count() >= TELLING);
                let words: Vec<String> = telling.map(|word| format!("“{}”", shown(word))).collect();
                Suggested {
                    id: one.organisation.to_string(),
                    name: names.short(&one.organisation),
                    words: words.join(", "),
                }
            })
            .collect())
    }

    /// What is known of the county's earlier complaints: loaded when it is first asked for, and anew with other rules.
    async fn suggestions(
        &self,
        configuration: &Arc<Configuration>,
        county: &County,
    ) -> Result<Arc<Suggestions>, Problem> {
        let digest = configuration.rules.digest();
        if let Some(known) = self.memory.known(&county.id, digest) {
            return Ok(known);
        }
        let (rules, of) = (Arc::clone(configuration), county.clone());
        let loaded = self
            .store
            .read(move |reader| Suggestions::from_history(&rules.rules, &of, reader, |_| {}))
            .await?;
        let loaded = Arc::new(loaded);
        self.memory.keep(&county.id, digest, Arc::clone(&loaded));
        Ok(loaded)
    }
}
