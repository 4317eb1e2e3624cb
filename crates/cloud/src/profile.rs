//! Who a page is shown to: what the shell of every page needs, read in one statement.

use std::collections::BTreeMap;

use model::{
    ApiError, Timestamp,
    console::{ListPreference, Preferences},
    id::AccountId,
};
use sqlx::types::Json;

use crate::{
    Caller, Cloud, Identity, Labels,
    console::notices,
    error::{Error, Result},
    tx,
};

/// The signed-in principal as the shell shows it.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The account.
    pub account_id: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The root user's address; empty for IAM users.
    pub email: String,
    /// The account's alias.
    pub alias: Option<String>,
    /// The user's name; absent for root.
    pub user_name: Option<String>,
    /// What the principal prefers, defaults filled in.
    pub preferences: Preferences,
    /// The sign-in URL of the account's IAM users.
    pub signin_url: String,
    /// The account's time.
    pub now: Timestamp,
    /// Whether the account's time is the real one.
    pub real_time: bool,
    /// In how many whole days the user's password expires, if it ever does.
    pub password_days_left: Option<i64>,
    /// Whether the bell may have something to tell: an alarm in alarm, or a budget's alert that went off lately.
    pub has_notices: bool,
}

impl Cloud {
    /// The profile of a signed-in caller.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] if nobody is signed in or the principal is gone.
    pub async fn profile(&self, caller: &Caller) -> std::result::Result<Profile, ApiError> {
        self.read_profile(caller).await.map_err(|error| error.into_public(uuid::Uuid::new_v4()))
    }

    async fn read_profile(&self, caller: &Caller) -> Result<Profile> {
        let (Some(account), true) = (&caller.account, caller.is_signed_in()) else {
            return Err(ApiError::SignedOut.into());
        };
        let user_id = match &caller.identity {
            Identity::User(id) => Some(id.as_str()),
            _ => None,
        };
        let mut conn = tx::open(self, account, true).await?;
        let row = sqlx::query!(
            r#"select a.name, a.email, l.alias as "alias?", u.name as "user_name?",
                      p.labels as "labels?", p.theme as "theme?", p.region as "region?", p.recent as "recent?",
                      p.lists as "lists?: Json<BTreeMap<String, ListPreference>>",
                      (extract(epoch from clock_timestamp()) * 1000)::bigint + a.clock_offset_ms as "now!",
                      a.clock_offset_ms = 0 as "real_time!",
                      exists (select from cloudwatch_alarm w where w.account_id = a.account_id and w.state = 'ALARM')
                      or exists (select from budget_alert t where t.account_id = a.account_id
                                 and t.fired_at > (extract(epoch from clock_timestamp()) * 1000)::bigint
                                                  + a.clock_offset_ms - $4::bigint) as "has_notices!",
                      c.changed_at + y.max_age_days::bigint * 86400000 as "expires?"
               from account a
               left join account_alias l using (account_id)
               left join iam_user u on u.account_id = a.account_id and u.user_id = $2
               left join login_profile c on c.account_id = a.account_id and c.user_id = $2
               left join password_policy y on y.account_id = a.account_id
               left join preference p on p.account_id = a.account_id and p.principal_id = $3
               where a.account_id = $1"#,
            account.as_str(),
            user_id,
            caller.principal_id(),
            notices::TOLD_FOR
        )
        .fetch_optional(&mut *conn)
        .await?
        .ok_or(Error::Api(ApiError::SignedOut))?;
        conn.commit().await?;
        if user_id.is_some() && row.user_name.is_none() {
            return Err(ApiError::SignedOut.into());
        }
        let default_labels = match self.settings().labels {
            Labels::Era2020 => "2020",
            Labels::Current => "current",
        };
        Ok(Profile {
            signin_url: self.settings().signin_url(row.alias.as_deref().unwrap_or(account.as_str())),
            now: Timestamp(row.now),
            real_time: row.real_time,
            has_notices: row.has_notices,
            password_days_left: row.expires.map(|at| Timestamp(row.now).days_until(Timestamp(at))),
            account_id: account.clone(),
            account_name: row.name,
            email: if user_id.is_some() { String::new() } else { row.email },
            alias: row.alias,
            user_name: row.user_name,
            preferences: Preferences {
                labels: row.labels.or_else(|| Some(default_labels.into())),
                theme: row.theme,
                region: row.region.or_else(|| Some("us-east-2".into())),
                recent: row.recent.unwrap_or_default(),
                lists: row.lists.map(|lists| lists.0).unwrap_or_default(),
            },
        })
    }
}
