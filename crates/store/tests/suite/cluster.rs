//! The embedded server starts, stops and recovers.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};
use sqlx::{ConnectOptions as _, Connection as _};
use store::cluster::{Cluster, ClusterError, Durability, Settings, Urls};
use store::testing::temporary_folder;

fn settings(dir: &Path) -> Settings {
    Settings { durability: Durability::None, ..Settings::new(dir) }
}

fn runs(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

fn kill(pid: u32) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, Signal::KILL).unwrap();
}

async fn answers(urls: &Urls) -> bool {
    for options in [&urls.owner_register, &urls.owner_published, &urls.reader, &urls.registrar] {
        let mut connection = options.connect().await.unwrap();
        sqlx::query("select 1").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
    true
}

#[tokio::test]
async fn stopping_leaves_no_process_and_no_lock() {
    let dir = temporary_folder().unwrap();
    let cluster = Cluster::start_with(settings(dir.path())).await.unwrap();
    let pid = cluster.pid();
    assert!(runs(pid) && answers(&cluster.urls()).await);
    let secrets = dir.path().join("postgres-credentials.json");
    assert_eq!(secrets.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    cluster.stop().await.unwrap();
    assert!(!runs(pid));
    assert!(!dir.path().join("postgres/data/postmaster.pid").exists());
    assert!(!dir.path().join("postgres.lock").exists());

    // What was made is opened again, also after a cluster that was only dropped.
    drop(Cluster::start_with(settings(dir.path())).await.unwrap());
    let again = Cluster::start_with(settings(dir.path())).await.unwrap();
    assert!(answers(&again.urls()).await);
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_process_is_told_who_uses_the_directory() {
    let dir = temporary_folder().unwrap();
    let first = Cluster::start_with(settings(dir.path())).await.unwrap();
    let second = Cluster::start_with(settings(dir.path())).await.unwrap_err();
    assert!(matches!(&second, ClusterError::InUse { .. }), "{second}");
    assert!(second.to_string().contains(&format!("process {}", std::process::id())), "{second}");
    first.stop().await.unwrap();
}

#[tokio::test]
async fn a_server_that_was_killed_recovers() {
    let dir = temporary_folder().unwrap();
    let cluster = Cluster::start_with(settings(dir.path())).await.unwrap();
    kill(cluster.pid());
    drop(cluster);
    assert!(dir.path().join("postgres/data/postmaster.pid").exists());
    let cluster = Cluster::start_with(settings(dir.path())).await.unwrap();
    assert!(answers(&cluster.urls()).await);
    cluster.stop().await.unwrap();
}

/// The test starts itself again as a portal that starts a cluster, and kills that.
#[tokio::test]
async fn a_portal_that_was_killed_leaves_no_server_behind() {
    const DIR: &str = "STORE_TEST_START_CLUSTER_IN";
    if let Some(dir) = std::env::var_os(DIR) {
        let cluster = Cluster::start_with(settings(Path::new(&dir))).await.unwrap();
        let (new, ready) = (Path::new(&dir).join("new"), Path::new(&dir).join("ready"));
        std::fs::write(&new, cluster.pid().to_string()).unwrap();
        std::fs::rename(new, ready).unwrap();
        std::thread::sleep(Duration::from_secs(120));
        drop(cluster);
        return;
    }
    let dir = temporary_folder().unwrap();
    let ready = dir.path().join("ready");
    let killed_portal = async || {
        let mut portal = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "cluster::a_portal_that_was_killed_leaves_no_server_behind"])
            .env(DIR, dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        wait_until("the portal is ready", || ready.exists()).await;
        let server: u32 = std::fs::read_to_string(&ready).unwrap().parse().unwrap();
        std::fs::remove_file(&ready).unwrap();
        assert!(runs(server));
        kill(portal.id());
        portal.wait().unwrap();
        server
    };

    let server = killed_portal().await;
    wait_until("the server stops by itself", || !runs(server)).await;

    // Another portal at once, while the killed one's server is still there.
    let server = killed_portal().await;
    let cluster = Cluster::start_with(settings(dir.path())).await.unwrap();
    assert!(!runs(server));
    assert!(answers(&cluster.urls()).await);
    cluster.stop().await.unwrap();
}

async fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what}: not in time");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn missing_programs_are_named_with_their_package() {
    let dir = temporary_folder().unwrap();
    let mut settings = settings(dir.path());
    settings.search = Some(vec![dir.path().join("nowhere")]);
    let error = Cluster::start_with(settings).await.unwrap_err();
    assert!(matches!(error, ClusterError::NotInstalled { .. }), "{error}");
    assert!(error.to_string().contains("package `postgresql`"), "{error}");
}

#[tokio::test]
async fn a_data_directory_with_a_long_path_works() {
    let dir = temporary_folder().unwrap();
    let long = dir.path().join("d".repeat(100));
    let cluster = Cluster::start_with(settings(&long)).await.unwrap();
    assert!(answers(&cluster.urls()).await);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_postgres_cannot_enter_is_named() {
    if !rustix::process::geteuid().is_root() {
        return; // The server then runs as the same user.
    }
    let dir = temporary_folder().unwrap();
    let closed = dir.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    let error = Cluster::start_with(settings(&closed.join("data"))).await.unwrap_err();
    assert!(
        matches!(&error, ClusterError::Unreachable { blocked, .. } if blocked.ends_with("closed")),
        "{error}"
    );
}
