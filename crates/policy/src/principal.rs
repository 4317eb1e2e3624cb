//! Who asks, and how a policy may name them.

use std::fmt;

use crate::arn::Arn;
use crate::request::Context;

/// Whoever signed the request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Principal {
    /// The root user of an account.
    Root {
        /// `arn:aws:iam::{account}:root`.
        arn: Arn,
    },
    /// An IAM user.
    User {
        /// `arn:aws:iam::{account}:user/…`.
        arn: Arn,
        /// The unique id, `AIDA…`.
        id: String,
    },
    /// Somebody who assumed a role.
    RoleSession {
        /// `arn:aws:sts::{account}:assumed-role/{role}/{session}`.
        arn: Arn,
        /// The role's own name, `arn:aws:iam::{account}:role/…`.
        role: Arn,
        /// The role's unique id, `AROA…`.
        role_id: String,
    },
    /// Somebody with the credentials of `GetFederationToken`.
    FederatedUser {
        /// `arn:aws:sts::{account}:federated-user/{name}`.
        arn: Arn,
        /// The user who asked for the credentials.
        user: Arn,
        /// That user's unique id.
        user_id: String,
    },
    /// Somebody whom an identity provider vouches for, not yet in any account.
    Federated {
        /// The provider's ARN or host name.
        provider: String,
    },
    /// A service that acts by itself.
    Service {
        /// Such as `budgets.amazonaws.com`.
        name: String,
    },
    /// Nobody signed.
    Anonymous,
}

impl Principal {
    /// The root user of an account.
    #[must_use]
    pub fn root(account: &str) -> Self {
        Self::Root { arn: Arn::root(account) }
    }

    /// An IAM user with the unique id.
    #[must_use]
    pub fn user(arn: Arn, id: &str) -> Self {
        Self::User { arn, id: id.to_owned() }
    }

    /// A session of a role with the role's unique id.
    #[must_use]
    pub fn role_session(arn: Arn, role: Arn, role_id: &str) -> Self {
        Self::RoleSession { arn, role, role_id: role_id.to_owned() }
    }

    /// A federated session of a user with that user's unique id.
    #[must_use]
    pub fn federated_user(arn: Arn, user: Arn, user_id: &str) -> Self {
        Self::FederatedUser { arn, user, user_id: user_id.to_owned() }
    }

    /// A service.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::Service { name: name.to_owned() }
    }

    /// The name of the one who asks, if it is somebody of an account.
    #[must_use]
    pub fn arn(&self) -> Option<&Arn> {
        match self {
            Self::Root { arn } | Self::User { arn, .. } => Some(arn),
            Self::RoleSession { arn, .. } | Self::FederatedUser { arn, .. } => Some(arn),
            Self::Federated { .. } | Self::Service { .. } | Self::Anonymous => None,
        }
    }

    /// The account the principal belongs to.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.arn().map(Arn::account)
    }

    /// Whether this is the root user of an account.
    #[must_use]
    pub fn is_root(&self) -> bool {
        matches!(self, Self::Root { .. })
    }

    /// The condition keys that follow from who the principal is (IAM User Guide, "Principal key values").
    /// `aws:username` exists for IAM users only.
    #[must_use]
    pub fn context(&self) -> Context {
        // Nothing here asks on somebody else's behalf.
        let mut context = Context::new().with("aws:ViaAWSService", "false");
        let mut set = |kind: &str, id: &str, arn: Option<&Arn>| {
            context.set("aws:PrincipalType", kind);
            context.set("aws:userid", id);
            context.set("aws:PrincipalIsAWSService", "false");
            if let Some(arn) = arn {
                context.set("aws:PrincipalArn", arn.to_string());
                context.set("aws:PrincipalAccount", arn.account());
            }
        };
        match self {
            Self::Root { arn } => set("Account", arn.account(), Some(arn)),
            Self::User { arn, id } => {
                set("User", id, Some(arn));
                context.set("aws:username", arn.name());
            }
            Self::RoleSession { arn, role, role_id } => {
                set("AssumedRole", &[role_id, arn.name()].join(":"), Some(role));
            }
            Self::FederatedUser { arn, .. } => {
                set("FederatedUser", &[arn.account(), arn.name()].join(":"), Some(arn));
            }
            Self::Federated { provider } => {
                context.set("aws:FederatedProvider", provider.as_str());
                context.set("aws:PrincipalIsAWSService", "false");
            }
            Self::Service { name } => {
                context.set("aws:PrincipalIsAWSService", "true");
                context.set("aws:PrincipalServiceName", name.as_str());
            }
            Self::Anonymous => set("Anonymous", "anonymous", None),
        }
        context
    }
}

impl fmt::Display for Principal {
    /// As AWS's refusals name the principal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Federated { provider } => f.write_str(provider),
            Self::Service { name } => f.write_str(name),
            Self::Anonymous => f.write_str("anonymous"),
            Self::Root { arn } | Self::User { arn, .. } => arn.fmt(f),
            Self::RoleSession { arn, .. } | Self::FederatedUser { arn, .. } => arn.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one<'a>(context: &'a Context, key: &str) -> Option<&'a str> {
        context.get(key).and_then(<[String]>::first).map(String::as_str)
    }

    #[test]
    fn principal_keys_follow_the_documented_table() {
        let account = "123456789012";
        let root = Principal::root(account).context();
        assert_eq!(one(&root, "aws:userid"), Some(account));
        assert_eq!(one(&root, "aws:principaltype"), Some("Account"));
        assert_eq!(one(&root, "aws:username"), None);

        let user = Principal::user(Arn::user(account, "/a/", "alice"), "AIDAX").context();
        assert_eq!(one(&user, "aws:userid"), Some("AIDAX"));
        assert_eq!(one(&user, "aws:username"), Some("alice"));
        assert_eq!(one(&user, "aws:principaltype"), Some("User"));
        assert_eq!(one(&user, "aws:principalaccount"), Some(account));

        let role = Arn::role(account, "/", "Dev");
        let session = Principal::role_session(Arn::assumed_role(account, "Dev", "alice"), role, "AROAX").context();
        assert_eq!(one(&session, "aws:userid"), Some("AROAX:alice"));
        assert_eq!(one(&session, "aws:principaltype"), Some("AssumedRole"));
        assert_eq!(one(&session, "aws:principalarn"), Some("arn:aws:iam::123456789012:role/Dev"));
        assert_eq!(one(&session, "aws:username"), None);

        let user = Arn::user(account, "/", "alice");
        let federated = Principal::federated_user(Arn::federated_user(account, "bob"), user, "AIDAX").context();
        assert_eq!(one(&federated, "aws:userid"), Some("123456789012:bob"));
        assert_eq!(one(&federated, "aws:principaltype"), Some("FederatedUser"));
    }

    #[test]
    fn everybody_has_a_name_in_a_refusal() {
        assert_eq!(Principal::root("123456789012").to_string(), "arn:aws:iam::123456789012:root");
        assert_eq!(Principal::service("sns.amazonaws.com").to_string(), "sns.amazonaws.com");
        assert_eq!(Principal::Anonymous.to_string(), "anonymous");
    }
}
