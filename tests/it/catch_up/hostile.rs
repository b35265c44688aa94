//! Lists that no good gateway gives: looks at them end, and take in what is ours.

use chrono::TimeDelta;
use jibu::complaint::Address;
use jibu::gateway::listing::{Direction, ListedText, MOST_PAGES, NextPage, NoPage, Page};
use jibu::inbound::ListState;

use super::list::{ago, listed, looking, one_page, taken};
use crate::world::{AMINA, HASSAN, LINE, World, past_the_store};

fn and_on(texts: Vec<ListedText>) -> Result<Page, NoPage> {
    let next = Some(NextPage("?Page=1".to_owned()));
    Ok(Page { texts, next })
}

#[tokio::test]
async fn what_is_not_a_text_to_us_is_left_alone() {
    let world = World::new();
    let at = ago(&world, 10);
    let (catch_up, _) = looking(&world, move |_| {
        let text = |sid: &str| listed(sid, AMINA, "no water", at);
        one_page(vec![
            ListedText {
                direction: Direction::OutboundApi,
                ..text("SMours")
            },
            ListedText {
                to: Address::new("+254799999999"),
                ..text("SMothers")
            },
            ListedText {
                // The gateway took it for a machine's, and sent no webhook either.
                status: "failed".to_owned(),
                ..text("SMloop")
            },
            ListedText {
                from: None,
                ..text("SMnobody")
            },
            text("SMamina"),
        ])
    });
    catch_up.look().await;
    assert_eq!(
        taken(
            &world,
            &["SMours", "SMothers", "SMloop", "SMnobody", "SMamina"]
        )
        .await,
        [false, false, false, false, true]
    );
}

#[tokio::test]
async fn pages_without_an_end_are_read_so_far_and_no_further() {
    let world = World::new();
    let at = ago(&world, 10);
    let (catch_up, list) = looking(&world, move |asked| {
        // All others but the first are none to us.
        let status = if asked == 0 { "received" } else { "failed" };
        and_on(vec![ListedText {
            status: status.to_owned(),
            ..listed(&format!("SM{asked}"), AMINA, "no water", at)
        }])
    });
    catch_up.look().await;
    assert_eq!(list.asked(), MOST_PAGES);
    let so_far = catch_up.so_far();
    assert!(matches!(so_far.list, ListState::Behind { .. }));
    assert_eq!(so_far.at, None, "older ones stay in it");
    assert_eq!(taken(&world, &["SM0"]).await, [true]);
}

#[tokio::test]
async fn pages_that_go_round_end_and_nothing_is_taken_in_twice() {
    let world = World::new();
    let at = ago(&world, 10);
    let (catch_up, list) = looking(&world, move |_| {
        and_on(vec![listed("SMagain", AMINA, "no water", at)])
    });
    catch_up.look().await;
    assert_eq!(list.asked(), 2);
    assert_eq!(catch_up.so_far().list, ListState::Well);
    assert_eq!(catch_up.so_far().taken, 1, "the same text again and again");
}

/// What is known of her phone is damaged: others do not wait for her.
#[tokio::test]
async fn a_text_that_cannot_be_taken_in_holds_up_no_other() {
    let world = World::with_a_complaint().await;
    let broken = "UPDATE question SET kind = 'odd'; UPDATE turnable SET did = 'odd'";
    past_the_store(&world.folder).execute_batch(broken).unwrap();
    let at = ago(&world, 10);
    let (catch_up, _) = looking(&world, move |_| {
        one_page(vec![
            listed("SMhassan", HASSAN, "no roads", at),
            listed("SMamina", AMINA, "no water", at),
        ])
    });
    catch_up.look().await;
    let both = ["SMhassan", "SMamina"];
    assert_eq!(taken(&world, &both).await, [true, false]);
    assert_eq!(catch_up.so_far().list, ListState::Well);
}

#[tokio::test]
async fn it_looks_back_as_far_as_it_must() {
    let world = World::new();
    let hours = |hours: i64| ago(&world, hours * 60);
    let (younger, older, old) = (hours(1), hours(47), hours(49));
    let late = ago(&world, 80);
    let (catch_up, list) = looking(&world, move |asked| match asked {
        // One that stands out of order ends nothing.
        0 => and_on(vec![
            listed("SMyounger", AMINA, "no water", younger),
            listed("SMold", HASSAN, "no water", old),
        ]),
        1 => and_on(vec![listed("SMolder", HASSAN, "no roads", older)]),
        2 => and_on(vec![listed("SMold", HASSAN, "no water", old)]),
        3 => and_on(vec![listed("SMlate", HASSAN, "no water", late)]),
        _ => panic!("nothing younger can follow"),
    });
    catch_up.look().await;
    assert_eq!(list.asked(), 3);
    let all = ["SMyounger", "SMolder", "SMold"];
    assert_eq!(taken(&world, &all).await, [true, true, false]);

    world.clock.advance(TimeDelta::minutes(5));
    catch_up.look().await;
    assert_eq!(
        list.asked(),
        4,
        "an hour before the last good look is enough"
    );
    assert_eq!(taken(&world, &["SMlate"]).await, [false]);
}

