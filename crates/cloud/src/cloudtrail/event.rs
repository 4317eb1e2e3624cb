//! A row of the trail as CloudTrail shows it. The trail is masked when it is written: nothing here could be shown that
//! may not be.

use model::{
    Timestamp,
    cloudtrail::{Event, EventResource},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// How the history names steps of a sign-in: with the code still to come, and done or failed.
pub(super) const CONSOLE_LOGIN: [&str; 2] = ["ConsoleLogin", "CheckMfa"];
/// How the trail names them.
pub(crate) const SIGN_INS: [&str; 4] = ["SignInRoot", "SignInUser", "SubmitMfaCode", "SubmitPasskey"];
/// Behind a service's name in event sources.
const DOMAIN: &str = ".amazonaws.com";
/// IAM's events are of this region, and this version has no regional service.
const REGION: &str = "us-east-1";
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";

/// The service that an event source names.
pub(super) fn source_of(text: &str) -> Option<&str> {
    text.strip_suffix(DOMAIN)
}

/// A row of the trail.
pub(super) struct Row {
    pub event_id: Uuid,
    pub event_time: i64,
    pub source: String,
    pub service: String,
    pub name: String,
    pub read_only: bool,
    pub principal_type: String,
    pub principal_id: String,
    pub principal_arn: String,
    pub user_name: Option<String>,
    pub access_key_id: Option<String>,
    pub resources: Value,
    pub request: Option<Value>,
    pub response: Option<Value>,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
    pub source_ip: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: String,
    pub sandbox_time: Option<i64>,
}

impl Row {
    fn is_sign_in(&self) -> bool {
        self.service == "signin" && SIGN_INS.contains(&self.name.as_str())
    }

    /// Whether a password was right and the code is still to come.
    fn awaits_code(&self) -> bool {
        self.response.as_ref().is_some_and(|response| response["MfaRequired"] == true)
    }

    /// The event's name: a sign-in is one event, whoever signs in.
    fn shown_name(&self) -> &str {
        match (self.is_sign_in(), self.awaits_code()) {
            (false, _) => &self.name,
            (true, false) => CONSOLE_LOGIN[0],
            (true, true) => CONSOLE_LOGIN[1],
        }
    }

    fn resources(&self) -> Vec<EventResource> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let resource = |of: &Value| EventResource {
            resource_type: text(&of["type"]),
            resource_name: text(&of["name"]).or_else(|| text(&of["ARN"])),
        };
        self.resources.as_array().into_iter().flatten().map(resource).collect()
    }

    /// Who, as lists show it.
    fn username(&self) -> Option<String> {
        let root = (self.principal_type == "Root").then(|| "root".to_owned());
        let tried = (self.principal_type == "Anonymous" && self.is_sign_in()).then(|| HIDDEN.to_owned());
        self.user_name.clone().or(root).or(tried)
    }

    fn identity(&self, account: &str) -> Value {
        let mut identity = match self.principal_type.as_str() {
            // Whoever fails to sign in is nobody: AWS hides what was typed too.
            "Anonymous" if self.name == "SignInRoot" => json!({ "type": "Root", "accountId": account }),
            "Anonymous" if self.is_sign_in() => json!({ "type": "IAMUser", "accountId": account, "userName": HIDDEN }),
            kind => json!({
                "type": kind,
                "principalId": self.principal_id,
                "arn": self.principal_arn,
                "accountId": account,
            }),
        };
        for (member, value) in [("accessKeyId", &self.access_key_id), ("userName", &self.user_name)] {
            if let Some(value) = value {
                identity[member] = json!(value);
            }
        }
        identity
    }

    /// The whole event, in CloudTrail's own members.
    fn record(&self, account: &str) -> Value {
        let mut record = json!({
            "eventVersion": "1.08",
            "userIdentity": self.identity(account),
            "eventTime": Timestamp(self.event_time),
            "eventSource": format!("{}{DOMAIN}", self.service),
            "eventName": self.shown_name(),
            "awsRegion": REGION,
            "sourceIPAddress": self.source_ip,
            "userAgent": self.user_agent,
            "requestParameters": self.request,
            "responseElements": self.response,
            "requestID": self.request_id,
            "eventID": self.event_id.to_string(),
            "readOnly": self.read_only,
            "resources": self.resources,
            "eventType": "AwsApiCall",
            "managementEvent": true,
            "recipientAccountId": account,
            "eventCategory": "Management",
        });
        if let Some(code) = &self.error_code {
            record["errorCode"] = json!(code);
            record["errorMessage"] = json!(self.error_message);
        }
        if self.is_sign_in() {
            let failed = self.error_code.is_some();
            record["eventType"] = json!("AwsConsoleSignIn");
            record["requestParameters"] = Value::Null;
            record["responseElements"] = json!({ (self.shown_name()): if failed { "Failure" } else { "Success" } });
            let mfa = if matches!(self.name.as_str(), "SubmitMfaCode" | "SubmitPasskey") || self.awaits_code() {
                "Yes"
            } else {
                "No"
            };
            record["additionalEventData"] = json!({ "MobileVersion": "No", "MFAUsed": mfa });
            if failed {
                record["errorMessage"] = json!("Failed authentication");
                if let Some(members) = record.as_object_mut() {
                    members.remove("errorCode");
                }
            }
        } else if self.source == "console" {
            record["sessionCredentialFromConsole"] = json!("true");
        }
        if let Some(sandbox) = self.sandbox_time {
            if !record["additionalEventData"].is_object() {
                record["additionalEventData"] = json!({});
            }
            record["additionalEventData"]["SandboxTime"] = json!(Timestamp(sandbox));
        }
        record
    }

    /// The event as LookupEvents answers it.
    pub(super) fn event(self, account: &str) -> Event {
        Event {
            event_id: self.event_id.to_string(),
            event_name: self.shown_name().to_owned(),
            read_only: self.read_only.to_string(),
            event_time: Timestamp(self.event_time),
            event_source: format!("{}{DOMAIN}", self.service),
            username: self.username(),
            resources: self.resources(),
            cloud_trail_event: self.record(account).to_string(),
            access_key_id: self.access_key_id,
        }
    }
}
