//! The two routers: the console's and the AWS protocols', each with the layers that every request passes.

use std::any::Any;
use std::time::Duration;

use app::call::Door;
use axum::Router;
use axum::body::Body;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use cloud::{Cloud, Source};
use http::{StatusCode, header};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::assets;
use crate::config::Config;
use crate::health;
use crate::http::client::{self, Clients};
use crate::http::signin_domain::{self, SigninDomain};
use crate::http::{bounded, headers, origin};
use crate::metrics;
use crate::shutdown::Lifecycle;

/// A cost export of the greatest length, and the form around it.
const UPLOAD_BODY: usize = 64 * 1024 * 1024 + 64 * 1024;
/// An answer must have begun by then; waiting for a slow body counts.
const ANSWER: Duration = Duration::from_secs(30);
/// A body that pauses for this long is given up.
const PAUSE: Duration = Duration::from_secs(10);

/// The console: pages, server functions, the built site, health.
pub fn console(config: &Config, cloud: Cloud, lifecycle: Lifecycle) -> Router {
    let door = Door { cloud: cloud.clone(), assets: assets::of_shell() };
    let uploads = limited(app::call::uploads(door.clone()), UPLOAD_BODY);
    let pages = app::call::router(door);
    let routes = pages.merge(assets::router()).merge(health::router(cloud, lifecycle));
    limited(routes, app::call::LONGEST_BODY)
        .merge(uploads)
        .layer(from_fn_with_state(config.public_url(), origin::same_site_only))
        .layer(from_fn_with_state(SigninDomain::new(config), signin_domain::redirect))
        .layer(from_fn_with_state(config.public_url(), headers::harden))
        .layer(from_fn_with_state(Clients::new(Source::Console, config), client::identify))
        .layer(from_fn_with_state(Source::Console, metrics::measure))
}

/// The AWS protocols.
pub fn api(config: &Config, cloud: Cloud) -> Router {
    limited(aws::router(cloud), aws::MAX_BODY)
        .layer(from_fn(headers::private))
        .layer(from_fn_with_state(Clients::new(Source::Api, config), client::identify))
        .layer(from_fn_with_state(Source::Api, metrics::measure))
}

fn limited(router: Router, body: usize) -> Router {
    router
        .layer(from_fn_with_state(body, bounded::bound))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ANSWER))
        .layer(RequestBodyTimeoutLayer::new(PAUSE))
}

/// The last resort. The panic hook has logged the place; the answer says nothing of it.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = "Something went wrong on our side. The answer's x-request-id finds it in the log.\n";
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::INTERNAL_SERVER_ERROR, kind, text).into_response()
}
