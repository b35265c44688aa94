//! A disk that is full: 503 and nothing half done; room again: all is well by itself.

use std::path::Path;
use std::process::Command;

use reqwest::StatusCode;

use crate::process::{Process, free_port, gateway_for};
use crate::served::{KEY, client, form, post, wait_for};
use crate::world::new_sid;

/// A disk of four megabytes, unmounted at the end.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// `None` where mounting is not allowed.
    fn mount(at: &'a Path) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(at)
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(at))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_503_and_room_again_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = SmallDisk::mount(folder.path()) else {
        eprintln!("not tried: mounting a small disk takes root");
        return;
    };
    let port = free_port();
    let (_sandbox, gateway) = gateway_for(&format!("http://127.0.0.1:{port}"));
    let mut process = Process::serve(folder.path(), port, &gateway, &[]).await;
    let client = client();
    let deliver = async |index: u32, sid: &str| {
        let form = form(
            sid,
            &format!("+25471{index:07}"),
            "Borehole in Eldas is broken",
        );
        post(&client, &process.url, "/gateway/inbound", &form, KEY)
            .await
            .status()
    };

    let filler = folder.path().join("filler");
    let _ = Command::new("dd")
        .args(["if=/dev/zero", "bs=4k", &format!("of={}", filler.display())])
        .status();
    let mut refused = None;
    for index in 0..2_000 {
        let sid = new_sid();
        if deliver(index, &sid).await != StatusCode::OK {
            refused = Some((index, sid));
            break;
        }
    }
    let (index, sid) = refused.expect("a full disk refuses");
    assert_eq!(deliver(index, &sid).await, StatusCode::SERVICE_UNAVAILABLE);
    let health = client
        .get(format!("{}/health", process.url))
        .send()
        .await
        .unwrap();
    assert_eq!(health.status(), StatusCode::SERVICE_UNAVAILABLE);

    std::fs::remove_file(&filler).unwrap();
    assert_eq!(
        deliver(index, &sid).await,
        StatusCode::OK,
        "{}",
        process.log()
    );
    wait_for("health to be green", async || {
        let health = client
            .get(format!("{}/health", process.url))
            .send()
            .await
            .ok()?;
        health.status().is_success().then_some(())
    })
    .await;
    process.terminate();
    assert!(process.wait().success());
}
