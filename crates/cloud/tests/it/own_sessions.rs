//! One's own browsers: who sees which, who ends which, what is noted of their use; and who tried to sign in as oneself.

use cloud::{Caller, Request, Settings, Source};
use model::{
    ApiError,
    cloudtrail::{LookupAttribute, LookupEvents},
    console::{
        EndOtherSessions, EndOwnSession, ListOwnSessions, ListOwnSessionsOutput, ListSignIns, OwnSession, SignIn,
        SignInResult,
    },
    sts::GetCallerIdentity,
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, column, house, root, user},
    mfa::{ALICE, assigned, submit},
    scene::sql,
};

async fn list(browser: &Browser) -> ListOwnSessionsOutput {
    browser.call(ListOwnSessions {}).await.expect("lists")
}

async fn sign_ins(browser: &Browser) -> Vec<SignIn> {
    browser.call(ListSignIns::default()).await.expect("lists").sign_ins
}

fn end(session: &OwnSession) -> EndOwnSession {
    EndOwnSession { session_id: session.session_id.clone() }
}

/// Another browser of alice's.
async fn alice(from: &Browser, account: &str) -> Browser {
    let browser = Browser::open(&from.cloud).await;
    browser.sign_in_user(account, "alice", ALICE).await.expect("signs in");
    browser
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn one_browser_signs_the_others_out_and_nobody_elses(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    user(&owner, "bob", ALICE, false).await;
    let (one, two, three) =
        (alice(&owner, &account).await, alice(&owner, &account).await, alice(&owner, &account).await);
    let bob = Browser::open(&cloud).await;
    bob.sign_in_user(&account, "bob", ALICE).await.expect("signs in");
    let (stranger, _) = root(&cloud, "other@example.com").await;

    let seen = list(&one).await;
    assert_eq!((seen.sessions.len(), seen.total), (3, 3));
    assert!(seen.sessions[0].current && seen.sessions[1..].iter().all(|session| !session.current));
    assert_eq!(seen.sessions[0].source_ip.as_deref(), Some("192.0.2.1"));
    assert!(!seen.sessions[0].mfa);
    let told = serde_json::to_string(&seen).expect("serializes");
    for hash in column(&pool, "select encode(id_hash, 'hex') from session").await {
        assert!(!told.contains(&hash), "what the table knows sessions by stays there");
    }
    assert!(!told.contains(&one.record.id.to_string()));
    assert_eq!(list(&bob).await.total, 1);
    assert_eq!((list(&owner).await.total, list(&stranger).await.total), (1, 1), "root sees root's");

    // Whoever's it is not finds none, of the account or of another; nor does an id that is none.
    for other in [&bob, &owner, &stranger] {
        let error = other.call(end(&seen.sessions[1])).await.expect_err("is not theirs");
        assert_eq!(error.code(), "NoSuchEntity");
    }
    let nonsense = EndOwnSession { session_id: "everything".into() };
    assert_eq!(one.call(nonsense).await.expect_err("is none").code(), "NoSuchEntity");
    assert_eq!(list(&one).await.total, 3);

    let of_two = list(&two).await.sessions.remove(0);
    one.call(end(&of_two)).await.expect("ends it");
    assert!(!two.caller().await.has_session(), "the door knows that it was one");
    assert_eq!(two.call(GetCallerIdentity {}).await.err(), Some(ApiError::SignedOut));
    assert!(one.caller().await.is_signed_in() && three.caller().await.is_signed_in());

    assert_eq!(one.call(EndOtherSessions {}).await.expect("ends").ended, 1);
    assert!(!three.caller().await.is_signed_in() && one.caller().await.is_signed_in());
    for other in [&bob, &owner, &stranger] {
        assert!(other.caller().await.is_signed_in(), "nobody else's");
    }
    assert_eq!(list(&one).await.total, 1);

    // Every end is in the trail, and in the event history.
    let names = sql(&pool, &account, "select name from trail where error_code is null and name like 'End%'").await;
    assert_eq!(names.len(), 2, "{names:?}");
    let attribute = LookupAttribute { attribute_key: "Username".into(), attribute_value: "alice".into() };
    let lookup = LookupEvents { lookup_attributes: vec![attribute], ..LookupEvents::default() };
    let events = owner.call(lookup).await.expect("looks up").events;
    let count = |name: &str| events.iter().filter(|event| event.event_name == name).count();
    assert_eq!((count("EndOwnSession"), count("EndOtherSessions"), count("ListOwnSessions")), (2, 1, 0), "{events:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_key_has_no_session_and_ends_them_all(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    let browser = alice(&owner, &account).await;
    // The password was right here too, and the device is still to come.
    let phone = assigned(&owner, Some("alice"), "phone").await;
    let pending = alice(&owner, &account).await;
    let key = model::iam::CreateAccessKey { user_name: Some("alice".into()) };
    let key = owner.call(key).await.expect("a key").access_key;
    let caller = cloud.caller_of_signature(&key.access_key_id, |_| Ok(())).await.expect("is known");
    let request = Request::new(Source::Api);
    let seen = cloud.call(&caller, &request, ListOwnSessions {}).await.expect("lists");
    assert_eq!((seen.total, seen.sessions[0].current), (1, false), "who waits for a code is not signed in");
    let ended = cloud.call(&caller, &request, EndOtherSessions {}).await.expect("ends").ended;
    assert_eq!(ended, 1);
    assert!(!browser.caller().await.is_signed_in());
    assert_eq!(pending.call(submit(phone.code(1))).await.err(), Some(ApiError::SignedOut), "it must begin anew");
    assert!(owner.caller().await.is_signed_in());
    let nobody = cloud.call(&Caller::anonymous(), &request, ListOwnSessions {}).await.expect_err("is nobody");
    assert_eq!(nobody.code(), "MissingAuthenticationToken");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_use_is_noted_once_a_minute(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (browser, _) = root(&cloud, "root@example.com").await;
    assert!(!browser.caller().await.session_use_is_due(), "the sign-in was a use");
    let from = |ip: [u8; 4], agent: &str| Request {
        ip: Some(ip.into()),
        user_agent: agent.into(),
        session: Some(browser.session()),
        ..Request::new(Source::Console)
    };
    let caller = browser.caller().await;
    cloud.record_session_use(&caller, &from([192, 0, 2, 9], "Late/1")).await.expect("leaves it");
    let before = list(&browser).await.sessions.remove(0);
    assert_eq!(before.source_ip.as_deref(), Some("192.0.2.1"), "not within a minute");
    sqlx::query("update session set last_used_at = last_used_at - 60000").execute(&pool).await.expect("a minute");
    assert!(browser.caller().await.session_use_is_due());
    cloud.record_session_use(&caller, &from([192, 0, 2, 9], "Late/1")).await.expect("notes it");
    cloud.record_session_use(&caller, &from([192, 0, 2, 8], "Later/1")).await.expect("leaves it");
    assert!(!browser.caller().await.session_use_is_due());
    let after = list(&browser).await.sessions.remove(0);
    assert_eq!((after.source_ip.as_deref(), after.user_agent.as_deref()), (Some("192.0.2.9"), Some("Late/1")));
    assert!(after.last_used >= before.last_used && after.started == before.started);
    assert!(!Browser::open(&cloud).await.caller().await.session_use_is_due(), "nobody's use is noted");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn sign_ins_tell_who_tried_and_how_far_they_came(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    user(&owner, "bob", ALICE, false).await;
    let first = alice(&owner, &account).await;
    let wrong = Browser::open(&cloud).await;
    wrong.sign_in_user(&account, "alice", "Wrong-Canary-1!").await.expect_err("is wrong");
    wrong.sign_in_user(&account, "nobody", "Wrong-Canary-1!").await.expect_err("is nobody");
    wrong.sign_in_root("root@example.com", "Wrong-Canary-1!").await.expect_err("is wrong");
    let phone = assigned(&owner, Some("alice"), "phone").await;
    let second = alice(&owner, &account).await;
    second.call(submit("000000".to_owned())).await.expect_err("is wrong");
    second.call(submit(phone.code(1))).await.expect("signs in");

    let told = sign_ins(&second).await;
    let results: Vec<SignInResult> = told.iter().map(|one| one.result).collect();
    use SignInResult::{MfaAsked, SignedIn, WrongMfa, WrongPassword};
    assert_eq!(results, [SignedIn, WrongMfa, MfaAsked, WrongPassword, SignedIn], "the newest first");
    assert_eq!(told.iter().map(|one| one.mfa).collect::<Vec<_>>(), [true, true, false, false, false]);
    assert_eq!(told[3].source_ip.as_deref(), Some("192.0.2.1"));
    assert!(list(&second).await.sessions[0].mfa);
    assert_eq!(sign_ins(&first).await.len(), 5, "whichever browser asks");
    let of_root: Vec<SignInResult> = sign_ins(&owner).await.into_iter().map(|one| one.result).collect();
    assert_eq!(of_root, [WrongPassword, SignedIn], "root's own and no user's");
    let bob = Browser::open(&cloud).await;
    bob.sign_in_user(&account, "bob", ALICE).await.expect("signs in");
    assert_eq!(sign_ins(&bob).await.len(), 1);
    let (stranger, _) = root(&cloud, "other@example.com").await;
    assert_eq!(sign_ins(&stranger).await.len(), 1);

    // Page by page it is the same.
    let (mut walked, mut marker) = (Vec::new(), None);
    loop {
        let page = second.call(ListSignIns { marker, max_items: Some(2) }).await.expect("a page");
        assert_eq!(page.is_truncated, page.marker.is_some());
        walked.extend(page.sign_ins);
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(walked, told);
    let forged = ListSignIns { marker: Some("forged".into()), max_items: None };
    assert_eq!(second.call(forged).await.expect_err("is none of ours").code(), "ValidationError");
    // The event history still hides what was typed.
    let rows = sql(
        &pool,
        &account,
        "select coalesce(user_name, '-') from trail where error_code is not null and service = 'signin'",
    )
    .await;
    assert!(rows.iter().all(|name| name == "-"), "{rows:?}");
}
