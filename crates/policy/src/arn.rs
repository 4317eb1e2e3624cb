//! Amazon Resource Names (IAM User Guide, "IAM ARNs"): six parts between colons, of which the last may
//! hold colons itself. An `Arn` is built from its parts and never by gluing text together, so that no
//! part can pretend to be two.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The partition of every name made here, so that policies from tutorials match unchanged.
const PARTITION: &str = "aws";

/// The name of one resource: `arn:partition:service:region:account:resource`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Arn {
    partition: String,
    service: String,
    region: String,
    account: String,
    resource: String,
}

/// Why something is no ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ArnError {
    /// The text does not begin with `arn:`.
    #[error("an ARN begins with \"arn:\"")]
    Prefix,
    /// There are fewer than six parts.
    #[error("an ARN has six parts between colons")]
    Parts,
    /// Partition, service or resource is empty.
    #[error("the partition, the service and the resource of an ARN must not be empty")]
    Empty,
    /// A part other than the last holds a colon.
    #[error("only the last part of an ARN can hold a colon")]
    Colon,
}

impl Arn {
    /// Puts a name together. Region and account may be empty, as in `arn:aws:s3:::bucket`.
    ///
    /// # Errors
    /// [`ArnError::Empty`] and [`ArnError::Colon`]: what is built always reads back as the same parts.
    pub fn new(partition: &str, service: &str, region: &str, account: &str, resource: &str) -> Result<Self, ArnError> {
        if partition.is_empty() || service.is_empty() || resource.is_empty() {
            return Err(ArnError::Empty);
        }
        if [partition, service, region, account].iter().any(|part| part.contains(':')) {
            return Err(ArnError::Colon);
        }
        Ok(Self {
            partition: partition.to_owned(),
            service: service.to_owned(),
            region: region.to_owned(),
            account: account.to_owned(),
            resource: resource.to_owned(),
        })
    }

    /// The root user of an account: `arn:aws:iam::{account}:root`. In a policy's Principal it stands for
    /// the whole account.
    #[must_use]
    pub fn root(account: &str) -> Self {
        Self::global("iam", account, "root".to_owned())
    }

    /// A user; `path` begins and ends with a slash, the plain path is `/`.
    #[must_use]
    pub fn user(account: &str, path: &str, name: &str) -> Self {
        Self::global("iam", account, in_path("user", path, name))
    }

    /// A user group.
    #[must_use]
    pub fn group(account: &str, path: &str, name: &str) -> Self {
        Self::global("iam", account, in_path("group", path, name))
    }

    /// A role.
    #[must_use]
    pub fn role(account: &str, path: &str, name: &str) -> Self {
        Self::global("iam", account, in_path("role", path, name))
    }

    /// A customer managed policy; one of AWS's own if `account` is `aws`.
    #[must_use]
    pub fn policy(account: &str, path: &str, name: &str) -> Self {
        Self::global("iam", account, in_path("policy", path, name))
    }

    /// A virtual MFA device: its serial number is this name.
    #[must_use]
    pub fn mfa(account: &str, path: &str, name: &str) -> Self {
        Self::global("iam", account, in_path("mfa", path, name))
    }

    /// A passkey or security key: `u2f/user/{user}/{name}`, root's under `u2f/root-account`.
    #[must_use]
    pub fn u2f(account: &str, user: Option<&str>, name: &str) -> Self {
        let whose = user.map_or_else(|| "root-account".to_owned(), |user| format!("user/{user}"));
        Self::global("iam", account, format!("u2f/{whose}/{name}"))
    }

    /// The session that somebody got by assuming a role; the role's path is not part of it.
    #[must_use]
    pub fn assumed_role(account: &str, role: &str, session: &str) -> Self {
        Self::global("sts", account, ["assumed-role", role, session].join("/"))
    }

    /// The session that a program got for somebody by `GetFederationToken`.
    #[must_use]
    pub fn federated_user(account: &str, name: &str) -> Self {
        Self::global("sts", account, ["federated-user", name].join("/"))
    }

