//! The console's routes: server functions for the islands, and pages for everything else.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request as HttpRequest, State, rejection::BytesRejection},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use cloud::{Caller, Cloud, Request, Source};
use leptos::prelude::provide_context;
use model::ApiError;

use super::{LONGEST_BODY, browser::Browser, catalogue, page, reports, search};
use crate::{CallError, layout::paths};

/// Hashed names of the browser's files, as the site builder wrote them.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet's URL.
    pub css: String,
    /// The islands of every page.
    pub islands: Module,
    /// The same and the wizards.
    pub wizards: Module,
    /// The editor of policies, for the pages that hold one.
    pub editor: String,
    /// Passkeys in the browser, for the pages that ask for one.
    pub passkey: String,
    /// The text font, for preloading.
    pub font: String,
    /// The icon of the tab.
    pub icon: String,
}

/// A wasm module's URLs.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// The script that loads it.
    pub js: String,
    /// The module itself.
    pub wasm: String,
}

/// What the pages' door needs.
#[derive(Clone, Debug)]
pub struct Door {
    /// The waist.
    pub cloud: Cloud,
    /// The browser's files.
    pub assets: Assets,
}

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
        // The server's outermost layer knows the client; only a test leaves it out.
        let mut request = parts.extensions.get().cloned().unwrap_or_else(|| Request::new(Source::Console));
        request.session = session;
        request.device.clone_from(&browser.device);
        if caller.session_use_is_due()
            && let Err(error) = cloud.record_session_use(&caller, &request).await
        {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
        Ok(Self { cloud: cloud.clone(), caller, request })
    }
}

/// The console: pages at every path, server functions below `/api/`.
pub fn router(door: Door) -> Router {
    // Rendering spawns; an error says only that this process has done it before.
    let _ = any_spawner::Executor::init_tokio();
    Router::new()
        .route("/api/{*function}", post(server_function))
        .route(paths::SEARCH_RESOURCES, get(search::resources))
        .route(paths::CREDENTIAL_REPORT, get(reports::credential_report))
        .route(paths::CATALOGUE, get(catalogue::service))
        .route(paths::CATALOGUE_INDEX, get(catalogue::index))
        .fallback(page::page)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(door)
}

/// The page whose form has a file: its bodies are longer than any other's, and read as they come.
pub fn uploads(door: Door) -> Router {
    Router::new()
        .route(paths::IMPORT_COSTS, get(page::page).post(page::page))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .with_state(door)
}

/// Marks the context of a server function: its error is the answer's status, where a page's may concern a part of it.
/// Inside stands whether an operation was called at all.
#[derive(Clone, Default)]
pub(super) struct ForIsland(pub Arc<AtomicBool>);

/// What cannot be read is told as every error of a server function is.
fn unread(rejection: &BytesRejection) -> Response {
    let (status, message) = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let limit = LONGEST_BODY / 1024;
            (
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("This is larger than the {limit} KiB that can be sent at once. Shorten it."),
            )
        }
        status => (status, "The request could not be read to its end. Send it again.".to_owned()),
    };
    let error = CallError::Api(ApiError::Invalid { message });
    (status, [(header::CACHE_CONTROL, page::NO_STORE)], Json(error)).into_response()
}

/// Runs one server function as the browser's principal.
async fn server_function(State(door): State<Door>, mut parts: Parts, body: Result<Bytes, BytesRejection>) -> Response {
    // The framework's own answer to an unknown address tells how the house is built.
    if !server_fn::axum::server_fn_paths().any(|(path, _)| path == parts.uri.path()) {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, page::NO_STORE)], "There is no such function.\n")
            .into_response();
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return unread(&rejection),
    };
    let browser = Browser::read(&door.cloud, &parts.headers);
    let mut visit = match Visit::of(&door.cloud, &parts, &browser).await {
        Ok(visit) => visit,
        Err(error) => return page::plain(&error),
    };
    // An island always says whom its page was made for (Decision 26); who does not is somebody else.
    if visit.caller.is_signed_in() {
        let principal = parts.headers.get(super::PRINCIPAL_HEADER).and_then(|value| value.to_str().ok());
        visit.request.expected_principal = Some(principal.unwrap_or_default().to_owned());
    }
    // To whoever takes HTML the framework answers with a redirect to the Referer, wherever that is, with the error in
    // its query. Islands take JSON.
    parts.headers.remove(header::REFERER);
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let request = HttpRequest::from_parts(parts, Body::from(body));
    let island = ForIsland::default();
    let called = island.0.clone();
    let provide = move || {
        provide_context(visit.clone());
        provide_context(island.clone());
    };
    let answer = leptos_axum::handle_server_fns_with_context(provide, request).await;
    let mut response = answer.into_response();
    if response.status().is_server_error() && !called.load(Ordering::Relaxed) {
        // The input could not be read: that is no fault of ours.
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, page::NO_STORE);
    response
}
