//! Which texts there are. A page that asks for another does not compile; a file that lacks one is refused by a test.

use super::figures::{Compare, Finding, Lengths, Monthly, Report};
use crate::pages::{Grammar, Reader, section};

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

            pub(super) fn read(file: &toml::Table, grammar: &Grammar, wrong: &mut Vec<String>) -> Self {
                Self {
                    $($field: $section::read(Reader::new(stringify!($field), file, grammar, wrong)),)+
                }
            }
        }
    };
}

sections! {
    frame: Frame,
    signs: Signs,
    nav: Nav,
    role: Role,
    dates: Dates,
    status: Status,
    list: List,
    queue: Queue,
    group: Group,
    passed_on: PassedOn,
    report: Report,
    lengths: Lengths,
    monthly: Monthly,
    compare: Compare,
    finding: Finding,
    texts: Texts,
    emails: Emails,
    alarm: Alarm,
    complaint: Complaint,
    history: History,
    text: Text,
    deed: Deed,
    reveal: Reveal,
    intake: Intake,
    import: Import,
    slip: Slip,
    bulk: Bulk,
    login: Login,
    code: Code,
    invitation: Invitation,
    password: Password,
    account: Account,
    people: People,
    audit: Audit,
    problem: Problem,
}

section! {
    /// What stands around every page.
    Frame { skip, sign_out, menu, made_by, keys_off, keys_on }
}

section! {
    /// What stands between the words of a list, and around words of others.
    Signs { comma, quoted(words) }
}

section! {
    /// Where one can go.
    Nav { inbox, queue, complaints, passed_on, closed, figures, texts, emails, people, audit, intake, import }
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
        due_tomorrow,
        due_in[n],
        late[n], late_today(time),
        minutes[n],
        hours[n],
        days[n],
        and(longer, shorter),
    }
}

section! {
    /// How a complaint stands, and as what it was closed.
    Status {
        received, referred, accepted, in_progress, resolved, returned, reopened, closed,
        confirmed, unconfirmed, not_solved, withdrawn, not_a_complaint, merged,
    }
}

section! {
    /// Lists of complaints.
    List {
        search, search_button, found, found_some[n](opened), found_all[n](opened),
        late[n], many_late(n),
        filter, due, due_late, due_soon, due_later, status, place, sector, holder, age, older[n], all, apply, clear,
        choose(number), sensitive, private, returned[n], waits, paused, unreadable,
        none, none_what, none_closed, none_closed_what, none_found, none_found_what, none_so, none_so_what,
        stopped, pages, first_page, next_page, look_on, counties, elsewhere,
        chosen, bulk_accept, bulk_to, bulk_refer, bulk_none, bulk_sensitive,
    }
}

section! {
    /// Complaints on the same matter.
    Group {
        title, what, take_out, take_this, take_apart, alike, alike_what, put_together, to_all(count), done, nothing,
        nothing_what, apart, to_all_done[n], left[n], failed[n],
    }
}

section! {
    /// The convener's queue.
    Queue {
        lead, unrouted, unrouted_what, disputed, disputed_what, reopened, reopened_what, sensitive, sensitive_what,
        doubtful, doubtful_what, put_away, escalated, escalated_what, overdue, overdue_what, late_accept, late_act, late_resolve, untextable, untextable_what, no_phone, stopped, failed, parts,
        refer_to(name), more[n], other, none, keys,
    }
}

section! {
    /// What an organisation had once.
    PassedOn { lead, left, none, none_what }
}

section! {
    /// What the line carries and costs.
    Texts {
        lead, today, share(segments, most, percent), share_what(time), so_far(cost),
        outbox, pending, pending_what, uncertain, uncertain_what, failed, failed_what, expired, expired_what,
        fortnight, fortnight_what, none, by_language, by_day, language, day, texts_in, texts_out, segments, cost(currency), all,
        not_recognised,
    }
}

section! {
    /// What falls due today, and what became of the emails.
    Emails {
        lead, no_server, due, due_what, due_more(n), due_none, whom, steps, letters, first, second, escalated, committee_step, committee,
        trouble, trouble_none, pending, pending_what, pending_none, uncertain, uncertain_what, failed, failed_what, expired, expired_what,
        sending, sent, sent_what(today, week), sent_none, left,
        what, how, owed, tries[n], answer(numbers), resend, resent, not_resent, not_resent_what,
        reminder, escalation, digest, referral, report,
        bad_address, no_such_mailbox, mailbox_full, refused, deferred, no_connection, broken_off, no_trust, account, lost, interrupted,
        copied, sealed,
        clock_stopped, clock_stopped_what(now), clock_is_right, clock_goes_on,
    }
}

section! {
    /// What an operator must hear of, and what to do.
    Alarm {
        title, none, times[n], last(ago, at), lately, lately_go,
        altered_redelivery, altered_redelivery_do, opposite_reports, opposite_reports_do,
        breaker, breaker_do, spend_cap, spend_cap_do, email_account, email_account_do, clock_jumped, clock_jumped_do,
        webhook_missed, webhook_missed_do, damaged, damaged_do,
    }
}

section! {
    /// A complaint's page.
    Complaint {
        own_part, came(channel, at), sms, web, walk_in, paper, import, entered(at), brought_by, unnamed, taken_by, place, no_place, sector, kind, pact, has_it, priority_high, priority_urgent,
        language, who, not_given, woman, man, other_gender, age_under_18, age_18, age_35, age_60, merged_into(number),
        accept_by, act_by, resolve_by, answer_by, paused(what), is_closed, sensitive, sensitive_what, accused(names),
        stopped, stopped_what(date), no_phone, said, unreadable, media[n],
        been, held(time), held_so_far(time), accepted(at), by_rules, by_person(name), sent_back_by(name), by_complainant, by_hand_over, why,
        rule(rule, percent), no_rule, by_pact(code), chosen, words_found(words), answered, nothing_at_all, nothing_yet, cut, older, do_now, nothing_now, as_shown,
    }
}

