//! Whom a Principal element means, and how much being meant is worth (IAM User Guide, "Policy evaluation
//! logic", on resource-based policies within one account).

use crate::arn::Arn;
use crate::condition::Truth;
use crate::document::{NamedPrincipal, PrincipalElement, PrincipalType, Principals};
use crate::principal::Principal;

/// What an Allow in a resource's policy is worth to the one who asks, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grant {
    /// It names the account: the account's own policies must allow as well.
    Account,
    /// It names the role, or the user behind a federated session: boundary and session policy limit it.
    Limited,
    /// It names exactly this user or session, or everybody: it stands by itself.
    Direct,
}

/// A Principal or NotPrincipal element.
#[derive(Clone, Debug)]
pub(crate) struct PrincipalMatcher(PrincipalElement);

impl PrincipalMatcher {
    pub fn new(element: &PrincipalElement) -> Self {
        Self(element.clone())
    }

    /// Whether the element means this principal.
    pub fn meets(&self, principal: &Principal) -> Truth {
        let PrincipalElement { negated, principals } = &self.0;
        if *negated {
            return not_listed(principals, principal);
        }
        match principals {
            Principals::Everyone => Truth::True,
            Principals::Named(named) => Truth::any(named.iter().map(|name| match name.kind {
                // Nothing here knows S3's long account identifiers.
                PrincipalType::CanonicalUser => Truth::Unknown,
                _ => grant(name, principal).is_some().into(),
            })),
        }
    }

    /// The best that the element gives this principal.
    pub fn grants(&self, principal: &Principal) -> Option<Grant> {
        let PrincipalElement { negated, principals } = &self.0;
        if *negated {
            return (not_listed(principals, principal) == Truth::True).then_some(Grant::Direct);
        }
        match principals {
            Principals::Everyone => Some(Grant::Direct),
            Principals::Named(named) => named.iter().filter_map(|name| grant(name, principal)).max(),
        }
    }
}

/// NotPrincipal spares a principal only if everything the principal is has been listed: the session, its
/// role and the account; or the user and the account (IAM User Guide, "NotPrincipal").
fn not_listed(principals: &Principals, principal: &Principal) -> Truth {
    let Principals::Named(named) = principals else {
        return Truth::False;
    };
    if named.iter().any(|name| name.kind == PrincipalType::CanonicalUser) {
        return Truth::Unknown;
    }
    let found: Vec<Grant> = named.iter().filter_map(|name| grant(name, principal)).collect();
    let everyone = named.iter().any(|name| name.kind == PrincipalType::Aws && name.value == "*");
    let needed: &[Grant] = match principal {
        Principal::Root { .. } => &[Grant::Account],
        Principal::User { .. } => &[Grant::Direct, Grant::Account],
        Principal::RoleSession { .. } | Principal::FederatedUser { .. } => {
            &[Grant::Direct, Grant::Limited, Grant::Account]
        }
        Principal::Federated { .. } | Principal::Service { .. } | Principal::Anonymous => &[Grant::Direct],
    };
    (!(everyone || needed.iter().all(|grant| found.contains(grant)))).into()
}

fn grant(name: &NamedPrincipal, principal: &Principal) -> Option<Grant> {
    let value = name.value.as_str();
    match (name.kind, principal) {
        (PrincipalType::Service, Principal::Service { name }) => (value == name).then_some(Grant::Direct),
        (PrincipalType::Federated, Principal::Federated { provider }) => (value == provider).then_some(Grant::Direct),
        (PrincipalType::Aws, _) => aws(value, principal),
        _ => None,
    }
}

