//! Reports of last accesses: which services the policies of a user or a group open, and who used them when, from the
//! trail. The policies are read with no transaction open; whatever their patterns ask for is reckoned before it is done.

use std::collections::BTreeSet;

use model::{
    ApiError, Kind, Timestamp,
    iam::{
        EntityDetails, EntityInfo, GRANULARITIES, GenerateServiceLastAccessedDetails,
        GenerateServiceLastAccessedDetailsOutput, GetServiceLastAccessedDetails, GetServiceLastAccessedDetailsOutput,
        GetServiceLastAccessedDetailsWithEntities, GetServiceLastAccessedDetailsWithEntitiesOutput,
        ServiceLastAccessed, TRACKING_DAYS, TrackedActionLastAccessed,
    },
};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    page_of,
    service_access::opened,
    simulate::{found, source, source_target},
};
use crate::{
    error::Result,
    execute::{Execute, Preparation, Prepared, Target},
    marker::Position,
    tx::Tx,
};

const DAY_MS: i64 = 86_400_000;
/// For so many days a report can be read (IAM keeps them for a while too, and says nothing of how long).
const KEPT_DAYS: i64 = 1;
/// So many reports of one principal are kept, the newest: each look at the console's tab makes one, and a script may ask
/// for those of a whole class before it reads the first.
const KEPT_REPORTS: i64 = 50;
/// Services whose actions are tracked (IAM User Guide, "action last accessed information").
const ACTION_LEVEL: [&str; 4] = ["ec2", "iam", "lambda", "s3"];
/// Services of ours that no policy speaks of: what people do there is no use of a service.
const UNTRACKED: [&str; 4] = ["console", "operator", "signin", "account"];
/// All that this version has is global, and global services answer from here.
const REGION: &str = "us-east-1";

macro_rules! services {
    ($($service:ident { $($name:ident)* })*) => {
        /// The services that can stand in the trail.
        const OURS: &[&str] = &[$(stringify!($service)),*];
    };
}
model::for_each_operation!(services);

/// When a user last used a service, or one of its actions.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Use {
    service: String,
    action: Option<String>,
    user_id: String,
    name: String,
    path: String,
    at: i64,
}

/// A report as it is kept.
struct Report {
    granularity: String,
    created_at: Timestamp,
    services: Vec<String>,
    uses: Vec<Use>,
}

impl Report {
    /// The caller's own report of this id: nobody else's is there for them.
    async fn of(tx: &mut Tx, job_id: &str) -> Result<Self> {
        let missing = || ApiError::missing(Kind::Job, job_id);
        let id: Uuid = job_id.parse().map_err(|_| missing())?;
        let (account, generator) = (tx.account().clone(), tx.principal.id.clone());
        let row = sqlx::query!(
            r#"select granularity, created_at, services as "services: Json<Vec<String>>", accesses as "uses: Json<Vec<Use>>"
               from access_report where account_id = $1 and job_id = $2 and generator_id = $3"#,
            account.as_str(),
            id,
            generator
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(missing)?;
        Ok(Self {
            granularity: row.granularity,
            created_at: Timestamp(row.created_at),
            services: row.services.0,
            uses: row.uses.0,
        })
    }

    fn service(&self, tx: &Tx, namespace: &str) -> ServiceLastAccessed {
        let uses = || self.uses.iter().filter(|done| done.service == namespace);
        let by = |done: &Use| tx.user_arn(&done.path, &done.name).to_string();
        let newest = uses().filter(|done| done.action.is_none()).max_by_key(|done| done.at);
        let users: BTreeSet<&str> = uses().map(|done| done.user_id.as_str()).collect();
        let names: BTreeSet<&str> = uses().filter_map(|done| done.action.as_deref()).collect();
        let action = |name: &str| {
            let newest = uses().filter(|done| done.action.as_deref() == Some(name)).max_by_key(|done| done.at);
            TrackedActionLastAccessed {
                action_name: name.to_owned(),
                last_accessed_entity: newest.map(by),
                last_accessed_time: newest.map(|done| Timestamp(done.at)),
                last_accessed_region: newest.map(|_| REGION.to_owned()),
            }
        };
        ServiceLastAccessed {
            service_name: services::entry(namespace).map_or(namespace, |entry| entry.name.as_str()).to_owned(),
            last_authenticated: newest.map(|done| Timestamp(done.at)),
            service_namespace: namespace.to_owned(),
            last_authenticated_entity: newest.map(by),
            last_authenticated_region: newest.map(|_| REGION.to_owned()),
            total_authenticated_entities: i64::try_from(users.len()).unwrap_or(i64::MAX),
            tracked_actions_last_accessed: names.into_iter().map(action).collect(),
        }
    }
}

impl Execute for GenerateServiceLastAccessedDetails {
    const PREPARES: bool = true;

