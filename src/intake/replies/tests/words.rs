//! The words that people send, and what each is taken for.

use super::*;

fn keyword(text: &str) -> Option<(Keyword, Option<String>)> {
    let found = shipped().keyword(&Normalised::new(text));
    found.map(|(keyword, language)| (keyword, language.map(|id| id.to_string())))
}

#[test]
fn a_command_is_a_text_of_its_own_in_any_spelling() {
    let sw = Some("sw".to_owned());
    assert_eq!(keyword("  acha! "), Some((Keyword::Stop, sw.clone())));
    assert_eq!(keyword("Anza."), Some((Keyword::Start, sw.clone())));
    assert_eq!(keyword("MSAADA"), Some((Keyword::Help, sw.clone())));
    assert_eq!(keyword("hali?"), Some((Keyword::Status, sw)));
    assert_eq!(
        keyword("Status"),
        Some((Keyword::Status, Some("en".to_owned())))
    );
    assert_eq!(keyword("please stop the dumping"), None);
    assert_eq!(keyword("hali ya maji ni mbaya"), None);
    assert_eq!(keyword("yes"), None);
}

#[test]
fn the_gateways_own_words_hold_whatever_the_files_say() {
    let own = "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT";
    for word in own.split(' ') {
        assert_eq!(keyword(word), Some((Keyword::Stop, None)), "{word}");
    }
    assert_eq!(keyword("unstop"), Some((Keyword::Start, None)));
    assert_eq!(keyword("Info"), Some((Keyword::Help, None)));
    told(
        "status = [\"status\"",
        "status = [\"end\"",
        &["`end` is a word of `status` here, and of `stop` for the gateway itself"],
    );
}

#[test]
fn a_word_cannot_be_two_commands_but_may_be_two_languages() {
    let other = EN.replace("status = [\"status\"", "status = [\"acha\"");
    let report = load(&[("replies/sw.toml", SW), ("replies/xx.toml", &other)], &[]).unwrap_err();
    assert!(
        report.contains("`acha` is a word of `status` here, and of `stop` for replies/sw.toml"),
        "{report}"
    );

    let other = EN.replace("start = []", "start = [\"anza\"]");
    let both = load(&[("replies/sw.toml", SW), ("replies/xx.toml", &other)], &[]).unwrap();
    assert_eq!(
        both.keyword(&Normalised::new("anza")),
        Some((Keyword::Start, None))
    );
}

#[test]
fn small_talk_is_three_words_of_greeting_or_thanks_at_most() {
    let replies = shipped();
    let small = |text: &str| replies.is_only_greeting(&Normalised::new(text));
    for text in [
        "Hello",
        "habari za asubuhi",
        "Asante sana!",
        "good morning",
        "Thank you",
    ] {
        assert!(small(text), "{text}");
    }
    for text in ["", "!!", "Hello water", "maji", "hello hello hello hello"] {
        assert!(!small(text), "{text}");
    }
}

#[test]
fn frequent_words_tell_the_language_and_a_tie_tells_nothing() {
    let replies = shipped();
    let of = |text: &str| {
        replies
            .detect(text, &Normalised::new(text))
            .map(|id| id.to_string())
    };
    assert_eq!(
        of("There is no water in our village since Monday").as_deref(),
        Some("en")
    );
    assert_eq!(
        of("Kisima cha Habasswein kimeharibika siku tano").as_deref(),
        Some("sw")
    );
    assert_eq!(of("The borehole ya kijiji na shule").as_deref(), Some("sw"));
    assert_eq!(of("tank ya Eldas"), Some("sw".to_owned()));
    assert_eq!(of("the maji"), None);
    assert_eq!(of("Habasswein 12"), None);
}

#[test]
fn a_word_list_that_could_never_match_is_refused() {
    told(
        "help = []",
        "help = [\"?\"]",
        &["an entry of `help` without a letter"],
    );
    told(
        "\"good\", \"morning\"",
        "\"good morning\"",
        &["an entry of `greeting` of several words"],
    );
    told(
        "thanks = [",
        "thank = []\nthanks = [",
        &["unknown word list `thank`", "did you mean `thanks`?"],
    );
}
