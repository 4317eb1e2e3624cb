//! Adding permissions to a user: what has been picked so far, and the operations at the end.

use model::{
    ApiError,
    iam::{AddUserToGroup, AttachUserPolicy, GetUserPolicy, PutUserPermissionsBoundary, PutUserPolicy},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    CallError,
    iam::{
        fields::{Fields, answer},
        inline::decoded,
        plan::Runner,
    },
};

/// Picks groups, a user or policies; calls nothing.
pub const PICK: &str = "console-form:PickPermissions";
/// Gives the user what was picked.
pub const GRANT: &str = "console-form:GrantPermissions";

/// What has been picked so far, and what is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Picked {
    /// Names of groups, the name of a user, or ARNs of policies.
    pub chosen: Vec<String>,
    /// What is searched for.
    pub query: String,
    /// Where the page of the list begins; empty for the first.
    pub marker: String,
    /// Whether picking is done.
    pub review: bool,
    /// Why it is not.
    pub fault: Option<String>,
}

/// Something that a user is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// Membership of the group of that name.
    Group(String),
    /// The policy of that ARN, attached directly.
    Policy(String),
    /// The policy of that ARN as permissions boundary.
    Boundary(String),
    /// A copy of an inline policy of another user.
    Inline {
        /// The other user.
        from: String,
        /// The policy's name.
        name: String,
    },
}

impl Right {
    /// As a form holds it. Neither names nor ARNs hold spaces, so several stand in one field; no name holds a slash.
    pub fn word(&self) -> String {
        match self {
            Self::Group(name) => format!("group:{name}"),
            Self::Policy(arn) => format!("policy:{arn}"),
            Self::Boundary(arn) => format!("boundary:{arn}"),
            Self::Inline { from, name } => format!("inline:{from}/{name}"),
        }
    }

    /// What a form's word means.
    pub fn of(word: &str) -> Option<Self> {
        let (kind, what) = word.split_once(':')?;
        match kind {
            "group" => Some(Self::Group(what.to_owned())),
            "policy" => Some(Self::Policy(what.to_owned())),
            "boundary" => Some(Self::Boundary(what.to_owned())),
            "inline" => {
                let (from, name) = what.split_once('/')?;
                Some(Self::Inline { from: from.to_owned(), name: name.to_owned() })
            }
            _ => None,
        }
    }

    /// Its type and its name, for the review.
    pub fn shown(&self) -> (&'static str, String) {
        let name = |arn: &str| arn.rsplit('/').next().unwrap_or(arn).to_owned();
        match self {
            Self::Group(group) => ("Group", group.clone()),
            Self::Policy(arn) => ("Managed policy", name(arn)),
            Self::Boundary(arn) => ("Permissions boundary", name(arn)),
            Self::Inline { name, .. } => ("Inline policy", name.clone()),
        }
    }
}

/// Runs the form of that name; nothing if it is none of these.
pub(super) async fn run(operation: &str, form: &Fields<'_>, runner: &impl Runner) -> Option<Result<Value, CallError>> {
    match operation {
        PICK => Some(answer(Ok(pick(form)))),
        GRANT => Some(answer(grant(form, runner).await)),
        _ => None,
    }
}

/// What stands in `Chosen` was picked on other pages of the list; `Picked` is what is ticked on this one.
fn pick(form: &Fields<'_>) -> Picked {
    let ticked = form.all("Picked");
    let earlier: Vec<String> = form.all("Chosen").join(" ").split_whitespace().map(str::to_owned).collect();
    let mut chosen = if form.has("Single") && !ticked.is_empty() { Vec::new() } else { earlier };
    for one in ticked {
        if !chosen.contains(&one) {
            chosen.push(one);
        }
    }
    let removed = form.one("Remove");
    chosen.retain(|one| *one != removed);
    let then = form.one("Then");
    let asked = then == "review";
    let review = asked && !chosen.is_empty();
    let marker = match then.as_str() {
        "next" => form.one("Marker"),
        "review" => form.one("Here"),
        _ => String::new(),
    };
    let fault = (asked && !review).then(|| "Select at least one row before you go on.".to_owned());
    Picked { chosen, query: form.one("Query"), marker, review, fault }
}

/// Each of the operations may be repeated, so sending the form again after an error gives what is still missing.
async fn grant(form: &Fields<'_>, runner: &impl Runner) -> Result<(), CallError> {
    let user_name = || form.one("UserName");
    let given = form.one("Rights");
    let rights: Option<Vec<Right>> = given.split_whitespace().map(Right::of).collect();
    let Some(rights) = rights.filter(|rights| !rights.is_empty()) else {
        return Err(ApiError::InvalidInput { message: "Select at least one permission to add.".into() }.into());
    };
    for right in rights {
        match right {
            Right::Group(group_name) => {
                runner.run(AddUserToGroup { group_name, user_name: user_name() }).await?;
            }
            Right::Policy(policy_arn) => {
                runner.run(AttachUserPolicy { user_name: user_name(), policy_arn }).await?;
            }
            Right::Boundary(permissions_boundary) => {
                runner.run(PutUserPermissionsBoundary { user_name: user_name(), permissions_boundary }).await?;
            }
            Right::Inline { from, name: policy_name } => {
                let original = GetUserPolicy { user_name: from, policy_name: policy_name.clone() };
                let policy_document = decoded(&runner.run(original).await?.policy_document);
                runner.run(PutUserPolicy { user_name: user_name(), policy_name, policy_document }).await?;
            }
        }
    }
    Ok(())
}
