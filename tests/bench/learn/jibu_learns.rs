//! What the project's own learning does with two halves.

use jibu::clock::Stopwatch;
use std::collections::HashMap;
use std::path::Path;

use jibu::complaint::OrganisationId;
use jibu::configuration::Configuration;
use jibu::routing::learn::{Example, Limits, Proposal};
use jibu::routing::{Rules, Suggester, decide};
use jibu::text::normalise::Normalised;

use crate::Figures;

const LIMITS: Limits = Limits {
    words: 100,
    texts: 2,
};

pub(crate) fn measure(learnt: &[Example], tried: &[Example]) -> Figures {
    let sample = Configuration::sample(Path::new("."), &[]).unwrap();
    let county = sample.rules.counties().next().unwrap();
    let convener = sample.rules.organisation(&county.convener).unwrap();
    let started = Stopwatch::start();
    let proposal = Proposal::new(learnt.to_vec(), None, LIMITS, |_| {}).unwrap();
    let toml = proposal.to_complete_toml(county, convener);
    let learn_seconds = started.elapsed().as_secs_f64();
    let rules = Rules::load("routing.toml", &toml, Some(&sample.places)).unwrap();
    let county = rules.counties().next().unwrap();

    let names: HashMap<&str, &OrganisationId> = rules
        .organisations()
        .map(|organisation| (organisation.name.as_str(), &organisation.id))
        .collect();
    let whole = |label: &str| label.split_whitespace().collect::<Vec<_>>().join(" ");
    let meant = |example: &Example| {
        names
            .get(whole(&example.label).as_str())
            .map(|id| (*id).clone())
    };
    let read = |examples: &[Example]| -> Vec<(Normalised, Option<OrganisationId>)> {
        examples
            .iter()
            .map(|one| (Normalised::new(&one.text), meant(one)))
            .collect()
    };
    let (learnt, tried) = (read(learnt), read(tried));

    let started = Stopwatch::start();
    let history = learnt
        .iter()
        .filter_map(|(text, label)| Some((text, label.as_ref()?)));
    let suggester = Suggester::default().train(history);
    let train_seconds = started.elapsed().as_secs_f64();

    let all = tried.len() as f64;
    let (mut right, mut right_at_half, mut sure, mut right_of_sure, mut top_three) =
        (0.0, 0.0, 0.0, 0.0, 0.0);
    let mut suggesting = 0.0;
    for (text, label) in &tried {
        let decision = decide(&rules, text, county, &[]);
        let is_right = f64::from(decision.rule.is_some() && Some(&decision.to) == label.as_ref());
        right += is_right;
        if decision.sure >= 0.5 {
            right_at_half += is_right;
        }
        if decision.sure >= 0.95 {
            sure += 1.0;
            right_of_sure += is_right;
        }
        let started = Stopwatch::start();
        let suggestions = suggester.suggest(text, &decision);
        suggesting += started.elapsed().as_secs_f64();
        top_three += f64::from(
            suggestions
                .iter()
                .any(|one| Some(&one.organisation) == label.as_ref()),
        );
    }
    Figures {
        rules: right / all,
        rules_at_half: right_at_half / all,
        sure: sure / all,
        right_of_sure: right_of_sure / sure,
        top_three: top_three / all,
        learn_seconds,
        train_seconds,
        suggest_micros: 1e6 * suggesting / all,
        words_a_rule: toml.matches("{ word = ").count() as f64 / rules.count() as f64,
        ..Figures::default()
    }
}
