//! What the database itself guards, whoever writes.

use crate::world::{HASSAN, World, past_the_store};

#[tokio::test]
async fn history_and_referrals_cannot_be_changed() {
    let world = World::with_a_complaint().await;
    let connection = past_the_store(&world.folder);
    for statement in [
        "UPDATE event SET kind = 'resolved'",
        "DELETE FROM event",
        "UPDATE referral SET to_holder = 'nobody'",
        "DELETE FROM referral",
    ] {
        let refused = connection.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn a_complaint_without_owner_or_deadline_cannot_be_stored() {
    let world = World::with_a_complaint().await;
    let connection = past_the_store(&world.folder);
    for column in [
        "holder",
        "held_since",
        "accept_due",
        "first_action_due",
        "resolve_due",
        "status",
        "county",
    ] {
        let refused = connection
            .execute(&format!("UPDATE complaint SET {column} = NULL"), [])
            .unwrap_err()
            .to_string();
        assert!(refused.contains("NOT NULL"), "{column}: {refused}");
    }
}

#[tokio::test]
async fn the_status_is_what_the_events_add_up_to_and_every_hop_has_its_reasons() {
    let world = World::with_a_complaint().await;
    world
        .text(
            HASSAN,
            "The chief has not given us our letters since January",
        )
        .await
        .unwrap();
    let connection = past_the_store(&world.folder);
    let rows: Vec<(i64, String, String)> = connection
        .prepare("SELECT id, status, holder FROM complaint ORDER BY id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        rows.iter().map(|row| row.2.as_str()).collect::<Vec<_>>(),
        ["wajir-water", "ti-wajir"]
    );
    for (id, status, holder) in rows {
        let (events, hops) = world
            .store
            .read(move |reader| Ok((reader.event_kinds(id)?, reader.referrals(id)?)))
            .await
            .unwrap();
        assert_eq!(events, ["received", "referred"]);
        assert_eq!(status, "referred");
        let [hop] = hops.as_slice() else {
            panic!("one hop: {hops:?}")
        };
        assert_eq!((&hop.from, &hop.to), (&None, &holder));
        let reason: serde_json::Value = serde_json::from_str(&hop.reason).unwrap();
        assert!(
            reason.get("rule").is_some() && reason.get("sure").is_some(),
            "{reason}"
        );
        assert!(
            !reason.to_string().contains("letters"),
            "the reasons hold no words of the text: {reason}"
        );
    }
}
