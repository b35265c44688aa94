//! The real service on a directory that is edited while it runs.

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jibu::clock::Clock;
use jibu::configuration::{Configuration, Live, Watch};
use jibu::store::open_for_reading;
use serde_json::Value;

use crate::process::{shipped, variable};
use crate::served::{Served, settings, wait_for};
use crate::world::{AMINA, new_sid, past_the_store, paths};

/// What an edit adds to the sample's rules: a word of its own, and where texts with it go.
pub(crate) fn rule(id: &str, to: &str) -> String {
    format!("\n[[rule]]\nid = \"{id}\"\nany = [\"zebra\"]\nsure = 1\nto = \"{to}\"\n")
}

pub(crate) struct Edited {
    pub served: Served,
    pub watch: Watch,
    pub directory: PathBuf,
}

impl Edited {
    /// On a copy of the sample county.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let directory = folder.path().join("config");
        copy_sample(&directory);
        Self::start_on(folder, directory, &[]).await
    }

    pub(crate) async fn start_on(
        folder: tempfile::TempDir,
        directory: PathBuf,
        changes: &[(&str, &str)],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let environment: Vec<(OsString, OsString)> = settings(folder.path(), &url, &url, changes)
            .into_iter()
            .map(|(key, value)| (variable(key).into(), value.into()))
            .collect();
        let first = Configuration::from_directory(&directory, environment.clone())
            .unwrap_or_else(|findings| panic!("{}", findings.render(false)));
        let clock = Clock::system();
        let live = Live::new(Arc::new(first), clock.now());
        let database = paths(&folder).database;
        let named = move || {
            let database = open_for_reading(&database).map_err(|error| error.to_string())?;
            let named = database.named_by_open_complaints();
            named.map_err(|error| error.to_string())
        };
        let watch =
            Watch::start(directory.clone(), environment, live.clone(), clock, named).unwrap();
        Self {
            served: Served::start_live(folder, listener, live).await,
            watch,
            directory,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn save(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    /// What `/health` says of the configuration.
    pub(crate) async fn health(&self) -> Value {
        self.served.health().await["configuration"].clone()
    }

    /// Waits until an edit is in force, or refused.
    pub(crate) async fn taken_up(&self, before: &Value) -> Value {
        wait_for("the edit to be taken up", async || {
            Some(self.health().await).filter(|health| health != before)
        })
        .await
    }

    /// Texts, and returns who got it.
    pub(crate) async fn ask(&self, body: &str) -> String {
        let sid = new_sid();
        assert_eq!(self.served.deliver(&sid, AMINA, body).await, 200);
        past_the_store(&self.served.folder)
            .query_row(
                "SELECT holder FROM complaint JOIN message ON complaint.id = message.complaint_id WHERE sid = ?1",
                [sid],
                |row| row.get(0),
            )
            .unwrap()
    }
}

/// Copies the sample county's files.
pub(crate) fn copy_sample(to: &Path) {
    fs::create_dir_all(to.join("replies")).unwrap();
    for name in [
        "service.toml",
        "routing.toml",
        "places.csv",
        "calendar.toml",
        "deadlines.toml",
        "replies/ar.toml",
        "replies/en.toml",
        "replies/fr.toml",
        "replies/so.toml",
        "replies/sw.toml",
    ] {
        fs::copy(shipped().join(name), to.join(name)).unwrap();
    }
}

/// The lines of a list in `/health`.
pub(crate) fn lines(list: &Value) -> Vec<&str> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|line| line.as_str().unwrap()).collect()
}
