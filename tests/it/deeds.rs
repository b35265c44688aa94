//! What people of the console do with a complaint, and what the phone hears of it.

use jibu::actions::deed::{Outcome, Refusal};
use jibu::people::Deed;

use crate::desk::{Desk, halima, omar, yusuf};
use crate::world::past_the_store;

#[tokio::test]
async fn the_whole_story_is_told_by_text_and_ends_when_the_complainant_says_so() {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: Water Dept took it on, 4 May. Next step due 11 May."
    );
    desk.later(10);
    desk.done(
        &halima(),
        Deed::Update,
        "Pump ordered – it comes on “Friday”",
    )
    .await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: Water Dept: Pump ordered - it comes on \"Friday\""
    );
    assert_eq!(desk.column("status"), "in_progress");
    assert!(desk.text("STATUS").await.ends_with(
        ": Water Dept works on it since 4 May. To be solved by 3 Jun. Last: Pump ordered - it comes on \"Friday\""
    ));

    desk.later(10);
    desk.done(&halima(), Deed::Resolve, "Pump replaced.").await;
    let asked =
        "<it>: Water Dept says it is solved: Pump replaced. Is it? Reply 1 yes, 2 no, 3 partly.";
    assert_eq!(desk.last_notice().await, asked);
    assert!(
        desk.text("4").await.starts_with("Once more, for "),
        "asked once more"
    );
    assert!(
        desk.text("2")
            .await
            .ends_with(" is open again. Water Dept and the convener know.")
    );
    assert_eq!(
        (desk.column("status"), desk.column("holder")),
        ("reopened".to_owned(), "wajir-water".to_owned())
    );

    desk.later(10);
    desk.done(&halima(), Deed::Resolve, "Cable mended too.")
        .await;
    assert!(
        desk.text("1")
            .await
            .ends_with(" is closed as solved. Text us whenever something is wrong.")
    );
    assert_eq!(
        (desk.column("status"), desk.column("closed_as")),
        ("closed".to_owned(), "confirmed".to_owned())
    );
    assert!(
        desk.text("1").await.starts_with("Text us what is wrong"),
        "no question is open"
    );
}

#[tokio::test]
async fn news_that_come_soon_after_each_other_leave_as_one_text() {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    desk.later(1);
    desk.done(&halima(), Deed::Start, "").await;
    desk.done(&halima(), Deed::Update, "Pump ordered.").await;
    desk.later(1);
    desk.done(&halima(), Deed::Update, "It comes on Friday.")
        .await;
    let notices = desk.notices().await;
    let waiting = (
        180,
        "<it>: Water Dept: Pump ordered. It comes on Friday.".to_owned(),
    );
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert_eq!(notices[1], waiting, "five minutes after the first");
    assert!(
        desk.text("STATUS").await.contains("works on it"),
        "a reply does not wait"
    );

    desk.done(&halima(), Deed::Resolve, "Done today.").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: Water Dept says it is solved: Pump ordered. It comes on Friday. Done today. Is it? Reply 1 yes, 2 no, 3 partly."
    );
    assert_eq!(desk.notices().await.len(), 2);
}

#[tokio::test]
async fn long_words_are_cut_so_that_a_text_stays_one_segment() {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    desk.later(10);
    desk.done(
        &halima(),
        Deed::Resolve,
        &"The engineers came to Eldas. ".repeat(20),
    )
    .await;
    let notice = desk.last_notice().await;
    assert!(
        notice.ends_with("... Is it? Reply 1 yes, 2 no, 3 partly."),
        "{notice}"
    );
    let segments: i64 = past_the_store(&desk.world.folder)
        .query_row("SELECT max(segments) FROM outbox", [], |row| row.get(0))
        .unwrap();
    assert_eq!(segments, 1);
}

#[tokio::test]
async fn an_officers_question_is_answered_in_words_and_another_matter_is_another_complaint() {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    desk.later(10);
    desk.done(&halima(), Deed::Ask, "Which borehole, the new one?")
        .await;
    let asked = "<it>: Water Dept asks: Which borehole, the new one? Please answer by text.";
    assert_eq!(desk.last_notice().await, asked);
    assert!(
        desk.text("No teacher in our school")
            .await
            .contains("is with: Education Office")
    );
    assert!(
        desk.text("The old one beside the mosque")
            .await
            .contains("Your words are added to")
    );
    let answered: i64 = past_the_store(&desk.world.folder)
        .query_row(
            "SELECT count(*) FROM event WHERE kind = 'answered'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(answered, 1);
}

#[tokio::test]
async fn what_is_sent_back_twice_is_the_conveners() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.refer(&halima(), Deed::Return, Some("wajir-health"))
            .await,
        Outcome::Done
    );
    assert_eq!(
        (desk.column("holder"), desk.column("status")),
        ("wajir-health".to_owned(), "referred".to_owned())
    );
    assert_eq!(
        desk.refer(&yusuf(), Deed::Return, Some("wajir-roads"))
            .await,
        Outcome::Done
    );
    assert_eq!(
        (desk.column("holder"), desk.column("status")),
        ("ti-wajir".to_owned(), "returned".to_owned())
    );
    assert_eq!(desk.column("returns"), "2");
    assert_eq!(
        desk.refer(&omar(), Deed::Refer, Some("wajir-roads")).await,
        Outcome::Done
    );
    let hops: Vec<String> = past_the_store(&desk.world.folder)
        .prepare("SELECT to_holder || ' ' || returned FROM referral ORDER BY id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        hops,
        [
            "wajir-water 0",
            "wajir-health 1",
            "ti-wajir 1",
            "wajir-roads 0"
        ]
    );
}

