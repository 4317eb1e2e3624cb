//! What whoever holds the host may do: the command line's words, and the operator's link for the browser.

mod outbox;

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Guard, Operation, Secret, Timestamp, name, page};
pub use outbox::{
    DiscardMail, ListOutbox, ListOutboxOutput, OutboxMail, ResendDeadLetters, ResendDeadLettersOutput, ResendMail,
};

/// Makes an active account without a sign-up, for scripts, tests and rosters.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccount {
    /// The root user's address.
    #[serde(default)]
    pub email: String,
    /// The account's name.
    #[serde(default)]
    pub account_name: String,
    /// The root user's password; without one root signs in only after a reset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// Whether to make an access key for root.
    #[serde(default)]
    pub root_access_key: bool,
}

/// What CreateAccount answers; absent members are left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccountOutput {
    /// The account.
    pub account_id: String,
    /// The link that opens its mailbox.
    pub mailbox_url: Secret,
    /// The root key's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_key_id: Option<String>,
    /// The root key's secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_access_key: Option<Secret>,
}

impl Operation for CreateAccount {
    const ACTION: Action = Action::new("operator", "CreateAccount");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    const HIDDEN: &'static [&'static str] = &["Password", "SecretAccessKey", "MailboxUrl"];
    type Output = CreateAccountOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("email", &self.email, &name::EMAIL);
        fields.rule("accountName", &self.account_name, &name::ACCOUNT_NAME);
        if let Some(password) = &self.password {
            fields.secret_length("password", password.expose(), 8, 128);
        }
    }

    fn example() -> Self {
        Self {
            email: "operator-made@example.com".into(),
            account_name: "Example".into(),
            password: Some("Canary-Account-1!".into()),
            root_access_key: true,
        }
    }
}

/// One account of the installation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccountSummary {
    /// Its id.
    pub account_id: String,
    /// Its name.
    pub account_name: String,
    /// The root user's address.
    pub email: String,
    /// `PENDING`, `ACTIVE` or `CLOSED`.
    pub status: String,
    /// When it was made.
    pub create_date: Timestamp,
}

/// Lists the installation's accounts in the order of their ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccounts {
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// See [`page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<i64>,
}

/// What ListAccounts answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccountsOutput {
    /// The page.
    pub accounts: Vec<AccountSummary>,
    /// Whether there is more.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

impl Operation for ListAccounts {
    const ACTION: Action = Action::new("operator", "ListAccounts");
    const ACCESS: Access = Access::List;
    const GUARD: Guard = Guard::Operator;
    type Output = ListAccountsOutput;

    fn check(&self, fields: &mut Fields) {
        page::check(fields, self.marker.as_deref(), self.max_items);
    }

    fn example() -> Self {
        Self::default()
    }
}

/// Sets a root user's password anew and ends their sessions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResetRootPassword {
    /// Which account.
    #[serde(default)]
    pub account_id: String,
    /// The new password.
    #[serde(default)]
    pub password: Secret,
}

impl Operation for ResetRootPassword {
    const ACTION: Action = Action::new("operator", "ResetRootPassword");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    const HIDDEN: &'static [&'static str] = &["Password"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
        fields.secret_length("password", self.password.expose(), 8, 128);
    }

    fn example() -> Self {
        Self { account_id: "000000000000".into(), password: "Canary-ResetRoot-1!".into() }
    }
}

/// Takes all MFA devices from a root user who has lost them, and ends the root user's sessions. The owner is told by mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResetRootMfa {
    /// Which account.
    #[serde(default)]
    pub account_id: String,
}

/// What ResetRootMfa answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResetRootMfaOutput {
    /// The devices that were taken away.
    pub serial_numbers: Vec<String>,
}

impl Operation for ResetRootMfa {
    const ACTION: Action = Action::new("operator", "ResetRootMfa");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = ResetRootMfaOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
    }

    fn example() -> Self {
        Self { account_id: "000000000000".into() }
    }
}

/// Evaluates an account's budgets because costs of a day to come are due now: the servers call it, nobody needs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluateCosts {
    /// Which account.
    #[serde(default)]
    pub account_id: String,
}

/// What EvaluateCosts answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluateCostsOutput {
    /// How many budget alerts it set off.
    pub alerts: i64,
}

impl Operation for EvaluateCosts {
    const ACTION: Action = Action::new("operator", "EvaluateCosts");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = EvaluateCostsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
    }

    fn example() -> Self {
        Self { account_id: "000000000000".into() }
    }
}

/// Makes a hardware TOTP token known, so that one principal of one account can be given it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ImportHardwareToken {
    /// As it is printed on the token.
    #[serde(default)]
    pub serial_number: String,
    /// Its seed, in base32 or as hexadecimal digits: 16 to 64 bytes.
    #[serde(default)]
    pub seed: Secret,
}

impl Operation for ImportHardwareToken {
    const ACTION: Action = Action::new("operator", "ImportHardwareToken");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    const HIDDEN: &'static [&'static str] = &["Seed"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("serialNumber", &self.serial_number, &name::TOKEN_SERIAL);
        fields.secret_length("seed", self.seed.expose(), 16, 256);
    }

    fn example() -> Self {
        Self { serial_number: "EXAMPLE-0001".into(), seed: "Canary-Seed-0001!".into() }
    }
}

/// Deletes an account with all it holds, its mails and its trail too. Nothing brings it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteAccount {
    /// Which account.
    #[serde(default)]
    pub account_id: String,
}

impl Operation for DeleteAccount {
    const ACTION: Action = Action::new("operator", "DeleteAccount");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
    }

    fn example() -> Self {
        Self { account_id: "000000000000".into() }
    }
}

/// Makes a one-time link that makes a browser the operator's, good for fifteen minutes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateOperatorLink {}

/// What CreateOperatorLink answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateOperatorLinkOutput {
    /// The link.
    pub url: Secret,
}

impl Operation for CreateOperatorLink {
    const ACTION: Action = Action::new("operator", "CreateOperatorLink");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    const HIDDEN: &'static [&'static str] = &["Url"];
    type Output = CreateOperatorLinkOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Uses the one-time link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OpenOperatorLink {
    /// The token out of the link.
    #[serde(default)]
    pub token: Secret,
}

impl Operation for OpenOperatorLink {
    const ACTION: Action = Action::new("operator", "OpenOperatorLink");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public("the link itself is the proof");
    const HIDDEN: &'static [&'static str] = &["Token"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("token", self.token.expose(), 1, 128);
    }

    fn example() -> Self {
        Self { token: "Canary-OperatorToken-1".into() }
    }
}

/// Evaluates an account's alarms: what a worker of the installation does each minute.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluateAlarms {
    /// Whose.
    pub account_id: String,
}

/// What EvaluateAlarms answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct EvaluateAlarmsOutput {
    /// How many alarms changed their state.
    pub changed: i64,
}

impl Operation for EvaluateAlarms {
    const ACTION: Action = Action::new("operator", "EvaluateAlarms");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Operator;
    type Output = EvaluateAlarmsOutput;

    fn check(&self, fields: &mut Fields) {
        fields.rule("accountId", &self.account_id, &name::ACCOUNT_ID);
    }

    fn example() -> Self {
        Self { account_id: "111122223333".into() }
    }
}