#[tokio::test]
async fn a_service_that_was_down_for_days_looks_back_to_its_last_look() {
    let world = World::new();
    looking(&world, |_| one_page(Vec::new())).0.look().await;
    let soon_after = world.clock.now() + TimeDelta::minutes(10);
    let shortly_before = world.clock.now() - TimeDelta::hours(47);
    world.clock.advance(TimeDelta::days(9));
    // A webhook that comes before the look is no sign that nothing was missed.
    world.text(HASSAN, "no roads").await;
    let (catch_up, _) = looking(&world, move |_| {
        one_page(vec![
            listed("SMafter", AMINA, "no water", soon_after),
            listed("SMbefore", AMINA, "no water", shortly_before),
        ])
    });
    catch_up.look().await;
    assert_eq!(taken(&world, &["SMafter", "SMbefore"]).await, [true, true]);
}

#[tokio::test]
async fn after_a_failed_look_the_next_one_goes_as_far_back() {
    let world = World::new();
    let at = ago(&world, 10);
    let (catch_up, list) = looking(&world, move |asked| match asked {
        0 => one_page(Vec::new()),
        // Half a list: what it had is taken in.
        1 => and_on(vec![listed("SMsecond", AMINA, "STATUS", at)]),
        2..=99 => Err(NoPage::Failed("the gateway gave no answer")),
        _ => one_page(vec![
            listed("SMsecond", AMINA, "STATUS", at),
            listed("SMfirst", AMINA, "no water", at),
        ]),
    });
    catch_up.look().await;
    for _ in 0..98 {
        world.clock.advance(TimeDelta::minutes(5));
        catch_up.look().await;
    }
    assert_eq!(list.asked(), 100);
    assert!(matches!(catch_up.so_far().list, ListState::Down { .. }));
    assert_eq!(taken(&world, &["SMsecond", "SMfirst"]).await, [true, false]);
    catch_up.look().await;
    assert_eq!(taken(&world, &["SMfirst"]).await, [true]);
    assert_eq!(catch_up.so_far().list, ListState::Well);
}

#[tokio::test]
async fn a_gateway_without_a_list_is_asked_again_each_hour() {
    let world = World::new();
    let (catch_up, list) = looking(&world, |asked| match asked {
        0 | 2 => Err(NoPage::NoList),
        _ => one_page(Vec::new()),
    });
    catch_up.look().await;
    catch_up.look().await;
    assert_eq!(list.asked(), 1);
    assert_eq!(catch_up.so_far().list, ListState::NoList);
    world.clock.advance(TimeDelta::hours(1));
    catch_up.look().await;
    assert_eq!(catch_up.so_far().list, ListState::Well);
    catch_up.look().await;
    assert!(
        matches!(catch_up.so_far().list, ListState::Down { .. }),
        "it had one"
    );
    catch_up.look().await;
    assert_eq!(catch_up.so_far().list, ListState::Well);
}

#[tokio::test]
async fn whoever_texted_pictures_is_understood_as_by_webhook() {
    let world = World::new();
    let at = ago(&world, 10);
    let (catch_up, _) = looking(&world, move |_| {
        one_page(vec![ListedText {
            media: vec!["https://api.example.org/Media.json".to_owned(); 2],
            ..listed("MMpicture", AMINA, "", at)
        }])
    });
    catch_up.look().await;
    let told = world.reply_to("MMpicture").await.unwrap();
    let by_webhook = jibu::actions::IncomingMessage {
        sid: "MMwebhook".to_owned(),
        from: Address::new(HASSAN),
        to: Address::new(LINE),
        body: String::new(),
        media: vec![jibu::actions::Media {
            url: "https://api.example.org/1".to_owned(),
            content_type: "image/jpeg".to_owned(),
        }],
    };
    world.deliver_message(by_webhook).await;
    let by_webhook = world.reply_to("MMwebhook").await.unwrap();
    let but_for_the_number =
        |told: &str| told.split_once(" is with").map(|(_, rest)| rest.to_owned());
    assert_eq!(but_for_the_number(&told), but_for_the_number(&by_webhook));
    assert!(told.contains(" is with"), "{told}");
}
