//! What budgets watch: costs, usage, utilization and coverage, of some lines or of all.

use model::{
    Timestamp,
    budgets::{
        Budget, CostTypes, CreateBudget, Notification, NotificationWithSubscribers, Spend, Subscriber, TimePeriod,
        UpdateBudget,
    },
    console::{GetMail, ListMail},
    money::Threshold,
};
use sqlx::PgPool;

use super::{
    alerts::subjects,
    describe,
    ledger::{EC2, Line, at, look},
    monthly, notifications,
};
use crate::scene::Scene;

/// A budget that begins in 2031, with an alert at a percentage.
fn create(scene: &Scene, budget: Budget, percent: i64) -> CreateBudget {
    let start: Timestamp = "2031-01-01T00:00:00Z".parse().expect("an instant");
    let notification = Notification::of(&budget.budget_type, false, Threshold(percent * 1_000_000), true);
    CreateBudget {
        account_id: scene.account.clone(),
        budget: Budget { time_period: Some(TimePeriod { start: Some(start), end: None }), ..budget },
        notifications_with_subscribers: vec![NotificationWithSubscribers {
            notification,
            subscribers: vec![Subscriber::email("ann@example.com")],
        }],
        resource_tags: vec![],
    }
}

fn filters(of: &[(&str, &[&str])]) -> std::collections::BTreeMap<String, Vec<String>> {
    of.iter().map(|(at, values)| ((*at).into(), values.iter().map(|value| (*value).into()).collect())).collect()
}

async fn actual(scene: &Scene, name: &str) -> Option<String> {
    describe(scene, name).await.calculated_spend.map(|spend| spend.actual_spend.amount)
}

