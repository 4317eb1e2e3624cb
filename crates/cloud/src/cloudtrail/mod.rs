//! CloudTrail's deeds: the account's own trail, looked up.

mod event;

use model::{
    ApiError, Timestamp,
    cloudtrail::{EVENTS_PER_PAGE, HISTORY_DAYS, LookupAttribute, LookupEvents, LookupEventsOutput},
};
use uuid::Uuid;

pub(crate) use self::event::SIGN_INS;
use self::event::{CONSOLE_LOGIN, Row, source_of};
use crate::{
    error::Result,
    execute::{Execute, Target},
    marker::{Position, behind},
    tx::Tx,
};

const DAY_MS: i64 = 86_400_000;

/// What is looked for, each in the trail's own terms.
#[derive(Default)]
struct Filter {
    event_id: Option<Uuid>,
    /// Names that the trail has for it.
    names: Option<Vec<String>>,
    /// The name that the history shows.
    shown: Option<String>,
    user_name: Option<String>,
    /// Root has no name of its own, and is called `root`, like a user who has that name: both are found by it.
    root: bool,
    /// The one principal of that ARN, which tells the two apart.
    principal_arn: Option<String>,
    read_only: Option<bool>,
    service: Option<String>,
    access_key_id: Option<String>,
    resource: Option<String>,
    resource_type: Option<String>,
    /// Nothing can match: the value is none that an event has.
    nothing: bool,
}

impl Filter {
    fn of(attribute: Option<LookupAttribute>) -> Self {
        let Some(LookupAttribute { attribute_key, attribute_value: value }) = attribute else { return Self::default() };
        let none = Self::default();
        match attribute_key.as_str() {
            "EventId" => match value.parse() {
                Ok(id) => Self { event_id: Some(id), ..none },
                Err(_) => Self { nothing: true, ..none },
            },
            "EventName" => {
                let sign_in = CONSOLE_LOGIN.contains(&value.as_str());
                let names = if sign_in { SIGN_INS.map(str::to_owned).to_vec() } else { vec![value.clone()] };
                Self { names: Some(names), shown: Some(value), ..none }
            }
            "ReadOnly" => Self { read_only: Some(value == "true"), ..none },
            "Username" if value.starts_with("arn:") => Self { principal_arn: Some(value), ..none },
            "Username" => Self { root: value == "root", user_name: Some(value), ..none },
            "EventSource" => match source_of(&value) {
                Some(service) => Self { service: Some(service.to_owned()), ..none },
                None => Self { nothing: true, ..none },
            },
            "AccessKeyId" => Self { access_key_id: Some(value), ..none },
            "ResourceType" => Self { resource_type: Some(value), ..none },
            "ResourceName" => Self { resource: Some(value), ..none },
            _ => Self { nothing: true, ..none },
        }
    }
}

/// The last instant that an end means: without a fraction the whole second.
fn last_instant(Timestamp(end): Timestamp) -> i64 {
    if end.rem_euclid(1000) == 0 { end.saturating_add(999) } else { end }
}

impl Execute for LookupEvents {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    /// What the console's pages ask for themselves is no event, AWS has none of it; but that somebody ended sessions is.
    async fn run(self, tx: &mut Tx) -> Result<LookupEventsOutput> {
        let (before, before_id) = behind(self.next_token.as_deref()).map_err(|_| ApiError::InvalidNextToken)?;
        let limit = self.max_results.unwrap_or(EVENTS_PER_PAGE);
        let filter = Filter::of(self.lookup_attributes.into_iter().next());
        if filter.nothing || self.event_category.is_some() {
            return Ok(LookupEventsOutput::default());
        }
        let account = tx.account().clone();
        // The trail bears the real time, and so the history goes back in it.
        let oldest = tx.wall().0 - HISTORY_DAYS * DAY_MS;
        let from = self.start_time.map_or(oldest, |Timestamp(start)| start.max(oldest));
        let to = self.end_time.map_or(i64::MAX, last_instant).min(before);
        // Each attribute has a way of its own into the trail: one plan for all of them would take the longest.
        sqlx::query_scalar!(r#"select set_config('plan_cache_mode', 'force_custom_plan', true) as "mode!""#)
            .fetch_one(tx.conn())
            .await?;
        let mut rows = sqlx::query_as!(
            Row,
            r#"select event_id, event_time, source, service, name, read_only, principal_type, principal_id, principal_arn,
                      user_name, access_key_id, resources, request, response, error_code, error_message, source_ip,
                      user_agent, request_id, sandbox_time
               from trail
               where account_id = $1 and (service <> 'console' or name in ('EndOwnSession', 'EndOtherSessions'))
                 and name <> 'GetMfaChallenge' and event_time between $2 and $3
                 and (event_time < $4 or event_time = $4 and event_id > $5)
                 and ($6::uuid is null or event_id = $6)
                 and ($7::text[] is null or name = any($7))
                 and ($8::text is null or user_name = $8 or ($9::bool and principal_type = 'Root'))
                 and ($17::text is null or principal_arn = $17)
                 and ($10::bool is null or read_only = $10)
                 and ($11::text is null or service = $11)
                 and ($12::text is null or access_key_id = $12)
                 and ($13::text is null or exists (select from jsonb_array_elements(resources) as r
                                                   where r ->> 'name' = $13 or r ->> 'ARN' = $13))
                 and ($14::text is null or exists (select from jsonb_array_elements(resources) as r where r ->> 'type' = $14))
                 and ($15::text is null or $15 = case
                     when service <> 'signin' or name not in ('SignInRoot', 'SignInUser', 'SubmitMfaCode', 'SubmitPasskey') then name
                     when response ->> 'MfaRequired' = 'true' then 'CheckMfa' else 'ConsoleLogin' end)
               order by event_time desc, event_id limit $16"#,
            account.as_str(),
            from,
            to,
            before,
            before_id,
            filter.event_id,
            filter.names.as_deref(),
            filter.user_name,
            filter.root,
            filter.read_only,
            filter.service,
            filter.access_key_id,
            filter.resource,
            filter.resource_type,
            filter.shown,
            limit + 1,
            filter.principal_arn
        )
        .fetch_all(tx.conn())
        .await?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        let position = |row: &Row| Position { name: row.event_time.to_string(), id: row.event_id.to_string() }.marker();
        let next_token = rows.last().filter(|_| more).map(position);
        let events = rows.into_iter().map(|row| row.event(account.as_str())).collect();
        Ok(LookupEventsOutput { events, next_token })
    }
}
