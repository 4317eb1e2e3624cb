//! Peers that mean no good: heads that never end, heads and bodies that are too long, and a server that leaves while
//! somebody is still talking.

use std::io::{Read, Write};

use rustix::process::Signal;

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{connect, get, read, send};

#[test]
fn a_head_that_never_ends_is_given_up() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let mut slow = connect(house.console);
    slow.write_all(b"GET / HTTP/1.1\r\nx-never: ").expect("the first bytes are taken");
    let mut silent = connect(house.console);
    // Both end by the server's hand; the sockets' own limit of a minute would be an error.
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).expect("the server closes it");
    silent.read_to_end(&mut rest).expect("the server closes it");
    assert_eq!(get(house.console, "/healthz").status, 200);
    assert!(house.leave().success());
}

#[test]
fn what_is_too_long_is_refused_without_being_kept() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let long = "a".repeat(64 * 1024);
    assert_eq!(send(house.console, "GET", "/signin", &[("x-long", &long)], b"").status, 431);
    let body = vec![b'a'; 1024 * 1024 + 1];
    let ours = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(send(house.console, "POST", "/signin", &ours, &body).status, 413);
    assert_eq!(send(house.api, "POST", "/", &ours, &body).status, 413);
    assert!(house.leave().success());
}

#[test]
fn a_request_that_has_begun_is_answered_though_the_server_leaves() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[("UNDERSTUDY_SHUTDOWN_DELAY", "3600")]);
    let mut begun = connect(house.console);
    begun.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n").expect("the first bytes are taken");
    house.signal(Signal::TERM);
    // It says that it leaves while it still answers.
    while get(house.console, "/readyz").status == 200 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    begun.write_all(b"connection: close\r\n\r\n").expect("the rest is taken");
    assert_eq!(read(&mut begun).status, 200);
    assert_eq!(get(house.console, "/healthz").status, 200, "others are answered, too, until the delay is over");
}
