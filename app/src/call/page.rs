//! One page: who looks, may they look here, what did their form do, and the HTML.

use std::collections::BTreeMap;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use cloud::{Labels, SignUp};
use leptos::prelude::*;
use model::{
    ApiError,
    console::{ListNotices, PutPreferences},
};
use uuid::Uuid;

use super::{
    browser::Browser,
    forms::{self, Submission},
    router::{Door, Visit},
    uploads,
};
use crate::{
    context::{DEFAULT_REGION, FormOutcome, PageContext, Site, Viewer},
    home,
    layout::{Notice, paths},
    shell::Shell,
    ui::FormGuard,
};

pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// The answer to who stopped sending, who hardly waits for one.
const UNREAD: &str = "The form could not be read to its end. Send it again.\n";
/// The services whose resources are in regions, by the first part of their paths.
const REGIONAL: [&str; 2] = ["sns", "cloudwatch"];

/// Answers every path of the console.
pub(super) async fn page(State(door): State<Door>, request: HttpRequest) -> Response {
    let (parts, body) = request.into_parts();
    let mut browser = Browser::read(&door.cloud, &parts.headers);
    let mut visit = match Visit::of(&door.cloud, &parts, &browser).await {
        Ok(visit) => visit,
        Err(error) => return plain(&error),
    };
    let path = parts.uri.path().to_owned();
    let remembered = browser.remembered_account.clone();
    if let Some(plain) = unmarked(&path, parts.uri.query()).filter(|_| parts.method == Method::GET) {
        return no_store(Redirect::to(&plain).into_response());
    }
    // The theme is the browser's before it is anybody's: its form needs no sign-in.
    let theme = path == paths::THEME && parts.method == Method::POST;
    if let Some(elsewhere) = detour(&visit, &path, parts.uri.query(), remembered.as_deref()).filter(|_| !theme) {
        return no_store(Redirect::to(&elsewhere).into_response());
    }
    let mut cookies = Vec::new();
    let mut outcome = None;
    let mut too_long = false;
    match parts.method {
        Method::GET | Method::HEAD => {}
        Method::POST
            if path == paths::IMPORT_COSTS && content_type(&parts.headers).starts_with("multipart/form-data") =>
        {
            outcome = Some(uploads::submit(&mut visit, content_type(&parts.headers), body).await);
        }
        Method::POST => match Bytes::from_request(HttpRequest::from_parts(parts.clone(), body), &()).await {
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => too_long = true,
            Err(rejection) => return no_store((rejection.status(), UNREAD).into_response()),
            Ok(bytes) => {
                if let Err(error) = choose_region(&mut visit, &path).await {
                    return plain(&error);
                }
                let submitted = forms::submit(&mut visit, &mut browser, &path, &bytes).await;
                cookies = submitted.cookies;
                match submitted.then {
                    Submission::Redirect { to, flash } => {
                        cookies.extend(flash.and_then(|flash| browser.set_flash(&flash)));
                        let mut response = no_store(Redirect::to(&to).into_response());
                        if path == paths::SIGN_OUT {
                            response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
                        }
                        return with_cookies(response, cookies);
                    }
                    Submission::Render(done) => outcome = Some(done),
                }
            }
        },
        _ => return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD, POST")]).into_response(),
    }
    let mut context = match context(&visit, &browser).await {
        Ok(context) => context,
        Err(ApiError::SignedOut) => {
            let to = sign_in(&path, parts.uri.query(), remembered.as_deref(), true);
            return no_store(Redirect::to(&to).into_response());
        }
        Err(error) => return plain(&error),
    };
    if !context.flashes.is_empty() {
        cookies.extend(browser.clear_flash());
    }
    if outcome.is_none() && !too_long {
        remember_visit(&visit, &mut context, &path, parts.uri.query()).await;
        visit.request.form_token = None;
    }
    if is_regional(&path) {
        visit.request.region = context.region();
    }
    context.segments = segments(&path);
    context.path = path;
    context.query = query(parts.uri.query());
    context.too_long = too_long;
    let status = if too_long { Some(StatusCode::PAYLOAD_TOO_LARGE) } else { outcome.as_ref().and_then(status_of) };
    context.outcome = outcome;
    let mut response = render(&door, visit, context, HttpRequest::from_parts(parts, Body::empty())).await;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    with_cookies(no_store(response), cookies)
}

