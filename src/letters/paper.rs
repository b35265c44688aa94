//! How a letter looks: the same words as plain text and as HTML.

use std::fmt::Write as _;

use askama::Template;

use crate::complaint::TrackingNumber;

/// What goes into the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// As plain text, its lines not broken.
    pub plain: String,
    /// The same as HTML, without anything that is fetched from elsewhere; `None`: the plain text has to do.
    pub html: Option<String>,
    /// The complaints that it names.
    pub named: Vec<TrackingNumber>,
}

/// A letter before it is written out.
#[derive(Clone, Debug, Default)]
pub struct Paper {
    /// The language's ISO 639-1 code.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The subject.
    pub subject: String,
    /// To whom.
    pub dear: String,
    /// What it is about.
    pub lead: String,
    /// What there is; a part without complaints is left out.
    pub parts: Vec<Part>,
    /// Tables of figures.
    pub figures: Vec<Figures>,
    /// What is to be known of them, a line each.
    pub notes: Vec<String>,
    /// The page to begin from: its words and its address; `None`: no address is known.
    pub list: Option<(String, String)>,
    /// What stands below: who writes, how to answer.
    pub closing: Vec<String>,
}

/// Complaints of which the same is to be said.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What that is; empty where the lead says it.
    pub heading: String,
    /// The complaints.
    pub items: Vec<Item>,
    /// That there are more of them; `None`: these are all.
    pub more: Option<String>,
}

/// Figures beside those of another time.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Of what; empty where the lead says it.
    pub heading: String,
    /// Of when they are, and those beside them.
    pub columns: [String; 2],
    /// One after the other.
    pub rows: Vec<Row>,
}

/// A figure.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What is counted.
    pub name: String,
    /// How much.
    pub value: String,
    /// How much at the other time.
    pub before: String,
    /// All of it, on a line.
    pub line: String,
}

/// One complaint.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number.
    pub number: TrackingNumber,
    /// On what, where, with whom; of what is kept private, that it is.
    pub about: String,
    /// How late it is and what is asked.
    pub todo: String,
    /// Its page; `None`: no address is known.
    pub link: Option<String>,
}

#[derive(Template)]
#[template(path = "letter.html", config = "src/letters/askama.toml")]
struct Html<'p> {
    p: &'p Paper,
    open: &'p str,
}

impl Paper {
    /// Writes it out; `open` is what a link to a complaint says.
    pub fn write(mut self, open: &str) -> Letter {
        self.parts.retain(|part| !part.items.is_empty());
        let items = self.parts.iter().flat_map(|part| &part.items);
        Letter {
            named: items.map(|item| item.number).collect(),
            plain: self.plain(),
            html: Html { p: &self, open }.render().ok(),
            subject: self.subject,
        }
    }

    fn plain(&self) -> String {
        let mut text = format!("{}\n\n{}\n", self.dear, self.lead);
        // Writing to a string does not fail.
        for part in &self.parts {
            if !part.heading.is_empty() {
                let _ = write!(text, "\n{}\n", part.heading);
            }
            for item in &part.items {
                let _ = write!(text, "\n{}  {}\n{}\n", item.number, item.about, item.todo);
                if let Some(link) = &item.link {
                    let _ = writeln!(text, "{link}");
                }
            }
            if let Some(more) = &part.more {
                let _ = write!(text, "\n{more}\n");
            }
        }
        for figures in &self.figures {
            text.push('\n');
            if !figures.heading.is_empty() {
                let _ = writeln!(text, "{}", figures.heading);
            }
            for row in &figures.rows {
                let _ = writeln!(text, "{}", row.line);
            }
        }
        for note in &self.notes {
            let _ = write!(text, "\n{note}\n");
        }
        if let Some((words, address)) = &self.list {
            let _ = write!(text, "\n{words}\n{address}\n");
        }
        let _ = write!(text, "\n-- \n{}\n", self.closing.join("\n"));
        text
    }
}
