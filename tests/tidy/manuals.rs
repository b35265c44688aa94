//! README and deploy/ name only commands and variables that there are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All that the manuals name and the program does not have.
pub(crate) fn inventions(top: &Path) -> Vec<String> {
    let commands = commands();
    let variables = variables(&std::fs::read_to_string(top.join("config/service.toml")).unwrap());
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(top).unwrap().display().to_string();
        invented(&name, &text, &commands, &variables)
    };
    manuals(top).into_iter().flat_map(read).collect()
}

/// The README, and every file of deploy/.
fn manuals(top: &Path) -> Vec<PathBuf> {
    let deploy = std::fs::read_dir(top.join("deploy"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    deploy
        .chain(Some(top.join("README.md")).filter(|readme| readme.exists()))
        .collect()
}

/// What `jibu --help` lists.
fn commands() -> BTreeSet<String> {
    let help = Command::new(env!("CARGO_BIN_EXE_jibu"))
        .arg("--help")
        .output()
        .unwrap();
    listed(&String::from_utf8(help.stdout).unwrap())
}

fn listed(help: &str) -> BTreeSet<String> {
    let rows = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    // What is deeper in is the rest of a long description.
    let rows = rows.filter(|row| !row.starts_with("   "));
    rows.filter_map(|row| row.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// The variable of each key of the documented defaults.
fn variables(defaults: &str) -> BTreeSet<String> {
    let sections: toml::Table = defaults.parse().unwrap();
    let named = |(section, keys): (&String, &toml::Value)| {
        let keys: Vec<String> = keys
            .as_table()
            .unwrap()
            .keys()
            .map(|key| format!("JIBU_{section}__{key}").to_uppercase())
            .collect();
        keys
    };
    sections.iter().flat_map(named).collect()
}

fn invented(
    name: &str,
    text: &str,
    commands: &BTreeSet<String>,
    variables: &BTreeSet<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for command in called(line).filter(|command| !commands.contains(*command)) {
            found.push(format!(
                "{name}:{number}: there is no `jibu {command}`; there are {commands:?}"
            ));
        }
        for variable in set(line).filter(|variable| !variables.contains(*variable)) {
            found.push(format!(
                "{name}:{number}: no key of config/service.toml is set by {variable}"
            ));
        }
    }
    found
}

/// What a command of ours follows. In prose it stands in backquotes: "jibu is a router" calls nothing.
const CALLS: &[&str] = &["bin/jibu ", "`jibu ", "cargo run --release -- "];

/// `serve` of "/usr/local/bin/jibu serve" and of "sudo -u jibu jibu serve --config DIR".
fn called(line: &str) -> impl Iterator<Item = &str> {
    let called = CALLS.iter().flat_map(|call| line.split(call).skip(1));
    let configured = line
        .split("jibu ")
        .skip(1)
        .filter(|rest| rest.split_whitespace().nth(1) == Some("--config"));
    called.chain(configured).filter_map(|rest| {
        let ends = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-');
        let command = &rest[..ends.unwrap_or(rest.len())];
        (!command.is_empty() && !command.starts_with('-')).then_some(command)
    })
}

/// `JIBU_SERVER__LISTEN` and its like.
fn set(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_');
    words.filter(|word| word.starts_with("JIBU_") && word.contains("__") && !word.ends_with('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invented_in(line: &str) -> usize {
        let commands = listed(
            "About\n\nCommands:\n  serve  Run\n         it\n  help   Print\n\nOptions:\n  -h\n",
        );
        let variables = variables("[server]\nlisten = \"x\"\n");
        invented("x", line, &commands, &variables).len()
    }

    #[test]
    fn what_there_is_may_be_named() {
        for line in [
            "/usr/local/bin/jibu serve",
            "run `jibu help`",
            "JIBU_SERVER__LISTEN=x",
            "jibu is a router",
            "/usr/local/bin/jibu /etc/jibu",
            "install -D -t /usr/local/lib/jibu deploy/backup",
            "cargo run --release -- serve",
        ] {
            assert_eq!(invented_in(line), 0, "{line}");
        }
    }

    #[test]
    fn what_there_is_not_is_found() {
        for line in [
            "/usr/local/bin/jibu run",
            "run `jibu restore FILE`",
            "run `jibu it`",
            "cargo run --release -- start",
            "JIBU_SERVER__LISTENS=x",
            "jibu start --config DIR",
        ] {
            assert_eq!(invented_in(line), 1, "{line}");
        }
    }
}
