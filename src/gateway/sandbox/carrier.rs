//! The way of a text to a phone, and the status callbacks on it.

use super::Sandbox;
use super::text::{Fate, Status, Text};

/// Carries a text to its phone: `sent`, then `delivered` or `undelivered`, each reported if a callback was asked for.
///
/// There is no callback for the first status: the answer to the request says it.
pub(super) async fn carry(sandbox: Sandbox, sid: String) {
    let Some(text) = sandbox.0.ledger.find(&sid) else {
        return;
    };
    let end = match text.fate {
        Fate::Undelivered(_) => Status::Undelivered,
        Fate::Delivered | Fate::Silent => Status::Delivered,
    };
    for status in [Status::Sent, end] {
        if text.status == status {
            continue;
        }
        tokio::time::sleep(sandbox.0.settings.carrier_delay).await;
        let Some(text) = sandbox.reach(&sid, status) else {
            return;
        };
        report(&sandbox, &text).await;
    }
}

impl Sandbox {
    fn reach(&self, sid: &str, status: Status) -> Option<Text> {
        let now = self.0.clock.now();
        self.0.ledger.change(sid, |text| {
            text.reach(status, now);
            if text.from.is_none() {
                // What a messaging service does.
                text.from = self.0.settings.line_numbers.first().cloned();
            }
            if let (Status::Undelivered, Fate::Undelivered(code)) = (status, text.fate) {
                text.error = Some(code);
            }
        })
    }
}

async fn report(sandbox: &Sandbox, text: &Text) {
    let word = text.status.word();
    let url = text
        .callback
        .as_deref()
        .filter(|_| text.fate != Fate::Silent);
    let outcome = match url {
        Some(url) => format!(
            "Signed POST, answered with {}.",
            sandbox.post_signed(url, &form(sandbox, text)).await
        ),
        None => "None asked for, or kept back by a fault.".to_owned(),
    };
    let now = sandbox.0.clock.now();
    sandbox.0.ledger.change(&text.sid, |text| {
        text.note(now, format!("Status callback: {word}"), outcome)
    });
}

fn form(sandbox: &Sandbox, text: &Text) -> Vec<(&'static str, String)> {
    let word = text.status.word().to_owned();
    let mut form = vec![
        ("MessageSid", text.sid.clone()),
        ("MessageStatus", word.clone()),
        ("SmsSid", text.sid.clone()),
        ("SmsStatus", word),
        ("AccountSid", sandbox.0.settings.account_sid.clone()),
        ("From", text.from.clone().unwrap_or_default()),
        ("To", text.to.clone()),
        ("ApiVersion", "2010-04-01".to_owned()),
    ];
    if let Some(service) = &text.service {
        form.push(("MessagingServiceSid", service.clone()));
    }
    if let Some(code) = text.error {
        form.push(("ErrorCode", code.to_string()));
    }
    if text.status != Status::Sent {
        form.push((
            "RawDlrDoneDate",
            text.updated.format("%y%m%d%H%M").to_string(),
        ));
    }
    form
}