/// A name under `AWS`. Wildcards do not match parts of names; `*` alone is everybody.
fn aws(value: &str, principal: &Principal) -> Option<Grant> {
    if value == "*" {
        return Some(Grant::Direct);
    }
    let is = |arn: &Arn| value.parse::<Arn>().is_ok_and(|named| named == *arn);
    let account = principal.account()?;
    if value == account || is(&Arn::root(account)) {
        return Some(Grant::Account);
    }
    // A name is stored as the unique id of what it named, so that a successor of the same name does not
    // inherit; both forms are understood here.
    match principal {
        Principal::User { arn, id } if is(arn) || value == id => Some(Grant::Direct),
        Principal::RoleSession { arn, .. } | Principal::FederatedUser { arn, .. } if is(arn) => Some(Grant::Direct),
        Principal::RoleSession { role, role_id, .. } if is(role) || value == role_id => Some(Grant::Limited),
        Principal::FederatedUser { user, user_id, .. } if is(user) || value == user_id => Some(Grant::Limited),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "111122223333";

    fn element(negated: bool, values: &[&str]) -> PrincipalMatcher {
        let name = |value: &&str| NamedPrincipal { kind: PrincipalType::Aws, value: (*value).to_owned() };
        let principals = Principals::Named(values.iter().map(name).collect());
        PrincipalMatcher::new(&PrincipalElement { negated, principals })
    }

    fn alice() -> Principal {
        Principal::user(Arn::user(ACCOUNT, "/", "alice"), "AIDAALICE")
    }

    fn session() -> Principal {
        Principal::role_session(Arn::assumed_role(ACCOUNT, "Dev", "s"), Arn::role(ACCOUNT, "/", "Dev"), "AROADEV")
    }

    #[test]
    fn a_name_is_worth_what_it_names() {
        for (value, principal, expected) in [
            ("*", alice(), Some(Grant::Direct)),
            ("*", Principal::Anonymous, Some(Grant::Direct)),
            ("111122223333", alice(), Some(Grant::Account)),
            ("arn:aws:iam::111122223333:root", alice(), Some(Grant::Account)),
            ("arn:aws:iam::111122223333:root", Principal::root(ACCOUNT), Some(Grant::Account)),
            ("444455556666", alice(), None),
            ("arn:aws:iam::111122223333:user/alice", alice(), Some(Grant::Direct)),
            ("AIDAALICE", alice(), Some(Grant::Direct)),
            ("AIDAOTHER", alice(), None),
            ("arn:aws:iam::111122223333:user/Alice", alice(), None),
            ("arn:aws:iam::111122223333:user/*", alice(), None),
            ("arn:aws:sts::111122223333:assumed-role/Dev/s", session(), Some(Grant::Direct)),
            ("arn:aws:iam::111122223333:role/Dev", session(), Some(Grant::Limited)),
            ("AROADEV", session(), Some(Grant::Limited)),
            ("111122223333", Principal::service("sns.amazonaws.com"), None),
        ] {
            assert_eq!(element(false, &[value]).grants(&principal), expected, "{value} for {principal}");
            assert_eq!(element(false, &[value]).meets(&principal), expected.is_some().into());
        }
    }

    #[test]
    fn not_principal_spares_only_who_is_listed_completely() {
        let user = "arn:aws:iam::111122223333:user/alice";
        let root = "arn:aws:iam::111122223333:root";
        assert_eq!(element(true, &[user, root]).meets(&alice()), Truth::False);
        assert_eq!(element(true, &[user]).meets(&alice()), Truth::True, "the account is not listed");
        assert_eq!(element(true, &[root]).meets(&alice()), Truth::True);
        assert_eq!(element(true, &[root]).meets(&Principal::root(ACCOUNT)), Truth::False);
        let (role, own) = ("arn:aws:iam::111122223333:role/Dev", "arn:aws:sts::111122223333:assumed-role/Dev/s");
        assert_eq!(element(true, &[role, own, root]).meets(&session()), Truth::False);
        assert_eq!(element(true, &[role, root]).meets(&session()), Truth::True);
        assert_eq!(element(true, &["*"]).meets(&alice()), Truth::False);
    }

    #[test]
    fn a_canonical_user_cannot_be_told() {
        let name = NamedPrincipal { kind: PrincipalType::CanonicalUser, value: "79a5".to_owned() };
        let principals = Principals::Named(vec![name]);
        let matcher = PrincipalMatcher::new(&PrincipalElement { negated: false, principals });
        assert_eq!(matcher.meets(&alice()), Truth::Unknown);
        assert_eq!(matcher.grants(&alice()), None);
    }
}
