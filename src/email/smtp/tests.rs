use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{
    AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, DuplexStream, ReadBuf,
};

use super::*;
use crate::email::Sender;

/// A wire that holds so little that who writes knows how much was read.
#[derive(Debug)]
struct Wire(DuplexStream);

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Err(io::Error::other("it has none"))
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// A server that hangs up once it has read a line like that of the letter.
async fn hang_up_after(last: &'static str) -> Outcome {
    let (ours, theirs) = tokio::io::duplex(64);
    let mut theirs = BufReader::new(theirs);
    tokio::spawn(async move {
        theirs.write_all(b"220 ready\r\n").await.unwrap();
        let (mut line, mut in_letter) = (String::new(), false);
        while theirs.read_line(&mut line).await.unwrap() > 0 {
            if in_letter && line == last {
                return;
            }
            if line.starts_with("DATA") {
                in_letter = true;
                theirs.write_all(b"354 go ahead\r\n").await.unwrap();
            } else if !in_letter {
                theirs.write_all(b"250 ok\r\n").await.unwrap();
            }
            line.clear();
        }
    });
    let settings = SmtpSettings {
        server: "localhost".to_owned(),
        port: 25,
        security: Security::None,
        user: String::new(),
        password: String::new().into(),
    };
    let mailer = SmtpMailer::new(settings, Timeouts::default()).unwrap();
    let hello = ClientId::default();
    let connection = AsyncSmtpConnection::connect_with_transport(Box::new(Wire(ours)), &hello);
    let letter = Letter {
        id: 7,
        from: Sender {
            name: String::new(),
            address: "jibu@example.org".to_owned(),
        },
        returns_to: "jibu@example.org".to_owned(),
        to: "halima@water.example".to_owned(),
        reply_to: None,
        subject: "Two complaints wait".to_owned(),
        plain: "first line\nand so on\n".repeat(20),
        html: None,
        follows: None,
        date: "2026-05-04T06:00:00Z".parse().unwrap(),
    };
    let message = letter.compose().unwrap();
    mailer.converse(connection.await.unwrap(), &message).await
}

#[tokio::test]
async fn a_letter_that_broke_off_was_not_taken_and_one_that_was_whole_may_have_been() {
    assert_eq!(
        hang_up_after("first line\r\n").await,
        Outcome::NotNow(EmailFailure::BrokenOff, None)
    );
    assert_eq!(hang_up_after(".\r\n").await, Outcome::Uncertain);
}
