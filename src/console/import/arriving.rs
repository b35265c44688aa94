//! A file on its way from a browser to the disk: sealed part by part, never whole in memory, and gone again where it is too large.
//!
//! The fields come first, in the order of the page's form, and the first of them says that the form is ours: nothing is written before.
//! Rejected: to answer at once that a file is too large. A browser that is still sending does not read the answer.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::header::HeaderMap;
use actix_web::web;
use futures_util::{Stream, StreamExt};

use crate::console::Console;
use crate::console::form::{CSRF, Form};
use crate::console::problem::Problem;
use crate::import::Chosen;
use crate::people::{Person, Token};
use crate::store::{StoreError, Upload};
use crate::text::shown::{one_line, shortened};

/// A file may have so many megabytes.
pub(super) const LARGEST_MB: usize = 50;
const LARGEST: usize = LARGEST_MB * 1024 * 1024;
/// Of a file that is too large so much more is read and thrown away, until the browser reads the answer.
const READ_ON: usize = 4 * LARGEST;
/// So much is sealed at once.
const PART: usize = 256 * 1024;
/// A field is no longer, and there are no more of them.
const LONGEST_FIELD: usize = 256 * 1024;
const MOST_FIELDS: usize = 8;
/// Nothing came for so long: the line is dead.
const SILENCE: Duration = Duration::from_secs(30);
/// The largest file has so long over the slowest line that is worth waiting for.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// Letters of a file's name that are shown.
const OF_A_NAME: usize = 60;
/// What a file without a name is called.
const NAMELESS: &str = "csv";

/// What came of a file that was posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Arrived {
    /// It stands there.
    File,
    /// There was none.
    Nothing,
    /// It is over the limit, and nothing of it was kept.
    TooLarge,
    /// Another file of theirs is on its way.
    Busy,
}

impl Console {
    /// Takes a form with a file in it.
    pub(in crate::console) async fn arriving(
        &self,
        person: &Person,
        token: Option<&Token>,
        headers: &HeaderMap,
        payload: web::Payload,
    ) -> Result<(Form, Arrived), Problem> {
        let parts = Multipart::new(headers, payload);
        let arriving = self.read_parts(person, token, headers, parts);
        let arrived = tokio::time::timeout(LONGEST, arriving).await;
        arrived.map_err(|_| Problem::TooSlow)?
    }

    async fn read_parts(
        &self,
        person: &Person,
        token: Option<&Token>,
        headers: &HeaderMap,
        mut parts: Multipart,
    ) -> Result<(Form, Arrived), Problem> {
        let mut fields = Vec::new();
        // A part is let go before the next is asked for: the two share one stream.
        loop {
            let mut field = match next(&mut parts).await {
                Ok(Some(field)) => field,
                Ok(None) if !fields.is_empty() => return Ok((Form::of(fields), Arrived::Nothing)),
                Err(problem) if !fields.is_empty() => return Err(problem),
                // What is not even a form of several parts is none of ours.
                _ => return Err(Problem::ForeignForm),
            };
            let name = field.name().unwrap_or_default().to_owned();
            if fields.is_empty() && name != CSRF {
                return Err(Problem::ForeignForm);
            }
            if name == "file" {
                let form = Form::of(fields);
                let arrived = self.take_file(person, &form, &mut field).await?;
                return Ok((form, arrived));
            }
            fields.push((name, text(&mut field).await?));
            if fields.len() == 1 {
                self.refuse_foreign(headers, token, &Form::of(fields.clone()))?;
            }
            if fields.len() > MOST_FIELDS {
                return Err(Problem::TooLarge);
            }
        }
    }

    /// Takes the file itself.
    async fn take_file(
        &self,
        person: &Person,
        form: &Form,
        field: &mut Field,
    ) -> Result<Arrived, Problem> {
        let chosen = self.chosen(person, form, field)?;
        let about = chosen.to_text().map_err(|_| Problem::Unreadable)?;
        let (store, id) = (self.store.clone(), person.id);
        let begun = web::block(move || store.begin_upload(id, &about)).await;
        let mut upload = match begun.map_err(|_| Problem::Unavailable)? {
            Err(StoreError::ImportWaits) => return Ok(Arrived::Busy),
            begun => begun?,
        };
        let (mut part, mut length) = (Vec::with_capacity(PART), 0);
        while let Some(bytes) = next(field).await? {
            length += bytes.len();
            if length > LARGEST {
                drop(upload);
                return read_on(field, length).await;
            }
            part.extend_from_slice(&bytes);
            if part.len() >= PART {
                upload = add(
                    upload,
                    std::mem::replace(&mut part, Vec::with_capacity(PART)),
                )
                .await?;
            }
        }
        if length == 0 {
            return Ok(Arrived::Nothing);
        }
        let upload = add(upload, part).await?;
        web::block(move || upload.finish())
            .await
            .map_err(|_| Problem::Unavailable)??;
        Ok(Arrived::File)
    }

    /// What is known of the file before it arrives.
    fn chosen(&self, person: &Person, form: &Form, file: &Field) -> Result<Chosen, Problem> {
        let name = file
            .content_disposition()
            .and_then(|said| said.get_filename())
            .map(|name| shortened(&one_line(name), OF_A_NAME))
            .filter(|name| !name.is_empty());
        let counties = self.counties_to_import(person)?;
        let named = counties
            .iter()
            .find(|county| county.id.as_str() == form.get("county"));
        let county = named.or_else(|| counties.first());
        let mapping = match form.get("mapping") {
            "" => form.get("map"),
            posted => posted,
        };
        Ok(Chosen {
            once: Token::draw(&mut rand::rng()).expose().to_owned(),
            name: name.unwrap_or_else(|| NAMELESS.to_owned()),
            at: self.clock.now(),
            encoding: form.get("encoding").to_owned(),
            county: county.map_or_else(String::new, |county| county.id.to_string()),
            mapping: mapping.to_owned(),
        })
    }
}

/// The next of what comes, unless the line is dead or breaks off.
async fn next<T, E>(
    stream: &mut (impl Stream<Item = Result<T, E>> + Unpin),
) -> Result<Option<T>, Problem> {
    let next = tokio::time::timeout(SILENCE, stream.next()).await;
    let next = next.map_err(|_| Problem::TooSlow)?;
    next.transpose().map_err(|_| Problem::Unreadable)
}

/// A field that is no file to import, as text: what is none in it shows as such.
async fn text(field: &mut Field) -> Result<String, Problem> {
    let mut text = Vec::new();
    while let Some(bytes) = next(field).await? {
        if text.len() + bytes.len() > LONGEST_FIELD {
            return Err(Problem::TooLarge);
        }
        text.extend_from_slice(&bytes);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

async fn add(mut upload: Upload, part: Vec<u8>) -> Result<Upload, Problem> {
    let added = web::block(move || upload.add(&part).map(|()| upload));
    Ok(added.await.map_err(|_| Problem::Unavailable)??)
}

/// Reads what is left of a file that is too large, within bounds.
async fn read_on(field: &mut Field, mut length: usize) -> Result<Arrived, Problem> {
    while let Some(bytes) = next(field).await? {
        length += bytes.len();
        if length > READ_ON {
            break;
        }
    }
    Ok(Arrived::TooLarge)
}
