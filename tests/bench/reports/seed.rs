//! A county with many complaints over two years, past the store: each with its history of ten entries and one hop or two. No words.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

/// From a number to a seemingly random one (Knuth's multiplicative hash), so that each column has its own.
const COMPLAINTS: &str = "
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1),
    r AS (SELECT i, (i * 2654435761) % 4294967291 AS h FROM n),
    t AS (SELECT i, h, ?2 + (i * (?3 - ?2)) / ?1 AS opened, h / 7 % 100 AS fate FROM r)
    INSERT INTO complaint (id, number, channel, county, place, sector, kind, priority, sensitive, language, status, holder, held_since,
        accept_due, first_action_due, resolve_due, opened_at, next_due, returns, status_since, closed_as, gender, age_group,
        referred_at, accepted_at, accepted_late, acted_at, acted_late, resolved_at, resolved_late, reopens, only_hop_at)
    SELECT i, i, json_extract('[\"sms\",\"sms\",\"sms\",\"web\",\"walk_in\",\"paper\"]', '$[' || (h % 6) || ']'), 'wajir',
        json_extract(?4, '$[' || (h / 11 % 8) || ']'),
        json_extract('[\"water\",\"health\",\"food-aid\",\"education\",\"roads\",null]', '$[' || (h / 13 % 6) || ']'),
        json_extract('[\"service\",\"delay\",\"quality\",\"corruption\",null]', '$[' || (h / 17 % 5) || ']'),
        'normal', h % 50 = 0, json_extract('[\"sw\",\"so\",\"en\"]', '$[' || (h / 19 % 3) || ']'),
        CASE WHEN fate < 70 THEN 'closed' WHEN fate < 75 THEN 'resolved' WHEN fate < 85 THEN 'in_progress' WHEN fate < 92 THEN 'accepted' ELSE 'referred' END,
        json_extract('[\"wajir-water\",\"wajir-health\",\"wajir-food-aid\",\"wajir-education\",\"wajir-roads\",\"ti-wajir\"]', '$[' || (h / 13 % 6) || ']'),
        opened, opened + 172800000, opened + 604800000, opened + 2505600000, opened,
        CASE WHEN fate < 70 THEN opened + 86400000 * (h / 23 % 40) ELSE opened + 2505600000 END,
        h % 30 = 0, opened,
        CASE WHEN fate < 40 THEN 'confirmed' WHEN fate < 65 THEN 'unconfirmed' WHEN fate < 70 THEN 'withdrawn' END,
        json_extract('[\"woman\",\"man\",null]', '$[' || (h / 29 % 3) || ']'),
        json_extract('[\"under_18\",\"18_34\",\"35_59\",\"60_over\",null]', '$[' || (h / 31 % 5) || ']'),
        opened, CASE WHEN fate < 92 THEN opened + 3600000 * (h / 37 % 90) END, CASE WHEN fate < 92 THEN h / 37 % 90 > 48 END,
        CASE WHEN fate < 85 THEN opened + 3600000 * (h / 41 % 300) END, CASE WHEN fate < 85 THEN h / 41 % 300 > 168 END,
        CASE WHEN fate < 65 OR fate BETWEEN 70 AND 74 THEN opened + 3600000 * (h / 43 % 900) END,
        CASE WHEN fate < 65 OR fate BETWEEN 70 AND 74 THEN h / 43 % 900 > 696 END, h % 40 = 0,
        CASE WHEN i % 5 > 0 THEN opened END
    FROM t";

/// Puts them in; the last came just now.
#[expect(clippy::disallowed_methods, reason = "the bench's own database")]
pub(crate) fn fill(database: &Path, stored: u64, now: DateTime<Utc>, places: &[&str]) {
    let mut connection = Connection::open(database).unwrap();
    let transaction = connection.transaction().unwrap();
    let now = now.timestamp_millis();
    let places = serde_json::Value::from_iter(places.iter().map(|place| (*place).to_owned()));
    let values = params![
        stored.cast_signed(),
        now - 730 * 86_400_000,
        now,
        places.to_string()
    ];
    transaction.execute(COMPLAINTS, values).unwrap();
    for entry in 1..=10 {
        let kinds = "[\"received\",\"referred\",\"accepted\",\"started\",\"updated\",\"asked\",\"answered\",\"updated\",\"resolved\",\"closed\"]";
        transaction
            .execute(
                "INSERT INTO event (complaint_id, id, at, kind, actor)
                 SELECT id, ?1, opened_at + ?1 * 3600000, json_extract(?2, '$[' || (?1 - 1) || ']'), 'person' FROM complaint WHERE id <= ?3",
                params![entry, kinds, stored.cast_signed()],
            )
            .unwrap();
    }
    for (hop, which) in [(1, "id > 0"), (2, "id % 5 = 0")] {
        transaction
            .execute(
                &format!(
                    "INSERT INTO referral (complaint_id, id, to_holder, actor, reason, at)
                     SELECT id, ?1, holder, 'rules', '{{}}', opened_at + (?1 - 1) * 86400000 FROM complaint WHERE {which} AND id <= ?2"
                ),
                params![hop, stored.cast_signed()],
            )
            .unwrap();
    }
    transaction.commit().unwrap();
}
