use std::fs;

use tempfile::TempDir;

use super::*;

/// The sample county in a directory of its own, and a watcher whose looks are taken by hand.
struct Desk {
    directory: TempDir,
    watcher: Watcher,
}

impl Desk {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        for folder in ["replies", "letters"] {
            fs::create_dir(directory.path().join(folder)).unwrap();
        }
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
        for name in super::super::files::names(&shipped) {
            fs::copy(shipped.join(&name), directory.path().join(&name)).unwrap();
        }
        let first = Configuration::from_directory(directory.path(), [])
            .unwrap_or_else(|findings| panic!("{}", findings.render(false)));
        let clock = Clock::system();
        let live = Live::new(Arc::new(first), clock.now());
        let nobody = Box::new(|| Ok(Named::default()));
        let directory_path = directory.path().to_owned();
        let watcher = Watcher::new(directory_path, Vec::new(), live, clock, nobody);
        Self { directory, watcher }
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("routing.toml")
    }

    /// Makes the rules other ones by a line at their end.
    fn add(&self, line: &str) {
        let text = fs::read_to_string(self.path()).unwrap() + line;
        fs::write(self.path(), text).unwrap();
    }

    fn in_force(&self) -> String {
        self.watcher.live.current().rules.digest().to_owned()
    }

    fn refused(&self) -> Option<Vec<String>> {
        let state = self.watcher.live.state();
        let refused = state.refused.as_ref();
        refused.map(|refused| refused.findings.told(Level::Error, 9))
    }
}

#[test]
fn a_save_is_taken_up_when_it_was_left_alone_from_one_look_to_the_next() {
    let mut desk = Desk::new();
    let sample = desk.in_force();
    desk.watcher.look();
    desk.add("# one\n");
    desk.watcher.look();
    desk.add("# two\n");
    desk.watcher.look();
    assert_eq!(desk.in_force(), sample, "it is still being written");
    desk.watcher.look();
    assert_ne!(desk.in_force(), sample);
}

#[test]
fn a_file_that_is_away_for_a_moment_is_not_missed_and_one_that_stays_away_is() {
    let mut desk = Desk::new();
    desk.watcher.look();
    let aside = desk.directory.path().join("routing.toml~");
    fs::rename(desk.path(), &aside).unwrap();
    desk.watcher.look();
    fs::rename(&aside, desk.path()).unwrap();
    desk.watcher.look();
    desk.watcher.look();
    assert_eq!(desk.refused(), None);

    fs::remove_file(desk.path()).unwrap();
    desk.watcher.look();
    assert_eq!(desk.refused(), None);
    desk.watcher.look();
    assert_eq!(
        desk.refused().unwrap(),
        ["routing.toml: error: this file is missing"]
    );
}

#[test]
fn what_changed_while_it_was_read_is_not_taken_up() {
    let mut desk = Desk::new();
    let sample = desk.in_force();
    desk.add("# after the look\n");
    assert!(!desk.watcher.take_up());
    assert_eq!((desk.in_force(), desk.refused()), (sample, None));
}

#[test]
fn files_that_are_as_they_were_are_not_built_and_end_a_refusal() {
    let mut desk = Desk::new();
    let before = desk.watcher.live.current();
    let sample = fs::read_to_string(desk.path()).unwrap();
    desk.add("oops\n");
    desk.watcher.reload();
    assert!(desk.refused().is_some());
    fs::write(desk.path(), sample).unwrap();
    desk.watcher.reload();
    assert_eq!(desk.refused(), None);
    assert!(Arc::ptr_eq(&before, &desk.watcher.live.current()));
}

#[test]
fn a_check_that_panics_refuses_and_the_next_edit_is_taken_up() {
    let mut desk = Desk::new();
    let sample = desk.in_force();
    let build = std::mem::replace(&mut desk.watcher.build, |_, _, _| panic!("odd"));
    desk.add("# one\n");
    desk.watcher.reload();
    assert_eq!(desk.in_force(), sample);
    assert!(desk.refused().unwrap()[0].contains("could not be checked"));
    desk.watcher.build = build;
    desk.watcher.reload();
    assert_eq!(desk.refused(), None);
    assert_ne!(desk.in_force(), sample);
}

#[test]
fn the_version_before_is_dropped_by_the_watcher_when_no_text_holds_it() {
    let mut desk = Desk::new();
    let held = desk.watcher.live.current();
    let gone = Arc::downgrade(&held);
    desk.add("# one\n");
    desk.watcher.reload();
    desk.watcher.drop_retired();
    drop(held);
    assert!(gone.upgrade().is_some(), "the text did not pay for it");
    desk.watcher.drop_retired();
    assert!(gone.upgrade().is_none());
}
