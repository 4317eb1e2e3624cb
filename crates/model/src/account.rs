//! Signing up for an account, in the five steps of the real form (Lab 1). Nothing real is ever needed.

mod root;

use serde::{Deserialize, Serialize};

use crate::{Access, Action, ApiError, Fields, Guard, Operation, Secret, name};
pub use root::{AcceptPrimaryEmailUpdate, ChangeRootPassword, PutAccountName, StartPrimaryEmailUpdate};

const SIGN_UP: &str = "whoever signs up has no account yet; the session alone knows the sign-up";
const STEP: &str = "a step of the sign-up, done as the new account's root";

/// The cards of the simulation, spaces left out: published test numbers that no bank issues.
pub const TEST_CARDS: [&str; 4] = ["4111111111111111", "4242424242424242", "5555555555554444", "378282246310005"];

/// Where a sign-up stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignUpStep {
    /// Nothing yet: address and account name.
    #[default]
    Start,
    /// The code from the mail is awaited.
    VerifyEmail,
    /// The root user's password (step 1 of 5).
    Password,
    /// Contact information (step 2 of 5).
    Contact,
    /// The simulated card (step 3 of 5).
    Payment,
    /// Where to send the simulated phone's code (step 4 of 5).
    Phone,
    /// The phone's code is awaited.
    VerifyPhone,
    /// Plan and support (step 5 of 5).
    Plan,
    /// Done.
    Complete,
}

/// Begins a sign-up and mails a six-digit code to the address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartSignUp {
    /// The root user's address; an invented one will do.
    #[serde(default)]
    pub email: String,
    /// The account's name.
    #[serde(default)]
    pub account_name: String,
    /// The class code where the installation asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class_code: Option<String>,
}

impl Operation for StartSignUp {
    const ACTION: Action = Action::new("account", "StartSignUp");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(SIGN_UP);
    const HIDDEN: &'static [&'static str] = &["ClassCode"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.rule("email", &self.email, &name::EMAIL);
        fields.rule("accountName", &self.account_name, &name::ACCOUNT_NAME);
    }

    fn example() -> Self {
        Self { email: "new@example.com".into(), account_name: "Example".into(), class_code: None }
    }
}

/// Mails a new code; the one before no longer counts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ResendCode {}

impl Operation for ResendCode {
    const ACTION: Action = Action::new("account", "ResendCode");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(SIGN_UP);
    type Output = ();

    fn example() -> Self {
        Self {}
    }
}

/// Proves that the mail arrived.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyEmail {
    /// Six digits, good for ten minutes.
    #[serde(default)]
    pub code: Secret,
}

impl Operation for VerifyEmail {
    const ACTION: Action = Action::new("account", "VerifyEmail");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(SIGN_UP);
    const HIDDEN: &'static [&'static str] = &["Code"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("code", self.code.expose(), 1, 16);
    }

    fn example() -> Self {
        Self { code: "Canary-Code-1".into() }
    }
}

/// Sets the root password: the account comes into being, its sign-up pending, and the session is its root's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetRootPassword {
    /// 8 to 128 characters of three classes, not the address or the account's name.
    #[serde(default)]
    pub password: Secret,
    /// The same again.
    #[serde(default)]
    pub confirm_password: Secret,
}

/// What SetRootPassword answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetRootPasswordOutput {
    /// The new account.
    pub account_id: String,
}

impl Operation for SetRootPassword {
    const ACTION: Action = Action::new("account", "SetRootPassword");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::Public(SIGN_UP);
    const HIDDEN: &'static [&'static str] = &["Password", "ConfirmPassword"];
    type Output = SetRootPasswordOutput;

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("password", self.password.expose(), 1, 128);
        if self.password.expose() != self.confirm_password.expose() {
            fields.fault("confirmPassword", None, "Passwords do not match");
        }
    }

    fn example() -> Self {
        Self { password: "Canary-RootPassword-1!".into(), confirm_password: "Canary-RootPassword-1!".into() }
    }
}

/// An invented person's or business's contact data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutContactInformation {
    /// `Professional` or `Personal`.
    #[serde(default)]
    pub account_type: String,
    /// Full name.
    #[serde(default)]
    pub full_name: String,
    /// Phone number with country code.
    #[serde(default)]
    pub phone_number: String,
    /// Country or region.
    #[serde(default)]
    pub country: String,
    /// Street address.
    #[serde(default)]
    pub address: String,
    /// City.
    #[serde(default)]
    pub city: String,
    /// State, province or region.
    #[serde(default)]
    pub state: String,
    /// Postal code.
    #[serde(default)]
    pub postal_code: String,
    /// Whether the box of the terms of use is checked.
    #[serde(default)]
    pub agreed: bool,
}

impl Operation for PutContactInformation {
    const ACTION: Action = Action::new("account", "PutContactInformation");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(STEP);
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.one_of("accountType", &self.account_type, &["Professional", "Personal"]);
        for (field, text) in [
            ("fullName", &self.full_name),
            ("phoneNumber", &self.phone_number),
            ("country", &self.country),
            ("address", &self.address),
            ("city", &self.city),
            ("state", &self.state),
            ("postalCode", &self.postal_code),
        ] {
            fields.rule(field, text, &name::LINE);
        }
        if !self.agreed {
            fields.fault("agreed", None, "You must agree to the terms to continue");
        }
    }

    fn example() -> Self {
        Self {
            account_type: "Personal".into(),
            full_name: "Robin Example".into(),
            phone_number: "+1 555 0100".into(),
            country: "United States".into(),
            address: "1 Sample Street".into(),
            city: "Springfield".into(),
            state: "OR".into(),
            postal_code: "97477".into(),
            agreed: true,
        }
    }
}

