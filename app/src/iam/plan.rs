//! Running several operations in order for one form, wherever it was sent from.

use crate::{CallError, iam::calls::Remote};

/// Whoever runs the operations of a plan one by one: islands run them by server functions, the server runs those of
/// a plain form itself.
pub trait Runner: Sync {
    /// Runs one operation.
    fn run<O: Remote>(&self, operation: O) -> impl Future<Output = Result<O::Output, CallError>> + Send;
}

/// Runs a plan's operations from an island.
#[derive(Clone, Copy, Debug)]
pub struct FromBrowser;

impl Runner for FromBrowser {
    fn run<O: Remote>(&self, operation: O) -> impl Future<Output = Result<O::Output, CallError>> + Send {
        operation.remote()
    }
}
