//! What was laid ready is taken in: by the service, where one runs, else by this command.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::sync::watch;

use crate::cli::lines::{counted, grouped};
use crate::cli::progress::Progress;
use crate::cli::{say, serve};
use crate::clock::{Clock, Stopwatch};
use crate::configuration::{Configuration, Live};
use crate::import::{Mapping, TakenIn, take_in};
use crate::routing::score::share;
use crate::store::{
    OpenError, Store, StoreError, StorePaths, Unsealed, is_import_aside, is_import_waiting,
};

/// How often it is looked whether the service is through.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How often it is counted how far it is: to count takes the service time.
const COUNT_EVERY: Duration = Duration::from_secs(1);
/// Where nothing moves for so long it is looked whether there still is a service.
const SERVICE_GONE: Duration = Duration::from_secs(5);
/// Where a service takes nothing in for so long, who waits is told so.
const HELD_UP: Duration = Duration::from_secs(30);

fn paths(configuration: &Configuration) -> StorePaths {
    StorePaths {
        database: configuration.settings.database.path.clone(),
        keys: configuration.settings.keys.path.clone(),
    }
}

/// The database is ours, where no service runs.
fn own(configuration: &Configuration) -> anyhow::Result<Option<Store>> {
    match Store::open(&paths(configuration), Clock::system()) {
        Err(OpenError::InUse(_)) => Ok(None),
        opened => Ok(Some(opened?)),
    }
}

/// Makes a database before the service ever ran.
pub(super) fn make_database(configuration: &Configuration) -> anyhow::Result<()> {
    let store =
        own(configuration)?.context("the service is just making its database: try again")?;
    serve::runtime()?.block_on(store.close());
    Ok(())
}

/// Finishes an import that was interrupted, and that no service goes on with.
pub(super) fn finish_another(configuration: &Arc<Configuration>) -> anyhow::Result<()> {
    if !is_import_waiting(&configuration.settings.database.path) {
        return Ok(());
    }
    let Some(store) = own(configuration)? else {
        bail!(
            "another import is under way in the service; this one can begin when it is through. Nothing was imported"
        );
    };
    say("An import was interrupted: it is finished first.");
    let progress = Progress::start();
    let taken = take(configuration, store, |taken| {
        progress.pace(taken.rows, "rows")
    });
    drop(progress);
    match taken {
        Ok(taken) => tell(taken),
        // It holds up nobody any more.
        Err(error) if is_put_aside(&error) => say(&format!("It is not: {error:#}.")),
        Err(error) => return Err(error),
    }
    Ok(())
}

fn is_put_aside(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<StoreError>();
    matches!(error, Some(StoreError::ImportAside(_)))
}

/// How many rows of an import are here.
pub(super) fn here(mapping: &Mapping, database: &Unsealed) -> anyhow::Result<usize> {
    Ok(database.reader().handed_in_under(&mapping.keys())?)
}

/// Sees to it that all is taken in, and says how far that is; `before`, so many were here before it was laid ready.
pub(super) fn through(
    configuration: &Arc<Configuration>,
    mapping: &Mapping,
    rows: usize,
    before: usize,
    database: &Unsealed,
) -> anyhow::Result<()> {
    let progress = Progress::start();
    let at = |done: usize| {
        progress.at(share(done, rows));
        progress.pace(done, "rows");
    };
    let here = || here(mapping, database);
    let mut own_store = own(configuration)?;
    if own_store.is_none() {
        say("\nThe service takes it in between the texts, and goes on if you leave (Ctrl-C).");
        serve::runtime()?.block_on(async {
            let path = &configuration.settings.database.path;
            let (mut last, mut counted) = (before, Stopwatch::start());
            let (mut moved, mut looked) = (Stopwatch::start(), Stopwatch::start());
            let mut is_told = false;
            while is_import_waiting(path) && own_store.is_none() {
                tokio::time::sleep(LOOK_EVERY).await;
                if counted.elapsed() < COUNT_EVERY {
                    continue;
                }
                counted = Stopwatch::start();
                let here = here()?;
                at(here.saturating_sub(before));
                if here > last {
                    (last, moved, looked) = (here, Stopwatch::start(), Stopwatch::start());
                } else if looked.elapsed() > SERVICE_GONE {
                    // It was stopped meanwhile.
                    own_store = own(configuration)?;
                    looked = Stopwatch::start();
                }
                if moved.elapsed() > HELD_UP && !is_told {
                    say("\nThe service has not gone on for half a minute: its log says why. It tries again by itself, also if you leave.");
                    is_told = true;
                }
            }
            Ok::<_, anyhow::Error>(())
        })?;
    }
    let mut taken = TakenIn::default();
    if let Some(store) = own_store {
        taken = take(configuration, store, |taken| at(taken.rows))?;
    }
    drop(progress);
    let new = here()?.saturating_sub(before);
    if is_import_aside(&configuration.settings.database.path) {
        bail!(
            "{} of {rows} are in, and no more can be: what was laid ready is damaged, or the database does not take it; the service's log \
             says which. Import the same file once more: no row comes twice",
            grouped(new)
        );
    }
    tell(TakenIn {
        new,
        refused: rows.saturating_sub(new + taken.failed),
        ..taken
    });
    Ok(())
}

/// Takes in what waits, without a service.
fn take(
    configuration: &Arc<Configuration>,
    store: Store,
    told: impl FnMut(TakenIn),
) -> anyhow::Result<TakenIn> {
    let clock = Clock::system();
    let live = Live::new(Arc::clone(configuration), clock.now());
    let (_never, stop) = watch::channel(false);
    let taken = serve::runtime()?.block_on(async {
        let taken = take_in(&store, &live, &clock, &stop, told).await;
        store.close().await;
        taken
    });
    match taken {
        Err(error @ StoreError::ImportAside(_)) => Err(error.into()),
        taken => {
            let taken =
                taken.context("not all of it is in yet; the same command goes on where it was")?;
            Ok(taken.unwrap_or_default())
        }
    }
}

fn tell(taken: TakenIn) {
    say(&format!("\nImported: {}.", counted(taken.new, "complaint")));
    if taken.refused > 0 {
        say(&format!(
            "{} of its rows could not be taken: the configuration changed meanwhile, or the service's log says why. Import the file again to see which.",
            grouped(taken.refused)
        ));
    }
    if let Some(first) = taken.first_failed {
        say(&format!(
            "{} the database does not take, each tried again by itself; the first is row {first} of its file.",
            counted(taken.failed, "row")
        ));
    }
}
