//! Plain forms: a page's form names its operation, and one handler runs any of them.
//!
//! Fields that begin with `_` are the form's own: `_op` the operation, `_token` makes a repeat harmless,
//! `_principal` whom the page was made for, `_next` where to go when it worked (members in braces are filled in:
//! `/iam/users/{UserName}`), `_flash` what to say there, `_remember` whether to remember the account. Without `_next`
//! the same page is rendered with the answer. All others are members of the operation as `serde_qs` spells them
//! (`Tags[0][Key]`); empty ones count as absent.

use std::collections::BTreeMap;

use axum::http::HeaderValue;
use cloud::Execute;
use model::{ApiError, signin::SignInOutput};
use serde_json::Value;
use uuid::Uuid;

use super::{browser::Browser, plans, router::Visit};
use crate::{
    CallError,
    context::FormOutcome,
    iam::paths,
    layout::{self, Theme},
    ui::Flash,
};

/// What a posted form leads to.
pub(super) struct Submitted {
    pub then: Submission,
    pub cookies: Vec<HeaderValue>,
}

pub(super) enum Submission {
    Redirect { to: String, flash: Option<Flash> },
    Render(FormOutcome),
}

/// A form's fields.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn own(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The operation's input.
    fn decode<O: serde::de::DeserializeOwned>(&self) -> Result<O, ApiError> {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(self.members());
        serde_qs::Config::new(5, false)
            .deserialize_str(&text.finish())
            .map_err(|error| ApiError::Invalid { message: format!("The form could not be read: {error}") })
    }

    /// Names the operation and the next page of a form that has an address of its own.
    fn assume(&mut self, operation: &str, next: &str) {
        self.0.retain(|(key, _)| key != "_op" && key != "_next");
        self.0.push(("_op".into(), operation.into()));
        self.0.push(("_next".into(), next.into()));
    }

    fn members(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter().filter(|(key, value)| !key.starts_with('_') && !value.is_empty())
    }

    /// Fills the members in braces of an address. One that is a whole part of the path keeps its meaning there.
    fn address(&self, template: &str) -> String {
        let mut address = template.to_owned();
        for (key, value) in self.members() {
            address = address.replace(&format!("/{{{key}}}"), &format!("/{}", paths::part(value)));
        }
        self.fill(&address, |value| form_urlencoded::byte_serialize(value.as_bytes()).collect())
    }

    /// Fills the members in braces of a template, each encoded by `encode`.
    fn fill(&self, template: &str, encode: impl Fn(&str) -> String) -> String {
        let mut text = template.to_owned();
        for (key, value) in self.members() {
            text = text.replace(&format!("{{{key}}}"), &encode(value));
        }
        text
    }
}

