//! How islands send their server functions' requests: with the principal that the page was made for, so that a tab
//! left open after somebody else signed in cannot act as them (Decision 26).

use futures::{Sink, Stream};
use leptos::prelude::document;
use server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::ui::FormGuard;

/// The header that names the principal a page was made for.
pub const PRINCIPAL_HEADER: &str = "x-understudy-principal";

/// The browser's `fetch`, with [`PRINCIPAL_HEADER`].
#[derive(Debug)]
pub struct GuardedClient;

impl<Error, InputStreamError, OutputStreamError> Client<Error, InputStreamError, OutputStreamError> for GuardedClient
where
    Error: FromServerFnError,
    InputStreamError: FromServerFnError,
    OutputStreamError: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: Self::Request) -> impl Future<Output = Result<Self::Response, Error>> + Send {
        if let Some(principal) = principal() {
            request.headers().set(PRINCIPAL_HEADER, &principal);
        }
        <BrowserClient as Client<Error, InputStreamError, OutputStreamError>>::send(request)
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static, impl Sink<Bytes> + Send + 'static),
            Error,
        >,
    > + Send {
        <BrowserClient as Client<Error, InputStreamError, OutputStreamError>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<Error, InputStreamError, OutputStreamError>>::spawn(future);
    }
}

/// Every page of a signed-in principal has a form that says whom it was made for: the one that signs out.
fn principal() -> Option<String> {
    let field = document().query_selector(&format!("input[name={}]", FormGuard::PRINCIPAL)).ok()??;
    Some(field.dyn_into::<HtmlInputElement>().ok()?.value())
}
