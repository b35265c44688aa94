use super::*;
use crate::text::findings::Findings;

mod email;

const PASSWORD: &str = "correct-horse-battery";

fn load(source: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let environment = environment
        .iter()
        .map(|(name, value)| (OsString::from(name), OsString::from(value)));
    Settings::load(Path::new("/etc/jibu"), Some(source), environment, &[]).map_err(|found| {
        let mut findings = Findings::default();
        findings.take_source(FILE, &veil::veil(source));
        findings.add(found);
        findings.render(false)
    })
}

fn refused(source: &str, environment: &[(&str, &str)], words: &[&str]) {
    let report = load(source, environment).unwrap_err();
    for word in words {
        assert!(report.contains(word), "{word}\n{report}");
    }
    assert_eq!(report.matches("error: ").count(), 1, "{report}");
}

#[test]
fn the_sample_is_the_default_and_says_what_is_missing() {
    let settings = load("", &[]).unwrap();
    assert_eq!(settings.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.gateway.api_base, "https://api.twilio.com");
    assert_eq!(
        (
            settings.outbox.per_second,
            settings.outbox.in_flight,
            settings.outbox.expire_hours
        ),
        (10, 16, 72)
    );
    assert_eq!(
        (
            settings.limits.replies_per_phone_10min,
            settings.limits.replies_per_phone_day
        ),
        (8, 30)
    );
    assert_eq!(
        (
            settings.limits.replies_per_minute,
            settings.limits.segments_per_day
        ),
        (600, 20_000)
    );
    assert!(!settings.line.free && !settings.log.json);
    assert_eq!(settings.database.path, Path::new("/etc/jibu/jibu.sqlite3"));

    let note = settings.secrets_missing().unwrap();
    assert_eq!(note.level, Level::Note);
    let keys = "server.public_url, gateway.account_sid, gateway.auth_password, gateway.from, gateway.signature_keys";
    assert_eq!(
        note.message,
        format!("not set, and `serve` needs it: {keys}")
    );
    assert!(
        settings
            .refuse_missing_secrets()
            .unwrap_err()
            .to_string()
            .ends_with(keys)
    );
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let source = "[server]\nlisten = \"0.0.0.0:1\"\nworkers = 3\n[outbox]\nper_second = 5\n";
    let settings = load(
        source,
        &[
            ("JIBU_SERVER__LISTEN", "[::]:2"),
            ("JIBU_LINE__FREE", "true"),
            ("PATH", "/bin"),
        ],
    )
    .unwrap();
    assert_eq!(settings.server.listen.to_string(), "[::]:2");
    assert_eq!(settings.server.workers, 3);
    assert_eq!(settings.outbox.per_second, 5);
    assert_eq!(settings.outbox.in_flight, 16);
    assert!(settings.line.free);
}

#[test]
fn with_an_account_and_keys_it_is_ready() {
    let account = [
        ("JIBU_SERVER__PUBLIC_URL", "https://sms.example.org/jibu/"),
        ("JIBU_GATEWAY__ACCOUNT_SID", "AC123"),
        ("JIBU_GATEWAY__AUTH_PASSWORD", PASSWORD),
        ("JIBU_GATEWAY__FROM", "+254700100200"),
        ("JIBU_GATEWAY__SIGNATURE_KEYS", "one, hmac-sha256:two"),
        ("JIBU_GATEWAY__ANSWERS_KEYWORDS", "STOP,START"),
    ];
    let settings = load("", &account).unwrap();
    let twilio = settings.twilio().unwrap();
    assert_eq!(
        twilio.auth_user, "AC123",
        "without a user the account signs in"
    );
    assert_eq!(twilio.auth_password.as_str(), PASSWORD);
    assert_eq!(
        twilio.status_callback,
        "https://sms.example.org/jibu/gateway/status#rc=5&rp=5xx,ct,rt"
    );
    let elsewhere = [
        &account[..],
        &[("JIBU_GATEWAY__API_BASE", "https://nottwilio.com")],
    ];
    assert_eq!(
        load("", &elsewhere.concat())
            .unwrap()
            .twilio()
            .unwrap()
            .status_callback,
        "https://sms.example.org/jibu/gateway/status"
    );
    let account = [&account[..], &[("JIBU_GATEWAY__CALLBACK_OVERRIDES", "")]].concat();
    assert_eq!(
        load("", &account)
            .unwrap()
            .twilio()
            .unwrap()
            .status_callback,
        "https://sms.example.org/jibu/gateway/status"
    );
    assert_eq!(settings.gateway.signature_keys.len(), 2);
    assert_eq!(settings.gateway.answers_keywords, ["STOP", "START"]);
    assert!(!format!("{settings:?}").contains(PASSWORD));
}

