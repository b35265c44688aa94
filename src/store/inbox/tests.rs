use super::*;
use crate::complaint::CountyId;
use crate::store::plan::plan;

fn shelves() -> [Shelf; 12] {
    let (organisation, county) = (OrganisationId::new("water"), CountyId::new("wajir"));
    [
        Shelf::Held(organisation.clone(), Scope::Anywhere),
        Shelf::Open(county.clone()),
        Shelf::ClosedBy(organisation.clone(), Scope::Outside(vec![county.clone()])),
        Shelf::ClosedIn(county.clone()),
        Shelf::Unrouted(organisation.clone(), Scope::In(county.clone())),
        Shelf::Doubtful(organisation, Scope::In(county.clone())),
        Shelf::Disputed(county.clone()),
        Shelf::Reopened(county.clone()),
        Shelf::Sensitive(county.clone()),
        Shelf::Overdue(county.clone(), DateTime::UNIX_EPOCH),
        Shelf::Escalated(county.clone()),
        Shelf::Untextable(county),
    ]
}

#[test]
fn every_list_follows_an_index_in_its_order() {
    let key = Some(Key { due: 7, id: 7 });
    let now = DateTime::from_timestamp_millis(7);
    let narrow = Filter {
        status: Some(Status::Accepted),
        sector: Some(SectorId::new("water")),
        places: vec![PlaceId::new("eldas")],
        due_from: now,
        due_before: now,
        opened_before: now,
    };
    let viewer = OrganisationId::new("water");
    for shelf in shelves() {
        for (filter, after, end) in [(Filter::default(), None, None), (narrow.clone(), key, key)] {
            let query = list(&shelf, &viewer, &filter, after, end);
            let steps = plan(&query.sql, &query.values);
            let (index, _) = shelf.index_and_condition();
            let own = &steps[0];
            assert!(
                own.starts_with("SEARCH c USING INDEX") && own.contains(index),
                "{steps:?}"
            );
            let sorted = steps.iter().any(|step| step.contains("TEMP B-TREE"));
            assert!(
                !sorted && !steps.iter().any(|step| step.starts_with("SCAN c")),
                "{steps:?}"
            );
            if after.is_some() {
                assert!(own.contains("next_due"), "it goes on from the key: {own}");
            }
        }
    }
}

/// Each page says how many wait: a look at each of these complaints would take longer than the page.
#[test]
fn what_is_open_is_counted_from_indexes_alone() {
    let (organisation, county) = (OrganisationId::new("water"), CountyId::new("wajir"));
    let scopes = [
        Scope::Anywhere,
        Scope::In(county.clone()),
        Scope::Outside(vec![county.clone()]),
    ];
    let of_organisation = scopes.into_iter().flat_map(|scope| {
        [
            Shelf::Held(organisation.clone(), scope.clone()),
            Shelf::Unrouted(organisation.clone(), scope),
        ]
    });
    let of_county = [
        Shelf::Open(county.clone()),
        Shelf::Overdue(county.clone(), DateTime::UNIX_EPOCH),
    ];
    for shelf in of_organisation.chain(of_county) {
        let all = count::all(&shelf, &organisation);
        let late = count::late(&shelf, &organisation, DateTime::UNIX_EPOCH);
        for query in [all, late] {
            let steps = plan(&query.sql, &query.values);
            let covered = |step: &String| step.contains("SEARCH c USING COVERING INDEX");
            assert!(steps.iter().any(covered), "{shelf:?}: {steps:?}");
        }
    }
}

#[test]
fn counts_and_searches_follow_an_index_too() {
    let one = [Value::from("water".to_owned())];
    let two = [one[0].clone(), one[0].clone()];
    let four = [one[0].clone(), 7.into(), Value::Null, one[0].clone()];
    let seven = [
        one[0].clone(),
        one[0].clone(),
        one[0].clone(),
        7.into(),
        Value::Null,
        Value::Null,
        one[0].clone(),
    ];
    let three = [one[0].clone(), Value::from(7), Value::from(7)];
    for (query, values) in [
        (search::newest(search::HELD), &two[..]),
        (search::newest(search::OF_COUNTY), &two[..]),
        (passed_on::SQL.to_owned(), &three[..]),
        (alike::group_sql(), &four[..]),
        (alike::alike_sql(), &seven[..]),
    ] {
        let steps = plan(&query, values);
        // What was cut already is no table.
        let cut = ["SCAN newest", "SCAN (subquery-"];
        let scans = |step: &&String| {
            step.starts_with("SCAN") && !cut.iter().any(|cut| step.starts_with(cut))
        };
        assert_eq!(steps.iter().find(scans), None, "{steps:?}");
        assert!(
            steps.iter().any(|step| step.contains("SEARCH")),
            "{steps:?}"
        );
    }
}
