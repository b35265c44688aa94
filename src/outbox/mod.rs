//! The senders: each claims what is due, hands it to the gateway or the mail server, records what came of it.
//!
//! `sending` is committed before the first byte leaves, and only on proof that a text did not leave is it sent again: after a
//! crash, a time-out or a 5xx a row is `uncertain` and waits. So a text may be late, or in doubt, but is not sent twice. The same
//! holds for emails, of which nobody tells later what became of them: one in doubt is sent again by hand only.
//! A wake after COMMIT is a hint, the table is the truth.

mod backoff;
mod mail_sender;
mod pace;
mod running;
mod sender;

pub use mail_sender::{MailSender, MailSettings};
pub use pace::GatewayState;
pub use sender::{Sender, SenderSettings, Settle};
