//! Many sign-ins at once: how many a second beside bare hashes, with and without a second factor; how many still succeed
//! when five times as many come as there is room for; and what ten thousand at once hold in memory. It is all in this
//! process and its database, and every part has its end. Needs `DATABASE_URL`; prints `name<TAB>value<TAB>unit` for
//! `scripts/bench`.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use argon2::{Argon2, PasswordHasher as _};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use cloud::{Caller, Cloud, Execute, MasterKey, Request, SessionHash, SessionStore, Settings, Source, migrate};
use model::{
    iam::{CreateLoginProfile, CreateUser, CreateVirtualMFADevice, EnableMFADevice},
    operator::CreateAccount,
    signin::{SignInUser, SubmitMfaCode},
};
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::{sync::Semaphore, task::JoinSet};
use totp_rs::{Builder, Secret, Totp};
use tower_sessions_core::{
    SessionStore as _,
    session::{Id, Record},
};

const PASSWORD: &str = "Bench-User-Passw0rd!";
/// Users of each kind: one sign-in each, since a code serves once.
const USERS: usize = 60;
/// Sign-ins under way at once where the rate is measured: always somebody waits, and nobody is turned away.
const AT_ONCE: usize = 16;
/// How long five times too many come.
const OVERLOAD: Duration = Duration::from_secs(6);
/// Sign-ins at once where memory is measured.
const CROWD: usize = 10_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let url = std::env::var("DATABASE_URL")?;
    migrate(&url).await?;
    let cloud = Cloud::open(PgPool::connect(&url).await?, &MasterKey::generate(), Settings::default()).await?;
    let house = Arc::new(House::new(cloud).await?);

    let bare = rate(USERS, |_| async {
        tokio::task::spawn_blocking(|| Argon2::default().hash_password(PASSWORD.as_bytes()).is_ok()).await?;
        Ok(())
    })
    .await?;
    let plain = {
        let house = house.clone();
        rate(USERS, move |at| house.clone().sign_in(format!("plain-{at}"), None)).await?
    };
    let coded = {
        let house = house.clone();
        rate(USERS, move |at| {
            let code = house.phones[at].generate(OffsetDateTime::now_utc().unix_timestamp().unsigned_abs() + 30);
            house.clone().sign_in(format!("coded-{at}"), Some(code.to_string()))
        })
        .await?
    };
    println!("bare argon2id at once\t{bare:.1}\tper second");
    println!("sign-ins at once\t{plain:.1}\tper second");
    println!("sign-ins with MFA at once\t{coded:.1}\tper second");

    let (good, refused) = overload(&house, plain * 5.0).await?;
    println!("sign-ins at five times overload\t{good:.1}\tper second");
    println!("goodput at five times overload\t{:.2}\tof the rate", good / plain);
    println!("turned away at five times overload\t{refused}\tsign-ins");

    let before = peak()?;
    let mut crowd = JoinSet::new();
    for at in 0..CROWD {
        crowd.spawn(house.clone().sign_in(format!("plain-{}", at % USERS), None));
    }
    let served = crowd.join_all().await.into_iter().filter(Result::is_ok).count();
    println!("memory of {CROWD} sign-ins at once\t{}\tKiB", peak()? - before);
    println!("of them signed in\t{served}\tsign-ins");
    Ok(())
}

/// An account with its users.
struct House {
    cloud: Cloud,
    account: String,
    /// The device of each user who has one.
    phones: Vec<Totp>,
}

impl House {
    async fn new(cloud: Cloud) -> anyhow::Result<Self> {
        let account = CreateAccount {
            email: format!("load-{}@example.com", OffsetDateTime::now_utc().unix_timestamp_nanos()),
            account_name: "Bench".into(),
            password: None,
            root_access_key: true,
        };
        let made = cloud.call(&Caller::operator(), &Request::new(Source::Operator), account).await?;
        let key = made.access_key_id.context("a root key was asked for")?;
        let root = cloud.caller_of_signature(&key, |_| Ok(())).await?;
        let mut phones = Vec::new();
        for at in 0..USERS {
            for kind in ["plain", "coded"] {
                let user_name = format!("{kind}-{at}");
                let user = CreateUser {
                    user_name: user_name.clone(),
                    path: "/".into(),
                    permissions_boundary: None,
                    tags: vec![],
                };
                as_root(&cloud, &root, user).await?;
                let password_reset_required = false;
                let profile = CreateLoginProfile { user_name, password: PASSWORD.into(), password_reset_required };
                as_root(&cloud, &root, profile).await?;
            }
            phones.push(phone(&cloud, &root, at).await?);
        }
        Ok(Self { cloud, account: made.account_id, phones })
    }

