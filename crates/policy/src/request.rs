//! What is asked: who wants to do what to which resource, and all that is known about the circumstances.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::outline::Outline;
use crate::principal::Principal;

/// The circumstances of a request: condition keys and their values (IAM User Guide, "AWS global condition
/// context keys"). Keys are compared without regard to case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Vec<String>>", into = "BTreeMap<String, Vec<String>>")]
pub struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// Nothing known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a key to one value.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.0.insert(key.to_lowercase(), vec![value.into()]);
    }

    /// Sets a key to any number of values. With none, the key counts as absent.
    pub fn set_many<V: Into<String>>(&mut self, key: &str, values: impl IntoIterator<Item = V>) {
        self.0.insert(key.to_lowercase(), values.into_iter().map(Into::into).collect());
    }

    /// The same context with a key set to one value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set(key, value);
        self
    }

    /// The same context with a key set to any number of values.
    #[must_use]
    pub fn with_many<V: Into<String>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.set_many(key, values);
        self
    }

    /// Forgets a key.
    pub fn remove(&mut self, key: &str) {
        self.0.remove(&key.to_lowercase());
    }

    /// The values of a key, given in lower case.
    #[must_use]
    pub fn get(&self, lowercase_key: &str) -> Option<&[String]> {
        self.0.get(lowercase_key).map(Vec::as_slice)
    }

    /// All keys in lower case, in alphabetical order, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// Takes over another context's keys; where both have one, the other's counts.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl From<BTreeMap<String, Vec<String>>> for Context {
    fn from(map: BTreeMap<String, Vec<String>>) -> Self {
        Self(map.into_iter().map(|(key, values)| (key.to_lowercase(), values)).collect())
    }
}

impl From<Context> for BTreeMap<String, Vec<String>> {
    fn from(context: Context) -> Self {
        context.0
    }
}

/// One question to the policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    principal: Principal,
    action: String,
    lowercase_action: String,
    outline: Outline,
    resource: String,
    resource_account: Option<String>,
    context: Context,
}

impl Request {
    /// A question whose context holds what the principal is: `aws:PrincipalArn`, `aws:username` and their
    /// like. `resource` is an [`Arn`](crate::Arn), or `*` for actions that have no resource of their own.
    #[must_use]
    pub fn new(principal: Principal, action: &str, resource: impl ToString) -> Self {
        let context = principal.context();
        let lowercase_action = action.to_ascii_lowercase();
        Self {
            principal,
            action: action.to_owned(),
            outline: Outline::of(&lowercase_action),
            lowercase_action,
            resource: resource.to_string(),
            resource_account: None,
            context,
        }
    }

    /// The same question with a key of the context set.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.context.set(key, value);
        self
    }

    /// The same question with more context.
    #[must_use]
    pub fn with_context(mut self, context: Context) -> Self {
        self.context.extend(context);
        self
    }

    /// The same question about a resource of this account, which is `aws:ResourceAccount` too. Without it, the
    /// resource counts as the principal's own account's.
    #[must_use]
    pub fn in_account(mut self, account: impl Into<String>) -> Self {
        let account = account.into();
        self.context.set("aws:ResourceAccount", account.clone());
        self.resource_account = Some(account);
        self
    }

    /// Who asks.
    #[must_use]
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The action as its service spells it, such as `iam:CreateUser`.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The action in lower case, as policies compare it.
    pub(crate) fn lowercase_action(&self) -> &str {
        &self.lowercase_action
    }

    /// What the action in lower case looks like from afar.
    pub(crate) fn outline(&self) -> Outline {
        self.outline
    }

    /// The resource's name.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The circumstances.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The circumstances, to be changed.
    pub fn context_mut(&mut self) -> &mut Context {
        &mut self.context
    }

    /// Whether the resource belongs to another account than the principal's.
    #[must_use]
    pub fn is_cross_account(&self) -> bool {
        match (&self.resource_account, self.principal.account()) {
            (Some(owner), Some(account)) => owner != account,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Arn;

    #[test]
    fn keys_have_no_case() {
        let mut context = Context::new().with("AWS:SourceIp", "203.0.113.1");
        assert_eq!(context.get("aws:sourceip"), Some(["203.0.113.1".to_owned()].as_slice()));
        context.set("aws:sourceIP", "203.0.113.2");
        assert_eq!(context.iter().count(), 1);
        context.remove("aws:SOURCEIP");
        assert_eq!(context, Context::new());
        let read: Context = serde_json::from_str(r#"{"aws:TagKeys": ["a", "b"]}"#).expect("reads");
        assert_eq!(read.get("aws:tagkeys").map(<[String]>::len), Some(2));
    }

    #[test]
    fn a_request_knows_whose_resource_it_asks_about() {
        let alice = Principal::user(Arn::user("111111111111", "/", "alice"), "AIDAALICE");
        let request = Request::new(alice, "s3:GetObject", "arn:aws:s3:::bucket/key");
        assert!(!request.is_cross_account());
        assert!(!request.clone().in_account("111111111111").is_cross_account());
        assert!(request.in_account("222222222222").is_cross_account());
    }
}
