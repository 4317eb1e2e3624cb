//! Requests that name their operation in a header: awsJson 1.1.

use axum::{
    body::Bytes,
    extract::rejection::BytesRejection,
    http::{StatusCode, request::Parts},
    response::Response,
};
use cloud::{Caller, Cloud, Execute, Request};
use model::ApiError;

use super::{OPERATIONS, Operation, Running, authenticate, in_region};
use crate::{
    MAX_BODY,
    json::{
        Service, TARGET, decode, encode,
        fault::{Fault, json},
    },
};

/// All an operation needs to run.
pub(super) struct Call<'a> {
    pub(super) cloud: &'a Cloud,
    pub(super) caller: &'a Caller,
    pub(super) request: &'a Request,
    pub(super) body: &'a [u8],
    pub(super) service: &'static Service,
}

/// What runs one operation for a call.
pub(super) type Start = for<'a> fn(Call<'a>) -> Running<'a, Fault>;

/// Runs one operation.
pub(super) fn start<O: Execute>(call: Call<'_>) -> Running<'_, Fault> {
    Box::pin(run::<O>(call))
}

async fn run<O: Execute>(call: Call<'_>) -> Result<String, Fault> {
    let input: O = decode::decode(call.body).map_err(|error| Fault::unreadable(call.service, &error))?;
    let output =
        call.cloud.call(call.caller, call.request, input).await.map_err(|error| Fault::of(call.service, error))?;
    let request_id = call.request.id.to_string();
    encode::body(&output).map_err(|error| {
        tracing::error!(%request_id, action = %O::ACTION, %error, "an output has no form on this wire");
        Fault::from(ApiError::Internal { request_id })
    })
}

/// Whether a request is of this wire.
pub(super) fn is_ours(parts: &Parts) -> bool {
    parts.headers.contains_key(TARGET)
}

/// The operation that the header names.
pub(super) fn find(parts: &Parts) -> Option<(&'static Service, Start)> {
    let target = parts.headers.get(TARGET)?.to_str().ok()?;
    let (service, action) = Service::of_target(target)?;
    let known = |operation: &&Operation| operation.service == service.name && operation.action == action;
    Some((service, OPERATIONS.iter().find(known)?.run.json?))
}

/// Answers one request.
pub(super) async fn answer(
    cloud: &Cloud,
    parts: &Parts,
    body: Result<Bytes, BytesRejection>,
    request: &Request,
) -> Response {
    let request_id = request.id.to_string();
    let service = find(parts).map(|(service, _)| service);
    match serve(cloud, parts, body, request).await {
        Ok(body) => json(StatusCode::OK, body, service, &request_id),
        Err(fault) => fault.answer(service, &request_id),
    }
}

async fn serve(
    cloud: &Cloud,
    parts: &Parts,
    body: Result<Bytes, BytesRejection>,
    request: &Request,
) -> Result<String, Fault> {
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::too_large(MAX_BODY),
        status => Fault::unread(status, rejection.body_text()),
    })?;
    let (service, run) = find(parts).ok_or_else(Fault::unknown_operation)?;
    let (caller, region) =
        authenticate(cloud, parts, &body, service.signing).await.map_err(|error| Fault::of(service, error))?;
    let request = &in_region(request, region, service.regional);
    run(Call { cloud, caller: &caller, request, body: &body, service }).await
}
