//! Billing preferences: what is saved, what stays on, and the mail of a free quantity that is nearly used up.

use model::{
    Operation as _,
    billing::{BillingPreferences, GetBillingPreferences, UpdateBillingPreferences, UpdateIAMAccessPreference},
};
use sqlx::PgPool;

use super::{add, advance, mails};
use crate::scene::Scene;

const SUBJECT: &str = "Free Tier usage limit alert: 85%";
const T2: &str = "AmazonEC2/BoxUsage:t2.micro";

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn they_are_saved_and_charges_stay_published(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let first = scene.root(GetBillingPreferences {}).await;
    let defaults = BillingPreferences {
        receive_pdf_invoices: false,
        receive_free_tier_alerts: true,
        free_tier_alert_email: None,
        receive_billing_alerts: false,
        billing_alerts_since: None,
    };
    assert_eq!(first, defaults);
    let wanted = UpdateBillingPreferences {
        receive_pdf_invoices: true,
        receive_free_tier_alerts: false,
        free_tier_alert_email: Some("bills@example.com".into()),
        receive_billing_alerts: true,
    };
    let saved = scene.root(wanted.clone()).await;
    assert!(saved.receive_pdf_invoices && !saved.receive_free_tier_alerts && saved.receive_billing_alerts);
    let since = saved.billing_alerts_since.expect("since now");
    assert_eq!(scene.root(GetBillingPreferences {}).await, saved);
    let off = UpdateBillingPreferences { receive_billing_alerts: false, ..wanted.clone() };
    let (code, sentence) = scene.refusal(off).await;
    assert_eq!(code, "ValidationError");
    assert!(sentence.contains("cannot be turned off again"), "{sentence}");
    advance(&scene, "DAY").await;
    assert_eq!(scene.root(wanted.clone()).await.billing_alerts_since, Some(since));
    let bad = UpdateBillingPreferences { free_tier_alert_email: Some("no address".into()), ..wanted };
    assert_eq!(scene.refusal(bad).await.0, "ValidationError");
    assert_eq!(scene.neighbour().await.root(GetBillingPreferences {}).await, defaults);
}

/// Lab 2: whoever may look and not change is told which action is missing.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn looking_and_changing_are_two_things(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let reader = scene.user("reader", &["AWSBillingReadOnlyAccess"]).await;
    let biller = scene.user("biller", &["job-function/Billing"]).await;
    let closed = "because the root user has not activated IAM access to billing information";
    assert!(scene.refusal_of(&biller, GetBillingPreferences {}).await.1.ends_with(closed));
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    for who in [&reader, &biller] {
        scene.call(who, GetBillingPreferences {}).await.expect("may look");
    }
    scene.call(&biller, UpdateBillingPreferences::example()).await.expect("may change");
    let denied = scene.refusal_of(&reader, UpdateBillingPreferences::example()).await.1;
    assert!(denied.contains("billing:UpdateBillingPreferences"), "{denied}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_mail_above_eighty_five_per_cent_once_a_month(pool: PgPool) {
    let scene = Scene::new(pool).await;
    add(&scene, T2, "637.5").await;
    assert_eq!(mails(&scene, SUBJECT).await, 0, "85% is not above it");
    add(&scene, T2, "0.5").await;
    assert_eq!(mails(&scene, SUBJECT).await, 1);
    let to =
        format!("select recipient from mail where account_id = '{}' and subject like '%Free Tier%'", scene.account);
    assert_eq!(scene.sql(&to).await, ["owner@example.com"]);
    add(&scene, T2, "500").await;
    assert_eq!(mails(&scene, SUBJECT).await, 1, "once");
    add(&scene, "AmazonS3/TimedStorage-ByteHrs", "5").await;
    assert_eq!(mails(&scene, SUBJECT).await, 2, "another kind of usage");

    advance(&scene, "NEXT_MONTH").await;
    let off = UpdateBillingPreferences {
        free_tier_alert_email: Some("bills@example.com".into()),
        ..UpdateBillingPreferences::default()
    };
    scene.root(off.clone()).await;
    add(&scene, T2, "700").await;
    assert_eq!(mails(&scene, SUBJECT).await, 2, "nobody wants them");
    scene.root(UpdateBillingPreferences { receive_free_tier_alerts: true, ..off }).await;
    assert_eq!(mails(&scene, SUBJECT).await, 4, "now they do, at both addresses");
    assert!(scene.sql(&to).await.contains(&"bills@example.com".to_owned()));
}
