//! The bell: what it tells, and whom.

use cloud::{Caller, Request, Source};
use model::{
    Operation as _,
    billing::{AddSpend, UpdateIAMAccessPreference},
    cloudwatch::{DeleteAlarms, PutMetricAlarm, SetAlarmState},
    console::{ListNotices, ListNoticesOutput},
};
use sqlx::PgPool;

use crate::{budgets::monthly, scene::Scene};

async fn told(scene: &Scene, caller: &Caller) -> (usize, usize) {
    let ListNoticesOutput { alarms, budgets } =
        scene.cloud.call(caller, &Request::new(Source::Console), ListNotices {}).await.expect("lists");
    (alarms.len(), budgets.len())
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_bell_tells_of_alarms_and_budgets_whoever_may_see_them(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let admin = scene.user("admin", &["AdministratorAccess"]).await;
    let watcher = scene.user("watcher", &["CloudWatchReadOnlyAccess"]).await;
    let stranger = scene.user("stranger", &[]).await;
    let neighbour = scene.neighbour().await;
    let rings = async || scene.cloud.profile(&scene.root).await.expect("a profile").has_notices;
    assert!(!rings().await);
    scene.root(PutMetricAlarm { alarm_name: "a".into(), ..PutMetricAlarm::example() }).await;
    let set = |state: &str| SetAlarmState {
        alarm_name: "a".into(),
        state_value: state.into(),
        state_reason: "a test".into(),
        state_reason_data: None,
    };
    scene.root(set("ALARM")).await;
    assert!(rings().await);
    scene.root(monthly(&scene, "b", "10", &[50])).await;
    scene.root(AddSpend { service: "AWS Lambda".into(), amount: "9".into(), ..AddSpend::default() }).await;
    assert_eq!(told(&scene, &scene.root).await, (1, 1));
    assert_eq!(told(&scene, &admin).await, (1, 0), "billing information is closed to users");
    scene.root(UpdateIAMAccessPreference { activated: true }).await;
    for (who, expected) in [(&admin, (1, 1)), (&watcher, (1, 0)), (&stranger, (0, 0))] {
        assert_eq!(told(&scene, who).await, expected);
    }
    assert_eq!(told(&neighbour, &neighbour.root).await, (0, 0));
    scene.root(set("OK")).await;
    assert_eq!(told(&scene, &scene.root).await, (0, 1));
    scene.root(DeleteAlarms { alarm_names: vec!["a".into()] }).await;
    let trail = scene.sql("select count(*)::text from trail where name = 'ListNotices'").await;
    assert_eq!(trail, ["0"], "a look with every page is no event");
}
