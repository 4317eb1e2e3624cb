//! Bodies that are longer than a door reads: each door says so in its own way, and how much it would have read.

use app::call::{LONGEST_BODY, PRINCIPAL_HEADER};
use serde_json::{Value, json};

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{Answer, connect, read, send};
use crate::security::operations::function_of;
use crate::visitor::{Browser, account};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

/// Sends a body in pieces that nobody announced.
fn send_in_pieces(address: std::net::SocketAddr, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    use std::io::Write;

    let mut socket = connect(address);
    let mut head =
        format!("POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ntransfer-encoding: chunked\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    socket.write_all(head.as_bytes()).expect("the head is taken");
    for piece in body.chunks(64 * 1024) {
        let length = format!("{:x}\r\n", piece.len());
        socket.write_all(&[length.as_bytes(), piece, b"\r\n"].concat()).expect("the piece is taken");
    }
    socket.write_all(b"0\r\n\r\n").expect("the end is taken");
    read(&mut socket)
}

/// A form whose last field makes it just so long.
fn form_of(length: usize) -> Vec<u8> {
    let begin = "_op=iam%3ACreateUser&_next=%2Fiam%2Fusers&Path=%2F&UserName=";
    [begin.as_bytes(), &vec![b'a'; length - begin.len()]].concat()
}

#[test]
fn the_console_shows_a_page_and_the_way_back() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let cookie = root.cookie();
    let headers = [OURS, FORM, ("cookie", cookie.as_str())];
    let path = "/iam/users/create";

    let largest = send(house.console, "POST", path, &headers, &form_of(LONGEST_BODY));
    assert_eq!(largest.status, 422, "the longest form is read, and its name is too long: {}", largest.text());

    let long = form_of(LONGEST_BODY + 1);
    for answer in [
        send(house.console, "POST", path, &headers, &long),
        send_in_pieces(house.console, path, &headers, &long),
        send(house.console, "POST", path, &headers, &form_of(4 * LONGEST_BODY)),
    ] {
        assert_eq!(answer.status, 413, "{answer:?}");
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{answer:?}");
        let page = answer.text();
        for part in [
            "data-testid=\"too-long\"",
            "larger than 512 KiB",
            "href=\"/iam/users/create\"",
            // The console's frame, with the form that signs out.
            "name=\"_principal\"",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
    let users = root.get("/iam/users").text();
    assert!(!users.contains("aaaaaaaa"), "nothing was done");

    // Whoever is not signed in has no frame around it.
    let answer = send(house.console, "POST", "/signin", &[OURS, FORM], &long);
    let page = answer.text();
    assert_eq!(answer.status, 413, "{page}");
    assert!(page.contains("larger than 512 KiB") && page.contains("href=\"/signin\""), "{page}");
    assert!(!page.contains("name=\"_principal\""), "{page}");
    assert!(house.leave().success());
}

#[test]
fn a_server_function_answers_an_error_that_islands_read() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let mut root = Browser::new(house.console);
    root.sign_in_root("root@example.com");
    let (cookie, principal) = (root.cookie(), root.principal());
    let headers = [
        OURS,
        ("content-type", "application/json"),
        ("cookie", cookie.as_str()),
        (PRINCIPAL_HEADER, principal.as_str()),
    ];
    let function = function_of("console:CheckPolicyDocument");
    let body = |length: usize| json!({ "input": { "PolicyDocument": "a".repeat(length) } }).to_string().into_bytes();

    let largest = send(house.console, "POST", &function, &headers, &body(LONGEST_BODY - 100));
    assert_ne!(largest.status, 413, "{}", largest.text());
    for answer in [
        send(house.console, "POST", &function, &headers, &body(LONGEST_BODY)),
        send_in_pieces(house.console, &function, &headers, &body(LONGEST_BODY)),
    ] {
        assert_eq!(answer.status, 413, "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let error: app::CallError = serde_json::from_slice(&answer.body).expect("an error of a call");
        assert_eq!(error.to_string(), "This is larger than the 512 KiB that can be sent at once. Shorten it.",);
    }
    assert!(house.leave().success());
}

#[test]
fn the_api_answers_its_own_fault_on_both_wires() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    let long = vec![b'a'; aws::MAX_BODY + 1];
    let sentence = format!("The request must not be larger than {} bytes.", aws::MAX_BODY);

    for answer in [
        send(house.api, "POST", "/", &[FORM], &long),
        send_in_pieces(house.api, "/", &[FORM], &long),
        send(house.api, "POST", "/", &[FORM], &vec![b'a'; 4 * aws::MAX_BODY]),
    ] {
        assert_eq!(answer.status, 413, "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("text/xml"));
        let id = answer.header("x-amzn-requestid").expect("every answer has an id").to_owned();
        let body = answer.text();
        let expected = format!(
            "<Error><Type>Sender</Type><Code>RequestEntityTooLarge</Code><Message>{sentence}</Message></Error>\
             <RequestId>{id}</RequestId></ErrorResponse>"
        );
        assert!(body.starts_with("<ErrorResponse ") && body.ends_with(&expected), "{body}");
    }

    let json =
        [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AWSBudgetServiceGateway.CreateBudget")];
    for answer in [send(house.api, "POST", "/", &json, &long), send_in_pieces(house.api, "/", &json, &long)] {
        assert_eq!(answer.status, 413, "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/x-amz-json-1.1"));
        let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(body, json!({ "__type": "RequestEntityTooLargeException", "Message": sentence }));
    }
    let short = send(house.api, "POST", "/", &[FORM], &vec![b'a'; aws::MAX_BODY]);
    assert_eq!(short.status, 400, "as long as it may be, and without an action");
    assert!(house.leave().success());
}
