//! Where somebody lands who logged in: at what they have to do.

use actix_web::{HttpResponse, web};

use super::Console;
use super::guard::{Visitor, go_to};
use crate::people::RoleKind;

pub(super) async fn page(console: web::Data<Console>, visitor: Visitor) -> HttpResponse {
    go_to(match visitor.person.role.kind() {
        RoleKind::Administrator => "/console/people",
        RoleKind::Convener if console.convenes(&visitor.person) => "/console/queue",
        RoleKind::Convener | RoleKind::Officer => "/console/complaints",
        RoleKind::Committee => "/console/figures",
    })
}
