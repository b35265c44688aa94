//! The mail server's settings, which hang together.

use super::{load, refused};

#[test]
fn without_a_mail_server_nothing_of_email_is_needed() {
    let settings = load("", &[]).unwrap();
    assert!(settings.email.smtp().is_none());
    assert!(settings.refuse_missing_email().is_ok());
}

#[test]
fn a_mail_server_needs_a_sender_and_a_user_a_password() {
    let missing = |source: &str| {
        let settings = load(
            &format!("[email]\nserver = \"smtp.example.org\"\n{source}"),
            &[],
        );
        settings
            .unwrap()
            .refuse_missing_email()
            .map_err(|error| error.to_string())
    };
    let told = missing("user = \"jibu\"\n").unwrap_err();
    assert!(told.ends_with("email.from, email.password"), "{told}");
    let told = missing("from = \"jibu@example.org\"\npassword = \"x\"\n").unwrap_err();
    assert!(told.ends_with("email.user"), "{told}");
    assert!(missing("from = \"jibu@example.org\"\n").is_ok());
}

#[test]
fn in_the_clear_is_only_for_a_server_on_this_machine() {
    let source = |server: &str| format!("[email]\nserver = \"{server}\"\ntls = \"none\"\n");
    for server in ["smtp.example.org", "192.0.2.7", "localhost.example.org"] {
        refused(
            &source(server),
            &[],
            &["email.tls", "only for a server on this machine", "3:7"],
        );
    }
    for server in ["localhost", "127.0.0.1", ""] {
        assert!(load(&source(server), &[]).is_ok(), "{server}");
    }
    let elsewhere = [("JIBU_EMAIL__SERVER", "smtp.example.org")];
    refused(&source("localhost"), &elsewhere, &["email.tls"]);
}

#[test]
fn what_is_no_server_and_no_address_is_refused() {
    refused(
        "[email]\nserver = \"smtp.example.org:587\"\n",
        &[],
        &["without a port"],
    );
    refused(
        "[email]\nfrom = \"Jibu <jibu@example.org>\"\n",
        &[],
        &["an email address alone"],
    );
    refused(
        "[email]\ntls = \"ssl\"\n",
        &[],
        &["\"starttls\", \"tls\" or \"none\""],
    );
    let both = "[email]\npassword = \"hunter2\"\npassword_file = \"x\"\n";
    refused(both, &[], &["email.password_file", "both set"]);
}
