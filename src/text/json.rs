//! JSON for programs that read what a command says.

use serde_json::Value;

/// One object with the keys of both.
pub fn joined(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut first), Value::Object(second)) => {
            first.extend(second);
            Value::Object(first)
        }
        (first, _) => first,
    }
}
