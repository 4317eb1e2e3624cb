//! awsJson 1.1, and 1.0: a JSON document goes in and another comes out; the header `X-Amz-Target` names the operation
//! (Smithy, "AWS JSON 1.1 protocol").

pub mod decode;
pub mod encode;
pub mod fault;

/// The header that names the operation.
pub const TARGET: &str = "x-amz-target";
/// The type of the bodies of most services: awsJson 1.1.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";
/// The type of bodies in awsJson 1.0, which differs in nothing else.
pub const CONTENT_TYPE_1_0: &str = "application/x-amz-json-1.0";

/// A service that speaks this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// The prefix of its operations here: `budgets`.
    pub name: &'static str,
    /// What requests to it are signed for, nearly always the same.
    pub signing: &'static str,
    /// What stands before the operation in the header.
    pub target: &'static str,
    /// Whether it has resources in regions: the region that a caller signs for is then the call's.
    pub regional: bool,
    /// The type of its bodies.
    pub content_type: &'static str,
    /// Whether it spoke the Query protocol once: its errors bear the codes of then, in a header too, by which clients know
    /// them (Smithy, "AWS query-compatible protocols").
    pub query_compatible: bool,
}

/// The services of this wire. An operation of any other service is not offered here.
pub const SERVICES: [Service; 3] = [
    Service {
        name: "budgets",
        signing: "budgets",
        target: "AWSBudgetServiceGateway",
        regional: false,
        content_type: CONTENT_TYPE,
        query_compatible: false,
    },
    Service {
        name: "cloudtrail",
        signing: "cloudtrail",
        target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
        regional: false,
        content_type: CONTENT_TYPE,
        query_compatible: false,
    },
    Service {
        name: "cloudwatch",
        signing: "monitoring",
        target: "GraniteServiceVersion20100801",
        regional: true,
        content_type: CONTENT_TYPE_1_0,
        query_compatible: true,
    },
];

impl Service {
    /// The service and the operation that a header's value names.
    pub fn of_target(target: &str) -> Option<(&'static Self, &str)> {
        // The operation is the last part: some prefixes have dots of their own.
        let (prefix, operation) = target.rsplit_once('.')?;
        SERVICES.iter().find(|service| service.target == prefix).map(|service| (service, operation))
    }

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
}
