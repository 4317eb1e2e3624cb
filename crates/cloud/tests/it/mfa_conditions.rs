//! What conditions learn of a second factor: present, absent or unknown, and how old it is (IAM User Guide,
//! "Checking for the MFA condition key in policies").

use cloud::{Caller, Request, Source};
use model::{
    ApiError,
    iam::{CreateAccessKey, ListUsers, PutUserPolicy},
};
use sqlx::PgPool;

use crate::{
    browser::{Browser, user},
    mfa::{ALICE, submit, with_alice},
};

const BOB: &str = "Canary-Bob-Passw0rd!";

/// The three ways in: a console session with a code, one without, and a long-term key.
struct Doors {
    root: Browser,
    with_code: Browser,
    password_only: Browser,
    access_key: Caller,
}

impl Doors {
    async fn open(pool: &PgPool) -> Self {
        let (cloud, root, account, phone) = with_alice(pool).await;
        user(&root, "bob", BOB, false).await;
        let with_code = Browser::open(&cloud).await;
        with_code.sign_in_user(&account, "alice", ALICE).await.expect("the password is right");
        with_code.call(submit(phone.code(1))).await.expect("the code is right");
        let password_only = Browser::open(&cloud).await;
        password_only.sign_in_user(&account, "bob", BOB).await.expect("signs in");
        let key = root.call(CreateAccessKey { user_name: Some("alice".into()) }).await.expect("a key").access_key;
        let access_key = cloud.caller_of_signature(&key.access_key_id, |_| Ok(())).await.expect("is known");
        Self { root, with_code, password_only, access_key }
    }

    /// Gives both users this statement; a Deny stands beside an Allow of everything.
    async fn put(&self, effect: &str, condition: &str) {
        let everything = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"},"#;
        let first = if effect == "Deny" { everything } else { "" };
        let document = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{first}
                {{"Effect": "{effect}", "Action": "*", "Resource": "*", "Condition": {condition}}}]}}"#
        );
        for name in ["alice", "bob"] {
            let put =
                PutUserPolicy { user_name: name.into(), policy_name: "mfa".into(), policy_document: document.clone() };
            self.root.call(put).await.expect("puts");
        }
    }

    /// Who is let in: by a code, by a password alone, by a key.
    async fn let_in(&self) -> [bool; 3] {
        let by_key = self.root.cloud.call(&self.access_key, &Request::new(Source::Api), ListUsers::default()).await;
        [
            allowed(self.with_code.call(ListUsers::default()).await),
            allowed(self.password_only.call(ListUsers::default()).await),
            allowed(by_key),
        ]
    }
}

fn allowed<T>(answer: Result<T, ApiError>) -> bool {
    match answer {
        Ok(_) => true,
        Err(ApiError::AccessDenied { .. }) => false,
        Err(error) => panic!("neither allowed nor denied: {error}"),
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_code_is_present_absent_or_unknown(pool: PgPool) {
    let doors = Doors::open(&pool).await;
    let cases = [
        // with a code, with a password only, with an access key
        ("Allow", r#"{"Bool": {"aws:MultiFactorAuthPresent": "true"}}"#, [true, false, false]),
        ("Allow", r#"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}"#, [true, false, true]),
        ("Deny", r#"{"Bool": {"aws:MultiFactorAuthPresent": "false"}}"#, [true, false, true]),
        ("Deny", r#"{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}"#, [true, false, false]),
        ("Deny", r#"{"Null": {"aws:MultiFactorAuthPresent": "true"}}"#, [true, true, false]),
        ("Allow", r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}"#, [true, false, false]),
        ("Allow", r#"{"Null": {"aws:MultiFactorAuthAge": "true"}}"#, [false, true, true]),
    ];
    for (effect, condition, expected) in cases {
        doors.put(effect, condition).await;
        assert_eq!(doors.let_in().await, expected, "{effect} {condition}");
    }
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn a_code_grows_old(pool: PgPool) {
    let doors = Doors::open(&pool).await;
    doors.put("Allow", r#"{"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}"#).await;
    for (age, expected) in [(3500, true), (3700, false)] {
        // A test cannot wait an hour: the code is moved into the past instead.
        let moved = sqlx::query(
            "update session set mfa_at = (extract(epoch from now()) * 1000)::bigint - $1 where mfa_at is not null",
        )
        .bind(age * 1000_i64)
        .execute(&pool)
        .await
        .expect("updates");
        assert_eq!(moved.rows_affected(), 1);
        assert_eq!(doors.let_in().await, [expected, false, false], "{age} seconds old");
    }
}
