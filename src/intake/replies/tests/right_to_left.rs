//! Arabic as a phone lays it out (UAX 9): what is read from right to left, and digits within it, stand in order.

use unicode_bidi::BidiInfo;

use super::*;

const AR: &str = include_str!("../../../../config/replies/ar.toml");

fn load_arabic(source: &str) -> Replies {
    load(&[("replies/ar.toml", source)], &[]).unwrap()
}

/// Every text, with names in Arabic and with names in Latin letters.
fn texts(source: &str) -> Vec<String> {
    let replies = load_arabic(source);
    let arabic = replies.languages().next().unwrap();
    let latin = Naming {
        organisation: "Water Dept".to_owned(),
        places: ["Lakoley South/Basir", "Hadado/Athibohol"]
            .map(str::to_owned)
            .to_vec(),
        sectors: ["Water", "Health"].map(str::to_owned).to_vec(),
        languages: ["English", "العربية", "Français", "Soomaali", "Kiswahili"]
            .map(str::to_owned)
            .to_vec(),
        words: "The pump comes on Friday.".to_owned(),
    };
    let own = Naming {
        organisation: "إدارة المياه".to_owned(),
        places: ["حبسوين", "الداس"].map(str::to_owned).to_vec(),
        sectors: ["ماء", "صحة"].map(str::to_owned).to_vec(),
        words: "طلبت المضخة.".to_owned(),
        ..latin.clone()
    };
    [latin, own]
        .iter()
        .flat_map(|naming| arabic.samples(naming))
        .map(|sample| sample.text)
        .collect()
}

/// As it is seen, from the left to the right of the screen.
fn seen(text: &str) -> String {
    let layout = BidiInfo::new(text, None);
    let line = &layout.paragraphs[0];
    assert!(line.level.is_rtl(), "runs from the left: {text}");
    layout.reorder_line(line, line.range.clone()).into_owned()
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// What is to be seen of a number and of what it is said of: the word behind it, or all Latin words, to its left.
fn expected(digits: &str, behind: &str) -> String {
    let start = behind.find(char::is_alphabetic).unwrap_or(behind.len());
    let (gap, words) = behind.split_at(start);
    let words = if words.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let is_arabic = |c: char| c.is_alphabetic() && u32::from(c) >= 0x600;
        let latin = words.split(is_arabic).next().unwrap();
        latin
            .trim_end_matches(|c: char| !c.is_alphabetic())
            .to_owned()
    } else {
        reversed(words.split(|c: char| !c.is_alphabetic()).next().unwrap())
    };
    words + &reversed(gap) + digits
}

/// The numbers of a text that are not seen where they are to be read.
fn out_of_order(text: &str) -> Vec<String> {
    let seen = seen(text);
    let mut wrong = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (_, run) = rest.split_at(start);
        let end = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        let (digits, behind) = run.split_at(end);
        if !seen.contains(&expected(digits, behind)) {
            wrong.push(format!("{digits} of “{text}” is seen in “{seen}”"));
        }
        rest = behind;
    }
    wrong
}

#[test]
fn numbers_dates_and_menus_read_in_order() {
    let texts = texts(AR);
    assert!(texts.len() > 100, "{}", texts.len());
    let wrong: Vec<_> = texts.iter().flat_map(|text| out_of_order(text)).collect();
    assert_eq!(wrong, Vec::<String>::new());
    let number = texts
        .iter()
        .filter(|text| seen(text).contains("4821093753"));
    assert!(number.count() > 50);
}

#[test]
fn groups_with_a_space_or_a_dash_would_stand_the_wrong_way_round() {
    for between in [" ", "-"] {
        let line = "between_groups = \"\"";
        assert!(AR.contains(line));
        let source = AR.replace(line, &format!("between_groups = \"{between}\""));
        let ack = &texts(&source)[0];
        let shown = seen(ack);
        let turned = format!("3753{between}109{between}482");
        assert!(shown.contains(&turned), "{shown}");
        assert!(!out_of_order(ack).is_empty());
    }
}

#[test]
fn choices_with_a_comma_would_run_into_each_other() {
    let source = AR.replace("between_choices = \" أو \"", "");
    assert!(source.len() < AR.len());
    let wrong = texts(&source);
    assert!(wrong.iter().any(|text| !out_of_order(text).is_empty()));
}

#[test]
fn a_number_is_known_when_it_comes_back_as_it_was_sent() {
    let wrong = AR.replace("between_groups = \"\"", "between_groups = \"/\"");
    let report = load(&[("replies/ar.toml", &wrong)], &[]).unwrap_err();
    assert!(
        report.contains(
            "a number written `482/109/3753` would not be known when people send it back"
        ),
        "{report}"
    );
    let replies = load_arabic(AR);
    let ack = replies
        .languages()
        .next()
        .unwrap()
        .render(Template::AckSensitive, &numbered());
    let found = crate::intake::numbers::find(&ack);
    assert_eq!(found[0].number, Ok(numbered().number.unwrap()), "{ack}");
}
