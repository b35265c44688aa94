//! What the gateway's error codes mean for a text and for us.
//!
//! From the gateway's error dictionary (`/docs/api/errors/<code>`). It grows without notice, and its own specification
//! warns against programs that rely on it: so a code that is not here fails its one text and stops nothing else.

use crate::complaint::Failure;

/// What a code means, whether it came in the answer to a request or in a status callback.
pub fn failure_of(code: u32) -> Failure {
    match code {
        // The account's queue or rate is full, the phone is off, the loop guard is up, or the carrier does not know why.
        // 14107 lifts after 30 seconds, 21611 and 30001 with the queue, 30003 and 30008 may arrive hours later.
        14_107 | 20_429 | 20_503 | 21_611 | 30_001 | 30_003 | 30_008 => Failure::TryLater,

        // The person texted STOP to the gateway.
        21_610 => Failure::OptedOut,

        // Credentials (20003, 20006) or the account's path (20404); the account is suspended (30002).
        20_003 | 20_006 | 20_404 | 30_002
        // The number or sender we send from: unknown, not ours, or without SMS.
        | 21_212 | 21_603 | 21_606 | 21_607
        // A trial account may text verified numbers only; our status callback's URL is refused.
        | 21_608 | 21_609
        // The messaging service: not found, no senders, not ours.
        | 21_701..=21_705
        // The sender lacks a registration that the carriers ask for.
        | 30_032 | 30_034 => Failure::Misconfigured,

        // The number: missing (21604), invalid (21211), no mobile (21614), a landline (21635, 30006), unknown (30005), not
        // reachable from ours (21612), or in a country that the account may not text (21408). The last is a setting, but
        // whoever texts us from abroad would stop the line for all if it counted as one.
        // The words: none (21602, 21619), too many (21605, 21617, 21658), blocked on their way (30004, 30007, 30450).
        // The time: the text outlived its validity (30036).
        _ => Failure::Permanent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_code_stops_one_text_and_an_accounts_code_is_told_to_the_administrator() {
        for (code, failure) in [
            (21_211, Failure::Permanent),
            (21_408, Failure::Permanent),
            (21_614, Failure::Permanent),
            (21_617, Failure::Permanent),
            (30_005, Failure::Permanent),
            (30_007, Failure::Permanent),
            (21_610, Failure::OptedOut),
            (21_611, Failure::TryLater),
            (30_003, Failure::TryLater),
            (30_008, Failure::TryLater),
            (20_003, Failure::Misconfigured),
            (21_606, Failure::Misconfigured),
            (21_703, Failure::Misconfigured),
            (30_002, Failure::Misconfigured),
        ] {
            assert_eq!(failure_of(code), failure, "{code}");
        }
    }

    #[test]
    fn a_code_that_was_invented_since_fails_its_own_text_only() {
        assert_eq!(failure_of(99_999), Failure::Permanent);
    }
}
