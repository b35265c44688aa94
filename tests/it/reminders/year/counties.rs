//! Four counties: one with Kenya's holidays as they are shipped, and three whose zones change their hour: in Cairo at midnight, in
//! Casablanca for the month of fasting, and on the Chatham Islands, three quarters of an hour and half a day away from everybody else.

use std::path::Path;
use std::sync::Arc;

use chrono::Weekday::{Fri, Sat, Sun};
use chrono_tz::{Africa, Pacific, Tz};
use jibu::configuration::Configuration;
use jibu::deadlines::{Calendars, Deadlines, Named};
use jibu::intake::places::Places;
use jibu::routing::Rules;

use super::almanac::{Almanac, Span, Week};

/// Who has what accuses the convener, in the first two.
pub(super) const OMBUDSMAN: &str = "ombudsman";

/// A county as whoever runs it would tell of it.
pub(super) struct County {
    pub(super) id: &'static str,
    pub(super) language: &'static str,
    pub(super) line: &'static str,
    pub(super) has_oversight: bool,
    pub(super) has_committee: bool,
    pub(super) almanac: Almanac,
}

/// Organisations that chose a language of their own; all others have their county's.
const LANGUAGES: [(&str, &str); 6] = [
    ("wajir-water", "so"),
    ("aswan-health", "en"),
    ("tanger-health", "ar"),
    ("chatham-water", "sw"),
    (OMBUDSMAN, "fr"),
    ("wajir-convener", "sw"),
];

impl County {
    pub(super) fn convener(&self) -> String {
        format!("{}-convener", self.id)
    }

    pub(super) fn committee(&self) -> Option<String> {
        self.has_committee
            .then(|| format!("committee@{}.example", self.id))
    }

    /// Who has what accuses these.
    pub(super) fn neutral(&self, accused: &[String]) -> String {
        let is_overseen = self.has_oversight && accused.contains(&self.convener());
        if is_overseen && !accused.iter().any(|id| id == OMBUDSMAN) {
            OMBUDSMAN.to_owned()
        } else {
            self.convener()
        }
    }

    /// All who answer complaints there.
    pub(super) fn organisations(&self) -> Vec<String> {
        let own = ["convener", "water", "health"].map(|name| format!("{}-{name}", self.id));
        let national = self.has_oversight.then(|| OMBUDSMAN.to_owned());
        own.into_iter().chain(national).collect()
    }

    /// How long an organisation there has to accept, to act and to solve.
    pub(super) fn terms(&self, holder: &str, urgent: bool) -> [Span; 3] {
        match holder {
            _ if urgent => [Span::Hours(4), Span::Days(1), Span::Days(5)],
            "tanger-water" => [Span::Hours(9), Span::Days(3), Span::Days(10)],
            _ => [Span::Days(2), Span::Days(5), Span::Days(21)],
        }
    }
}

pub(super) fn address_of(organisation: &str) -> String {
    format!("post@{organisation}.example")
}

/// In which language whoever has that address is written to.
pub(super) fn language_of(address: &str, counties: &[County]) -> &'static str {
    let of_own = LANGUAGES.iter().find(|(id, _)| address_of(id) == address);
    let of_county = || counties.iter().find(|county| address.contains(county.id));
    of_own.map_or_else(|| of_county().unwrap().language, |(_, language)| language)
}

