//! A server that outlived the process that had started it. The lock is ours when this runs, so
//! whoever still serves the cluster is such a leftover; normally it is about to stop by itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use super::ClusterError;

const PATIENCE: Duration = Duration::from_secs(60);

/// Stops a server that still runs on `data`, and removes the process id file of one that died.
pub(super) fn stop(data: PathBuf) -> Result<(), ClusterError> {
    let pid_file = data.join("postmaster.pid");
    let Some(pid) = read_pid(&pid_file)? else { return Ok(()) };
    if !serves(pid, &data) {
        // Postgres copes with a stale file, unless its number now belongs to another process.
        tracing::info!(
            postgres.pid = pid.as_raw_nonzero().get(),
            "the last Postgres was killed; it recovers now"
        );
        return fs::remove_file(&pid_file).map_err(ClusterError::file("remove", &pid_file));
    }
    tracing::warn!(
        postgres.pid = pid.as_raw_nonzero().get(),
        "a Postgres that a killed portal left behind is being stopped"
    );
    for (signal, patience) in [(Signal::INT, PATIENCE), (Signal::QUIT, Duration::from_secs(10))] {
        // It may have ended by itself just now.
        let _ = rustix::process::kill_process(pid, signal);
        if gone(pid, &data, patience) {
            return Ok(());
        }
    }
    Err(ClusterError::Killed { pid: pid.as_raw_nonzero().get().unsigned_abs() })
}

/// The process id in the first line of the server's own lock file.
fn read_pid(pid_file: &Path) -> Result<Option<Pid>, ClusterError> {
    match fs::read_to_string(pid_file) {
        Ok(text) => {
            let number = text.lines().next().and_then(|line| line.trim().parse().ok());
            Ok(number.and_then(Pid::from_raw))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ClusterError::file("read", pid_file)(error)),
    }
}

/// True if process `pid` is a Postgres that was started on `data`.
fn serves(pid: Pid, data: &Path) -> bool {
    let arguments = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).unwrap_or_default();
    let mut arguments = arguments.split(|byte| *byte == 0);
    let program = arguments.next().unwrap_or_default();
    program.ends_with(b"/postgres") && arguments.any(|a| a == data.as_os_str().as_encoded_bytes())
}

fn gone(pid: Pid, data: &Path, patience: Duration) -> bool {
    let start = Instant::now();
    while serves(pid, data) {
        if start.elapsed() > patience {
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    true
}
