//! While a question is with the complainant nobody is late.

use jibu::actions::deed::{Outcome, Refusal};
use jibu::people::Deed;

use super::{go_by, hours_go_by, steps};
use crate::desk::{Desk, halima, omar};

/// Amina's borehole, accepted on Monday: the first step is due a week later.
async fn accepted() -> Desk {
    let desk = Desk::open().await;
    desk.done(&halima(), Deed::Accept, "").await;
    desk
}

#[tokio::test]
async fn who_waits_for_an_answer_is_not_reminded_and_has_the_time_again() {
    let desk = accepted().await;
    go_by(&desk, 4).await;
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    go_by(&desk, 4).await;
    assert_eq!(
        steps(&desk),
        [""; 0],
        "it was due on Monday, and this is Tuesday"
    );
    desk.text("The one by the mosque").await;
    go_by(&desk, 1).await;
    assert_eq!(steps(&desk), [""; 0]);
    go_by(&desk, 2).await;
    assert_eq!(
        steps(&desk),
        ["first Thu 14 May 08:00, of Wed 13 May 23:59, wajir-water"]
    );
}

#[tokio::test]
async fn a_question_is_no_way_to_put_a_complaint_off() {
    let desk = accepted().await;
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    go_by(&desk, 8).await;
    assert_eq!(desk.column("paused_at"), "", "after five working days");
    desk.done(&halima(), Deed::Ask, "Are you there?").await;
    assert_eq!(desk.column("paused_at"), "", "they said nothing in between");
    go_by(&desk, 14).await;
    assert_eq!(
        steps(&desk)[0],
        "first Tue 19 May 08:00, of Mon 18 May 23:59, wajir-water"
    );
}

#[tokio::test]
async fn whoever_acts_waits_no_more() {
    let desk = accepted().await;
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    hours_go_by(&desk, 24).await;
    let solved_by = desk.column("resolve_due");
    desk.done(&halima(), Deed::Update, "We found it").await;
    assert_eq!(desk.column("paused_at"), "");
    let day = 24 * 60 * 60 * 1000;
    assert_eq!(
        desk.column("resolve_due").parse::<i64>().unwrap(),
        solved_by.parse::<i64>().unwrap() + day,
        "a working day later"
    );
    assert_eq!(desk.column("next_due"), desk.column("resolve_due"));
}

#[tokio::test]
async fn what_is_refused_lets_no_clock_go_on() {
    let desk = accepted().await;
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    hours_go_by(&desk, 24).await;
    let stood = |desk: &Desk| {
        let columns = ["paused_at", "next_due", "first_action_due", "resolve_due"];
        columns.map(|column| desk.column(column))
    };
    let before = stood(&desk);
    assert_ne!(before[0], "", "it stands still");
    let refused = desk.act(&halima(), Deed::Resolve, " ", None, None).await;
    assert_eq!(refused, Outcome::Refused(Refusal::WordsMissing));
    let nobody = desk.act(&omar(), Deed::Refer, "Yours", None, None).await;
    assert_eq!(nobody, Outcome::Refused(Refusal::NobodyNamed));
    assert_eq!(stood(&desk), before);
    desk.text("The one by the mosque").await;
    assert_eq!(desk.column("paused_at"), "", "it went on with the answer");
}

#[tokio::test]
async fn whom_no_text_reaches_is_asked_nothing_that_could_stop_the_clock() {
    let desk = accepted().await;
    desk.text("STOP").await;
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    assert_eq!(desk.column("paused_at"), "");
}

#[tokio::test]
async fn what_is_referred_on_while_it_stands_still_has_days_of_its_own_to_be_accepted() {
    let desk = accepted().await;
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    hours_go_by(&desk, 48).await;
    desk.act(&omar(), Deed::Refer, "Yours", Some("wajir-health"), None)
        .await;
    assert_eq!(desk.column("paused_at"), "");
    go_by(&desk, 6).await;
    assert_eq!(
        steps(&desk),
        ["first Mon 11 May 08:00, of Fri 08 May 23:59, wajir-health"]
    );
}

/// Else it would be looked at each minute for ever, before those that are still to be reminded of.
#[tokio::test]
async fn after_the_last_step_a_question_begins_none_anew() {
    let desk = accepted().await;
    go_by(&desk, 60).await;
    assert_eq!(steps(&desk).len(), 4);
    desk.done(&halima(), Deed::Ask, "Which borehole is it?")
        .await;
    go_by(&desk, 14).await;
    assert_eq!(desk.column("paused_at"), "");
    assert_eq!(desk.column("remind_at"), "");
    assert_eq!(steps(&desk).len(), 4);
}
