//! What a person marks sensitive: what still waits to be sent, and who is left to see to it.

use jibu::actions::deed::{Outcome, Refusal};
use jibu::people::Deed;

use crate::desk::{Desk, halima, omar, zahra};

#[tokio::test]
async fn what_waits_to_be_sent_says_nothing_of_the_matter_once_it_is_sensitive() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.refer(&halima(), Deed::Return, None).await,
        Outcome::Done
    );
    desk.later(1);
    desk.done(&omar(), Deed::Accept, "").await;
    desk.done(&omar(), Deed::Update, "Ali, who took the bribe, is sought")
        .await;
    assert!(desk.last_notice().await.contains("bribe"));
    desk.done(&omar(), Deed::MarkSensitive, "").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: something was done about it. We will text you here."
    );
    let notices = desk.notices().await;
    assert!(
        notices.iter().all(|(_, words)| !words.contains("bribe")),
        "{notices:?}"
    );
}

#[tokio::test]
async fn who_oversees_the_convener_sends_nothing_back_to_itself() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.act(&halima(), Deed::MarkSensitive, "", Some("ti-wajir"), None)
            .await,
        Outcome::Done
    );
    assert_eq!(desk.column("holder"), "ombudsman");
    assert_eq!(
        desk.refer(&zahra(), Deed::Return, None).await,
        Outcome::Refused(Refusal::HasItAlready)
    );
    assert_eq!(desk.column("returns"), "0");
    assert_eq!(
        desk.refer(&zahra(), Deed::Return, Some("wajir-water"))
            .await,
        Outcome::Done
    );
}

#[tokio::test]
async fn nothing_is_hidden_from_all_who_could_have_it() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.act(&omar(), Deed::MarkSensitive, "", Some("ombudsman"), None)
            .await,
        Outcome::Done
    );
    assert_eq!(
        desk.act(&omar(), Deed::MarkSensitive, "", Some("ti-wajir"), None)
            .await,
        Outcome::Refused(Refusal::NobodyLeft)
    );
    desk.done(&omar(), Deed::Note, "Told the ministry").await;
}
