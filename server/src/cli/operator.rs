//! Whoever holds the host, as a caller: through the same door as everybody, and into the same trail.

use anyhow::Result;
use cloud::{Caller, Cloud, Execute, Request, Source};
use model::Secret;
use model::operator::CreateOperatorLink;

/// Runs an operation as the operator.
pub async fn call<O: Execute>(cloud: &Cloud, operation: O) -> Result<O::Output> {
    let mut request = Request::new(Source::Operator);
    request.user_agent = concat!("understudy/", env!("CARGO_PKG_VERSION")).into();
    Ok(cloud.call(&Caller::operator(), &request, operation).await?)
}

/// A link that makes the browser that opens it the operator's.
pub async fn link(cloud: &Cloud) -> Result<Secret> {
    Ok(call(cloud, CreateOperatorLink {}).await?.url)
}
