//! The event history: what is found, in which order, by whom, and what never stands in it.

use cloud::{Caller, Request, Source};
use model::{
    ApiError, Secret, Timestamp,
    cloudtrail::{Event, LookupAttribute, LookupEvents, LookupEventsOutput},
    console::PutPreferences,
    iam::{CreateLoginProfile, GetUser, ListUsers},
    signin::SignInUser,
};
use serde_json::Value;
use sqlx::PgPool;

use crate::scene::{PASSWORD, Scene};

fn by(key: &str, value: &str) -> LookupEvents {
    let attribute = LookupAttribute { attribute_key: key.into(), attribute_value: value.into() };
    LookupEvents { lookup_attributes: vec![attribute], ..LookupEvents::default() }
}

async fn names(scene: &Scene, lookup: LookupEvents) -> Vec<String> {
    scene.root(lookup).await.events.into_iter().map(|event| event.event_name).collect()
}

fn record(event: &Event) -> Value {
    serde_json::from_str(&event.cloud_trail_event).expect("the record is JSON")
}

/// Writes ann's listing of users into the trail once more, so many days earlier.
async fn earlier(scene: &Scene, days: i64) {
    let copy = format!(
        "insert into trail
         select (jsonb_populate_record(t, jsonb_build_object(
             'event_id', gen_random_uuid(), 'event_time', t.event_time - {}))).* from trail t
         where user_name = 'ann' and name = 'ListUsers' order by event_time desc limit 1 returning name",
        days * 86_400_000
    );
    assert_eq!(scene.sql(&copy).await.len(), 1);
}

