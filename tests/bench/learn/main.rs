//! How well rules learnt from labelled texts route others, beside logistic regression: `bash tests/bench/learn/run FILE TEXT_COLUMN LABEL_COLUMN`.
//!
//! The texts with one label are halved by a hash of the text. From one half rules are learnt as `jibu learn` proposes them, and run by the
//! engine over the other half; and the other way round; so twice, by two hashes. scikit-learn gets the same halves in the same
//! run. A text that goes to the convener because no rule is sure enough counts as wrong.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench tells its figures, and ends where it cannot measure"
)]

mod halves;
mod jibu_learns;
mod peer;

/// Shares of the texts tried, but for times.
#[derive(Clone, Copy, Default)]
struct Figures {
    rules: f64,
    rules_at_half: f64,
    sure: f64,
    right_of_sure: f64,
    top_three: f64,
    learn_seconds: f64,
    train_seconds: f64,
    suggest_micros: f64,
    words_a_rule: f64,
    peer: f64,
    peer_top_three: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [python, file, text_column, label_column] = arguments.as_slice() else {
        println!("usage: bash tests/bench/learn/run FILE TEXT_COLUMN LABEL_COLUMN");
        return;
    };
    let rows = halves::read(file, text_column, label_column);
    let labels: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.label).collect();
    println!("{} texts with one of {} labels", rows.len(), labels.len());
    println!(
        "learnt from  tried on  rules  LR     ratio  at .5  sure>=.95 right  top3   LR     learn   train   suggest  words"
    );
    let mut all = Vec::new();
    for (learnt, tried) in halves::pairs(&rows) {
        let mut figures = jibu_learns::measure(&learnt, &tried);
        (figures.peer, figures.peer_top_three) = peer::measure(python, &learnt, &tried);
        tell(
            &format!("{:>11}  {:>8}", learnt.len(), tried.len()),
            &figures,
        );
        all.push(figures);
    }
    let mean = |figure: fn(&Figures) -> f64| all.iter().map(figure).sum::<f64>() / all.len() as f64;
    let mean = Figures {
        rules: mean(|f| f.rules),
        rules_at_half: mean(|f| f.rules_at_half),
        sure: mean(|f| f.sure),
        right_of_sure: mean(|f| f.right_of_sure * f.sure) / mean(|f| f.sure),
        top_three: mean(|f| f.top_three),
        learn_seconds: mean(|f| f.learn_seconds),
        train_seconds: mean(|f| f.train_seconds),
        suggest_micros: mean(|f| f.suggest_micros),
        words_a_rule: mean(|f| f.words_a_rule),
        peer: mean(|f| f.peer),
        peer_top_three: mean(|f| f.peer_top_three),
    };
    tell("mean                 ", &mean);
}

fn tell(halves: &str, f: &Figures) {
    println!(
        "{halves}  {:.3}  {:.3}  {:>5.2}  {:.3}  {:>9.3} {:.3}  {:.3}  {:.3}  {:>4.1} s  {:>4.2} s  {:>4.0} us  {:>5.0}",
        f.rules,
        f.peer,
        f.rules / f.peer,
        f.rules_at_half,
        f.sure,
        f.right_of_sure,
        f.top_three,
        f.peer_top_three,
        f.learn_seconds,
        f.train_seconds,
        f.suggest_micros,
        f.words_a_rule,
    );
}
