//! Counting tries in Postgres, so that any number of servers count together: a GCRA in one row a key.
//!
//! A try is counted before a password is looked at. Nothing is ever locked: a key that is used up refills steadily,
//! and a browser that has signed in before has a key of its own, so that a stranger's flood cannot keep it out.

use std::time::Duration;

use model::Secret;
use sqlx::PgExecutor;

use crate::{Cloud, error::Result};

/// A budget: `burst` tries at once, then one every `every`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub burst: u32,
    pub every: Duration,
}

/// Wrong passwords for one user from browsers we do not know.
pub(crate) const STRANGER: Budget = Budget { burst: 5, every: Duration::from_secs(30) };
/// Wrong passwords for one user from a browser that has signed in as that user before.
pub(crate) const DEVICE: Budget = Budget { burst: 10, every: Duration::from_secs(10) };
/// Codes asked for by one browser, by one account's telephone, or sent by SMTP to one address.
pub(crate) const RESEND: Budget = Budget { burst: 3, every: Duration::from_secs(60) };
/// Links to a new password asked for one root user by strangers: their mails count against no other limit.
pub(crate) const RECOVERY: Budget = Budget { burst: 3, every: Duration::from_secs(600) };

/// Counts one try against `key` by one statement; false if the budget is used up.
pub(crate) async fn admit<'e>(executor: impl PgExecutor<'e>, key: &str, budget: Budget) -> Result<bool> {
    let every = budget.every.as_secs_f64();
    let horizon = every * f64::from(budget.burst);
    // The second update condition is the GCRA's: the theoretical arrival may lie one burst ahead, no more.
    let admitted = sqlx::query_scalar!(
        r#"insert into throttle as t (key, tat) values ($1, now() + make_interval(secs => $2))
           on conflict (key) do update set tat = greatest(t.tat, now()) + make_interval(secs => $2)
           where greatest(t.tat, now()) + make_interval(secs => $2) <= now() + make_interval(secs => $3)
           returning true as "admitted!""#,
        key,
        every,
        horizon
    )
    .fetch_optional(executor)
    .await?;
    Ok(admitted.is_some())
}

/// Gives a try back: what was tried was right.
pub(crate) async fn forgive<'e>(executor: impl PgExecutor<'e>, key: &str, budget: Budget) -> Result<()> {
    sqlx::query!(
        "update throttle set tat = tat - make_interval(secs => $2) where key = $1",
        key,
        budget.every.as_secs_f64()
    )
    .execute(executor)
    .await?;
    Ok(())
}

impl Cloud {
    /// Counts one try against `key`, committed before this returns; false if the budget is used up.
    pub(crate) async fn admit(&self, key: &str, budget: Budget) -> Result<bool> {
        admit(self.pool(), key, budget).await
    }

    /// Gives a try back: the password was right.
    pub(crate) async fn forgive(&self, key: &str, budget: Budget) -> Result<()> {
        forgive(self.pool(), key, budget).await
    }

    /// Whether a password is the stored one, by exactly one argon2 computation. The try that was `counted` for it is
    /// given back if it is, and if nobody came to look: a flood that keeps all cores busy must not use up an owner's
    /// tries.
    ///
    /// # Errors
    /// [`ApiError::Unavailable`](model::ApiError::Unavailable) where too many passwords wait to be looked at.
    pub(crate) async fn looks_right(
        &self,
        password: &Secret,
        stored: Option<&str>,
        counted: Option<(&str, Budget)>,
    ) -> Result<bool> {
        let looked = self.hasher().verify(password, stored).await;
        if let Some((key, budget)) = counted.filter(|_| !matches!(looked, Ok(false))) {
            self.forgive(key, budget).await?;
        }
        looked
    }

    /// Whether an address has failed too often lately. Looks only; failures are counted by [`Cloud::address_failed`].
    pub(crate) async fn address_may_try(&self, ip: Option<std::net::IpAddr>) -> Result<bool> {
        let (key, budget) = self.address(ip);
        let every = budget.every.as_secs_f64();
        let horizon = every * f64::from(budget.burst);
        let full = sqlx::query_scalar!(
            r#"select greatest(tat, now()) + make_interval(secs => $2) > now() + make_interval(secs => $3) as "full!"
               from throttle where key = $1"#,
            key,
            every,
            horizon
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(full != Some(true))
    }

    /// Counts one failure of an address.
    pub(crate) async fn address_failed(&self, ip: Option<std::net::IpAddr>) -> Result<()> {
        let (key, budget) = self.address(ip);
        self.admit(&key, budget).await?;
        Ok(())
    }

    fn address(&self, ip: Option<std::net::IpAddr>) -> (String, Budget) {
        let a_minute = self.settings().ip_failures_per_minute.max(1);
        let budget = Budget { burst: a_minute, every: Duration::from_secs_f64(60.0 / f64::from(a_minute)) };
        let key = match ip {
            // Whoever holds an IPv6 address holds its whole /64.
            Some(std::net::IpAddr::V6(ip)) => {
                let s = ip.segments();
                format!("ip:{:x}:{:x}:{:x}:{:x}", s[0], s[1], s[2], s[3])
            }
            Some(ip) => format!("ip:{ip}"),
            None => "ip:unknown".into(),
        };
        (key, budget)
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::{MasterKey, Settings};

    /// Two servers, many tries at once: no more pass than the budget holds.
    #[sqlx::test(migrator = "crate::MIGRATOR")]
    async fn parallel_tries_share_one_budget(pool: PgPool) {
        let key = MasterKey::generate();
        let one = Cloud::open(pool.clone(), &key, Settings::default()).await.expect("opens");
        let two = Cloud::open(pool, &key, Settings::default()).await.expect("opens");
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..60 {
            let cloud = if at % 2 == 0 { one.clone() } else { two.clone() };
            tries.spawn(async move { cloud.admit("user:x", STRANGER).await.expect("counts") });
        }
        let admitted = tries.join_all().await.into_iter().filter(|admitted| *admitted).count();
        assert_eq!(admitted, 5);
        one.forgive("user:x", STRANGER).await.expect("forgives");
        assert!(two.admit("user:x", STRANGER).await.expect("counts"), "a try that was given back");
        assert!(!two.admit("user:x", STRANGER).await.expect("counts"));
        assert!(two.admit("user:y", STRANGER).await.expect("counts"), "another key");
    }
}
