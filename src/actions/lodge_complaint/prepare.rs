//! What is handed in is checked, read and routed, beside the others and before the writer is asked.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Lacks, Lodging, MOST_OF_A_NAME, PreparedLodging};
use crate::actions::MOST_LETTERS;
use crate::complaint::{Address, County, LanguageId, PlaceId};
use crate::configuration::Configuration;
use crate::intake::places::Found;
use crate::intake::{Reading, words_of};
use crate::routing::Decision;

impl PreparedLodging {
    /// Reads and routes it, by one version of the configuration.
    ///
    /// # Errors
    /// The first thing that it lacks, in the order of a form.
    pub fn new(
        configuration: Arc<Configuration>,
        lodging: Lodging,
        now: DateTime<Utc>,
    ) -> Result<Self, Lacks> {
        let county = configuration.rules.county(&lodging.county);
        let county = county.ok_or(Lacks::County)?.clone();
        check(&configuration, &county, &lodging, now)?;
        let (decision, place) = decide(&configuration, &county, &lodging);
        // To tell a language by its words takes as long as all else; where one was chosen, nobody asks.
        let spoken = match lodging.language {
            Some(_) => None,
            None => Reading::of(&lodging.words, &configuration.replies).language,
        };
        Ok(Self {
            spoken,
            configuration,
            county,
            decision,
            place,
            lodging,
        })
    }

    /// Where the rules send it, and why.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// Whether it is over in the system that it comes from.
    pub fn is_over(&self) -> bool {
        self.lodging.over().is_some()
    }

    /// The language of texts about it, unless its phone is known to have another.
    pub fn language(&self) -> &LanguageId {
        let told = self.lodging.language.as_ref().or(self.spoken.as_ref());
        told.unwrap_or(&self.county.language)
    }

    /// What was handed in.
    pub fn lodging(&self) -> &Lodging {
        &self.lodging
    }
}

fn check(
    configuration: &Configuration,
    county: &County,
    lodging: &Lodging,
    now: DateTime<Utc>,
) -> Result<(), Lacks> {
    let letters = lodging.words.chars().count();
    let is_long = |name: &Option<String>| {
        let name = name.as_deref().unwrap_or_default();
        name.chars().count() > MOST_OF_A_NAME
    };
    let is_nobody = |phone: &Address| {
        !phone.is_phone() || configuration.rules.county_of_number(phone).is_some()
    };
    let is_elsewhere = |place: &PlaceId| {
        let mut lies_in = configuration.places.ancestry(place).into_iter();
        !lies_in.any(|place| place.as_str() == county.id.as_str())
    };
    let rules = &configuration.rules;
    let lacks = [
        (words_of(&lodging.words).is_blank(), Lacks::Words),
        (letters > MOST_LETTERS, Lacks::FewerWords),
        (
            lodging.place.as_ref().is_some_and(is_elsewhere),
            Lacks::Place,
        ),
        (
            lodging
                .sector
                .as_ref()
                .is_some_and(|id| rules.sector(id).is_none()),
            Lacks::Sector,
        ),
        (lodging.phone.as_ref().is_some_and(is_nobody), Lacks::Phone),
        (
            lodging
                .language
                .as_ref()
                .is_some_and(|id| configuration.replies.language(id).is_none()),
            Lacks::Language,
        ),
        (
            is_long(&lodging.name) || is_long(&lodging.brought_by),
            Lacks::ShorterName,
        ),
        (
            [lodging.told_at, lodging.over()]
                .into_iter()
                .flatten()
                .any(|at| at > now),
            Lacks::PastTime,
        ),
    ];
    match lacks.into_iter().find(|(lacks, _)| *lacks) {
        Some((_, what)) => Err(what),
        None => Ok(()),
    }
}

/// Who gets it. What somebody chose counts more than what its words seem to say; not where they are sensitive: that track is not left by a
/// choice in a form.
fn decide(configuration: &Configuration, county: &County, lodging: &Lodging) -> (Decision, Found) {
    let words = words_of(&lodging.words);
    let (decision, place) = match &lodging.place {
        Some(place) => (
            configuration.decide_at(&words, county, place),
            Found::One(place.clone()),
        ),
        None => configuration.decide(&words, county),
    };
    let chosen = lodging
        .sector
        .as_ref()
        .filter(|sector| !decision.sensitive && decision.sector.as_ref() != Some(*sector));
    let holder = chosen.and_then(|sector| configuration.rules.holder_of(sector, &county.id));
    let decision = match (chosen, holder) {
        (Some(sector), Some(holder)) => decision.chosen(sector, holder),
        // Nobody there has that sector by itself: where no rule decided, the convener knows at least what it is about.
        (Some(sector), None) if decision.rule.is_none() => {
            let convener = decision.to.clone();
            decision.chosen(sector, &convener)
        }
        _ => decision,
    };
    (decision, place)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::complaint::{Channel, CountyId, SectorId};

    fn lodging(words: &str) -> Lodging {
        Lodging {
            key: "form:1".to_owned(),
            channel: Channel::Web,
            county: CountyId::new("wajir"),
            words: words.to_owned(),
            phone: Some(Address::new("+254711000001")),
            language: None,
            place: Some(PlaceId::new("eldas")),
            sector: Some(SectorId::new("water")),
            gender: None,
            age_group: None,
            name: None,
            brought_by: None,
            taken_by: None,
            told_at: None,
            receipt: true,
            imported: None,
        }
    }

    #[test]
    fn what_it_lacks_is_said() {
        let configuration = Configuration::sample(std::path::Path::new("."), &[]).unwrap();
        let configuration = Arc::new(configuration);
        let now = DateTime::UNIX_EPOCH;
        let lacks = |change: &dyn Fn(&mut Lodging)| {
            let mut lodging = lodging("The borehole is broken");
            change(&mut lodging);
            PreparedLodging::new(Arc::clone(&configuration), lodging, now).err()
        };
        let of_ours = Address::new("+254700100200");
        assert_eq!(lacks(&|_| {}), None);
        assert_eq!(
            lacks(&|it| it.county = CountyId::new("mars")),
            Some(Lacks::County)
        );
        assert_eq!(lacks(&|it| it.words = " \n".to_owned()), Some(Lacks::Words));
        assert_eq!(
            lacks(&|it| it.words = "maji ".repeat(401)),
            Some(Lacks::FewerWords)
        );
        assert_eq!(
            lacks(&|it| it.place = Some(PlaceId::new("nairobi"))),
            Some(Lacks::Place)
        );
        assert_eq!(
            lacks(&|it| it.sector = Some(SectorId::new("space"))),
            Some(Lacks::Sector)
        );
        assert_eq!(
            lacks(&|it| it.phone = Some(of_ours.clone())),
            Some(Lacks::Phone)
        );
        assert_eq!(
            lacks(&|it| it.phone = Some(Address::new("JIBU"))),
            Some(Lacks::Phone)
        );
        assert_eq!(
            lacks(&|it| it.language = Some(LanguageId::new("xx"))),
            Some(Lacks::Language)
        );
        assert_eq!(
            lacks(&|it| it.name = Some("x".repeat(101))),
            Some(Lacks::ShorterName)
        );
        assert_eq!(
            lacks(&|it| it.told_at = Some(now + TimeDelta::days(1))),
            Some(Lacks::PastTime)
        );
    }
}
