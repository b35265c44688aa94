//! A client that costs the machine little: prepared requests over kept connections, one thread.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) const CONNECTIONS: usize = 64;

pub(crate) struct Measured {
    pub per_second: f64,
    pub p99: Duration,
}

/// Sends each request once, as fast as they are answered. Each answer must be 200.
pub(crate) fn run(address: SocketAddr, requests: &[Vec<u8>]) -> Measured {
    send(address, requests, None)
}

/// The same at so many a second, whether those before are answered or not: a text that waits for them is as late as it seems to who sent it.
pub(crate) fn run_at(address: SocketAddr, requests: &[Vec<u8>], per_second: u32) -> Measured {
    send(address, requests, Some(Duration::from_secs(1) / per_second))
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn send(address: SocketAddr, requests: &[Vec<u8>], every: Option<Duration>) -> Measured {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            let connection = TcpStream::connect(address).await.unwrap();
            connection.set_nodelay(true).unwrap();
            connections.push(connection);
        }
        let local = tokio::task::LocalSet::new();
        let started = Instant::now();
        let tasks: Vec<_> = connections
            .into_iter()
            .enumerate()
            .map(|(first, connection)| {
                let due = (0..).map(|number| every.map(|every| started + every * number));
                let requests = due.zip(requests.iter().cloned());
                let own: Vec<_> = requests.skip(first).step_by(CONNECTIONS).collect();
                local.spawn_local(talk(connection, own))
            })
            .collect();
        let mut times = Vec::with_capacity(requests.len());
        local
            .run_until(async {
                for task in tasks {
                    times.extend(task.await.unwrap());
                }
            })
            .await;
        let per_second = requests.len() as f64 / started.elapsed().as_secs_f64();
        times.sort_unstable();
        Measured {
            per_second,
            p99: times[times.len() * 99 / 100],
        }
    })
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
async fn talk(
    mut connection: TcpStream,
    requests: Vec<(Option<Instant>, Vec<u8>)>,
) -> Vec<Duration> {
    let mut times = Vec::with_capacity(requests.len());
    let mut answer = [0_u8; 2048];
    for (due, request) in requests {
        if let Some(due) = due {
            tokio::time::sleep_until(due.into()).await;
        }
        let started = due.unwrap_or_else(Instant::now);
        connection.write_all(&request).await.unwrap();
        let mut read = 0;
        while !complete(&answer[..read]) {
            let more = connection.read(&mut answer[read..]).await.unwrap();
            assert!(more > 0, "the connection was closed");
            read += more;
        }
        assert!(
            answer.starts_with(b"HTTP/1.1 200"),
            "{}",
            String::from_utf8_lossy(&answer[..read])
        );
        times.push(started.elapsed());
    }
    times
}

/// Whether head and body have arrived; every answer here names its length.
fn complete(answer: &[u8]) -> bool {
    let text = std::str::from_utf8(answer).unwrap_or_default();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse::<usize>().ok());
    body.len() >= length.unwrap_or(0)
}