fn ratio(name: &str, budget_type: &str) -> Budget {
    let cost_filters = if budget_type.starts_with("RI_") { filters(&[("Service", &[EC2])]) } else { filters(&[]) };
    Budget {
        budget_type: budget_type.into(),
        time_unit: "DAILY".into(),
        cost_filters,
        budget_limit: None,
        ..Budget::monthly(name, "1")
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn filters_choose_lines(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2031-05-15T12:00:00Z").await;
    for line in [
        Line { unblended: "1", ..Line::default() },
        Line { unblended: "2", region: "eu-central-1", ..Line::default() },
        Line { unblended: "4", service: "AWS Lambda", usage_type: "Request", ..Line::default() },
        Line { unblended: "8", tags: r#"{"team": "red"}"#, ..Line::default() },
        Line { unblended: "16", tags: r#"{"team": "blue", "stage": "test"}"#, ..Line::default() },
    ] {
        line.enter(&scene).await;
    }
    let own = scene.account.clone();
    for (name, of, sum) in [
        ("all", vec![], "31.0"),
        ("service", vec![("Service", vec!["AWS Lambda"])], "4.0"),
        ("either", vec![("Service", vec!["AWS Lambda", EC2])], "31.0"),
        ("both", vec![("Service", vec![EC2]), ("Region", vec!["eu-central-1"])], "2.0"),
        ("usage type", vec![("UsageType", vec!["Request"])], "4.0"),
        ("own account", vec![("LinkedAccount", vec![own.as_str()])], "31.0"),
        ("another account", vec![("LinkedAccount", vec!["999999999999"])], "0.0"),
        ("tag", vec![("TagKeyValue", vec!["user:team$red"])], "8.0"),
        ("tags of one key", vec![("TagKeyValue", vec!["user:team$red", "user:team$blue"])], "24.0"),
        ("tags of two keys", vec![("TagKeyValue", vec!["user:team$blue", "user:stage$test"])], "16.0"),
        ("untagged", vec![("TagKeyValue", vec!["user:team$"])], "7.0"),
    ] {
        let of: Vec<(&str, &[&str])> = of.iter().map(|(at, values)| (*at, values.as_slice())).collect();
        let budget = Budget { cost_filters: filters(&of), ..Budget::monthly(name, "100") };
        scene.root(create(&scene, budget.clone(), 80)).await;
        assert_eq!(actual(&scene, name).await.as_deref(), Some(sum), "{name}");
        assert_eq!(describe(&scene, name).await.cost_filters, budget.cost_filters);
    }
    for (of, word) in [
        (filters(&[("TagKeyValue", &["team=red"])]), "user:Key$Value"),
        (filters(&[("InstanceType", &["t3.micro"])]), "The cost filter InstanceType"),
        (filters(&[("Service", &[])]), "between 1 and 200"),
    ] {
        let budget = Budget { cost_filters: of, ..Budget::monthly("x", "1") };
        assert!(scene.refusal(create(&scene, budget, 80)).await.1.contains(word), "{word}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn cost_types_choose_kinds(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2031-05-15T12:00:00Z").await;
    let kinds = [
        ("Usage", EC2, "1"),
        ("Tax", "Tax", "2"),
        ("Credit", EC2, "-4"),
        ("Refund", EC2, "-8"),
        ("EdpDiscount", EC2, "-16"),
        ("Usage", "AWS Support (Developer)", "32"),
        ("RIFee", EC2, "64"),
        ("Fee", EC2, "128"),
        ("Fee", "Amazon Registrar", "256"),
    ];
    for (item_type, service, unblended) in kinds {
        Line { item_type, service, unblended, blended: "3", amortized: "5", ..Line::default() }.enter(&scene).await;
    }
    let all = CostTypes::default();
    let no = Some(false);
    for (name, types, sum) in [
        ("all", all.clone(), "455.0"),
        ("tax", CostTypes { include_tax: no, ..all.clone() }, "453.0"),
        ("credit", CostTypes { include_credit: no, ..all.clone() }, "459.0"),
        ("refund", CostTypes { include_refund: no, ..all.clone() }, "463.0"),
        ("discount", CostTypes { include_discount: no, ..all.clone() }, "471.0"),
        ("support", CostTypes { include_support: no, ..all.clone() }, "423.0"),
        ("recurring", CostTypes { include_recurring: no, ..all.clone() }, "391.0"),
        ("upfront", CostTypes { include_upfront: no, ..all.clone() }, "327.0"),
        ("other", CostTypes { include_other_subscription: no, ..all.clone() }, "199.0"),
        ("subscription", CostTypes { include_subscription: no, ..all.clone() }, "7.0"),
        ("blended", CostTypes { use_blended: Some(true), ..all.clone() }, "27.0"),
        ("amortized", CostTypes { use_amortized: Some(true), ..all.clone() }, "45.0"),
    ] {
        scene.root(create(&scene, Budget { cost_types: Some(types), ..Budget::monthly(name, "1000") }, 80)).await;
        assert_eq!(actual(&scene, name).await.as_deref(), Some(sum), "{name}");
    }
    let both = CostTypes { use_blended: Some(true), use_amortized: Some(true), ..all };
    let budget = Budget { cost_types: Some(both), ..Budget::monthly("x", "1") };
    assert!(scene.refusal(create(&scene, budget, 80)).await.1.contains("cannot both be true"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn usage_is_counted_in_its_own_unit(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2031-05-15T12:00:00Z").await;
    let limit = Some(Spend { amount: "750".into(), unit: "Hrs".into() });
    let hours = Budget {
        budget_type: "USAGE".into(),
        cost_filters: filters(&[("UsageType", &["BoxUsage:t3.micro"])]),
        budget_limit: limit,
        ..Budget::monthly("hours", "1")
    };
    let bare = Budget { cost_filters: filters(&[]), ..hours.clone() };
    let refused = scene.refusal(create(&scene, bare, 80)).await;
    assert_eq!(refused, ("InvalidParameterException", "A usage budget requires the cost filter UsageType.".into()));
    scene.root(create(&scene, hours, 80)).await;
    Line { quantity: "600", ..Line::default() }.enter(&scene).await;
    Line { quantity: "500", item_type: "Credit", ..Line::default() }.enter(&scene).await;
    Line { quantity: "500", usage_type: "BoxUsage:m5.large", ..Line::default() }.enter(&scene).await;
    assert_eq!(look(&scene).await, 0, "80% is not above 80%");
    Line { quantity: "0.5", ..Line::default() }.enter(&scene).await;
    assert_eq!(look(&scene).await, 1);
    let spend = describe(&scene, "hours").await.calculated_spend.expect("usage");
    assert_eq!((spend.actual_spend.amount.as_str(), spend.actual_spend.unit.as_str()), ("600.5", "Hrs"));
    let mail_id = scene.root(ListMail::default()).await.mails.remove(0).mail_id;
    let mail = scene.root(GetMail { mail_id }).await.mail;
    assert!(mail.text.expose().contains("ACTUAL Amount: 600.5 Hrs"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn utilization_and_coverage_alert_when_they_are_low(pool: PgPool) {
    let scene = Scene::new(pool).await;
    at(&scene, "2031-05-10T12:00:00Z").await;
    let types = ["RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"];
    for budget_type in types {
        scene.root(create(&scene, ratio(budget_type, budget_type), 80)).await;
        assert_eq!(actual(&scene, budget_type).await, None, "no data");
        assert_eq!(
            describe(&scene, budget_type).await.budget_limit,
            Some(Spend { amount: "100.0".into(), unit: "PERCENTAGE".into() })
        );
        assert_eq!(notifications(&scene, budget_type).await, [("80".into(), "OK".into())]);
    }
    assert_eq!(look(&scene).await, 0, "without data nothing is low");
    for line in [
        // Ten hours bought, six used; four hours more at the usual price.
        Line { item_type: "RIFee", quantity: "10", ..Line::default() },
        Line { item_type: "DiscountedUsage", quantity: "6", ..Line::default() },
        Line { item_type: "Usage", quantity: "2", unblended: "2", ..Line::default() },
        // Of a commitment of four three are used, for what would have cost eight.
        Line { item_type: "SavingsPlanCoveredUsage", quantity: "0", unblended: "8", amortized: "3", ..Line::default() },
        Line {
            item_type: "SavingsPlanRecurringFee",
            quantity: "0",
            unblended: "4",
            amortized: "1",
            service: "Savings Plans for AWS Compute usage",
            ..Line::default()
        },
    ] {
        line.enter(&scene).await;
    }
    assert_eq!(look(&scene).await, 3, "three are below 80%");
    for (budget_type, percent, state) in [
        (types[0], "60.0", "ALARM"),
        (types[1], "75.0", "ALARM"),
        (types[2], "75.0", "ALARM"),
        (types[3], "80.0", "OK"),
    ] {
        assert_eq!(actual(&scene, budget_type).await.as_deref(), Some(percent), "{budget_type}");
        assert_eq!(notifications(&scene, budget_type).await, [("80".into(), state.into())], "{budget_type}");
    }
    assert_eq!(subjects(&scene).await, 3);
    assert_eq!(at(&scene, "2031-05-11T12:00:00Z").await, 0, "the next day has no data");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_fits_no_type_is_refused(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let refuse = |budget: Budget| {
        let scene = scene.clone();
        async move {
            let (code, sentence) = scene.refusal(create(&scene, budget, 80)).await;
            assert_eq!(code, "InvalidParameterException");
            sentence
        }
    };
    let coverage = ratio("x", "RI_COVERAGE");
    assert!(
        refuse(Budget { cost_filters: filters(&[]), ..coverage.clone() })
            .await
            .contains("requires the cost filter Service")
    );
    let wrong = Some(Spend { amount: "90".into(), unit: "PERCENTAGE".into() });
    assert!(refuse(Budget { budget_limit: wrong, ..coverage.clone() }).await.ends_with("can only be 100."));
    let mut above = create(&scene, coverage.clone(), 80);
    above.notifications_with_subscribers[0].notification.comparison_operator = "GREATER_THAN".into();
    assert!(scene.refusal(above).await.1.contains("can only be LESS_THAN"));
    let mut below = monthly(&scene, "x", "1", &[80]);
    below.notifications_with_subscribers[0].notification.comparison_operator = "LESS_THAN".into();
    assert!(scene.refusal(below).await.1.contains("can only be GREATER_THAN"));

    scene.root(monthly(&scene, "x", "1", &[80])).await;
    let change = UpdateBudget { account_id: scene.account.clone(), new_budget: coverage };
    assert!(scene.refusal(change).await.1.contains("can only be LESS_THAN"), "its alert would not fit");
}
