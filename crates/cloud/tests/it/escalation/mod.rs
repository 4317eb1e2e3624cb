//! Privilege escalation within IAM: the methods that Rhino Security Labs collected, and their kin, as far as their
//! operations exist. Each does what it does at AWS for whoever holds exactly its permission, and nothing for anybody
//! else: not for one who may do everything else, not within a boundary, not against an explicit deny.

mod cast;
mod methods;
mod traps;

use cloud::Caller;
use model::{
    ApiError,
    console::{CheckPolicyDocument, FindingKind},
    iam::PutUserPolicy,
};
use sqlx::PgPool;

use crate::{every_operation::state, scene::Scene};
use methods::{METHODS, Method};

/// Who tries to come to more.
const ATTACKER: &str = "mallory";

/// What stands between the attacker and the method.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Standing {
    /// Nothing: they hold its permission and no other.
    Exactly,
    /// They may do everything but this.
    AllButThis,
    /// They hold the permission within a boundary that does not.
    Bounded,
    /// They hold the permission, and another statement denies it.
    Denied,
}

impl Standing {
    /// The attacker's own policy.
    fn policy(self, action: &str) -> String {
        let deny = format!(r#", {{"Effect": "Deny", "Action": "{action}", "Resource": "*"}}"#);
        let (element, more) = match self {
            Self::Exactly | Self::Bounded => ("Action", ""),
            Self::AllButThis => ("NotAction", ""),
            Self::Denied => ("Action", deny.as_str()),
        };
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "{element}": "{action}", "Resource": "*"}}{more}]}}"#
        )
    }

    /// How AWS's refusal ends.
    fn tail(self, action: &str) -> String {
        match self {
            Self::Exactly => String::new(),
            Self::AllButThis => format!("because no identity-based policy allows the {action} action"),
            Self::Bounded => format!("because no permissions boundary allows the {action} action"),
            Self::Denied => "with an explicit deny in an identity-based policy".to_owned(),
        }
    }
}

/// An account in which everything is ready for the method, and the attacker.
async fn ready(house: &Scene, method: &Method, standing: Standing) -> (Scene, Caller) {
    let (name, which) =
        (method.action.trim_start_matches("iam:").to_lowercase(), format!("{standing:?}").to_lowercase());
    let email = format!("{name}-{which}@example.com");
    let scene = Scene::open(house.cloud.clone(), house.pool.clone(), &email).await;
    let mallory = scene.user(ATTACKER, &[]).await;
    write(&scene, ATTACKER, "permission", &standing.policy(method.action)).await;
    if standing == Standing::Bounded {
        scene.bound(ATTACKER, "AmazonS3FullAccess").await;
    }
    (scene, mallory)
}

/// Embeds a policy in a user.
async fn write(scene: &Scene, user: &str, name: &str, document: &str) {
    let operation =
        PutUserPolicy { user_name: user.into(), policy_name: name.into(), policy_document: document.into() };
    scene.root(operation).await;
}

/// The outcomes of the attacker's calls of an operation, as the trail has them.
async fn trail(scene: &Scene, action: &str) -> Vec<String> {
    let name = action.trim_start_matches("iam:");
    let arn = format!("arn:aws:iam::{}:user/{ATTACKER}", scene.account);
    let rows = format!(
        "select coalesce(error_code, 'done') from trail
         where name = '{name}' and principal_arn = '{arn}' and principal_type = 'IAMUser'"
    );
    scene.sql(&rows).await
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn each_method_works_with_exactly_its_permission(pool: PgPool) {
    let house = Scene::new(pool).await;
    for method in METHODS {
        let (scene, mallory) = ready(&house, &method, Standing::Exactly).await;
        let mut stage = method.stage(&scene, mallory).await;
        assert!(!stage.has_more().await, "{}: the attacker has more before they begin", method.action);
        stage.attempt().await.unwrap_or_else(|error| panic!("{}: {error}", method.action));
        assert!(stage.has_more().await, "{}: it brought nothing", method.action);
        assert_eq!(trail(&scene, method.action).await, ["done"], "{}", method.action);
    }
}

/// The same for all that stands in the way.
async fn refused(pool: PgPool, standing: Standing) {
    let house = Scene::new(pool).await;
    for method in METHODS {
        let (scene, mallory) = ready(&house, &method, standing).await;
        let mut stage = method.stage(&scene, mallory).await;
        let before = state(&scene).await;
        let error = stage.attempt().await.expect_err(method.action);
        assert!(matches!(error, ApiError::AccessDenied { .. }), "{}: {error:?}", method.action);
        assert!(error.to_string().ends_with(&standing.tail(method.action)), "{}: {error}", method.action);
        assert_eq!(state(&scene).await, before, "{}: something changed", method.action);
        assert_eq!(trail(&scene, method.action).await, ["AccessDenied"], "{}", method.action);
        if standing != Standing::AllButThis {
            assert!(!stage.has_more().await, "{}: it brought something", method.action);
        }
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn no_method_works_without_its_permission(pool: PgPool) {
    refused(pool, Standing::AllButThis).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn no_method_works_outside_a_boundary(pool: PgPool) {
    refused(pool, Standing::Bounded).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn no_method_works_against_an_explicit_deny(pool: PgPool) {
    refused(pool, Standing::Denied).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_policy_editor_warns_of_each_method(pool: PgPool) {
    let scene = Scene::new(pool).await;
    for Method { action, .. } in METHODS {
        let policy_document = Standing::Exactly.policy(action);
        let findings = scene.root(CheckPolicyDocument { policy_document }).await.findings;
        let kinds: Vec<_> = findings.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, [FindingKind::Escalation], "{action}");
        assert!(findings[0].message.contains(action), "{action}: {}", findings[0].message);
    }
}