/// Runs the posted form's operation.
pub(super) async fn submit(visit: &mut Visit, browser: &mut Browser, path: &str, body: &[u8]) -> Submitted {
    let mut fields = Fields(form_urlencoded::parse(body).into_owned().collect());
    let mut cookies = Vec::new();
    match path {
        layout::paths::SIGN_OUT => fields.assume("signin:SignOut", "/signin/signed-out"),
        layout::paths::THEME => {
            cookies.extend(fields.own("Theme").and_then(Theme::parse).and_then(|theme| browser.set_theme(theme)));
            let back = fields.own("ReturnTo").filter(|back| local(back)).unwrap_or("/").to_owned();
            let caller = &visit.caller;
            // Preferences are kept for those who are in; for all others the cookie is enough.
            if !caller.is_signed_in() || caller.must_change_password() || caller.sign_up_pending() {
                return Submitted { then: Submission::Redirect { to: back, flash: None }, cookies };
            }
            fields.assume("console:PutPreferences", &back);
        }
        _ => {}
    }
    let operation = fields.own("_op").unwrap_or_default().to_owned();
    visit.request.form_token = fields.own("_token").and_then(|token| Uuid::parse_str(token).ok());
    if visit.caller.is_signed_in() {
        visit.request.expected_principal = fields.own("_principal").map(str::to_owned);
    }
    if operation == NEXT {
        // The page that shows the next step reads: the token is for what the last step does.
        visit.request.form_token = None;
        return next_step(&fields);
    }
    if let Some(error) = mismatch(&fields) {
        return failed(&operation, &fields, HIDDEN_ALWAYS, error, cookies);
    }
    let session = match session_for(&operation, visit, browser).await {
        Ok(session) => session,
        Err(error) => return failed(&operation, &fields, HIDDEN_ALWAYS, error.into(), cookies),
    };
    let members: Vec<(String, String)> = fields.members().cloned().collect();
    let answer = match plans::run(&operation, visit, &members).await {
        Some((result, hidden)) => Answer { result, hidden },
        None => dispatch(&operation, visit, &fields).await,
    };
    // The page that shows the answer reads more: those calls are not the form's.
    visit.request.form_token = None;
    let worked = answer.result.is_ok();
    settle(session, worked, visit, browser, &mut cookies).await;
    let output = match answer.result {
        Ok(output) => output,
        Err(error) => return failed(&operation, &fields, answer.hidden, error, cookies),
    };
    if operation == "signin:SignOut" {
        cookies.extend(browser.clear_session());
    }
    if let Ok(signed_in) = serde_json::from_value::<SignInOutput>(output.clone()) {
        return signed_in_to(&signed_in, &fields, visit, browser, cookies);
    }
    // What a plan could not finish is reported where its form stands.
    let unfinished = output.get("Failed").is_some_and(|failure| !failure.is_null());
    match fields.own("_next").filter(|next| local(next) && !unfinished) {
        Some(next) => {
            let to = fields.address(next);
            let flash = fields.own("_flash").map(|text| Flash::success(fields.fill(text, str::to_owned)));
            Submitted { then: Submission::Redirect { to, flash }, cookies }
        }
        None => {
            let outcome = FormOutcome { operation, result: Ok(output), ..FormOutcome::default() };
            Submitted { then: Submission::Render(outcome), cookies }
        }
    }
}

/// A form that only leads to the next step of its page calls nothing.
const NEXT: &str = "page:Next";
/// Members that are never shown again, where the operation has not had its say.
const HIDDEN_ALWAYS: &[&str] = &["Password", "Secret", "Code", "Key", "Token", "TestCard", "Otp"];

fn next_step(fields: &Fields) -> Submitted {
    let values: BTreeMap<String, String> = fields.members().cloned().collect();
    let next = fields.own("_next").filter(|next| local(next));
    let then = match next {
        Some(next) if next.contains('{') => Submission::Redirect { to: fields.address(next), flash: None },
        next => {
            let mut values = values;
            if let Some(next) = next {
                values.insert("Redirect".into(), next.to_owned());
            }
            Submission::Render(FormOutcome {
                operation: NEXT.into(),
                values,
                fields: fields.members().cloned().collect(),
                result: Ok(Value::Null),
            })
        }
    };
    Submitted { then, cookies: Vec::new() }
}

/// A secret typed twice must be the same twice.
fn mismatch(fields: &Fields) -> Option<CallError> {
    let of = fields.own("_confirm_of")?;
    let first = fields.own(of).unwrap_or_default();
    let again = fields.own("_confirm").unwrap_or_default();
    (first != again).then(|| ApiError::field("confirm", None, "Passwords do not match").into())
}

/// How an operation treats the browser's session.
enum SessionUse {
    /// As it is.
    Keep,
    /// A new one was made; if the operation works it takes the old one's place.
    Fresh { old: Option<tower_sessions::session::Id> },
}

async fn session_for(operation: &str, visit: &mut Visit, browser: &mut Browser) -> Result<SessionUse, ApiError> {
    let binds = matches!(
        operation,
        "signin:SignInRoot"
            | "signin:SignInUser"
            | "signin:SubmitMfaCode"
            | "signin:SubmitPasskey"
            | "account:StartSignUp"
            | "operator:OpenOperatorLink"
    );
    let needs = operation == "console:OpenMailbox" && visit.request.session.is_none();
    if !binds && !needs {
        return Ok(SessionUse::Keep);
    }
    let old = browser.id();
    visit.request.session = Some(browser.fresh().await?);
    Ok(SessionUse::Fresh { old })
}

