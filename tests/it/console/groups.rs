//! Complaints on the same matter: put together, answered at once, each in its own texts; taken apart.

use jibu::people::Role;

use super::Town;
use super::town::{convener, health, officer};
use crate::world::past_the_store;

/// Three on the borehole, and one on another matter there.
async fn four(town: &Town) -> [u64; 4] {
    [
        town.texted("The borehole in Eldas is broken since Monday")
            .await,
        town.texted("Eldas borehole broken, there is no water")
            .await,
        town.texted("kisima cha Eldas, borehole broken tangu jumatatu")
            .await,
        town.texted("The water kiosk man in Eldas overcharges jerricans")
            .await,
    ]
}

fn notices(town: &Town) -> i64 {
    past_the_store(&town.served.folder)
        .query_row("SELECT count(*) FROM outbox WHERE notice = 1", [], |row| {
            row.get(0)
        })
        .unwrap()
}

fn in_a_group(town: &Town) -> i64 {
    past_the_store(&town.served.folder)
        .query_row(
            "SELECT count(*) FROM complaint WHERE group_id IS NOT NULL",
            [],
            |row| row.get(0),
        )
        .unwrap()
}

fn page(number: u64) -> String {
    format!("/console/complaints/{number}")
}

#[tokio::test]
async fn one_answer_goes_to_all_and_each_keeps_its_own_texts() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let [first, second, third, kiosk] = four(&town).await;
    let proposed = halima.get(&page(first)).await;
    let alike = proposed.between("Perhaps the same matter", "</details>");
    for number in [second, third] {
        assert!(alike.contains(&number.to_string()), "{alike}");
    }
    assert!(!alike.contains(&kiosk.to_string()), "{alike}");

    let (second_, third_) = (second.to_string(), third.to_string());
    let chosen = [("chosen", second_.as_str()), ("chosen", third_.as_str())];
    town.act(&mut halima, first, "group", &chosen).await;
    let together = halima.get(&page(first)).await;
    together.says("One matter <b class=\"count\">3</b>");
    let members: Vec<String> = together.values("member");
    assert_eq!(
        members.len(),
        2,
        "in the form of accept alone, for nothing else can be done: {members:?}"
    );
    let all: Vec<(&str, &str)> = std::iter::once(("all", "1"))
        .chain(
            members[..2]
                .iter()
                .map(|member| ("member", member.as_str())),
        )
        .collect();
    let done = town.act(&mut halima, first, "accept", &all).await;
    let done = halima.follow(done).await;
    done.says("Done for 3.");
    assert_eq!(notices(&town), 3, "each phone is told once");
    let again = town.act(&mut halima, first, "accept", &all).await;
    assert_eq!(notices(&town), 3, "and once only: {}", again.status);
    town.stop().await;
}

#[tokio::test]
async fn what_moved_on_is_left_and_told() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let [first, second, ..] = four(&town).await;
    let second_ = second.to_string();
    town.act(&mut halima, first, "group", &[("chosen", &second_)])
        .await;
    let member = halima.get(&page(first)).await.values("member")[0].clone();
    town.act(&mut halima, second, "accept", &[]).await;
    let all = [("all", "1"), ("member", member.as_str())];
    let done = town.act(&mut halima, first, "accept", &all).await;
    let done = halima.follow(done).await;
    done.says("Done for one.");
    done.says("One had moved on, and was left as it is.");
    town.stop().await;
}

#[tokio::test]
async fn it_is_taken_apart_in_one_click_and_nobody_is_left_alone_in_a_group() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let [first, second, third, _] = four(&town).await;
    let (first_, second_, third_) = (first.to_string(), second.to_string(), third.to_string());
    let chosen = [("chosen", second_.as_str()), ("chosen", third_.as_str())];
    town.act(&mut halima, first, "group", &chosen).await;
    town.act(&mut halima, first, "ungroup", &[("which", &second_)])
        .await;
    assert_eq!(in_a_group(&town), 2);
    town.act(&mut halima, first, "ungroup", &[]).await;
    assert_eq!(in_a_group(&town), 0);
    town.act(&mut halima, first, "group", &chosen).await;
    let which = [first_.as_str(), &second_, &third_].map(|number| ("which", number));
    town.act(&mut halima, first, "ungroup", &which).await;
    assert_eq!(in_a_group(&town), 0);
    halima
        .get(&page(second))
        .await
        .says("took it out of its group");
    town.stop().await;
}

#[tokio::test]
async fn nobody_is_left_alone_by_one_that_goes_to_another_group_or_is_kept_private() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    let mut noor = town.logged_in("Noor").await;
    let [first, second, third, kiosk] = four(&town).await;
    let [second_, third_, kiosk_] = [second, third, kiosk].map(|number| number.to_string());
    town.act(&mut noor, first, "group", &[("chosen", &second_)])
        .await;
    town.act(&mut noor, third, "group", &[("chosen", &kiosk_)])
        .await;
    assert_eq!(in_a_group(&town), 4);
    town.act(&mut noor, first, "group", &[("chosen", &third_)])
        .await;
    assert_eq!(in_a_group(&town), 3, "the kiosk's stands for itself");
    town.act(&mut noor, first, "ungroup", &[("which", &third_)])
        .await;
    town.act(&mut noor, second, "sensitive", &[("to", "wajir-water")])
        .await;
    assert_eq!(in_a_group(&town), 0);
    town.stop().await;
}

