//! A group of texts that belong together, named in code so that a page cannot ask for one that no file has.

use toml::Table;

use super::phrase::{Grammar, Phrase};

/// Reads a section of a file and tells all that is wrong with it.
pub(crate) struct Reader<'a> {
    section: &'static str,
    table: Option<&'a Table>,
    grammar: &'a Grammar,
    known: Vec<&'static str>,
    wrong: &'a mut Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        section: &'static str,
        file: &'a Table,
        grammar: &'a Grammar,
        wrong: &'a mut Vec<String>,
    ) -> Self {
        let table = file.get(section).and_then(toml::Value::as_table);
        if table.is_none() {
            wrong.push(format!("there is no section [{section}]"));
        }
        Self {
            section,
            table,
            grammar,
            known: Vec::new(),
            wrong,
        }
    }

    /// The text of that key, with these placeholders; `counted`: there is a form for each number that the language tells apart.
    pub(crate) fn phrase(
        &mut self,
        key: &'static str,
        slots: &'static [&'static str],
        counted: bool,
    ) -> Phrase {
        self.known.push(key);
        let Some(value) = self.table.and_then(|table| table.get(key)) else {
            if self.table.is_some() {
                self.wrong
                    .push(format!("{}.{key} is missing", self.section));
            }
            return Phrase::default();
        };
        Phrase::read(value, slots, counted, self.grammar).unwrap_or_else(|what| {
            self.wrong.push(format!("{}.{key} {what}", self.section));
            Phrase::default()
        })
    }

    /// Nothing may be left that no page asks for: it is misspelt, or nobody reads it.
    pub(crate) fn finish(self) {
        let keys = self.table.into_iter().flat_map(Table::keys);
        for key in keys.filter(|key| !self.known.contains(&key.as_str())) {
            self.wrong.push(format!(
                "{}.{key} is no text that a page asks for",
                self.section
            ));
        }
    }
}

/// Names the texts of a section: `key`, `key(value, …)` for one with placeholders, `key[n]` or `key[n](value, …)` for one that
/// depends on a number. Each becomes a method of that name and these arguments.
macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($key:ident $([$count:ident])? $(($($slot:ident),+))?),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            $($key: $crate::pages::Phrase,)+
        }

        impl $name {
            pub(crate) fn read(mut reader: $crate::pages::Reader<'_>) -> Self {
                let section = Self {
                    $($key: reader.phrase(
                        stringify!($key),
                        &[$($(stringify!($slot)),+)?],
                        concat!($(stringify!($count))?) != "",
                    ),)+
                };
                reader.finish();
                section
            }

            $(section!(@text $key $([$count])? $(($($slot),+))?);)+
        }
    };
    (@text $key:ident) => {
        pub(crate) fn $key(&self) -> String {
            self.$key.fill(None, &[])
        }
    };
    (@text $key:ident ($($slot:ident),+)) => {
        pub(crate) fn $key(&self, $($slot: impl std::fmt::Display),+) -> String {
            self.$key.fill(None, &[$((stringify!($slot), &$slot)),+])
        }
    };
    (@text $key:ident [$count:ident] $(($($slot:ident),+))?) => {
        pub(crate) fn $key(&self, $count: u64 $($(, $slot: impl std::fmt::Display)+)?) -> String {
            self.$key.fill(Some($count), &[$($((stringify!($slot), &$slot)),+)?])
        }
    };
}

pub(crate) use section;
