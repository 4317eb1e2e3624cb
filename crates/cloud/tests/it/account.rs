//! The account's alias and counts.

use model::iam::{AttachUserPolicy, CreateAccountAlias, DeleteAccountAlias, GetAccountSummary, ListAccountAliases};
use sqlx::PgPool;

use crate::scene::{Scene, managed};

fn alias(alias: &str) -> CreateAccountAlias {
    CreateAccountAlias { account_alias: alias.into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_account_has_one_alias_and_no_two_accounts_the_same(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    scene.root(alias("first")).await;
    scene.root(alias("first")).await;
    scene.root(alias("second")).await;
    assert_eq!(scene.root(ListAccountAliases::default()).await.account_aliases, ["second"]);
    assert_eq!(
        other.refusal(alias("second")).await,
        ("EntityAlreadyExists", "The account alias second already exists.".into())
    );
    other.root(alias("first")).await;
    assert_eq!(
        other.refusal(DeleteAccountAlias { account_alias: "second".into() }).await,
        ("NoSuchEntity", "The Account Alias with name second cannot be found.".into())
    );
    assert_eq!(scene.root(ListAccountAliases::default()).await.account_aliases, ["second"]);
    scene.root(DeleteAccountAlias { account_alias: "second".into() }).await;
    assert!(scene.root(ListAccountAliases::default()).await.account_aliases.is_empty());
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_summary_counts(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("a").await;
    scene.user("b", &["ReadOnlyAccess"]).await;
    scene.group("g").await;
    scene.root(AttachUserPolicy { user_name: "a".into(), policy_arn: managed("ReadOnlyAccess") }).await;
    let summary = scene.root(GetAccountSummary {}).await.summary_map;
    for (name, count) in [
        ("Users", 2),
        ("UsersQuota", 5000),
        ("Groups", 1),
        ("GroupsQuota", 300),
        ("AccessKeysPerUserQuota", 2),
        ("GroupsPerUserQuota", 10),
        ("AttachedPoliciesPerUserQuota", 10),
        ("AccountAccessKeysPresent", 1),
        ("AccountPasswordPresent", 0),
        ("PolicyVersionsInUse", 1),
        ("Roles", 0),
    ] {
        assert_eq!(summary.get(name), Some(&count), "{name}");
    }
}
