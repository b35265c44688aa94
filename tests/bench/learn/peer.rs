//! The same halves through scikit-learn.

use std::io::Write;
use std::process::{Command, Stdio};

use jibu::routing::learn::Example;
use serde_json::{Value, json};

/// Its accuracy, and how often the right label is among its three likeliest.
pub(crate) fn measure(python: &str, learnt: &[Example], tried: &[Example]) -> (f64, f64) {
    let rows = |examples: &[Example]| -> Vec<Value> {
        examples
            .iter()
            .map(|one| json!([one.text, one.label]))
            .collect()
    };
    let halves = json!({ "learnt": rows(learnt), "tried": rows(tried) });
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/bench/learn/logistic_regression.py"
    );
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(halves.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let figure = |name: &str| figures[name].as_f64().unwrap();
    (figure("accuracy"), figure("top_three"))
}
