//! The waist: check → authorise → run → trail → commit.

use std::sync::Arc;

use model::{ApiError, Guard};
use sqlx::{PgPool, Row as _};

use crate::{
    Caller, Execute, Identity, MasterKey, Request, Settings,
    audit::{self, Event},
    authorize,
    deed::{Answer, Deed, Facts},
    error::{Error, Result},
    execute::{Preparation, Prepared},
    gate::Gate,
    password::Hasher,
    seal::{Sealer, data_keys},
    tx::Tx,
};

/// The whole of what the product can do, over one database. Cheap to clone; any number of processes may share one
/// database.
#[derive(Clone)]
pub struct Cloud {
    inner: Arc<Inner>,
}

struct Inner {
    pool: PgPool,
    sealer: Sealer,
    hasher: Hasher,
    calculations: Gate,
    settings: Settings,
}

impl std::fmt::Debug for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cloud")
    }
}

impl Cloud {
    /// Opens a migrated database. Accounts of before accounts had data keys are given theirs.
    ///
    /// # Errors
    /// If the database's key canary was sealed under another master key: a server with the wrong key must not start.
    pub async fn open(pool: PgPool, key: &MasterKey, settings: Settings) -> anyhow::Result<Self> {
        let sealer = Sealer::new(key);
        sqlx::query("insert into installation (key_canary) values ($1) on conflict do nothing")
            .bind(sealer.canary())
            .execute(&pool)
            .await?;
        let canary: Vec<u8> = sqlx::query("select key_canary from installation").fetch_one(&pool).await?.try_get(0)?;
        anyhow::ensure!(
            sealer.knows(&canary) && !crate::reseal::holds_others(&pool, &sealer).await?,
            "this database was written under another master key; set UNDERSTUDY_MASTER_KEY to that one, or name it in UNDERSTUDY_FORMER_MASTER_KEYS until `understudy master-key rotate` has finished"
        );
        data_keys::make_missing(&pool, &sealer).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                pool,
                sealer,
                hasher: Hasher::default(),
                calculations: Gate::of_half_the_cores(),
                settings,
            }),
        })
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.inner.pool
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.inner.sealer
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.inner.hasher
    }

    /// The gate to what policies are calculated to mean, where a stranger's policy can keep a core busy.
    pub(crate) fn calculations(&self) -> &Gate {
        &self.inner.calculations
    }

    /// The installation's settings.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// How many argon2 computations this process has run: tests compare sign-in's outcomes by it.
    pub fn hashes_run(&self) -> u64 {
        self.inner.hasher.runs()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// What the database or the pool said.
    pub async fn ping(&self) -> anyhow::Result<()> {
        sqlx::query("select 1").execute(self.pool()).await?;
        Ok(())
    }

    /// Runs one operation for one caller. There is no other way to run one.
    ///
    /// It runs in a task of its own: a client that goes away can drop neither the effect nor its trail row.
    ///
    /// # Errors
    /// Everything an operation may answer besides its output; see [`ApiError`].
    pub async fn call<O: Execute>(
        &self,
        caller: &Caller,
        request: &Request,
        operation: O,
    ) -> std::result::Result<O::Output, ApiError> {
        let answer = self.spawn(caller.clone(), request.clone(), Box::new(operation)).await?;
        Ok(*answer.downcast().expect("a deed answers its operation's output"))
    }

    async fn spawn(
        &self,
        caller: Caller,
        request: Request,
        deed: Box<dyn Deed>,
    ) -> std::result::Result<Answer, ApiError> {
        let (cloud, id) = (self.clone(), request.id);
        let task = tokio::spawn(async move { cloud.run(caller, request, deed).await });
        task.await.unwrap_or_else(|panic| {
            tracing::error!(request_id = %id, %panic, "an operation panicked");
            Err(ApiError::Internal { request_id: id.to_string() })
        })
    }

    async fn run(self, caller: Caller, request: Request, deed: Box<dyn Deed>) -> std::result::Result<Answer, ApiError> {
        let facts = deed.facts();
        let mut event = Event::of(&facts, deed.input());
        let mut prepared = Prepared::default();
        let admitted = admit(&facts, &caller, &request);
        let caller = if facts.anonymous { Caller::anonymous() } else { caller };
        let outcome = match admitted {
            Ok(()) => self.attempt(&caller, &request, deed, &facts, &mut event, &mut prepared).await,
            Err(refused) => Err(refused),
        };
        match outcome {
            Ok(output) => Ok(output),
            Err(error) => {
                let error = error.into_public(request.id);
                audit::failed(&self, &caller, &request, &event, prepared, &error).await;
                Err(error)
            }
        }
    }

    async fn attempt(
        &self,
        caller: &Caller,
        request: &Request,
        deed: Box<dyn Deed>,
        facts: &Facts,
        event: &mut Event,
        found: &mut Prepared,
    ) -> Result<Answer> {
        deed.faults()?;
        if facts.prepares {
            if !matches!(facts.guard, Guard::Public(_)) {
                let mut tx = Tx::begin(self, caller, request, Prepared::default(), true).await?;
                let target = deed.targeted(&mut tx).await?;
                event.stands_for(target.action);
                authorize::ask(&mut tx, facts, &target).await?;
            }
            let mut preparation = Preparation { cloud: self, caller, request, prepared: Prepared::default() };
            let outcome = deed.prepared(&mut preparation).await;
            *found = preparation.prepared;
            outcome?;
        }
        // What was prepared goes with the transaction; a refusal's trail needs to know whose it was.
        let (account, tried) = (found.account.clone(), found.tried.clone());
        let prepared = std::mem::replace(found, Prepared { account, tried, ..Prepared::default() });
        let mut tx = Tx::begin(self, caller, request, prepared, facts.access.is_read()).await?;
        let target = deed.targeted(&mut tx).await?;
        event.stands_for(target.action);
        authorize::ask(&mut tx, facts, &target).await?;
        if let Some(kept) = claim_form(&mut tx).await? {
            return deed.again(kept);
        }
        let (answer, output) = deed.done(&mut tx).await?;
        let shown = audit::masked(output, facts.hidden);
        if !facts.silent {
            audit::succeeded(&mut tx, event, &target, &shown).await?;
        }
        keep_answer(&mut tx, &shown).await?;
        tx.conn.commit().await?;
        Ok(answer)
    }
}

