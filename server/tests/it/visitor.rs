//! A browser without scripts, and accounts to visit as: the console as the bytes of its forms and answers.

use std::io::Write;
use std::net::SocketAddr;
use std::process::Stdio;

use serde_json::Value;

use crate::folder::Folder;
use crate::house::understudy;
use crate::raw_http::{Answer, send};

/// The password of every account's root here.
pub const PASSWORD: &str = "Practice-Makes-Perfect-1";

/// An account whose root has that address; its id.
pub fn account(folder: &Folder, email: &str) -> String {
    let create = ["account", "create", "--email", email, "--name", "Practice", "--password-stdin", "--json"];
    let mut command = understudy(folder.path());
    command.args(create).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("piped").write_all(PASSWORD.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let made: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    made["AccountId"].as_str().expect("an account").to_owned()
}

/// A browser without scripts.
#[derive(Clone)]
pub struct Browser {
    pub console: SocketAddr,
    pub cookies: Vec<(String, String)>,
}

impl Browser {
    /// One that has been nowhere yet.
    pub fn new(console: SocketAddr) -> Self {
        Self { console, cookies: Vec::new() }
    }

    /// What it sends as its cookies.
    pub fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Answer {
        let answer = send(self.console, "GET", path, &[("cookie", &self.cookie())], b"");
        self.keep(answer)
    }

    /// Posts a plain form of one of our pages.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", &self.cookie()),
        ];
        let answer = send(self.console, "POST", path, &headers, form(fields).as_bytes());
        self.keep(answer)
    }

    fn keep(&mut self, answer: Answer) -> Answer {
        for (_, cookie) in answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            let pair = cookie.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie has a value");
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }

    /// Posts a form that works.
    pub fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer
    }

    /// Signs in as an account's root.
    pub fn sign_in_root(&mut self, email: &str) -> Answer {
        self.submit("/signin", &[("_op", "signin:SignInRoot"), ("Email", email), ("Password", PASSWORD)])
    }

    /// Signs in as a user.
    pub fn sign_in_user(&mut self, account: &str, name: &str, password: &str) -> Answer {
        let form = [("_op", "signin:SignInUser"), ("Account", account), ("UserName", name), ("Password", password)];
        self.post(&format!("/signin/{account}/console"), &form)
    }

    /// A user with a console password and nothing else.
    pub fn make_user(&mut self, name: &str, password: &str) {
        let made = [("_op", "iam:CreateUser"), ("_next", "/iam/users"), ("UserName", name), ("Path", "/")];
        self.submit("/iam/users", &made);
        let profile = [
            ("_op", "iam:CreateLoginProfile"),
            ("_next", "/iam/users"),
            ("UserName", name),
            ("Password", password),
            ("PasswordResetRequired", "false"),
        ];
        self.submit("/iam/users", &profile);
    }

    /// The principal for whom pages are made, as their forms say.
    pub fn principal(&mut self) -> String {
        let page = self.get("/console/home").text();
        let (_, rest) =
            page.split_once("name=\"_principal\" value=\"").expect("every page has the form that signs out");
        rest.split('"').next().unwrap_or_default().to_owned()
    }
}

/// The body of a form.
pub fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect::<Vec<_>>().join("&")
}

fn coded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
