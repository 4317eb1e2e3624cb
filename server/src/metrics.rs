//! What Prometheus reads at `/metrics`, on an address of its own: requests of both doors by status, how long they took
//! and how many are under way, whether the database answers, mails that wait or were given up, and how much memory the
//! process holds. No account, user or address is named.

use std::fmt::Write as _;
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use cloud::Cloud;
use http::{HeaderName, header};

/// Upper bounds of the histogram's buckets, in milliseconds.
const BOUNDS: [u32; 11] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];
/// A database that does not answer for this long counts as down.
const PATIENCE: Duration = Duration::from_secs(2);
/// The text format of Prometheus.
const FORMAT: [(HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];

/// The console's requests.
pub static CONSOLE: Door = Door::new("console");
/// The AWS protocols' requests.
pub static API: Door = Door::new("api");

/// What is counted of one door.
#[derive(Debug)]
pub struct Door {
    name: &'static str,
    /// By the first digit of the status, from 1 to 5.
    answers: [AtomicU64; 5],
    /// How many answers took no longer than the bound of that place and longer than the one before.
    buckets: [AtomicU64; BOUNDS.len()],
    /// All durations together, in microseconds.
    taken: AtomicU64,
    under_way: AtomicU64,
}

impl Door {
    const fn new(name: &'static str) -> Self {
        Self {
            name,
            answers: [const { AtomicU64::new(0) }; 5],
            buckets: [const { AtomicU64::new(0) }; BOUNDS.len()],
            taken: AtomicU64::new(0),
            under_way: AtomicU64::new(0),
        }
    }

    fn answered(&self, status: u16, taken: Duration) {
        if let Some(answers) = self.answers.get(usize::from(status / 100).wrapping_sub(1)) {
            answers.fetch_add(1, Ordering::Relaxed);
        }
        let mut buckets = BOUNDS.iter().zip(&self.buckets);
        if let Some((_, bucket)) = buckets.find(|(bound, _)| taken <= Duration::from_millis(u64::from(**bound))) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.taken.fetch_add(u64::try_from(taken.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// A request under way, until its answer begins or its client is gone.
struct UnderWay(&'static Door);

impl UnderWay {
    fn begin(door: &'static Door) -> Self {
        door.under_way.fetch_add(1, Ordering::Relaxed);
        Self(door)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts a request and its answer.
pub async fn measure(State(door): State<&'static Door>, request: Request, next: Next) -> Response {
    let (began, under_way) = (Instant::now(), UnderWay::begin(door));
    let answer = next.run(request).await;
    drop(under_way);
    door.answered(answer.status().as_u16(), began.elapsed());
    answer
}

/// `/metrics`.
pub fn router(cloud: Cloud) -> Router {
    Router::new().route("/metrics", get(show)).with_state(cloud)
}

async fn show(State(cloud): State<Cloud>) -> ([(HeaderName, &'static str); 1], String) {
    let answered = tokio::time::timeout(PATIENCE, cloud.health()).await;
    let mails = answered.ok().and_then(Result::ok).map(|health| [health.mails_queued, health.mails_failed]);
    (FORMAT, text(&[&CONSOLE, &API], mails))
}

/// Without the mails that wait and that were given up, the database does not answer.
fn text(doors: &[&Door], mails: Option<[i64; 2]>) -> String {
    let mut out = String::new();
    let mut family = |name: &str, kind: &str, help: &str, lines: &[String]| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "# HELP understudy_{name} {help}\n# TYPE understudy_{name} {kind}");
        for line in lines {
            let _ = writeln!(out, "understudy_{name}{line}");
        }
    };
    let (mut answers, mut durations, mut under_way) = (Vec::new(), Vec::new(), Vec::new());
    for door in doors {
        let name = door.name;
        for (class, count) in (1..).zip(&door.answers) {
            let count = count.load(Ordering::Relaxed);
            answers.push(format!("{{door=\"{name}\",status=\"{class}xx\"}} {count}"));
        }
        let mut below = 0;
        for (bound, count) in BOUNDS.iter().zip(&door.buckets) {
            below += count.load(Ordering::Relaxed);
            let bound = f64::from(*bound) / 1000.0;
            durations.push(format!("_bucket{{door=\"{name}\",le=\"{bound}\"}} {below}"));
        }
        let all: u64 = door.answers.iter().map(|count| count.load(Ordering::Relaxed)).sum();
        let taken = Duration::from_micros(door.taken.load(Ordering::Relaxed)).as_secs_f64();
        durations.push(format!("_bucket{{door=\"{name}\",le=\"+Inf\"}} {all}"));
        durations.push(format!("_sum{{door=\"{name}\"}} {taken}"));
        durations.push(format!("_count{{door=\"{name}\"}} {all}"));
        under_way.push(format!("{{door=\"{name}\"}} {}", door.under_way.load(Ordering::Relaxed)));
    }
    family("build_info", "gauge", "The version.", &[format!("{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))]);
    family("requests_total", "counter", "Requests answered.", &answers);
    family("request_duration_seconds", "histogram", "Time until an answer began.", &durations);
    family("requests_under_way", "gauge", "Requests without an answer yet.", &under_way);
    family("database_up", "gauge", "Whether PostgreSQL answers.", &[format!(" {}", u8::from(mails.is_some()))]);
    if let Some([queued, failed]) = mails {
        family("mails_queued", "gauge", "Mails waiting for the mail server.", &[format!(" {queued}")]);
        family("mails_failed", "gauge", "Mails that were given up.", &[format!(" {failed}")]);
    }
    if let Some(bytes) = resident() {
        family("resident_memory_bytes", "gauge", "Memory that the process holds.", &[format!(" {bytes}")]);
    }
    out
}

/// The process's resident memory as Linux tells it.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_everything_that_was_as_quick() {
        let door = Door::new("test");
        for (status, millis) in [(200, 3), (200, 5), (303, 40), (503, 60_000)] {
            door.answered(status, Duration::from_millis(millis));
        }
        let text = text(&[&door], Some([2, 1]));
        for line in [
            "understudy_requests_total{door=\"test\",status=\"2xx\"} 2",
            "understudy_requests_total{door=\"test\",status=\"5xx\"} 1",
            "understudy_request_duration_seconds_bucket{door=\"test\",le=\"0.005\"} 2",
            "understudy_request_duration_seconds_bucket{door=\"test\",le=\"0.05\"} 3",
            "understudy_request_duration_seconds_bucket{door=\"test\",le=\"10\"} 3",
            "understudy_request_duration_seconds_bucket{door=\"test\",le=\"+Inf\"} 4",
            "understudy_request_duration_seconds_sum{door=\"test\"} 60.048",
            "understudy_request_duration_seconds_count{door=\"test\"} 4",
            "understudy_requests_under_way{door=\"test\"} 0",
            "understudy_database_up 1",
            "understudy_mails_queued 2",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
        }
    }
}
