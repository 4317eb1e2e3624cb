//! What the pages of reports ask beyond AWS's operations.

use model::{ApiError, console::RegenerateCredentialReport};

use crate::{
    error::Result,
    execute::{Execute, Target},
    iam::credential_report,
    tx::Tx,
};

impl Execute for RegenerateCredentialReport {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything().asking("iam:GenerateCredentialReport"))
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        if !credential_report::claim(tx).await? {
            return Err(ApiError::ReportInProgress.into());
        }
        credential_report::make(tx).await
    }
}
