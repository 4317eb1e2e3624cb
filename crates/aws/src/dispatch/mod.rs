//! From a request to an operation and back, with no line for any one operation.

mod json;

use std::pin::Pin;

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{Method, StatusCode, header, request::Parts},
    response::Response,
};
use cloud::{Caller, Cloud, Execute, Request, Source};
use model::ApiError;
use time::OffsetDateTime;

use crate::{
    MAX_BODY,
    fault::{Fault, xml},
    query::{Parameters, Service, decode, encode},
    sigv4::Claim,
};

/// An operation as the wire finds it.
struct Operation {
    service: &'static str,
    action: &'static str,
    run: Run,
}

/// How it runs: on each wire that its service speaks, and compiled for no other.
#[derive(Clone, Copy)]
struct Run {
    query: Option<for<'a> fn(Call<'a>) -> Running<'a, Fault>>,
    json: Option<json::Start>,
}

type Running<'a, F> = Pin<Box<dyn Future<Output = Result<String, F>> + Send + 'a>>;

/// All an operation needs to run.
struct Call<'a> {
    cloud: &'a Cloud,
    caller: &'a Caller,
    request: &'a Request,
    parameters: &'a Parameters<'a>,
    service: &'static Service,
}

macro_rules! table {
    ($($service:ident { $($name:ident)* })*) => {
        /// Every operation of the list. Those whose service is not one of [`crate::query::SERVICES`] or
        /// [`crate::json::SERVICES`] are never found.
        const OPERATIONS: &[Operation] = &[$($(Operation::new::<model::$service::$name>(),)*)*];
    };
}
model::for_each_operation!(table);

impl Operation {
    const fn new<O: Execute>() -> Self {
        let name = O::ACTION.service;
        let run = Run {
            query: if Service::named(name).is_some() { Some(start::<O>) } else { None },
            json: if crate::json::Service::named(name).is_some() { Some(json::start::<O>) } else { None },
        };
        Self { service: O::ACTION.service, action: O::ACTION.name, run }
    }

    fn find(action: &str, version: &str) -> Option<(&'static Service, &'static Self)> {
        let service = Service::of_version(version)?;
        let known = |operation: &&Self| operation.service == service.name && operation.action == action;
        OPERATIONS.iter().find(known).map(|operation| (service, operation))
    }
}

fn start<O: Execute>(call: Call<'_>) -> Running<'_, Fault> {
    Box::pin(run::<O>(call))
}

async fn run<O: Execute>(call: Call<'_>) -> Result<String, Fault> {
    let input: O = decode::decode(call.parameters)?;
    let output =
        call.cloud.call(call.caller, call.request, input).await.map_err(|error| Fault::of(call.service, error))?;
    let request_id = call.request.id.to_string();
    encode::response(call.service, O::ACTION.name, &output, &request_id).map_err(|error| {
        tracing::error!(%request_id, action = %O::ACTION, %error, "an output has no form on this wire");
        Fault::from(ApiError::Internal { request_id })
    })
}

/// Answers one request.
pub(crate) async fn answer(State(cloud): State<Cloud>, parts: Parts, body: Result<Bytes, BytesRejection>) -> Response {
    let request = request(&parts);
    if json::is_ours(&parts) {
        return json::answer(&cloud, &parts, body, &request).await;
    }
    let request_id = request.id.to_string();
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return unread(&rejection).answer(None, &request_id),
    };
    let asked = match Asked::read(&parts, &body) {
        Ok(asked) => asked,
        Err(fault) => return fault.answer(None, &request_id),
    };
    match asked.serve(&cloud, &parts, &body, &request).await {
        Ok(body) => xml(StatusCode::OK, body, &request_id),
        Err(fault) => fault.answer(Some(asked.service), &request_id),
    }
}

/// Who is at the other end: the server's outermost layer has put it among the extensions.
fn request(parts: &Parts) -> Request {
    let known = parts.extensions.get::<Request>().cloned();
    Request { source: Source::Api, ..known.unwrap_or_else(|| Request::new(Source::Api)) }
}

fn unread(rejection: &BytesRejection) -> Fault {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::too_large(MAX_BODY),
        status => Fault { code: "IncompleteBody", status, message: rejection.body_text() },
    }
}

/// Which operation a request asks for. AWS, too, answers this before it looks at the signature.
struct Asked<'a> {
    service: &'static Service,
    operation: &'static Operation,
    parameters: Parameters<'a>,
}

impl<'a> Asked<'a> {
    fn read(parts: &'a Parts, body: &'a [u8]) -> Result<Self, Fault> {
        let parameters = Parameters::read(form(parts, body))?;
        let action = parameters.get("Action").ok_or_else(Fault::missing_action)?;
        let version = parameters.get("Version").unwrap_or("NO_VERSION_SPECIFIED");
        match Operation::find(action, version) {
            Some((service, operation)) => Ok(Self { service, operation, parameters }),
            None => Err(ApiError::InvalidAction { action: action.to_owned(), version: version.to_owned() }.into()),
        }
    }

    async fn serve(&self, cloud: &Cloud, parts: &Parts, body: &[u8], request: &Request) -> Result<String, Fault> {
        let (parameters, service) = (&self.parameters, self.service);
        let (caller, region) = authenticate(cloud, parts, body, service.signing).await?;
        let request = &in_region(request, region, service.regional);
        let run = self.operation.run.query.ok_or_else(Fault::missing_action)?;
        run(Call { cloud, caller: &caller, request, parameters, service }).await
    }
}

/// Where the parameters are: the URL of a GET, else the body if it says that it is a form.
fn form<'a>(parts: &'a Parts, body: &'a [u8]) -> &'a [u8] {
    if parts.method == Method::GET || parts.method == Method::HEAD {
        return parts.uri.query().unwrap_or_default().as_bytes();
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") { body } else { b"" }
}

/// The request, in the region that its caller signed for where the service has resources in regions.
fn in_region(request: &Request, region: String, regional: bool) -> Request {
    if regional { Request { region, ..request.clone() } } else { request.clone() }
}

/// Who signed, and for which region.
async fn authenticate(cloud: &Cloud, parts: &Parts, body: &[u8], service: &str) -> Result<(Caller, String), ApiError> {
    let claim = Claim::read(parts, service, OffsetDateTime::now_utc())?;
    // Long-term keys have no session token: a request that brings one is not what the key's holder would send.
    let long_term = claim.access_key_id().filter(|_| claim.security_token().is_none());
    let access_key_id = long_term.ok_or(ApiError::InvalidClientTokenId)?;
    let caller = cloud.caller_of_signature(access_key_id, |secret| claim.prove(parts, body, secret)).await?;
    if caller.key_use_is_due()
        && let Err(error) = cloud.record_key_use(access_key_id, service, &claim.scope().region).await
    {
        // The call itself is worth more than the note of it.
        tracing::warn!(%error, "the use of an access key was not noted");
    }
    Ok((caller, claim.scope().region.clone()))
}

#[cfg(test)]
mod tests;