pub(super) fn counties() -> Vec<County> {
    let wajir = Week {
        weekend: [Sat, Sun],
        opens: "08:00",
        half_day_ends: "13:00",
        closes: "17:00",
        off: &[
            "2027-03-10",
            "2027-03-26",
            "2027-03-29",
            "2027-06-01",
            "2027-10-11",
            "2027-10-20",
            "2027-12-13",
            "2027-12-27",
            "2028-02-28",
        ],
        half: &["2027-12-24", "2027-12-31"],
    };
    let aswan = Week {
        weekend: [Fri, Sat],
        opens: "09:00",
        half_day_ends: "12:00",
        closes: "15:00",
        off: &[
            "2027-01-07",
            "2027-03-10",
            "2027-03-11",
            "2027-04-25",
            "2027-05-03",
            "2027-10-06",
        ],
        half: &["2027-02-09", "2027-04-29", "2027-10-28"],
    };
    let tanger = Week {
        weekend: [Sat, Sun],
        opens: "08:30",
        half_day_ends: "12:30",
        closes: "16:30",
        off: &[
            "2027-01-11",
            "2027-07-30",
            "2027-08-20",
            "2027-11-18",
            "2028-01-11",
        ],
        half: &["2027-03-12"],
    };
    let chatham = Week {
        weekend: [Sat, Sun],
        opens: "08:00",
        half_day_ends: "13:00",
        closes: "17:00",
        off: &["2027-04-26", "2027-12-27", "2028-02-07"],
        half: &[],
    };
    let county = |id, language, line, zone: Tz, week: &Week<'_>| County {
        id,
        language,
        line,
        has_oversight: matches!(id, "wajir" | "aswan"),
        has_committee: id != "chatham",
        almanac: Almanac::of(zone, week),
    };
    vec![
        county("wajir", "en", "+254700100200", Africa::Nairobi, &wajir),
        county("aswan", "ar", "+254700100201", Africa::Cairo, &aswan),
        county("tanger", "fr", "+254700100202", Africa::Casablanca, &tanger),
        county("chatham", "en", "+254700100203", Pacific::Chatham, &chatham),
    ]
}

/// The same as an administrator writes it.
pub(super) fn configuration(folder: &Path, counties: &[County]) -> Arc<Configuration> {
    let mut configuration = Configuration::sample(folder, &[]).unwrap();
    let places: String = counties
        .iter()
        .map(|county| {
            format!(
                "{0},{0},county,,,\n{0}-north,Uplands of {0},sub-county,{0},,\n",
                county.id
            )
        })
        .collect();
    let places = format!("id,name,level,parent,aliases,population\n{places}");
    configuration.places = Places::load("places.csv", &places).unwrap();
    let rules = rules(counties);
    configuration.rules = Rules::load("routing.toml", &rules, Some(&configuration.places)).unwrap();
    let named = Named {
        counties: counties.iter().map(|county| county.id).collect(),
        organisations: vec!["tanger-water"],
        ..Named::default()
    };
    configuration.calendars = Calendars::load("calendar.toml", &calendar(), Some(&named)).unwrap();
    let deadlines = format!(
        "{}\n[[deadline]]\norganisation = \"tanger-water\"\naccept = \"9 hours\"\nfirst_action = \"3 days\"\nresolve = \"10 days\"\n",
        include_str!("../../../../config/deadlines.toml")
    );
    configuration.deadlines = Deadlines::load("deadlines.toml", &deadlines, Some(&named))
        .unwrap()
        .0;
    "https://sms.example.org".clone_into(&mut configuration.settings.server.public_url);
    Arc::new(configuration)
}

