//! Complaints that come by no text: what is the same as by text, and what is not.

use chrono::TimeDelta;
use jibu::actions::lodge_complaint::Receipt;
use jibu::actions::{Lodged, Lodging, PreparedLodging, lodge_complaint};
use jibu::complaint::{
    Address, AgeGroup, Channel, CountyId, Gender, LanguageId, PlaceId, SectorId,
};
use jibu::people::{Deed, Sight};

use crate::desk::{act_on, halima, hire, omar};
use crate::world::{AMINA, HASSAN, LINE, World, past_the_store};

const BOREHOLE: &str = "The borehole in Eldas is broken since Monday";

fn staffed() -> World {
    let world = World::new();
    hire(&world);
    world
}

/// Somebody says this across a desk.
pub(crate) fn across_a_desk(words: &str) -> Lodging {
    Lodging {
        key: "desk:1".to_owned(),
        channel: Channel::WalkIn,
        county: CountyId::new("wajir"),
        words: words.to_owned(),
        phone: None,
        language: None,
        place: None,
        sector: None,
        gender: None,
        age_group: None,
        name: None,
        brought_by: None,
        taken_by: Some(halima()),
        told_at: None,
        receipt: true,
        imported: None,
    }
}

fn with_phone(words: &str) -> Lodging {
    Lodging {
        phone: Some(Address::new(AMINA)),
        ..across_a_desk(words)
    }
}

pub(crate) async fn lodge(world: &World, lodging: Lodging) -> Lodged {
    let configuration = std::sync::Arc::clone(&world.configuration);
    let prepared = PreparedLodging::new(configuration, lodging, world.clock.now()).unwrap();
    let write = world
        .store
        .write("lodge", move |tx| lodge_complaint(tx, &prepared));
    write.await.unwrap()
}

async fn taken(world: &World, lodging: Lodging) -> Receipt {
    match lodge(world, lodging).await {
        Lodged::Taken(receipt) => receipt,
        other => panic!("{other:?}"),
    }
}

fn one(world: &World, sql: &str) -> String {
    let sql = format!("SELECT coalesce(({sql}), '') || ''");
    past_the_store(&world.folder)
        .query_row(&sql, [], |row| row.get(0))
        .unwrap()
}

