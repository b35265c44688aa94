//! Takes up what is saved into the configuration's directory, all of it or nothing, while the service runs.
//!
//! One thread looks at the directory two or three times a second. An edit is read when it has been left alone from one look to
//! the next: a save in two writes is read once, and a file that an editor takes away for a moment is not missed. What changed
//! again while it was read is read anew, so that no version is a mixture of two.
//!
//! Rejected: to be told by the kernel (inotify). It says nothing of network mounts and loses a directory that is mounted over,
//! so the looks would be needed all the same; it would save a third of a second.

#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::Configuration;
use super::files::Files;
use super::live::{Live, Refused};
use super::look::Look;
use crate::clock::Clock;
use crate::complaint::Named;
use crate::text::diagnostic::{Diagnostic, Level};
use crate::text::findings::Findings;

/// A save is in force after two of these at the most, and the time to check it.
const LOOK_EVERY: Duration = Duration::from_millis(400);
/// How often files that change while they are read are read anew at once, where somebody asked for that.
const TRIES: usize = 5;
/// Findings that are logged of one edit.
const MOST_LOGGED: usize = 20;

/// The variables of a process.
type Environment = Vec<(OsString, OsString)>;
/// Asks which organisations open complaints name: a look at the database, which this room does not know.
type AskNamed = Box<dyn Fn() -> Result<Named, String> + Send>;
/// What makes a version of files.
type Build = fn(&Path, Files, Environment) -> Result<Configuration, Findings>;

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch {
    asks: mpsc::Sender<oneshot::Sender<()>>,
}

impl Watch {
    /// Takes up edits of the directory from now on. `environment` is all of the process's variables; `named` says which
    /// organisations open complaints name, or why it cannot: those that the version in force does not have are told, soon after
    /// the start and after each edit.
    ///
    /// # Errors
    /// The thread could not be started.
    pub fn start(
        directory: PathBuf,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        live: Live,
        clock: Clock,
        named: impl Fn() -> Result<Named, String> + Send + 'static,
    ) -> io::Result<Self> {
        let (asks, asked) = mpsc::channel();
        let environment = environment.into_iter().collect();
        let watcher = Watcher::new(directory, environment, live, clock, Box::new(named));
        thread::Builder::new()
            .name("configuration".to_owned())
            .spawn(move || watcher.watch(&asked))?;
        Ok(Self { asks })
    }

    /// Reads the directory at once, however lately it was saved; returns when that was tried.
    pub async fn reload(&self) {
        let (done, tried) = oneshot::channel();
        // The thread ends with this handle and not before; if it did, there would be nothing to wait for.
        if self.asks.send(done).is_ok() {
            let _ = tried.await;
        }
    }
}

struct Watcher {
    directory: PathBuf,
    environment: Environment,
    build: Build,
    live: Live,
    clock: Clock,
    named: AskNamed,
    /// By the last look.
    seen: Look,
    /// What was last put in force or refused.
    tried: Option<Look>,
    /// Versions that texts in flight may still hold. They are dropped here: the last of those texts would pay for it.
    retired: Vec<Arc<Configuration>>,
}

impl Watcher {
    fn new(
        directory: PathBuf,
        environment: Environment,
        live: Live,
        clock: Clock,
        named: AskNamed,
    ) -> Self {
        Self {
            seen: Look::at(&directory),
            tried: None,
            directory,
            environment,
            build: Configuration::from_files,
            live,
            clock,
            named,
            retired: Vec::new(),
        }
    }

    fn watch(mut self, asked: &Receiver<oneshot::Sender<()>>) {
        loop {
            match asked.recv_timeout(LOOK_EVERY) {
                Ok(done) => {
                    self.reload();
                    // Who asked may have gone.
                    let _ = done.send(());
                }
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            self.drop_retired();
        }
    }

    fn drop_retired(&mut self) {
        self.retired.retain(|old| Arc::strong_count(old) > 1);
    }

    /// Takes up an edit that has been left alone since the last look.
    fn look(&mut self) {
        let now = Look::at(&self.directory);
        let rests = now == self.seen;
        self.seen = now;
        if rests && self.tried.as_ref() != Some(&self.seen) {
            self.take_up();
        }
    }

    /// Takes up what is there now, also if it was tried before: a disk may be readable again.
    fn reload(&mut self) {
        for _ in 0..TRIES {
            self.seen = Look::at(&self.directory);
            if self.take_up() {
                return;
            }
        }
        self.tried = None;
        tracing::warn!("The configuration is being written; it is read when that has ended");
    }

    /// Whether the files stayed as they were while they were read; if so, they are in force or refused now.
    fn take_up(&mut self) -> bool {
        let files = Files::read(&self.directory);
        if Look::at(&self.directory) != self.seen {
            return false;
        }
        self.tried = Some(self.seen.clone());
        let running = self.live.current();
        match files {
            Err(finding) => self.refuse(Findings::from_iter([finding])),
            Ok(files) if files.findings.is_empty() && files.versions() == running.versions => {
                self.keep();
            }
            Ok(files) => match self.build(files) {
                Ok(edited) => self.put_in_force(edited, running),
                Err(findings) => self.refuse(findings),
            },
        }
        self.tell_missing();
        true
    }

    fn build(&self, files: Files) -> Result<Configuration, Findings> {
        let environment = self.environment.clone();
        // Without this, one odd file would end the thread, and no edit would ever be taken up again.
        catch_unwind(AssertUnwindSafe(|| {
            (self.build)(&self.directory, files, environment)
        }))
        .unwrap_or_else(|_| {
            let message = "these files could not be checked; the log says where that failed";
            let directory = self.directory.display().to_string();
            Err(Findings::from_iter([Diagnostic::error(
                &directory, None, message,
            )]))
        })
    }

    fn put_in_force(&mut self, edited: Configuration, running: Arc<Configuration>) {
        let edited = edited.while_running(&running);
        warn_of(&edited.findings);
        tracing::info!(
            changed = edited.changed_from(&running),
            rules = format!("{} → {}", running.rules.count(), edited.rules.count()),
            digest = edited.rules.digest(),
            "An edited configuration is in force"
        );
        self.live.replace(edited, self.clock.now());
        self.retired.push(running);
    }

    /// Tells of organisations that open complaints name and the version in force does not have. It is in force already: the
    /// answer of a large database takes its time.
    fn tell_missing(&self) {
        match (self.named)() {
            Ok(named) => {
                let missing = self.live.current().missing_of(&named);
                let missing = Findings::from_iter(missing);
                warn_of(&missing);
                self.live.tell_missing(missing);
            }
            Err(why) => {
                tracing::warn!(
                    why,
                    "Whether open complaints name an organisation that is no more could not be seen"
                );
            }
        }
    }

    fn keep(&self) {
        if self.live.state().refused.is_some() {
            tracing::info!("The configuration is again as it was before the edit that was refused");
            self.live.keep(None);
        }
    }

    fn refuse(&self, findings: Findings) {
        for finding in findings.told(Level::Error, MOST_LOGGED) {
            tracing::error!(
                finding,
                "An edit is refused, and the version before it stays in force"
            );
        }
        self.live.keep(Some(Refused {
            at: self.clock.now(),
            findings: Arc::new(findings),
        }));
    }
}

fn warn_of(findings: &Findings) {
    for finding in findings.told(Level::Note, MOST_LOGGED) {
        tracing::warn!(finding, "Worth a look in the configuration");
    }
}