    /// One sign-in by a browser of its own.
    async fn sign_in(self: Arc<Self>, user_name: String, code: Option<String>) -> anyhow::Result<()> {
        let first = self.session().await?;
        let input = SignInUser { account: self.account.clone(), user_name, password: PASSWORD.into() };
        self.cloud.call(&Caller::anonymous(), &first, input).await?;
        if let Some(code) = code {
            let pending = self.cloud.caller_of_session(first.session.as_ref()).await?;
            let fresh = self.session().await?;
            self.cloud.call(&pending, &fresh, SubmitMfaCode { mfa_code: code.into() }).await?;
        }
        Ok(())
    }

    async fn session(&self) -> anyhow::Result<Request> {
        let mut record = Record {
            id: Id::default(),
            data: Default::default(),
            expiry_date: OffsetDateTime::now_utc() + time::Duration::hours(1),
        };
        SessionStore::new(self.cloud.clone()).create(&mut record).await?;
        Ok(Request { session: Some(SessionHash::of(&record.id)), ..Request::new(Source::Console) })
    }
}

async fn as_root<O: Execute>(cloud: &Cloud, root: &Caller, operation: O) -> anyhow::Result<O::Output> {
    Ok(cloud.call(root, &Request::new(Source::Api), operation).await?)
}

/// A device for `coded-<at>`, enabled with the last two codes, so that the next one is free.
async fn phone(cloud: &Cloud, root: &Caller, at: usize) -> anyhow::Result<Totp> {
    let device =
        CreateVirtualMFADevice { path: "/".into(), virtual_mfa_device_name: format!("phone-{at}"), tags: vec![] };
    let made = as_root(cloud, root, device).await?.virtual_mfa_device;
    let seed = made.base32_string_seed.context("a new device shows its seed")?;
    let text = String::from_utf8(BASE64_STANDARD.decode(seed.expose())?)?;
    let secret = Secret::try_from_base32(&text).ok().context("the seed is base32")?;
    let totp = Builder::new().with_secret(secret).build_noncompliant();
    let now = OffsetDateTime::now_utc().unix_timestamp().unsigned_abs();
    let enable = EnableMFADevice {
        user_name: Some(format!("coded-{at}")),
        serial_number: made.serial_number,
        authentication_code1: totp.generate(now - 30).to_string().into(),
        authentication_code2: totp.generate(now).to_string().into(),
    };
    as_root(cloud, root, enable).await?;
    Ok(totp)
}

/// How many of `count` jobs are done in a second, [`AT_ONCE`] of them at a time.
async fn rate<F, W>(count: usize, job: F) -> anyhow::Result<f64>
where
    F: Fn(usize) -> W,
    W: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let (places, mut running, began) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new(), Instant::now());
    for at in 0..count {
        let place = places.clone().acquire_owned().await?;
        let work = job(at);
        running.spawn(async move {
            let done = work.await;
            drop(place);
            done
        });
    }
    running.join_all().await.into_iter().collect::<anyhow::Result<Vec<()>>>()?;
    Ok(count as f64 / began.elapsed().as_secs_f64())
}

/// Sign-ins that begin at a steady rate, whether the earlier ones are done or not: how many succeed in a second, and how
/// many are turned away.
async fn overload(house: &Arc<House>, per_second: f64) -> anyhow::Result<(f64, usize)> {
    let mut beat = tokio::time::interval(Duration::from_secs_f64(1.0 / per_second));
    let (mut running, began, mut at) = (JoinSet::new(), Instant::now(), 0);
    while began.elapsed() < OVERLOAD {
        beat.tick().await;
        running.spawn(house.clone().sign_in(format!("plain-{}", at % USERS), None));
        at += 1;
    }
    let outcomes = running.join_all().await;
    let good = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    Ok((good as f64 / began.elapsed().as_secs_f64(), outcomes.len() - good))
}

/// What this process has held at its peak, in KiB.
fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("Linux counts")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
