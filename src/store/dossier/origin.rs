//! Who complained and who brought it, of what came by no text.

use rusqlite::{OptionalExtension, params};

use crate::complaint::OrganisationId;
use crate::store::dossier::Entry;
use crate::store::error::StoreError;
use crate::store::lodging::cell;
use crate::store::reader::Reader;

/// Whose it is and by whose hands it came, as far as that was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The name of whom it is about.
    pub name: Option<String>,
    /// Who brought it on that person's behalf; empty: somebody who did not say who they are.
    pub brought_by: Option<String>,
    /// Who of a partner took it down, and of which organisation they were then.
    pub taken_by: Option<(String, Option<OrganisationId>)>,
}

impl Reader<'_> {
    /// The origin of a complaint. `received` is the first entry of its history. Names that do not open hide nothing else of the page.
    pub(super) fn origin(
        &self,
        complaint_id: i64,
        received: Option<&Entry>,
    ) -> Result<Origin, StoreError> {
        let sealed = self
            .connection
            .prepare_cached("SELECT name, brought_by FROM lodging WHERE complaint_id = ?1")?
            .query_row(params![complaint_id], |row| Ok([row.get(0)?, row.get(1)?]))
            .optional()?;
        let [name, brought_by]: [Option<Vec<u8>>; 2] = sealed.unwrap_or_default();
        let open = |column, sealed: Option<Vec<u8>>| {
            let opened = self.keys.open(cell(complaint_id, column), &sealed?);
            opened
                .inspect_err(
                    |error| tracing::error!(complaint_id, %error, "A name cannot be shown"),
                )
                .ok()
        };
        Ok(Origin {
            name: open("name", name),
            brought_by: open("brought_by", brought_by),
            taken_by: received.and_then(|entry| {
                let person = entry.person.clone()?;
                Some((person, entry.organisation.clone()))
            }),
        })
    }
}
