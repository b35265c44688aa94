//! Looks at passwords, off the threads that answer and not many at once: each takes 19 MiB and a core for a while.

use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::problem::Problem;
use crate::people::password::{self, NotHashed, SALT_BYTES};

/// At the same time. More would let anybody fill the memory by logging in.
const AT_ONCE: usize = 2;

/// The queue of those who wait for theirs.
pub(super) struct Passwords(Semaphore);

impl Default for Passwords {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl Passwords {
    /// What is to be stored of a password.
    pub(super) async fn hash(&self, password: &str) -> Result<Zeroizing<String>, Problem> {
        let password = Zeroizing::new(password.to_owned());
        let salt: [u8; SALT_BYTES] = rand::random();
        self.work(move || password::hash(&password, salt))
            .await
            .map(Zeroizing::new)
    }

    /// The stored form, if the password fits it. Takes the same time where there is none.
    pub(super) async fn fitting(
        &self,
        password: &str,
        stored: Option<Zeroizing<String>>,
    ) -> Result<Option<Zeroizing<String>>, Problem> {
        let password = Zeroizing::new(password.to_owned());
        self.work(move || {
            // Nobody's password is longer; to hash a book would take its time.
            let stored = stored.filter(|_| password.chars().count() <= password::LONGEST);
            let fits = password::verify(&password, stored.as_ref().map(|stored| stored.as_str()))?;
            Ok(stored.filter(|_| fits))
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, NotHashed> + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = self.0.acquire().await.map_err(|_| Problem::Unavailable)?;
        let done = tokio::task::spawn_blocking(job).await;
        done.map_err(|_| Problem::Unavailable)?
            .inspect_err(|error| tracing::error!(%error, "A password could not be looked at"))
            .map_err(|_| Problem::Unavailable)
    }
}