/// Whether the pages at a path are about one region's resources.
fn is_regional(path: &str) -> bool {
    REGIONAL.contains(&path.split('/').nth(1).unwrap_or_default())
}

/// The region that a form's call is made in: the one that its viewer has chosen.
async fn choose_region(visit: &mut Visit, path: &str) -> Result<(), ApiError> {
    if is_regional(path) && visit.caller.is_signed_in() {
        let chosen = visit.cloud.profile(&visit.caller).await?.preferences.region;
        visit.request.region = chosen.unwrap_or_else(|| DEFAULT_REGION.to_owned());
    }
    Ok(())
}

/// The address of a user's page whose name needs no mark: a form that renames cannot know whether the new one does.
fn unmarked(path: &str, query: Option<&str>) -> Option<String> {
    let segment = path.strip_prefix("/iam/users/")?.split('/').next()?.strip_prefix('~')?;
    let name = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
    if name.is_empty() || crate::iam::paths::user_path(&name).starts_with("/iam/users/~") {
        return None;
    }
    let plain = path.replacen("/iam/users/~", "/iam/users/", 1);
    Some(query.map_or_else(|| plain.clone(), |query| format!("{plain}?{query}")))
}

/// Where a visitor must go before this page makes sense: to sign in, to choose a password, to finish signing up.
fn detour(visit: &Visit, path: &str, query: Option<&str>, remembered: Option<&str>) -> Option<String> {
    let caller = &visit.caller;
    // Whoever signs out loses the cookie too: with a session that is none the browser was put out, or the time was up.
    let ended = visit.request.session.is_some() && !caller.has_session();
    let within = |room: &str| path == room || path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/'));
    let own_room = path.split('/').nth(1).is_some_and(|first| crate::services::by_id(first).is_some());
    let open = !(own_room || ["/console", "/service", "/policysim", "/signin/password"].into_iter().any(within))
        || within("/billing/signup");
    if path == "/" || path == "/console" {
        return Some(if caller.is_signed_in() {
            "/console/home".into()
        } else {
            sign_in("/console/home", None, remembered, ended)
        });
    }
    if within("/signin/mfa") && !caller.mfa_pending() {
        return Some(if caller.is_signed_in() { "/console/home".into() } else { "/signin".into() });
    }
    if open {
        return None;
    }
    if caller.mfa_pending() {
        return Some("/signin/mfa".into());
    }
    if !caller.is_signed_in() {
        return Some(sign_in(path, query, remembered, ended));
    }
    if path == "/signin/password" {
        return (!caller.must_change_password()).then(|| "/console/home".into());
    }
    if caller.must_change_password() {
        return Some("/signin/password".into());
    }
    caller.sign_up_pending().then(|| "/billing/signup".into())
}

/// The sign-in page that leads back to `path`: the remembered account's, or the main one. It says why it is shown where
/// the session has `ended`.
fn sign_in(path: &str, query: Option<&str>, remembered: Option<&str>, ended: bool) -> String {
    let target = match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let encoded: String = form_urlencoded::byte_serialize(target.as_bytes()).collect();
    let said = if ended { "&ended=1" } else { "" };
    match remembered {
        Some(account) => format!("/signin/{account}/console?redirect_uri={encoded}{said}"),
        None if target == "/console/home" && !ended => "/signin".to_owned(),
        None => format!("/signin?redirect_uri={encoded}{said}"),
    }
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn query(query: Option<&str>) -> BTreeMap<String, String> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect()
}

fn segments(path: &str) -> Vec<String> {
    let decode = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    path.trim_matches('/').split('/').map(decode).collect()
}