/// What stops half way is told as it is: who had the answer, and who did not.
#[tokio::test]
async fn an_answer_that_fails_half_way_says_how_many_have_it() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let [first, second, third, kiosk] = four(&town).await;
    let others = [second, third, kiosk].map(|number| number.to_string());
    let chosen = others.each_ref().map(|other| ("chosen", other.as_str()));
    town.act(&mut halima, first, "group", &chosen).await;
    let members = halima.get(&page(first)).await.values("member");
    past_the_store(&town.served.folder)
        .execute_batch(&format!(
            "CREATE TRIGGER broken BEFORE INSERT ON event
             WHEN NEW.complaint_id = (SELECT id FROM complaint WHERE number = {third})
             BEGIN SELECT RAISE (ABORT, 'broken'); END"
        ))
        .unwrap();
    let all: Vec<(&str, &str)> = std::iter::once(("all", "1"))
        .chain(members.iter().map(|member| ("member", member.as_str())))
        .collect();
    let done = town.act(&mut halima, first, "accept", &all).await;
    let done = halima.follow(done).await;
    done.says("Done for 2.");
    done.says("2 were not told, for something went wrong.");
    assert_eq!(notices(&town), 2);

    past_the_store(&town.served.folder)
        .execute_batch("DROP TRIGGER broken")
        .unwrap();
    let members = halima.get(&page(third)).await.values("member");
    let all: Vec<(&str, &str)> = std::iter::once(("all", "1"))
        .chain(members.iter().map(|member| ("member", member.as_str())))
        .collect();
    let done = town.act(&mut halima, third, "accept", &all).await;
    halima.follow(done).await.says("Done for 2.");
    assert_eq!(notices(&town), 4, "and nobody twice");
    town.stop().await;
}

/// All of a group stand on one page and are answered at once: so it takes no more than that.
#[tokio::test]
async fn a_group_has_no_more_than_are_answered_at_once() {
    let town = Town::new().await;
    town.person("Halima", officer()).await;
    let mut halima = town.logged_in("Halima").await;
    let [first, second, third, kiosk] = four(&town).await;
    let many: Vec<u64> = {
        let mut many = vec![second];
        for n in 0..98 {
            let phone = format!("+2547330010{n:02}");
            many.push(town.texted_by(&phone, "No water in Eldas").await);
        }
        many
    };
    let many: Vec<String> = many.iter().map(u64::to_string).collect();
    let chosen: Vec<(&str, &str)> = many.iter().map(|one| ("chosen", one.as_str())).collect();
    town.act(&mut halima, first, "group", &chosen).await;
    assert_eq!(in_a_group(&town), 100);
    for more in [third, kiosk] {
        town.act(
            &mut halima,
            first,
            "group",
            &[("chosen", &more.to_string())],
        )
        .await;
    }
    assert_eq!(in_a_group(&town), 100);
    let members = halima.get(&page(first)).await.values("member");
    let all: Vec<(&str, &str)> = std::iter::once(("all", "1"))
        .chain(members.iter().map(|member| ("member", member.as_str())))
        .collect();
    let done = town.act(&mut halima, first, "accept", &all).await;
    halima.follow(done).await.says("Done for 100.");
    town.stop().await;
}

#[tokio::test]
async fn what_is_sensitive_or_not_theirs_is_in_no_group_of_theirs() {
    let town = Town::new().await;
    town.person("Noor", convener()).await;
    town.person("Halima", officer()).await;
    town.person("Yusuf", health()).await;
    let mut noor = town.logged_in("Noor").await;
    let mut halima = town.logged_in("Halima").await;
    let mut yusuf = town.logged_in("Yusuf").await;
    let [first, second, third, _] = four(&town).await;
    let clinic = town.texted("The clinic in Eldas has no nurse").await;
    let (clinic_, second_, third_) = (clinic.to_string(), second.to_string(), third.to_string());
    town.act(&mut halima, first, "group", &[("chosen", &clinic_)])
        .await;
    assert_eq!(in_a_group(&town), 0, "the clinic's is not hers to see");
    let all = [
        ("chosen", second_.as_str()),
        ("chosen", &third_),
        ("chosen", &clinic_),
    ];
    town.act(&mut noor, first, "group", &all).await;
    assert_eq!(in_a_group(&town), 4, "the convener sees all of the county");
    halima
        .get(&page(first))
        .await
        .says("One matter <b class=\"count\">3</b>");
    let page_of_clinic = yusuf.get(&page(clinic)).await;
    assert!(
        !page_of_clinic.text.contains("One matter"),
        "the others are not his to see"
    );

    town.act(&mut noor, second, "sensitive", &[("to", "wajir-water")])
        .await;
    assert_eq!(in_a_group(&town), 3);
    let now = halima.get(&page(first)).await;
    now.says("One matter <b class=\"count\">2</b>");
    assert!(
        !now.text.contains(&second_),
        "what accuses hers is not there"
    );
    town.act(&mut noor, first, "group", &[("chosen", &second_)])
        .await;
    assert_eq!(in_a_group(&town), 3, "and comes back into no group");
    assert!(matches!(officer(), Role::Officer(_)));
    town.stop().await;
}
