//! What an operation does: which resource its caller's policies are asked about, and what then happens.

use std::future::Future;

use model::{Operation, Tag, console::CheckPolicyDocumentOutput, iam::SimulatePolicyOutput, id::AccountId};
use policy::{Arn, Attached};

use crate::{Caller, Cloud, Request, deed::Deed, error::Result, tx::Tx};

/// What the caller's policies are asked.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The resource.
    pub(crate) resource: String,
    /// What AWS's sentence prints in place of the ARN, where it prints something else ("user alice").
    pub(crate) shown: Option<String>,
    /// The action that policies are asked about, where it is not the operation's own name (Decision 18: a read
    /// model of the console asks IAM's actions).
    pub(crate) action: Option<&'static str>,
    /// The action that AWS authorises the operation by, where it is not the operation's own name: several of
    /// Budgets' operations are one action. The trail keeps the operation's name.
    pub(crate) judged: Option<&'static str>,
    /// The resource's own policy, where it has one that speaks besides the caller's.
    pub(crate) policy: Option<Attached>,
    /// Condition keys of this request besides the global ones.
    pub(crate) context: Vec<(String, Vec<String>)>,
    /// Further questions that must be answered yes too (action, resource).
    pub(crate) also: Vec<(&'static str, String)>,
    /// Names of the resources touched, for the trail: (type, name or ARN).
    pub(crate) touches: Vec<(&'static str, String)>,
}

impl Target {
    /// One resource by ARN.
    pub fn of(arn: &Arn) -> Self {
        Self { resource: arn.to_string(), ..Self::default() }
    }

    /// An action without a resource of its own: policies are asked about `*`.
    pub fn everything() -> Self {
        Self { resource: "*".into(), ..Self::default() }
    }

    /// Prints `text` in the denial in place of the ARN, as AWS does for this operation.
    #[must_use]
    pub fn shown(mut self, text: impl Into<String>) -> Self {
        self.shown = Some(text.into());
        self
    }

    /// Asks about `action` in place of the operation's own; the trail names it too.
    #[must_use]
    pub fn asking(mut self, action: &'static str) -> Self {
        self.action = Some(action);
        self
    }

    /// Asks about `action`, as AWS authorises this operation; the trail keeps the operation's own name.
    #[must_use]
    pub fn judged_as(mut self, action: &'static str) -> Self {
        self.judged = Some(action);
        self
    }

    /// Asks a second question, which must be answered yes too.
    #[must_use]
    pub fn also(mut self, action: &'static str, resource: impl Into<String>) -> Self {
        self.also.push((action, resource.into()));
        self
    }

    /// Adds a condition key.
    #[must_use]
    pub fn with(mut self, key: &str, values: Vec<String>) -> Self {
        self.context.push((key.to_lowercase(), values));
        self
    }

    /// Adds `aws:RequestTag/…` and `aws:TagKeys`.
    #[must_use]
    pub fn with_request_tags(mut self, tags: &[Tag]) -> Self {
        if !tags.is_empty() {
            self = self.with("aws:TagKeys", tags.iter().map(|tag| tag.key.clone()).collect());
            for tag in tags {
                self = self.with(&format!("aws:RequestTag/{}", tag.key), vec![tag.value.clone()]);
            }
        }
        self
    }

    /// Names a touched resource for the trail.
    #[must_use]
    pub fn touching(mut self, kind: &'static str, name: impl Into<String>) -> Self {
        self.touches.push((kind, name.into()));
        self
    }
}

/// What [`Execute::prepare`] found out with no transaction open.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// The account a public operation is about: its transaction is opened for it.
    pub(crate) account: Option<AccountId>,
    /// The principal that a sign-in is tried as: a user's unique id, or root's account id. A failure's trail names it.
    pub(crate) tried: Option<String>,
    /// The PHC string of a new password.
    pub(crate) new_hash: Option<String>,
    /// The stored PHC string that a given password was checked against, and whether it matched.
    pub(crate) verified: Option<(String, bool)>,
    /// The user the check was about.
    pub(crate) user_id: Option<String>,
    /// The MFA devices whose code was typed, each with the time step of it.
    pub(crate) codes: Vec<(String, i64)>,
    /// The passkey that signed a sign-in's challenge: its row's key, the credential as it is now, its counter.
    pub(crate) passkey: Option<(String, serde_json::Value, i64)>,
    /// What a passkey's registration must answer, taken from the session, and whose it is to be.
    pub(crate) registration: Option<(webauthn_rs::prelude::SecurityKeyRegistration, Option<String>)>,
    /// What a simulation answers, and the unique id of the user or group whose policies it read.
    pub(crate) simulated: Option<(SimulatePolicyOutput, Option<String>)>,
    /// The services that policies open, and the unique id of the user or group whose policies they are.
    pub(crate) opened: Option<(Vec<String>, Option<String>)>,
    /// What a policy's text says.
    pub(crate) document: Option<CheckPolicyDocumentOutput>,
    /// What reading a cost export has found.
    pub(crate) survey: Option<crate::billing::Survey>,
}

/// What `prepare` may use: everything but a transaction.
pub struct Preparation<'a> {
    pub(crate) cloud: &'a Cloud,
    pub(crate) caller: &'a Caller,
    pub(crate) request: &'a Request,
    /// What it finds out.
    pub(crate) prepared: Prepared,
}

/// One operation's deed. Implemented here in `cloud` for the operations of the list, and nowhere else.
pub trait Execute: Operation + Deed {
    /// Whether [`Execute::prepare`] does anything: if so, signed callers are authorised once before it.
    const PREPARES: bool = false;

    /// Whether the call is nobody's, whoever is signed in in this browser: a sign-in makes a principal, and the one
    /// that the session had before neither signs for it nor gets it into the trail of an account of its own.
    const ANONYMOUS: bool = false;

    /// Whether a success leaves no row in the trail: a look by somebody who is nobody yet, which changes nothing and which
    /// anybody could make without end.
    const SILENT: bool = false;

    /// Slow work with no transaction open: hashing, what a stranger's policies mean. Public operations count their try against the throttle here.
    fn prepare(&self, _preparation: &mut Preparation<'_>) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// What the caller's policies are asked. A missing entity is asked about by its name under the root path, so
    /// that a denial comes before "no such entity".
    fn target(&self, tx: &mut Tx) -> impl Future<Output = Result<Target>> + Send;

    /// The deed.
    fn run(self, tx: &mut Tx) -> impl Future<Output = Result<Self::Output>> + Send;
}
