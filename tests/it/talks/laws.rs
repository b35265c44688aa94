//! What holds whatever happens, asked of the database itself.

use rusqlite::Connection;

use crate::world::OTHER_HOPS;

/// What must be found nowhere.
const NEVER: &[(&str, &str)] = &[
    (
        "a text without a reply that does not say why, or one with a reply that does, or with two",
        "SELECT id FROM message WHERE (SELECT count(*) FROM outbox WHERE message_id = message.id) <> (silence IS NULL)",
    ),
    (
        "something about a complaint of somebody else's",
        "SELECT complaint.id FROM complaint JOIN (
             SELECT complaint_id AS id, phone_id FROM message UNION ALL SELECT complaint_id, phone_id FROM outbox UNION ALL
             SELECT complaint_id, phone_id FROM question UNION ALL SELECT complaint_id, phone_id FROM turnable UNION ALL
             SELECT other_id, phone_id FROM turnable UNION ALL SELECT about, id FROM phone UNION ALL
             SELECT merged_into, phone_id FROM complaint
         ) AS thing ON thing.id = complaint.id WHERE thing.phone_id <> complaint.phone_id",
    ),
    (
        "words that are in no complaint, or in it twice",
        "SELECT id FROM message WHERE outcome IN ('complaint', 'added', 'went_on', 'answered') AND 1 <> (
             SELECT count(*) FROM event WHERE event.message_id = message.id AND event.complaint_id = message.complaint_id
             AND kind IN ('received', 'words_added', 'answered'))",
    ),
    (
        "a complaint that no words opened",
        "SELECT id FROM complaint WHERE 1 <> (SELECT count(*) FROM event WHERE complaint_id = complaint.id AND kind = 'received')",
    ),
    (
        "an open complaint that nobody has to see to",
        "SELECT id FROM complaint WHERE status <> 'closed' AND
             (holder = '' OR min(next_due, accept_due, first_action_due, resolve_due) <= opened_at)",
    ),
    (
        "a holder that the ledger does not name",
        "SELECT id FROM complaint WHERE holder IS NOT
             (SELECT to_holder FROM referral WHERE complaint_id = complaint.id ORDER BY id DESC LIMIT 1)",
    ),
    ("a hop that the ledger does not have", OTHER_HOPS),
    (
        "a complaint with whom it accuses",
        "SELECT id FROM complaint JOIN accused ON accused.complaint_id = complaint.id AND organisation = holder",
    ),
    (
        "a closed complaint that does not say as what, or an open one that does",
        "SELECT id FROM complaint WHERE (status = 'closed') <> (closed_as IS NOT NULL)",
    ),
    (
        "a complaint that was merged into none, or another into one",
        "SELECT id FROM complaint WHERE (closed_as IS 'merged') <> (merged_into IS NOT NULL)",
    ),
    (
        "a complaint that stands for one which stands for another",
        "SELECT complaint.id FROM complaint JOIN complaint AS target ON target.id = complaint.merged_into
             WHERE target.merged_into IS NOT NULL OR target.id = complaint.id",
    ),
    (
        "a sensitive complaint that was merged into another",
        "SELECT id FROM complaint WHERE merged_into IS NOT NULL AND sensitive",
    ),
    (
        "a question about what is over",
        "SELECT question.phone_id FROM question JOIN complaint ON complaint.id = question.complaint_id
             WHERE status = 'closed' AND NOT (question.kind = 'verdict' AND closed_as = 'unconfirmed')",
    ),
    (
        "a question about a sensitive matter, but how it stands or what an officer asks",
        "SELECT question.phone_id FROM question JOIN complaint ON complaint.id = question.complaint_id
             WHERE sensitive AND question.kind NOT IN ('verdict', 'words')",
    ),
    (
        "a text that waits for a stopped phone, but for its confirmation",
        "SELECT outbox.id FROM outbox JOIN phone ON phone.id = outbox.phone_id LEFT JOIN message ON message.id = outbox.message_id
             WHERE stopped_at IS NOT NULL AND state = 'pending' AND message.outcome IS NOT 'stop'",
    ),
    (
        "more replies to a phone than ten minutes have, and its last word",
        "SELECT id FROM outbox WHERE message_id IS NOT NULL AND 9 < (SELECT count(*) FROM outbox AS before
             WHERE before.phone_id = outbox.phone_id AND before.message_id IS NOT NULL
             AND before.created_at BETWEEN outbox.created_at - 599999 AND outbox.created_at)",
    ),
    (
        "a third reply to equal texts that answer no question",
        "SELECT message.id FROM message WHERE silence IS NULL
             AND outcome NOT IN ('place_told', 'sector_told', 'gender_told', 'age_told', 'answered', 'verdict', 'withdrawn', 'language', 'skipped')
             AND 2 < (SELECT count(*) FROM message AS before
             WHERE before.digest = message.digest AND before.silence IS NULL
             AND before.received_at BETWEEN message.received_at - 599999 AND message.received_at)",
    ),
    (
        "what can be turned and is not there any more",
        "SELECT turnable.phone_id FROM turnable JOIN message ON message.id = turnable.message_id
             WHERE message.complaint_id IS NOT turnable.complaint_id OR message.phone_id <> turnable.phone_id",
    ),
];

pub(super) fn hold(database: &Connection) {
    for (what, sql) in NEVER {
        let mut statement = database.prepare_cached(sql).unwrap();
        assert!(!statement.exists([]).unwrap(), "there is {what}");
    }
    outcomes_are_listed(database);
    statuses_are_what_happened(database);
}

/// `schema.sql` lists what a text can be taken for.
fn outcomes_are_listed(database: &Connection) {
    let schema = include_str!("../../../schema.sql");
    let (_, list) = schema.split_once("-- what it was taken for: ").unwrap();
    let list: Vec<&str> = list.lines().next().unwrap().split(", ").collect();
    let mut statement = database
        .prepare_cached("SELECT DISTINCT outcome FROM message")
        .unwrap();
    let outcomes = statement.query_map([], |row| row.get(0)).unwrap();
    for outcome in outcomes {
        let outcome: String = outcome.unwrap();
        assert!(list.contains(&outcome.as_str()), "{outcome} is not listed");
    }
}

/// A complaint stands where its history left it.
fn statuses_are_what_happened(database: &Connection) {
    let mut statement = database
        .prepare_cached(
            "SELECT complaint.status, event.kind FROM complaint JOIN event ON event.complaint_id = complaint.id
             WHERE event.id = (SELECT max(id) FROM event WHERE complaint_id = complaint.id AND event.kind IN
                 ('received', 'referred', 'accepted', 'started', 'updated', 'resolved', 'returned', 'reopened', 'closed'))",
        )
        .unwrap();
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    for row in rows {
        let (status, last): (String, String) = row.unwrap();
        let stands = match last.as_str() {
            "started" | "updated" => status == "in_progress",
            // Sent back to whom its holder names, it is as if referred.
            "returned" => ["returned", "referred"].contains(&status.as_str()),
            other => status == other,
        };
        assert!(stands, "{status} after it was {last}");
    }
}
