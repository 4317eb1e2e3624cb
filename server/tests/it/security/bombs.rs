//! Inputs that cost more than they look: each is refused, the program lives, and its memory stays.

use std::io::{Read, Write};
use std::net::SocketAddr;

use app::call::PRINCIPAL_HEADER;
use serde_json::json;

use super::operations::function_of;
use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{connect, get};
use crate::visitor::{Browser, account, form};

/// What the process holds, in KiB, at its peak so far.
fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the process lives");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux counts");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Growth that a bomb may cause, in KiB: a few bodies of the largest size with what is made of them.
const GROWTH: u64 = 20 * 1024;

/// Sends a request that may be refused before it is read: the status, if the answer came before the hang-up.
fn throw(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<u16> {
    let mut socket = connect(address);
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    socket.write_all(head.as_bytes()).expect("the head is taken");
    let _ = socket.write_all(body);
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
}

/// Refused, or hung up on.
fn refused(status: Option<u16>) -> bool {
    status.is_none_or(|status| (400..500).contains(&status))
}

/// That the first is a bomb is what `serde_json` says, whose limit stops it; the others are as long as a body without a
/// limit could be, which no variant of ours is there to hold.
#[test]
fn bombs() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let (cookie, principal) = (root.cookie(), root.principal());
    let who = [
        ("cookie", cookie.as_str()),
        (PRINCIPAL_HEADER, principal.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
    ];
    let function = function_of("console:CheckPolicyDocument");
    let deep = "[".repeat(100_000);
    let members = "\"a\":{".repeat(100_000);
    assert!(
        serde_json::from_str::<serde_json::Value>(&deep).is_err_and(|error| error.to_string().contains("recursion"))
    );
    let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    let policies = [
        deep.clone(),
        "[".repeat(30_000),
        "{\"a\":".repeat(6_000),
        format!("{{{members}"),
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, vec![statement; 9_000].join(",")),
        format!(r#"{{"Statement":[{}]}}"#, vec!["0"; 150_000].join(",")),
        format!(r#"{{"Version":"2012-10-17",{}"Statement":[]}}"#, r#""Version":"2012-10-17","#.repeat(10_000)),
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"{}b","Resource":"*"}}]}}"#,
            "*a".repeat(100_000)
        ),
        "\u{0}".repeat(100_000),
    ];
    let before = peak(house.pid());
    for policy in &policies {
        let body = json!({ "input": { "PolicyDocument": policy } }).to_string();
        let status = throw(house.console, &function, &who, body.as_bytes());
        // The editor is told what is wrong with a text: that is an answer, too.
        assert!(status == Some(200) || refused(status), "{status:?}: {policy:.60}");
        let put =
            form(&[("_op", "iam:CreatePolicy"), ("PolicyName", "bomb"), ("Path", "/"), ("PolicyDocument", policy)]);
        let as_form = [("content-type", "application/x-www-form-urlencoded")];
        let headers = [&who[..1], &who[2..3], &as_form].concat();
        let status = throw(house.console, "/iam/policies/create", &headers, put.as_bytes());
        assert!(refused(status), "{status:?}: {policy:.60}");
    }
    for body in [&deep, &members, &format!("{{\"input\":{deep}"), &"input[a]".repeat(10_000)] {
        let status = throw(house.console, &function, &who, body.as_bytes());
        assert!(refused(status), "{status:?}: {body:.60}");
    }
    let nested: String = format!("UserName{}=x", "[a]".repeat(20_000));
    let fields = format!("_op=iam%3ACreateUser&{nested}");
    let many: String = format!("_op=iam%3ACreateUser&{}", "Tags%5B99999999%5D%5BKey%5D=x&".repeat(3_000));
    for body in [&fields, &many] {
        let headers = [who[0], who[2], ("content-type", "application/x-www-form-urlencoded")];
        let status = throw(house.console, "/iam/users", &headers, body.as_bytes());
        assert!(refused(status), "{status:?}: {body:.60}");
    }

    let laughs = r#"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>"#;
    let large = vec![b'a'; 10 * 1024 * 1024];
    // A gzip of nothing but zeroes would grow a thousandfold if anybody opened it.
    let gzip = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0; 5_000]].concat();
    for address in [house.console, house.api] {
        for (headers, body) in [
            (&[("content-type", "application/xml")][..], laughs.as_bytes()),
            (&[("content-type", "application/x-www-form-urlencoded")][..], &large[..]),
            (
                &[
                    ("content-type", "application/x-amz-json-1.1"),
                    ("x-amz-target", "AWSBudgetServiceGateway.CreateBudget"),
                ][..],
                deep.as_bytes(),
            ),
            (&[("content-encoding", "gzip"), ("content-type", "application/x-www-form-urlencoded")][..], &gzip[..]),
        ] {
            let headers = [&[("sec-fetch-site", "same-origin")][..], headers].concat();
            let status = throw(address, "/", &headers, body);
            assert!(status == Some(303) || refused(status), "{status:?} from {address}: {headers:?}");
        }
        // A gigabyte in pieces, and nobody says so before: the server hangs up or refuses long before its end.
        let mut socket = connect(address);
        let head = format!(
            "POST / HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\ntransfer-encoding: chunked\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n"
        );
        socket.write_all(head.as_bytes()).expect("the head is taken");
        let piece = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
        let taken = (0..16 * 1024).take_while(|_| socket.write_all(&piece).is_ok()).count();
        assert!(taken < 2_048, "{taken} pieces of 64 KiB were taken");
    }
    let grown = peak(house.pid()) - before;
    assert!(grown < GROWTH, "{grown} KiB more at the peak");
    assert_eq!(get(house.console, "/readyz").status, 200);
    assert!(root.get("/iam/users").status == 200, "and its database answers");
    assert!(house.leave().success());
}
