//! How each principal likes the console.

use model::console::{ListPreference, PutPreferences};

use crate::{
    error::Result,
    execute::{Execute, Target},
    tx::Tx,
};

impl Execute for PutPreferences {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let (account, principal) = (tx.account().clone(), tx.principal.id.clone());
        let list = self.list.map(|list| {
            let kept = ListPreference { page_size: list.page_size, columns: list.columns };
            serde_json::json!({ list.name: kept })
        });
        sqlx::query!(
            "insert into preference as p (account_id, principal_id, labels, theme, region, recent, lists)
             values ($1, $2, $3, $4, $5, array_remove(array[$6::text], null), coalesce($7::jsonb, '{}'))
             on conflict (account_id, principal_id) do update
             set lists = p.lists || coalesce($7::jsonb, '{}'),
                 labels = coalesce($3, p.labels), theme = coalesce($4, p.theme), region = coalesce($5, p.region),
                 recent = case when $6::text is null then p.recent
                               else (array[$6::text] || array_remove(p.recent, $6::text))[1:10] end",
            account.as_str(),
            principal,
            self.labels,
            self.theme,
            self.region,
            self.visited,
            list
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}
