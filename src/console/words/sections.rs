//! Which texts there are. A page that asks for another does not compile; a file that lacks one is refused by a test.

use super::phrase::Rules;
use super::section::{Reader, section};

/// Puts the sections together; each stands in the files under its own name.
macro_rules! sections {
    ($($field:ident: $section:ident),+ $(,)?) => {
        /// All texts of a language, by section.
        #[derive(Clone, Debug)]
        pub(in crate::console) struct Words {
            $(pub(in crate::console) $field: $section,)+
        }

        impl Words {
            pub(super) const SECTIONS: &[&str] = &[$(stringify!($field)),+];

            pub(super) fn read(file: &toml::Table, rules: Rules, wrong: &mut Vec<String>) -> Self {
                Self {
                    $($field: $section::read(Reader::new(stringify!($field), file, rules, wrong)),)+
                }
            }
        }
    };
}

sections! {
    frame: Frame,
    nav: Nav,
    role: Role,
    dates: Dates,
}

section! {
    /// What stands around every page.
    Frame { skip, sign_out, menu, made_by }
}

section! {
    /// Where one can go.
    Nav { inbox, queue, complaints, passed_on, closed, figures, people }
}

section! {
    /// What somebody is.
    Role { administrator, convener, officer, committee }
}

section! {
    /// When something was or is to be, and how far that is from now.
    Dates {
        date(weekday, day, month),
        date_of_year(weekday, day, month, year),
        at(date, time),
        just_now,
        minutes_ago[n],
        hours_ago[n],
        yesterday,
        days_ago[n],
        due_today,
        due_in[n],
        late[n],
        minutes[n],
        hours[n],
        days[n],
        and(longer, shorter),
    }
}
