//! Emails: what is owed leaves once, or it is shown that nobody knows.

mod doubted;
mod injected;
mod killed;
mod outcomes;
mod plug;
mod post;
mod sending;

use std::path::Path;

use chrono::{DateTime, Utc};
use jibu::clock::Clock;
use jibu::store::{NewEmail, Store, StoreError, Tx};
use tempfile::TempDir;

use crate::world::{past_the_store, paths};

/// An email as the tests owe it.
pub(crate) fn owed<'a>(key: &'a str, to: &'a str, due_at: DateTime<Utc>) -> NewEmail<'a> {
    NewEmail {
        key,
        purpose: "reminder",
        organisation: None,
        to,
        from: None,
        reply_to: None,
        subject: "Two complaints wait",
        plain: "482 109 3753 waits since Monday.\n",
        html: Some("<p>482 109 3753 waits since Monday.</p>"),
        follows: None,
        due_at,
    }
}

/// Owes emails in the database of a service that does not run, each `(key, to)`.
async fn owe(folder: &Path, emails: &[(&'static str, &'static str)]) {
    let emails = emails.to_vec();
    write(folder, move |tx| {
        emails.iter().try_for_each(|(key, to)| {
            tx.add_email(&owed(key, to, tx.now))
                .map(|is_new| assert!(is_new))
        })
    })
    .await;
}

/// Writes into the database of a service that does not run.
pub(crate) async fn write(
    folder: &Path,
    job: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static,
) {
    let store = Store::open(&paths(folder), Clock::system()).unwrap();
    store.write("owe", job).await.unwrap();
    store.close().await;
}

/// The state of each email and what came between, the oldest first.
fn states(folder: &TempDir) -> Vec<String> {
    let connection = past_the_store(folder);
    let mut statement = connection
        .prepare("SELECT state || coalesce(' ' || why, '') || coalesce(' ' || code, '') || iif(state = 'sent', '', coalesce(' ' || status, '')) FROM email ORDER BY id")
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}
