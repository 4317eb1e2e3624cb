//! Who calls: made only here, from a session, from a signature that held, or by the host itself.

use model::{ApiError, Secret, id::AccountId};

use crate::{
    Cloud, SessionHash,
    error::{Error, Result},
    iam::access_keys::LAST_USED_RESOLUTION_MS,
    seal::Row,
    sessions::LAST_USED_RESOLUTION,
};

/// The account of calls that belong to no customer: the operator's. It is never given out.
pub(crate) const HOUSE: &str = "000000000000";

/// Which kind of principal calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// Nobody yet.
    Anonymous,
    /// An account's root user.
    Root,
    /// An IAM user, by unique id.
    User(String),
    /// Whoever holds the host.
    Operator,
    /// A worker of ours, by service name.
    Service(&'static str),
}

/// Who calls an operation.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(crate) identity: Identity,
    pub(crate) account: Option<AccountId>,
    pub(crate) access_key_id: Option<String>,
    pub(crate) key_use_is_due: bool,
    pub(crate) session: Option<SessionHash>,
    pub(crate) session_use_is_due: bool,
    pub(crate) signed_in_at: Option<i64>,
    /// When a code of an MFA device was accepted, if one was.
    pub(crate) mfa_at: Option<i64>,
    /// Whether a password was right in this session and the code is still to come: the caller is nobody yet.
    pub(crate) mfa_pending: bool,
    pub(crate) must_change_password: bool,
    pub(crate) sign_up_pending: bool,
    pub(crate) closed: bool,
}

impl Caller {
    /// Somebody without a principal: before sign-in.
    pub fn anonymous() -> Self {
        Self {
            identity: Identity::Anonymous,
            account: None,
            access_key_id: None,
            key_use_is_due: false,
            session: None,
            session_use_is_due: false,
            signed_in_at: None,
            mfa_at: None,
            mfa_pending: false,
            must_change_password: false,
            sign_up_pending: false,
            closed: false,
        }
    }

    /// The holder of the host. The command line alone calls this; a browser becomes operator through its one-time link.
    pub fn operator() -> Self {
        Self { identity: Identity::Operator, account: Some(AccountId(HOUSE.into())), ..Self::anonymous() }
    }

    /// Whether [`Cloud::record_key_use`] has something to note: few requests of a busy key do.
    pub fn key_use_is_due(&self) -> bool {
        self.key_use_is_due
    }

    /// Whether [`Cloud::record_session_use`] has something to note: one request a minute does.
    pub fn session_use_is_due(&self) -> bool {
        self.session_use_is_due
    }

    /// Whether the caller came with a session that is alive, whoever it belongs to.
    pub fn has_session(&self) -> bool {
        self.session.is_some()
    }

    /// The kind of principal.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Whether there is a principal that could be asked for its policies.
    pub fn is_signed_in(&self) -> bool {
        matches!(self.identity, Identity::Root | Identity::User(_))
    }

    /// The caller's account, if it has one.
    pub fn account(&self) -> Option<&AccountId> {
        self.account.as_ref()
    }

    /// The id that forms remember who they were shown to: the account id for root, `AIDA…` for a user.
    pub fn principal_id(&self) -> String {
        match &self.identity {
            Identity::User(id) => id.clone(),
            Identity::Root => self.account.as_ref().map(|a| a.0.clone()).unwrap_or_default(),
            Identity::Anonymous => String::new(),
            Identity::Operator => "operator".into(),
            Identity::Service(name) => (*name).into(),
        }
    }

    /// Whether this session's password was right and nothing but a code of an MFA device is allowed now.
    pub fn mfa_pending(&self) -> bool {
        self.mfa_pending
    }

    /// Whether nothing but a new password is allowed now.
    pub fn must_change_password(&self) -> bool {
        self.must_change_password
    }

    /// Whether the account's sign-up is still to be finished.
    pub fn sign_up_pending(&self) -> bool {
        self.sign_up_pending
    }
}