section! {
    /// What happened, in the history; `who` is a person, with their organisation.
    History {
        line(who, what, ago),
        complainant, clock, rules, person(name, organisation),
        received, referred, words_added, words_moved, place_told, sector_told(sector), language_chosen(language), accepted, returned, started, updated, noted, asked, answered, resolved,
        verdict_solved, verdict_partly, verdict_not_solved, verdict, reopened, marked_sensitive, grouped, ungrouped, reminded, reminded_again, escalated, committee_told, closed(as_what), other(kind),
    }
}

section! {
    /// How a text to the complainant has come along.
    Text {
        title, waits(at), pending, sending, accepted, sent, delivered, failed, uncertain, expired, withheld, segments[n], why(why),
    }
}

section! {
    /// What somebody can do with a complaint.
    Deed {
        accept, start, update, ask, resolve, send_back, refer, note, language, sensitive, not_a_complaint,
        accept_what, start_what, update_what, ask_what, resolve_what, send_back_what, refer_what, note_what, language_what, sensitive_what, not_a_complaint_what,
        accept_do, start_do, update_do, ask_do, resolve_do, send_back_do, refer_do, note_do, language_do, sensitive_do, not_a_complaint_do,
        words, words_update, words_ask, words_resolve, words_why, words_note, to, to_whom, to_convener, accuses, accuses_nobody,
        gets, gets_nothing, preview, preview_empty, cut,
        done_accept, done_start, done_update, done_ask, done_resolve, done_send_back, done_refer, done_note, done_language, done_sensitive, done_not_a_complaint,
        moved_on, moved_on_what, not_theirs, not_theirs_what, refused,
        words_missing, words_too_long(most), nobody_named, no_such_organisation, has_it_already, is_accused, nobody_left, no_such_language, texts_in, texts_in_which,
    }
}

section! {
    /// The complainant's number, for who may call.
    Reveal {
        title, what(most), reason, button, number(number), code_title, code_what(most), code_button, code(code), recorded(reason), not_again, not_shown, reason_missing, too_many(most), convener_calls,
    }
}

section! {
    /// A complaint that somebody takes down, on the page and on paper.
    Intake {
        lead, keys, to_paper, to_screen, print, texts_of, channel, written, written_hint, county, words, words_hint, place,
        all_of_it, as_words, sector, unsure, gender, age, phone, phone_hint, language, brings, themselves, another, name, name_hint,
        brought_by, brought_by_hint, button, refused, refused_what, no_words, many_words(most), choose_again, bad_phone,
        our_phone, long_name(most), bad_day, not_yet, long_ago, nobody_brings, altered(number), altered_what, paper_title,
        paper_lead(convener), paper_text, paper_office, paper_number, paper_taken,
    }
}

section! {
    /// Complaints of another system, from a file.
    Import {
        lead, step_file, file, file_hint(most), encoding, encoding_itself, map, map_hint, button_file, no_file, no_file_what,
        too_large(most), too_large_what, busy, busy_what, gone, gone_what, unreadable, empty, too_many_columns, endless(row, line),
        header_quote, spreadsheet, too_many_rows(most), choose_again, step_columns, chosen, put_away, mapping, mapping_hint,
        mapping_wrong, mapping_wrong_what, button_check, another_file, step_report, rows, fresh, open, over, undecided, sensitive,
        here, altered, again, wrong, to, to_others, mistakes, where_rows, where_column, what, row(row, line), others(count), doubts,
        doubts_what, nothing_new, bad_rows, bad_rows_what, undecided_texts, undecided_texts_what, too_many_texts(segments, left),
        texts, phones(count, segments), cost(cost), texts_no, texts_yes, button_take(count), open_quote, cells(cells, columns),
        merged, not_utf8, not_of_encoding, nul, same_id, no_id, long_id, no_county, other_county, unknown(value, section, leave),
        no_phone(leave), no_time(format), no_plain_time(example, format), not_yet, too_early, no_words, many_words, long_name,
        no_place, no_sector, no_language, going, going_far(done, rows), going_what, going_other, aside, aside_what, take_away,
        halted, halted_what, look_again, through, through_name, through_taken, through_refused, through_refused_what,
        through_failed, through_first_failed, through_failed_what, last, last_rows, last_at, to_list, next,
    }
}

section! {
    /// What who complained takes home.
    Slip {
        title, on(date), keep, code, code_what, has_it(name), due(date), ask_title, by_text(line), by_web_phone(address),
        by_web_code(address), ask(convener), ask_above(name), sent, not_sent, next, print, open, all_you_see,
    }
}

section! {
    /// Several complaints at once.
    Bulk { done[n], moved_on[n], refused[n], nothing, nothing_what }
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
    Password { new_one, hint(shortest), again, wrong, short(shortest), long(longest), own_name, plain, common, differ }
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
        link(name), link_what(date), left(name), left_unseen(organisation, count), last_administrator, last_administrator_what, you,
    }
}

section! {
    /// Who did and who read what.
    Audit {
        lead, whole[n], checked(at), damaged, changed(entry), missing(entry), inserted(entry), end_lost, damaged_what,
        who, what, complaint, why, when, has_read, revealed, shown_code, lodged, imported, did(what), unknown, none, none_what,
        hand_overs, passed(from, to), went_along(all, sensitive, overseen),
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
