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
    login: Login,
    code: Code,
    invitation: Invitation,
    password: Password,
    account: Account,
    people: People,
    problem: Problem,
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

section! {
    /// Email and password.
    Login {
        title, email, password, button, refused, refused_what, again, again_what, out, lost,
        demo, demo_lead(password), fill(name),
    }
}

section! {
    /// The code of the second factor.
    Code { title, lead, code, hint, button, wrong, wrong_what, lost }
}

section! {
    /// What an invitation leads to.
    Invitation {
        title(name), lead(email), step_password, step_phone, step_phone_what, by_hand, on_this_phone, picture,
        step_code, button, wrong_code, wrong_code_what,
    }
}

section! {
    /// Choosing a password.
    Password { new_one, hint(shortest), again, wrong, short(shortest), long(longest), own_name, plain, differ }
}

section! {
    /// Somebody's own page.
    Account {
        title, lead(email), you, name, name_missing, language, language_browser, save, saved,
        password, password_lead, current, change, changed, wrong_current, locked,
        sessions, sessions_lead, this_one, since(at), last_seen(ago), end_others, ended,
    }
}

section! {
    /// Who can log in.
    People {
        title, lead, count[n], name, email, role, last_login, never, invited_until(date), not_invited, has_left(date),
        invite_again, leave, leave_what(name), leave_sure,
        add, add_lead, choose, button, wrong, bad_name, bad_email, bad_role, email_taken(name),
        link(name), link_what(date), left(name), last_administrator, last_administrator_what, you,
    }
}

section! {
    /// What could not be done.
    Problem {
        not_there, not_there_what,
        no_such_method, no_such_method_what,
        logged_out, logged_out_what,
        foreign, foreign_what,
        too_large, too_large_what,
        broke_off, broke_off_what,
        too_many, too_many_what,
        no_invitation, no_invitation_what,
        unavailable, unavailable_what,
        home, log_in,
    }
}
