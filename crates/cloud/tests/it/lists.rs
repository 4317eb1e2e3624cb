//! Every list, walked one item at a time, gives what it gives at once, in the same order.

use cloud::Execute;
use model::{
    Tag,
    console::ListUserRows,
    iam::{
        AddUserToGroup, AttachGroupPolicy, AttachUserPolicy, CreateAccessKey, CreateAccountAlias, CreatePolicy,
        GetGroup, ListAccessKeys, ListAccountAliases, ListAttachedGroupPolicies, ListAttachedUserPolicies,
        ListEntitiesForPolicy, ListGroups, ListGroupsForUser, ListPolicies, ListPolicyTags, ListPolicyVersions,
        ListUserTags, ListUsers, TagUser,
    },
};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::{
    own_policies::{arn, document, new, version},
    scene::{Scene, managed},
};

/// Calls `operation` with page members put in.
async fn page<O: Execute>(scene: &Scene, operation: &O, marker: Option<&Value>, max_items: i64) -> Value {
    let mut input = serde_json::to_value(operation).expect("serializes");
    input["MaxItems"] = json!(max_items);
    if let Some(marker) = marker {
        input["Marker"] = marker.clone();
    }
    let output = scene.root(serde_json::from_value::<O>(input).expect("takes page members")).await;
    serde_json::to_value(output).expect("serializes")
}

/// The items of one answer: the elements of its arrays, one array after the other.
fn items(answer: &Value) -> Vec<Value> {
    let members = answer.as_object().expect("an object");
    members.values().filter_map(Value::as_array).flatten().cloned().collect()
}

async fn walk<O: Execute>(scene: &Scene, operation: O, expected: usize) {
    let whole = page(scene, &operation, None, 1000).await;
    assert_eq!(whole["IsTruncated"], false, "{}", O::ACTION);
    assert_eq!(whole.get("Marker"), None, "{}", O::ACTION);
    assert_eq!(items(&whole).len(), expected, "{}: {whole}", O::ACTION);
    let mut walked = Vec::new();
    let mut marker = None;
    loop {
        let one = page(scene, &operation, marker.as_ref(), 1).await;
        assert!(items(&one).len() <= 1, "{}: {one}", O::ACTION);
        walked.extend(items(&one));
        assert_eq!(one["IsTruncated"] == true, one.get("Marker").is_some(), "{}", O::ACTION);
        match one.get("Marker") {
            Some(next) => marker = Some(next.clone()),
            None => break,
        }
    }
    assert_eq!(walked, items(&whole), "{}", O::ACTION);
    let forged: O = {
        let mut input = serde_json::to_value(&operation).expect("serializes");
        input["Marker"] = json!("forged");
        serde_json::from_value(input).expect("takes a marker")
    };
    assert_eq!(scene.refusal(forged).await, ("ValidationError", "Invalid Marker.".into()), "{}", O::ACTION);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn one_item_at_a_time(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let ann = || "ann".to_owned();
    // Names that another collation, or comparing with case, would put in another order.
    for name in ["ann", "Bob", "a.b", "a-b", "B_c", "z=1", "Z+"] {
        scene.plain_user(name).await;
    }
    for group in ["Ops", "dev", "a-team"] {
        scene.group(group).await;
        scene.root(AddUserToGroup { group_name: group.into(), user_name: ann() }).await;
    }
    for member in ["Bob", "z=1"] {
        scene.root(AddUserToGroup { group_name: "dev".into(), user_name: member.into() }).await;
    }
    for policy in ["ReadOnlyAccess", "job-function/Billing", "AdministratorAccess"] {
        scene.attach("ann", policy).await;
        scene.root(AttachGroupPolicy { group_name: "dev".into(), policy_arn: managed(policy) }).await;
    }
    scene.attach("Bob", "ReadOnlyAccess").await;
    scene.bound("z=1", "ReadOnlyAccess").await;
    let tags = ["b", "A", "c"].map(|key| Tag { key: key.into(), value: String::new() });
    scene.root(TagUser { user_name: ann(), tags: tags.clone().into() }).await;
    for name in ["b.c", "B-d", "readonlyaccess"] {
        let own = CreatePolicy { tags: tags.clone().into(), ..new(name, &document("Allow", "s3:*")) };
        scene.root(own).await;
    }
    let own = arn(&scene, "readonlyaccess");
    scene.root(AttachUserPolicy { user_name: ann(), policy_arn: own.clone() }).await;
    for _ in 0..2 {
        scene.root(version(&own, &document("Allow", "s3:*"), false)).await;
    }
    for _ in 0..2 {
        scene.root(CreateAccessKey { user_name: Some(ann()) }).await;
    }
    scene.root(CreateAccountAlias { account_alias: "practice".into() }).await;

    walk(&scene, ListUsers::default(), 7).await;
    walk(&scene, ListUserRows::default(), 7).await;
    walk(&scene, ListUserRows { sort: Some("arn".into()), ..Default::default() }, 7).await;
    walk(&scene, ListGroups::default(), 3).await;
    walk(&scene, GetGroup { group_name: "dev".into(), ..Default::default() }, 3).await;
    walk(&scene, ListGroupsForUser { user_name: ann(), ..Default::default() }, 3).await;
    walk(&scene, ListUserTags { user_name: ann(), ..Default::default() }, 3).await;
    walk(&scene, ListAccessKeys { user_name: Some(ann()), ..Default::default() }, 2).await;
    walk(&scene, ListAccountAliases::default(), 1).await;
    walk(&scene, ListAttachedUserPolicies { user_name: ann(), ..Default::default() }, 4).await;
    walk(&scene, ListAttachedGroupPolicies { group_name: "dev".into(), ..Default::default() }, 3).await;
    walk(&scene, ListPolicies { only_attached: Some(true), ..Default::default() }, 4).await;
    walk(&scene, ListPolicies { scope: Some("Local".into()), ..Default::default() }, 3).await;
    walk(&scene, ListPolicyTags { policy_arn: own.clone(), ..Default::default() }, 3).await;
    walk(&scene, ListPolicyVersions { policy_arn: own, ..Default::default() }, 3).await;
    walk(&scene, ListPolicies { path_prefix: Some("/job-function/".into()), ..Default::default() }, 11).await;
    walk(&scene, ListPolicyVersions { policy_arn: managed("ReadOnlyAccess"), ..Default::default() }, 1).await;
    walk(&scene, ListEntitiesForPolicy { policy_arn: managed("ReadOnlyAccess"), ..Default::default() }, 4).await;
}

/// The whole catalogue by hundreds: nothing twice, nothing left out.
#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_whole_catalogue(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let mut arns = Vec::new();
    let mut marker = None;
    loop {
        let page = scene.root(ListPolicies { marker, ..Default::default() }).await;
        arns.extend(page.policies.into_iter().map(|policy| policy.arn));
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(arns.len(), 1594);
    arns.sort_unstable();
    arns.dedup();
    assert_eq!(arns.len(), 1594);
}
