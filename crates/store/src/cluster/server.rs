//! The server's process. It runs under a few lines of shell that watch a pipe from us: when the
//! pipe closes, because we stop it or because we were killed, the server is stopped in order. It
//! has a process group of its own, so that a Ctrl-C in the terminal reaches the portal first.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use super::account::Account;
use super::binaries::Binaries;
use super::directory::{Directory, PORT};
use super::{ClusterError, Durability};

/// Recovery after a crash reads back all changes since the last checkpoint.
const START_PATIENCE: Duration = Duration::from_secs(120);
const STOP_PATIENCE: Duration = Duration::from_secs(60);

/// Runs "$@" until it ends or standard input closes. SIGINT is Postgres's fast shutdown.
const GUARD: &str = r#"
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ read -r _ <&3; kill -INT "$server"; } >/dev/null 2>&1 &
watch=$!
exec 3<&- </dev/null
wait "$server"
status=$?
kill "$watch" 2>/dev/null
exit "$status"
"#;

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    guard: Child,
    pipe: Option<ChildStdin>,
    pid: u32,
}

impl Server {
    /// Starts the server and waits until it takes connections.
    pub(super) fn start(
        binaries: &Binaries,
        account: &Account,
        directory: &Directory,
        durability: Durability,
    ) -> Result<Self, ClusterError> {
        let start = Instant::now();
        loop {
            match Self::try_start(binaries, account, directory, durability) {
                // Sessions of a server that was killed take a moment to notice.
                Err(ClusterError::NotStarted { tail, .. })
                    if tail.contains("pre-existing shared memory block")
                        && start.elapsed() < Duration::from_secs(30) =>
                {
                    std::thread::sleep(Duration::from_millis(200));
                }
                outcome => return outcome,
            }
        }
    }

    fn try_start(
        binaries: &Binaries,
        account: &Account,
        directory: &Directory,
        durability: Durability,
    ) -> Result<Self, ClusterError> {
        let log_path = directory.log();
        let _ = fs::rename(&log_path, log_path.with_extension("log.1"));
        let log = File::create(&log_path).map_err(ClusterError::file("write", &log_path))?;
        let log_too = log.try_clone().map_err(ClusterError::file("write", &log_path))?;
        // Like the folder's other files the log belongs to the server's account.
        account.own(&log_path)?;

        let mut command = Command::new("/bin/sh");
        command.args(["-c", GUARD, "portal-postgres"]);
        command.arg(binaries.postgres()).arg("-D").arg(directory.data());
        for setting in settings(directory.socket(), durability) {
            command.arg("-c").arg(setting);
        }
        account.apply(&mut command, directory.root());
        command.process_group(0).stdin(Stdio::piped()).stdout(log).stderr(log_too);
        let mut guard = command.spawn().map_err(ClusterError::file("run", Path::new("/bin/sh")))?;
        let pipe = guard.stdin.take();
        let mut server = Self { guard, pipe, pid: 0 };
        server.wait_until_ready(directory)?;
        Ok(server)
    }

    /// Process id of the server itself.
    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Reads the server's own lock file, whose last line says `ready` when it takes connections.
    fn wait_until_ready(&mut self, directory: &Directory) -> Result<(), ClusterError> {
        let start = Instant::now();
        let pid_file = directory.data().join("postmaster.pid");
        loop {
            if let Ok(Some(status)) = self.guard.try_wait() {
                return Err(not_started(directory, format!("it ended with {status}")));
            }
            // Being rewritten at any time: what can't be read yet is read again.
            let lines = fs::read_to_string(&pid_file).unwrap_or_default();
            let lines: Vec<&str> = lines.lines().collect();
            if lines.get(7).is_some_and(|status| status.trim() == "ready") {
                self.pid = lines[0].trim().parse().unwrap_or_default();
                return Ok(());
            }
            if start.elapsed() > START_PATIENCE {
                return Err(not_started(
                    directory,
                    format!("not ready after {} s", START_PATIENCE.as_secs()),
                ));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Stops the server; does nothing if it has ended.
    pub(super) fn stop(&mut self) -> Result<(), ClusterError> {
        drop(self.pipe.take());
        if self.wait(STOP_PATIENCE).is_some() {
            return Ok(());
        }
        let group = i32::try_from(self.guard.id()).ok().and_then(Pid::from_raw);
        for signal in [Signal::QUIT, Signal::KILL] {
            if let Some(group) = group {
                // It may have ended just now.
                let _ = rustix::process::kill_process_group(group, signal);
            }
            if self.wait(Duration::from_secs(5)).is_some() {
                break;
            }
        }
        Err(ClusterError::Killed { pid: self.pid })
    }

    fn wait(&mut self, patience: Duration) -> Option<ExitStatus> {
        let start = Instant::now();
        loop {
            match self.guard.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if start.elapsed() < patience => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Ok(None) | Err(_) => return None,
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            tracing::warn!(%error, "stopping the embedded Postgres");
        }
    }
}

fn settings(socket: &Path, durability: Durability) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=".to_owned(),
        format!(
            "unix_socket_directories=\"{}\"",
            socket.display().to_string().replace('"', "\"\"")
        ),
        "unix_socket_permissions=0700".to_owned(),
        format!("port={PORT}"),
        "password_encryption=scram-sha-256".to_owned(),
        "max_connections=100".to_owned(),
        "logging_collector=off".to_owned(),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
        // Compiling a query takes longer than any of ours runs.
        "jit=off".to_owned(),
    ];
    if durability == Durability::None {
        settings.extend(
            [
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "shared_buffers=16MB",
                "min_wal_size=2MB",
            ]
            .map(str::to_owned),
        );
    }
    settings
}

fn not_started(directory: &Directory, reason: String) -> ClusterError {
    let log = directory.log();
    let text = fs::read_to_string(&log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines[lines.len().saturating_sub(10)..].join("\n");
    ClusterError::NotStarted { reason, log, tail }
}
