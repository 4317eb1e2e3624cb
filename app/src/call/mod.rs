//! The one place of `app` that knows the server: session → caller → `Cloud::call` → page.

#[cfg(feature = "ssr")]
mod browser;
#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod router;

#[cfg(feature = "ssr")]
pub use router::{Assets, ClientAddress, Door, RequestId, router};

use crate::CallError;

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
    Ok(visit.cloud.call(&visit.caller, &visit.request, operation).await?)
}

/// Pages are rendered by the server alone; in the browser there is nobody to call but its server functions.
///
/// # Errors
/// Always [`CallError::Transport`].
#[cfg(not(feature = "ssr"))]
#[expect(clippy::unused_async, reason = "the server's twin of this function awaits")]
pub async fn call<O: Callable>(_operation: O) -> Result<O::Output, CallError> {
    Err(CallError::Transport("pages are rendered by the server".into()))
}
