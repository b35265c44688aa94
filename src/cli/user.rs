//! `jibu user`: who can log in to the console. The first administrator is made here; the rest can be done in the console itself.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};

use crate::actions::access::{
    Invitation, Invited, Left, Newcomer, invite, invite_again, leave, plain_email, role_in,
};
use crate::clock::Clock;
use crate::configuration::Settings;
use crate::console::invitation_link;
use crate::people::Person;
use crate::store::{OpenError, PersonRow, Store, StoreError, StorePaths, Tx, open_for_reading};

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub(super) enum User {
    /// Add somebody, and print the link that lets them in: once, to be handed to them alone
    Add(Add),
    /// List who can log in, and who has left
    List {
        /// The directory with service.toml
        #[arg(long, value_name = "DIR", default_value = "config")]
        config: PathBuf,
    },
    /// Print a new link for somebody who lost their password, their phone or the link before
    Invite(Named),
    /// Log somebody out for good; what they did stays in the history
    Leave(Named),
}

/// Somebody new.
#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// The directory with service.toml and routing.toml
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// By which they log in
    #[arg(long)]
    email: String,
    /// As others see them
    #[arg(long)]
    name: String,
    /// administrator, convener, officer or committee
    #[arg(long)]
    role: String,
    /// Of a convener or an officer: the organisation's id in routing.toml
    #[arg(long, value_name = "ID", conflicts_with = "county")]
    organisation: Option<String>,
    /// Of a committee: the county's id in routing.toml
    #[arg(long, value_name = "ID")]
    county: Option<String>,
}

/// Somebody who is in the list.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// The directory with service.toml
    #[arg(long, value_name = "DIR", default_value = "config")]
    config: PathBuf,
    /// By which they log in
    #[arg(long)]
    email: String,
}

pub(super) fn run(what: &User) -> anyhow::Result<ExitCode> {
    match what {
        User::Add(newcomer) => add(newcomer),
        User::List { config } => list(config),
        User::Invite(named) => invite_anew(named),
        User::Leave(named) => let_go(named),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn add(new: &Add) -> anyhow::Result<()> {
    let configuration = super::check::load(&new.config)?;
    let scope = match (new.role.as_str(), &new.organisation, &new.county) {
        ("administrator", None, None) => "",
        ("administrator", ..) => bail!("an administrator is of no organisation and no county"),
        ("convener" | "officer", None, _) => {
            bail!("of which organisation? Add --organisation with its id in routing.toml")
        }
        ("committee", _, None) => {
            bail!("of which county? Add --county with its id in routing.toml")
        }
        (_, organisation, county) => organisation.as_deref().or(county.as_deref()).unwrap_or(""),
    };
    let role = role_in(&configuration.rules, &new.role, scope)?;
    let newcomer = Newcomer::new(&new.name, &new.email, role)?;
    let name = newcomer.name.clone();
    let settings = &configuration.settings;
    let public_url = public_url(settings)?;
    let invited = write(settings, "invite", move |tx| invite(tx, &newcomer))?;
    match invited {
        Invited::Yes(invitation) => {
            tell_link(&name, public_url, &invitation);
            Ok(())
        }
        Invited::EmailTaken(known) => bail!(
            "{} has that email already; for a new link: `jibu user invite`",
            known.name
        ),
    }
}

fn invite_anew(named: &Named) -> anyhow::Result<()> {
    let settings = super::check::load_settings(&named.config)?;
    let public_url = public_url(&settings)?;
    let email = plain_email(&named.email);
    let made = write(&settings, "invite_again", move |tx| {
        let known = tx.account_of(&email)?.map(|account| account.person);
        let made = known.as_ref().map(|person| invite_again(tx, person.id));
        Ok(known.zip(made.transpose()?.flatten()))
    })?;
    let (person, invitation) = made.with_context(|| unknown(named))?;
    tell_link(&person.name, public_url, &invitation);
    Ok(())
}

fn let_go(named: &Named) -> anyhow::Result<()> {
    let settings = super::check::load_settings(&named.config)?;
    let email = plain_email(&named.email);
    let left = write(&settings, "leave", move |tx| {
        let known = tx.account_of(&email)?.map(|account| account.person);
        let left = known.as_ref().map(|person: &Person| leave(tx, person.id));
        Ok(known.zip(left.transpose()?))
    })?;
    match left {
        Some((person, Left::Yes { unseen })) => {
            super::say(&format!("{} can no longer log in.", person.name));
            if unseen > 0 {
                super::say(&format!(
                    "Nobody else of {} can: its {unseen} open complaints are seen by nobody there. Add somebody, or have the convener refer them on.",
                    person.role.scope()
                ));
            }
            Ok(())
        }
        Some((person, Left::LastAdministrator)) => bail!(
            "{} is the last administrator: nobody could let anybody in any more. Add another first, who has to log in once",
            person.name
        ),
        None | Some((_, Left::NotThere)) => bail!(unknown(named)),
    }
}

fn list(config: &Path) -> anyhow::Result<()> {
    let database = super::check::load_settings(config)?.database.path;
    let people = open_for_reading(&database)?.people(Clock::system().now())?;
    if people.is_empty() {
        super::say(
            "Nobody can log in yet. The first: jibu user add --role administrator --email … --name …",
        );
        return Ok(());
    }
    super::say(&line(["email", "role", "of", "last login", "name"]));
    for row in &people {
        super::say(&row_line(row));
    }
    Ok(())
}

fn row_line(row: &PersonRow) -> String {
    let login = match (row.left_at, row.last_login, row.invited_until) {
        (Some(left), ..) => format!("left {}", day(left)),
        (None, _, Some(until)) => format!("invited to {}", day(until)),
        (None, Some(at), None) => day(at),
        (None, None, None) => "never".to_owned(),
    };
    let Person {
        name, email, role, ..
    } = &row.person;
    line([email, role.word(), role.scope(), &login, name])
}

fn line([email, role, of, login, name]: [&str; 5]) -> String {
    format!("{email:32} {role:13} {of:20} {login:22} {name}")
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d").to_string()
}

fn unknown(named: &Named) -> String {
    format!(
        "nobody who can log in has the email {}; `jibu user list` says who there is",
        plain_email(&named.email)
    )
}

fn public_url(settings: &Settings) -> anyhow::Result<&str> {
    let url = settings.server.public_url.as_str();
    if url.is_empty() {
        bail!(
            "server.public_url is not set in service.toml, and the link begins with it; nothing was done"
        );
    }
    Ok(url)
}

fn tell_link(name: &str, public_url: &str, invitation: &Invitation) {
    super::say(&format!(
        "The link for {name}, good once and until {} (UTC). Whoever has it can log in as them: hand it to nobody else.\n\n  {}\n",
        invitation.until.format("%Y-%m-%d %H:%M"),
        invitation_link(public_url, &invitation.token),
    ));
}

/// Writes without a running service: the database has one writer, and the service is it.
fn write<T: Send + 'static>(
    settings: &Settings,
    name: &'static str,
    job: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> anyhow::Result<T> {
    let paths = StorePaths {
        database: settings.database.path.clone(),
        keys: settings.keys.path.clone(),
    };
    let store = match Store::open(&paths, Clock::system()) {
        Err(OpenError::InUse(_)) => bail!(
            "the service is running, and only it can write. Do it in the console, at {}/console/people, or stop the service first; nothing was done",
            settings.server.public_url
        ),
        opened => opened?,
    };
    super::serve::runtime()?.block_on(async {
        let written = store.write(name, job).await;
        store.close().await;
        Ok(written?)
    })
}
