//! The AWS Query protocol: a form goes in, XML comes out.
//!
//! A request is `Action`, `Version` and flat parameters such as `Tags.member.1.Key`; [`parameters`] makes a tree of
//! them and [`decode`] an operation's input of the tree. [`encode`] writes an output as XML.

pub mod decode;
pub mod encode;
pub mod parameters;
pub mod xml;

pub use self::parameters::Parameters;

/// A service that speaks this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The prefix of its actions: `iam`.
    pub name: &'static str,
    /// What requests to it are signed for, nearly always the same.
    pub signing: &'static str,
    /// The only version of its API.
    pub version: &'static str,
    /// The XML namespace of its answers.
    pub namespace: &'static str,
    /// How it calls a refusal by policies.
    pub denied: &'static str,
    /// Whether it has resources in regions: the region that a caller signs for is then the call's.
    pub regional: bool,
}

/// How most services call a refusal by policies.
const DENIED: &str = "AccessDenied";

/// The services of this wire. An operation of any other service is not offered here.
pub const SERVICES: [Service; 4] = [
    Service {
        name: "iam",
        signing: "iam",
        version: "2010-05-08",
        namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
        denied: DENIED,
        regional: false,
    },
    Service {
        name: "sts",
        signing: "sts",
        version: "2011-06-15",
        namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
        denied: DENIED,
        regional: false,
    },
    Service {
        name: "sns",
        signing: "sns",
        version: "2010-03-31",
        namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
        denied: "AuthorizationError",
        regional: true,
    },
    Service {
        name: "cloudwatch",
        signing: "monitoring",
        version: "2010-08-01",
        namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
        denied: DENIED,
        regional: true,
    },
];

/// The namespace of faults that no service has seen, such as `InvalidAction`.
pub const FAULT_NAMESPACE: &str = "http://webservices.amazon.com/AWSFault/2005-15-09";

impl Service {
    /// The service with this name, if it speaks this protocol.
    pub const fn named(name: &str) -> Option<&'static Self> {
        const ALL: &[Service] = &SERVICES;
        let mut at = 0;
        while at < ALL.len() {
            if crate::same(ALL[at].name.as_bytes(), name.as_bytes()) {
                return Some(&ALL[at]);
            }
            at += 1;
        }
        None
    }

    /// The service whose API has this version: requests name no service but by it.
    pub fn of_version(version: &str) -> Option<&'static Self> {
        SERVICES.iter().find(|service| service.version == version)
    }
}