fn calendar() -> String {
    let holiday = |county: &str, dates: &str, more: &str| {
        format!("[[holiday]]\nname = \"A day\"\ncounties = [\"{county}\"]\n{dates}\n{more}\n")
    };
    let kenya = include_str!("../../../../config/calendar.toml")
        .replace("[[holiday]]\n", "[[holiday]]\ncounties = [\"wajir\"]\n")
        .replacen("[[calendar]]\n", "[[calendar]]\ncounty = \"wajir\"\n", 1);
    let week = |county: &str, weekend: &str, hours: [&str; 3], moves: bool| {
        let [opens, half, closes] = hours;
        format!(
            "[[calendar]]\ncounty = \"{county}\"\nweekend = {weekend}\nopens = \"{opens}\"\nhalf_day_ends = \"{half}\"\ncloses = \"{closes}\"\nsunday_moves = {moves}\n"
        )
    };
    let half = "half = true";
    [
        kenya,
        week(
            "aswan",
            "[\"friday\", \"saturday\"]",
            ["09:00", "12:00", "15:00"],
            false,
        ),
        week(
            "tanger",
            "[\"saturday\", \"sunday\"]",
            ["08:30", "12:30", "16:30"],
            false,
        ),
        week(
            "chatham",
            "[\"saturday\", \"sunday\"]",
            ["08:00", "13:00", "17:00"],
            true,
        ),
        holiday("wajir", "every = \"12-24\"", half),
        holiday("wajir", "every = \"12-31\"", half),
        holiday("aswan", "every = \"01-07\"", ""),
        holiday("aswan", "dates = [\"2027-03-10\", \"2027-03-11\"]", ""),
        holiday("aswan", "every = \"04-25\"", ""),
        holiday("aswan", "dates = [\"2027-05-03\"]", ""),
        holiday("aswan", "every = \"10-06\"", ""),
        holiday(
            "aswan",
            "dates = [\"2027-02-09\", \"2027-04-29\", \"2027-10-28\"]",
            half,
        ),
        holiday("tanger", "every = \"01-11\"", ""),
        holiday(
            "tanger",
            "dates = [\"2027-07-30\", \"2027-08-20\", \"2027-11-18\"]",
            "",
        ),
        holiday("tanger", "dates = [\"2027-03-12\"]", half),
        holiday("chatham", "every = \"02-06\"", ""),
        holiday("chatham", "every = \"04-25\"", ""),
        holiday("chatham", "every = \"12-25\"", ""),
        holiday("chatham", "every = \"12-26\"", ""),
    ]
    .concat()
}

fn rules(counties: &[County]) -> String {
    let mut rules = String::from("sure_enough = 0.5\n");
    for county in counties {
        let County {
            id, language, line, ..
        } = county;
        let zone = county.almanac.zone;
        rules += &format!(
            "[[county]]\nid = \"{id}\"\nname = \"{id}\"\nconvener = \"{id}-convener\"\nzone = \"{zone}\"\nlanguage = \"{language}\"\nnumbers = [\"{line}\"]\n"
        );
        if let Some(committee) = county.committee() {
            rules += &format!("committee = \"{committee}\"\n");
        }
        if county.has_oversight {
            rules += &format!("oversight = \"{OMBUDSMAN}\"\n");
        }
    }
    for county in counties {
        for organisation in county.organisations() {
            if organisation != OMBUDSMAN {
                rules += &section_of(&organisation, &format!("[\"{}\"]", county.id));
            }
        }
    }
    rules += &section_of(OMBUDSMAN, "[\"wajir\", \"aswan\"]");
    for sector in ["water", "health"] {
        let to: Vec<String> = counties
            .iter()
            .map(|county| format!("\"{}-{sector}\"", county.id))
            .collect();
        rules += &format!(
            "[[sector]]\nid = \"{sector}\"\nname = \"{sector} services\"\nto = [{}]\n",
            to.join(", ")
        );
    }
    rules += "[[rule]]\nid = \"bribe\"\nany = [\"bribe\"]\nsure = 0.9\nsensitive = true\nto = \"convener\"\nkind = \"corruption\"\n";
    for County { id, .. } in counties {
        rules += &format!(
            "[[rule]]\nid = \"{id}-water\"\nany = [\"borehole\"]\nsure = 0.8\nsector = \"water\"\nto = \"{id}-water\"\n\
             [[rule]]\nid = \"{id}-health\"\nany = [\"dispensary\"]\nsure = 0.8\nsector = \"health\"\nto = \"{id}-health\"\n\
             [[rule]]\nid = \"{id}-cholera\"\nany = [\"cholera\"]\nsure = 0.9\nsector = \"health\"\nto = \"{id}-health\"\npriority = \"urgent\"\n"
        );
    }
    rules
}

fn section_of(organisation: &str, counties: &str) -> String {
    let language = LANGUAGES.iter().find(|(id, _)| *id == organisation);
    let language = language.map_or(String::new(), |(_, language)| {
        format!("language = \"{language}\"\n")
    });
    let name: String = organisation.chars().take(20).collect();
    format!(
        "[[organisation]]\nid = \"{organisation}\"\nname = \"{organisation} office\"\nshort_name = \"{name}\"\nemail = \"{}\"\ncounties = {counties}\n{language}",
        address_of(organisation)
    )
}
