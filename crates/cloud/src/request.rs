//! What a door knows of a request besides its operation.

use std::net::IpAddr;

use uuid::Uuid;

use crate::{SessionHash, Uploaded};

/// Which door a call came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A page in the browser.
    Console,
    /// A signed request.
    Api,
    /// The command line on the host.
    Operator,
    /// A worker of ours.
    Service,
}

impl Source {
    /// As the trail writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Api => "api",
            Self::Operator => "operator",
            Self::Service => "service",
        }
    }
}

/// One request, whoever makes it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its id, in every answer and log line.
    pub id: Uuid,
    /// The door.
    pub source: Source,
    /// The client's address, after trusted proxies.
    pub ip: Option<IpAddr>,
    /// The client's `User-Agent`, cut to 512 characters.
    pub user_agent: String,
    /// The page that the client says it comes from, cut to 512 characters.
    pub referer: Option<String>,
    /// Whether the client reached us over TLS.
    pub secure: bool,
    /// The region the client named, `us-east-1` for global services.
    pub region: String,
    /// The browser session's hash, if the door has one: sign-in operations bind a principal to it.
    pub session: Option<SessionHash>,
    /// Proves that this browser signed in as somebody before: it has a throttle budget of its own.
    pub device: Option<String>,
    /// A form's token: the second use gets the first answer.
    pub form_token: Option<Uuid>,
    /// The principal id that a form was shown to; another one now is refused.
    pub expected_principal: Option<String>,
    /// A file that came with it, for the operation that reads one.
    pub upload: Option<Uploaded>,
}

impl Request {
    /// A request through `source` of which nothing else is known.
    pub fn new(source: Source) -> Self {
        Self {
            id: Uuid::new_v4(),
            source,
            ip: None,
            user_agent: String::new(),
            referer: None,
            secure: false,
            region: "us-east-1".into(),
            session: None,
            device: None,
            form_token: None,
            expected_principal: None,
            upload: None,
        }
    }
}
