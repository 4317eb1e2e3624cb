//! The built-in inbox. A mailbox belongs to an account, not to an address: it opens to the account's root, to its
//! key, to the browser of a sign-up still going on, and to the operator.

use model::{
    ApiError, Kind, Timestamp,
    console::{
        CreateMailboxLink, CreateMailboxLinkOutput, GetMail, GetMailOutput, ListMail, ListMailOutput, MailBody,
        MailSummary, OpenMailbox,
    },
    page,
};
use uuid::Uuid;

use crate::{
    Identity,
    error::{Error, Result},
    execute::{Execute, Target},
    marker::{self, Position},
    outbox::open_body,
    token,
    tx::Tx,
};

/// Which mails a caller may read.
enum Mailbox {
    /// Every account's.
    Operator,
    /// An account's.
    Account(String),
    /// A sign-up's.
    SignUp(Uuid),
    /// None.
    None,
}

impl Mailbox {
    /// The mailbox of this caller in this browser: the one that it opened last.
    async fn of(tx: &mut Tx) -> Result<Self> {
        if tx.caller().identity() == &Identity::Operator {
            return Ok(Self::Operator);
        }
        if let Some(session) = tx.request.session.clone() {
            let row = sqlx::query!(
                "select mailbox_account_id, sign_up_id from session where id_hash = $1 and expires_at > now()",
                session.as_bytes()
            )
            .fetch_optional(tx.conn())
            .await?;
            match row.map(|row| (row.mailbox_account_id, row.sign_up_id)) {
                Some((Some(account), _)) => return Ok(Self::Account(account)),
                Some((None, Some(sign_up))) => return Ok(Self::SignUp(sign_up)),
                _ => {}
            }
        }
        Ok(match tx.caller().identity() {
            Identity::Root => Self::Account(tx.account().0.clone()),
            _ => Self::None,
        })
    }

    fn name(&self) -> &str {
        match self {
            Self::Operator => "operator",
            Self::Account(account) => account,
            Self::SignUp(_) => "sign-up",
            Self::None => "none",
        }
    }

    /// The query's three questions: everything? which account? which sign-up?
    fn filter(&self) -> (bool, Option<&str>, Option<Uuid>) {
        match self {
            Self::Operator => (true, None, None),
            Self::Account(account) => (false, Some(account), None),
            Self::SignUp(id) => (false, None, Some(*id)),
            Self::None => (false, None, None),
        }
    }
}

struct MailRow {
    mail_id: Uuid,
    account_id: Option<String>,
    channel: String,
    recipient: String,
    subject: String,
    state: String,
    created_at: i64,
}

impl MailRow {
    fn summary(self) -> MailSummary {
        MailSummary {
            mail_id: self.mail_id.to_string(),
            sent: Timestamp(self.created_at),
            to: self.recipient,
            subject: self.subject,
            channel: self.channel,
            state: self.state,
            account_id: self.account_id,
        }
    }
}

impl Execute for ListMail {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<ListMailOutput> {
        let (before, before_id) = marker::behind(self.marker.as_deref())?;
        let mailbox = Mailbox::of(tx).await?;
        let (all, account, sign_up) = mailbox.filter();
        let limit = page::limit(self.max_items);
        // A code that left by SMTP proves an address: who only has the browser must not see it.
        let rows = sqlx::query_as!(
            MailRow,
            "select mail_id, account_id, channel, recipient, subject, state, created_at from mail
             where ($1 or ((account_id = $2 or sign_up_id = $3) and (not secret or state in ('inbox', 'kept'))))
               and (created_at, mail_id) < ($4, $5)
             order by created_at desc, mail_id desc limit $6",
            all,
            account,
            sign_up,
            before,
            before_id,
            limit + 1
        )
        .fetch_all(tx.conn())
        .await?;
        let (rows, is_truncated, marker) =
            marker::page(rows, limit, |row| Position { name: row.created_at.to_string(), id: row.mail_id.to_string() });
        Ok(ListMailOutput {
            mails: rows.into_iter().map(MailRow::summary).collect(),
            mailbox: mailbox.name().to_owned(),
            is_truncated,
            marker,
        })
    }
}

impl Execute for GetMail {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<GetMailOutput> {
        let missing = || Error::Api(ApiError::missing(Kind::Mail, self.mail_id.clone()));
        let id: Uuid = self.mail_id.parse().map_err(|_| missing())?;
        let mailbox = Mailbox::of(tx).await?;
        let (all, account, sign_up) = mailbox.filter();
        let row = sqlx::query!(
            r#"select mail_id, account_id, channel, sender, recipient, subject, state, created_at, body_sealed,
                      (select d.key_sealed from data_key d where d.account_id = mail.account_id) as "data_key?"
             from mail where mail_id = $4
               and ($1 or ((account_id = $2 or sign_up_id = $3) and (not secret or state in ('inbox', 'kept'))))"#,
            all,
            account,
            sign_up,
            id
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(missing)?;
        let body = open_body(
            tx.cloud.sealer(),
            row.account_id.as_deref(),
            row.data_key.as_deref(),
            row.mail_id,
            &row.body_sealed,
        )?;
        let head = MailRow {
            mail_id: row.mail_id,
            account_id: row.account_id,
            channel: row.channel,
            recipient: row.recipient,
            subject: row.subject,
            state: row.state,
            created_at: row.created_at,
        };
        Ok(GetMailOutput {
            mail: MailBody {
                summary: head.summary(),
                from: row.sender,
                text: body.text.into(),
                html: body.html.map(Into::into),
            },
        })
    }
}

impl Execute for OpenMailbox {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let session =
            tx.request.session.clone().ok_or_else(|| anyhow::anyhow!("a mailbox opened without a session"))?;
        let hash = token::hash(self.key.expose());
        let account =
            sqlx::query_scalar!("select account_id from account where mailbox_key_hash = $1", hash.as_slice())
                .fetch_optional(tx.conn())
                .await?
                .ok_or_else(|| ApiError::InvalidCode {
                    message: "This link opens no mailbox: it is incomplete, or a newer one was made.".into(),
                })?;
        let opened = sqlx::query!(
            "update session set mailbox_account_id = $2 where id_hash = $1 and expires_at > now()",
            session.as_bytes(),
            account
        )
        .execute(tx.conn())
        .await?;
        if opened.rows_affected() == 1 { Ok(()) } else { Err(ApiError::SignedOut.into()) }
    }
}

impl Execute for CreateMailboxLink {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<CreateMailboxLinkOutput> {
        let (key, hash) = token::new(tx);
        let account = tx.account().clone();
        sqlx::query!(
            "update account set mailbox_key_hash = $2 where account_id = $1",
            account.as_str(),
            hash.as_slice()
        )
        .execute(tx.conn())
        .await?;
        Ok(CreateMailboxLinkOutput { mailbox_url: mailbox_url(tx, &key).into() })
    }
}

/// The link that opens a mailbox.
pub(crate) fn mailbox_url(tx: &Tx, key: &str) -> String {
    format!("{}/inbox?key={key}", tx.cloud.settings().public_url)
}
