//! MFA devices: made, enabled, asked for at sign-in, each code once whichever server is asked, taken away.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use cloud::{Cloud, Settings};
use model::{
    ApiError,
    iam::{
        CreateUser, CreateVirtualMFADevice, CreateVirtualMFADeviceOutput, DeactivateMFADevice, DeleteUser,
        DeleteVirtualMFADevice, EnableMFADevice, GetAccountSummary, GetMFADevice, ListMFADevices,
        ListVirtualMFADevices, ResyncMFADevice, UpdateLoginProfile,
    },
    signin::SubmitMfaCode,
    sts::GetCallerIdentity,
};
use sqlx::PgPool;
use totp_rs::{Builder, Secret, Totp};

use crate::{
    browser::{Browser, PASSWORD, dump, finds, house, root, user},
    scene::{Scene, bare_user},
};

/// The password of the user alice.
pub const ALICE: &str = "Canary-Alice-Passw0rd!";

/// An authenticator application.
pub struct Phone {
    pub serial: String,
    text: String,
    totp: Totp,
    /// The codes that it was enabled with.
    used: (String, String),
}

impl Phone {
    /// Takes the seed out of the one answer that shows it.
    pub fn new(made: &CreateVirtualMFADeviceOutput) -> Self {
        let device = &made.virtual_mfa_device;
        let seed = device.base32_string_seed.as_ref().expect("a seed").expose();
        let text = String::from_utf8(BASE64_STANDARD.decode(seed).expect("base64")).expect("base32");
        let secret = Secret::try_from_base32(&text).expect("base32");
        let totp = Builder::new().with_secret(secret).build_noncompliant();
        let mut phone = Self { serial: device.serial_number.clone(), text, totp, used: Default::default() };
        let now = seconds();
        phone.used = (phone.at(now - 30), phone.at(now));
        phone
    }

    /// The code of the step that is `away` from now.
    pub fn code(&self, away: i64) -> String {
        self.at(seconds() + away * 30)
    }

    fn at(&self, seconds: i64) -> String {
        self.totp.generate(seconds.unsigned_abs()).to_string()
    }
}

fn seconds() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}

pub fn create(name: &str) -> CreateVirtualMFADevice {
    CreateVirtualMFADevice { path: "/".into(), virtual_mfa_device_name: name.into(), tags: vec![] }
}

pub fn enable(user: Option<&str>, phone: &Phone, codes: (String, String)) -> EnableMFADevice {
    EnableMFADevice {
        user_name: user.map(str::to_owned),
        serial_number: phone.serial.clone(),
        authentication_code1: codes.0.into(),
        authentication_code2: codes.1.into(),
    }
}

fn deactivate(user: Option<&str>, phone: &Phone) -> DeactivateMFADevice {
    DeactivateMFADevice { user_name: user.map(str::to_owned), serial_number: phone.serial.clone() }
}

pub fn submit(code: impl Into<String>) -> SubmitMfaCode {
    SubmitMfaCode { mfa_code: code.into().into() }
}

/// A device for a user of the browser's account, or for the browser's own principal.
pub async fn assigned(by: &Browser, user: Option<&str>, name: &str) -> Phone {
    let phone = Phone::new(&by.call(create(name)).await.expect("makes"));
    by.call(enable(user, &phone, phone.used.clone())).await.expect("enables");
    phone
}