    /// A name of a service without regions. A colon cannot stand in an account's number, so one that
    /// comes along is dropped rather than let it shift the parts.
    fn global(service: &str, account: &str, resource: String) -> Self {
        Self {
            partition: PARTITION.to_owned(),
            service: service.to_owned(),
            region: String::new(),
            account: account.replace(':', ""),
            resource,
        }
    }

    /// The partition, `aws` nearly always.
    #[must_use]
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// The service's prefix, such as `iam`.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The region, empty for global services.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The account that owns the resource, empty where names are worldwide (S3), `aws` for AWS's own.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// All that follows the fifth colon.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The last piece of the resource: the name without type and path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.resource.rsplit(['/', ':']).next().unwrap_or(&self.resource)
    }
}

/// `user` + `/division/` + `Alice`.
fn in_path(kind: &str, path: &str, name: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() { [kind, name].join("/") } else { [kind, path, name].join("/") }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let rest = text.strip_prefix("arn:").ok_or(ArnError::Prefix)?;
        let mut parts = rest.splitn(5, ':');
        let mut part = || parts.next().ok_or(ArnError::Parts);
        Self::new(part()?, part()?, part()?, part()?, part()?)
    }
}

impl TryFrom<String> for Arn {
    type Error = ArnError;

    fn try_from(text: String) -> Result<Self, ArnError> {
        text.parse()
    }
}

impl From<Arn> for String {
    fn from(arn: Arn) -> Self {
        arn.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructors_follow_the_documented_forms() {
        let forms = [
            (Arn::root("123456789012"), "arn:aws:iam::123456789012:root"),
            (Arn::user("123456789012", "/", "Alice"), "arn:aws:iam::123456789012:user/Alice"),
            (Arn::user("123456789012", "/a/b/", "Alice"), "arn:aws:iam::123456789012:user/a/b/Alice"),
            (Arn::group("123456789012", "/", "Admins"), "arn:aws:iam::123456789012:group/Admins"),
            (Arn::policy("aws", "/job-function/", "Billing"), "arn:aws:iam::aws:policy/job-function/Billing"),
            (Arn::mfa("123456789012", "/", "phone"), "arn:aws:iam::123456789012:mfa/phone"),
            (Arn::assumed_role("123456789012", "Dev", "alice"), "arn:aws:sts::123456789012:assumed-role/Dev/alice"),
            (Arn::federated_user("123456789012", "bob"), "arn:aws:sts::123456789012:federated-user/bob"),
        ];
        for (arn, text) in forms {
            assert_eq!(arn.to_string(), text);
            assert_eq!(text.parse(), Ok(arn));
        }
    }

    #[test]
    fn only_the_resource_may_hold_colons() {
        let alarm: Arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:My Alarm".parse().expect("an ARN");
        assert_eq!(alarm.resource(), "alarm:My Alarm");
        assert_eq!(alarm.name(), "My Alarm");
        assert_eq!(Arn::new("aws", "sns", "us-east-1:1", "123456789012", "x"), Err(ArnError::Colon));
        assert_eq!(Arn::root("1:2").to_string(), "arn:aws:iam::12:root");
    }

    #[test]
    fn what_is_no_arn_is_refused() {
        assert_eq!("user/Alice".parse::<Arn>(), Err(ArnError::Prefix));
        assert_eq!("arn:aws:iam::123456789012".parse::<Arn>(), Err(ArnError::Parts));
        assert_eq!("arn::iam::123456789012:root".parse::<Arn>(), Err(ArnError::Empty));
        assert_eq!("arn:aws:iam::123456789012:".parse::<Arn>(), Err(ArnError::Empty));
    }

    #[test]
    fn it_crosses_as_a_string() {
        let arn = Arn::user("123456789012", "/", "Alice");
        let json = serde_json::to_string(&arn).expect("serializes");
        assert_eq!(json, "\"arn:aws:iam::123456789012:user/Alice\"");
        assert_eq!(serde_json::from_str::<Arn>(&json).expect("deserializes"), arn);
        assert!(serde_json::from_str::<Arn>("\"nonsense\"").is_err());
    }
}
