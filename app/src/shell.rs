//! The HTML document around every page: styles, the islands' loader, and the policy that keeps foreign code out.

use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

use crate::{context::PageContext, routes::App};

/// The whole document. The server renders it for every request; the browser never runs it.
#[component]
pub fn Shell() -> impl IntoView {
    provide_meta_context();
    let page = PageContext::current();
    let theme = page.theme();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <Files />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

#[cfg(not(feature = "ssr"))]
#[component]
fn Files() -> impl IntoView {}

/// Links to the hashed files. Written by hand: the framework's own tags print the nonce where styles could read it,
/// and pages without an island (sign-in) must not load any wasm.
#[cfg(feature = "ssr")]
#[component]
fn Files() -> impl IntoView {
    use axum::http::{HeaderName, HeaderValue};

    use crate::routes;

    let assets = use_context::<crate::call::Assets>().unwrap_or_default();
    let nonce = leptos::nonce::use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
             font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
             object-src 'none'; frame-ancestors 'none'"
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.insert_header(HeaderName::from_static("content-security-policy"), policy);
        }
    }
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let page = PageContext::current();
    let islands = !page.path.starts_with("/signin") && !assets.islands.js.is_empty();
    let (small, large) = (&assets.islands, &assets.wizards);
    let likely = if routes::has_wizard(&page) && !large.js.is_empty() { large } else { small };
    // Not a module, which would wait for the whole page: the wasm is compiled while the page still comes.
    let script = format!(
        "{{ const wasm = WebAssembly.compileStreaming(fetch({:?})); \
         import({:?}).then(({{ start }}) => start(wasm, {{ js: {:?}, wasm: {:?} }})); }} \
         addEventListener(\"DOMContentLoaded\", () => document.querySelector(\"[data-editor]\") && import({:?}));",
        likely.wasm, likely.js, large.js, large.wasm, assets.editor
    );
    // The pages that assign an MFA device and the one that asks for it.
    let passkey = page.path.ends_with("/mfa") && !assets.passkey.is_empty();
    view! {
        <link rel="icon" type="image/svg+xml" href=assets.icon.clone() />
        <link rel="stylesheet" href=assets.css.clone() />
        <link rel="preload" r#as="font" r#type="font/woff2" crossorigin="anonymous" href=assets.font.clone() />
        {islands.then(|| view! { <script nonce=nonce.clone()>{script}</script> })}
        {passkey.then(|| view! { <script type="module" nonce=nonce.clone() src=assets.passkey.clone()></script> })}
    }
}