    /// The policies are read in a transaction that ends before their patterns are held against the services' names.
    async fn prepare(&self, preparation: &mut Preparation<'_>) -> Result<()> {
        let Preparation { cloud, caller, request, .. } = *preparation;
        let mut tx = Tx::begin(cloud, caller, request, Prepared::default(), true).await?;
        source_target(&mut tx, &self.arn).await?;
        let id = found(&tx);
        let scenario = source(&mut tx, &self.arn).await?;
        drop(tx);
        let services = cloud.calculations().run(move || opened(&scenario)).await?;
        preparation.prepared.opened = Some((services, id));
        Ok(())
    }

    async fn target(&self, tx: &mut Tx) -> Result<Target> {
        source_target(tx, &self.arn).await
    }

    async fn run(self, tx: &mut Tx) -> Result<GenerateServiceLastAccessedDetailsOutput> {
        let services = match tx.prepared.opened.take() {
            Some((services, of)) if of == found(tx) => services,
            // In between it was deleted, or another one came to its name.
            _ => return Err(ApiError::Unavailable.into()),
        };
        let granularity = self.granularity.unwrap_or_else(|| GRANULARITIES[0].to_owned());
        let used = |service: &&str| services.iter().any(|allowed| allowed == service);
        let ours = OURS.iter().copied().filter(|service| !UNTRACKED.contains(service));
        let asked: Vec<String> = ours.filter(used).map(str::to_owned).collect();
        let finely = |service: &&String| granularity != GRANULARITIES[0] && ACTION_LEVEL.contains(&service.as_str());
        let by_action: Vec<String> = asked.iter().filter(finely).cloned().collect();
        let uses = uses(tx, &asked, &by_action).await?;
        let (account, generator, now, job) = (tx.account().clone(), tx.principal.id.clone(), tx.now(), tx.uuid());
        sqlx::query!(
            "with old as (
                 delete from access_report
                 where account_id = $1 and generator_id = $3
                   and (created_at < $8 or job_id in (
                       select job_id from access_report where account_id = $1 and generator_id = $3
                       order by made_at desc, job_id offset $9)))
             insert into access_report (account_id, job_id, generator_id, granularity, created_at, services, accesses)
             values ($1, $2, $3, $4, $5, $6, $7)",
            account.as_str(),
            job,
            generator,
            granularity,
            now.0,
            Json(services) as _,
            Json(uses) as _,
            now.0 - KEPT_DAYS * DAY_MS,
            KEPT_REPORTS - 1
        )
        .execute(tx.conn())
        .await?;
        Ok(GenerateServiceLastAccessedDetailsOutput { job_id: job.to_string() })
    }
}

