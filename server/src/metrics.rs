//! What Prometheus reads at `/metrics`, on an address of its own: requests of both doors by status, how long they took
//! and how many are under way, whether the database answers, mails that wait or were given up, and how much memory the
//! process holds. No account, user or address is named.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use cloud::{Cloud, Source};
use http::{HeaderName, header};
use prometheus::core::Collector;
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};

/// Upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// A database that does not answer for this long counts as down.
const PATIENCE: Duration = Duration::from_secs(2);
/// The text format of Prometheus.
const FORMAT: [(HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
const SOUND: &str = "the names of figures are constants, each registered once";

static FIGURES: LazyLock<Figures> = LazyLock::new(|| Figures::of(&[Source::Console.as_str(), Source::Api.as_str()]));

/// What is counted of each door.
struct Figures {
    registry: Registry,
    answers: IntCounterVec,
    durations: HistogramVec,
    under_way: IntGaugeVec,
}

impl Figures {
    /// Nothing yet, for doors of these names.
    fn of(doors: &[&str]) -> Self {
        let answers = Opts::new("requests_total", "Requests answered.");
        let durations = HistogramOpts::new("request_duration_seconds", "Time until an answer began.");
        let under_way = Opts::new("requests_under_way", "Requests without an answer yet.");
        let figures = Self {
            registry: registry(),
            answers: IntCounterVec::new(answers, &["door", "status"]).expect(SOUND),
            durations: HistogramVec::new(durations.buckets(BOUNDS.to_vec()), &["door"]).expect(SOUND),
            under_way: IntGaugeVec::new(under_way, &["door"]).expect(SOUND),
        };
        register(&figures.registry, figures.answers.clone());
        register(&figures.registry, figures.durations.clone());
        register(&figures.registry, figures.under_way.clone());
        // What has not happened yet is told as nothing rather than left out.
        for door in doors {
            for class in 1..=5 {
                figures.answers.with_label_values(&[*door, &format!("{class}xx")]);
            }
            figures.durations.with_label_values(&[door]);
            figures.under_way.with_label_values(&[door]);
        }
        figures
    }

    fn answered(&self, door: &str, status: u16, taken: Duration) {
        self.answers.with_label_values(&[door, &format!("{}xx", status / 100)]).inc();
        self.durations.with_label_values(&[door]).observe(taken.as_secs_f64());
    }

    /// Without the mails that wait and that were given up, the database does not answer.
    fn text(&self, mails: Option<[i64; 2]>) -> String {
        let now = registry();
        let version = Opts::new("build_info", "The version.").const_label("version", env!("CARGO_PKG_VERSION"));
        gauge(&now, version, 1);
        gauge(&now, Opts::new("database_up", "Whether PostgreSQL answers."), i64::from(mails.is_some()));
        if let Some([queued, failed]) = mails {
            gauge(&now, Opts::new("mails_queued", "Mails waiting for the mail server."), queued);
            gauge(&now, Opts::new("mails_failed", "Mails that were given up."), failed);
        }
        if let Some(bytes) = resident() {
            gauge(&now, Opts::new("resident_memory_bytes", "Memory that the process holds."), bytes);
        }
        let families = [self.registry.gather(), now.gather()].concat();
        TextEncoder::new().encode_to_string(&families).expect(SOUND)
    }
}

/// Everything is named after the product.
fn registry() -> Registry {
    Registry::new_custom(Some("understudy".into()), None).expect(SOUND)
}

fn register(registry: &Registry, figure: impl Collector + 'static) {
    registry.register(Box::new(figure)).expect(SOUND);
}

fn gauge(registry: &Registry, what: Opts, value: i64) {
    let gauge = IntGauge::with_opts(what).expect(SOUND);
    gauge.set(value);
    register(registry, gauge);
}

/// A request under way, until its answer begins or its client is gone.
struct UnderWay(IntGauge);

impl UnderWay {
    fn begin(door: Source) -> Self {
        let gauge = FIGURES.under_way.with_label_values(&[door.as_str()]);
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts a request and its answer.
pub async fn measure(State(door): State<Source>, request: Request, next: Next) -> Response {
    let (began, under_way) = (Instant::now(), UnderWay::begin(door));
    let answer = next.run(request).await;
    drop(under_way);
    FIGURES.answered(door.as_str(), answer.status().as_u16(), began.elapsed());
    answer
}

/// `/metrics`.
pub fn router(cloud: Cloud) -> Router {
    Router::new().route("/metrics", get(show)).with_state(cloud)
}

async fn show(State(cloud): State<Cloud>) -> ([(HeaderName, &'static str); 1], String) {
    let answered = tokio::time::timeout(PATIENCE, cloud.health()).await;
    let mails = answered.ok().and_then(Result::ok).map(|health| [health.mails_queued, health.mails_failed]);
    (FORMAT, FIGURES.text(mails))
}

/// The process's resident memory as Linux tells it.
fn resident() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<i64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_everything_that_was_as_quick() {
        let figures = Figures::of(&["test"]);
        for (status, millis) in [(200, 3), (200, 5), (303, 40), (503, 60_000)] {
            figures.answered("test", status, Duration::from_millis(millis));
        }
        let text = figures.text(Some([2, 1]));
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
