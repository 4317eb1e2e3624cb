//! The program as whoever runs it meets it: it starts, says that it is ready, and leaves in order.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::folder::Folder;
use crate::raw_http::{get, send};

/// A running `understudy serve`, killed when a test fails.
pub struct House {
    child: Child,
    pub console: SocketAddr,
    pub api: SocketAddr,
}

/// The program with nothing of our own environment that could set it up otherwise.
pub fn understudy(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_understudy"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("UNDERSTUDY_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command.env("UNDERSTUDY_DATA", data).env("UNDERSTUDY_LOG_LEVEL", "warn").stdin(Stdio::null());
    command
}

/// Addresses that no other test has: the loopback network has sixteen million.
fn own_addresses() -> (SocketAddr, SocketAddr) {
    let [a, b, c, ..] = uuid::Uuid::new_v4().into_bytes();
    let ip = Ipv4Addr::new(127, a.max(1), b, c.clamp(1, 254));
    (SocketAddr::from((ip, 3000)), SocketAddr::from((ip, 4566)))
}

impl House {
    /// Starts one and waits until it is ready.
    pub fn start(data: &Path, settings: &[(&str, &str)]) -> Self {
        Self::run(understudy(data), settings)
    }

    /// Starts one whose log is kept in a file.
    pub fn start_logging(data: &Path, settings: &[(&str, &str)], log: std::fs::File) -> Self {
        let mut command = understudy(data);
        command.stdout(log.try_clone().expect("a second handle")).stderr(log);
        Self::run(command, settings)
    }

    fn run(mut command: Command, settings: &[(&str, &str)]) -> Self {
        let (console, api) = own_addresses();
        command.arg("serve").env("UNDERSTUDY_ADDR", console.to_string()).env("UNDERSTUDY_API_ADDR", api.to_string());
        command.envs(settings.iter().copied());
        let mut house = Self { child: command.spawn().expect("the program runs"), console, api };
        let deadline = Instant::now() + Duration::from_secs(120);
        loop {
            if std::net::TcpStream::connect(console).is_ok() && get(console, "/readyz").status == 200 {
                return house;
            }
            let ended = house.child.try_wait().expect("the child is ours");
            assert!(ended.is_none(), "the program ended before it was ready: {ended:?}");
            assert!(Instant::now() < deadline, "the program is not ready");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).expect("a process number")).expect("not zero");
        kill_process(pid, signal).expect("the child is ours");
    }

    /// Asks it to leave, and waits until it has.
    pub fn leave(mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.child.wait().expect("the child is ours")
    }

    fn kill(mut self) {
        self.signal(Signal::KILL);
        self.child.wait().expect("the child is ours");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // After `leave` and `kill` there is nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_starts_answers_and_leaves_with_its_database() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    assert_eq!(get(house.console, "/healthz").text(), "alive\n");
    assert!(folder.path().join("postgres/postmaster.pid").exists());
    assert!(house.leave().success());
    assert!(!folder.path().join("postgres/postmaster.pid").exists(), "the last one stops PostgreSQL");
}

#[test]
fn prometheus_reads_figures_on_an_address_of_their_own() {
    let folder = Folder::new();
    let (watched, _) = own_addresses();
    let house = House::start(folder.path(), &[("UNDERSTUDY_METRICS_ADDR", &watched.to_string())]);
    get(house.console, "/no-such-page");
    let figures = get(watched, "/metrics").text();
    assert!(figures.contains("understudy_database_up 1"), "{figures}");
    let count = |line: &str| {
        let value = figures.lines().find_map(|told| told.strip_prefix(line)).expect(line);
        value.trim().parse::<u64>().expect("a number")
    };
    assert!(count("understudy_requests_total{door=\"console\",status=\"2xx\"}") >= 1, "{figures}");
    assert!(count("understudy_requests_total{door=\"console\",status=\"4xx\"}") >= 1, "{figures}");
    assert_eq!(get(house.console, "/metrics").status, 404, "not where browsers come");
    assert!(house.leave().success());
}

#[test]
fn a_kill_loses_nothing_and_the_next_start_finds_everything() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let create = ["account", "create", "--email", "kept@example.com", "--name", "Kept", "--json"];
    let made = understudy(folder.path()).args(create).output().expect("the program runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    house.kill();

    let house = House::start(folder.path(), &[]);
    let list = understudy(folder.path()).args(["account", "list"]).output().expect("the program runs");
    assert!(String::from_utf8_lossy(&list.stdout).contains("kept@example.com"));
    assert!(house.leave().success());
}

#[test]
fn two_processes_share_one_private_database() {
    let folder = Folder::new();
    let first = House::start(folder.path(), &[]);
    let second = House::start(folder.path(), &[]);
    assert!(first.leave().success());
    assert_eq!(get(second.console, "/readyz").status, 200, "the other one still has its database");
    assert!(second.leave().success());
    assert!(!folder.path().join("postgres/postmaster.pid").exists());
}

#[test]
fn an_account_s_own_host_leads_to_the_public_url() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[("UNDERSTUDY_SIGNIN_DOMAIN", "example.com")]);
    let answer = send(house.console, "GET", "/console", &[("x-forwarded-host", "acme.signin.example.com")], b"");
    assert_ne!(answer.header("location"), Some("x"), "a forwarded host is not read");
    let mut socket = crate::raw_http::connect(house.console);
    let request = "GET /console HTTP/1.1\r\nhost: acme.signin.example.com\r\nconnection: close\r\n\r\n";
    std::io::Write::write_all(&mut socket, request.as_bytes()).expect("the request is taken");
    let answer = crate::raw_http::read(&mut socket);
    let expected = format!("http://localhost:{}/signin/acme/console", house.console.port());
    assert_eq!((answer.status, answer.header("location")), (303, Some(expected.as_str())));
    assert!(house.leave().success());
}

#[test]
fn the_api_answers_on_its_own_address() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let unsigned = b"Action=GetCallerIdentity&Version=2011-06-15";
    let answer = send(house.api, "POST", "/", &form, unsigned);
    assert_eq!(answer.status, 403, "{answer:?}");
    assert!(answer.text().contains("<Code>MissingAuthenticationToken</Code>"), "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(house.leave().success());
}
