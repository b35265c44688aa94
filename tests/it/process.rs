//! The real binary, as a process that can be killed.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};

use jibu::gateway::sandbox::Sandbox;

use crate::served::{self, wait_for};
use crate::world::paths;

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// The sample county's directory.
pub(crate) fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

/// A command of `jibu` to its end, with its database and keys in a folder.
pub(crate) fn jibu(arguments: &[&str], data: &Path) -> Output {
    command(arguments, data).output().unwrap()
}

pub(crate) fn command(arguments: &[&str], data: &Path) -> Command {
    let paths = paths(data);
    let mut command = Command::new(env!("CARGO_BIN_EXE_jibu"));
    command
        .args(arguments)
        .env("JIBU_DATABASE__PATH", paths.database)
        .env("JIBU_KEYS__PATH", paths.keys);
    command
}

/// What it said, if it went well.
pub(crate) fn said(output: &Output) -> String {
    let (told, why) = (words(&output.stdout), words(&output.stderr));
    assert!(output.status.success(), "{told}{why}");
    told
}

/// Why it would not, having said nothing else.
pub(crate) fn refused(output: &Output) -> String {
    let (told, why) = (words(&output.stdout), words(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{told}{why}");
    assert_eq!(told, "");
    why
}

fn words(said: &[u8]) -> String {
    String::from_utf8(said.to_vec()).unwrap()
}

/// The variable that sets a key; a name that is one already stays.
pub(crate) fn variable(key: &str) -> String {
    if key.starts_with("JIBU_") {
        key.to_owned()
    } else {
        format!("JIBU_{}", key.to_uppercase().replace('.', "__"))
    }
}

pub(crate) struct Process {
    child: Child,
    pub url: String,
    log: Arc<Mutex<String>>,
}

impl Process {
    /// `jibu serve` with the sample configuration, a database in `folder`, and a gateway at `api_base`.
    pub(crate) async fn serve(
        folder: &Path,
        port: u16,
        api_base: &str,
        changes: &[(&str, &str)],
    ) -> Self {
        Self::spawn(folder, port, api_base, changes).ready().await
    }

    /// The same by a configuration of its own.
    pub(crate) async fn serve_from(configuration: &Path, folder: &Path, port: u16) -> Self {
        let process = Self::spawn_from(configuration, folder, port, "http://127.0.0.1:9", &[]);
        process.ready().await
    }

    /// Waits until it answers.
    pub(crate) async fn ready(self) -> Self {
        let client = served::client();
        wait_for("the service to be ready", async || {
            let answer = client
                .get(format!("{}/health", self.url))
                .send()
                .await
                .ok()?;
            answer.status().is_success().then_some(())
        })
        .await;
        self
    }

    /// The same without waiting for it to be ready.
    pub(crate) fn spawn(
        folder: &Path,
        port: u16,
        api_base: &str,
        changes: &[(&str, &str)],
    ) -> Self {
        Self::spawn_from(&shipped(), folder, port, api_base, changes)
    }

    /// By a configuration of its own, without waiting for it to be ready.
    pub(crate) fn spawn_from(
        configuration: &Path,
        folder: &Path,
        port: u16,
        api_base: &str,
        changes: &[(&str, &str)],
    ) -> Self {
        let url = format!("http://127.0.0.1:{port}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_jibu"));
        command.args(["serve", "--config"]).arg(configuration);
        command.envs(
            served::settings(folder, &url, api_base, changes)
                .into_iter()
                .map(|(key, value)| (variable(key), value)),
        );
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, into) = (
            BufReader::new(child.stderr.take().unwrap()),
            Arc::clone(&log),
        );
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut log = into.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, url, log }
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Pulls the plug: SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop: SIGTERM.
    pub(crate) fn terminate(&self) {
        self.signal("-TERM");
    }

    /// Asks it to read its configuration: SIGHUP.
    pub(crate) fn hang_up(&self) {
        self.signal("-HUP");
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already gone, or no longer wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A sandbox gateway on a port of its own, which outlives the service.
pub(crate) fn gateway_for(service: &str) -> (Sandbox, String) {
    gateway_by(served::sandbox(service))
}

/// The same of a sandbox that is there already.
pub(crate) fn gateway_by(sandbox: Sandbox) -> (Sandbox, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (gateway_at(listener, sandbox), url)
}

/// The same where somebody listens already.
pub(crate) fn gateway_at(listener: TcpListener, sandbox: Sandbox) -> Sandbox {
    let mounted = sandbox.clone();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            actix_web::HttpServer::new(move || {
                actix_web::App::new().configure(|routes| mounted.configure(routes))
            })
            .workers(1)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run()
            .await
        })
    });
    sandbox
}
