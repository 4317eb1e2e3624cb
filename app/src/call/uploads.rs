//! The one form with a file: a cost export. Its parts are read as they come; the file goes to the host's disk and from
//! there, line by line, into the operation.

use std::collections::BTreeMap;

use axum::body::Body;
use cloud::Upload;
use model::{ApiError, billing::ImportCosts};
use multer::Multipart;
use uuid::Uuid;

use super::router::Visit;
use crate::{CallError, context::FormOutcome, ui::FormGuard};

const IMPORT: &str = "billing:ImportCosts";
/// The longest of the other parts.
const LONGEST_PART: usize = 1024;

fn unreadable(reason: impl std::fmt::Display) -> CallError {
    ApiError::Invalid { message: format!("The form could not be read: {reason}") }.into()
}

fn too_long() -> CallError {
    let most = Upload::MOST / 1024 / 1024;
    ApiError::Invalid { message: format!("The file is longer than {most} MiB. Import the export in parts.") }.into()
}

fn broken(visit: &Visit, error: &impl std::fmt::Display) -> CallError {
    tracing::error!(request_id = %visit.request.id, error = format!("{error:#}"), "a file could not be taken");
    ApiError::Internal { request_id: visit.request.id.to_string() }.into()
}

/// Reads the parts: the file goes to the visit's request, the others are answered.
async fn take(visit: &mut Visit, content_type: &str, body: Body) -> Result<BTreeMap<String, String>, CallError> {
    let boundary = multer::parse_boundary(content_type).map_err(unreadable)?;
    let mut parts = Multipart::new(body.into_data_stream(), boundary);
    let mut fields = BTreeMap::new();
    while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name != "File" {
            let mut text = Vec::new();
            while let Some(bytes) = part.chunk().await.map_err(unreadable)? {
                text.extend_from_slice(&bytes);
                if text.len() > LONGEST_PART {
                    return Err(unreadable(format!("{name:.40} is too long")));
                }
            }
            fields.insert(name, String::from_utf8(text).map_err(unreadable)?);
            continue;
        }
        let called = part.file_name().unwrap_or_default().to_owned();
        let mut upload = Upload::begin(&called).await.map_err(|error| broken(visit, &error))?;
        while let Some(bytes) = part.chunk().await.map_err(unreadable)? {
            if !upload.take(&bytes).await.map_err(|error| broken(visit, &error))? {
                return Err(too_long());
            }
        }
        visit.request.upload = upload.end().await.map_err(|error| broken(visit, &error))?;
    }
    Ok(fields)
}

async fn import(visit: &mut Visit, content_type: &str, body: Body) -> Result<serde_json::Value, CallError> {
    // Who may not import is told before a byte of the file is kept.
    if !visit.caller.is_signed_in() {
        return Err(ApiError::SignedOut.into());
    }
    let fields = take(visit, content_type, body).await?;
    let own = |name: &str| fields.get(name).filter(|text| !text.is_empty());
    visit.request.form_token = own(FormGuard::TOKEN).and_then(|token| Uuid::parse_str(token).ok());
    visit.request.expected_principal = Some(own(FormGuard::PRINCIPAL).cloned().unwrap_or_default());
    let operation = ImportCosts { content: None, title: None, dry_run: own("DryRun").is_some() };
    let answer = visit.cloud.call(&visit.caller, &visit.request, operation).await;
    visit.request.form_token = None;
    visit.request.upload = None;
    serde_json::to_value(answer?).map_err(|error| CallError::Transport(error.to_string()))
}

/// Takes the posted form; its answer is shown on the page itself.
pub(super) async fn submit(visit: &mut Visit, content_type: &str, body: Body) -> FormOutcome {
    let result = import(visit, content_type, body).await;
    FormOutcome { operation: IMPORT.to_owned(), result, ..FormOutcome::default() }
}