/// What needs no database: is this caller in a state to call this at all?
fn admit(facts: &Facts, caller: &Caller, request: &Request) -> Result<()> {
    if let Some(expected) = &request.expected_principal
        && *expected != caller.principal_id()
    {
        return Err(ApiError::OtherPrincipal.into());
    }
    if let Guard::Public(_) = facts.guard {
        return Ok(());
    }
    let refuse = |message: &str| -> Result<()> { Err(ApiError::Forbidden { message: message.to_owned() }.into()) };
    match (&caller.identity, facts.guard) {
        (Identity::Anonymous, _) if request.source == crate::Source::Api => {
            return Err(ApiError::MissingAuthenticationToken.into());
        }
        (Identity::Anonymous, _) => return Err(ApiError::SignedOut.into()),
        (Identity::Operator, Guard::Operator) => return Ok(()),
        (_, Guard::Operator) => return refuse("Only the operator of this installation may do this."),
        (Identity::Operator, _) => return refuse("The operator has no principal in an account. Sign in to one."),
        _ => {}
    }
    if caller.closed {
        return refuse("This account is closed.");
    }
    if caller.must_change_password && !matches!(facts.action.name, "ChangePassword" | "GetAccountPasswordPolicy") {
        return refuse("You must change your password to continue.");
    }
    if caller.sign_up_pending && facts.action.service != "account" {
        return refuse("Finish signing up: this account is not active yet.");
    }
    Ok(())
}

/// Claims the form's token for this transaction. A repeat waits for the first and gets its answer, secrets masked.
async fn claim_form(tx: &mut Tx) -> Result<Option<serde_json::Value>> {
    let (Some(token), true) = (tx.request.form_token, tx.caller.is_signed_in()) else { return Ok(None) };
    let (account, principal) = (tx.account.clone(), tx.principal.id.clone());
    let claimed = sqlx::query!(
        "insert into form_token (account_id, principal_id, token) values ($1, $2, $3) on conflict do nothing",
        account.as_str(),
        principal,
        token
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if claimed == 1 {
        return Ok(None);
    }
    let answer = sqlx::query_scalar!(
        "select answer from form_token where account_id = $1 and principal_id = $2 and token = $3",
        account.as_str(),
        principal,
        token
    )
    .fetch_optional(tx.conn())
    .await?
    .flatten();
    match answer {
        Some(answer) => Ok(Some(answer)),
        None => Err(Error::Api(ApiError::InvalidInput { message: "This form was already sent.".into() })),
    }
}

async fn keep_answer(tx: &mut Tx, shown: &serde_json::Value) -> Result<()> {
    let (Some(token), true) = (tx.request.form_token, tx.caller.is_signed_in()) else { return Ok(()) };
    let (account, principal) = (tx.account.clone(), tx.principal.id.clone());
    sqlx::query!(
        "update form_token set answer = $4 where account_id = $1 and principal_id = $2 and token = $3",
        account.as_str(),
        principal,
        token,
        shown
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