/// What was put into the outbox, the oldest first.
async fn texts(world: &World) -> Vec<String> {
    let ids: Vec<i64> = past_the_store(&world.folder)
        .prepare("SELECT id FROM outbox ORDER BY id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut texts = Vec::new();
    for id in ids {
        let words = world.store.read(move |reader| reader.text_words(id));
        texts.push(words.await.unwrap());
    }
    texts
}

#[tokio::test]
async fn a_sector_that_is_chosen_does_not_undo_a_pact() {
    let world = staffed();
    let told = Lodging {
        sector: Some(SectorId::new("water")),
        ..across_a_desk("They were paid for it, WJR-2026-014")
    };
    let receipt = taken(&world, told).await;
    assert_eq!((receipt.holder, receipt.due), (None, None));
    assert_eq!(
        one(&world, "SELECT holder || ' ' || sensitive FROM complaint"),
        "contract-watch 1"
    );
    let accused =
        "SELECT group_concat(organisation) FROM (SELECT organisation FROM accused ORDER BY 1)";
    assert_eq!(one(&world, accused), "wajir-utility,wajir-water");
}

#[tokio::test]
async fn with_a_phone_it_goes_on_by_text_as_if_it_had_come_by_one() {
    let world = staffed();
    let receipt = taken(&world, with_phone(BOREHOLE)).await;
    let number = receipt.number.grouped(" ");
    assert_eq!(
        texts(&world).await,
        [format!(
            "Thank you. Complaint {number} is with: Water Dept. Answer due 11 May. Keep the number. HELP for more."
        )]
    );
    assert_eq!((receipt.code, receipt.is_texted), (None, true));
    assert_eq!(one(&world, "SELECT line FROM outbox"), LINE);
    assert_eq!(one(&world, "SELECT channel FROM complaint"), "walk_in");

    let status = world.text(AMINA, &number).await.unwrap();
    assert!(
        status.starts_with(&format!("{number}: sent to Water Dept")),
        "{status}"
    );
    world.text(AMINA, "It is by the mosque").await;
    let id = receipt.complaint_id;
    act_on(
        &world,
        id,
        &halima(),
        Deed::Accept,
        Default::default(),
        None,
    )
    .await;
    assert!(
        texts(&world)
            .await
            .pop()
            .unwrap()
            .starts_with(&format!("{number}: Water Dept took it on")),
        "news leave from the county's number"
    );
}

/// Somebody fills in the public form, and names a phone.
fn by_web(key: &str, language: &str, phone: &str) -> Lodging {
    Lodging {
        key: key.to_owned(),
        channel: Channel::Web,
        language: Some(LanguageId::new(language)),
        phone: Some(Address::new(phone)),
        taken_by: None,
        ..across_a_desk(BOREHOLE)
    }
}

#[tokio::test]
async fn a_form_changes_the_language_of_no_phone_that_is_known() {
    let world = staffed();
    world.text(AMINA, "The borehole is broken in Eldas").await;
    taken(&world, by_web("web:1", "fr", AMINA)).await;
    let status = world.text(AMINA, "STATUS").await.unwrap();
    assert!(status.contains("sent to"), "{status}");
    taken(&world, by_web("web:2", "fr", HASSAN)).await;
    let of_new = one(
        &world,
        "SELECT language FROM phone ORDER BY id DESC LIMIT 1",
    );
    assert_eq!(of_new, "fr", "nothing else is known of it");
}

#[tokio::test]
async fn its_words_are_read_where_those_of_a_text_are() {
    let world = staffed();
    let receipt = taken(&world, across_a_desk(BOREHOLE)).await;
    let omar = omar();
    let (number, county) = (receipt.number, CountyId::new("wajir"));
    let (dossier, found, past) = world
        .store
        .read(move |reader| {
            let convener = |_: &CountyId, _: &_| omar.role.organisation().unwrap().clone();
            let dossier = reader.dossier(number, &omar, convener, None)?.unwrap();
            let viewer = omar.role.organisation().unwrap();
            let found = reader.search_county(&county, viewer, "borehole")?;
            let mut past = Vec::new();
            reader.past_complaints(None, |complaint, _| past.push(complaint.words))?;
            Ok((dossier, found, past))
        })
        .await
        .unwrap();
    assert_eq!(dossier.sight, Sight::All);
    assert_eq!(dossier.entries[0].words.as_deref(), Some(BOREHOLE));
    assert_eq!(found.rows[0].words.as_deref(), Some(BOREHOLE));
    assert_eq!(past, [BOREHOLE]);
    let sealed: Vec<u8> = past_the_store(&world.folder)
        .query_row(
            "SELECT words FROM event WHERE kind = 'received'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("borehole"));
}

#[tokio::test]
async fn a_place_that_is_told_later_refers_it_on_by_the_words_of_the_form() {
    let world = staffed();
    let receipt = taken(&world, with_phone("The borehole has run dry")).await;
    let by_words = one(&world, "SELECT holder FROM complaint");
    world
        .text(
            AMINA,
            &format!("{} it is in Wajir Township", receipt.number.grouped(" ")),
        )
        .await;
    assert_eq!(
        (
            by_words.as_str(),
            one(&world, "SELECT place FROM complaint").as_str()
        ),
        ("wajir-water", "township"),
        "{}",
        one(&world, "SELECT holder FROM complaint")
    );
}

#[tokio::test]
async fn what_is_sent_twice_is_one_complaint_and_one_text() {
    let world = staffed();
    let first = taken(&world, with_phone(BOREHOLE)).await;
    assert_eq!(
        lodge(&world, with_phone(BOREHOLE)).await,
        Lodged::Again(first.clone())
    );
    let altered = with_phone("Another matter, sent by the button that goes back");
    assert_eq!(lodge(&world, altered).await, Lodged::Altered(first));
    assert_eq!(one(&world, "SELECT count(*) FROM complaint"), "1");
    assert_eq!(texts(&world).await.len(), 1);
}

#[tokio::test]
async fn without_a_phone_it_is_tracked_by_six_digits_that_are_kept_nowhere() {
    let world = staffed();
    let receipt = taken(&world, across_a_desk(BOREHOLE)).await;
    let code = receipt.code.clone().unwrap();
    assert!(
        code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()),
        "{code}"
    );
    assert_eq!(
        lodge(&world, across_a_desk(BOREHOLE)).await,
        Lodged::Again(receipt.clone())
    );
    let other = taken(
        &world,
        Lodging {
            key: "desk:2".to_owned(),
            ..across_a_desk(BOREHOLE)
        },
    )
    .await;
    assert_ne!(other.code, receipt.code);
    assert_eq!(texts(&world).await, [""; 0]);
}

#[tokio::test]
async fn what_somebody_chose_counts_more_than_words_but_not_more_than_safety() {
    let world = staffed();
    let chosen = |words: &str, sector: &str, key: &str| Lodging {
        key: key.to_owned(),
        sector: Some(SectorId::new(sector)),
        place: Some(PlaceId::new("eldas")),
        ..across_a_desk(words)
    };
    let holder = |receipt: Receipt| {
        one(
            &world,
            &format!(
                "SELECT holder FROM complaint WHERE id = {}",
                receipt.complaint_id
            ),
        )
    };
    let words = "Nobody comes";
    assert_eq!(
        holder(taken(&world, across_a_desk(words)).await),
        "ti-wajir"
    );
    assert_eq!(
        holder(taken(&world, chosen(words, "health", "b")).await),
        "wajir-health"
    );
    assert_eq!(
        holder(taken(&world, chosen(BOREHOLE, "health", "c")).await),
        "wajir-health"
    );
    let bribe = "The nurse asked for a bribe before she treated my child";
    let receipt = taken(&world, chosen(bribe, "health", "d")).await;
    assert_eq!(
        (&receipt.holder, &receipt.due),
        (&None, &None),
        "nothing is told of it"
    );
    assert_eq!(holder(receipt), "ti-wajir");
    assert_eq!(
        one(&world, "SELECT group_concat(deed) FROM audit"),
        "lodged"
    );
}

#[tokio::test]
async fn what_is_brought_for_another_tells_nothing_of_who_has_the_phone() {
    let world = staffed();
    let for_grandmother = Lodging {
        brought_by: Some("Her grandson, who has the phone".to_owned()),
        name: Some("Fatuma".to_owned()),
        gender: Some(Gender::Woman),
        age_group: Some(AgeGroup::From60),
        ..with_phone(BOREHOLE)
    };
    taken(&world, for_grandmother).await;
    let asked = world
        .text(
            AMINA,
            "NEW matter: the clinic in Bute has no nurse since June",
        )
        .await;
    assert_eq!(
        one(
            &world,
            "SELECT count(*) FROM complaint WHERE gender IS NOT NULL"
        ),
        "1",
        "{asked:?}"
    );
    for sealed in ["name", "brought_by"] {
        let sealed: Vec<u8> = past_the_store(&world.folder)
            .query_row(&format!("SELECT {sealed} FROM lodging"), [], |row| {
                row.get(0)
            })
            .unwrap();
        let shown = String::from_utf8_lossy(&sealed);
        assert!(!shown.contains("Fatuma") && !shown.contains("grandson"));
    }
}

#[tokio::test]
async fn who_types_a_strangers_number_floods_nobody_and_stop_means_stop() {
    let world = staffed();
    for n in 0..12 {
        let key = format!("desk:{n}");
        taken(
            &world,
            Lodging {
                key,
                ..with_phone(BOREHOLE)
            },
        )
        .await;
    }
    assert_eq!(texts(&world).await.len(), 10);
    assert_eq!(
        one(&world, "SELECT count(*) FROM complaint"),
        "12",
        "none is lost"
    );

    world.text(HASSAN, "STOP").await;
    let to_hassan = Lodging {
        key: "desk:stopped".to_owned(),
        phone: Some(Address::new(HASSAN)),
        ..across_a_desk(BOREHOLE)
    };
    let receipt = taken(&world, to_hassan).await;
    assert!(!receipt.is_texted);
}

#[tokio::test]
async fn what_was_written_down_earlier_was_told_then_and_is_due_from_now_on() {
    let world = staffed();
    let now = world.clock.now();
    let told_at = Some(now - TimeDelta::days(3));
    let paper = Lodging {
        channel: Channel::Paper,
        told_at,
        ..across_a_desk(BOREHOLE)
    };
    let receipt = taken(&world, paper).await;
    let told = one(&world, "SELECT opened_at FROM complaint");
    assert_eq!(
        told,
        (now - TimeDelta::days(3)).timestamp_millis().to_string()
    );
    assert_eq!(receipt.due.unwrap().to_string(), "2026-05-11");
}
