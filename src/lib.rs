//! jibu ("answer"): a complaint router that people reach by SMS.
//!
//! # The flow of one text
//!
//! 1. [`inbound`] verifies the gateway's signature over the configured public URL and parses the form.
//! 2. [`actions::receive_message()`] runs as ONE write transaction: claim the message id, load what is known of the phone (what it was asked,
//!    what it last talked about, what can be turned), let [`intake`] say what the text means with that, [`routing`] who can mend it,
//!    [`deadlines`] by when; do what it means (`actions/conversation`, one file a meaning), and insert the message, the complaint, its
//!    events, its referral, the reply in the outbox and the question that stands in it.
//! 3. COMMIT; only then does the gateway get its `200 <Response/>`.
//! 4. [`outbox`] wakes, claims the reply, sends it through [`gateway`], records the outcome.
//! 5. The gateway's status report comes back through [`inbound`]; [`actions::record_delivery()`] moves the row forward.
//!
//! An officer's answer takes the second half of that way: [`console`] asks [`people`] whether it is theirs to give, [`actions::deed`]
//! writes it and the text that it owes in one transaction, and the sender takes it from there.
//!
//! # The rooms, in flow order
//!
//! | room | what lives there |
//! |---|---|
//! | [`cli`] | one file a command: serve, demo, check, route, replies, schema, learn, outbox, email, user, county, import, report, export, audit, backup |
//! | [`service`] | the wiring: start in order, unwind on failure, stop in reverse |
//! | [`clock`], [`telemetry`], `priority` | the only reader of the system clock; logs without numbers or texts; what gives way to texts |
//! | [`configuration`] | a directory of files, checked in one go, or all that is wrong with it; edits taken up while texts come in |
//! | [`inbound`] | doors in: the gateway talks to us; what it received while nobody listened is fetched from its list |
//! | [`public`] | doors in: anybody with a browser complains, looks up how a complaint stands, or reads what a month's complaints came to |
//! | [`console`] | doors in: the people of the console and their browsers; one table of routes, with whom each is for |
//! | `pages` | what both have in common: texts, forms, headers, tables of figures, how often somebody may try |
//! | [`import`] | doors in: complaints of another system, in a file that somebody says how to read |
//! | [`timers`] | doors in: time went by: silence closes what was said to be solved, what is overdue is reminded of, months that are over are published and told, conveners' and committees' figures are counted before they ask |
//! | [`actions`] | what happens: one verb, one file, one write transaction |
//! | [`complaint`], [`people`], [`intake`], [`routing`], [`deadlines`], [`reports`], [`text`] | the core: plain values in, plain values out; no clock, no I/O |
//! | [`letters`] | what emails say, in each language, as plain text and as HTML |
//! | [`store`] | the only SQL: one writer with group commit, `query_only` readers, columns sealed at rest |
//! | [`hindsight`] | where complaints turned out to belong, and what that teaches |
//! | [`outbox`] | doors out: claim, send, record; texts and emails alike |
//! | [`gateway`], [`email`] | doors out: the gateway's REST API, a sandbox gateway with phones; letters over SMTP |
//!
//! # The invariants, and the test that fails when its guard is removed
//!
//! 1. **Committed before answered.** A 2xx to the gateway means that the text is on the disk; else it gets 503.
//!    `plug::nothing_is_lost_and_nothing_is_done_twice`, `disk::a_full_disk_is_503_and_room_again_is_enough`
//! 2. **Once.** A message id has one effect; the same id with another body is an alarm.
//!    `once::five_deliveries_at_once_have_one_effect`, `catch_up::race::a_webhook_and_a_look_at_the_same_moment_have_one_effect`, `once::the_same_id_with_other_content_is_an_alarm_and_changes_nothing`,
//!    `import::beside::what_is_interrupted_goes_on_and_makes_nothing_twice`,
//!    `console::import::goes_on::a_restart_between_the_steps_loses_nothing_and_makes_nothing_twice`
//! 3. **Accounted for.** Every text that the gateway received ends in exactly one recorded outcome.
//!    `webhooks::odd_texts_are_taken_in_whatever_they_hold`, `catch_up::who_texted_while_we_were_down_gets_a_number_once`,
//!    `catch_up::killed::it_goes_on_and_does_nothing_twice`, `talks::whatever_is_texted_each_conversation_keeps_the_laws`
//! 4. **Facts and what they owe together.** A reply is a row of the transaction that it answers for.
//!    `plug::nothing_is_lost_and_nothing_is_done_twice`,
//!    `deeds::the_whole_story_is_told_by_text_and_ends_when_the_complainant_says_so`
//! 5. **No blind resend.** `sending` is committed before the first byte leaves; what may have left is `uncertain`.
//!    `faults::a_lost_answer_is_settled_by_the_status_report_and_never_sent_again`,
//!    `faults::without_proof_it_stays_uncertain_and_holds_nobody_back`, `operate::a_backup_is_whole_and_never_sends_what_the_original_may_have_sent`,
//!    `emails::plug::after_it_was_taken_it_is_not_given_again`, `emails::killed::between_any_two_steps`,
//!    `emails::sending::what_is_in_doubt_is_sent_again_by_hand_only_and_as_the_same_letter`
//! 6. **History is append-only**; send states only move up their rank.
//!    `ledger::history_and_referrals_cannot_be_changed`, `faults::reports_only_move_a_text_up`
//! 7. **Never stuck.** An open complaint has an owner and a next deadline: the columns cannot be empty.
//!    `ledger::a_complaint_without_owner_or_deadline_cannot_be_stored`, `talks::whatever_is_texted_each_conversation_keeps_the_laws`
//! 8. **Never only with the accused.** A sensitive complaint goes to the convener, in neutral words; to whom it accuses it is not there.
//!    `dialogues::conversations_go_as_written`, `intake::conversation::tests::what_is_sensitive_goes_on_where_it_is`,
//!    `routing::tests::pacts::an_accused_monitor_does_not_get_it`,
//!    `intake::conversation::tests::codes::words_with_a_code_go_on_only_about_the_same_pact`,
//!    `routing::tests::named::where_it_is_sensitive_the_named_are_accused_and_do_not_get_it`,
//!    `deeds::what_a_person_marks_sensitive_is_hidden_from_whom_it_accuses_and_told_in_neutral_words`,
//!    `sensitive::what_waits_to_be_sent_says_nothing_of_the_matter_once_it_is_sensitive`,
//!    `console::lists::what_accuses_somebody_is_in_no_list_no_count_and_no_search_of_theirs`,
//!    `counties::whatever::whatever_is_handed_over_no_accused_gets_it_and_the_ledger_holds`
//! 9. **No number in the open.** Numbers and texts are sealed at rest and absent from logs, URLs and errors.
//!    `once::numbers_and_texts_are_not_in_the_open`, `console::import::hostile::what_people_said_is_sealed_while_it_waits`,
//!    `import::what_a_row_is_known_by_without_an_id_is_nothing_to_try_numbers_with`, `operate::no_number_and_no_text_is_logged`,
//!    `learn::what_people_did_with_complaints_is_learnt_and_their_words_are_not_quoted`,
//!    `console::intake::whose::the_paper_is_the_same_whatever_it_is_about`
//! 10. **A bad configuration never takes effect.** All that is wrong is told, with file, line and column; the running one stays.
//!     `operate::settings_that_are_unknown_or_missing_refuse_to_start`,
//!     `reload::what_is_wrong_is_told_and_the_version_before_stays_until_it_is_mended`
//! 11. **One writer.** One thread, one connection; readers cannot write; a second process is refused.
//!     `store::connection::readers_cannot_write`, `operate::a_second_process_is_refused_and_a_stopped_one_makes_room`
//! 12. **Bounded.** Queues, bodies, groups, attempts, replies, time-outs: each has a limit, and an answer past it.
//!     `webhooks::signed_but_unusable_forms_are_told_what_is_missing`, `dialogues::conversations_go_as_written`,
//!     `writer::a_queue_that_is_full_says_so_at_once`, `sender::no_more_texts_are_on_the_wire_than_agreed`,
//!     `import::given_up::a_row_that_the_database_never_takes_is_left_out_and_told_by_its_number`,
//!     `import::given_up::what_is_damaged_or_cut_off_is_put_aside_and_the_next_import_begins`,
//!     `limits::a_day_costs_no_more_than_its_cap_and_says_so`
//! 13. **For whom it is.** Every route of the console stands in one table with whom it is for; every form is one of ours.
//!     `console::access::each_route_lets_in_whom_it_is_for_and_nobody_else`,
//!     `console::sessions::forms_of_other_sites_and_other_sessions_are_refused`
//! 14. **One question, one answer.** A phone is asked one thing at a time, a text is answered by one text at most, a stopped phone by none.
//!     `talks::whatever_is_texted_each_conversation_keeps_the_laws`, `meanings::texts_are_taken_for_what_they_are`
//! 15. **It fits.** Whatever can be sent keeps to its segments, with the longest names and dates; or its file is refused.
//!     `intake::replies::tests::one_septet_decides`, `intake::replies::tests::ucs2_has_two_segments`,
//!     `intake::replies::tests::a_menu_and_a_place_keep_to_one_segment_with_the_longest_names`
//! 16. **Nobody gets in by half.** A password alone opens nothing, a code works once, and failures are counted over restarts.
//!     `console::login::a_password_alone_opens_nothing`, `console::login::a_code_lets_in_once`,
//!     `console::login::after_five_wrong_passwords_even_the_right_one_waits`
//! 17. **No trace, no page.** Who reads or does what with a sensitive complaint, and who is shown a number, is on record before they see
//!     it; a record that was changed, taken out or put in is found out.
//!     `console::import::goes_on::who_imported_is_on_record_once_however_often_it_is_gone_on_with`,
//!     `console::audit::without_a_trace_there_is_no_page_no_number_and_no_deed`,
//!     `audit::what_is_taken_out_is_missed_also_from_the_end`, `audit::each_column_that_is_changed_is_found_out`,
//!     `audit::what_is_put_in_is_found_out`, `console::audit::after_twenty_numbers_in_an_hour_the_next_waits`
//! 18. **Nothing for a guess.** How a complaint stands is told to who knows its number and proves it; all else is one answer, and what is
//!     sensitive is never told.
//!     `public::tracking::all_that_fails_is_answered_by_one_page`, `public::tracking::many_guesses_disclose_nothing`,
//!     `public::tracking::a_number_that_was_guessed_at_ten_times_fails_for_all_and_opens_again_slowly`
//! 19. **Each reminder once, and to nobody whom it accuses.** A step is taken once for a deadline, in working hours, and told in one letter
//!     each morning; what was acted on meanwhile is told nobody; no letter has a phone number or somebody's words in it.
//!     `reminders::letters::what_nobody_does_goes_from_the_organisation_to_the_convener_to_the_committee`,
//!     `reminders::year::each_step_and_each_letter_once_on_time_and_in_working_hours_whenever_it_is_restarted`,
//!     `reminders::clock::a_clock_that_is_set_back_by_hours_or_days_sends_nothing_twice_and_leaves_nothing_out`,
//!     `emails::injected::whatever_is_written_in_a_field_the_letter_has_the_headers_that_are_meant`,
//!     `reminders::letters::a_clock_that_goes_back_sends_no_letter_twice`,
//!     `reminders::monthly::neither_a_restart_nor_a_clock_that_goes_back_sends_it_again`,
//!     `reminders::letters::who_answers_before_the_letter_is_written_gets_none`,
//!     `reminders::between::who_answers_while_the_letter_is_written_gets_none`,
//!     `reminders::between::two_who_read_the_same_write_one_letter`,
//!     `reminders::letters::what_accuses_the_convener_is_told_to_who_has_it_alone`,
//!     `reminders::letters::what_is_kept_private_is_named_by_its_number_alone`
//! 20. **Nobody is known by a figure.** Who works on none of a county's complaints is told no figure of fewer than five, nor what such a one
//!     could be computed from; of sensitive complaints one total.
//!     `reports::privacy::tests::attack::what_is_hidden_cannot_be_computed`,
//!     `figures::published::it_stays_whatever_becomes_of_them`,
//!     `figures::published::what_is_decided_is_decided_once`,
//!     `figures::published::a_gazetteer_that_is_edited_changes_no_figure_that_is_published`,
//!     `reports::privacy::tests::kept::what_a_month_was_not_protected_by_is_not_told`,
//!     `reports::privacy::tests::told::what_is_sensitive_is_a_total_of_five_or_more_and_no_slice_of_it`,
//!     `console::queue::the_committee_sees_months_that_are_over_and_no_figure_of_few`, `console::report::a_committee_prints_no_figure_of_few`,
//!     `public::figures::what_few_are_and_what_anybody_said_is_nowhere`,
//!     `reminders::monthly::it_tells_figures_by_which_nobody_is_known_and_where_to_print_them`,
//!     `console::figures::how_many_took_how_long_is_for_who_works_on_them_alone`,
//!     `console::compare::of_two_other_counties_nothing_is_told`
//! 21. **Figures are of now.** What was counted before and is kept is what it would be if all were counted again.
//!     `figures::kept::what_was_counted_before_is_what_it_would_be_now`
//!
//! Which room may import which: `tests/tidy`.

pub mod actions;
pub mod cli;
pub mod clock;
pub mod complaint;
pub mod configuration;
pub mod console;
pub mod deadlines;
pub mod email;
pub mod gateway;
pub mod hindsight;
pub mod import;
pub mod inbound;
pub mod intake;
pub mod letters;
pub mod outbox;
mod pages;
pub mod people;
mod priority;
pub mod public;
pub mod reports;
pub mod routing;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod timers;
