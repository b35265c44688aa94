//! The least that an actix handler can do with the same form: read it and answer.

use std::net::{SocketAddr, TcpListener};

use actix_web::{App, HttpResponse, HttpServer, web};
use serde::Deserialize;

#[derive(Deserialize)]
#[expect(non_snake_case, reason = "the gateway's names")]
struct Form {
    MessageSid: String,
    From: String,
    To: String,
    Body: String,
}

async fn read(form: web::Form<Form>) -> HttpResponse {
    std::hint::black_box((&form.MessageSid, &form.From, &form.To, &form.Body));
    HttpResponse::Ok()
        .content_type("text/xml; charset=utf-8")
        .body("<Response/>")
}

pub(crate) struct Running(SocketAddr);

impl Running {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                HttpServer::new(|| App::new().route("/gateway/inbound", web::post().to(read)))
                    .workers(2)
                    .disable_signals()
                    .listen(listener)
                    .unwrap()
                    .run()
                    .await
            })
        });
        Self(address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0
    }
}
