//! Our operations against the catalogue of AWS's services: the same names, access levels and resource types.

use std::collections::BTreeMap;

use cloud::Execute;
use model::{Access, ApiError, Guard, billing::UpdateIAMAccessPreference, iam::PutUserPolicy};
use services::AccessLevel;
use sqlx::PgPool;

use crate::scene::Scene;

/// Services of ours that AWS has no public actions of: sign-in, sign-up, what the console's pages read, the host.
const OURS: [&str; 4] = ["console", "operator", "signin", "account"];

/// What AWS asks policies where an operation is no action of its own (Service Authorization Reference, "Budgets").
const JUDGED: [(&str, &str); 15] = [
    ("budgets:CreateBudget", "budgets:ModifyBudget"),
    ("budgets:UpdateBudget", "budgets:ModifyBudget"),
    ("budgets:DeleteBudget", "budgets:ModifyBudget"),
    ("budgets:CreateNotification", "budgets:ModifyBudget"),
    ("budgets:UpdateNotification", "budgets:ModifyBudget"),
    ("budgets:DeleteNotification", "budgets:ModifyBudget"),
    ("budgets:CreateSubscriber", "budgets:ModifyBudget"),
    ("budgets:UpdateSubscriber", "budgets:ModifyBudget"),
    ("budgets:DeleteSubscriber", "budgets:ModifyBudget"),
    ("budgets:DescribeBudget", "budgets:ViewBudget"),
    ("budgets:DescribeBudgets", "budgets:ViewBudget"),
    ("budgets:DescribeNotificationsForBudget", "budgets:ViewBudget"),
    ("budgets:DescribeSubscribersForNotification", "budgets:ViewBudget"),
    ("budgets:DescribeBudgetNotificationsForAccount", "budgets:ViewBudget"),
    ("budgets:DescribeBudgetPerformanceHistory", "budgets:ViewBudget"),
];

/// Operations that only exist here: costs are entered, not incurred, and time can be moved.
const INVENTED: [&str; 12] = [
    "billing:AddSpend",
    "billing:ListSpend",
    "billing:AddUsage",
    "billing:AddUsagePlan",
    "billing:AddUsageCurve",
    "billing:ImportCosts",
    "billing:ListLineItems",
    "billing:ListCostEntries",
    "billing:DeleteCostEntry",
    "billing:GetSandboxClock",
    "billing:AdvanceSandboxClock",
    "billing:ResetSandboxClock",
];

/// Visits every operation that AWS has.
trait Visit {
    async fn visit<O: Execute>(&mut self, action: &str, operation: O);
}

macro_rules! visit_every {
    ($($service:ident { $($name:ident)* })*) => {
        async fn every_operation(visitor: &mut impl Visit) {
            $($( Box::pin(visit_one::<model::$service::$name>(visitor)).await; )*)*
        }
    };
}
model::for_each_operation!(visit_every);

async fn visit_one<O: Execute>(visitor: &mut impl Visit) {
    let name = O::ACTION.to_string();
    if OURS.contains(&O::ACTION.service) || INVENTED.contains(&name.as_str()) {
        return;
    }
    let judged = JUDGED.iter().find(|(ours, _)| *ours == name).map_or(name.as_str(), |(_, theirs)| theirs);
    visitor.visit(judged, O::example()).await;
}

/// Notes what the catalogue says otherwise.
#[derive(Default)]
struct Names {
    seen: usize,
    levels: BTreeMap<String, (Access, AccessLevel)>,
}

fn same(ours: Access, theirs: AccessLevel) -> bool {
    matches!(
        (ours, theirs),
        (Access::List, AccessLevel::List)
            | (Access::Read, AccessLevel::Read)
            | (Access::Write, AccessLevel::Write)
            | (Access::Tagging, AccessLevel::Tagging)
            | (Access::PermissionsManagement, AccessLevel::PermissionsManagement)
    )
}

impl Visit for Names {
    async fn visit<O: Execute>(&mut self, action: &str, _operation: O) {
        let known = services::action(action).unwrap_or_else(|| panic!("the catalogue has no {action}"));
        assert_eq!(known.name(), action, "also in its case");
        self.seen += 1;
        if !same(O::ACCESS, known.action.level) {
            self.levels.insert(O::ACTION.to_string(), (O::ACCESS, known.action.level));
        }
    }
}

#[tokio::test]
async fn every_operation_is_an_action_of_awss() {
    let mut names = Names::default();
    every_operation(&mut names).await;
    assert!(names.seen > 70, "{} operations", names.seen);
    let differing: Vec<String> =
        names.levels.iter().map(|(name, (ours, theirs))| format!("{name}: {ours:?}, {theirs:?}")).collect();
    assert!(differing.is_empty(), "ours and the reference's: {differing:?}");
}

/// The accounts that examples name.
const EXAMPLE_ACCOUNTS: [&str; 2] = ["111122223333", "123456789012"];

/// Its example is nobody's key, so that there is no user to ask about.
const ABOUT_NOBODY: &str = "iam:GetAccessKeyLastUsed";

/// Actions whose one resource type, a dataset, is of another kind of metrics than the account's own: about those they ask
/// `*`, as CloudWatch's user guide says.
const AT_LARGE: [&str; 3] = ["cloudwatch:PutMetricData", "cloudwatch:ListMetrics", "cloudwatch:GetMetricData"];

/// Calls everything as a user who has each action on the resource types that the reference names for it, and on `*`
/// only where it names none.
struct Entitled {
    scene: Scene,
    caller: cloud::Caller,
    refused: Vec<String>,
}

impl Visit for Entitled {
    async fn visit<O: Execute>(&mut self, action: &str, operation: O) {
        if O::GUARD != Guard::Policy || action == ABOUT_NOBODY {
            return;
        }
        let known = services::action(action).unwrap_or_else(|| panic!("the catalogue has no {action}"));
        let arns: Vec<String> = known
            .service
            .resource_types_of(known.action)
            .map(|(kind, _)| placed(&kind.arn))
            .chain((known.action.resources.is_empty() || AT_LARGE.contains(&action)).then(|| "*".to_owned()))
            .collect();
        // Some operations ask a second question, which is not what this is about.
        let document = serde_json::json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": action, "Resource": arns},
            {"Effect": "Allow", "NotAction": action, "Resource": "*"},
        ]});
        let put = PutUserPolicy {
            user_name: "entitled".into(),
            policy_name: "exactly".into(),
            policy_document: document.to_string(),
        };
        self.scene.root(put).await;
        let mut text = serde_json::to_string(&operation).expect("serializes");
        for account in EXAMPLE_ACCOUNTS {
            text = text.replace(account, &self.scene.account);
        }
        let operation: O = serde_json::from_str(&text).expect("an input");
        if let Err(ApiError::AccessDenied { denial }) = self.scene.call(&self.caller, operation).await {
            self.refused.push(format!("{action} on {}, allowed on {arns:?}", denial.resource));
        }
    }
}

/// An ARN's template with every placeholder a wildcard.
fn placed(template: &str) -> String {
    let mut parts = template.split("${");
    let mut arn = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        arn.push('*');
        arn.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    // IAM takes no wildcard for the partition of a policy's resource.
    arn.replacen("arn:*:", "arn:aws:", 1)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn what_the_reference_asks_for_is_enough(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    let caller = scene.user("entitled", &[]).await;
    let mut entitled = Entitled { scene, caller, refused: Vec::new() };
    every_operation(&mut entitled).await;
    assert!(entitled.refused.is_empty(), "{:#?}", entitled.refused);
}
