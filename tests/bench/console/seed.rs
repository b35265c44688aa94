//! A county with many complaints, put in through the store in two years that pass quickly: every text is sealed and opens.

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use jibu::clock::Clock;
use jibu::complaint::{
    Address, Channel, CountyId, LanguageId, OrganisationId, PlaceId, SectorId, Status,
};
use jibu::deadlines::Due;
use jibu::store::{
    NewComplaint, NewEvent, NewMessage, NewReferral, Store, StoreError, StorePaths, Tx,
};
use rand::{Rng, RngExt};

/// Complaints in one transaction.
const GROUP: usize = 2_000;
/// Over so long they came in.
const YEARS: TimeDelta = TimeDelta::days(730);

/// Organisations with their sectors, as the sample county has them.
const HOLDERS: [(&str, &str); 8] = [
    ("wajir-water", "water"),
    ("wajir-utility", "water"),
    ("wajir-health", "health"),
    ("wajir-hospital", "health"),
    ("wajir-food-aid", "food-aid"),
    ("wajir-education", "education"),
    ("wajir-roads", "roads"),
    ("ti-wajir", ""),
];
const PLACES: [&str; 6] = [
    "bute",
    "habasswein",
    "eldas",
    "wagberi",
    "tarbaj-ward",
    "wajir-south",
];
const WORDS: [&str; 5] = [
    "Borehole is broken, no water for 5 days and the children walk to the next village",
    "Hakuna dawa katika zahanati wiki mbili sasa, wagonjwa wanarudishwa nyumbani",
    "My name was removed from the list and nobody tells me why",
    "The road is full of holes, lorries cannot pass since the rains",
    "Mwalimu wa shule ya msingi haji kazini tangu muhula uanze",
];

pub(crate) async fn fill(folder: &Path, stored: usize, now: DateTime<Utc>) {
    let paths = StorePaths {
        database: folder.join("jibu.sqlite3"),
        keys: folder.join("jibu.keys"),
    };
    let clock = Clock::standing(now - YEARS);
    let store = Store::open(&paths, clock.clone()).unwrap();
    let groups = stored / GROUP;
    for group in 0..groups {
        let fill = store.write("fill", move |tx| {
            (0..GROUP).try_for_each(|index| complaint(tx, group * GROUP + index, now))
        });
        fill.await.unwrap();
        clock.advance(YEARS / i32::try_from(groups).unwrap());
        if group % 25 == 24 {
            println!("{:>9} complaints are in", (group + 1) * GROUP);
        }
    }
    store.close().await;
}

/// A complaint of each month of a year, the last first.
#[expect(clippy::disallowed_methods, reason = "it only looks")]
pub(crate) fn one_of_each_month(folder: &Path, year: i32) -> Vec<i64> {
    let database = rusqlite::Connection::open(folder.join("jibu.sqlite3")).unwrap();
    let mut lodged = database
        .prepare("SELECT id FROM complaint WHERE county = 'wajir' AND opened_at > ?1 LIMIT 1")
        .unwrap();
    let middle = |month| NaiveDate::from_ymd_opt(year, month, 15).unwrap();
    let months = (1..=12).rev().map(middle);
    months
        .map(|day| {
            let noon = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
            lodged
                .query_row([noon.timestamp_millis()], |row| row.get(0))
                .unwrap()
        })
        .collect()
}

fn complaint(tx: &mut Tx<'_>, index: usize, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut rng = rand::rng();
    let (holder, sector) = HOLDERS[rng.random_range(0..HOLDERS.len())];
    let holder = OrganisationId::new(holder);
    let sector = (!sector.is_empty()).then(|| SectorId::new(sector));
    let place =
        (!index.is_multiple_of(4)).then(|| PlaceId::new(PLACES[rng.random_range(0..PLACES.len())]));
    let line = Address::new("+254700100200");
    let from = Address::new(&format!("+2547{index:08}"));
    let phone = tx.phone(&from, None)?;
    let due = |days| tx.now + TimeDelta::days(days);
    let new = NewComplaint {
        phone_id: Some(phone.id),
        channel: Channel::Sms,
        county: &CountyId::new("wajir"),
        place: place.as_ref(),
        place_candidates: &[],
        sector: sector.as_ref(),
        kind: Some("service"),
        priority: "normal",
        sensitive: index.is_multiple_of(500),
        language: &LanguageId::new("en"),
        holder: &holder,
        due: Due {
            accept: due(2),
            first_action: due(7),
            resolve: due(29),
        },
        gender: None,
        age_group: None,
        untextable: None,
        doubtful: false,
        opened_at: tx.now,
    };
    let (id, _) = tx.add_complaint(&new, Status::Referred)?;
    let message_id = tx.next_id();
    let words = WORDS[rng.random_range(0..WORDS.len())];
    tx.add_message(
        message_id,
        &NewMessage {
            sid: &format!("SM{index:032x}"),
            digest: tx.digest(&from, &line, words),
            phone_id: phone.id,
            line: &line,
            words,
            language: None,
            media: None,
            outcome: "complaint",
            complaint_id: Some(id),
            silence: None,
        },
    )?;
    let received = NewEvent {
        kind: "received",
        actor: "complainant",
        message_id: Some(message_id),
        ..NewEvent::default()
    };
    tx.add_event(id, &received)?;
    // Every tenth came by way of another.
    let before = OrganisationId::new("wajir-water");
    let detour = index.is_multiple_of(10) && holder != before;
    if detour {
        refer(tx, id, None, &before)?;
    }
    refer(tx, id, detour.then_some(&before), &holder)?;
    stand(tx, id, index, now, &mut rng)
}

fn refer(
    tx: &mut Tx<'_>,
    id: i64,
    from: Option<&OrganisationId>,
    to: &OrganisationId,
) -> Result<(), StoreError> {
    let reason = r#"{"rule":"water-point-broken","sure":0.8,"reasons":[{"pattern":"borehole*","at":[0,8],"slip":false}],"runners_up":[]}"#;
    let hop = NewReferral {
        from,
        to,
        actor: "rules",
        reason,
        person: None,
        returned: false,
        words: None,
    };
    tx.add_referral(id, &hop)?;
    let referred = NewEvent {
        kind: "referred",
        actor: "rules",
        ..NewEvent::default()
    };
    tx.add_event(id, &referred)
}

/// More than half are over; of the others some are late, and one in a thousand was opened again.
fn stand(
    tx: &mut Tx<'_>,
    id: i64,
    index: usize,
    now: DateTime<Utc>,
    rng: &mut impl Rng,
) -> Result<(), StoreError> {
    let next_due = now + TimeDelta::minutes(rng.random_range(-60 * 24 * 60..20 * 24 * 60));
    match index % 20 {
        0..=10 => return tx.close_complaint(id, "confirmed"),
        11..=13 => tx.set_status(id, Status::Accepted, next_due)?,
        14..=16 => tx.set_status(id, Status::InProgress, next_due)?,
        17 => tx.set_status(id, Status::Resolved, next_due)?,
        _ => tx.set_status(id, Status::Referred, next_due)?,
    }
    if index % 1_000 == 999 {
        tx.set_status(id, Status::Reopened, next_due)?;
    }
    if index % 2_000 == 19 {
        tx.count_return(id)?;
        tx.count_return(id)?;
    }
    Ok(())
}
