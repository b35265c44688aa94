//! Looks at passwords, on two threads of its own: each look takes 19 MiB and a core for a while.
//!
//! Rejected: a pool of threads that grows, with a limit on how many work at once. What a thread has freed stays with it, so that the memory
//! grows with each thread that ever looked; and who hangs up gives back a turn whose work still goes on.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::problem::Problem;
use crate::people::password::{self, Memory, NotHashed, SALT_BYTES};

/// At the same time. More would let anybody fill the memory by logging in.
const AT_ONCE: usize = 2;
/// That wait for their turn: some seconds of work. Who comes when so many wait is asked to try again.
const WAITING: usize = 256;

type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// The queue of those who wait for theirs.
pub(super) struct Passwords(SyncSender<Job>);

impl Passwords {
    /// Starts the threads; they end with the queue.
    pub(super) fn start() -> std::io::Result<Self> {
        let (queue, jobs) = sync_channel(WAITING);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..AT_ONCE {
            let jobs = Arc::clone(&jobs);
            thread::Builder::new()
                .name("passwords".to_owned())
                .spawn(move || work_off(&jobs))?;
        }
        Ok(Self(queue))
    }

    /// What is to be stored of a password.
    pub(super) async fn hash(&self, password: &str) -> Result<Zeroizing<String>, Problem> {
        let password = Zeroizing::new(password.to_owned());
        let salt: [u8; SALT_BYTES] = rand::random();
        let hashed = self
            .work(move |memory| password::hash(&password, salt, memory))
            .await?;
        told(hashed).map(Zeroizing::new)
    }

    /// The stored form, if the password fits it. Takes the same time where there is none.
    pub(super) async fn fitting(
        &self,
        password: &str,
        stored: Option<Zeroizing<String>>,
    ) -> Result<Option<Zeroizing<String>>, Problem> {
        let password = Zeroizing::new(password.to_owned());
        let looked = self.work(move |memory| {
            // Nobody's password is longer; to hash a book would take its time.
            let stored = stored.filter(|_| password.chars().count() <= password::LONGEST);
            let known = stored.as_ref().map(|stored| stored.as_str());
            let fits = password::verify(&password, known, memory)?;
            Ok(stored.filter(|_| fits))
        });
        told(looked.await?)
    }

    /// Does it in its turn, unless by then nobody waits for it any more.
    async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, done) = oneshot::channel();
        let job = move |memory: &mut Memory| {
            if !answer.is_closed() {
                let _ = answer.send(job(memory));
            }
        };
        if self.0.try_send(Box::new(job)).is_err() {
            tracing::warn!("Too many wait for their password to be looked at");
            return Err(Problem::Unavailable);
        }
        done.await.map_err(|_| Problem::Unavailable)
    }
}

fn told<T>(looked: Result<T, NotHashed>) -> Result<T, Problem> {
    looked
        .inspect_err(|error| tracing::error!(%error, "A password could not be looked at"))
        .map_err(|_| Problem::Unavailable)
}

fn work_off(jobs: &Mutex<Receiver<Job>>) {
    let mut memory = Memory::default();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(&mut memory),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::pin::Pin;
    use std::sync::mpsc::channel;
    use std::task::{Context, Waker};

    use futures_util::future::join_all;

    use super::*;

    /// Hands a job over. Who drops what comes back has hung up.
    fn begun<'a, T: 'a>(
        work: impl Future<Output = T> + 'a,
    ) -> Pin<Box<dyn Future<Output = T> + 'a>> {
        let mut work = Box::pin(work);
        let polled = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(polled.is_pending());
        work
    }

    #[tokio::test]
    async fn two_threads_do_all_of_it() {
        let passwords = Passwords::start().unwrap();
        let looks = (0..50).map(|_| passwords.work(|_| thread::current().id()));
        let threads: Result<HashSet<_>, _> = join_all(looks).await.into_iter().collect();
        assert!(threads.unwrap().len() <= AT_ONCE);
    }

    #[tokio::test]
    async fn who_hangs_up_lets_nobody_in_earlier_and_is_worked_for_no_more() {
        let passwords = Passwords::start().unwrap();
        let (go, gate) = channel::<()>();
        let (gate, started) = (Arc::new(Mutex::new(gate)), channel());
        let holds = (0..AT_ONCE).map(|_| {
            let (gate, started) = (Arc::clone(&gate), started.0.clone());
            begun(passwords.work(move |_| {
                started.send(()).unwrap();
                let _ = gate.lock().unwrap().recv();
            }))
        });
        let holds: Vec<_> = holds.collect();
        for _ in 0..AT_ONCE {
            started.1.recv().unwrap();
        }
        drop(holds);

        let (worked, done) = channel();
        for _ in 1..WAITING {
            let worked = worked.clone();
            drop(begun(passwords.work(move |_| worked.send(()))));
        }
        let patient = begun(passwords.work(|_| "done"));
        assert_eq!(passwords.work(|_| ()).await, Err(Problem::Unavailable));

        drop((go, worked));
        assert_eq!(patient.await, Ok("done"));
        assert_eq!(done.iter().count(), 0);
    }
}
