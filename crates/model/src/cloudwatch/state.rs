//! What is done to alarms that are there: their state, whether they act, their end.

use serde::{Deserialize, Serialize};

use super::{CloudWatchFault, STATES, check_names, check_text};
use crate::{Access, Action, Fields, Operation};

/// Puts an alarm into a state until the next evaluation, with everything that a change of state does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SetAlarmState {
    /// Which.
    pub alarm_name: String,
    /// One of [`STATES`].
    pub state_value: String,
    /// Why, in a sentence.
    #[serde(default)]
    pub state_reason: String,
    /// Why, in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_reason_data: Option<String>,
}

impl Operation for SetAlarmState {
    const ACTION: Action = Action::new("cloudwatch", "SetAlarmState");
    const ACCESS: Access = Access::Write;
    type Output = ();

    fn check(&self, fields: &mut Fields) {
        check_text(fields, "alarmName", &self.alarm_name, 1, 255);
        fields.one_of("stateValue", &self.state_value, &STATES);
        check_text(fields, "stateReason", &self.state_reason, 0, 1023);
        if let Some(data) = &self.state_reason_data {
            if data.chars().count() > 4000 {
                fields.fault("stateReasonData", None, "Member must have length less than or equal to 4000");
            }
            if serde_json::from_str::<serde_json::Value>(data).is_err() {
                fields.refuse(CloudWatchFault::InvalidFormat.says("StateReasonData was not valid JSON"));
            }
        }
    }

    fn example() -> Self {
        Self {
            alarm_name: "example-alarm".into(),
            state_value: "ALARM".into(),
            state_reason: "example".into(),
            state_reason_data: None,
        }
    }
}

macro_rules! of_names {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Serialize, Deserialize)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
            /// Which: at most a hundred.
            #[serde(default)]
            pub alarm_names: Vec<String>,
        }

        impl Operation for $name {
            const ACTION: Action = Action::new("cloudwatch", $text);
            const ACCESS: Access = Access::Write;
            type Output = ();

            fn check(&self, fields: &mut Fields) {
                check_names(fields, &self.alarm_names);
            }

            fn example() -> Self {
                Self { alarm_names: vec!["example-alarm".into()] }
            }
        }
    )* };
}

of_names! {
    /// Deletes alarms. If one of several is not there, none is deleted.
    DeleteAlarms "DeleteAlarms";
    /// Lets alarms act on changes of their state.
    EnableAlarmActions "EnableAlarmActions";
    /// Keeps alarms from acting; their state changes on.
    DisableAlarmActions "DisableAlarmActions";
}
