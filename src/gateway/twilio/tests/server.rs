//! A server of raw TCP that reads a request and then does what no HTTP server would.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server does once it has read the request.
#[derive(Clone)]
pub(super) enum Then {
    Say(String),
    /// Closes with a byte unread, so that the other side gets a reset and not an end.
    Reset,
    Close,
    Hang,
    /// An answer of one byte every few milliseconds, without an end.
    Drip,
}

pub(super) struct Server {
    pub(super) base: String,
    pub(super) requests: Arc<Mutex<Vec<String>>>,
}

pub(super) fn server(then: Then) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = requests.clone();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let unread = usize::from(matches!(then, Then::Reset));
            seen.lock()
                .unwrap()
                .push(read_request(&mut connection, unread));
            answer(connection, &then);
        }
    });
    Server { base, requests }
}

fn read_request(connection: &mut TcpStream, unread: usize) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        connection.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let mut request = String::from_utf8(head).unwrap();
    let length: usize = request
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        })
        .unwrap_or_default();
    let mut body = vec![0; length];
    connection.read_exact(&mut body[..length - unread]).unwrap();
    if unread > 0 {
        connection.peek(&mut [0]).unwrap();
    }
    request.push_str(&String::from_utf8_lossy(&body));
    request
}

fn answer(mut connection: TcpStream, then: &Then) {
    match then {
        Then::Say(words) => connection.write_all(words.as_bytes()).unwrap_or_default(),
        Then::Reset | Then::Close => {}
        Then::Hang => {
            let _until_the_client_leaves = connection.read(&mut [0]);
        }
        Then::Drip => {
            connection
                .write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 60000\r\n\r\n{")
                .unwrap();
            connection
                .set_read_timeout(Some(Duration::from_millis(10)))
                .unwrap();
            while matches!(connection.read(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
            {
                if connection.write_all(b" ").is_err() {
                    break;
                }
            }
        }
    }
}

pub(super) fn says(status: &str, headers: &str, body: &str) -> Then {
    Then::Say(format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    ))
}
