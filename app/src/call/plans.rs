//! Plain forms that run several operations: the pages' plans, run by the server itself.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;
use uuid::Uuid;

use super::router::Visit;
use crate::{
    CallError, cloudwatch,
    iam::{account_settings, calls::Remote, groups, inline, mfa, plan::Runner, policies, users::forms},
};

/// Runs a plan's operations as the principal that sent its form.
struct Direct<'a> {
    visit: &'a Visit,
    steps: AtomicU64,
}

impl Runner for Direct<'_> {
    /// Each step has a token of its own, made from the form's: sending the form again repeats none of them.
    async fn run<O: Remote>(&self, operation: O) -> Result<O::Output, CallError> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        let mut request = self.visit.request.clone();
        request.form_token = request.form_token.map(|token| Uuid::from_u128(token.as_u128() ^ u128::from(step)));
        Ok(self.visit.cloud.call(&self.visit.caller, &request, operation).await?)
    }
}

/// Runs the form of that name: its answer, and the members that are never shown again. Nothing if it is no plan.
pub(super) async fn run(
    operation: &str,
    visit: &Visit,
    fields: &[(String, String)],
) -> Option<(Result<Value, CallError>, &'static [&'static str])> {
    let runner = Direct { visit, steps: AtomicU64::new(0) };
    if let Some(answer) = mfa::plan::run(operation, fields, &runner).await {
        return Some((answer, mfa::plan::HIDDEN));
    }
    if let Some(answer) = account_settings::plan::run(operation, fields, &runner).await {
        return Some((answer, &[]));
    }
    if let Some(answer) = policies::plan::run(operation, fields, &runner).await {
        return Some((answer, &[]));
    }
    if let Some(answer) = cloudwatch::plan::run(operation, fields, &runner).await {
        return Some((answer, &[]));
    }
    if let Some(answer) = groups::forms::run(operation, fields, &runner).await {
        return Some((answer, &[]));
    }
    if let Some(answer) = inline::plan::run(operation, fields, &runner).await {
        return Some((answer, &[]));
    }
    Some((forms::run(operation, fields, &runner, super::random_bytes).await?, forms::HIDDEN))
}
