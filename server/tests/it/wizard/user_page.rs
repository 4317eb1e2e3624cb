//! What the forms of a user's page come to: adding permissions, another name, a described access key, addresses.

use app::iam::{
    paths::{named, user_path},
    users::{
        create_key, forms,
        grant::{GRANT, PICK, Picked, Right},
    },
};
use serde_json::json;

use super::{
    calls::{Recorder, fields},
    random,
};

async fn picked(form: &[(&str, &str)]) -> Picked {
    let recorder = Recorder::default();
    let answer = forms::run(PICK, &fields(form), &recorder, random()).await.expect("a plan").expect("answers");
    assert!(recorder.names().is_empty(), "picking calls nothing");
    serde_json::from_value(answer).expect("what is picked")
}

#[tokio::test]
async fn what_is_picked_travels_through_searches_and_pages() {
    let form =
        [("Chosen", "a b"), ("Picked", "c"), ("Picked", "b"), ("Query", "s3"), ("Then", "search"), ("Marker", "m")];
    let search = picked(&form).await;
    assert_eq!((search.chosen.join(" ").as_str(), search.query.as_str(), search.marker.as_str()), ("a b c", "s3", ""));
    let next = picked(&[("Picked", "a"), ("Then", "next"), ("Marker", "m")]).await;
    assert_eq!((next.chosen.join(" ").as_str(), next.marker.as_str(), next.review), ("a", "m", false));
    assert_eq!(picked(&[("Chosen", "a b"), ("Remove", "a")]).await.chosen, ["b"]);
    assert_eq!(picked(&[("Single", "true"), ("Chosen", "a"), ("Picked", "b")]).await.chosen, ["b"]);
    assert!(picked(&[("Chosen", "a"), ("Then", "review")]).await.review);
    let none = picked(&[("Then", "review"), ("Here", "m")]).await;
    assert!(!none.review && none.fault.is_some() && none.marker == "m");
}

#[tokio::test]
async fn every_kind_of_right_is_given_by_its_own_operation() {
    let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    let inline = Right::Inline { from: "ann".into(), name: "own".into() };
    let rights = [Right::Group("Admins".into()), Right::Policy(arn.into()), Right::Boundary(arn.into()), inline];
    let words: Vec<String> = rights.iter().map(Right::word).collect();
    assert_eq!(words.iter().filter_map(|word| Right::of(word)).collect::<Vec<_>>(), rights);
    let recorder = Recorder::default();
    let form = fields(&[("UserName", "tom"), ("Rights", &words.join(" "))]);
    forms::run(GRANT, &form, &recorder, random()).await.expect("a plan").expect("works");
    let called = ["AddUserToGroup", "AttachUserPolicy", "PutUserPermissionsBoundary", "GetUserPolicy", "PutUserPolicy"];
    assert_eq!(recorder.names(), called);
    assert_eq!(recorder.input("GetUserPolicy"), json!({ "UserName": "ann", "PolicyName": "own" }));
    assert_eq!(
        recorder.input("PutUserPolicy"),
        json!({ "UserName": "tom", "PolicyName": "own", "PolicyDocument": "{}" }),
        "as it was put, and not as it travels"
    );
    assert_eq!(recorder.input("AttachUserPolicy"), json!({ "UserName": "tom", "PolicyArn": arn }));

    for rights in ["", "steal:everything", "group", "inline:nameless"] {
        let recorder = Recorder::default();
        let form = fields(&[("UserName", "tom"), ("Rights", rights)]);
        assert!(forms::run(GRANT, &form, &recorder, random()).await.expect("a plan").is_err(), "{rights}");
        assert!(recorder.names().is_empty());
    }
}

#[tokio::test]
async fn a_name_must_be_typed_before_it_is_given() {
    let recorder = Recorder::default();
    let run = async |form: &[(&str, &str)]| {
        forms::run(forms::RENAME, &fields(form), &recorder, random()).await.expect("a plan")
    };
    let refused = run(&[("UserName", "tom")]).await.expect_err("nothing typed");
    assert!(refused.field("newUserName").is_some() && recorder.names().is_empty());
    run(&[("UserName", "tom"), ("NewUserName", "tim")]).await.expect("works");
    assert_eq!(recorder.input("UpdateUser"), json!({ "UserName": "tom", "NewUserName": "tim" }));
}

#[tokio::test]
async fn a_description_is_checked_before_the_key_is_made_and_kept_as_a_tag() {
    let run = async |recorder: &Recorder, description: &str| {
        let form = fields(&[("UserName", "tom"), ("Description", description)]);
        forms::run(create_key::CREATE, &form, recorder, random()).await.expect("a plan")
    };
    let recorder = Recorder::default();
    assert!(run(&recorder, "<not allowed>").await.is_err());
    assert!(recorder.names().is_empty());
    run(&recorder, "laptop").await.expect("works");
    assert_eq!(recorder.names(), ["CreateAccessKey", "TagUser"]);
    assert_eq!(recorder.input("TagUser")["Tags"], json!([{ "Key": "AKIAEXAMPLEEXAMPLE22", "Value": "laptop" }]));

    let failing = Recorder { fails: Some(("TagUser", "tom")), ..Recorder::default() };
    let made = run(&failing, "laptop").await.expect("the key is there all the same");
    assert!(made["Undescribed"].is_object() && made["AccessKey"]["AccessKeyId"].is_string(), "{made}");
    let plain = Recorder::default();
    run(&plain, "").await.expect("works");
    assert_eq!(plain.names(), ["CreateAccessKey"], "nothing to note");
}

#[test]
fn every_user_has_an_address_that_browsers_keep() {
    for name in [".", "..", "create", "Create", "...", "a_b-c.d"] {
        let path = user_path(name);
        let segment = path.strip_prefix("/iam/users/").expect("below the list");
        assert!(!matches!(segment, "." | ".." | "create"), "{name}");
        assert_eq!(named(segment), name);
    }
    assert_eq!(user_path("alice"), "/iam/users/alice");
}
