//! The cluster's folder: made once with `initdb`, then only opened.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::ClusterError;
use super::Durability;
use super::account::Account;
use super::binaries::Binaries;
use super::credentials::{Credentials, SUPERUSER};

/// Part of the socket's name only: the server listens on no network.
pub(super) const PORT: u16 = 5432;

/// The longest path of a Unix socket (`sun_path` without its final zero byte).
const LONGEST_SOCKET_PATH: usize = 107;

/// Where the cluster, its socket and its log are.
#[derive(Debug)]
pub(super) struct Directory {
    root: PathBuf,
    /// A private folder elsewhere when the path of the socket would be too long.
    socket: Option<TempDir>,
}

impl Directory {
    /// Makes the folder that belongs to the server's account.
    pub(super) fn prepare(data_dir: &Path, account: &Account) -> Result<Self, ClusterError> {
        let data_dir = data_dir.canonicalize().map_err(ClusterError::file("open", data_dir))?;
        let root = data_dir.join("postgres");
        make_private(&root, account)?;
        let socket_path = root.join(format!(".s.PGSQL.{PORT}"));
        let socket = if socket_path.as_os_str().len() > LONGEST_SOCKET_PATH {
            let dir = tempfile::Builder::new()
                .prefix("portal-postgres-")
                .tempdir_in("/tmp")
                .map_err(ClusterError::file("make a folder in", Path::new("/tmp")))?;
            account.own(dir.path())?;
            Some(dir)
        } else {
            None
        };
        Ok(Self { root, socket })
    }

    /// The folder of the server's account.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// What Postgres calls the data directory.
    pub(super) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// The folder of the socket.
    pub(super) fn socket(&self) -> &Path {
        self.socket.as_ref().map_or(&self.root, TempDir::path)
    }

    /// The server's log.
    pub(super) fn log(&self) -> PathBuf {
        self.root.join("server.log")
    }

    /// The major version of the cluster, if there is one already.
    pub(super) fn version(&self) -> Result<Option<String>, ClusterError> {
        let path = self.data().join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(version) => Ok(Some(version.trim().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ClusterError::file("read", &path)(error)),
        }
    }

    /// Makes the cluster, unless there is one. It gets its name when it is complete: what a crash
    /// leaves half made is thrown away.
    pub(super) fn init(
        &self,
        binaries: &Binaries,
        account: &Account,
        credentials: &Credentials,
        durability: Durability,
    ) -> Result<(), ClusterError> {
        let data = self.data();
        if data.exists() {
            return Ok(());
        }
        let unfinished = self.root.join("data.new");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(ClusterError::file("remove", &unfinished))?;
        }
        let password_file = self.root.join("superuser-password");
        let _ = fs::remove_file(&password_file);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&password_file)
            .and_then(|mut file| writeln!(file, "{}", credentials.password(SUPERUSER)))
            .map_err(ClusterError::file("write", &password_file))?;
        account.own(&password_file)?;

        let mut initdb = Command::new(binaries.initdb());
        initdb
            .arg("--pgdata")
            .arg(&unfinished)
            .args(["--username", SUPERUSER, "--pwfile"])
            .arg(&password_file)
            .args(["--encoding=UTF8", "--locale=C.UTF-8"])
            .args(["--locale-provider=icu", "--icu-locale=vi"])
            .args(["--auth=scram-sha-256", "--data-checksums"]);
        if durability == Durability::None {
            initdb.args(["--no-sync", "--wal-segsize=1"]);
        }
        account.apply(&mut initdb, &self.root);
        let outcome = initdb.output();
        let _ = fs::remove_file(&password_file);
        let output = outcome.map_err(ClusterError::file("run", &binaries.initdb()))?;
        if !output.status.success() {
            let printed = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(ClusterError::Program { program: "initdb".into(), output: printed });
        }
        let hba = unfinished.join("pg_hba.conf");
        fs::write(
            &hba,
            "# The socket only, and everyone with a password.\nlocal all all scram-sha-256\n",
        )
        .map_err(ClusterError::file("write", &hba))?;
        fs::rename(&unfinished, &data).map_err(ClusterError::file("rename", &unfinished))
    }
}

/// Makes `path`, which only the server's account may enter.
fn make_private(path: &Path, account: &Account) -> Result<(), ClusterError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => account.own(path),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => account.own(path),
        Err(error) => Err(ClusterError::file("make", path)(error)),
    }
}
