//! Who gets into the console: invited, logging in, leaving.

mod change_password;
mod give_code;
mod invite;
mod leave;
mod log_in;
mod newcomer;
mod take_up;

pub use change_password::{NewPassword, PasswordChanged, change_password};
pub use give_code::{CodeGiven, Proved, give_code};
pub use invite::{Invitation, Invited, Newcomer, VALID, invite, invite_again};
pub use leave::{Left, leave};
pub use log_in::{Admitted, LogIn, SecondFactor, log_in};
pub use newcomer::{NoSuchRole, Odd, plain_email, plain_name, role_in};
pub use take_up::{TakeUp, TakenUp, take_up};
