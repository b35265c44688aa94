//! Where somebody lands who logged in: at what they have to do.

use actix_web::HttpResponse;

use super::guard::{Visitor, go_to};
use crate::people::RoleKind;

pub(super) async fn page(visitor: Visitor) -> HttpResponse {
    go_to(match visitor.person.role.kind() {
        RoleKind::Administrator => "/console/people",
        RoleKind::Convener => "/console/queue",
        RoleKind::Officer => "/console/complaints",
        RoleKind::Committee => "/console/figures",
    })
}
