//! Texts as the gateway would deliver them: signed forms, each from a phone of its own.

use jibu::gateway::form::parse_form;
use jibu::gateway::signature::{SigningKey, sign};

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const KEY: &str = "bench-signing-key";

const WORDS: [&str; 8] = [
    "Borehole at Habasswein is broken, no water 5 days",
    "Kisima cha Habasswein kimeharibika siku tano",
    "The dispensary in Bute has had no drugs since Monday and the nurse has gone to Wajir",
    "Barabara ya Tarbaj imeharibika, lori za chakula haziwezi kupita",
    "Our names were left out of the food aid list at Eldas, 40 families",
    "No teacher in the school of Diif for three weeks",
    "The chief has not given us our letters since January",
    "Mwalimu hajafika shuleni, watoto wanarudi nyumbani",
];

/// That many complaints, from that many phones.
pub(crate) fn signed(count: usize, url: &str) -> Vec<Vec<u8>> {
    (0..count)
        .map(|index| request(url, &phone(), WORDS[index % WORDS.len()]))
        .collect()
}

pub(crate) fn phone() -> String {
    format!("+2547{:08}", rand::random_range(0..100_000_000_u32))
}

/// One request, head and body.
pub(crate) fn request(url: &str, from: &str, words: &str) -> Vec<u8> {
    let sid = format!("SM{:032x}", rand::random::<u128>());
    let body = format!(
        "ToCountry=KE&SmsMessageSid={sid}&NumMedia=0&SmsSid={sid}&SmsStatus=received&Body={}&FromCountry=KE&To=%2B254700100200\
         &NumSegments=1&MessageSid={sid}&AccountSid={ACCOUNT}&From={}&ApiVersion=2010-04-01",
        encoded(words),
        encoded(from),
    );
    let key = SigningKey::parse(KEY).unwrap();
    let signature = sign(
        &key,
        &format!("{url}/gateway/inbound"),
        &parse_form(body.as_bytes()),
    );
    format!(
        "POST /gateway/inbound HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         X-Twilio-Signature: {signature}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
