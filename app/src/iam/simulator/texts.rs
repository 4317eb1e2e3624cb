//! The texts of the policies that have a say, found by the ids that a simulation's answer names them by, and laid out
//! so that a statement can be seen.

use model::iam::{
    AttachedPolicy, GetUser, ListAttachedGroupPolicies, ListAttachedUserPolicies, ListGroupsForUser, MatchedStatement,
};
use policy::{Arn, Document, Effect, PolicyKind, Position, Span};

use super::asked::Asked;
use crate::{
    CallError,
    iam::{inline::Owner, paths::policy_path, policies::in_effect},
    ui::CodeMark,
};

/// Where a policy's text is to be found.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// It was typed.
    Typed(String),
    /// A managed policy, by its ARN.
    Managed(String),
    /// An inline policy, by its name.
    Inline(Owner, String),
}

/// How a policy has a say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It can allow and deny.
    Identity,
    /// It limits what the others allow.
    Boundary,
    /// It is the resource's own.
    Resource,
}

impl Kind {
    /// That of the policy that a statement is of.
    pub fn of(statement: &MatchedStatement) -> Self {
        match statement.source_policy_type.as_str() {
            "Resource Policy" => Self::Resource,
            "IAM Permissions Boundary Policy" => Self::Boundary,
            _ => Self::Identity,
        }
    }
}

/// A policy that has a say.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// As the simulation names it.
    pub id: String,
    /// As people call it: "AmazonS3ReadOnlyAccess (from group Staff)".
    pub title: String,
    /// How it has a say.
    pub kind: Kind,
    /// Where its text is.
    pub place: Place,
}

impl Place {
    /// The policy's page.
    pub fn page(&self) -> Option<String> {
        match self {
            Self::Typed(_) => None,
            Self::Managed(arn) => Some(policy_path(arn)),
            Self::Inline(owner, name) => Some(owner.policy_path(name)),
        }
    }
}

/// The policies that are simulated, as far as they may be listed, and what could not be.
pub(super) async fn known(asked: &Asked) -> (Vec<Known>, Vec<CallError>) {
    let (mut known, mut problems) = (Vec::new(), Vec::new());
    if let Ok(arn) = asked.source.parse::<Arn>() {
        let name = arn.name().to_owned();
        if asked.is_of_user() {
            of_user(&name, asked.boundary.trim().is_empty(), &mut known, &mut problems).await;
        } else {
            of_group(&name, &mut known, &mut problems).await;
        }
    }
    let typed = |id: &str, title: &str, text: &str, kind| Known {
        id: id.to_owned(),
        title: title.to_owned(),
        kind,
        place: Place::Typed(text.to_owned()),
    };
    if !asked.policy.trim().is_empty() {
        known.push(typed("PolicyInputList.1", "Policy as text", &asked.policy, Kind::Identity));
    }
    if !asked.boundary.trim().is_empty() {
        let title = "Permissions boundary as text";
        known.push(typed("PermissionsBoundaryPolicyInputList.1", title, &asked.boundary, Kind::Boundary));
    }
    if !asked.resource_policy.trim().is_empty() {
        known.push(typed("ResourcePolicy", "Resource policy as text", &asked.resource_policy, Kind::Resource));
    }
    (known, problems)
}

async fn of_user(name: &str, with_boundary: bool, known: &mut Vec<Known>, problems: &mut Vec<CallError>) {
    let mut take = |found: Result<Vec<Known>, CallError>| match found {
        Ok(found) => known.extend(found),
        Err(error) => problems.push(error),
    };
    let user_name = name.to_owned();
    let attached = crate::call(ListAttachedUserPolicies { user_name, ..ListAttachedUserPolicies::default() }).await;
    take(attached.map(|output| managed(output.attached_policies, "")));
    take(inline(Owner::User(name.to_owned()), format!("user_{name}_"), " (inline)").await);
    if with_boundary {
        let user = crate::call(GetUser { user_name: Some(name.to_owned()) }).await;
        take(user.map(|output| {
            let arn = output.user.permissions_boundary.map(|boundary| boundary.permissions_boundary_arn);
            arn.into_iter().map(boundary).collect()
        }));
    }
    let user_name = name.to_owned();
    let groups = crate::call(ListGroupsForUser { user_name, ..ListGroupsForUser::default() }).await;
    match groups {
        Ok(output) => {
            for group in output.groups {
                of_group(&group.group_name, known, problems).await;
            }
        }
        Err(error) => problems.push(error),
    }
}

