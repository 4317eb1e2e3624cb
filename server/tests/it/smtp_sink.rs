//! A mail server that keeps what it is given: enough of RFC 5321 for a client that wants to hand over a mail.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// One mail as it came over the wire.
#[derive(Clone, Debug)]
pub struct Received {
    /// The envelope's recipient.
    pub to: String,
    /// Head and body, with lines that end in `\n`.
    text: String,
}

impl Received {
    /// A header's value, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        value(self.text.split_once("\n\n")?.0, name)
    }

    /// Head and body as they came.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// The body of a mail of one part, decoded.
    pub fn body(&self) -> String {
        let body = self.text.split_once("\n\n").map_or("", |(_, body)| body);
        match self.header("content-transfer-encoding").as_deref() {
            Some("quoted-printable") => quoted_printable(body),
            _ => body.to_owned(),
        }
    }

    /// The body of the part with that content type, decoded.
    pub fn part(&self, kind: &str) -> Option<String> {
        let boundary = format!("--{}", self.header("content-type")?.split_once("boundary=\"")?.1.split('"').next()?);
        let mut parts = self.text.split(&boundary).skip(1);
        let part = parts.find(|part| {
            let head = part.split_once("\n\n").map_or(*part, |(head, _)| head);
            value(head, "content-type").is_some_and(|found| found.starts_with(kind))
        })?;
        let (head, body) = part.split_once("\n\n")?;
        match value(head, "content-transfer-encoding")?.as_str() {
            "7bit" | "8bit" => Some(body.to_owned()),
            "quoted-printable" => Some(quoted_printable(body)),
            other => panic!("an encoding that the sink does not read: {other}"),
        }
    }
}

fn value(head: &str, name: &str) -> Option<String> {
    let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
    let mut lines = unfolded.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

/// RFC 2045, section 6.7.
fn quoted_printable(body: &str) -> String {
    let mut bytes = Vec::new();
    for (at, piece) in body.replace("=\n", "").split('=').enumerate() {
        let rest = if at == 0 {
            piece
        } else {
            bytes.push(u8::from_str_radix(&piece[..2], 16).expect("two hexadecimal digits"));
            &piece[2..]
        };
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// A listening mail server.
pub struct Sink {
    address: SocketAddr,
    mails: Arc<Mutex<Vec<Received>>>,
    commands: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    /// Starts one on a free port; it ends with the test.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let mails = Arc::<Mutex<Vec<Received>>>::default();
        let commands = Arc::<Mutex<Vec<String>>>::default();
        let (kept, said) = (mails.clone(), commands.clone());
        std::thread::spawn(move || {
            for socket in listener.incoming().map_while(Result::ok) {
                let (kept, said) = (kept.clone(), said.clone());
                // A client that hangs up in the middle has handed over nothing.
                std::thread::spawn(move || talk(socket, &kept, &said));
            }
        });
        Self { address, mails, commands }
    }

    /// As a setting of the program.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Every line that came as a command.
    pub fn commands(&self) -> Vec<String> {
        self.commands.lock().expect("not poisoned").clone()
    }

    /// Waits until there are as many mails, and answers all there are.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let mails = self.mails.lock().expect("not poisoned").clone();
            if mails.len() >= count {
                return mails;
            }
            assert!(Instant::now() < deadline, "{} of {count} mails came", mails.len());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn talk(socket: TcpStream, kept: &Mutex<Vec<Received>>, said: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(socket.try_clone()?).lines();
    let say = |text: &str| (&socket).write_all(format!("{text}\r\n").as_bytes());
    say("220 sink.example ESMTP")?;
    let mut to = Vec::new();
    while let Some(line) = lines.next().transpose()? {
        said.lock().expect("not poisoned").push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say("250-sink.example\r\n250 8BITMIME")?,
            "HELO" | "MAIL" | "NOOP" => say("250 OK")?,
            "RCPT" => {
                to.extend(line.split_once('<').and_then(|(_, rest)| Some(rest.split_once('>')?.0.to_owned())));
                say("250 OK")?;
            }
            "RSET" => {
                to.clear();
                say("250 OK")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut text = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    // A point at a line's beginning was doubled on the way.
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push('\n');
                }
                let each = to.drain(..).map(|to| Received { to, text: text.clone() });
                kept.lock().expect("not poisoned").extend(each);
                say("250 OK")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("502 not here")?,
        }
    }
    Ok(())
}
