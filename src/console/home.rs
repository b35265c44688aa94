//! Where somebody lands who logged in.

use actix_web::HttpResponse;

use super::guard::{Visitor, go_to};

pub(super) async fn page(_visitor: Visitor) -> HttpResponse {
    go_to("/console/account")
}
