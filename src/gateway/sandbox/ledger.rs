//! All texts of the sandbox, in memory and in a journal, so that the phones' threads survive a restart.

mod journal;

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::text::Text;
use journal::Journal;

/// Texts that are kept; older ones are forgotten.
const MOST_TEXTS: usize = 20_000;

/// How far the ledger is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    /// Changes so far.
    pub(super) revision: u64,
    /// Nothing more will come: the process is stopping.
    pub(super) closed: bool,
}

/// The texts.
#[derive(Debug)]
pub(super) struct Ledger {
    texts: Mutex<Texts>,
    progress: watch::Sender<Progress>,
}

#[derive(Debug)]
struct Texts {
    /// Oldest first.
    kept: VecDeque<Text>,
    journal: Journal,
}

impl Ledger {
    /// Reads the journal, if there is to be one, and writes it anew without what is superseded.
    pub(super) fn open(journal: Option<&Path>) -> io::Result<Self> {
        let (mut kept, journal) = match journal {
            Some(path) => journal::open(path)?,
            None => (VecDeque::new(), Journal::none()),
        };
        let mut revision = 0;
        for text in &mut kept {
            revision += 1;
            text.revision = revision;
        }
        let progress = watch::Sender::new(Progress {
            revision,
            closed: false,
        });
        Ok(Self {
            texts: Mutex::new(Texts { kept, journal }),
            progress,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Texts> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a new text.
    pub(super) fn add(&self, mut text: Text) {
        let mut texts = self.lock();
        text.revision = self.next_revision();
        texts.journal.write(&text);
        texts.kept.push_back(text);
        if texts.kept.len() > MOST_TEXTS {
            texts.kept.pop_front();
        }
    }

    /// Changes a text and returns it as it is then; `None` if there is none.
    pub(super) fn change(&self, sid: &str, change: impl FnOnce(&mut Text)) -> Option<Text> {
        let mut texts = self.lock();
        let text = texts
            .kept
            .iter_mut()
            .rev()
            .find(|text| text.sid == sid && !text.deleted)?;
        change(text);
        text.revision = self.next_revision();
        let changed = text.clone();
        texts.journal.write(&changed);
        Some(changed)
    }

    /// Counts a change and wakes who waits. Called with the lock held, so that revisions are seen in their order.
    fn next_revision(&self) -> u64 {
        self.progress.send_modify(|progress| progress.revision += 1);
        self.progress.borrow().revision
    }

    /// The texts that meet a condition, newest first.
    pub(super) fn newest_first(&self, is_wanted: impl Fn(&Text) -> bool) -> Vec<Text> {
        self.lock()
            .kept
            .iter()
            .rev()
            .filter(|text| !text.deleted && is_wanted(text))
            .cloned()
            .collect()
    }

    /// One text.
    pub(super) fn find(&self, sid: &str) -> Option<Text> {
        self.lock()
            .kept
            .iter()
            .rev()
            .find(|text| text.sid == sid && !text.deleted)
            .cloned()
    }

    /// The newest `most` of what changed after a revision, oldest first; deleted texts too.
    pub(super) fn since(&self, revision: u64, most: usize) -> Vec<Text> {
        let mut changed: Vec<Text> = self
            .lock()
            .kept
            .iter()
            .rev()
            .filter(|text| text.revision > revision)
            .take(most)
            .cloned()
            .collect();
        changed.reverse();
        changed
    }

    /// To wait for changes.
    pub(super) fn progress(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }

    /// Ends all waiting.
    pub(super) fn close(&self) {
        self.progress.send_modify(|progress| progress.closed = true);
    }
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Write;

    use chrono::DateTime;

    use super::*;
    use crate::gateway::sandbox::text::{Direction, Status};

    fn text(body: &str) -> Text {
        let now = DateTime::from_timestamp_millis(1_700_000_000_000).unwrap();
        Text::new(
            Direction::Inbound,
            Some("+254700000001".to_owned()),
            "+254709000000".to_owned(),
            body.to_owned(),
            now,
        )
    }

    fn bodies(ledger: &Ledger) -> Vec<String> {
        ledger
            .newest_first(|_| true)
            .into_iter()
            .map(|text| text.body)
            .collect()
    }

    #[test]
    fn threads_survive_a_restart_also_one_in_the_middle_of_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("phones.jsonl");
        let (first, second, gone) = (text("maji"), text("afya"), text("barabara"));
        let ledger = Ledger::open(Some(&path)).unwrap();
        for text in [&first, &second, &gone] {
            ledger.add(text.clone());
        }
        ledger.change(&first.sid, |text| {
            text.reach(Status::Received, text.created)
        });
        ledger.change(&gone.sid, |text| text.deleted = true);
        drop(ledger);
        OpenOptions::new()
            .append(true)
            .open(&path)
            .unwrap()
            .write_all(b"{\"sid\":\"SM")
            .unwrap();

        let ledger = Ledger::open(Some(&path)).unwrap();
        assert_eq!(bodies(&ledger), ["afya", "maji"]);
        assert_eq!(ledger.find(&first.sid).unwrap().status, Status::Received);
        assert_eq!(
            std::fs::read_to_string(&path).unwrap().lines().count(),
            2,
            "only what still counts is kept"
        );
        ledger.add(text("elimu"));
        drop(ledger);
        assert_eq!(
            bodies(&Ledger::open(Some(&path)).unwrap()),
            ["elimu", "afya", "maji"]
        );
    }

    #[test]
    fn who_waits_sees_each_change_once_and_deletions_too() {
        let ledger = Ledger::open(None).unwrap();
        let (first, second) = (text("maji"), text("afya"));
        ledger.add(first.clone());
        ledger.add(second.clone());
        let seen = ledger.progress().borrow().revision;
        assert_eq!(ledger.since(0, 10).len(), 2);
        assert!(ledger.since(seen, 10).is_empty());

        ledger.change(&first.sid, |text| text.deleted = true);
        let changed = ledger.since(seen, 10);
        assert_eq!(changed.len(), 1);
        assert!(changed[0].deleted);
        assert!(ledger.find(&first.sid).is_none());
        assert_eq!(
            ledger.since(0, 1)[0].sid,
            second.sid,
            "the newest come first where not all fit"
        );
    }

    #[test]
    fn a_busy_line_forgets_its_oldest_texts() {
        let ledger = Ledger::open(None).unwrap();
        for number in 0..=MOST_TEXTS {
            ledger.add(text(&number.to_string()));
        }
        let kept = ledger.newest_first(|_| true);
        assert_eq!(kept.len(), MOST_TEXTS);
        assert_eq!(kept.last().unwrap().body, "1");
    }
}
