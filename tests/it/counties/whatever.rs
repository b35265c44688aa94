//! Whatever complaints say and however they stand, a hand-over keeps the laws.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::{NEW, OLD, a_minute_passes, convened_by, count};
use crate::world::{OTHER_HOPS, World, past_the_store};

/// From one to another and on, with whomever complaints accuse and however they stand: nobody gets what accuses them, each open
/// complaint has a holder, the ledger ends at who has it, and each hop begins where the one before ended.
#[tokio::test]
async fn whatever_is_handed_over_no_accused_gets_it_and_the_ledger_holds() {
    const CONVENERS: [&str; 5] = [NEW, OLD, "wajir-drought", NEW, OLD];
    let texts = [
        "I want to complain about something",
        "They demanded a bribe",
        "Borehole in Eldas is broken",
        "They demanded a bribe at the justice office",
    ];
    for seed in 0..3 {
        let mut rng = StdRng::seed_from_u64(seed);
        let world = World::of(|_| convened_by(OLD));
        a_minute_passes(&world, OLD).await;
        for index in 0..30 {
            let text = texts[rng.random_range(0..texts.len())];
            world
                .text(&format!("+2547330001{index:02}"), text)
                .await
                .unwrap();
        }
        let store = past_the_store(&world.folder);
        let statuses = [
            "referred",
            "accepted",
            "in_progress",
            "returned",
            "reopened",
            "resolved",
        ];
        let ids: Vec<i64> = (0..30)
            .map(|n| {
                store
                    .query_row(
                        "SELECT id FROM complaint ORDER BY id LIMIT 1 OFFSET ?1",
                        [n],
                        |row| row.get(0),
                    )
                    .unwrap()
            })
            .collect();
        for id in &ids {
            let status = statuses[rng.random_range(0..statuses.len())];
            store
                .execute(
                    "UPDATE complaint SET status = ?2 WHERE id = ?1",
                    rusqlite::params![id, status],
                )
                .unwrap();
            for one in [NEW, "wajir-drought", "ombudsman", "wajir-water"] {
                if rng.random_bool(0.25) {
                    let sql = "INSERT OR IGNORE INTO accused SELECT id, ?2 FROM complaint WHERE id = ?1 AND holder <> ?2";
                    store.execute(sql, rusqlite::params![id, one]).unwrap();
                }
            }
        }
        for convener in CONVENERS {
            world.clock.advance(TimeDelta::minutes(2));
            a_minute_passes(&world, convener).await;
            for (broken, what) in [
                ("c.holder = ''", "nobody has it"),
                (
                    "EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = c.id AND a.organisation = c.holder)",
                    "the accused has it",
                ),
                (
                    "c.holder <> (SELECT to_holder FROM referral r WHERE r.complaint_id = c.id ORDER BY r.id DESC LIMIT 1)",
                    "the ledger ends elsewhere",
                ),
                (
                    "EXISTS (SELECT 1 FROM (SELECT from_holder, lag(to_holder) OVER (ORDER BY id) AS before FROM referral r WHERE r.complaint_id = c.id) WHERE from_holder IS NOT before)",
                    "the ledger has a gap",
                ),
                ("c.next_due <= c.opened_at", "nothing is due"),
            ] {
                let sql = format!("SELECT count(*) FROM complaint c WHERE {broken}");
                assert_eq!(count(&world, &sql), 0, "{what}, seed {seed}, {convener}");
            }
        }
        let others = format!("SELECT count(*) FROM ({OTHER_HOPS})");
        assert_eq!(count(&world, &others), 0, "seed {seed}");
        let left = "SELECT count(*) FROM complaint WHERE holder IN ('justice-wajir', 'wajir-drought')
             AND NOT EXISTS (SELECT 1 FROM accused a WHERE a.complaint_id = complaint.id AND a.organisation = 'ti-wajir')";
        assert_eq!(
            count(&world, left),
            0,
            "all that can be is back with the convener"
        );
    }
}
