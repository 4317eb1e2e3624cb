//! Throwing away what has served: expired sessions, tokens, links, counters, sign-ups, and mails after their time.

use crate::{Cloud, error::Result};

impl Cloud {
    /// Deletes what is past its time. Any number of servers may call it at any time.
    ///
    /// # Errors
    /// What the database said.
    pub async fn sweep(&self) -> anyhow::Result<()> {
        self.sweep_all().await.map_err(|error| anyhow::anyhow!("sweeping: {error:?}"))
    }

    async fn sweep_all(&self) -> Result<()> {
        let pool = self.pool();
        self.give_up_late_mail().await?;
        sqlx::query!("delete from mail where purge_at <= now()").execute(pool).await?;
        sqlx::query!("delete from session where expires_at <= now()").execute(pool).await?;
        // A sign-up lives as long as a session leads to it, and a day at least.
        sqlx::query!(
            "delete from sign_up u where created_at < now() - interval '1 day'
             and not exists (select from session s where s.sign_up_id = u.sign_up_id)"
        )
        .execute(pool)
        .await?;
        sqlx::query!("delete from throttle where tat <= now()").execute(pool).await?;
        sqlx::query!("delete from operator_link where expires_at <= now()").execute(pool).await?;
        sqlx::query!("delete from password_reset where expires_at <= now()").execute(pool).await?;
        sqlx::query!("delete from email_change where code_expires <= now()").execute(pool).await?;
        // Row-level security does the choosing: without an account a policy of its own shows this statement the
        // tokens older than a day, of every account, and no others.
        let mut nobody = pool.begin_with("begin; set local app.account = ''").await?;
        sqlx::query!("delete from form_token").execute(&mut *nobody).await?;
        // So it does with reports of last accesses, which nobody can read after a day.
        sqlx::query!("delete from access_report").execute(&mut *nobody).await?;
        // And with metrics' data and alarms' histories past their time.
        sqlx::query!("delete from cloudwatch_datum").execute(&mut *nobody).await?;
        sqlx::query!("delete from cloudwatch_history").execute(&mut *nobody).await?;
        nobody.commit().await?;
        Ok(())
    }
}
