//! Passkeys and security keys: registered, asked for at sign-in, each challenge answered once, taken away.

use cloud::Settings;
use model::{
    ApiError,
    console::{FinishPasskeyRegistration, ListUserRows, StartPasskeyRegistration},
    iam::{
        CreateAccessKey, CreateUser, DeactivateMFADevice, DeleteUser, DeleteVirtualMFADevice, GetAccountSummary,
        GetMFADevice, ListMFADevices, ListVirtualMFADevices, ResyncMFADevice,
    },
    operator::ResetRootMfa,
    signin::{GetMfaChallenge, GetMfaChallengeOutput, SubmitPasskey},
    sts::GetCallerIdentity,
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, PASSWORD, dump, house, root, user},
    mfa::{ALICE, assigned, submit},
    recorder::Recorder,
    scene::{bare_user, sql},
    security_key::SecurityKey,
};

const REFUSED: Option<ApiError> = Some(ApiError::AuthenticationFailure);

fn start(user: Option<&str>, name: &str) -> StartPasskeyRegistration {
    StartPasskeyRegistration { user_name: user.map(str::to_owned), device_name: name.into() }
}

fn finish(user: Option<&str>, name: &str, answer: &str) -> FinishPasskeyRegistration {
    FinishPasskeyRegistration {
        user_name: user.map(str::to_owned),
        device_name: name.into(),
        credential: answer.into(),
    }
}

/// A key for a user of the browser's account, or for the browser's own principal; and its serial number.
pub async fn registered(by: &Browser, user: Option<&str>, name: &str) -> (SecurityKey, String) {
    let options = by.call(start(user, name)).await.expect("a challenge").creation_options;
    let (key, answer) = SecurityKey::create(options.expose());
    let made = by.call(finish(user, name, &answer)).await.expect("registers");
    (key, made.serial_number)
}

async fn challenge(browser: &Browser) -> GetMfaChallengeOutput {
    browser.call(GetMfaChallenge {}).await.expect("a challenge")
}

