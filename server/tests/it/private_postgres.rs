//! The private PostgreSQL: who starts it, who stops it, and what it survives.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use server::postgres::PrivatePostgres;

use crate::folder::Folder;

async fn start(data: &Path) -> PrivatePostgres {
    PrivatePostgres::start(data).await.expect("PostgreSQL starts; scripts/setup --test installs it")
}

/// Asks through `psql`, as whoever the URL says.
fn query(url: &str, sql: &str) -> Result<String, String> {
    let output = Command::new("psql").args(["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, url]).output();
    let output = output.expect("psql runs; it comes with PostgreSQL");
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The socket's folder, out of the connection URL.
fn socket(url: &str) -> PathBuf {
    let url = url::Url::parse(url).expect("a URL");
    let host = url.query_pairs().find(|(name, _)| name == "host").expect("a socket").1;
    PathBuf::from(host.into_owned())
}

fn postmaster(data: &Path) -> Option<Pid> {
    let text = fs::read_to_string(data.join("postgres/postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

fn kill(pid: Pid) {
    kill_process(pid, Signal::KILL).expect("the process is ours");
}

/// Waits for `done`: events, not times, are what is tested.
async fn until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn the_role_is_ordinary_and_only_the_socket_listens() {
    let folder = Folder::new();
    let data = folder.path().join("data");
    let postgres = start(&data).await;
    let ask = |sql: &str| query(postgres.url(), sql).expect("answers");

    let role = "select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = user";
    assert_eq!(ask(role), "understudy|f|f|f|f");
    assert_eq!(ask("select pg_get_userbyid(datdba) from pg_database where datname = current_database()"), "understudy");
    assert_eq!(ask("show listen_addresses"), "");
    for durable in ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"] {
        assert_eq!(ask(&format!("show {durable}")), "on", "{durable}");
    }
    assert_eq!(ask("show server_encoding"), "UTF8");
    let other = postgres.url().replace("/understudy?", "/postgres?");
    assert!(query(&other, "select 1").is_err(), "the ordinary role may only see its own database");

    let socket = socket(postgres.url());
    assert_eq!(fs::metadata(&socket).expect("exists").permissions().mode() & 0o777, 0o700);
    assert!(socket.join(".s.PGSQL.5432").as_os_str().len() <= 107);
    postgres.stop().await.expect("stops");
    assert_eq!(postmaster(&data), None);
}

#[tokio::test]
async fn what_was_committed_survives_a_kill_of_the_server() {
    let folder = Folder::new();
    let postgres = start(folder.path()).await;
    query(postgres.url(), "create table kept (n int); insert into kept values (42)").expect("commits");

    let killed = postmaster(folder.path()).expect("runs");
    kill(killed);
    until("the next server", || postmaster(folder.path()).is_some_and(|pid| pid != killed)).await;
    until("an answer", || query(postgres.url(), "select n from kept").is_ok_and(|n| n == "42")).await;
    postgres.stop().await.expect("stops");
}

#[tokio::test]
async fn a_killed_process_leaves_a_server_that_the_next_one_uses_and_stops() {
    let folder = Folder::new();
    let first = start(folder.path()).await;
    query(first.url(), "create table kept (n int); insert into kept values (42)").expect("commits");
    let pid = postmaster(folder.path());
    // Dropping without stopping is all that a kill leaves: the locks go, the server stays.
    drop(first);

    let second = start(folder.path()).await;
    assert_eq!(postmaster(folder.path()), pid, "the server that runs is used");
    assert_eq!(query(second.url(), "select n from kept").expect("answers"), "42");
    second.stop().await.expect("stops");
    assert_eq!(postmaster(folder.path()), None);
}

#[tokio::test]
async fn process_and_server_killed_together_leave_no_stale_lock() {
    let folder = Folder::new();
    let first = start(folder.path()).await;
    query(first.url(), "create table kept (n int); insert into kept values (42)").expect("commits");
    let killed = postmaster(folder.path()).expect("runs");
    drop(first);
    kill(killed);

    // The worst case: the number in the stale files has been given to a living process of the same user.
    let ours = std::process::id().to_string();
    for stale in ["postgres/postmaster.pid", "socket/.s.PGSQL.5432.lock"] {
        let path = folder.path().join(stale);
        let text = fs::read_to_string(&path).expect("a killed server leaves it");
        let rest = text.split_once('\n').expect("lines").1;
        fs::write(&path, format!("{ours}\n{rest}")).expect("writes");
    }
    let second = start(folder.path()).await;
    assert_eq!(query(second.url(), "select n from kept").expect("answers"), "42");
    second.stop().await.expect("stops");
}

#[tokio::test]
async fn the_last_user_stops_it() {
    let folder = Folder::new();
    let (first, second) = tokio::join!(start(folder.path()), start(folder.path()));
    assert_eq!(first.url(), second.url());
    first.stop().await.expect("leaves");
    assert_eq!(query(second.url(), "select 1").expect("the other one still uses it"), "1");
    second.stop().await.expect("stops");
    assert_eq!(postmaster(folder.path()), None);
}

#[tokio::test]
async fn a_cluster_that_was_being_made_is_made_anew() {
    let folder = Folder::new();
    let unfinished = folder.path().join("postgres.unfinished");
    fs::create_dir(&unfinished).expect("makes");
    fs::write(unfinished.join("PG_VERSION"), "15").expect("writes");
    let postgres = start(folder.path()).await;
    assert_eq!(query(postgres.url(), "select 1").expect("answers"), "1");
    assert!(!unfinished.exists());
    postgres.stop().await.expect("stops");
}

#[tokio::test]
async fn a_long_path_gets_its_socket_elsewhere_and_keeps_it() {
    let folder = Folder::new();
    let data = folder.path().join("a-folder-with-a-long-name".repeat(5));
    let first = start(&data).await;
    let url = first.url().to_owned();
    let socket = socket(&url);
    assert!(socket.join(".s.PGSQL.5432").as_os_str().len() <= 107);
    first.stop().await.expect("stops");

    let second = start(&data).await;
    assert_eq!(second.url(), url);
    second.stop().await.expect("stops");
    fs::remove_dir_all(socket).expect("it was ours alone");
}

#[tokio::test]
async fn root_hands_a_cluster_to_the_user_it_belongs_to() {
    if !rustix::process::geteuid().is_root() {
        // Only root can give files away; for anybody else the cluster is simply their own.
        return;
    }
    let folder = Folder::new();
    let cluster = folder.path().join("postgres");
    fs::create_dir(&cluster).expect("makes");
    chown(&cluster, Some(65534), Some(65534)).expect("root gives it away");

    let postgres = start(folder.path()).await;
    assert_eq!(query(postgres.url(), "select 1").expect("root reaches the socket"), "1");
    let pid = postmaster(folder.path()).expect("runs");
    let process = fs::metadata(format!("/proc/{pid}")).expect("runs");
    assert_eq!(process.uid(), 65534);
    postgres.stop().await.expect("stops");
}