async fn of_group(name: &str, known: &mut Vec<Known>, problems: &mut Vec<CallError>) {
    let from = format!(" (from group {name})");
    let group_name = name.to_owned();
    let attached = crate::call(ListAttachedGroupPolicies { group_name, ..ListAttachedGroupPolicies::default() }).await;
    let attached = attached.map(|output| managed(output.attached_policies, &from));
    let inline = inline(Owner::Group(name.to_owned()), format!("group_{name}_"), &from).await;
    for found in [attached, inline] {
        match found {
            Ok(found) => known.extend(found),
            Err(error) => problems.push(error),
        }
    }
}

fn managed(policies: Vec<AttachedPolicy>, from: &str) -> Vec<Known> {
    policies
        .into_iter()
        .map(|policy| Known {
            title: format!("{}{from}", policy.policy_name),
            id: policy.policy_name,
            kind: Kind::Identity,
            place: Place::Managed(policy.policy_arn),
        })
        .collect()
}

fn boundary(arn: String) -> Known {
    let name = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
    Known {
        title: format!("{name} (permissions boundary)"),
        id: name,
        kind: Kind::Boundary,
        place: Place::Managed(arn),
    }
}

async fn inline(owner: Owner, prefix: String, from: &str) -> Result<Vec<Known>, CallError> {
    let names = owner.policies().await?;
    let known = names.into_iter().map(|name| Known {
        id: format!("{prefix}{name}"),
        title: format!("{name}{from}"),
        kind: Kind::Identity,
        place: Place::Inline(owner.clone(), name),
    });
    Ok(known.collect())
}

/// A policy's text as it was put.
pub(super) async fn text(place: &Place) -> Result<String, CallError> {
    match place {
        Place::Typed(text) => Ok(text.clone()),
        Place::Inline(owner, name) => owner.document(name).await,
        Place::Managed(arn) => Ok(in_effect(arn).await?.1),
    }
}

/// A statement in the text as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// The author's name for it, or its number.
    pub label: String,
    /// Give or take.
    pub effect: Effect,
    /// Where it begins in the policy's own text.
    pub start: Position,
    /// Where it stands in the text as shown.
    pub shown: Span,
}

impl Placed {
    /// Makes it stand out.
    pub fn mark(&self) -> CodeMark {
        let at = |position: Position| (position.line, position.column);
        CodeMark { start: at(self.shown.start), end: at(self.shown.end), bad: self.effect == Effect::Deny }
    }
}

/// A policy's text as it is shown, with its statements.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    /// The text.
    pub code: String,
    /// The statements, in their order.
    pub statements: Vec<Placed>,
}

/// Beyond this a line is a whole policy rather than a line of one.
const LONG_LINE: usize = 160;

/// Lays a policy out. One written in one long line is shown with a line for each element; its statements keep the
/// places of the text they come from.
pub(super) fn laid(text: &str) -> Laid {
    let kinds = [PolicyKind::Identity, PolicyKind::Resource];
    let Some(document) = kinds.into_iter().find_map(|kind| Document::parse(text, kind).ok()) else {
        return Laid { code: text.to_owned(), statements: Vec::new() };
    };
    let long = text.lines().any(|line| line.chars().count() > LONG_LINE);
    let pretty = long.then(|| format!("{document:#}")).and_then(|code| Some((policy::places(&code).ok()?, code)));
    let own: Vec<Span> = document.statements.iter().map(|statement| statement.span).collect();
    let (shown, code) = match pretty {
        Some((places, code)) if places.len() == own.len() => {
            (places.iter().map(|place| place.statement).collect(), code)
        }
        _ => (own.clone(), text.to_owned()),
    };
    let statements = document.statements.iter().zip(own.iter().zip(shown)).enumerate();
    let statements = statements.map(|(number, (statement, (own, shown)))| Placed {
        label: label(statement.sid.as_deref(), number + 1),
        effect: statement.effect,
        start: own.start,
        shown,
    });
    Laid { code, statements: statements.collect() }
}

/// The author's name for a statement, or its number.
pub(super) fn label(sid: Option<&str>, number: usize) -> String {
    match sid {
        Some(sid) if !sid.is_empty() => format!("Statement \"{sid}\""),
        _ => format!("Statement {number}"),
    }
}
