//! awsJson 1.1: a JSON document goes in and another comes out; the header `X-Amz-Target` names the operation
//! (Smithy, "AWS JSON 1.1 protocol").

pub mod decode;
pub mod encode;
pub mod fault;

/// The header that names the operation.
pub const TARGET: &str = "x-amz-target";
/// The type of every body.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// A service that speaks this protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its signing name and the prefix of its operations here: `budgets`.
    pub name: &'static str,
    /// What stands before the operation in the header.
    pub target: &'static str,
    /// Whether it has resources in regions: the region that a caller signs for is then the call's.
    pub regional: bool,
}

/// The services of this wire. An operation of any other service is not offered here.
pub const SERVICES: [Service; 2] = [
    Service { name: "budgets", target: "AWSBudgetServiceGateway", regional: false },
    Service {
        name: "cloudtrail",
        target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
        regional: false,
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
            if same(ALL[at].name.as_bytes(), name.as_bytes()) {
                return Some(&ALL[at]);
            }
            at += 1;
        }
        None
    }
}

/// Equality that the compiler can work out, for the table of operations.
const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
