//! Hardware TOTP tokens: loaded by the operator, given to one principal of one account, free again afterwards.

use cloud::{Caller, Cloud, Request, Settings, Source};
use model::{
    ApiError,
    iam::{DeactivateMFADevice, EnableMFADevice, ListMFADevices},
    operator::{DeleteAccount, ImportHardwareToken},
    signin::{GetMfaChallenge, ResyncMfaDevice},
};
use sqlx::PgPool;
use totp_rs::{Builder, Secret};

use crate::{
    browser::{Browser, dump, house, root, user},
    mfa::{ALICE, submit},
};

const SERIAL: &str = "GALT00000001";
/// Twenty bytes that no other test has.
const SEED: &str = "MFSWI33VNZ2GK43UMVZHGZLFMQYDAMBR";

fn code(away: i64) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(SEED).expect("base32")).build_noncompliant();
    let at = time::OffsetDateTime::now_utc().unix_timestamp() + away * 30;
    totp.generate(at.unsigned_abs()).to_string()
}

async fn import(cloud: &Cloud, serial: &str, seed: &str) -> Result<(), ApiError> {
    let token = ImportHardwareToken { serial_number: serial.into(), seed: seed.into() };
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), token).await
}

fn enable(user: Option<&str>, serial: &str, away: i64) -> EnableMFADevice {
    EnableMFADevice {
        user_name: user.map(str::to_owned),
        serial_number: serial.into(),
        authentication_code1: code(away).into(),
        authentication_code2: code(away + 1).into(),
    }
}

fn deactivate(user: Option<&str>) -> DeactivateMFADevice {
    DeactivateMFADevice { user_name: user.map(str::to_owned), serial_number: SERIAL.into() }
}

fn told<T>(result: Result<T, ApiError>) -> (&'static str, String) {
    let error = result.err().expect("it is refused");
    (error.code(), error.to_string())
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_token_is_one_principals_on_the_whole_installation(pool: PgPool) {
    let cloud = house(&pool, Settings::default()).await;
    let (ours, account) = root(&cloud, "root@example.com").await;
    let (theirs, _) = root(&cloud, "other@example.com").await;
    user(&ours, "alice", ALICE, false).await;
    let unknown = ("NoSuchEntity", format!("VirtualMFADevice with serial number {SERIAL} doesn't exist."));
    assert_eq!(told(ours.call(enable(Some("alice"), SERIAL, -1)).await), unknown);
    assert_eq!(told(import(&cloud, SERIAL, "not a seed, that is").await).0, "ValidationError");
    import(&cloud, SERIAL, SEED).await.expect("imports");
    assert_eq!(told(import(&cloud, "galt00000001", SEED).await).0, "EntityAlreadyExists", "whatever the case");
    assert!(!dump(&pool).await.contains(SEED), "seeds lie sealed");

    let invalid = ("InvalidAuthenticationCode", "Authentication code for device is not valid.".to_owned());
    assert_eq!(told(ours.call(enable(Some("alice"), SERIAL, -40)).await), invalid, "stale");
    ours.call(enable(Some("alice"), "galt00000001", -1)).await.expect("enables");
    let taken = ("EntityAlreadyExists", "MFA Device is already in use.".to_owned());
    assert_eq!(told(ours.call(enable(None, SERIAL, -1)).await), taken, "our own root");
    assert_eq!(told(theirs.call(enable(None, SERIAL, -1)).await), unknown, "another account is not told");
    assert_eq!(told(theirs.call(deactivate(None)).await).0, "NoSuchEntity");
    let listed = ListMFADevices { user_name: Some("alice".into()), ..ListMFADevices::default() };
    assert_eq!(ours.call(listed).await.expect("lists").mfa_devices[0].serial_number, SERIAL);

    let browser = Browser::open(&cloud).await;
    assert!(browser.sign_in_user(&account, "alice", ALICE).await.expect("the password is right").mfa_required);
    assert_eq!(browser.call(GetMfaChallenge {}).await.expect("kinds").kinds, ["HARDWARE"]);
    let resync = ResyncMfaDevice { mfa_code1: code(19).into(), mfa_code2: code(20).into() };
    browser.call(resync).await.expect("sets it right");
    browser.call(submit(code(21))).await.expect("signs in");

    ours.call(deactivate(Some("alice"))).await.expect("takes it away");
    assert_eq!(
        told(theirs.call(enable(None, SERIAL, -1)).await),
        invalid,
        "codes that served alice serve nobody again"
    );
    theirs.call(enable(None, SERIAL, -4)).await.expect("whoever comes next");
    assert_eq!(told(ours.call(enable(Some("alice"), SERIAL, -1)).await), unknown);
    let account_id = theirs.caller().await.account().expect("an account").to_string();
    let delete = DeleteAccount { account_id };
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), delete).await.expect("deletes");
    assert_eq!(told(ours.call(enable(Some("alice"), SERIAL, -4)).await), invalid, "nor those that served them");
    ours.call(enable(Some("alice"), SERIAL, -8)).await.expect("free again");
}