#[test]
fn secrets_may_stand_in_files() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("password"), format!("{PASSWORD}\n")).unwrap();
    std::fs::write(directory.path().join("keys"), "one\n\ntwo\n").unwrap();
    let source = "[gateway]\nauth_password_file = \"password\"\nsignature_keys_file = \"keys\"\nfrom = \"JIBU\"\naccount_sid = \"AC1\"\n\
                  [server]\npublic_url = \"http://localhost:8080\"\n";
    let settings = Settings::load(directory.path(), Some(source), [], &[]).unwrap();
    assert_eq!(settings.twilio().unwrap().auth_password.as_str(), PASSWORD);
    assert_eq!(settings.gateway.signature_keys.len(), 2);

    std::fs::remove_file(directory.path().join("keys")).unwrap();
    let settings = Settings::load(directory.path(), Some(source), [], &[]).unwrap();
    let note = settings.secrets_missing().unwrap().message;
    assert!(
        note.contains("needs it: gateway.signature_keys_file (No such file"),
        "{note}"
    );
    assert!(settings.twilio().is_err());
}

#[test]
fn what_is_unknown_is_told_with_the_nearest_name() {
    refused(
        "[server]\nlisen = \"x\"\n",
        &[],
        &[
            "unknown key `lisen`",
            "service.toml:2:1",
            "did you mean `listen`?",
        ],
    );
    refused(
        "[sever]\n",
        &[],
        &["unknown section `sever`", "did you mean `server`?"],
    );
    refused(
        "",
        &[("JIBU_SERVER__LISEN", "x")],
        &[
            "unknown variable `JIBU_SERVER__LISEN`",
            "did you mean `JIBU_SERVER__LISTEN`?",
        ],
    );
    refused(
        "",
        &[("JIBU_SERVER_LISTEN", "x")],
        &["did you mean `JIBU_SERVER__LISTEN`?"],
    );
    refused(
        "listen = \"127.0.0.1:1\"\n",
        &[],
        &["unknown section `listen`"],
    );
}

#[test]
fn a_wrong_value_is_told_where_it_stands_with_what_is_expected() {
    refused(
        "[server]\nworkers = \"two\"\n",
        &[],
        &[
            "service.toml:2:11",
            "`server.workers` must be a whole number, not a text",
        ],
    );
    refused(
        "[server]\nworkers = 65\n",
        &[],
        &["service.toml:2:11", "`server.workers` must be 1 to 64"],
    );
    refused(
        "[server]\nworkers = -1\n",
        &[],
        &["`server.workers` must be 1 to 64"],
    );
    refused(
        "[outbox]\nin_flight = 17\n",
        &[],
        &["`outbox.in_flight` must be 1 to 16"],
    );
    refused(
        "[server]\nlisten = \"8080\"\n",
        &[],
        &["`server.listen` must be an address and a port: `127.0.0.1:8080`"],
    );
    refused(
        "[line]\nfree = 1\n",
        &[],
        &["`line.free` must be true or false, not a whole number"],
    );
    refused(
        "[log]\nlevel = \"loud\"\n",
        &[],
        &["`log.level` must be \"error\""],
    );
    refused(
        "[log]\nformat = \"xml\"\n",
        &[],
        &["`log.format` must be \"text\" or \"json\""],
    );
    refused(
        "[gateway]\nsignature_header = \"X Y\"\n",
        &[],
        &["must be the name of an HTTP header"],
    );
    refused(
        "[gateway]\naccount_sid = \"../x\"\n",
        &[],
        &["must be an id of letters"],
    );
    refused(
        "[gateway]\nanswers_keywords = [1]\n",
        &[],
        &["must be a list of texts in quotes, not a list"],
    );
    refused(
        "[gateway]\nfrom = \"0712345678901234\"\n",
        &[],
        &["must be a number with its country code"],
    );
    refused(
        "[keys]\npath = \"\"\n",
        &[],
        &["`keys.path` must be a path"],
    );
    refused(
        "server = 1\n",
        &[],
        &["`server` must be a section, not a whole number"],
    );
}

