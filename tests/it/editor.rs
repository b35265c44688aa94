//! An administrator who edits without a pause, well and as badly as can be. What was good in between is remembered.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use jibu::complaint::Address;
use jibu::intake::places::Places;
use jibu::routing::{Rules, decide};
use jibu::text::normalise::Normalised;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::process::shipped;
use crate::world::LINE;

const ROUTING: &str = "routing.toml";
const PLACES: &str = "places.csv";
const REPLIES: &str = "replies/en.toml";

pub(crate) struct Editor {
    texts: &'static [&'static str],
    chance: StdRng,
    /// What each file of the sample says.
    sample: BTreeMap<&'static str, String>,
    /// What each says after the steps so far; nothing where it cannot be read as text.
    now: BTreeMap<&'static str, String>,
    good: Versions,
}

/// Every state of rules and places that could be read, by its digest: who gets each of the texts.
pub(crate) type Versions = BTreeMap<String, Vec<String>>;

/// One change of one file.
pub(crate) enum Step {
    /// It is written over in its place.
    Write(&'static str, Vec<u8>),
    /// Another is put in its place.
    Replace(&'static str, Vec<u8>),
    /// It is taken away.
    Remove(&'static str),
    /// Nobody can read it any more, not even root.
    Lock(&'static str),
}

impl Editor {
    /// Begins with the sample, and wants to know who gets these texts.
    pub(crate) fn new(texts: &'static [&'static str]) -> Self {
        let read = |name| (name, fs::read_to_string(shipped().join(name)).unwrap());
        let sample = BTreeMap::from([ROUTING, PLACES, REPLIES].map(read));
        let mut editor = Self {
            texts,
            chance: StdRng::seed_from_u64(7),
            now: sample.clone(),
            sample,
            good: Versions::new(),
        };
        editor.remember();
        editor
    }

    pub(crate) fn good(&self) -> &Versions {
        &self.good
    }

    /// The next edit, good or bad.
    pub(crate) fn next(&mut self) -> Vec<Step> {
        let rules = self.rules();
        let step = match self.chance.random_range(0..20) {
            0 => {
                let half = rules.floor_char_boundary(self.chance.random_range(0..rules.len()));
                self.write(ROUTING, &rules[..half])
            }
            1 => self.write(ROUTING, &rules.replace("\"wajir-water\"", "\"wajir-watr\"")),
            2 => self.write(ROUTING, ""),
            3 => self.harm(Step::Write(ROUTING, vec![b'#'; 5_000_000])),
            4 => self.harm(Step::Replace(ROUTING, vec![0xff, 0xfe])),
            5 => self.harm(Step::Remove(ROUTING)),
            6 => self.harm(Step::Lock(ROUTING)),
            7 => self.write(PLACES, "id,name\n"),
            8 => self.harm(Step::Lock(PLACES)),
            9 => self.write(REPLIES, "name = "),
            10 => self.harm(Step::Remove(REPLIES)),
            _ => return self.improve(rules),
        };
        vec![step]
    }

    /// New rules and new places, and all else in order again. Between two steps the one stands beside what was there of the
    /// other, and that may be in force for a moment.
    pub(crate) fn improve(&mut self, rules: String) -> Vec<Step> {
        let ward = format!(
            "zebra,Zebraland {},ward,wajir-south,,,\n",
            self.chance.random::<u32>()
        );
        let places = self.sample[PLACES].clone() + &ward;
        let replies = self.sample[REPLIES].clone();
        vec![
            self.write(REPLIES, &replies),
            self.write(ROUTING, &rules),
            self.write(PLACES, &places),
        ]
    }

    /// The sample's rules and one for zebras: everywhere or in one place only, and sent here or there.
    pub(crate) fn rules(&mut self) -> String {
        let to = ["wajir-health", "wajir-roads", "wajir-water", "convener"]
            [self.chance.random_range(0..4)];
        let place = ["", "place = [\"habasswein\"]\n"][self.chance.random_range(0..2)];
        let id: u32 = self.chance.random();
        let rule = format!(
            "\n[[rule]]\nid = \"zebra-{id}\"\nany = [\"zebra\"]\nsure = 1\n{place}to = \"{to}\"\n"
        );
        self.sample[ROUTING].clone() + &rule
    }

    /// Saves a text as one editor or another does.
    fn write(&mut self, name: &'static str, text: &str) -> Step {
        self.now.insert(name, text.to_owned());
        if name != REPLIES {
            self.remember();
        }
        let bytes = text.as_bytes().to_vec();
        if self.chance.random() {
            Step::Write(name, bytes)
        } else {
            Step::Replace(name, bytes)
        }
    }

    fn harm(&mut self, step: Step) -> Step {
        self.now.remove(step.name());
        step
    }

    /// What the files say after the steps so far.
    fn remember(&mut self) {
        let (Some(rules), Some(places)) = (self.now.get(ROUTING), self.now.get(PLACES)) else {
            return;
        };
        let Ok(places) = Places::load(PLACES, places) else {
            return;
        };
        let Ok(rules) = Rules::load(ROUTING, rules, Some(&places)) else {
            return;
        };
        let county = rules.county_of_number(&Address::new(LINE)).unwrap();
        let holder = |text: &&str| {
            let text = Normalised::new(text);
            let at = places.ancestry_of(&places.find(&text, &county.id));
            decide(&rules, &text, county, &at).to.to_string()
        };
        let holders = self.texts.iter().map(holder).collect();
        self.good.insert(rules.digest().to_owned(), holders);
    }
}

impl Step {
    fn name(&self) -> &'static str {
        match self {
            Self::Write(name, _)
            | Self::Replace(name, _)
            | Self::Remove(name)
            | Self::Lock(name) => name,
        }
    }

    /// Does it.
    pub(crate) fn take(&self, directory: &Path) {
        let path = directory.join(self.name());
        if fs::read(&path).is_err() {
            let _ = fs::remove_file(&path);
        }
        match self {
            Self::Write(_, bytes) => fs::write(path, bytes).unwrap(),
            Self::Replace(_, bytes) => {
                let beside: PathBuf = path.with_extension("new");
                fs::write(&beside, bytes).unwrap();
                fs::rename(beside, path).unwrap();
            }
            Self::Remove(_) => drop(fs::remove_file(path)),
            Self::Lock(_) => {
                let _ = fs::remove_file(&path);
                symlink(&path, &path).unwrap();
            }
        }
    }
}
