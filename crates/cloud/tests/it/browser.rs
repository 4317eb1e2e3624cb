//! A browser with a session cookie, as the console's door sees it; and looking into the whole database.

use std::net::IpAddr;

use cloud::{Caller, Cloud, Execute, MasterKey, Request, SessionHash, SessionStore, Settings, Source};
use model::{
    ApiError, Secret,
    account::{PutContactInformation, StartSignUp},
    console::{GetMail, ListMail, MailBody},
    iam::{CreateLoginProfile, CreateUser},
    operator::{CreateAccount, CreateAccountOutput},
    signin::{SignInOutput, SignInRoot, SignInUser},
};
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use time::{Duration, OffsetDateTime};
use tower_sessions_core::{
    SessionStore as _,
    session::{Id, Record},
};

use crate::scene::bare_user;

/// A root password that keeps the default policy.
pub const PASSWORD: &str = "Canary-Root-Passw0rd!";

/// An installation on `pool`.
pub async fn house(pool: &PgPool, settings: Settings) -> Cloud {
    Cloud::open(pool.clone(), &master_key(), settings).await.expect("opens")
}

/// The key of every test's installation.
pub fn master_key() -> MasterKey {
    MasterKey::parse(&"5a".repeat(32)).expect("a key")
}

/// One browser.
#[derive(Clone)]
pub struct Browser {
    pub cloud: Cloud,
    pub record: Record,
    pub device: Option<String>,
    pub ip: IpAddr,
}

impl Browser {
    /// A browser that has just been given its session.
    pub async fn open(cloud: &Cloud) -> Self {
        let mut record = Record {
            id: Id::default(),
            data: Default::default(),
            expiry_date: OffsetDateTime::now_utc() + Duration::hours(12),
        };
        SessionStore::new(cloud.clone()).create(&mut record).await.expect("a session");
        Self { cloud: cloud.clone(), record, device: None, ip: [192, 0, 2, 1].into() }
    }

    pub fn session(&self) -> SessionHash {
        SessionHash::of(&self.record.id)
    }

    pub fn request(&self) -> Request {
        Request {
            session: Some(self.session()),
            device: self.device.clone(),
            ip: Some(self.ip),
            ..Request::new(Source::Console)
        }
    }

    pub async fn caller(&self) -> Caller {
        self.cloud.caller_of_session(Some(&self.session())).await.expect("the database answers")
    }

    pub async fn call<O: Execute>(&self, operation: O) -> Result<O::Output, ApiError> {
        // A machine whose cores are all hashing says "try again in a few seconds", and that is what a person does.
        for _ in 0..20 {
            match self.cloud.call(&self.caller().await, &self.request(), operation.clone()).await {
                Err(ApiError::Unavailable) => tokio::time::sleep(std::time::Duration::from_millis(500)).await,
                answer => return answer,
            }
        }
        Err(ApiError::Unavailable)
    }

    pub async fn sign_in_root(&self, email: &str, password: &str) -> Result<SignInOutput, ApiError> {
        self.call(SignInRoot { email: email.into(), password: password.into() }).await
    }

    pub async fn sign_in_user(&self, account: &str, name: &str, password: &str) -> Result<SignInOutput, ApiError> {
        self.call(SignInUser { account: account.into(), user_name: name.into(), password: password.into() }).await
    }

    pub async fn start_sign_up(&self, email: &str) -> Result<(), ApiError> {
        self.call(StartSignUp { email: email.into(), account_name: "Example".into(), class_code: None }).await
    }

    /// The mails that this browser may read, newest first.
    pub async fn mails(&self) -> Vec<MailBody> {
        let mut mails = Vec::new();
        for summary in self.call(ListMail::default()).await.expect("lists").mails {
            mails.push(self.call(GetMail { mail_id: summary.mail_id }).await.expect("reads").mail);
        }
        mails
    }

    /// The code in the newest mail.
    pub async fn newest_code(&self) -> String {
        code_in(self.mails().await.first().expect("a mail").text.expose())
    }
}

/// The code that a mail's text holds: the line that is nothing but digits.
pub fn code_in(text: &str) -> String {
    let digits = |line: &&str| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
    text.lines().map(str::trim).find(digits).expect("a code").to_owned()
}

/// An account made by the operator.
pub async fn account(cloud: &Cloud, email: &str) -> CreateAccountOutput {
    let operation = CreateAccount {
        email: email.into(),
        account_name: "Example".into(),
        password: Some(PASSWORD.into()),
        root_access_key: false,
    };
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), operation).await.expect("an account")
}

/// A browser signed in as the root user of a new account, and the account's id.
pub async fn root(cloud: &Cloud, email: &str) -> (Browser, String) {
    let account = account(cloud, email).await;
    let browser = Browser::open(cloud).await;
    browser.sign_in_root(email, PASSWORD).await.expect("signs in");
    (browser, account.account_id)
}

/// An IAM user with a console password.
pub async fn user(root: &Browser, name: &str, password: &str, reset: bool) {
    root.call(CreateUser { user_name: name.into(), ..bare_user() }).await.expect("a user");
    let profile =
        CreateLoginProfile { user_name: name.into(), password: Secret::new(password), password_reset_required: reset };
    root.call(profile).await.expect("a login profile");
}

/// Valid contact information.
pub fn contact() -> PutContactInformation {
    <PutContactInformation as model::Operation>::example()
}

/// Every row of every table as text, read once for each account, so that row-level security hides none.
pub async fn dump(pool: &PgPool) -> String {
    let mut accounts = column(pool, "select account_id from account").await;
    accounts.push("000000000000".into());
    let tables = column(pool, "select tablename::text from pg_tables where schemaname = 'public'").await;
    let mut out = String::new();
    for account in accounts {
        let begin = format!("begin; set local app.account = '{account}'");
        let mut tx = pool.begin_with(AssertSqlSafe(begin)).await.expect("begins");
        for table in &tables {
            let rows = sqlx::query(AssertSqlSafe(format!("select t::text from {table} t")))
                .fetch_all(&mut *tx)
                .await
                .expect("reads");
            for row in rows {
                out.push_str(&format!("{table}: {}\n", row.get::<String, _>(0)));
            }
        }
    }
    out
}

/// The first column of a query.
pub async fn column(pool: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(pool).await.expect("reads")
}

/// Where `secret` occurs in `text`, as it is, in hexadecimal or in base64.
pub fn finds(text: &str, secret: &str) -> Option<String> {
    use base64::{Engine as _, prelude::*};
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let forms = [secret.to_owned(), hex, BASE64_STANDARD_NO_PAD.encode(secret), BASE64_URL_SAFE_NO_PAD.encode(secret)];
    forms
        .iter()
        .find_map(|form| text.lines().find(|line| line.contains(form.as_str())).map(|line| format!("{form} in {line}")))
}

/// Where a short code stands by itself in `text`: not as a part of a number, an id or a date.
pub fn finds_code(text: &str, code: &str) -> Option<String> {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    text.lines().find_map(|line| {
        line.match_indices(code)
            .any(|(at, _)| !part(line[..at].chars().next_back()) && !part(line[at + code.len()..].chars().next()))
            .then(|| line.to_owned())
    })
}
