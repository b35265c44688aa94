//! The headers of every response of the console, also of errors and of what is not there.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web;

use super::Console;
use crate::pages::harden;

pub(super) async fn on_every_response(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_secure = request
        .app_data::<web::Data<Console>>()
        .is_some_and(|console| console.is_secure());
    // What is inside answers with a response whatever goes wrong, never with an error.
    let mut response = next.call(request).await?.map_into_boxed_body();
    harden(response.headers_mut(), is_secure);
    Ok(response)
}
