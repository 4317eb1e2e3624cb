//! The one place of `app` that knows the server: session → caller → `Cloud::call` → page.

#[cfg(feature = "ssr")]
mod browser;
#[cfg(feature = "ssr")]
mod catalogue;
mod client;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod plans;
#[cfg(feature = "ssr")]
mod reports;
#[cfg(feature = "ssr")]
mod router;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
mod uploads;

pub use client::{GuardedClient, PRINCIPAL_HEADER};

#[cfg(feature = "ssr")]
pub use router::{Assets, Door, Module, router, uploads};

use crate::CallError;

/// The longest form, and the longest input of a server function, in bytes. The longest member is a policy of 131,072
/// characters, of which a form may need three bytes for each.
pub const LONGEST_BODY: usize = 512 * 1024;

/// An operation that a page or a server function may call.
#[cfg(feature = "ssr")]
pub trait Callable: cloud::Execute {}
#[cfg(feature = "ssr")]
impl<O: cloud::Execute> Callable for O {}

/// An operation that a page or a server function may call.
#[cfg(not(feature = "ssr"))]
pub trait Callable: model::Operation {}
#[cfg(not(feature = "ssr"))]
impl<O: model::Operation> Callable for O {}

/// Calls an operation as whoever looks at the page being rendered, or sent the request being answered.
///
/// # Errors
/// What the operation answers; [`CallError::Transport`] outside of a request.
#[cfg(feature = "ssr")]
pub async fn call<O: Callable>(operation: O) -> Result<O::Output, CallError> {
    let Some(visit) = leptos::prelude::use_context::<router::Visit>() else {
        return Err(CallError::Transport("no request is being answered".into()));
    };
    let for_island = leptos::prelude::use_context::<router::ForIsland>()
        .inspect(|island| island.0.store(true, std::sync::atomic::Ordering::Relaxed))
        .is_some();
    let answer = visit.cloud.call(&visit.caller, &visit.request, operation).await;
    if let (Err(error), true) = (&answer, for_island) {
        set_status(error.status());
    }
    Ok(answer?)
}

/// Pages are rendered by the server alone; in the browser there is nobody to call but its server functions.
///
/// # Errors
/// Always [`CallError::Transport`].
#[cfg(not(feature = "ssr"))]
pub async fn call<O: Callable>(_operation: O) -> Result<O::Output, CallError> {
    Err(CallError::Transport("pages are rendered by the server".into()))
}

/// The id of the request that is being answered, as the server's log and the answer's `x-request-id` name it.
#[cfg(feature = "ssr")]
pub fn request_id() -> Option<String> {
    leptos::prelude::use_context::<router::Visit>().map(|visit| visit.request.id.to_string())
}

/// A page in the browser answers no request.
#[cfg(not(feature = "ssr"))]
pub fn request_id() -> Option<String> {
    None
}

/// Sends the browser to another page of this host in place of the one being rendered.
#[cfg(feature = "ssr")]
pub fn redirect(path: &str) {
    leptos_axum::redirect(path);
}

/// A page in the browser is where it is.
#[cfg(not(feature = "ssr"))]
pub fn redirect(_path: &str) {}

/// Gives the page being rendered another HTTP status than 200.
#[cfg(feature = "ssr")]
pub fn set_status(status: u16) {
    let response = leptos::prelude::use_context::<leptos_axum::ResponseOptions>();
    if let (Some(response), Ok(status)) = (response, axum::http::StatusCode::from_u16(status)) {
        response.set_status(status);
    }
}

/// A page in the browser has its status already.
#[cfg(not(feature = "ssr"))]
pub fn set_status(_status: u16) {}

/// Bytes that nobody can guess, for what a page invents.
#[cfg(feature = "ssr")]
pub fn random_bytes(count: usize) -> Vec<u8> {
    // Bytes 9 to 15 of a version 4 UUID are random to the last bit (RFC 9562, section 5.4).
    std::iter::repeat_with(|| uuid::Uuid::new_v4().into_bytes())
        .flat_map(|bytes| bytes.into_iter().skip(9))
        .take(count)
        .collect()
}

/// Pages are rendered by the server alone; the browser invents nothing.
#[cfg(not(feature = "ssr"))]
pub fn random_bytes(count: usize) -> Vec<u8> {
    vec![0; count]
}

/// The text that base64 holds; nothing if it holds none.
#[cfg(feature = "ssr")]
pub fn text_of_base64(text: &str) -> String {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    BASE64_STANDARD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Pages are rendered by the server alone; the browser decodes nothing.
#[cfg(not(feature = "ssr"))]
pub fn text_of_base64(_text: &str) -> String {
    String::new()
}

/// Where the browser finds AWS's services for editors; the index is there, a service below it by its prefix.
#[cfg(feature = "ssr")]
pub fn catalogue() -> String {
    crate::layout::paths::CATALOGUE_INDEX.replace("{version}", ::services::version())
}

/// Pages are rendered by the server alone; what the browser needs of it stands in them.
#[cfg(not(feature = "ssr"))]
pub fn catalogue() -> String {
    String::new()
}

/// Percent-encodes a text for the query of a link (RFC 3986: unreserved characters stay).
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase();
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// The text that [`encode`] made; what is no valid escape stays as it is.
pub fn decode(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (*byte == b'%').then(|| (digit(ahead.next()), digit(ahead.next()))) {
            Some((Some(high), Some(low))) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or(*byte));
                rest = ahead;
            }
            _ => decoded.push(*byte),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
