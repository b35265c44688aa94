//! A few words around a command, or beside a number.

use super::*;

#[test]
fn courtesy_around_a_command_changes_nothing_and_a_sentence_is_no_command() {
    for (text, taken) in [
        ("please stop", "stop"),
        ("STOP, thank you", "stop"),
        ("Stop the tanker", "complaint"),
        ("status of my complaint please", "status"),
        ("status of our road is poor", "complaint"),
        ("help me please", "help"),
        ("help the nurse", "complaint"),
        ("please", "complaint"),
        ("thank you sir", "help"),
        ("please start us a school", "complaint"),
    ] {
        assert_eq!(outcome(text, &Beside::default(), 1), taken, "{text}");
    }
}

#[test]
fn an_answer_may_be_a_little_sentence_and_a_long_one_says_more() {
    let gender = asked(Asks::Gender);
    let age = asked(Asks::Age);
    let verdict = asked(Asks::Verdict);
    for (question, text, taken) in [
        (&gender, "I am a woman", "gender_told"),
        (&gender, "1 woman", "gender_told"),
        (&gender, "2 woman", "complaint"),
        (&gender, "a woman gave birth on the road", "complaint"),
        (&age, "45 years old", "age_told"),
        (&age, "45 days without rain", "complaint"),
        (&age, "2 years", "complaint"),
        (&verdict, "no, still broken", "verdict"),
        (&verdict, "2 no", "verdict"),
        (&verdict, "1 no", "complaint"),
        (&verdict, "yes and no", "complaint"),
    ] {
        let beside = Beside {
            asked: Some(question),
            ..Beside::default()
        };
        assert_eq!(outcome(text, &beside, 1), taken, "{text}");
    }
}

#[test]
fn a_digit_beside_a_number_is_a_verdict_only_on_what_awaits_one() {
    let of = |awaits_verdict| Beside {
        own: Some(OwnComplaint {
            awaits_verdict,
            ..own()
        }),
        ..Beside::default()
    };
    for (text, awaited, otherwise) in [
        ("482 109 3753 2", "verdict", "added"),
        ("no 482 109 3753", "verdict", "added"),
        ("482 109 3753: yes, thank you", "verdict", "added"),
        ("482 109 3753 4", "added", "added"),
        ("482 109 3753 no water since", "added", "added"),
        ("482 109 3753 please", "status", "status"),
    ] {
        assert_eq!(outcome(text, &of(true), 1), awaited, "{text}");
        assert_eq!(outcome(text, &of(false), 1), otherwise, "{text}");
    }
}

#[test]
fn a_digit_beside_a_number_answers_what_was_asked_about_that_complaint() {
    let gender = asked(Asks::Gender);
    let of = |is_asked_about| Beside {
        own: Some(OwnComplaint {
            is_asked_about,
            ..own()
        }),
        asked: Some(&gender),
        ..Beside::default()
    };
    for (text, is_asked, otherwise) in [
        ("482 109 3753 1", "gender_told", "added"),
        ("482 109 3753 woman", "gender_told", "added"),
        ("482 109 3753 7", "added", "added"),
    ] {
        assert_eq!(outcome(text, &of(true), 1), is_asked, "{text}");
        assert_eq!(outcome(text, &of(false), 1), otherwise, "{text}");
    }
}

#[test]
fn sensitive_words_go_to_a_complaint_by_its_number_only_if_it_is_sensitive() {
    let of = |sensitive| Beside {
        own: Some(OwnComplaint { sensitive, ..own() }),
        ..Beside::default()
    };
    assert_eq!(
        outcome("482 109 3753 he wants a bribe", &of(true), 1),
        "added"
    );
    assert_eq!(
        outcome("482 109 3753 he wants a bribe", &of(false), 1),
        "complaint"
    );
    assert_eq!(
        outcome("482 109 3753 the bridge too", &of(false), 1),
        "added"
    );
    assert_eq!(outcome("482 109 3753", &of(false), 1), "status");
}