/// When the user, or each member of the group, that `target` found last used each service, and each action of some.
async fn uses(tx: &mut Tx, asked: &[String], by_action: &[String]) -> Result<Vec<Use>> {
    let account = tx.account().clone();
    let user_id = tx.found.user.as_ref().map(|user| user.user_id.clone());
    let group_id = tx.found.group.as_ref().map(|group| group.group_id.clone());
    let since = tx.now().0 - TRACKING_DAYS * DAY_MS;
    // One look into the index for each user and service; actions need the rows themselves. Reports follow the account's
    // clock, as the times of what they are about do.
    let rows = sqlx::query_as!(
        Use,
        r#"with who as (
               select u.user_id, u.name, u.path from iam_user u
               where u.account_id = $1 and (u.user_id = $2 or u.user_id in (
                   select m.user_id from group_member m where m.account_id = $1 and m.group_id = $3))
           )
           select s.service as "service!", null::text as action, who.user_id as "user_id!", who.name as "name!",
                  who.path as "path!", newest.at as "at!"
           from unnest($4::text[]) as s(service) cross join who
           cross join lateral (
               select coalesce(t.sandbox_time, t.event_time) as at from trail t
               where t.account_id = $1 and t.principal_id = who.user_id and t.service = s.service
                 and coalesce(t.sandbox_time, t.event_time) >= $6
               order by t.event_time desc limit 1
           ) as newest
           union all
           select t.service, t.name, who.user_id, who.name, who.path, max(coalesce(t.sandbox_time, t.event_time))
           from who join trail t on t.account_id = $1 and t.principal_id = who.user_id and t.service = any($5)
                                    and coalesce(t.sandbox_time, t.event_time) >= $6
           group by t.service, t.name, who.user_id, who.name, who.path"#,
        account.as_str(),
        user_id,
        group_id,
        asked,
        by_action,
        since
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

impl Execute for GetServiceLastAccessedDetails {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetServiceLastAccessedDetailsOutput> {
        let report = Report::of(tx, &self.job_id).await?;
        let position = |service: &String| Position { name: service.clone(), id: String::new() };
        let (page, is_truncated, marker) =
            page_of(report.services.clone(), self.marker.as_deref(), self.max_items, position)?;
        Ok(GetServiceLastAccessedDetailsOutput {
            job_status: "COMPLETED".to_owned(),
            job_creation_date: report.created_at,
            services_last_accessed: page.iter().map(|service| report.service(tx, service)).collect(),
            job_completion_date: report.created_at,
            is_truncated,
            marker,
            job_type: report.granularity,
        })
    }
}

impl Execute for GetServiceLastAccessedDetailsWithEntities {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetServiceLastAccessedDetailsWithEntitiesOutput> {
        let report = Report::of(tx, &self.job_id).await?;
        let namespace = self.service_namespace.to_ascii_lowercase();
        if !report.services.contains(&namespace) {
            let message = format!("The report has no service with the namespace {}.", self.service_namespace);
            return Err(ApiError::InvalidInput { message }.into());
        }
        // The newest first: twenty digits order as numbers do.
        let position = |done: &Use| Position { name: format!("{:020}", i64::MAX - done.at), id: done.user_id.clone() };
        let of_service = |done: &Use| done.service == namespace && done.action.is_none();
        let mut uses: Vec<Use> = report.uses.into_iter().filter(of_service).collect();
        uses.sort_by_cached_key(position);
        let (page, is_truncated, marker) = page_of(uses, self.marker.as_deref(), self.max_items, position)?;
        let details = |done: Use| EntityDetails {
            entity_info: EntityInfo {
                arn: tx.user_arn(&done.path, &done.name).to_string(),
                name: done.name,
                r#type: "USER".to_owned(),
                id: done.user_id,
                path: Some(done.path),
            },
            last_authenticated: Some(Timestamp(done.at)),
        };
        Ok(GetServiceLastAccessedDetailsWithEntitiesOutput {
            job_status: "COMPLETED".to_owned(),
            job_creation_date: report.created_at,
            job_completion_date: report.created_at,
            entity_details_list: page.into_iter().map(details).collect(),
            is_truncated,
            marker,
        })
    }
}
