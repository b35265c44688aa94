//! Who waits for whom when the cores are busy: texts go first.

/// What a thread gives way by, of 19 at most. At 10 it gets about a tenth of a core that a text wants too, and all of one that none wants.
#[cfg(target_os = "linux")]
const GIVES_WAY: i32 = 10;

/// From now on this thread gives way to all others, for good: Linux lets nobody but root take it back. So it is for threads that do nothing
/// else, and for commands. Where Linux shares the cores out by unit or by session first, a command gives way within its own alone: beside
/// the service its unit has to say so (`CPUWeight=`). Other systems know a priority of processes only; there nothing changes.
pub(crate) fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(GIVES_WAY) {
        tracing::warn!(
            %error,
            "Figures do not give way to texts: the system lets no priority be changed. Does the unit allow setpriority, as deploy/jibu.service does?"
        );
    }
}
