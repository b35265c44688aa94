//! What was typed, as a complaint to be handed in, or what is to be mended first: all of it at once, each beside its field.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::fields::Mends;
use crate::actions::MOST_LETTERS;
use crate::actions::lodge_complaint::MOST_OF_A_NAME;
use crate::actions::{Lacks, Lodging};
use crate::complaint::{Address, AgeGroup, Channel, County, Gender, LanguageId, PlaceId, SectorId};
use crate::console::form::Form;
use crate::console::words::Words;
use crate::people::{Person, Token};
use crate::text::shown::one_line;

/// A day that lies further back is a slip of the pen.
const OLDEST: TimeDelta = TimeDelta::days(5 * 366);

/// What a form is read with.
pub(super) struct Desk<'a> {
    pub(super) person: &'a Person,
    pub(super) county: &'a County,
    pub(super) words: &'a Words,
    pub(super) now: DateTime<Utc>,
}

/// The complaint that a form tells of.
pub(super) fn lodging(form: &Form, once: &Token, desk: &Desk<'_>) -> Result<Lodging, Mends> {
    let mut mends = Mends::new();
    let w = &desk.words.intake;
    let channel = match Channel::from_word(form.get("channel")) {
        Some(Channel::Paper) => Channel::Paper,
        _ => Channel::WalkIn,
    };
    let told_at = match channel {
        Channel::Paper => written(form, desk).unwrap_or_else(|what| {
            mends.push(("written", what));
            None
        }),
        _ => None,
    };
    let words = form.get("words").replace("\r\n", "\n").trim().to_owned();
    if words.is_empty() {
        mends.push(("words", w.no_words()));
    }
    let phone = form.get("phone").trim();
    let address = Address::written(phone, desk.county.line());
    if !phone.is_empty() && address.is_none() {
        mends.push(("phone", w.bad_phone()));
    }
    let for_another = form.get("brings") == "another";
    let brought_by = line(form, "brought_by").filter(|_| for_another);
    if for_another && brought_by.is_none() {
        mends.push(("brought_by", w.nobody_brings()));
    }
    let lodging = Lodging {
        // Of one person's own: nobody is shown what another handed in, whatever key they send.
        key: format!("desk:{}:{}", desk.person.id.0, once.expose()),
        channel,
        county: desk.county.id.clone(),
        words,
        phone: address,
        language: line(form, "language").map(LanguageId::new),
        place: line(form, "place").map(PlaceId::new),
        sector: line(form, "sector").map(SectorId::new),
        gender: Gender::from_word(form.get("gender")),
        age_group: AgeGroup::from_word(form.get("age")),
        name: line(form, "name"),
        brought_by,
        taken_by: Some(desk.person.clone()),
        told_at,
        receipt: true,
        imported: None,
    };
    if mends.is_empty() {
        Ok(lodging)
    } else {
        Err(mends)
    }
}

fn line(form: &Form, name: &str) -> Option<String> {
    Some(one_line(form.get(name))).filter(|line| !line.is_empty())
}

/// When a paper was written: at noon of its day in the county, for the hour is not known. `None`: today, or it does not say.
fn written(form: &Form, desk: &Desk<'_>) -> Result<Option<DateTime<Utc>>, String> {
    let w = &desk.words.intake;
    let typed = form.get("written").trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day: NaiveDate = typed.parse().map_err(|_| w.bad_day())?;
    let today = desk.now.with_timezone(&desk.county.zone).date_naive();
    match today - day {
        ahead if ahead < TimeDelta::zero() => Err(w.not_yet()),
        back if back > OLDEST => Err(w.long_ago()),
        back if back.is_zero() => Ok(None),
        _ => {
            let noon = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
            let noon = noon.and_local_timezone(desk.county.zone).earliest();
            Ok(noon.map(|noon| noon.to_utc()))
        }
    }
}

/// What a complaint lacks, beside the field that it is about.
pub(super) fn mends(lacks: Lacks, form: &Form, words: &Words) -> Mends {
    let w = &words.intake;
    let is_long = form.get("name").chars().count() > MOST_OF_A_NAME;
    let name = if is_long { "name" } else { "brought_by" };
    vec![match lacks {
        Lacks::County => ("county", w.choose_again()),
        Lacks::Words => ("words", w.no_words()),
        Lacks::FewerWords => ("words", w.many_words(MOST_LETTERS)),
        Lacks::ShorterName => (name, w.long_name(MOST_OF_A_NAME)),
        Lacks::Phone => ("phone", w.our_phone()),
        Lacks::Place => ("place", w.choose_again()),
        Lacks::Sector => ("sector", w.choose_again()),
        Lacks::Language => ("language", w.choose_again()),
        Lacks::PastTime => ("written", w.not_yet()),
    }]
}
