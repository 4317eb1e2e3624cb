//! What the Users page of fifty rows costs the processor beyond what it has to ask: the whole request through the
//! console's router, and by turns the same calls alone, and the same calls with the table written as a plain string. All
//! of it runs on one thread, whose own clock is read, so that neighbours count for little. Needs `DATABASE_URL`; prints
//! `name<TAB>value<TAB>unit` for `scripts/bench`.

use std::{fmt::Write as _, time::Duration};

use axum::{Router, body::Body};
use clap::Parser;
use cloud::{Caller, Cloud, MasterKey, Request, SessionHash, SessionStore, Source};
use http::{Request as HttpRequest, StatusCode, header};
use http_body_util::BodyExt as _;
use model::{
    console::{ListUserRows, PAGE_SIZE, UserRow},
    iam::CreateUser,
    operator::CreateAccount,
    signin::SignInRoot,
};
use rustix::time::{ClockId, clock_gettime};
use server::{config::Config, router, shutdown::Lifecycle};
use tower::ServiceExt as _;
use tower_sessions::{
    SessionStore as _,
    cookie::time::OffsetDateTime,
    session::{Id, Record},
};

const ROUNDS: usize = 15;
const REQUESTS: usize = 20;
const PASSWORD: &str = "Bench-Root-Passw0rd!";

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    config: Config,
    /// Cargo says so.
    #[arg(long)]
    bench: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let Arguments { config, bench: _ } = Arguments::parse();
    let url = std::env::var("DATABASE_URL")?;
    let cloud = Cloud::start(&url, 4, &MasterKey::generate(), config.settings()?).await?;
    let session = filled(&cloud).await?;
    let router = router::console(&config, cloud.clone(), Lifecycle::default());

    let mut medians = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let began = now();
        for _ in 0..REQUESTS {
            page(&router, &session).await?;
        }
        medians[0].push(now() - began);
        let began = now();
        for _ in 0..REQUESTS {
            asked(&cloud, &session).await?;
        }
        medians[1].push(now() - began);
        let began = now();
        for _ in 0..REQUESTS {
            let rows = asked(&cloud, &session).await?;
            anyhow::ensure!(plain(&rows)?.len() > rows.len(), "nothing was written");
        }
        medians[2].push(now() - began);
    }
    let [whole, calls, plain] = medians.map(median);
    println!("Users page, 50 rows, whole, processor\t{:.2}\tms", whole.as_secs_f64() * 1e3);
    println!("Users page, 50 rows, its calls alone, processor\t{:.2}\tms", calls.as_secs_f64() * 1e3);
    let rendered = whole.saturating_sub(calls);
    println!("Users page, 50 rows, rendered, processor\t{:.2}\tms", rendered.as_secs_f64() * 1e3);
    let written = plain.saturating_sub(calls).max(Duration::from_micros(1));
    println!(
        "Users page, rendered / its table as a string\t{:.1}\ttimes",
        rendered.as_secs_f64() / written.as_secs_f64()
    );
    Ok(())
}

/// An account with fifty users, whose root is signed in.
async fn filled(cloud: &Cloud) -> anyhow::Result<Id> {
    let email = format!("bench-{}@example.com", OffsetDateTime::now_utc().unix_timestamp_nanos());
    let account = CreateAccount {
        email: email.clone(),
        account_name: "Bench".into(),
        password: Some(PASSWORD.into()),
        root_access_key: false,
    };
    cloud.call(&Caller::operator(), &Request::new(Source::Operator), account).await?;
    let expiry_date = OffsetDateTime::now_utc() + std::time::Duration::from_secs(3600);
    let mut record = Record { id: Id::default(), data: Default::default(), expiry_date };
    SessionStore::new(cloud.clone()).create(&mut record).await?;
    let request = Request { session: Some(SessionHash::of(&record.id)), ..Request::new(Source::Console) };
    let stranger = cloud.caller_of_session(request.session.as_ref()).await?;
    cloud.call(&stranger, &request, SignInRoot { email, password: PASSWORD.into() }).await?;
    let root = cloud.caller_of_session(request.session.as_ref()).await?;
    for user in 0..PAGE_SIZE {
        let user_name = format!("user-{user}");
        let user = CreateUser { user_name, path: "/".into(), permissions_boundary: None, tags: Vec::new() };
        cloud.call(&root, &request, user).await?;
    }
    Ok(record.id)
}

async fn page(router: &Router, session: &Id) -> anyhow::Result<()> {
    let request = HttpRequest::get("/iam/users").header(header::COOKIE, format!("understudy={session}"));
    let answer = router.clone().oneshot(request.body(Body::empty())?).await?;
    anyhow::ensure!(answer.status() == StatusCode::OK, "answered {}", answer.status());
    let body = answer.into_body().collect().await?.to_bytes();
    anyhow::ensure!(body.len() > 20_000, "a page of {} bytes", body.len());
    Ok(())
}

/// What the page asks before it shows its table.
async fn asked(cloud: &Cloud, session: &Id) -> anyhow::Result<Vec<UserRow>> {
    let request = Request { session: Some(SessionHash::of(session)), ..Request::new(Source::Console) };
    let caller = cloud.caller_of_session(request.session.as_ref()).await?;
    cloud.profile(&caller).await?;
    let list = ListUserRows { max_items: Some(PAGE_SIZE), ..ListUserRows::default() };
    Ok(cloud.call(&caller, &request, list).await?.rows)
}

/// The cells that the labels of 2020 show, and nothing around them.
fn plain(rows: &[UserRow]) -> anyhow::Result<String> {
    let mut page = String::new();
    for row in rows {
        let name = html_escape::encode_text(&row.user_name);
        let groups = row.groups.clone().unwrap_or_default().join(", ");
        let keys = row.access_keys.as_ref().map_or(0, Vec::len);
        write!(page, r#"<tr><td><input type="checkbox" name="UserName" value="{name}"></td>"#)?;
        write!(page, r#"<td><a href="/iam/users/{name}">{name}</a></td>"#)?;
        write!(page, "<td>{}</td><td>{keys}</td>", html_escape::encode_text(&groups))?;
        write!(page, "<td>{}</td>", if row.password.is_some() { "Today" } else { "None" })?;
        write!(page, "<td>{}</td>", if row.last_activity().is_some() { "Today" } else { "None" })?;
        write!(page, "<td>{}</td></tr>", row.mfa_devices.unwrap_or_default())?;
    }
    Ok(page)
}

/// What this thread has had of the processor.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Of the rounds, for one request.
fn median(mut rounds: Vec<Duration>) -> Duration {
    rounds.sort();
    rounds[rounds.len() / 2] / u32::try_from(REQUESTS).unwrap_or(1)
}