#[tokio::test]
async fn who_may_not_and_what_is_lacking_is_told_and_nothing_is_done() {
    let desk = Desk::open().await;
    let refused = |refusal| Outcome::Refused(refusal);
    assert_eq!(
        desk.act(&yusuf(), Deed::Accept, "", None, None).await,
        Outcome::NotThere
    );
    assert_eq!(
        desk.act(&omar(), Deed::Accept, "", None, None).await,
        Outcome::NotTheirs
    );
    assert_eq!(
        desk.act(&halima(), Deed::Resolve, "Done", None, None).await,
        Outcome::NotTheirs,
        "not accepted"
    );
    assert_eq!(
        desk.act(&halima(), Deed::Return, " ", None, None).await,
        refused(Refusal::WordsMissing)
    );
    assert_eq!(
        desk.refer(&halima(), Deed::Refer, None).await,
        refused(Refusal::NobodyNamed)
    );
    assert_eq!(
        desk.refer(&halima(), Deed::Refer, Some("wajir-water"))
            .await,
        refused(Refusal::HasItAlready)
    );
    assert_eq!(
        desk.refer(&halima(), Deed::Refer, Some("nobody")).await,
        refused(Refusal::NoSuchOrganisation)
    );
    let long = "x".repeat(2001);
    assert_eq!(
        desk.act(&halima(), Deed::Note, &long, None, None).await,
        refused(Refusal::WordsTooLong)
    );
    assert_eq!(
        (desk.column("status"), desk.notices().await.len()),
        ("referred".to_owned(), 0)
    );
}

#[tokio::test]
async fn the_second_of_two_officers_is_told_that_it_moved_on() {
    let desk = Desk::open().await;
    let seen = desk.newest_event();
    assert_eq!(
        desk.act(&halima(), Deed::Accept, "", None, Some(seen))
            .await,
        Outcome::Done
    );
    assert_eq!(
        desk.act(&halima(), Deed::Return, "Not ours", None, Some(seen))
            .await,
        Outcome::MovedOn
    );
    assert_eq!(desk.column("holder"), "wajir-water");
    let seen = desk.newest_event();
    assert_eq!(
        desk.act(&halima(), Deed::Return, "Not ours", None, Some(seen))
            .await,
        Outcome::Done
    );
}

#[tokio::test]
async fn what_a_person_marks_sensitive_is_hidden_from_whom_it_accuses_and_told_in_neutral_words() {
    let desk = Desk::open().await;
    assert_eq!(
        desk.act(&omar(), Deed::MarkSensitive, "", Some("wajir-water"), None)
            .await,
        Outcome::Done
    );
    assert_eq!(
        (desk.column("holder"), desk.column("sensitive")),
        ("ti-wajir".to_owned(), "1".to_owned())
    );
    assert_eq!(
        desk.last_notice().await,
        "<it>: we have it and are looking at it. We will text you here."
    );
    assert_eq!(
        desk.act(&halima(), Deed::Note, "What was that?", None, None)
            .await,
        Outcome::NotThere
    );
    assert_eq!(
        desk.refer(&omar(), Deed::Refer, Some("wajir-water")).await,
        Outcome::Refused(Refusal::Accused)
    );
    desk.later(10);
    desk.done(&omar(), Deed::Accept, "").await;
    desk.later(10);
    desk.done(
        &omar(),
        Deed::Update,
        "The officer Ali was suspended for the bribe",
    )
    .await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: something was done about it. We will text you here."
    );
    desk.later(10);
    desk.done(&omar(), Deed::Resolve, "Ali was dismissed").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: we have done what we can. Is it settled? Reply 1 yes, 2 no, 3 partly."
    );
    assert!(
        desk.text("3")
            .await
            .ends_with(" is open again. We will text you here.")
    );
}

#[tokio::test]
async fn a_deadline_that_has_passed_is_not_named() {
    let desk = Desk::open().await;
    desk.later(60 * 24 * 10);
    desk.done(&halima(), Deed::Accept, "").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: Water Dept took it on, 14 May."
    );
    desk.later(10);
    desk.done(&halima(), Deed::Start, "").await;
    assert_eq!(
        desk.last_notice().await,
        "<it>: Water Dept works on it since 14 May. To be solved by 3 Jun."
    );
}

#[tokio::test]
async fn who_wants_no_texts_gets_none_and_an_advert_is_closed_in_silence() {
    let desk = Desk::open().await;
    desk.text("STOP").await;
    desk.done(&halima(), Deed::Accept, "").await;
    assert!(desk.notices().await.is_empty());
    desk.done(&halima(), Deed::NotAComplaint, "").await;
    assert_eq!(
        (desk.column("status"), desk.column("closed_as")),
        ("closed".to_owned(), "not_a_complaint".to_owned())
    );
    assert!(desk.notices().await.is_empty());
}