impl Cloud {
    /// The caller that a browser's session belongs to; anonymous if it is unknown, ended or bound to nobody.
    ///
    /// # Errors
    /// [`ApiError::Unavailable`] if the database cannot be asked: a page must not look signed out for that.
    pub async fn caller_of_session(&self, session: Option<&SessionHash>) -> std::result::Result<Caller, ApiError> {
        let Some(hash) = session else { return Ok(Caller::anonymous()) };
        let row = sqlx::query!(
            r#"select s.account_id, s.user_id, s.signed_in_at, s.must_change_password, s.mfa_pending, s.mfa_at,
                      s.operator_until > now() as operator,
                      coalesce((extract(epoch from clock_timestamp()) * 1000)::bigint - s.last_used_at >= $2, true)
                          as "use_is_due!",
                      a.status as "status?"
               from session s left join account a using (account_id)
               where s.id_hash = $1 and s.expires_at > now()"#,
            hash.as_bytes(),
            LAST_USED_RESOLUTION
        )
        .fetch_optional(self.pool())
        .await
        .map_err(|error| Error::from(error).into_public(uuid::Uuid::new_v4()))?;
        let Some(row) = row else { return Ok(Caller::anonymous()) };
        let anonymous = Caller { session: Some(hash.clone()), ..Caller::anonymous() };
        if row.mfa_pending {
            return Ok(Caller { mfa_pending: true, ..anonymous });
        }
        let Some(account) = row.account_id else {
            return Ok(if row.operator == Some(true) {
                Caller { session: Some(hash.clone()), ..Caller::operator() }
            } else {
                anonymous
            });
        };
        Ok(Caller {
            identity: row.user_id.map_or(Identity::Root, Identity::User),
            account: Some(AccountId(account)),
            session_use_is_due: row.use_is_due,
            signed_in_at: row.signed_in_at,
            mfa_at: row.mfa_at,
            must_change_password: row.must_change_password,
            sign_up_pending: row.status.as_deref() == Some("PENDING"),
            closed: row.status.as_deref() == Some("CLOSED"),
            ..anonymous
        })
    }

    /// The caller that an access key belongs to, if `verify` accepts the key's secret. Only a signature that holds
    /// makes a caller.
    ///
    /// # Errors
    /// [`ApiError::InvalidClientTokenId`] for an unknown or inactive key, else what `verify` says.
    pub async fn caller_of_signature(
        &self,
        access_key_id: &str,
        verify: impl FnOnce(&str) -> std::result::Result<(), ApiError> + Send,
    ) -> std::result::Result<Caller, ApiError> {
        self.signature(access_key_id, verify).await.map_err(|error| error.into_public(uuid::Uuid::new_v4()))
    }

    async fn signature(
        &self,
        access_key_id: &str,
        verify: impl FnOnce(&str) -> std::result::Result<(), ApiError> + Send,
    ) -> Result<Caller> {
        let row = sqlx::query!(
            r#"select k.account_id, k.user_id, k.status, k.secret_sealed, d.key_sealed as "data_key?",
                      a.status as account_status,
                      (k.last_used_at is null or abs((extract(epoch from clock_timestamp()) * 1000)::bigint
                           + a.clock_offset_ms - k.last_used_at) >= $2) as "use_is_due!"
               from access_key k join account a using (account_id) left join data_key d using (account_id)
               where k.access_key_id = $1"#,
            access_key_id,
            LAST_USED_RESOLUTION_MS
        )
        .fetch_optional(self.pool())
        .await?;
        let row = row.filter(|row| row.status == "Active").ok_or(ApiError::InvalidClientTokenId)?;
        let place = Row { table: "access_key", account: &row.account_id, row: access_key_id };
        let secret = self.sealer().open_for(&place, row.data_key.as_deref(), &row.secret_sealed)?;
        let secret = String::from_utf8(secret).map_err(anyhow::Error::from)?;
        verify(Secret::new(secret).expose())?;
        Ok(Caller {
            identity: row.user_id.map_or(Identity::Root, Identity::User),
            account: Some(AccountId(row.account_id)),
            access_key_id: Some(access_key_id.to_owned()),
            key_use_is_due: row.use_is_due,
            sign_up_pending: row.account_status == "PENDING",
            closed: row.account_status == "CLOSED",
            ..Caller::anonymous()
        })
    }
}
