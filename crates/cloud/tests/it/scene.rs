//! A cloud with one account, and callers that came in through the public doors: keys and sign-ins.

use cloud::{Caller, Cloud, Execute, Request, SessionHash, SessionStore, Settings, Source};
use model::{
    ApiError, Secret,
    iam::{AttachUserPolicy, CreateAccessKey, CreateGroup, CreateLoginProfile, CreateUser, PutUserPermissionsBoundary},
    operator::CreateAccount,
    signin::SignInUser,
};
use sqlx::{AssertSqlSafe, PgPool, Row as _};
use tower_sessions_core::{
    SessionStore as _,
    session::{Id, Record},
};

/// The account of calls that belong to no customer.
pub const HOUSE: &str = "000000000000";

/// A user's password where a test needs one.
pub const PASSWORD: &str = "Correct-Horse-7";

/// The ARN of one of AWS's own policies.
pub fn managed(name: &str) -> String {
    format!("arn:aws:iam::aws:policy/{name}")
}

/// One account of a cloud, seen by its root.
#[derive(Clone)]
pub struct Scene {
    pub cloud: Cloud,
    pub pool: PgPool,
    pub account: String,
    pub root: Caller,
}

impl Scene {
    /// A new cloud in an empty database, with one account.
    pub async fn new(pool: PgPool) -> Self {
        let cloud = Cloud::open(pool.clone(), &crate::browser::master_key(), Settings::default()).await.expect("opens");
        Self::open(cloud, pool, "owner@example.com").await
    }

    /// Another account of the same cloud.
    pub async fn neighbour(&self) -> Self {
        Self::open(self.cloud.clone(), self.pool.clone(), "neighbour@example.com").await
    }

    /// An account of a cloud.
    pub async fn open(cloud: Cloud, pool: PgPool, email: &str) -> Self {
        let made = cloud
            .call(
                &Caller::operator(),
                &Request::new(Source::Operator),
                CreateAccount {
                    email: email.into(),
                    account_name: "Practice".into(),
                    password: None,
                    root_access_key: true,
                },
            )
            .await
            .expect("an account");
        let key = made.access_key_id.expect("a root key");
        let root = cloud.caller_of_signature(&key, |_| Ok(())).await.expect("root's key is known");
        Self { cloud, pool, account: made.account_id, root }
    }

    /// Calls through the API's door.
    pub async fn call<O: Execute>(&self, caller: &Caller, operation: O) -> Result<O::Output, ApiError> {
        self.cloud.call(caller, &Request::new(Source::Api), operation).await
    }

    /// Calls as root, where that is bound to succeed.
    pub async fn root<O: Execute>(&self, operation: O) -> O::Output {
        let name = O::ACTION;
        self.call(&self.root, operation).await.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// What root is told when the call fails: AWS's code and sentence.
    pub async fn refusal<O: Execute>(&self, operation: O) -> (&'static str, String) {
        self.refusal_of(&self.root, operation).await
    }

    /// What a caller is told when the call fails.
    pub async fn refusal_of<O: Execute>(&self, caller: &Caller, operation: O) -> (&'static str, String) {
        match self.call(caller, operation).await {
            Ok(_) => panic!("{} succeeded", O::ACTION),
            Err(error) => (error.code(), error.to_string()),
        }
    }

    /// A user without anything.
    pub async fn plain_user(&self, name: &str) {
        self.root(CreateUser { user_name: name.into(), ..bare_user() }).await;
    }

    /// A group without anything.
    pub async fn group(&self, name: &str) {
        self.root(CreateGroup { group_name: name.into(), path: "/".into() }).await;
    }

    /// A new user with some of AWS's policies, as they call with a key of theirs.
    pub async fn user(&self, name: &str, policies: &[&str]) -> Caller {
        self.plain_user(name).await;
        for policy in policies {
            self.attach(name, policy).await;
        }
        self.key(name).await
    }

    /// Attaches one of AWS's policies.
    pub async fn attach(&self, user: &str, policy: &str) {
        self.root(AttachUserPolicy { user_name: user.into(), policy_arn: managed(policy) }).await;
    }

    /// Bounds a user with one of AWS's policies.
    pub async fn bound(&self, user: &str, policy: &str) {
        self.root(PutUserPermissionsBoundary { user_name: user.into(), permissions_boundary: managed(policy) }).await;
    }

    /// The caller that a new key of the user's makes.
    pub async fn key(&self, user: &str) -> Caller {
        let key = self.root(CreateAccessKey { user_name: Some(user.into()) }).await.access_key;
        self.cloud.caller_of_signature(&key.access_key_id, |_| Ok(())).await.expect("the key is known")
    }

    /// Gives the user a password.
    pub async fn password(&self, user: &str, reset_required: bool) {
        self.root(CreateLoginProfile {
            user_name: user.into(),
            password: PASSWORD.into(),
            password_reset_required: reset_required,
        })
        .await;
    }

    /// A browser's session that belongs to nobody yet.
    pub async fn session(&self) -> SessionHash {
        let mut record = Record {
            id: Id::default(),
            data: Default::default(),
            expiry_date: time::OffsetDateTime::now_utc() + time::Duration::hours(1),
        };
        SessionStore::new(self.cloud.clone()).create(&mut record).await.expect("a session");
        SessionHash::of(&record.id)
    }

    /// Signs the user in to a browser of their own.
    pub async fn sign_in(&self, user: &str, password: &str) -> Result<SessionHash, ApiError> {
        let session = self.session().await;
        let request = Request { session: Some(session.clone()), ..Request::new(Source::Console) };
        let input =
            SignInUser { account: self.account.clone(), user_name: user.into(), password: Secret::new(password) };
        self.cloud.call(&Caller::anonymous(), &request, input).await?;
        Ok(session)
    }

    /// Who a browser's session belongs to now.
    pub async fn of_session(&self, session: &SessionHash) -> Caller {
        self.cloud.caller_of_session(Some(session)).await.expect("the database answers")
    }

    /// The first column of a statement as text, run with sight of this account's rows.
    pub async fn sql(&self, statement: &str) -> Vec<String> {
        sql(&self.pool, &self.account, statement).await
    }
}

/// The first column of a statement as text, run with sight of `account`'s rows.
pub async fn sql(pool: &PgPool, account: &str, statement: &str) -> Vec<String> {
    let begin = format!("begin; set local app.account = '{account}'");
    let mut tx = pool.begin_with(AssertSqlSafe(begin)).await.expect("begins");
    let rows = sqlx::query(AssertSqlSafe(statement.to_owned())).fetch_all(&mut *tx).await.expect("the statement runs");
    tx.commit().await.expect("commits");
    rows.iter().map(|row| row.get(0)).collect()
}

/// A user without path, tags and boundary; the name is still to be filled in.
pub fn bare_user() -> CreateUser {
    CreateUser { user_name: String::new(), path: "/".into(), permissions_boundary: None, tags: vec![] }
}
