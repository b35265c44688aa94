//! The same gateway carries other channels than SMS: what came by one is answered by it.

use jibu::actions::IncomingMessage;
use jibu::complaint::Address;

use crate::world::{World, new_sid, past_the_store};

const BY_TEXT: &str = "+254711000001";
const BY_WHATSAPP: &str = "whatsapp:+254711000001";
const LINE: &str = "whatsapp:+254700100200";

async fn whatsapps(world: &World, words: &str) -> String {
    let sid = new_sid();
    let message = IncomingMessage {
        sid: sid.clone(),
        from: Address::new(BY_WHATSAPP),
        to: Address::new(LINE),
        body: words.to_owned(),
        media: Vec::new(),
    };
    world.deliver_message(message).await;
    world.reply_to(&sid).await.unwrap()
}

/// The lines that texts left from, and to how many phones each.
fn ways(world: &World) -> Vec<(String, i64)> {
    past_the_store(&world.folder)
        .prepare("SELECT line, count(DISTINCT phone_id) FROM outbox GROUP BY line ORDER BY line")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[tokio::test]
async fn a_status_goes_back_through_the_channel_that_it_was_asked_by() {
    let world = World::new();
    let ack = whatsapps(&world, "Borehole at Habasswein is broken").await;
    assert!(ack.contains("is with: Water Dept"), "{ack}");
    let number = &ack[ack.find(char::is_numeric).unwrap()..][..12];
    assert_eq!(ways(&world), [(LINE.to_owned(), 1)]);

    let status = world.text(BY_TEXT, number).await.unwrap();
    assert!(status.contains("sent to Water Dept"), "the same phone: {status}");
    let by_each = [("+254700100200".to_owned(), 1), (LINE.to_owned(), 1)];
    assert_eq!(ways(&world), by_each);

    let stranger = world.text("+254711000002", number).await.unwrap();
    assert!(stranger.starts_with("We find no complaint"), "{stranger}");
}