/// Signs what this browser is asked to sign.
async fn answer(browser: &Browser, key: &mut SecurityKey) -> SubmitPasskey {
    let options = challenge(browser).await.request_options.expect("options");
    SubmitPasskey { credential: key.get(options.expose()).into() }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_key_is_registered_asked_for_and_taken_away(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    let (mut key, serial) = registered(&owner, Some("alice"), "work-key").await;
    assert!(serial.starts_with(&format!("arn:aws:iam::{account}:u2f/user/alice/work-key-")), "{serial}");
    let (mut second, _) = registered(&owner, Some("alice"), "home-key").await;
    let of_alice = || ListMFADevices { user_name: Some("alice".into()), ..ListMFADevices::default() };
    let listed = owner.call(of_alice()).await.expect("lists").mfa_devices;
    assert_eq!((listed.len(), listed[0].serial_number.as_str()), (2, serial.as_str()));
    let get = GetMFADevice { serial_number: serial.clone(), user_name: Some("alice".into()) };
    assert_eq!(owner.call(get).await.expect("is there").user_name.as_deref(), Some("alice"));
    let virtual_ones = owner.call(ListVirtualMFADevices::default()).await.expect("lists").virtual_mfa_devices;
    assert!(virtual_ones.is_empty(), "a key is no virtual device");
    let counts = owner.call(GetAccountSummary {}).await.expect("counts").summary_map;
    assert_eq!((counts["MFADevices"], counts["MFADevicesInUse"]), (2, 2));
    let resync = ResyncMFADevice {
        user_name: Some("alice".into()),
        serial_number: serial.clone(),
        authentication_code1: "123456".into(),
        authentication_code2: "654321".into(),
    };
    assert_eq!(owner.call(resync).await.expect_err("it shows no codes").code(), "InvalidAuthenticationCode");
    let delete = DeleteVirtualMFADevice { serial_number: serial.clone() };
    assert_eq!(owner.call(delete).await.expect_err("it is not virtual").code(), "NoSuchEntity");
    assert!(owner.call(DeleteUser { user_name: "alice".into() }).await.is_err(), "she has devices");

    for key in [&mut key, &mut second] {
        let browser = Browser::open(&cloud).await;
        assert!(browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right").mfa_required);
        assert_eq!(browser.call(GetCallerIdentity {}).await.err(), Some(ApiError::SignedOut));
        let asked = challenge(&browser).await;
        assert_eq!((asked.kinds, asked.root), (vec!["PASSKEY".to_owned()], false));
        let signed = answer(&browser, key).await;
        let output = browser.call(signed).await.expect("signs in");
        assert!(!output.mfa_required && output.arn.ends_with(":user/alice"));
        browser.call(GetCallerIdentity {}).await.expect("is somebody");
    }

    let deactivate = DeactivateMFADevice { user_name: Some("alice".into()), serial_number: serial };
    owner.call(deactivate).await.expect("takes it away");
    assert_eq!(owner.call(of_alice()).await.expect("lists").mfa_devices.len(), 1, "it is forgotten");
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    let signed = answer(&browser, &mut key).await;
    assert_eq!(browser.call(signed).await.err(), REFUSED, "the key that was taken away");

    let trail = sql(&pool, &account, "select name || ' ' || coalesce(request::text, '') from trail").await;
    assert!(trail.iter().any(|row| row.starts_with("EnableMFADevice")), "as AWS's trail names it: {trail:?}");
    assert!(!trail.iter().any(|row| row.contains("clientDataJSON") || row.contains("challenge")), "{trail:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_challenge_serves_once_and_one_session(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    for name in ["alice", "bob"] {
        user(&owner, name, ALICE, false).await;
    }
    let (mut key, _) = registered(&owner, Some("alice"), "key").await;
    let (mut other, _) = registered(&owner, Some("bob"), "key").await;
    let pending = async || {
        let browser = Browser::open(&cloud).await;
        browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
        browser
    };

    let (one, two, third) = (pending().await, pending().await, pending().await);
    let options =
        async |browser: &Browser| challenge(browser).await.request_options.expect("options").expose().to_owned();
    let asked = options(&one).await;
    assert_eq!(options(&one).await, asked, "whoever looks again, on whatever page, finds the same");
    let held = answer(&one, &mut key).await;
    let strange = answer(&one, &mut other).await;
    assert_eq!(one.call(strange).await.err(), REFUSED, "somebody else's key");
    assert_ne!(options(&one).await, asked, "a new one took its place");
    assert_eq!(one.call(held).await.err(), REFUSED, "the wrong answer used the challenge up");
    let nonsense = SubmitPasskey { credential: "{}".into() };
    assert_eq!(one.call(nonsense).await.err(), REFUSED);
    let looks = sql(&pool, &account, "select name from trail where name = 'GetMfaChallenge'").await;
    assert!(looks.is_empty(), "looking writes nothing: {looks:?}");
    key.origin = "http://localhost:3001".into();
    let phished = answer(&one, &mut key).await;
    assert_eq!(one.call(phished).await.err(), REFUSED, "signed at another origin");
    key.origin = "http://localhost:3000".into();
    let right = answer(&one, &mut key).await;
    let (recorder, recording) = Recorder::start();
    one.call(right.clone()).await.expect("the fifth try signs in");
    let statements = recorder.take_statements();
    drop(recording);
    let like = |text: &str| statements.iter().filter(|line| line.contains(text)).count();
    assert_eq!(like("select serial_key, credential"), 1, "the keys are read once: {statements:?}");
    assert_eq!(like("set passkey_state = $2"), 0, "nobody is asked again who was let in: {statements:?}");
    assert_eq!(one.call(right).await.err(), Some(ApiError::SignedOut), "nothing is to be answered");

    let signed = answer(&third, &mut key).await;
    challenge(&two).await;
    assert_eq!(two.call(signed).await.err(), REFUSED, "another session's challenge");
    let mut copy = key.clone();
    copy.count = 0;
    let cloned = answer(&third, &mut copy).await;
    assert_eq!(third.call(cloned).await.err(), REFUSED, "a copy whose counter lags behind");
    options(&third).await;
    for _ in 0..4 {
        let nonsense = SubmitPasskey { credential: "{}".into() };
        assert_eq!(third.call(nonsense).await.err(), REFUSED);
    }
    let late = SubmitPasskey { credential: "{}".into() };
    assert_eq!(third.call(late).await.err(), Some(ApiError::SignedOut), "the tries are used up");
    assert_eq!(third.call(GetMfaChallenge {}).await.err(), Some(ApiError::SignedOut));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_registration_is_for_whom_it_was_begun(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, _) = root(&cloud, "root@example.com").await;
    for name in ["alice", "bob"] {
        owner.call(CreateUser { user_name: name.into(), ..bare_user() }).await.expect("a user");
    }
    let begun = async || {
        let options = owner.call(start(Some("alice"), "key")).await.expect("a challenge").creation_options;
        SecurityKey::create(options.expose()).1
    };
    let refused = |error: ApiError| assert_eq!(error.code(), "InvalidAuthenticationCode", "{error}");
    let made = begun().await;
    refused(owner.call(finish(Some("bob"), "key", &made)).await.expect_err("begun for alice"));
    refused(owner.call(finish(Some("alice"), "key", &made)).await.expect_err("the wrong user used it up"));
    let made = begun().await;
    refused(owner.call(finish(Some("alice"), "key", "no JSON")).await.expect_err("no answer"));
    refused(owner.call(finish(Some("alice"), "key", &made)).await.expect_err("the wrong answer used it up"));
    let made = begun().await;
    owner.call(finish(Some("alice"), "key", &made)).await.expect("registers");
    refused(owner.call(finish(Some("alice"), "again", &made)).await.expect_err("answered before"));

    let with_a_phone = assigned(&owner, Some("bob"), "phone").await;
    assert!(!with_a_phone.serial.is_empty());
    for at in 0..7 {
        registered(&owner, Some("bob"), &format!("key-{at}")).await;
    }
    let options = owner.call(start(Some("bob"), "ninth")).await.expect("a challenge").creation_options;
    let (_, made) = SecurityKey::create(options.expose());
    assert_eq!(
        owner.call(finish(Some("bob"), "ninth", &made)).await.err().map(|error| error.to_string()).as_deref(),
        Some("Cannot exceed quota for MFADevicesPerUser: 8"),
        "of any kind"
    );
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn root_has_keys_and_codes_and_the_operator_takes_them_away(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let (mut key, serial) = registered(&owner, None, "my-key").await;
    assert!(serial.starts_with(&format!("arn:aws:iam::{account}:u2f/root-account/my-key-")), "{serial}");
    let phone = assigned(&owner, None, "root-account-mfa-device").await;
    let browser = Browser::open(&cloud).await;
    assert!(browser.sign_in_root("root@example.com", PASSWORD).await.expect("the password is right").mfa_required);
    let asked = challenge(&browser).await;
    assert_eq!((asked.kinds, asked.root), (vec!["PASSKEY".to_owned(), "VIRTUAL".to_owned()], true));
    let signed = answer(&browser, &mut key).await;
    browser.call(signed).await.expect("signs in by the key");
    let other = Browser::open(&cloud).await;
    other.sign_in_root("root@example.com", PASSWORD).await.expect("the password is right");
    other.call(submit(phone.code(1))).await.expect("or by a code");
    assert!(!dump(&pool).await.contains("clientDataJSON"), "answers are not kept");

    let operator = cloud::Caller::operator();
    let reset = ResetRootMfa { account_id: account.clone() };
    let request = cloud::Request::new(cloud::Source::Operator);
    let mut taken = cloud.call(&operator, &request, reset).await.expect("resets").serial_numbers;
    taken.sort();
    assert_eq!(taken, [phone.serial.clone(), serial]);
    for browser in [&owner, &browser, &other] {
        assert!(!browser.caller().await.is_signed_in(), "root's sessions end");
    }
    let after = Browser::open(&cloud).await;
    let output = after.sign_in_root("root@example.com", PASSWORD).await.expect("the password is right");
    assert!(!output.mfa_required);
    let mails = after.mails().await;
    let told = mails.iter().filter(|mail| mail.text.expose().contains("the operator of this installation")).count();
    assert_eq!(told, 2, "a mail a device");
    let trail = sql(&pool, &account, "select name from trail where name = 'ResetRootMfa'").await;
    assert_eq!(trail.len(), 1);
    let refused = after.call(ResetRootMfa { account_id: account }).await.err();
    assert!(matches!(refused, Some(ApiError::Forbidden { .. })), "{refused:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn an_address_that_browsers_refuse_is_refused_here(pool: PgPool) {
    for (url, why) in [("http://192.0.2.7:3000", "IP address"), ("http://class.example", "plain http")] {
        let cloud = house(&pool, Settings { public_url: url.into(), ..Settings::default() }).await;
        let (owner, _) = root(&cloud, &format!("root@{}.example", why.replace(' ', "-"))).await;
        let refused = owner.call(start(None, "key")).await.expect_err("no passkeys here");
        assert!(refused.to_string().contains(why), "{refused}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_users_list_names_the_kinds_and_the_owner_is_told(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, _) = root(&cloud, "root@example.com").await;
    for name in ["alice", "bob"] {
        user(&owner, name, ALICE, false).await;
    }
    let (_, serial) = registered(&owner, Some("alice"), "key").await;
    assigned(&owner, Some("alice"), "phone").await;
    let rows = owner.call(ListUserRows::default()).await.expect("lists").rows;
    let kinds: Vec<_> = rows.iter().map(|row| (row.mfa_devices, row.mfa_kinds.join(" "))).collect();
    assert_eq!(kinds, [(Some(2), "VIRTUAL PASSKEY".to_owned()), (Some(0), String::new())]);

    let told = async || -> Vec<(String, String)> {
        let mails = owner.mails().await.into_iter();
        mails.map(|mail| (mail.summary.subject, mail.text.expose().to_owned())).collect()
    };
    let before = told().await;
    assert!(before.iter().take(2).all(|(subject, text)| {
        subject == "Understudy: MFA device activated" && text.contains("the IAM user alice")
    }));
    let deactivate = DeactivateMFADevice { user_name: Some("alice".into()), serial_number: serial };
    owner.call(deactivate).await.expect("takes it away");
    let phone = assigned(&owner, None, "root-account-mfa-device").await;
    owner.call(CreateAccessKey { user_name: None }).await.expect("a key of root's");
    owner.call(CreateAccessKey { user_name: Some("alice".into()) }).await.expect("a key of a user's");
    let after = told().await;
    let subjects: Vec<&str> = after.iter().take(3).map(|(subject, _)| subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "Understudy: root access key created",
            "Understudy: MFA device activated",
            "Understudy: MFA device deactivated"
        ]
    );
    assert!(after[1].1.contains("the root user") && after[2].1.contains("the IAM user alice"));
    assert_eq!(after.len(), before.len() + 3, "a user's key is no news");
    assert!(!phone.serial.is_empty());
}