#[test]
fn an_address_without_tls_is_only_this_machine() {
    let url = |url: &str| format!("[server]\npublic_url = \"{url}\"\n");
    for good in [
        "https://sms.example.org",
        "https://u:p@sms.example.org:8443/a/",
        "http://localhost:1",
        "http://127.0.0.1:1",
        "http://[::1]:1",
    ] {
        assert!(load(&url(good), &[]).is_ok(), "{good}");
    }
    refused(
        &url("http://sms.example.org"),
        &[],
        &["`server.public_url` must begin with `https://`"],
    );
    refused(
        &url("http://127.0.0.1.example.org"),
        &[],
        &["must begin with `https://`"],
    );
    refused(&url("sms.example.org"), &[], &["must be a URL"]);
    refused(
        &url("https://sms.example.org/?a=b"),
        &[],
        &["must end before `?`"],
    );
    refused(
        "[gateway]\napi_base = \"https://u:p@api.example.org\"\n",
        &[],
        &["must hold no user or password"],
    );
}

#[test]
fn two_ways_to_say_one_thing_are_refused() {
    refused(
        "[gateway]\nfrom = \"JIBU\"\nmessaging_service_sid = \"MG1\"\n",
        &[],
        &[
            "service.toml:3:25",
            "`gateway.messaging_service_sid` and `gateway.from` are both set",
        ],
    );
    let source = format!("[gateway]\nauth_password = \"{PASSWORD}\"\n");
    refused(
        &source,
        &[("JIBU_GATEWAY__AUTH_PASSWORD_FILE", "x")],
        &["`JIBU_GATEWAY__AUTH_PASSWORD_FILE` and `gateway.auth_password`"],
    );
}

#[test]
fn no_report_shows_a_password_or_a_variables_value() {
    let variables = [
        "SERVER__WORKERS",
        "SERVER__LISTEN",
        "SERVER__PUBLIC_URL",
        "GATEWAY__AUTH_PASWORD",
        "LINE__FREE",
        "GATEWAY__FROM",
    ];
    for variable in variables {
        let report = load("", &[(&format!("JIBU_{variable}"), PASSWORD)]).unwrap_err();
        assert!(
            report.contains(variable) && !report.contains(PASSWORD),
            "{report}"
        );
    }
    let source = format!(
        "[gateway]\nauth_password = [\"{PASSWORD}\"]\nsignature_keys = \"{PASSWORD}\"\nauth_pasword = \"{PASSWORD}\"\n\
                          password = \"{PASSWORD}\"\n"
    );
    let report = load(&source, &[]).unwrap_err();
    assert!(
        report.contains("`gateway.auth_password` must be a text") && !report.contains(PASSWORD),
        "{report}"
    );
}

#[test]
fn all_that_is_wrong_is_told_in_one_go() {
    let source = "[server]\nworkers = 0\nlisten = \nlissten = 1\n[limit]\n";
    let environment = [("JIBU_OUTBOX__PER_SECOND", "fast"), ("JIBU_X", "y")];
    let report = load(source, &environment).unwrap_err();
    assert_eq!(report.matches("error: ").count(), 6, "{report}");
}

#[test]
fn the_program_itself_can_set_what_the_demo_needs() {
    let fixed = [
        ("gateway.api_base", "http://127.0.0.1:9/".to_owned()),
        ("gateway.signature_keys", "key".to_owned()),
    ];
    let settings = Settings::load(Path::new("demo"), None, [], &fixed).unwrap();
    assert_eq!(settings.gateway.api_base, "http://127.0.0.1:9");
    assert_eq!(settings.gateway.signature_keys.len(), 1);
    assert!(
        Settings::load(
            Path::new("demo"),
            None,
            [],
            &[("gateway.apibase", String::new())]
        )
        .is_err()
    );
}