async fn context(visit: &Visit, browser: &Browser) -> Result<PageContext, ApiError> {
    let settings = visit.cloud.settings();
    let mut told = Vec::new();
    let viewer = if visit.caller.is_signed_in() {
        let profile = visit.cloud.profile(&visit.caller).await?;
        if profile.has_notices {
            told = notices(visit).await;
        }
        Some(Viewer {
            account_id: profile.account_id.0,
            account_name: profile.account_name,
            email: profile.email,
            alias: profile.alias,
            user_name: profile.user_name,
            preferences: profile.preferences,
            signin_url: profile.signin_url,
            now: profile.now.0,
            clock_moved: !profile.real_time,
            password_days_left: profile.password_days_left,
            must_change_password: visit.caller.must_change_password(),
            sign_up_pending: visit.caller.sign_up_pending(),
        })
    } else {
        None
    };
    let host = settings.host();
    let loopback = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host.starts_with(name));
    Ok(PageContext {
        viewer,
        notices: told,
        flashes: browser.flash.iter().cloned().collect(),
        remembered_account: browser.remembered_account.clone(),
        browser_theme: browser.theme.clone(),
        operator: visit.caller.identity() == &cloud::Identity::Operator,
        site: Site {
            public_url: settings.public_url.clone(),
            sign_up: match settings.sign_up {
                SignUp::Open => "open",
                SignUp::Code(_) => "code",
                SignUp::Closed => "closed",
            },
            labels: match settings.labels {
                Labels::Era2020 => "2020",
                Labels::Current => "current",
            },
            insecure: settings.public_url.starts_with("http://") && !loopback,
            smtp: settings.smtp,
            passkeys_refused: settings.passkeys_refused(),
        },
        ..PageContext::default()
    })
}

/// What the bell tells. Whoever may not ask yet, as with a password that must change, is told nothing.
async fn notices(visit: &Visit) -> Vec<Notice> {
    let mut request = visit.request.clone();
    request.form_token = None;
    let found = visit.cloud.call(&visit.caller, &request, ListNotices {}).await;
    found.map(home::notices).unwrap_or_default()
}

/// Keeps the list of recently visited services and the region chosen by `?region=`: a write when either changes.
async fn remember_visit(visit: &Visit, context: &mut PageContext, path: &str, query: Option<&str>) {
    let Some(viewer) = context.viewer.as_mut().filter(|viewer| !viewer.must_change_password && !viewer.sign_up_pending)
    else {
        return;
    };
    let first = path.split('/').nth(1).unwrap_or_default();
    let visited = crate::services::by_id(first)
        .map(|service| service.id.to_owned())
        .filter(|id| viewer.preferences.recent.first() != Some(id));
    let region = self::query(query)
        .remove("region")
        .filter(|code| crate::layout::REGIONS.iter().any(|known| known.code == code.as_str()))
        .filter(|code| viewer.preferences.region.as_ref() != Some(code));
    if visited.is_none() && region.is_none() {
        return;
    }
    let change = PutPreferences { visited, region: region.clone(), ..PutPreferences::default() };
    if let Err(error) = visit.cloud.call(&visit.caller, &visit.request, change).await {
        tracing::warn!(%error, "a visit could not be remembered");
    }
    // The page is the chosen region's already.
    if region.is_some() {
        viewer.preferences.region = region;
    }
}

fn status_of(outcome: &FormOutcome) -> Option<StatusCode> {
    let error = outcome.result.as_ref().err()?;
    Some(match error {
        crate::CallError::Api(ApiError::Validation { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
        crate::CallError::Api(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST),
        crate::CallError::Transport(_) => StatusCode::BAD_REQUEST,
    })
}

async fn render(door: &Door, visit: Visit, context: PageContext, request: HttpRequest) -> Response {
    let assets = door.assets.clone();
    let guard =
        FormGuard { principal: visit.caller.principal_id(), token: std::sync::Arc::new(|| Uuid::new_v4().to_string()) };
    let provide = move || {
        provide_context(visit.clone());
        provide_context(context.clone());
        provide_context(assets.clone());
        provide_context(guard.clone());
    };
    let handler = leptos_axum::render_app_async_with_context(provide, || view! { <Shell /> });
    handler(request).await.into_response()
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}

fn with_cookies(mut response: Response, cookies: Vec<HeaderValue>) -> Response {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A fault before there is a page to show it on.
pub(super) fn plain(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, format!("{error}\n")).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3"));
    }
    no_store(response)
}
