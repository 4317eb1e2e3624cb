//! The wire: AWS's protocols over the operations, for programs.
//!
//! [`router`] is the door: it reads a request ([`query`] or [`json`]), believes its signature or refuses it ([`sigv4`]), runs the
//! operation through [`cloud::Cloud::call`] and answers XML or JSON, or a fault ([`fault`]). Which operations there are comes
//! from the list in `model`; nothing here knows any one of them.

mod dispatch;
pub mod fault;
pub mod form;
pub mod json;
pub mod query;
pub mod sigv4;
mod undecodable;
mod unencodable;

use axum::{Router, extract::DefaultBodyLimit, routing::get};
use cloud::Cloud;

/// Largest request body, in bytes. The largest thing a request of these services holds is a message of SNS: 256 KiB,
/// of which a form makes three times as much.
pub const MAX_BODY: usize = 1024 * 1024;

/// The API's listener: `POST /` with a form, or `GET /` with the same parameters in the URL.
///
/// A layer around it puts a [`cloud::Request`] among the extensions, with the id that the answer bears and the client's
/// address for the trail and `aws:SourceIp`. Time limits on reading a request are the server's, too.
pub fn router(cloud: Cloud) -> Router {
    Router::new()
        .route("/", get(dispatch::answer).post(dispatch::answer))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(cloud)
}

/// Equality that the compiler can work out, for the table of operations.
pub(crate) const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
