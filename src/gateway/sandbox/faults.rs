//! Faults that the sandbox can be told to have, so that tests see what the service does with each.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

/// What goes wrong with the next requests to send a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "kebab-case")]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// The text is taken, then the connection breaks within the answer.
    AcceptThenReset,
    /// The same, and no status callback is sent either.
    AcceptUnheard,
    /// The text is taken, then the answer is 500.
    AcceptThenServerError,
    /// The text is taken, then no answer comes for longer than anybody waits.
    AcceptThenHang,
    /// 429: not taken.
    TooManyRequests {
        /// `Retry-After`, in seconds.
        retry_after: Option<u32>,
    },
    /// 500, and not taken either.
    ServerErrorNotAccepted,
    /// 400 with this error code: not taken.
    Refuse {
        /// The gateway's error code.
        code: u32,
    },
    /// The text is taken and delivered; status callbacks are not sent.
    NoCallbacks,
    /// The text is taken; the carrier fails to deliver it, and the callback says so.
    Undelivered {
        /// The gateway's error code, 30003 for a phone that is off.
        code: u32,
    },
}

/// The fault that is on, and for how many requests more (`None`: until another is set).
#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<(Fault, Option<u32>)>);

impl Faults {
    fn lock(&self) -> MutexGuard<'_, (Fault, Option<u32>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the fault that is on.
    pub(super) fn set(&self, fault: Fault, times: Option<u32>) {
        *self.lock() = (fault, times);
    }

    /// The fault of this request.
    pub(super) fn take(&self) -> Fault {
        let mut state = self.lock();
        let (fault, left) = &mut *state;
        match left {
            None => *fault,
            Some(0) => Fault::None,
            Some(left) => {
                *left -= 1;
                *fault
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_lasts_as_often_as_it_was_told_to() {
        let faults = Faults::default();
        assert_eq!(faults.take(), Fault::None);
        faults.set(Fault::AcceptThenHang, Some(2));
        assert_eq!(
            [faults.take(), faults.take(), faults.take()],
            [Fault::AcceptThenHang, Fault::AcceptThenHang, Fault::None]
        );
        faults.set(Fault::Refuse { code: 21_610 }, None);
        assert_eq!(
            [faults.take(), faults.take()],
            [Fault::Refuse { code: 21_610 }; 2]
        );
        faults.set(Fault::None, None);
        assert_eq!(faults.take(), Fault::None);
    }
}
