//! Any body of a webhook is read, and what was read is read again from how it would be written; a signature is made over it.

#![no_main]

use jibu::gateway::form::parse_form;
use jibu::gateway::signature::{SigningKey, sign};
use libfuzzer_sys::fuzz_target;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};

fuzz_target!(|body: &[u8]| {
    let read = parse_form(body);
    let encode = |bytes: &[u8]| percent_encode(bytes, NON_ALPHANUMERIC).to_string();
    let written: Vec<_> = read
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    assert_eq!(parse_form(written.join("&").as_bytes()), read);
    let key = SigningKey::parse("fuzz-signing-key").expect("it is a key");
    assert!(!sign(&key, "https://sms.example.org/gateway/inbound", &read).is_empty());
});
