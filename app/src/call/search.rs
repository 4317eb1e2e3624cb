//! What the search box asks while somebody types: the account's own resources, as JSON. It is no server function,
//! because those would add their machinery to the wasm that every page loads.

use axum::{
    Json,
    extract::{Query, Request as HttpRequest, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::console::SearchResources;
use serde::Deserialize;

use super::{
    browser::Browser,
    page,
    router::{Door, Visit},
};
use crate::home::found;

/// The query of the search box's address.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Whom the page was made for (Decision 26).
    #[serde(default)]
    principal: String,
    /// What is searched for.
    #[serde(default)]
    q: String,
}

/// Answers with at most five entries of each kind; with the error's status and sentence otherwise.
pub(super) async fn resources(State(door): State<Door>, Query(asked): Query<Asked>, request: HttpRequest) -> Response {
    let (parts, _) = request.into_parts();
    let browser = Browser::read(&door.cloud, &parts.headers);
    let mut visit = match Visit::of(&door.cloud, &parts, &browser).await {
        Ok(visit) => visit,
        Err(error) => return page::plain(&error),
    };
    if !visit.caller.is_signed_in() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    visit.request.expected_principal = Some(asked.principal);
    match visit.cloud.call(&visit.caller, &visit.request, SearchResources { query: asked.q }).await {
        Ok(output) => ([(header::CACHE_CONTROL, page::NO_STORE)], Json(found::entries(&output))).into_response(),
        Err(error) => page::plain(&error),
    }
}
