//! The sandbox clock: each account has a time of its own, which can be moved ahead of the real one and back to it.
//! Budgets, bills, ages of credentials and reports follow it; sign-in, codes, signatures, sessions, tokens, counters
//! of tries and mails never do. AWS has nothing like it: the names are ours.

use serde::{Deserialize, Serialize};

use crate::{Access, Action, Fields, Operation, Timestamp};

/// How far the clock moves: an hour, a day, or to the first instant of the next month (UTC).
pub const CLOCK_STEPS: [&str; 3] = ["HOUR", "DAY", "NEXT_MONTH"];

/// The furthest that an account's time may be ahead of the real one, in milliseconds: ten years.
pub const MOST_AHEAD_MS: i64 = 3653 * 86_400_000;

/// Tells the account's time and the real one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GetSandboxClock {}

/// What GetSandboxClock answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetSandboxClockOutput {
    /// The account's time.
    pub now: Timestamp,
    /// The real time.
    pub real_time: Timestamp,
    /// Whether the account's time is the real one.
    pub is_real_time: bool,
}

impl Operation for GetSandboxClock {
    const ACTION: Action = Action::new("billing", "GetSandboxClock");
    const ACCESS: Access = Access::Read;
    type Output = GetSandboxClockOutput;

    fn example() -> Self {
        Self {}
    }
}

/// Moves the account's time ahead. Where a month ends on the way, budgets are evaluated at its end first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AdvanceSandboxClock {
    /// How far: one of [`CLOCK_STEPS`].
    #[serde(default)]
    pub by: String,
}

/// What moving the clock answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SandboxClockMoved {
    /// The account's time before.
    pub previous_time: Timestamp,
    /// The account's time now.
    pub now: Timestamp,
    /// How many budget alerts it set off.
    pub alerts: i64,
}

impl Operation for AdvanceSandboxClock {
    const ACTION: Action = Action::new("billing", "AdvanceSandboxClock");
    const ACCESS: Access = Access::Write;
    type Output = SandboxClockMoved;

    fn check(&self, fields: &mut Fields) {
        fields.one_of("by", &self.by, &CLOCK_STEPS);
    }

    fn example() -> Self {
        Self { by: CLOCK_STEPS[0].into() }
    }
}

/// Moves the account's time back to the real one. Nothing that was written ahead of it is lost: costs of days that are
/// to come again count when they come, and alerts that went off ahead may go off again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ResetSandboxClock {}

impl Operation for ResetSandboxClock {
    const ACTION: Action = Action::new("billing", "ResetSandboxClock");
    const ACCESS: Access = Access::Write;
    type Output = SandboxClockMoved;

    fn example() -> Self {
        Self {}
    }
}
