//! A mail server that does what the address says: `later@` is put off, `nobody@` refused, `spam@` refused once it is read, `drop@` cut
//! off in the middle, `cut@` taken and then cut off, `hang@` taken and never answered, `rcpt@`, `data@` and `middle@` left without an
//! answer at that step. All else is taken. A sender `mail@` waits at the first step.
//!
//! With `MAIL_SERVER` in the environment that command is it instead: one that nobody here wrote.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// What happened so far, in order.
type Events = Arc<(Mutex<Vec<Value>>, Condvar)>;

pub(super) struct Post {
    pub(super) port: u16,
    events: Events,
    child: Option<Child>,
}

/// What the server says is read within this time after its answer.
const HEARD_WITHIN: Duration = Duration::from_secs(2);

impl Post {
    pub(super) fn start() -> Self {
        match std::env::var("MAIL_SERVER") {
            Ok(command) => Self::of_others(&command),
            Err(_) => Self::ours(),
        }
    }

    fn ours() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let events = Events::default();
        let told = Arc::clone(&events);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let told = Arc::clone(&told);
                // Who calls may be gone in the middle of a word.
                std::thread::spawn(move || Caller::new(stream.unwrap(), told).serve());
            }
        });
        Self {
            port,
            events,
            child: None,
        }
    }

    fn of_others(command: &str) -> Self {
        let mut words = command.split_whitespace();
        let mut child = Command::new(words.next().unwrap())
            .args(words)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let events = Events::default();
        let told = Arc::clone(&events);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                tell(&told, serde_json::from_str(&line).unwrap());
            }
        });
        Self {
            port: u16::try_from(first["port"].as_u64().unwrap()).unwrap(),
            events,
            child: Some(child),
        }
    }

    /// What service.toml says of it.
    pub(super) fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("email.server", "localhost".to_owned()),
            ("email.port", self.port.to_string()),
            ("email.tls", "none".to_owned()),
            ("email.from", "jibu@example.org".to_owned()),
            ("email.per_minute", "6000".to_owned()),
        ]
    }

    /// Waits until that happened: `("taken", "ok@water.example")`.
    pub(super) fn wait_for(&self, event: &str, to: &str) {
        let (events, more) = &*self.events;
        let happened = |events: &Vec<Value>| {
            events
                .iter()
                .any(|one| one["event"] == event && one["to"] == to)
        };
        let waited = more
            .wait_timeout_while(events.lock().unwrap(), crate::served::PATIENCE, |events| {
                !happened(events)
            })
            .unwrap();
        assert!(happened(&waited.0), "no {event} of {to}: {:?}", waited.0);
    }

    /// The Message-IDs of what was taken for that address.
    pub(super) fn taken(&self, to: &str) -> Vec<String> {
        let is_it = |one: &&Value| one["event"] == "taken" && one["to"] == to;
        let events = self.events.0.lock().unwrap();
        // The server says it before it answers, but what it says may be read after the answer is.
        let none_yet = |events: &mut Vec<Value>| !events.iter().any(|one| is_it(&one));
        let heard = self
            .events
            .1
            .wait_timeout_while(events, HEARD_WITHIN, none_yet);
        let (events, _) = heard.unwrap();
        let taken = events.iter().filter(is_it);
        taken
            .map(|one| one["message_id"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn tell(events: &Events, event: Value) {
    events.0.lock().unwrap().push(event);
    events.1.notify_all();
}

/// One connection.
struct Caller {
    lines: BufReader<TcpStream>,
    events: Events,
    to: String,
}

impl Caller {
    fn new(stream: TcpStream, events: Events) -> Self {
        Self {
            lines: BufReader::new(stream),
            events,
            to: String::new(),
        }
    }

    fn say(&mut self, line: &str) {
        let _ = write!(self.lines.get_mut(), "{line}\r\n");
    }

    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        let heard = self.lines.read_line(&mut line).ok()?;
        (heard > 0).then_some(line)
    }

    fn tell(&self, event: &str, message_id: &str) {
        let event = json!({ "event": event, "to": self.to, "message_id": message_id });
        tell(&self.events, event);
    }

    /// Says nothing until the other side is gone.
    fn wait(&mut self) {
        self.tell("waiting", "");
        while self.hear().is_some() {}
    }

    fn does(&self, user: &str) -> bool {
        self.to.starts_with(&format!("{user}@"))
    }

    fn serve(mut self) {
        self.say("220 mail.example ESMTP");
        while let Some(line) = self.hear() {
            let command = line.to_uppercase();
            let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            if command.starts_with("EHLO") {
                self.say("250-mail.example\r\n250 8BITMIME");
            } else if command.starts_with("MAIL") {
                self.to = address();
                if self.does("mail") {
                    return self.wait();
                }
                self.say("250 2.1.0 Ok");
            } else if command.starts_with("RCPT") {
                self.to = address();
                if self.does("rcpt") {
                    return self.wait();
                }
                let answer = match self.to.split('@').next() {
                    Some("later") => "451 4.7.1 Greylisted, come back later",
                    Some("nobody") => "550 5.1.1 No such mailbox",
                    _ => "250 2.1.5 Ok",
                };
                self.say(answer);
            } else if command.starts_with("DATA") {
                if self.does("data") {
                    return self.wait();
                }
                self.say("354 Go ahead");
                if !self.letter() {
                    return;
                }
            } else {
                self.say("221 2.0.0 Bye");
                return;
            }
        }
    }

    /// Whether the conversation goes on after the letter.
    fn letter(&mut self) -> bool {
        let mut message_id = String::new();
        while let Some(line) = self.hear() {
            if self.does("drop") {
                self.tell("dropped", "");
                return false;
            }
            if self.does("middle") {
                self.wait();
                return false;
            }
            if let Some(id) = line.strip_prefix("Message-ID: ") {
                message_id = id.trim().to_owned();
            }
            if line == ".\r\n" {
                break;
            }
        }
        if self.does("spam") {
            self.say("554 5.7.1 Not wanted here");
            return true;
        }
        self.tell("taken", &message_id);
        if self.does("cut") {
            return false;
        }
        if self.does("hang") {
            self.wait();
            return false;
        }
        self.say("250 2.0.0 Taken");
        true
    }
}
