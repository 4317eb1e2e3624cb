//! The audit trail: one row per call, in the transaction of its effect; for a failure in one of its own. A row bears the
//! real time, and the account's own where that is another.

use model::{ApiError, id::AccountId};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Caller, Cloud, Identity, Request,
    deed::Facts,
    error::Result,
    execute::{Prepared, Target},
    tx::{self, Tx},
};

const MASK: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";

/// What is known of a call before it runs.
pub(crate) struct Event {
    id: Uuid,
    service: &'static str,
    name: &'static str,
    read_only: bool,
    input: Value,
}

impl Event {
    pub(crate) fn of(facts: &Facts, input: Value) -> Self {
        Self {
            id: Uuid::new_v4(),
            service: facts.action.service,
            name: facts.action.name,
            read_only: facts.access.is_read(),
            input: masked(input, facts.hidden),
        }
    }

    /// A read model is in the trail as the action it stands for.
    pub(crate) fn stands_for(&mut self, action: Option<&'static str>) {
        if let Some((service, name)) = action.and_then(|action| action.split_once(':')) {
            (self.service, self.name) = (service, name);
        }
    }
}

/// An input's or output's JSON with the operation's hidden members masked, at any depth.
pub(crate) fn masked(mut value: Value, hidden: &[&str]) -> Value {
    mask(&mut value, hidden);
    value
}

fn mask(value: &mut Value, hidden: &[&str]) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if hidden.contains(&name.as_str()) {
                    if !member.is_null() {
                        *member = Value::String(MASK.into());
                    }
                } else {
                    mask(member, hidden);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, hidden)),
        // Postgres keeps no NUL: whoever sends one must not get away without a row.
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', "\u{fffd}"),
        _ => {}
    }
}

/// Writes the row of a success, its output masked, into its own transaction.
pub(crate) async fn succeeded(tx: &mut Tx, event: &Event, target: &Target, shown: &Value) -> Result<()> {
    let response = if event.read_only { Value::Null } else { shown.clone() };
    let mut resources: Vec<Value> =
        target.touches.iter().map(|(kind, name)| json!({ "type": kind, "name": name })).collect();
    if resources.is_empty() && target.resource.starts_with("arn:") {
        resources.push(json!({ "ARN": target.resource }));
    }
    let kind = principal_type(&tx.caller);
    let (account, principal, request, caller) =
        (tx.account.clone(), tx.principal.clone(), tx.request.clone(), tx.caller.clone());
    sqlx::query!(
        "insert into trail (account_id, event_id, event_time, source, service, name, read_only, principal_type, principal_id,
                            principal_arn, user_name, access_key_id, resources, request, response, source_ip, user_agent, request_id,
                            sandbox_time)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        account.as_str(),
        event.id,
        tx.wall.0,
        request.source.as_str(),
        event.service,
        event.name,
        event.read_only,
        kind,
        principal.id,
        principal.arn,
        principal.user_name,
        caller.access_key_id,
        Value::Array(resources),
        event.input,
        response,
        request.ip.map(|ip| ip.to_string()),
        request.user_agent,
        request.id.to_string(),
        (tx.now != tx.wall).then_some(tx.now.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes the row of a failure: the failed transaction is gone, so it gets one of its own. A failure of nobody on
/// no known account has no trail to go to and is a log line; so is a row that cannot be written.
pub(crate) async fn failed(
    cloud: &Cloud,
    caller: &Caller,
    request: &Request,
    event: &Event,
    found: Prepared,
    error: &ApiError,
) {
    let Some(account) = found.account.or_else(|| caller.account.clone()) else {
        tracing::info!(request_id = %request.id, action = %format!("{}:{}", event.service, event.name), code = error.code(),
            "a call by nobody on no account failed");
        return;
    };
    if let Err(cause) = write_failure(cloud, caller, request, event, (&account, found.tried), error).await {
        tracing::error!(request_id = %request.id, action = %format!("{}:{}", event.service, event.name), code = error.code(),
            account = %account, input = %event.input, cause = ?cause, "a trail row could not be written");
    }
}

async fn write_failure(
    cloud: &Cloud,
    caller: &Caller,
    request: &Request,
    event: &Event,
    (account, tried): (&AccountId, Option<String>),
    error: &ApiError,
) -> Result<()> {
    let mut conn = tx::open(cloud, account, false).await?;
    let user_id = match &caller.identity {
        Identity::User(id) => Some(id.as_str()),
        _ => None,
    };
    // An account that does not exist has no trail: the ids in the world are not ours to confirm.
    sqlx::query!(
        r#"insert into trail (account_id, event_id, event_time, source, service, name, read_only, principal_type, principal_id,
                              principal_arn, user_name, access_key_id, resources, request, error_code, error_message, source_ip,
                              user_agent, request_id, sandbox_time)
           select $1, $2, clock.wall, $3, $4, $5, $6,
                  $7, $8, 'arn:aws:iam::' || $1 || ':' || coalesce('user' || u.path || u.name, lower($7)), u.name, $9, '[]'::jsonb,
                  $10, $11, $12, $13, $14, $15, case when a.clock_offset_ms <> 0 then clock.wall + a.clock_offset_ms end
           from (select (extract(epoch from clock_timestamp()) * 1000)::bigint as wall) as clock
           left join account a on a.account_id = $1
           left join iam_user u on u.account_id = $1 and u.user_id = $16"#,
        account.as_str(),
        event.id,
        request.source.as_str(),
        event.service,
        event.name,
        event.read_only,
        principal_type(caller),
        // Nobody was signed in, but somebody must be able to see who was tried.
        tried.unwrap_or_else(|| caller.principal_id()),
        caller.access_key_id,
        event.input,
        error.code(),
        error.to_string(),
        request.ip.map(|ip| ip.to_string()),
        request.user_agent,
        request.id.to_string(),
        user_id,
    )
    .execute(&mut *conn)
    .await?;
    conn.commit().await?;
    Ok(())
}

fn principal_type(caller: &Caller) -> &'static str {
    match caller.identity {
        Identity::Anonymous => "Anonymous",
        Identity::Root => "Root",
        Identity::User(_) => "IAMUser",
        Identity::Operator => "Operator",
        Identity::Service(_) => "AWSService",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_members_are_masked_at_any_depth() {
        let mut value = json!({
            "UserName": "alice",
            "Password": "canary-1",
            "AccessKey": { "SecretAccessKey": "canary-2" },
            "List": [{ "Password": "canary-3" }],
            "Nul": "a\0b",
        });
        mask(&mut value, &["Password", "SecretAccessKey"]);
        let text = value.to_string();
        assert!(!text.contains("canary") && text.contains("alice"), "{text}");
        assert!(text.contains("a\u{fffd}b"), "{text}");
    }
}
