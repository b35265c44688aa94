//! How fast texts are decided by a large rules file, beside the bare automaton: `cargo bench --bench routing [-- FILE TEXT_COLUMN]`.
//!
//! 10,000 words in 2,000 rules: those of the texts, the rarest first, as words, phrases and beginnings, and made-up ones for the rest. The texts
//! are those of a CSV file, or the tests' own. In one run, on one core and in turns, so that a machine that slows down slows
//! all of them down:
//! - `scan`: aho-corasick looks for the same words in the same texts, folded beforehand; nothing is made of what it finds.
//! - `exact`: from the folded text to the decision, where each word is written with `=`, so that no typing slip is looked for.
//! - `slips`: the same with them.
//! - `text`: with slips, from the text as it was typed: folding is in it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench tells its figures, and ends where it cannot measure"
)]

mod rules;
mod texts;

use std::hint::black_box;
use std::path::Path;

use aho_corasick::AhoCorasick;
use jibu::clock::Stopwatch;
use jibu::configuration::Configuration;
use jibu::routing::{Rules, decide};
use jibu::text::normalise::Normalised;

/// Rounds of each; the median is told.
const ROUNDS: usize = 9;
/// Texts of one measurement.
const TEXTS: usize = 40_000;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let texts = match arguments.as_slice() {
        [file, column] => texts::of(file, column),
        _ => texts::own(),
    };
    let folded: Vec<Normalised> = texts.iter().map(|text| Normalised::new(text)).collect();
    let words = rules::words(&folded);
    let sample = Configuration::sample(Path::new("."), &[]).unwrap();
    let load = |source: &str| Rules::load("routing.toml", source, Some(&sample.places)).unwrap();

    let (with_slips, exact) = (rules::file(&words, ""), rules::file(&words, "="));
    let mut compiling: Vec<f64> = (0..ROUNDS)
        .map(|_| seconds(|| drop(black_box(load(&with_slips)))))
        .collect();
    let (with_slips, exact) = (load(&with_slips), load(&exact));
    let padded = words.iter().map(|word| rules::as_looked_for(word));
    let automaton = AhoCorasick::new(padded).unwrap();

    let county = exact.counties().next().unwrap();
    let over = |work: &dyn Fn(usize)| {
        let took = seconds(|| (0..TEXTS).for_each(|at| work(at % texts.len())));
        TEXTS as f64 / took
    };
    let mut rounds: Vec<[f64; 4]> = (0..ROUNDS)
        .map(|_| {
            [
                over(&|at| {
                    let hits = automaton.find_overlapping_iter(folded[at].padded());
                    black_box(hits.count());
                }),
                over(&|at| drop(black_box(decide(&exact, &folded[at], county, &[])))),
                over(&|at| drop(black_box(decide(&with_slips, &folded[at], county, &[])))),
                over(&|at| {
                    let text = Normalised::new(&texts[at]);
                    drop(black_box(decide(&with_slips, &text, county, &[])));
                }),
            ]
        })
        .collect();

    let letters = texts.iter().map(|text| text.chars().count()).sum::<usize>();
    let found = |rules: &Rules| {
        let decisions = folded.iter().map(|text| decide(rules, text, county, &[]));
        let decided = decisions.filter(|decision| decision.rule.is_some());
        100 * decided.count() / texts.len()
    };
    println!(
        "{} texts of {} letters on average; {} words in {} rules decide {} % of them, {} % with slips",
        texts.len(),
        letters / texts.len(),
        words.len(),
        exact.count(),
        found(&exact),
        found(&with_slips),
    );
    for (what, at) in [("scan", 0), ("exact", 1), ("slips", 2), ("text", 3)] {
        println!(
            "{what:>6} {:>9.0} texts a second, {:.2} times the scan's time",
            median(&mut rounds, |round| round[at]),
            median(&mut rounds, |round| round[0] / round[at]),
        );
    }
    compiling.sort_by(f64::total_cmp);
    println!(
        "the file is checked and compiled in {:.0} ms",
        1000.0 * compiling[ROUNDS / 2]
    );
}

fn seconds(work: impl FnOnce()) -> f64 {
    let started = Stopwatch::start();
    work();
    started.elapsed().as_secs_f64()
}

fn median(rounds: &mut [[f64; 4]], figure: impl Fn(&[f64; 4]) -> f64) -> f64 {
    rounds.sort_by(|a, b| figure(a).total_cmp(&figure(b)));
    figure(&rounds[rounds.len() / 2])
}
