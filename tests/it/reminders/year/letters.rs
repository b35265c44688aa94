//! What is read from a letter that left, and what must not be found in it.

use chrono::{DateTime, Utc};
use jibu::store::ClaimedEmail;

use super::book::{Complaint, Letter};
use super::counties::{County, address_of, language_of};
use super::town::{PRIVATE, Town};

/// What must hold of any tracking number in a letter: ten digits in three groups at the beginning of a line.
fn number_of(line: &str) -> Option<&str> {
    let number = line.get(..12)?;
    let is_one = number.chars().enumerate().all(|(at, c)| match at {
        3 | 7 => c == ' ',
        _ => c.is_ascii_digit(),
    });
    is_one.then_some(number)
}

pub(super) fn read(email: &ClaimedEmail, at: DateTime<Utc>) -> Letter {
    let mut numbers: Vec<String> = email
        .plain
        .lines()
        .filter_map(number_of)
        .map(str::to_owned)
        .collect();
    numbers.sort();
    Letter {
        at,
        from: email.from.as_ref().map(|(_, address)| address.clone()),
        to: email.to.clone(),
        numbers,
    }
}

/// No phone number, nobody's words; of what is sensitive neither matter nor place; in the reader's language; and whoever is at work in
/// its county reads it now.
pub(super) fn keeps_what_is_private(email: &ClaimedEmail, town: &Town) {
    let html = email.html.as_deref().unwrap();
    let (name, from) = email.from.clone().unwrap_or_default();
    let all = [
        &*name,
        &from,
        &email.to,
        email.reply_to.as_deref().unwrap_or_default(),
        &email.subject,
        &email.plain,
        html,
    ]
    .join("\n");
    assert!(!all.to_lowercase().contains(PRIVATE), "{all}");
    let digits: String = all
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '\n')
        .collect();
    for complaint in &town.book.complaints {
        let subscriber = &complaint.phone["+254".len()..];
        assert!(!digits.contains(subscriber), "a phone number in {all}");
    }
    let language = language_of(&email.to, &town.counties);
    assert!(
        html.contains(&format!("lang=\"{language}\"")),
        "{language} in {html}"
    );
    for line in email.plain.lines() {
        let Some(complaint) = number_of(line).map(|number| of_number(town, number)) else {
            continue;
        };
        let says = |words: &str| line.contains(words);
        assert_eq!(says("Uplands of"), !complaint.sensitive, "{line}");
        assert!(!complaint.sensitive || !says("services"), "{line}");
        assert!(
            complaint.is_open() && complaint.paused.is_none(),
            "it was answered before: {line}"
        );
        // Where nobody stands above the convener it has what accuses it, too.
        let is_theirs =
            |id: &String| *id == complaint.holder && !town.counties[complaint.county].has_oversight;
        let accused = complaint.accused.iter().filter(|id| !is_theirs(id));
        for id in accused {
            assert_ne!(email.to, address_of(id), "to whom it accuses: {all}");
        }
    }
}

fn of_number<'t>(town: &'t Town, number: &str) -> &'t Complaint {
    let mut complaints = town.book.complaints.iter();
    complaints
        .find(|complaint| complaint.number == number)
        .unwrap()
}

/// In working hours; and but for what is told alone, a reader has one letter of a county a day from each writer.
pub(super) fn one_a_morning(town: &Town, sent: &[Letter]) {
    let is_alone = |letter: &Letter, county: &County| {
        let complaint = of_number(town, &letter.numbers[0]);
        complaint.urgent || complaint.accused.contains(&county.convener())
    };
    for letter in sent.iter().filter(|one| !one.numbers.is_empty()) {
        let place = of_number(town, &letter.numbers[0]).county;
        let county = &town.counties[place];
        assert!(county.almanac.works_at(letter.at), "{letter:?}");
        let of_county = letter
            .numbers
            .iter()
            .all(|number| of_number(town, number).county == place);
        assert!(of_county, "{letter:?}");
        if is_alone(letter, county) {
            continue;
        }
        let day = county.almanac.date(letter.at);
        let same = town.book.letters.iter().filter(|other| {
            (&other.from, &other.to) == (&letter.from, &letter.to)
                && !other.numbers.is_empty()
                && of_number(town, &other.numbers[0]).county == place
                && county.almanac.date(other.at) == day
                && !is_alone(other, county)
        });
        assert_eq!(same.count(), 1, "{letter:?}");
    }
}
