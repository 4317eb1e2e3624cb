//! Statements of a topic's policy, one by one.

use model::sns::{AddPermission, POLICY, RemovePermission, TopicArn, invalid, no_topic};
use serde_json::{Value, json};

use super::{existing, hold, policy, target, topics::set_policy};
use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

/// A topic's policy as JSON with its statements as a list.
async fn read(tx: &mut Tx, arn: &TopicArn) -> Result<Value> {
    hold(tx, arn, no_topic).await?;
    let text = existing(tx, arn).await?.policy.unwrap_or_else(|| policy::default(arn));
    let mut document: Value = serde_json::from_str(&text)?;
    if !document["Statement"].is_array() {
        document["Statement"] = Value::Array(vec![document["Statement"].take()]);
    }
    Ok(document)
}

impl Execute for AddPermission {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:AddPermission", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let arn: TopicArn = self.topic_arn.parse()?;
        let mut document = read(tx, &arn).await?;
        let statements = document["Statement"].as_array_mut().ok_or_else(|| anyhow::anyhow!("a list of statements"))?;
        if statements.iter().any(|statement| statement["Sid"] == self.label.as_str()) {
            return Err(invalid("Statement already exists").into());
        }
        let accounts: Vec<String> =
            self.aws_account_id.iter().map(|account| format!("arn:aws:iam::{account}:root")).collect();
        let actions: Vec<String> = self.action_name.iter().map(|action| format!("SNS:{action}")).collect();
        statements.push(json!({
            "Sid": self.label,
            "Effect": "Allow",
            "Principal": { "AWS": accounts },
            "Action": actions,
            "Resource": self.topic_arn,
        }));
        let text = document.to_string();
        if text.len() > POLICY {
            return Err(invalid(format_args!("Policy: must be at most {POLICY} bytes long")).into());
        }
        set_policy(tx, &arn, Some(&text)).await
    }
}

impl Execute for RemovePermission {
    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        target(tx, "SNS:RemovePermission", "TopicArn", &self.topic_arn.parse()?).await
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let arn: TopicArn = self.topic_arn.parse()?;
        let mut document = read(tx, &arn).await?;
        let statements = document["Statement"].as_array_mut().ok_or_else(|| anyhow::anyhow!("a list of statements"))?;
        let before = statements.len();
        statements.retain(|statement| statement["Sid"] != self.label.as_str());
        if statements.len() == before {
            return Ok(());
        }
        set_policy(tx, &arn, Some(&document.to_string())).await
    }
}
