//! What a sign-in costs beside the password hash that nobody can leave out: both are timed in turn, in one run, so that
//! a busy machine slows both. Needs `DATABASE_URL`; prints `name<TAB>value<TAB>unit` for `scripts/bench`.

use std::time::{Duration, Instant};

use argon2::{Argon2, PasswordHasher as _};
use cloud::{Caller, Cloud, MasterKey, Request, SessionHash, SessionStore, Settings, Source, migrate};
use model::{operator::CreateAccount, signin::SignInRoot};
use sqlx::PgPool;
use time::OffsetDateTime;
use tower_sessions_core::{
    SessionStore as _,
    session::{Id, Record},
};

const ROUNDS: usize = 60;
const PASSWORD: &str = "Bench-Root-Passw0rd!";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let url = std::env::var("DATABASE_URL")?;
    migrate(&url).await?;
    let pool = PgPool::connect(&url).await?;
    let cloud = Cloud::open(pool, &MasterKey::generate(), Settings::default()).await?;
    let email = format!("bench-{}@example.com", OffsetDateTime::now_utc().unix_timestamp_nanos());
    let account = CreateAccount {
        email: email.clone(),
        account_name: "Bench".into(),
        password: Some(PASSWORD.into()),
        root_access_key: false,
    };
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), account).await?;

    let (mut bare, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began = Instant::now();
        tokio::task::spawn_blocking(|| Argon2::default().hash_password(PASSWORD.as_bytes()).is_ok()).await?;
        bare.push(began.elapsed());
        whole.push(sign_in(&cloud, &email).await?);
    }
    let (bare, whole) = (median(bare), median(whole));
    println!("bare argon2id, median\t{:.2}\tms", bare.as_secs_f64() * 1e3);
    println!("sign-in, median\t{:.2}\tms", whole.as_secs_f64() * 1e3);
    println!("sign-in / bare argon2id\t{:.3}\ttimes", whole.as_secs_f64() / bare.as_secs_f64());
    Ok(())
}

/// One sign-in by a browser that has its session already.
async fn sign_in(cloud: &Cloud, email: &str) -> anyhow::Result<Duration> {
    let mut record = Record {
        id: Id::default(),
        data: Default::default(),
        expiry_date: OffsetDateTime::now_utc() + time::Duration::hours(1),
    };
    SessionStore::new(cloud.clone()).create(&mut record).await?;
    let request = Request { session: Some(SessionHash::of(&record.id)), ..Request::new(Source::Console) };
    let caller = cloud.caller_of_session(request.session.as_ref()).await?;
    let began = Instant::now();
    cloud.call(&caller, &request, SignInRoot { email: email.into(), password: PASSWORD.into() }).await?;
    Ok(began.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