async fn settle(
    session: SessionUse,
    worked: bool,
    visit: &mut Visit,
    browser: &mut Browser,
    cookies: &mut Vec<HeaderValue>,
) {
    let SessionUse::Fresh { old } = session else { return };
    if worked {
        browser.end(old).await;
        cookies.extend(browser.set_session());
    } else {
        browser.end(browser.id()).await;
        browser.restore(old);
        visit.request.session = browser.session();
    }
    if let Ok(caller) = visit.cloud.caller_of_session(visit.request.session.as_ref()).await {
        visit.caller = caller;
    }
}

fn signed_in_to(
    output: &SignInOutput,
    fields: &Fields,
    visit: &Visit,
    browser: &Browser,
    mut cookies: Vec<HeaderValue>,
) -> Submitted {
    let next = fields.own("_next").filter(|next| local(next));
    // A password alone proves nothing of this browser.
    if !output.mfa_required {
        cookies.extend(browser.set_device(&visit.cloud.device_token(output, browser.device.as_deref())));
    }
    if let Some(account) = fields.own("Account") {
        let remember = fields.own("_remember").is_some();
        cookies.extend(browser.set_remembered(remember.then_some(account)));
    }
    let to = if output.mfa_required {
        match next {
            Some(next) => format!("/signin/mfa?redirect_uri={}", super::encode(next)),
            None => "/signin/mfa".to_owned(),
        }
    } else if output.password_reset_required {
        "/signin/password".to_owned()
    } else if output.sign_up_pending {
        "/billing/signup".to_owned()
    } else {
        next.unwrap_or("/console/home").to_owned()
    };
    Submitted { then: Submission::Redirect { to, flash: None }, cookies }
}

/// A path on this host, nothing that a browser could take for another one, and nothing that no header can hold.
fn local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control())
}

fn failed(operation: &str, fields: &Fields, hidden: &[&str], error: CallError, cookies: Vec<HeaderValue>) -> Submitted {
    // Names and addresses are hidden from the trail, not from whoever typed them.
    let own = |key: &str| {
        ["Email", "UserName", "Endpoint", "Subject", "Message"].contains(&key) || key.ends_with("[Address]")
    };
    let shown = |key: &str| !hidden.iter().any(|name| key.contains(name)) || own(key);
    let all: Vec<(String, String)> = fields.members().filter(|(key, _)| shown(key)).cloned().collect();
    let values = all.iter().cloned().collect();
    let outcome = FormOutcome { operation: operation.to_owned(), values, fields: all, result: Err(error) };
    Submitted { then: Submission::Render(outcome), cookies }
}

/// What an operation answered, and which of its members may not be shown again.
struct Answer {
    result: Result<Value, CallError>,
    hidden: &'static [&'static str],
}

async fn run<O: Execute>(visit: &Visit, fields: &Fields) -> Answer {
    Answer { result: try_run::<O>(visit, fields).await, hidden: O::HIDDEN }
}

async fn try_run<O: Execute>(visit: &Visit, fields: &Fields) -> Result<Value, CallError> {
    let input: O = fields.decode()?;
    let output = visit.cloud.call(&visit.caller, &visit.request, input).await?;
    serde_json::to_value(output).map_err(|error| CallError::Transport(error.to_string()))
}

macro_rules! table {
    ($($service:ident { $($name:ident)* })*) => {
        async fn dispatch(operation: &str, visit: &Visit, fields: &Fields) -> Answer {
            $($(
                if operation == concat!(stringify!($service), ":", stringify!($name)) {
                    return run::<model::$service::$name>(visit, fields).await;
                }
            )*)*
            let error = ApiError::InvalidAction { action: operation.to_owned(), version: "this console".into() };
            Answer { result: Err(error.into()), hidden: &[] }
        }
    };
}
model::for_each_operation!(table);
