//! A mapping is read: each mistake with its place, what was expected there, and the mend.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::format::{Item, StrftimeItems};
use chrono_tz::Tz;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Closed, Column, Mapping, Value, When, folded};
use crate::complaint::{AgeGroup, Gender};
use crate::configuration::Configuration;
use crate::text::findings::Findings;
use crate::text::toml_file::{self, Report};

const KEYS: [&str; 13] = [
    "name",
    "county",
    "language",
    "words",
    "id",
    "received",
    "closed",
    "place",
    "sector",
    "phone",
    "gender",
    "age",
    "complainant",
];
/// No name of an import is longer: it stands in each of its rows' keys.
const LONGEST_NAME: usize = 40;

impl Mapping {
    /// Reads a file for a table with that header.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn load(
        file: &str,
        source: &str,
        header: &[String],
        configuration: &Configuration,
    ) -> Result<Self, Findings> {
        let (table, report) = toml_file::read(file, source);
        let mut loader = Loader {
            report,
            header,
            configuration,
        };
        let mapping = loader.mapping(table.get_ref());
        let is_good = loader.report.is_whole() && loader.report.is_clean();
        match mapping {
            Some(mapping) if is_good => Ok(mapping),
            _ => {
                let mut findings = Findings::default();
                findings.take_source(file, source);
                findings.add(loader.report.into_findings());
                Err(findings)
            }
        }
    }
}

struct Loader<'a> {
    report: Report<'a>,
    header: &'a [String],
    configuration: &'a Configuration,
}

type Cell<'d> = Spanned<DeValue<'d>>;

