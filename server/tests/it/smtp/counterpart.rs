//! A real mail server for a test: aiosmtpd in a process of its own, with certificates made for it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};

use crate::folder::Folder;

/// The certificate of an authority of the test's own, and one that it gave to a host.
pub struct Certificates {
    pub authority: PathBuf,
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Certificates {
    /// For a server of that name, as files in `folder`.
    pub fn make(folder: &Folder, host: &str) -> Self {
        let authority_key = KeyPair::generate().expect("a key");
        let mut authority = CertificateParams::new(Vec::new()).expect("no names");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let signed = authority.self_signed(&authority_key).expect("signs itself");
        let issuer = Issuer::new(authority, authority_key);
        let key = KeyPair::generate().expect("a key");
        let server = CertificateParams::new(vec![host.to_owned()]).expect("a name");
        let server = server.signed_by(&key, &issuer).expect("signs");
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("the folder is writable");
            path
        };
        Self {
            authority: write("authority.pem", signed.pem()),
            certificate: write("certificate.pem", server.pem()),
            key: write("key.pem", key.serialize_pem()),
        }
    }

    /// The counterpart's settings for them.
    pub fn settings(&self, tls: &str) -> Value {
        json!({ "tls": tls, "certificate": self.certificate, "key": self.key })
    }
}

/// A Python that has aiosmtpd: scripts/test names it, and scripts/setup --test makes it.
fn python() -> PathBuf {
    if let Some(named) = std::env::var_os("PYTHON_WITH_AIOSMTPD") {
        return named.into();
    }
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/understudy");
    let cache = std::env::var_os("UNDERSTUDY_CACHE").map_or_else(home, PathBuf::from);
    cache.join("venv/bin/python")
}

/// The mail server. It ends with the test.
pub struct Counterpart {
    child: Child,
    /// Closing it ends the process.
    _stdin: ChildStdin,
    events: Arc<Mutex<Vec<Value>>>,
    pub port: u16,
}

impl Counterpart {
    /// Starts one that does what `settings` says; see the script.
    pub fn start(settings: &Value) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/smtp/counterpart.py");
        let mut command = Command::new(python());
        command.arg("-W").arg("ignore").arg(script).arg(settings.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("scripts/setup --test makes a Python with aiosmtpd");
        let stdin = child.stdin.take().expect("piped");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let first = lines.next().expect("it listens; its complaint is above").expect("UTF-8");
        let first: Value = serde_json::from_str(&first).expect("JSON");
        let port = first["port"].as_u64().and_then(|port| u16::try_from(port).ok()).expect("a port");
        let events = Arc::<Mutex<Vec<Value>>>::default();
        let kept = events.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                kept.lock().expect("not poisoned").push(serde_json::from_str(&line).expect("JSON"));
            }
        });
        Self { child, _stdin: stdin, events, port }
    }

    /// Everything of one kind that has happened.
    pub fn all(&self, kind: &str) -> Vec<Value> {
        let events = self.events.lock().expect("not poisoned");
        events.iter().filter(|event| event["event"] == kind).cloned().collect()
    }

    /// Waits until as much of one kind has happened, and answers all of it.
    pub fn wait_for(&self, kind: &str, count: usize) -> Vec<Value> {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let found = self.all(kind);
            if found.len() >= count {
                return found;
            }
            assert!(Instant::now() < deadline, "{} of {count} {kind} came", found.len());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Counterpart {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A header of a mail that came, unfolded.
pub fn header(mail: &Value, name: &str) -> String {
    let text = mail["text"].as_str().expect("a text").replace("\r\n", "\n").replace("\n ", " ");
    let mut lines = text.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(": "));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned());
    found.unwrap_or_else(|| panic!("no {name} in {text}"))
}
