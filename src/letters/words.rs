//! The texts that letters are made of.

use toml::Table;

use crate::pages::{Grammar, Reader, section};

section! {
    /// All of them.
    Letter {
        dear(name), sign(convener, county), answer, machine, list,
        overdue[n](county), overdue_lead, first, second,
        word[n](county), word_lead, own, reminded, escalated, committee_told,
        committee[n](county), committee_lead,
        alone(number), alone_lead, alone_word, alone_committee,
        referred[n](county), referred_lead,
        late[n], late_today, due(date), date(day, month, year), todo(when, ask), accept, refer, act, resolve, private, open, more[n], with(organisation),
    }
}

/// What letters say.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) letter: Letter,
}

impl Words {
    pub(super) fn read(file: &Table, grammar: &Grammar, wrong: &mut Vec<String>) -> Self {
        let letter = Letter::read(Reader::new("letter", file, grammar, wrong));
        let odd = file
            .keys()
            .filter(|key| !["direction", "months", "letter"].contains(&key.as_str()));
        wrong.extend(odd.map(|key| format!("`{key}` is nothing that a letter asks for")));
        Self { letter }
    }
}
