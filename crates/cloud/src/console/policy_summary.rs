//! What a managed policy says, service by service.

use std::collections::BTreeSet;

use model::console::{GetPolicySummary, GetPolicySummaryOutput, ServiceGrant};
use policy::{ConditionElement, Document, Effect};

use crate::{
    catalogue::describe::{service_and_action, services},
    documents,
    error::Result,
    execute::{Execute, Target},
    iam::{
        own_policies,
        policies::{self, Managed},
    },
    tx::Tx,
};

impl Execute for GetPolicySummary {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        Ok(policies::policy_target(tx, &self.policy_arn).await?.asking("iam:GetPolicyVersion"))
    }

    async fn run(self, tx: &mut Tx) -> Result<GetPolicySummaryOutput> {
        let policy = policies::known(tx, &self.policy_arn)?;
        let compiled = match &policy {
            Managed::Aws(policy) => policy.compiled(),
            Managed::Own(policy) => {
                let document = own_policies::operative_document(tx, policy).await?;
                documents::compiled(&document).map_err(anyhow::Error::from)?
            }
        };
        let grants = grants(compiled.document());
        Ok(GetPolicySummaryOutput {
            kind: policy.kind_in_words().into(),
            description: policy.description().into(),
            remaining: remaining(&grants),
            grants,
        })
    }
}

/// The services, of those that AWS's managed policies name, that none of the rows allows anything of.
pub(super) fn remaining(grants: &[ServiceGrant]) -> Vec<String> {
    let opened: BTreeSet<&str> =
        grants.iter().filter(|grant| grant.effect == "Allow").map(|grant| grant.service.as_str()).collect();
    if opened.contains("*") {
        return Vec::new();
    }
    services().iter().filter(|service| !opened.contains(service.as_str())).cloned().collect()
}

/// Statements of the same effect, resources and conditions are one row for each of their services.
pub(super) fn grants(document: &Document) -> Vec<ServiceGrant> {
    let mut grants: Vec<ServiceGrant> = Vec::new();
    for statement in &document.statements {
        let empty = |service: String| ServiceGrant {
            effect: statement.effect.as_str().to_owned(),
            service,
            actions: Vec::new(),
            all_but: statement.action.negated,
            resources: statement.resource.as_ref().map(|element| element.values.clone()).unwrap_or_default(),
            all_but_resources: statement.resource.as_ref().is_some_and(|element| element.negated),
            conditions: statement.conditions.iter().map(condition).collect(),
        };
        if statement.action.negated {
            grants.push(ServiceGrant { actions: statement.action.values.clone(), ..empty("*".into()) });
            continue;
        }
        for pattern in &statement.action.values {
            let (service, action) = service_and_action(pattern);
            let wanted = empty(service);
            let grant = match grants.iter_mut().find(|grant| is_of(grant, &wanted)) {
                Some(grant) => grant,
                None => {
                    grants.push(wanted);
                    let Some(last) = grants.last_mut() else { continue };
                    last
                }
            };
            add(grant, action);
        }
    }
    grants.sort_by(|one, other| {
        let key = |grant: &ServiceGrant| (grant.effect != Effect::Deny.as_str(), grant.service.clone());
        key(one).cmp(&key(other))
    });
    grants
}

fn is_of(grant: &ServiceGrant, wanted: &ServiceGrant) -> bool {
    let actions = grant.actions.clone();
    *grant == ServiceGrant { actions, ..wanted.clone() }
}

/// One action more, unless all are meant already; names are compared without regard to case.
fn add(grant: &mut ServiceGrant, action: &str) {
    if action == "*" {
        grant.actions = vec!["*".to_owned()];
    } else if !grant.actions.iter().any(|known| known == "*" || known.eq_ignore_ascii_case(action)) {
        grant.actions.push(action.to_owned());
    }
}

/// `aws:MultiFactorAuthPresent Bool true`.
fn condition(element: &ConditionElement) -> String {
    format!("{} {} {}", element.key, element.operator, element.values.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::PolicyKind;

    fn of(text: &str) -> Vec<(String, String, Vec<String>)> {
        let document = Document::parse(text, PolicyKind::Identity).expect("a policy");
        grants(&document).into_iter().map(|grant| (grant.effect, grant.service, grant.actions)).collect()
    }

    fn row(effect: &str, service: &str, actions: &[&str]) -> (String, String, Vec<String>) {
        (effect.into(), service.into(), actions.iter().map(|action| (*action).to_owned()).collect())
    }

    #[test]
    fn equal_circumstances_make_one_row_a_service_and_denials_come_first() {
        let found = of(r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": ["s3:Get*", "S3:get*", "iam:ListUsers"], "Resource": "*"},
            {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
            {"Effect": "Allow", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::bills/*"},
            {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
        ]}"#);
        assert_eq!(
            found,
            [
                row("Deny", "s3", &["*"]),
                row("Allow", "iam", &["ListUsers"]),
                row("Allow", "s3", &["Get*", "PutObject"]),
                row("Allow", "s3", &["DeleteObject"]),
            ]
        );
    }

    #[test]
    fn all_actions_swallow_the_others_and_not_action_means_every_service() {
        let found = of(r#"{"Statement": [
            {"Effect": "Allow", "Action": ["s3:Get*", "s3:*", "s3:Put*"], "Resource": "*"},
            {"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "*"},
            {"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::x"}
        ]}"#);
        assert_eq!(found, [row("Allow", "*", &["iam:*"]), row("Allow", "*", &["*"]), row("Allow", "s3", &["*"])]);
    }
}
