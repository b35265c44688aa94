use super::*;
use crate::complaint::TrackingNumber;

fn letters(files: &[(&str, &str)]) -> Result<Letters, Vec<String>> {
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    Letters::load(&files).map_err(|found| found.into_iter().map(|one| one.message).collect())
}

#[test]
fn what_is_shipped_is_whole_in_each_language() {
    let letters = letters(&[]).unwrap();
    for (id, direction) in [
        ("en", "ltr"),
        ("sw", "ltr"),
        ("so", "ltr"),
        ("ar", "rtl"),
        ("fr", "ltr"),
    ] {
        let language = letters.language(&LanguageId::new(id));
        assert_eq!((language.id.as_str(), language.direction), (id, direction));
    }
    assert_eq!(letters.language(&LanguageId::new("om")).id.as_str(), "en");
}

#[test]
fn a_file_of_ones_own_stands_for_the_whole_of_what_is_shipped() {
    let own = FIRST
        .1
        .replace("People wait for an answer", "Please answer");
    let letters = letters(&[("letters/en.toml", &own)]).unwrap();
    let words = &letters.language(&LanguageId::new("en")).words.letter;
    assert!(words.overdue_lead().starts_with("Please answer"));
}

/// The English file as it was before there were reports.
fn before_reports() -> &'static str {
    let (before, _) = FIRST.1.split_once("[report]").unwrap();
    before
}

#[test]
fn a_file_from_before_there_were_reports_has_our_words_of_them() {
    let own = before_reports().replace("People wait for an answer", "Please answer");
    let files = [
        ("letters/sw.toml", own.as_str()),
        ("letters/om.toml", own.as_str()),
    ];
    let letters = letters(&files).unwrap();
    for (id, complaints) in [
        ("en", "Complaints"),
        ("sw", "Malalamiko"),
        ("om", "Complaints"),
    ] {
        let words = &letters.language(&LanguageId::new(id)).words;
        assert_eq!(words.report.complaints(), complaints, "{id}");
        let is_own = words.letter.overdue_lead().starts_with("Please answer");
        assert_eq!(is_own, id != "en", "{id}");
    }
    let notes: Vec<&str> = letters
        .notes()
        .iter()
        .map(|note| note.file.as_str())
        .collect();
    assert_eq!(
        notes,
        ["letters/om.toml"],
        "the others have words of their own"
    );
}

#[test]
fn a_section_that_is_misspelt_or_half_written_is_no_file_from_before() {
    let misspelt = FIRST.1.replace("[report]", "[reports]");
    assert_eq!(
        letters(&[("letters/en.toml", &misspelt)]).unwrap_err(),
        ["`reports` is nothing that a letter asks for"]
    );
    let half = FIRST.1.replace("topics = ", "topic = ");
    assert_eq!(
        letters(&[("letters/en.toml", &half)]).unwrap_err(),
        [
            "report.topics is missing",
            "report.topic is no text that a page asks for",
        ]
    );
    let text = format!("report = \"later\"\n{}", before_reports());
    assert_eq!(
        letters(&[("letters/en.toml", &text)]).unwrap_err(),
        ["there is no section [report]"]
    );
}

#[test]
fn what_is_wrong_with_a_file_is_told() {
    let wrong = FIRST
        .1
        .replace("To {name}", "To {nam}")
        .replace("open = \"Open it\"", "opne = \"Open it\"")
        .replace("\"Dec\"", "");
    assert_eq!(
        letters(&[("letters/en.toml", &wrong)]).unwrap_err(),
        [
            "`months` are twelve names",
            "letter.dear names {nam}, which nothing fills",
            "letter.open is missing",
            "letter.opne is no text that a page asks for",
        ]
    );
    let lost = letters(&[("letters/xx yy.toml", FIRST.1)]);
    assert_eq!(lost.unwrap_err(), ["its name is no code of a language"]);
    assert!(letters(&[("letters/en.toml", "direction =")]).is_err());
}

fn paper() -> Paper {
    let item = |number, link| Item {
        number: TrackingNumber::from_value(number),
        about: "Water · <b>Eldas</b>".to_owned(),
        todo: "2 working days late.".to_owned(),
        link,
    };
    Paper {
        language: "en".to_owned(),
        direction: "ltr",
        subject: "Wajir: overdue".to_owned(),
        dear: "To the Water Department".to_owned(),
        lead: "People wait.".to_owned(),
        parts: vec![
            Part {
                heading: "Now".to_owned(),
                items: vec![
                    item(
                        4_821_093_753,
                        Some("https://jibu.example/console/complaints/4821093753".to_owned()),
                    ),
                    item(4_821_093_761, None),
                ],
                more: Some("3 more".to_owned()),
            },
            Part {
                heading: "Empty".to_owned(),
                ..Part::default()
            },
        ],
        figures: Vec::new(),
        notes: Vec::new(),
        list: None,
        closing: vec!["The convener".to_owned(), "Written by jibu".to_owned()],
    }
}

#[test]
fn the_plain_text_reads_from_top_to_bottom() {
    assert_eq!(
        paper().write("Open it").plain,
        "To the Water Department\n\nPeople wait.\n\nNow\n\n482 109 3753  Water · <b>Eldas</b>\n2 working days late.\n\
         https://jibu.example/console/complaints/4821093753\n\n482 109 3761  Water · <b>Eldas</b>\n2 working days late.\n\n3 more\n\n\
         -- \nThe convener\nWritten by jibu\n"
    );
}

#[test]
fn the_html_says_the_same_and_fetches_nothing() {
    let html = paper().write("Open it").html.unwrap();
    for said in [
        "482 109 3753",
        "Water · &#60;b&#62;Eldas&#60;/b&#62;",
        "href=\"https://jibu.example/console/complaints/4821093753\">Open it",
        "3 more",
        "The convener<br>Written by jibu",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
    for not_said in ["Empty", "<img", "<script", "<link", "src="] {
        assert!(!html.contains(not_said), "{not_said}");
    }
}

#[test]
fn figures_stand_on_a_line_each_and_in_a_table_beside_those_before() {
    let row = |name: &str, value: &str, before: &str| Row {
        name: name.to_owned(),
        value: value.to_owned(),
        before: before.to_owned(),
        line: format!("{name}: {value} ({before})"),
    };
    let letter = Paper {
        parts: Vec::new(),
        figures: vec![
            Figures {
                columns: ["May".to_owned(), "April".to_owned()],
                rows: vec![row("Complaints", "15", "not told")],
                ..Figures::default()
            },
            Figures {
                heading: "Where".to_owned(),
                rows: vec![row("<b>Eldas</b>", "7", "0")],
                ..Figures::default()
            },
        ],
        notes: vec!["Few are not told.".to_owned()],
        ..paper()
    }
    .write("Open it");
    let plain = "Complaints: 15 (not told)\n\nWhere\n<b>Eldas</b>: 7 (0)\n\nFew are not told.\n";
    assert!(letter.plain.contains(plain), "{}", letter.plain);
    let html = letter.html.unwrap();
    for said in [
        ">May</th>",
        "<bdi>Complaints</bdi></th>",
        "<b>15</b></td>",
        ">not told</td>",
        "&#60;b&#62;Eldas&#60;/b&#62;",
        "<p>Few are not told.</p>",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
}