/// A user who did two things and was refused a third.
async fn furnished(pool: PgPool) -> (Scene, Caller) {
    let scene = Scene::new(pool).await;
    let ann = scene.user("ann", &["ReadOnlyAccess"]).await;
    scene.call(&ann, GetUser { user_name: None }).await.expect("may");
    scene.call(&ann, ListUsers::default()).await.expect("may");
    scene
        .refusal_of(
            &ann,
            CreateLoginProfile {
                user_name: "ann".into(),
                password: "Canary-1-Canary!".into(),
                password_reset_required: false,
            },
        )
        .await;
    (scene, ann)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn one_attribute_finds_its_events_newest_first(pool: PgPool) {
    let (scene, ann) = furnished(pool).await;
    assert_eq!(names(&scene, by("Username", "ann")).await, ["CreateLoginProfile", "ListUsers", "GetUser"]);
    assert_eq!(names(&scene, by("EventName", "CreateUser")).await, ["CreateUser"]);
    let mine = scene.root(by("EventName", "ListUsers")).await.events;
    let key = mine[0].access_key_id.clone().expect("a key signed it");
    assert_eq!(mine[0].read_only, "true");
    assert_eq!(names(&scene, by("AccessKeyId", &key)).await.len(), 3);
    let one = scene.root(by("EventId", &mine[0].event_id)).await.events;
    assert_eq!(one, mine);
    let made = scene.root(by("ResourceName", "ann")).await.events;
    assert!(made.iter().any(|event| event.event_name == "CreateUser"), "{made:?}");
    assert!(names(&scene, by("ResourceType", "AWS::IAM::User")).await.contains(&"CreateUser".to_owned()));
    assert!(names(&scene, by("ReadOnly", "false")).await.iter().all(|name| name != "ListUsers"));
    assert!(names(&scene, by("ReadOnly", "true")).await.contains(&"ListUsers".to_owned()));
    assert!(names(&scene, by("EventSource", "iam.amazonaws.com")).await.contains(&"CreateUser".to_owned()));
    assert!(names(&scene, by("Username", "root")).await.contains(&"CreateUser".to_owned()));
    for nothing in [
        by("Username", "ANN"),
        by("EventSource", "iam"),
        by("EventId", "no-id"),
        LookupEvents { event_category: Some("insight".into()), ..LookupEvents::default() },
    ] {
        assert!(names(&scene, nothing).await.is_empty());
    }
    // The event of a denial says so, and its record holds no secret.
    let refused = scene.root(by("EventName", "CreateLoginProfile")).await.events;
    let told = record(&refused[0]);
    assert_eq!((&told["errorCode"], &told["userIdentity"]["userName"]), (&"AccessDenied".into(), &"ann".into()));
    assert_eq!(told["requestParameters"]["Password"], "HIDDEN_DUE_TO_SECURITY_REASONS");
    assert!(!refused[0].cloud_trail_event.contains("Canary"));
    assert_eq!((&told["eventSource"], &told["awsRegion"]), (&"iam.amazonaws.com".into(), &"us-east-1".into()));
    // A reader may look; a stranger may not, and is told the action.
    scene.call(&ann, LookupEvents::default()).await.expect("ReadOnlyAccess has it");
    let eve = scene.user("eve", &[]).await;
    assert!(scene.refusal_of(&eve, LookupEvents::default()).await.1.contains("cloudtrail:LookupEvents"));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn pages_follow_each_other_without_gaps(pool: PgPool) {
    let (scene, ann) = furnished(pool).await;
    for _ in 0..7 {
        scene.call(&ann, GetUser { user_name: None }).await.expect("may");
    }
    let whole = scene.root(by("Username", "ann")).await;
    assert_eq!((whole.events.len(), whole.next_token), (10, None));
    let (mut walked, mut next_token) = (Vec::new(), None);
    loop {
        let page: LookupEventsOutput =
            scene.root(LookupEvents { max_results: Some(3), next_token, ..by("Username", "ann") }).await;
        walked.extend(page.events);
        next_token = page.next_token;
        if next_token.is_none() {
            break;
        }
    }
    assert_eq!(walked, whole.events);
    for (lookup, code) in [
        (LookupEvents { next_token: Some("forged".into()), ..LookupEvents::default() }, "InvalidNextTokenException"),
        (LookupEvents { max_results: Some(51), ..LookupEvents::default() }, "InvalidMaxResultsException"),
        (LookupEvents { max_results: Some(0), ..LookupEvents::default() }, "InvalidMaxResultsException"),
        (by("Colour", "red"), "InvalidLookupAttributesException"),
        (by("ReadOnly", "perhaps"), "InvalidLookupAttributesException"),
        (by("EventName", ""), "InvalidLookupAttributesException"),
    ] {
        assert_eq!(scene.refusal(lookup).await.0, code);
    }
    let mut two = by("EventName", "GetUser");
    two.lookup_attributes.extend(by("Username", "ann").lookup_attributes);
    assert_eq!(scene.refusal(two).await.0, "InvalidLookupAttributesException");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_range_of_time_and_ninety_days(pool: PgPool) {
    let (scene, _) = furnished(pool).await;
    earlier(&scene, 10).await;
    let listed = scene.root(by("EventName", "ListUsers")).await.events;
    assert_eq!(listed.len(), 2);
    let range = |start, end| LookupEvents { start_time: start, end_time: end, ..by("Username", "ann") };
    let (new, old) = (listed[0].event_time, listed[1].event_time);
    assert_eq!(names(&scene, range(None, Some(old))).await, ["ListUsers"]);
    assert_eq!(names(&scene, range(Some(Timestamp(old.0 + 1)), None)).await.len(), 3);
    assert_eq!(names(&scene, range(Some(old), Some(new))).await.last().map(String::as_str), Some("ListUsers"));
    assert_eq!(scene.refusal(range(Some(new), Some(old))).await.0, "InvalidTimeRangeException");
    earlier(&scene, 91).await;
    let all = names(&scene, by("EventName", "ListUsers")).await;
    assert_eq!(all.len(), 2, "what is older than ninety days is gone");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_end_without_a_fraction_means_the_whole_second(pool: PgPool) {
    let (scene, _) = furnished(pool).await;
    let newest = scene.root(by("Username", "ann")).await.events.remove(0).event_time.0;
    let until = |end| LookupEvents { end_time: Some(Timestamp(end)), ..by("Username", "ann") };
    let all = async |end| names(&scene, until(end)).await.len() == 3;
    assert!(all(newest).await && all(newest - newest % 1000).await);
    // An instant just before the event, exact to the millisecond where it is none of a whole second.
    if newest % 1000 > 1 {
        assert!(!all(newest - 1).await, "an end with a fraction is what it says");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_user_named_root_is_told_from_the_root_user(pool: PgPool) {
    let scene = Scene::new(pool).await;
    let user = scene.user("root", &["ReadOnlyAccess"]).await;
    scene.call(&user, ListUsers::default()).await.expect("may");
    let both = names(&scene, by("Username", "root")).await;
    assert!(both.contains(&"ListUsers".to_owned()) && both.contains(&"CreateUser".to_owned()), "{both:?}");
    let arn = |whose: &str| by("Username", &format!("arn:aws:iam::{}:{whose}", scene.account));
    assert_eq!(names(&scene, arn("user/root")).await, ["ListUsers"]);
    let of_root = names(&scene, arn("root")).await;
    assert!(of_root.contains(&"CreateUser".to_owned()) && !of_root.contains(&"ListUsers".to_owned()), "{of_root:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn sign_ins_are_one_event_and_pages_own_calls_are_none(pool: PgPool) {
    let (scene, _) = furnished(pool).await;
    scene.password("ann", false).await;
    let session = scene.sign_in("ann", PASSWORD).await.expect("signs in");
    let browser = Request { session: Some(session.clone()), ..Request::new(Source::Console) };
    let signed_in = scene.of_session(&session).await;
    let liking = PutPreferences { theme: Some("dark".into()), ..Default::default() };
    scene.cloud.call(&signed_in, &browser, liking).await.expect("keeps it");
    scene.cloud.call(&signed_in, &browser, ListUsers::default()).await.expect("may");
    let wrong =
        SignInUser { account: scene.account.clone(), user_name: "ann".into(), password: Secret::new("Wrong-1!") };
    let request = Request { session: Some(scene.session().await), ..Request::new(Source::Console) };
    let refused = scene.cloud.call(&Caller::anonymous(), &request, wrong).await;
    assert!(matches!(refused, Err(ApiError::AuthenticationFailure)), "{refused:?}");

    let logins = scene.root(by("EventName", "ConsoleLogin")).await.events;
    assert_eq!(logins.len(), 2, "{logins:?}");
    let (failed, worked) = (record(&logins[0]), record(&logins[1]));
    assert_eq!(worked["responseElements"]["ConsoleLogin"], "Success");
    assert_eq!(
        (&worked["eventType"], &worked["userIdentity"]["userName"]),
        (&"AwsConsoleSignIn".into(), &"ann".into())
    );
    assert_eq!(worked["additionalEventData"]["MFAUsed"], "No");
    assert_eq!(failed["responseElements"]["ConsoleLogin"], "Failure");
    assert_eq!(failed["errorMessage"], "Failed authentication");
    assert_eq!(failed["userIdentity"]["userName"], "HIDDEN_DUE_TO_SECURITY_REASONS");
    for event in &logins {
        assert!(!event.cloud_trail_event.contains(PASSWORD) && !event.cloud_trail_event.contains("Wrong-1!"));
    }
    assert!(names(&scene, by("EventName", "PutPreferences")).await.is_empty());
    assert!(names(&scene, by("EventName", "SignInUser")).await.is_empty(), "it has one name only");
    let listed = scene.root(by("EventName", "ListUsers")).await.events;
    assert_eq!(record(&listed[0])["sessionCredentialFromConsole"], "true");
    assert!(record(&listed[1]).get("sessionCredentialFromConsole").is_none());

    let neighbour = scene.neighbour().await;
    let theirs = neighbour.root(LookupEvents::default()).await.events;
    assert!(theirs.iter().all(|event| !event.cloud_trail_event.contains(&scene.account)), "{theirs:?}");
}
