use std::fs;
use std::path::PathBuf;

use super::*;

fn sample() -> Configuration {
    Configuration::sample(Path::new("demo"), &[])
        .unwrap_or_else(|findings| panic!("{}", findings.render(false)))
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

#[test]
fn the_sample_county_is_the_directory_that_is_shipped() {
    let files = Files::read(&shipped()).unwrap();
    assert_eq!(files.routing.as_deref(), Some(SAMPLE.routing));
    let embedded: Vec<_> = SAMPLE.replies.iter().map(|(name, _)| *name).collect();
    let shipped: Vec<_> = files
        .replies
        .iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        embedded, shipped,
        "a language that is shipped is in the demo too"
    );
}

#[test]
fn the_shipped_directory_holds_a_whole_county() {
    let configuration = Configuration::from_directory(&shipped(), [])
        .unwrap_or_else(|findings| panic!("{}", findings.render(false)));
    assert_eq!(configuration.findings.count(Level::Warning), 0);
    assert!(configuration.rules.count() > 0 && configuration.places.iter().len() > 0);
    assert_eq!(configuration.replies.languages().count(), 5);
}

#[test]
fn a_text_to_an_unknown_number_is_for_the_first_county() {
    let sample = sample();
    let first = sample.rules.counties().next().unwrap();
    assert_eq!(sample.county_of(&Address::new("+15005550006")).id, first.id);
    assert_eq!(
        sample.county_of(first.numbers.first().unwrap()).id,
        first.id
    );
}

#[test]
fn a_county_whose_language_has_no_texts_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("replies")).unwrap();
    fs::write(directory.path().join("routing.toml"), SAMPLE.routing).unwrap();
    fs::write(directory.path().join("places.csv"), SAMPLE.places).unwrap();
    let (_, sw) = SAMPLE
        .replies
        .iter()
        .find(|(name, _)| *name == "replies/sw.toml")
        .unwrap();
    fs::write(directory.path().join("replies/sw.toml"), sw).unwrap();
    let findings = Configuration::from_directory(directory.path(), []).unwrap_err();
    let lines = findings.told(Level::Error, 20);
    assert!(
        lines.iter().any(|line| line.starts_with("routing.toml:")
            && line.contains(":12: error: people of `wajir`")
            && line.contains("there is no replies/en.toml")),
        "{lines:?}"
    );
}

#[test]
fn a_code_of_a_pact_that_answers_commands_or_greets_is_refused() {
    for code in [
        "STOP-2026",
        "HALI-26",
        "NDIYO-1",
        "HELLO-2026",
        "WJR4821093753",
    ] {
        let files = Files {
            service: None,
            routing: Some(
                SAMPLE
                    .routing
                    .replace("WJRR22\"", &format!("WJRR22\", \"{code}\"")),
            ),
            ..Files::read(&shipped()).unwrap()
        };
        let findings = Configuration::from_files(Path::new("demo"), files, []).unwrap_err();
        let told = findings.told(Level::Error, 20).join("\n");
        let wanted =
            format!("`{code}` would be taken for an answer, a command, a greeting or a number");
        assert!(told.contains(&wanted), "{code}: {told}");
    }
}

#[test]
fn the_digits_of_a_code_are_of_no_number() {
    let sample = sample();
    let county = sample.rules.counties().next().unwrap();
    let read = |text: &'static str| {
        let (reading, decision, _) = sample.read(text, county);
        let numbers = reading
            .numbers
            .iter()
            .map(|group| text.get(group.at.clone()));
        let numbers: Vec<_> = numbers.map(Option::unwrap).collect();
        (numbers, reading.only_numbers, decision.pact.is_some())
    };
    assert_eq!(
        read("2026 014 200 families"),
        (vec!["2026 014 200"], false, false)
    );
    assert_eq!(read("WJR-2026-014 200 families"), (vec![], false, true));
    assert_eq!(read("WJR 2026 014 482"), (vec![], false, true));
    assert_eq!(
        read("482 109 3753 WJR-2026-014"),
        (vec!["482 109 3753"], false, true)
    );
    assert_eq!(
        read("wjr2026014 482 109 3753"),
        (vec!["482 109 3753"], false, true)
    );
}

#[test]
fn a_password_in_a_broken_line_is_not_shown() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(
        directory.path().join("service.toml"),
        "[gateway]\nauth_password = \"hunter2\n",
    )
    .unwrap();
    let findings = Configuration::from_directory(directory.path(), []).unwrap_err();
    let report = findings.render(false);
    assert!(
        report.contains("service.toml:2:") && !report.contains("hunter2"),
        "{report}"
    );
}

/// Another county's convener has no part in what is left of a county that was renamed.
#[test]
fn a_county_that_is_no_more_is_convened_by_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration::sample(folder.path(), &[]).unwrap();
    let holder = crate::complaint::OrganisationId::new("marsabit-water");
    let convener = |county: &str| {
        configuration
            .convener_of(&CountyId::new(county), &holder)
            .clone()
    };
    assert_eq!(convener("wajir").as_str(), "ti-wajir");
    assert_eq!(convener("marsabit"), holder);
}
