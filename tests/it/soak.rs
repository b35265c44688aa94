//! Texts come in while an administrator edits without a pause, well and badly: each is decided by one version that was good.
//!
//! Some edits here; `bash tests/run soak` makes them ten thousand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::edited::Edited;
use crate::editor::{Editor, Step, Versions};
use crate::served::Served;
use crate::world::{new_sid, past_the_store};

/// Edits, if the environment does not say how many.
const FEW: usize = 100;

/// What people text. The rules that are edited are about zebras, everywhere or in one place.
const TEXTS: &[&str] = &[
    "A zebra stands in the yard",
    "The zebra at Habasswein again",
    "No water at the well of Bute since Monday",
    "The street lights are off",
];

/// A text that was answered with 200: its id, and which it is.
type Sent = (String, usize);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_text_is_decided_by_one_version_that_was_good() {
    let edits = std::env::var("RELOADS").map_or(FEW, |edits| edits.parse().unwrap());
    let edited = Edited::start().await;
    let over = AtomicBool::new(false);
    let editor = async {
        let editor = edit(&edited, edits).await;
        over.store(true, Ordering::Relaxed);
        editor
    };
    let person = |number| text(&edited.served, number, &over);
    let (editor, first, second, third) = tokio::join!(editor, person(1), person(2), person(3));
    let sent = [first, second, third].concat();

    let decided_by = account_for(&edited.served, &sent, editor.good());
    println!(
        "{edits} edits; {} texts, decided by {} versions",
        sent.len(),
        decided_by.len()
    );
    assert!(
        decided_by.len() > edits / 10,
        "{} versions for {} texts",
        decided_by.len(),
        sent.len()
    );
    edited.served.stop().await;
}

/// Edits without a pause; in the end all is in order.
#[expect(clippy::print_stdout, reason = "ten thousand edits take minutes")]
async fn edit(edited: &Edited, edits: usize) -> Editor {
    let mut editor = Editor::new(TEXTS);
    for number in 1..=edits {
        let (planned, steps) = blocking(move || {
            let steps = editor.next();
            (editor, steps)
        })
        .await;
        editor = planned;
        // Every second edit is made while the files are read.
        if number % 2 == 0 {
            tokio::join!(edited.watch.reload(), take(edited, steps));
        } else {
            take(edited, steps).await;
            edited.watch.reload().await;
        }
        if number % 500 == 0 {
            println!("{number} of {edits} edits");
        }
    }
    let rules = editor.rules();
    take(edited, editor.improve(rules)).await;
    edited.watch.reload().await;
    let health = edited.health().await;
    assert!(health["last_refused"].is_null(), "{health}");
    assert!(
        editor
            .good()
            .contains_key(health["rules"].as_str().unwrap())
    );
    editor
}

async fn take(edited: &Edited, steps: Vec<Step>) {
    let directory = edited.directory.clone();
    blocking(move || steps.iter().for_each(|step| step.take(&directory))).await;
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// Texts from one phone after another, until it is over.
async fn text(served: &Served, person: usize, over: &AtomicBool) -> Vec<Sent> {
    let mut sent = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let which = sent.len() % TEXTS.len();
        // Who is asked for a place may answer with the next text: each comes from somebody else.
        let phone = format!("+2547{person}{:07}", sent.len());
        let sid = new_sid();
        assert_eq!(served.deliver(&sid, &phone, TEXTS[which]).await, 200);
        sent.push((sid, which));
    }
    sent
}

/// Every text has one outcome, one complaint, one referral, and the holder that the version named there says; these versions.
fn account_for(served: &Served, sent: &[Sent], good: &Versions) -> BTreeSet<String> {
    let database = past_the_store(&served.folder);
    let mut asked = database
        .prepare(
            "SELECT sid, outcome, holder, (SELECT json_group_array(reason) FROM referral WHERE complaint_id = complaint.id)
             FROM message LEFT JOIN complaint ON complaint.id = message.complaint_id",
        )
        .unwrap();
    let rows = asked.query_map([], |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?)))
    });
    let mut stored: BTreeMap<String, (String, String, String)> =
        rows.unwrap().map(Result::unwrap).collect();
    let mut decided_by = BTreeSet::new();
    for (sid, which) in sent {
        let (outcome, holder, reasons) = stored.remove(sid).expect("it was answered with 200");
        assert_eq!(outcome, "complaint");
        let reasons: Vec<String> = serde_json::from_str(&reasons).unwrap();
        assert_eq!(reasons.len(), 1, "{reasons:?}");
        let reason: Value = serde_json::from_str(&reasons[0]).unwrap();
        let digest = reason["digest"].as_str().unwrap();
        let holders = good.get(digest);
        let holders = holders.unwrap_or_else(|| panic!("by no version that ever was: {reason}"));
        assert_eq!(holder, holders[*which], "{reason}");
        decided_by.insert(digest.to_owned());
    }
    assert!(stored.is_empty(), "{} texts that nobody sent", stored.len());
    decided_by
}
