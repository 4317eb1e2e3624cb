//! Which services somebody's policies allow, and when they were last used.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Timestamp, name, page};

/// How finely last accesses are told, coarse first.
pub const GRANULARITIES: [&str; 2] = ["SERVICE_LEVEL", "ACTION_LEVEL"];

/// Days that are looked back (IAM User Guide, "Refine permissions using last accessed information").
pub const TRACKING_DAYS: i64 = 400;

/// A job's id in examples.
const EXAMPLE_JOB: &str = "01234567-89ab-4cde-8f01-23456789abcd";

/// Makes a report of the services that a user's or a group's policies allow, and of when they were last used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateServiceLastAccessedDetails {
    /// The ARN of the user or the group.
    #[serde(default)]
    pub arn: String,
    /// `SERVICE_LEVEL`, also where none is named, or `ACTION_LEVEL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granularity: Option<String>,
}

/// What GenerateServiceLastAccessedDetails answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateServiceLastAccessedDetailsOutput {
    /// The report's id, for whoever had it made.
    pub job_id: String,
}

impl Operation for GenerateServiceLastAccessedDetails {
    const ACTION: Action = Action::new("iam", "GenerateServiceLastAccessedDetails");
    const ACCESS: Access = Access::Read;
    type Output = GenerateServiceLastAccessedDetailsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("arn", &self.arn, &name::ARN);
        if let Some(granularity) = &self.granularity {
            fields.one_of("granularity", granularity, &GRANULARITIES);
        }
    }

    fn example() -> Self {
        Self { arn: "arn:aws:iam::111122223333:user/example-user".into(), granularity: None }
    }
}

/// A page of the report, by services.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLastAccessedDetails {
    /// The report's id.
    #[serde(default)]
    pub job_id: String,
    /// Services on a page, 1 to 1000, 100 where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// What GetServiceLastAccessedDetails answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLastAccessedDetailsOutput {
    /// `COMPLETED`: a report is made before its id is told.
    pub job_status: String,
    /// How finely it tells.
    pub job_type: String,
    /// When it was begun.
    pub job_creation_date: Timestamp,
    /// The services that the policies allow, by their namespaces.
    pub services_last_accessed: Vec<ServiceLastAccessed>,
    /// When it was done.
    pub job_completion_date: Timestamp,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// A service that the policies allow. Without dates it was not used in the tracking period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceLastAccessed {
    /// Its name.
    pub service_name: String,
    /// When it was last tried, allowed or denied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_authenticated: Option<Timestamp>,
    /// What its actions begin with.
    pub service_namespace: String,
    /// Who did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_authenticated_entity: Option<String>,
    /// In which region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_authenticated_region: Option<String>,
    /// How many users did.
    pub total_authenticated_entities: i64,
    /// The actions that were tried, where the report tells of actions and the service is one whose actions are tracked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracked_actions_last_accessed: Vec<TrackedActionLastAccessed>,
}

/// An action that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TrackedActionLastAccessed {
    /// Its name, without the service.
    pub action_name: String,
    /// Who tried it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_accessed_entity: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_accessed_time: Option<Timestamp>,
    /// In which region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_accessed_region: Option<String>,
}

fn job(fields: &mut Fields, id: &str) {
    if id.chars().count() != EXAMPLE_JOB.len() {
        let side = if id.chars().count() < EXAMPLE_JOB.len() { "greater" } else { "less" };
        let constraint = format!("Member must have length {side} than or equal to {}", EXAMPLE_JOB.len());
        fields.fault("jobId", Some(id), constraint);
    }
}

impl Operation for GetServiceLastAccessedDetails {
    const ACTION: Action = Action::new("iam", "GetServiceLastAccessedDetails");
    const ACCESS: Access = Access::Read;
    type Output = GetServiceLastAccessedDetailsOutput;

    fn check(&self, fields: &mut Fields) {
        job(fields, &self.job_id);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { job_id: EXAMPLE_JOB.into(), ..Self::default() }
    }
}

/// A page of the users that used one service of a report, the last one first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLastAccessedDetailsWithEntities {
    /// The report's id.
    #[serde(default)]
    pub job_id: String,
    /// What the service's actions begin with.
    #[serde(default)]
    pub service_namespace: String,
    /// Users on a page, 1 to 1000, 100 where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
    /// Where the page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// What GetServiceLastAccessedDetailsWithEntities answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLastAccessedDetailsWithEntitiesOutput {
    /// `COMPLETED`.
    pub job_status: String,
    /// When the report was begun.
    pub job_creation_date: Timestamp,
    /// When it was done.
    pub job_completion_date: Timestamp,
    /// The users.
    pub entity_details_list: Vec<EntityDetails>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

/// When one user used a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EntityDetails {
    /// Who.
    pub entity_info: EntityInfo,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_authenticated: Option<Timestamp>,
}

/// A user as reports name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EntityInfo {
    /// The ARN.
    pub arn: String,
    /// The name.
    pub name: String,
    /// `USER`.
    pub r#type: String,
    /// The unique id.
    pub id: String,
    /// The path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl Operation for GetServiceLastAccessedDetailsWithEntities {
    const ACTION: Action = Action::new("iam", "GetServiceLastAccessedDetailsWithEntities");
    const ACCESS: Access = Access::Read;
    type Output = GetServiceLastAccessedDetailsWithEntitiesOutput;

    fn check(&self, fields: &mut Fields) {
        job(fields, &self.job_id);
        fields.rule("serviceNamespace", &self.service_namespace, &name::SERVICE_NAMESPACE);
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self { job_id: EXAMPLE_JOB.into(), service_namespace: "iam".into(), ..Self::default() }
    }
}