impl Loader<'_> {
    fn mapping(&mut self, table: &DeTable<'_>) -> Option<Mapping> {
        self.report
            .names("key", table, None, &KEYS, &["name", "county", "words"]);
        let name = table.get("name").and_then(|value| self.name(value));
        let (words, between) = table
            .get("words")
            .and_then(|value| self.words(value))
            .unwrap_or_default();
        let county = self.value("county", table);
        let language = self.value("language", table);
        let id = self.only_column("id", table);
        let phone = self.named("phone", table, &[]);
        if let (Some(id), Some(phone), Some(value)) = (id, &phone, table.get("id"))
            && id == phone.at
        {
            self.report.error_with(
                value.span(),
                "a phone number must not be what a row is known by: ids are kept in the open",
                "leave [id] out, and rows are known by their content",
            );
        }
        Some(Mapping {
            language,
            words,
            between,
            id,
            phone,
            received: table
                .get("received")
                .and_then(|value| self.when("received", value)),
            closed: table.get("closed").and_then(|value| self.closed(value)),
            place: self.named("place", table, &self.place_ids()),
            sector: self.named("sector", table, &self.sector_ids()),
            gender: self.named(
                "gender",
                table,
                &Gender::ALL.map(Gender::as_str).map(str::to_owned),
            ),
            age: self.named(
                "age",
                table,
                &AgeGroup::ALL.map(AgeGroup::as_str).map(str::to_owned),
            ),
            complainant: self.only_column("complainant", table),
            name: name?,
            county: county?,
        })
    }

    fn name(&mut self, value: &Cell<'_>) -> Option<String> {
        let name = self.report.text("name", value)?;
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_plain) {
            self.report.error_with(
                value.span(),
                "the name of an import is of small letters, digits and hyphens",
                format!("at most {LONGEST_NAME} of them, as in `old-hotline-2025`"),
            );
            return None;
        }
        Some(name.to_owned())
    }

    fn words(&mut self, value: &Cell<'_>) -> Option<(Vec<usize>, String)> {
        let section = self.report.section("words", value)?;
        let known = ["columns", "between"];
        self.report.names(
            "key of [words]",
            section,
            Some(value.span()),
            &known,
            &["columns"],
        );
        let names = match section.get("columns") {
            Some(columns) => self.report.texts("columns", columns),
            None => Vec::new(),
        };
        let columns: Vec<usize> = names
            .into_iter()
            .filter_map(|(name, span)| self.column(name, span))
            .collect();
        let between = section
            .get("between")
            .and_then(|value| self.report.text("between", value));
        if columns.is_empty() && self.report.is_clean() {
            self.report
                .error(value.span(), "no column is named that says what is wrong");
        }
        Some((columns, between.unwrap_or(". ").to_owned()))
    }

    /// The column of that name.
    fn column(&mut self, name: &str, span: Range<usize>) -> Option<usize> {
        let mut found = (0..)
            .zip(self.header)
            .filter(|(_, column)| *column == name.trim());
        match (found.next(), found.next()) {
            (Some((only, _)), None) => Some(only),
            (Some(_), Some(_)) => {
                let message = format!("the file has two columns `{name}`");
                self.report
                    .error_with(span, message, "rename one of them in the file");
                None
            }
            (None, _) => {
                let header = self.header.iter().map(String::as_str);
                let help = self.report.did_you_mean(name, header);
                self.report
                    .error_with(span, format!("the file has no column `{name}`"), help);
                None
            }
        }
    }

    /// The column that a section names under `column`.
    fn column_of(&mut self, what: &str, section: &DeTable<'_>) -> Option<usize> {
        let value = section.get("column")?;
        let name = self.report.text(&format!("{what}.column"), value)?;
        self.column(name, value.span())
    }

    /// A section that only names a column.
    fn only_column(&mut self, what: &str, table: &DeTable<'_>) -> Option<usize> {
        let value = table.get(what)?;
        let section = self.report.section(what, value)?;
        let key = format!("key of [{what}]");
        self.report
            .names(&key, section, Some(value.span()), &["column"], &["column"]);
        self.column_of(what, section)
    }

    /// A section that names a column and what its values mean, of these.
    fn named(&mut self, what: &str, table: &DeTable<'_>, ids: &[String]) -> Option<Column> {
        let value = table.get(what)?;
        self.column_with_names(what, value, ids)
    }

    fn column_with_names(
        &mut self,
        what: &str,
        value: &Cell<'_>,
        ids: &[String],
    ) -> Option<Column> {
        let section = self.report.section(what, value)?;
        let key = format!("key of [{what}]");
        let known = ["column", "names", "others"];
        self.report
            .names(&key, section, Some(value.span()), &known, &["column"]);
        let names = section.get("names");
        let names = names
            .map(|names| self.names(what, names, ids))
            .unwrap_or_default();
        let others = section.get("others");
        let leaves_out_others = others.is_some_and(|others| self.leaves_out(others));
        Some(Column {
            at: self.column_of(what, section)?,
            names,
            leaves_out_others,
        })
    }

    fn leaves_out(&mut self, value: &Cell<'_>) -> bool {
        let text = self.report.text("others", value);
        if text.is_some_and(|text| text != "leave_out" && text != "refuse") {
            let help = "`leave_out`: a value that means nothing here is left out; `refuse`: it is a mistake of its row";
            self.report
                .error_with(value.span(), "`others` is `leave_out` or `refuse`", help);
        }
        text == Some("leave_out")
    }

    fn names(&mut self, what: &str, value: &Cell<'_>, ids: &[String]) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        for (foreign, ours) in self.report.section("names", value).into_iter().flatten() {
            let Some(id) = self.report.text(foreign.get_ref(), ours) else {
                continue;
            };
            if id.is_empty() || ids.iter().any(|known| known == id) {
                names.insert(folded(foreign.get_ref()), id.to_owned());
            } else {
                let help = self.report.did_you_mean(id, ids.iter().map(String::as_str));
                self.report
                    .error_with(ours.span(), format!("there is no {what} `{id}`"), help);
            }
        }
        names
    }

    /// The same for all rows, as text; or a section.
    fn value(&mut self, what: &str, table: &DeTable<'_>) -> Option<Value> {
        let value = table.get(what)?;
        let ids = match what {
            "county" => self.county_ids(),
            _ => self.language_ids(),
        };
        let Some(id) = value.get_ref().as_str() else {
            return Some(Value::In(self.column_with_names(what, value, &ids)?));
        };
        if ids.iter().any(|known| known == id) {
            return Some(Value::Fixed(id.to_owned()));
        }
        let help = self.report.did_you_mean(id, ids.iter().map(String::as_str));
        self.report
            .error_with(value.span(), format!("there is no {what} `{id}`"), help);
        None
    }

    fn when(&mut self, what: &str, value: &Cell<'_>) -> Option<When> {
        let section = self.report.section(what, value)?;
        let key = format!("key of [{what}]");
        let known = ["column", "format", "zone"];
        self.report
            .names(&key, section, Some(value.span()), &known, &["column"]);
        self.when_in(what, section)
    }

    fn when_in(&mut self, what: &str, section: &DeTable<'_>) -> Option<When> {
        let format = section.get("format").and_then(|value| self.format(value));
        let zone = section.get("zone").and_then(|value| self.zone(value));
        Some(When {
            at: self.column_of(what, section)?,
            format,
            zone,
        })
    }

    fn format(&mut self, value: &Cell<'_>) -> Option<String> {
        let format = self.report.text("format", value)?;
        if StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
            let help = "%d day, %m month, %Y year, %H or %I hour, %M minute, %S second, %p AM or PM: \"%d/%m/%Y %H:%M\"";
            self.report
                .error_with(value.span(), "this is no format of times", help);
            return None;
        }
        Some(format.to_owned())
    }

    fn zone(&mut self, value: &Cell<'_>) -> Option<Tz> {
        let name = self.report.text("zone", value)?;
        let zone = name.parse().ok();
        if zone.is_none() {
            let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
            let help = self.report.did_you_mean(name, known);
            self.report.error_with(
                value.span(),
                format!("there is no time zone `{name}`"),
                help,
            );
        }
        zone
    }

    fn closed(&mut self, value: &Cell<'_>) -> Option<Closed> {
        let section = self.report.section("closed", value)?;
        let known = ["column", "format", "zone", "status_column", "status_values"];
        self.report
            .names("key of [closed]", section, Some(value.span()), &known, &[]);
        let when = self.when_in("closed", section);
        let status = section.get("status_column").and_then(|value| {
            let name = self.report.text("status_column", value)?;
            self.column(name, value.span())
        });
        let values = section.get("status_values");
        let values = values.map(|values| self.report.texts("status_values", values));
        let values: Vec<String> = values
            .into_iter()
            .flatten()
            .map(|(value, _)| folded(value))
            .collect();
        if section.contains_key("status_column") != section.contains_key("status_values") {
            let message = "`status_column` and `status_values` go together";
            self.report.error(value.span(), message);
        } else if when.is_none() && status.is_none() && self.report.is_clean() {
            let help = "a `column` with the time when it was closed, or a `status_column` with its `status_values`";
            self.report
                .error_with(value.span(), "[closed] does not say by what it shows", help);
        }
        Some(Closed {
            when,
            status: status.map(|at| (at, values)),
        })
    }

    fn county_ids(&self) -> Vec<String> {
        let counties = self.configuration.rules.counties();
        counties
            .map(|county| county.id.as_str().to_owned())
            .collect()
    }

    fn language_ids(&self) -> Vec<String> {
        let languages = self.configuration.replies.languages();
        languages
            .map(|language| language.id.as_str().to_owned())
            .collect()
    }

    fn place_ids(&self) -> Vec<String> {
        let ids = self.configuration.places.ids();
        ids.map(|id| id.as_str().to_owned()).collect()
    }

    fn sector_ids(&self) -> Vec<String> {
        let sectors = self.configuration.rules.sectors();
        sectors
            .map(|sector| sector.id.as_str().to_owned())
            .collect()
    }
}
