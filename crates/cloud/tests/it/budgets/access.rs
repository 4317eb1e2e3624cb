//! Who may: root's switch first, then the policy; and nobody in another account.

use model::{
    Operation as _,
    billing::{AddSpend, GetIAMAccessPreference, ListSpend, UpdateIAMAccessPreference},
    budgets::{DeleteBudget, DescribeBudgets},
};
use sqlx::PgPool;

use super::monthly;
use crate::scene::Scene;

const CLOSED: &str = "because the root user has not activated IAM access to billing information";

fn list(scene: &Scene) -> DescribeBudgets {
    DescribeBudgets { account_id: scene.account.clone(), ..DescribeBudgets::example() }
}

fn spend() -> AddSpend {
    AddSpend { service: "AWS Lambda".into(), amount: "1".into(), ..AddSpend::default() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_iam_user_needs_the_switch_and_the_policy(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let admin = scene.user("admin", &["AdministratorAccess"]).await;
    let biller = scene.user("biller", &["job-function/Billing"]).await;
    let reader = scene.user("reader", &["AWSBillingReadOnlyAccess"]).await;
    let other = scene.user("other", &["AmazonS3ReadOnlyAccess"]).await;
    let sentence = format!(
        "User: arn:aws:iam::{0}:user/admin is not authorized to perform: budgets:ViewBudget on resource: \
         arn:aws:budgets::{0}:budget/* {CLOSED}",
        scene.account
    );
    assert_eq!(scene.refusal_of(&admin, list(&scene)).await, ("AccessDenied", sentence));
    for who in [&admin, &biller] {
        assert!(scene.refusal_of(who, spend()).await.1.ends_with(CLOSED));
        assert!(scene.refusal_of(who, ListSpend::default()).await.1.ends_with(CLOSED));
        assert!(scene.refusal_of(who, monthly(&scene, "x", "1", &[])).await.1.ends_with(CLOSED));
        let root_only = "because only the root user may do this";
        assert!(scene.refusal_of(who, UpdateIAMAccessPreference { activated: true }).await.1.ends_with(root_only));
        assert!(scene.refusal_of(who, GetIAMAccessPreference {}).await.1.ends_with(root_only));
    }
    scene.root(spend()).await;

    assert!(!scene.root(GetIAMAccessPreference {}).await.activated);
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    assert!(scene.root(GetIAMAccessPreference {}).await.activated);
    for (name, who) in [("a", &admin), ("b", &biller)] {
        scene.call(who, monthly(&scene, name, "1", &[])).await.expect("may");
        scene.call(who, spend()).await.expect("may");
    }
    for who in [&admin, &biller, &reader] {
        assert_eq!(scene.call(who, list(&scene)).await.expect("may read").budgets.len(), 2);
        scene.call(who, ListSpend::default()).await.expect("may read");
    }
    let (code, sentence) = scene.refusal_of(&reader, monthly(&scene, "c", "1", &[])).await;
    assert_eq!(code, "AccessDenied");
    assert!(sentence.contains("budgets:ModifyBudget on resource: arn:aws:budgets::"), "{sentence}");
    assert!(scene.refusal_of(&reader, spend()).await.1.contains("aws-portal:ModifyBilling"));
    assert!(scene.refusal_of(&other, list(&scene)).await.1.contains("because no identity-based policy allows"));

    scene.root(UpdateIAMAccessPreference { activated: false }).await;
    assert!(scene.refusal_of(&admin, list(&scene)).await.1.ends_with(CLOSED));
    let names = "select distinct name from trail where service in ('budgets', 'billing') order by 1";
    assert_eq!(
        scene.sql(names).await,
        [
            "AddSpend",
            "CreateBudget",
            "DescribeBudgets",
            "GetIAMAccessPreference",
            "ListSpend",
            "UpdateIAMAccessPreference"
        ]
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn another_accounts_budgets_are_not_there(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let other = scene.neighbour().await;
    scene.root(monthly(&scene, "x", "1", &[])).await;
    for name in ["x", "never-was"] {
        let delete = DeleteBudget { account_id: scene.account.clone(), budget_name: name.into() };
        let (code, sentence) = other.refusal(delete).await;
        assert_eq!(code, "AccessDenied", "{sentence}");
        assert!(sentence.ends_with("because no resource-based policy allows the budgets:ModifyBudget action"));
    }
    assert_eq!(scene.root(list(&scene)).await.budgets.len(), 1);
}