/// Chooses a test card. A number that is not one of [`TEST_CARDS`] is refused unseen: neither echoed, logged nor kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutPaymentMethod {
    /// One of the test cards, spaces and hyphens allowed.
    #[serde(default)]
    pub test_card: Secret,
    /// `MM/YYYY`.
    #[serde(default)]
    pub expiration: String,
    /// The invented name on the card.
    #[serde(default)]
    pub holder: String,
}

impl PutPaymentMethod {
    /// The card's digits if it is a test card.
    pub fn digits(&self) -> Option<&'static str> {
        let plain: String = self.test_card.expose().chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        TEST_CARDS.into_iter().find(|card| *card == plain)
    }
}

impl Operation for PutPaymentMethod {
    const ACTION: Action = Action::new("account", "PutPaymentMethod");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(STEP);
    /// All of the form: a real number typed into the wrong field must not reach the trail either.
    const HIDDEN: &'static [&'static str] = &["TestCard", "Expiration", "Holder"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        if self.digits().is_none() {
            fields.fault("testCard", None, "Choose one of the test cards. Other numbers are refused and not stored: never type a real card number here");
        }
        let parts =
            self.expiration.split_once('/').and_then(|(m, y)| Some((m.parse::<u8>().ok()?, y.parse::<u16>().ok()?)));
        if !matches!(parts, Some((1..=12, 2000..=2099))) {
            fields.fault("expiration", None, "Enter a month and a year such as 12/2030");
        }
        if self.holder.chars().any(char::is_numeric) {
            fields.fault("holder", None, "Enter an invented name without digits");
        } else {
            fields.rule("holder", &self.holder, &name::LINE);
        }
    }

    fn example() -> Self {
        Self {
            test_card: "4111 1111 1111 1111".into(),
            expiration: "12/2030".into(),
            holder: "Robin Cardholder".into(),
        }
    }
}

/// Sends the simulated phone a four-digit code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SendPhoneCode {
    /// `SMS` or `Voice`.
    #[serde(default)]
    pub method: String,
    /// An invented number; nothing is ever dialled.
    #[serde(default)]
    pub phone_number: String,
}

impl Operation for SendPhoneCode {
    const ACTION: Action = Action::new("account", "SendPhoneCode");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(STEP);
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.one_of("method", &self.method, &["SMS", "Voice"]);
        let digits = self.phone_number.chars().filter(char::is_ascii_digit).count();
        if !(4..=20).contains(&digits) || !self.phone_number.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c))
        {
            fields.fault("phoneNumber", Some(&self.phone_number), "Enter a phone number such as +1 555 0100");
        }
    }

    fn example() -> Self {
        Self { method: "SMS".into(), phone_number: "+1 555 0100".into() }
    }
}

/// Enters the simulated phone's code; after three wrong ones a new code must be sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct VerifyPhone {
    /// Four digits.
    #[serde(default)]
    pub code: Secret,
}

impl Operation for VerifyPhone {
    const ACTION: Action = Action::new("account", "VerifyPhone");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(STEP);
    const HIDDEN: &'static [&'static str] = &["Code"];
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.secret_length("code", self.code.expose(), 1, 16);
    }

    fn example() -> Self {
        Self { code: "Canary-Phone-1".into() }
    }
}

/// Chooses the plans and ends the sign-up: the account is active and gets its welcome mail.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CompleteSignUp {
    /// `FreeTier12Months` (2020), `Free` or `Paid`.
    #[serde(default)]
    pub plan: String,
    /// `Basic`, `Developer` or `Business`.
    #[serde(default)]
    pub support_plan: String,
}

impl Operation for CompleteSignUp {
    const ACTION: Action = Action::new("account", "CompleteSignUp");
    const ACCESS: Access = Access::Write;
    const GUARD: Guard = Guard::RootOnly(STEP);
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        fields.one_of("plan", &self.plan, &["FreeTier12Months", "Free", "Paid"]);
        fields.one_of("supportPlan", &self.support_plan, &["Basic", "Developer", "Business"]);
    }

    fn example() -> Self {
        Self { plan: "FreeTier12Months".into(), support_plan: "Basic".into() }
    }
}

/// Tells this browser where its sign-up stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GetSignUp {}

/// What GetSignUp answers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSignUpOutput {
    /// The next step.
    pub step: SignUpStep,
    /// The address given, once it is.
    #[serde(default)]
    pub email: String,
    /// The account's name, once it is given.
    #[serde(default)]
    pub account_name: String,
    /// The account's id, once it exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The contact data, once given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<PutContactInformation>,
}

impl Operation for GetSignUp {
    const ACTION: Action = Action::new("account", "GetSignUp");
    const ACCESS: Access = Access::Read;
    const GUARD: Guard = Guard::Public(SIGN_UP);
    type Output = GetSignUpOutput;

    fn example() -> Self {
        Self {}
    }
}

/// The error of a step that is taken before the one it needs.
pub fn out_of_order() -> ApiError {
    ApiError::InvalidInput {
        message: "This form belongs to another step of the sign-up. Go on with the step that is shown.".into(),
    }
}
