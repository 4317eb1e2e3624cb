//! The console's routes: server functions for the islands, and pages for everything else.

use std::net::IpAddr;

use axum::{
    Router,
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
    routing::post,
};
use cloud::{Caller, Cloud, Request, Source};
use leptos::prelude::provide_context;
use model::ApiError;
use uuid::Uuid;

use super::{browser::Browser, page};

/// Hashed names of the browser's files, as the site builder wrote them.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet's URL.
    pub css: String,
    /// The script that loads the islands.
    pub js: String,
    /// The islands.
    pub wasm: String,
    /// The text font, for preloading.
    pub font: String,
    /// The icon of the tab.
    pub icon: String,
}

/// What the pages' door needs.
#[derive(Clone, Debug)]
pub struct Door {
    /// The waist.
    pub cloud: Cloud,
    /// The browser's files.
    pub assets: Assets,
}

/// The client's address, after trusted proxies; the server's layer puts it into the request.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub Option<IpAddr>);

/// The request's id; the server's layer puts it into the request and the answer.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

/// Who makes this request, and what is known of it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The waist.
    pub cloud: Cloud,
    /// Who.
    pub caller: Caller,
    /// What the waist is told of it.
    pub request: Request,
}

impl Visit {
    pub(super) async fn of(cloud: &Cloud, parts: &Parts, browser: &Browser) -> Result<Self, ApiError> {
        let session = browser.session();
        let caller = cloud.caller_of_session(session.as_ref()).await?;
        let mut request = Request::new(Source::Console);
        if let Some(RequestId(id)) = parts.extensions.get() {
            request.id = *id;
        }
        request.ip = parts.extensions.get().and_then(|ClientAddress(ip)| *ip);
        request.user_agent = user_agent(&parts.headers);
        request.secure = cloud.settings().public_url.starts_with("https://");
        request.session = session;
        request.device.clone_from(&browser.device);
        Ok(Self { cloud: cloud.clone(), caller, request })
    }
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().take(512).collect()
}

/// The console: pages at every path, server functions below `/api/`.
pub fn router(door: Door) -> Router {
    Router::new().route("/api/{*function}", post(server_function)).fallback(page::page).with_state(door)
}

/// Runs one server function as the browser's principal.
async fn server_function(State(door): State<Door>, request: HttpRequest) -> Response {
    let (parts, body) = request.into_parts();
    let browser = Browser::read(&door.cloud, &parts.headers);
    let visit = match Visit::of(&door.cloud, &parts, &browser).await {
        Ok(visit) => visit,
        Err(error) => return page::plain(&error),
    };
    let request = HttpRequest::from_parts(parts, body);
    let answer = leptos_axum::handle_server_fns_with_context(move || provide_context(visit.clone()), request).await;
    let mut response = answer.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, page::NO_STORE);
    response
}