/// An installation with alice and her phone; the account's root and id.
pub async fn with_alice(pool: &PgPool) -> (Cloud, Browser, String, Phone) {
    let cloud = house(pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    user(&owner, "alice", ALICE, false).await;
    let phone = assigned(&owner, Some("alice"), "alice").await;
    (cloud, owner, account, phone)
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_device_is_made_enabled_and_taken_away(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    let made = scene.root(create("Phone")).await;
    let phone = Phone::new(&made);
    assert_eq!(phone.serial, format!("arn:aws:iam::{}:mfa/Phone", scene.account));
    assert_eq!(phone.text.len(), 64);
    assert_eq!(
        scene.refusal(create("phone")).await,
        ("EntityAlreadyExists", "MFADevice entity at the same path and name already exists.".into())
    );
    let invalid = ("InvalidAuthenticationCode", "Authentication code for device is not valid.".to_owned());
    for (what, codes) in [
        ("the same twice", (phone.code(0), phone.code(0))),
        ("not in a row", (phone.code(-2), phone.code(0))),
        ("the wrong way round", (phone.code(0), phone.code(-1))),
        ("stale", (phone.code(-40), phone.code(-39))),
        ("no digits", ("abcdef".into(), "ghijkl".into())),
    ] {
        assert_eq!(scene.refusal(enable(Some("ann"), &phone, codes)).await, invalid, "{what}");
    }
    let listed = |status: &str| ListVirtualMFADevices { assignment_status: Some(status.into()), ..Default::default() };
    assert_eq!(scene.root(listed("Unassigned")).await.virtual_mfa_devices.len(), 1);

    let right = || phone.used.clone();
    scene.root(enable(Some("ann"), &phone, right())).await;
    assert_eq!(
        scene.refusal(enable(Some("ann"), &phone, right())).await,
        ("EntityAlreadyExists", "MFA Device is already in use.".into())
    );
    let of_ann = scene.root(ListMFADevices { user_name: Some("ann".into()), ..Default::default() }).await.mfa_devices;
    assert_eq!((of_ann.len(), of_ann[0].serial_number.as_str()), (1, phone.serial.as_str()));
    let got = GetMFADevice { serial_number: phone.serial.clone(), user_name: Some("ann".into()) };
    assert_eq!(scene.root(got).await.user_name.as_deref(), Some("ann"));
    let all = scene.root(listed("Assigned")).await.virtual_mfa_devices;
    assert_eq!(all[0].user.as_ref().map(|user| user.user_name.as_str()), Some("ann"));
    assert!(all[0].base32_string_seed.is_none() && all[0].qr_code_png.is_none(), "the seed was shown once");
    assert!(scene.root(listed("Unassigned")).await.virtual_mfa_devices.is_empty());
    let counts = scene.root(GetAccountSummary {}).await.summary_map;
    assert_eq!((counts["MFADevices"], counts["MFADevicesInUse"], counts["AccountMFAEnabled"]), (1, 1, 0));

    let delete = || DeleteVirtualMFADevice { serial_number: phone.serial.clone() };
    assert_eq!(
        scene.refusal(delete()).await,
        ("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first.".into())
    );
    assert_eq!(
        scene.refusal(DeleteUser { user_name: "ann".into() }).await,
        ("DeleteConflict", "Cannot delete entity, must delete MFA device first.".into())
    );
    scene.plain_user("bob").await;
    assert_eq!(
        scene.refusal(deactivate(Some("bob"), &phone)).await,
        ("NoSuchEntity", "MFA Device invalid for user.".into())
    );
    scene.root(deactivate(Some("ann"), &phone)).await;
    assert_eq!(scene.refusal(enable(Some("ann"), &phone, right())).await, invalid, "used codes stay used");
    scene.root(delete()).await;
    assert_eq!(
        scene.refusal(delete()).await,
        ("NoSuchEntity", format!("VirtualMFADevice with serial number {} doesn't exist.", phone.serial))
    );
    scene.root(DeleteUser { user_name: "ann".into() }).await;
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_user_has_eight_devices_at_most(pool: PgPool) {
    let scene = Scene::new(pool).await;
    scene.plain_user("ann").await;
    for at in 0..9 {
        let phone = Phone::new(&scene.root(create(&format!("phone-{at}"))).await);
        let operation = enable(Some("ann"), &phone, (phone.code(-1), phone.code(0)));
        if at < 8 {
            scene.root(operation).await;
        } else {
            assert_eq!(
                scene.refusal(operation).await,
                ("LimitExceeded", "Cannot exceed quota for MFADevicesPerUser: 8".into())
            );
        }
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_password_alone_opens_nothing(pool: PgPool) {
    let (cloud, _, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    let output = browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    assert!(output.mfa_required);
    let caller = browser.caller().await;
    assert!(caller.mfa_pending() && !caller.is_signed_in() && caller.account().is_none());
    assert_eq!(browser.call(GetCallerIdentity {}).await.err(), Some(ApiError::SignedOut));
    assert_eq!(
        browser.call(submit(phone.used.1.clone())).await.err(),
        Some(ApiError::AuthenticationFailure),
        "used before"
    );
    assert_eq!(browser.call(submit("nonsense")).await.err(), Some(ApiError::AuthenticationFailure));
    let next = phone.code(1);
    let output = browser.call(submit(format!("{} {}", &next[..3], &next[3..]))).await.expect("signs in");
    assert!(!output.mfa_required && output.arn.ends_with(":user/alice"));
    let caller = browser.caller().await;
    assert!(caller.is_signed_in() && !caller.mfa_pending());
    browser.call(GetCallerIdentity {}).await.expect("is somebody");
    let again = Browser::open(&cloud).await;
    again.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    assert_eq!(again.call(submit(next)).await.err(), Some(ApiError::AuthenticationFailure), "a replay");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn five_wrong_codes_end_the_try(pool: PgPool) {
    let (cloud, _, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    for _ in 0..5 {
        assert_eq!(browser.call(submit("000000x")).await.err(), Some(ApiError::AuthenticationFailure));
    }
    assert_eq!(browser.call(submit(phone.code(1))).await.err(), Some(ApiError::SignedOut));
    assert!(!browser.caller().await.mfa_pending());
    let trail = Scene { cloud, pool, account, root: cloud::Caller::anonymous() }
        .sql("select error_code from trail where name = 'SubmitMfaCode' and error_code is not null")
        .await;
    assert!(trail.iter().filter(|code| *code == "AuthFailure").count() >= 5, "{trail:?}");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_new_password_ends_what_the_old_one_began(pool: PgPool) {
    let (cloud, owner, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    let change = UpdateLoginProfile {
        user_name: "alice".into(),
        password: Some("Canary-Another-1!".into()),
        password_reset_required: None,
    };
    owner.call(change).await.expect("changes");
    assert_eq!(browser.call(submit(phone.code(1))).await.err(), Some(ApiError::SignedOut));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_clock_ten_minutes_off_is_set_right_by_two_codes(pool: PgPool) {
    let (cloud, owner, account, phone) = with_alice(&pool).await;
    let browser = Browser::open(&cloud).await;
    browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    assert!(browser.call(submit(phone.code(-20))).await.is_err());
    let resync = |codes: (String, String)| ResyncMFADevice {
        user_name: Some("alice".into()),
        serial_number: phone.serial.clone(),
        authentication_code1: codes.0.into(),
        authentication_code2: codes.1.into(),
    };
    let refused = owner.call(resync((phone.code(-20), phone.code(-20)))).await.expect_err("the same twice");
    assert_eq!(refused.code(), "InvalidAuthenticationCode");
    owner.call(resync((phone.code(-20), phone.code(-19)))).await.expect("sets it right");
    browser.call(submit(phone.code(-18))).await.expect("signs in");
    let next = Browser::open(&cloud).await;
    next.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
    assert!(next.call(submit(phone.code(0))).await.is_err(), "used at enabling, and far from the device's clock");
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn roots_device_is_asked_for_and_its_end_is_mailed(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (owner, account) = root(&cloud, "root@example.com").await;
    let phone = assigned(&owner, None, "root-account-mfa-device").await;
    assert_eq!(owner.call(GetAccountSummary {}).await.expect("counts").summary_map["AccountMFAEnabled"], 1);
    let own = owner.call(ListMFADevices::default()).await.expect("lists").mfa_devices;
    assert_eq!(own[0].user_name, account);
    let browser = Browser::open(&cloud).await;
    assert!(browser.sign_in_root("root@example.com", PASSWORD).await.expect("the password is right").mfa_required);
    browser.call(submit(phone.code(1))).await.expect("signs in");
    browser.call(deactivate(None, &phone)).await.expect("takes it away");
    let mail = owner.mails().await.remove(0);
    assert_eq!(mail.summary.subject, "Understudy: MFA device deactivated");
    assert!(mail.text.expose().contains("root-account-mfa-device"), "{}", mail.text.expose());
    let after = Browser::open(&cloud).await;
    assert!(!after.sign_in_root("root@example.com", PASSWORD).await.expect("signs in").mfa_required);
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_seed_stands_nowhere(pool: PgPool) {
    let (_, owner, _, phone) = with_alice(&pool).await;
    let everything = dump(&pool).await;
    assert_eq!(finds(&everything, &phone.text), None);
    owner.call(CreateUser { user_name: "eve".into(), ..bare_user() }).await.expect("a user");
    let everything = dump(&pool).await;
    assert!(finds(&everything, &phone.serial).is_some(), "the search itself works");
    for code in [&phone.used.0, &phone.used.1] {
        assert!(!everything.contains(&format!("\"{code}\"")), "a code in the trail");
    }
}
