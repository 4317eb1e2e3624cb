//! An alarm in the making: what the wizard's forms carry from step to step, and what is wrong with it.

use std::collections::BTreeMap;

use model::{
    cloudwatch::{BILLING, ESTIMATED_CHARGES, Metric, MetricAlarm, PutMetricAlarm, billing_dimensions},
    name,
    sns::{TopicArn, is_topic_name},
};

/// The name that the console gives a new topic.
pub(super) const TOPIC: &str = "Default_CloudWatch_Alarms_Topic";
/// Most notifications of one alarm here: one for each state, and two more.
const NOTICES: usize = 5;

/// The steps, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Metric and conditions.
    Metric,
    /// Whom it tells.
    Actions,
    /// Name and description.
    Name,
    /// All of it once more.
    Preview,
}

impl Step {
    pub(super) const ALL: [Self; 4] = [Self::Metric, Self::Actions, Self::Name, Self::Preview];

    pub(super) fn number(self) -> &'static str {
        match self {
            Self::Metric => "1",
            Self::Actions => "2",
            Self::Name => "3",
            Self::Preview => "4",
        }
    }

    fn numbered(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == number)
    }
}

/// Whom a state tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    /// `ALARM`, `OK`, `INSUFFICIENT_DATA`.
    pub(super) state: String,
    /// `existing`, `new`, `arn`.
    pub(super) how: String,
    /// The topic chosen from the list.
    pub(super) existing: String,
    /// The topic's ARN as it was typed.
    pub(super) arn: String,
    /// The new topic's name.
    pub(super) topic: String,
    /// The new topic's addresses, with commas between them.
    pub(super) emails: String,
}

impl Default for Notice {
    fn default() -> Self {
        Self {
            state: "ALARM".into(),
            how: "new".into(),
            existing: String::new(),
            arn: String::new(),
            topic: TOPIC.into(),
            emails: String::new(),
        }
    }
}

impl Notice {
    /// The addresses, one by one.
    pub(super) fn addresses(&self) -> Vec<String> {
        let parts = self.emails.split([',', ';', ' ', '\n', '\r', '\t']);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The topic that is there already.
    pub(super) fn chosen(&self) -> Option<&str> {
        match self.how.as_str() {
            "existing" => Some(&self.existing),
            "arn" => Some(&self.arn),
            _ => None,
        }
    }
}

/// An alarm as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// The metric as JSON.
    pub(super) metric: String,
    pub(super) statistic: String,
    pub(super) period: String,
    pub(super) operator: String,
    pub(super) threshold: String,
    pub(super) datapoints: String,
    pub(super) periods: String,
    pub(super) missing: String,
    pub(super) notices: Vec<Notice>,
    pub(super) name: String,
    pub(super) description: String,
    /// The name of the alarm that is edited; empty for a new one.
    pub(super) edited: String,
}

/// The notification whose topic a button of that name makes.
pub(super) fn topic_button(go: &str) -> Option<usize> {
    go.strip_prefix("topic-")?.parse().ok()
}

/// A control's id and what is wrong with what it holds.
pub(super) type Fault = (String, String);

impl Default for Draft {
    fn default() -> Self {
        let metric = Metric {
            namespace: BILLING.into(),
            metric_name: ESTIMATED_CHARGES.into(),
            dimensions: billing_dimensions(None),
        };
        Self {
            metric: json(&metric),
            statistic: "Maximum".into(),
            period: "21600".into(),
            operator: "GreaterThanThreshold".into(),
            threshold: String::new(),
            datapoints: "1".into(),
            periods: "1".into(),
            missing: "missing".into(),
            notices: vec![Notice::default()],
            name: String::new(),
            description: String::new(),
            edited: String::new(),
        }
    }
}

/// A metric as a form carries it.
pub(super) fn json(metric: &Metric) -> String {
    serde_json::to_string(metric).unwrap_or_default()
}

impl Draft {
    /// The metric, if it is one.
    pub(super) fn metric(&self) -> Metric {
        serde_json::from_str(&self.metric).unwrap_or_default()
    }

    /// An alarm once more: edited, or copied under another name.
    pub(super) fn of(alarm: MetricAlarm, edit: bool) -> Self {
        let metric = Metric {
            namespace: alarm.namespace.unwrap_or_default(),
            metric_name: alarm.metric_name.unwrap_or_default(),
            dimensions: alarm.dimensions,
        };
        let notice = |state: &str, arns: &[String]| {
            arns.iter()
                .map(|arn| Notice {
                    state: state.into(),
                    how: "existing".into(),
                    existing: arn.clone(),
                    ..Notice::default()
                })
                .collect::<Vec<_>>()
        };
        let mut notices = notice("ALARM", &alarm.alarm_actions);
        notices.extend(notice("OK", &alarm.ok_actions));
        notices.extend(notice("INSUFFICIENT_DATA", &alarm.insufficient_data_actions));
        Self {
            metric: json(&metric),
            statistic: alarm.statistic.unwrap_or_default(),
            period: alarm.period.unwrap_or_default().to_string(),
            operator: alarm.comparison_operator,
            threshold: alarm.threshold.map(|threshold| threshold.to_string()).unwrap_or_default(),
            datapoints: alarm.datapoints_to_alarm.unwrap_or(alarm.evaluation_periods).to_string(),
            periods: alarm.evaluation_periods.to_string(),
            missing: alarm.treat_missing_data.unwrap_or_else(|| "missing".into()),
            notices,
            name: if edit { alarm.alarm_name.clone() } else { format!("{} - copy", alarm.alarm_name) },
            description: alarm.alarm_description.unwrap_or_default(),
            edited: if edit { alarm.alarm_name } else { String::new() },
        }
    }

    /// What a form sent.
    pub(super) fn read(values: &BTreeMap<String, String>) -> Self {
        let of = |name: &str| values.get(name).cloned().unwrap_or_default();
        let or = |name: &str, default: &str| values.get(name).cloned().unwrap_or_else(|| default.to_owned());
        let count = of("Notices").parse::<usize>().unwrap_or(0).min(NOTICES);
        let notice = |at: usize| Notice {
            state: or(&format!("Notice{at}State"), "ALARM"),
            how: or(&format!("Notice{at}How"), "new"),
            existing: of(&format!("Notice{at}Existing")),
            arn: of(&format!("Notice{at}Arn")).trim().to_owned(),
            topic: of(&format!("Notice{at}Topic")).trim().to_owned(),
            emails: of(&format!("Notice{at}Emails")),
        };
        let plain = Self::default();
        Self {
            metric: or("Metric", &plain.metric),
            statistic: or("Statistic", &plain.statistic),
            period: or("Period", &plain.period),
            operator: or("Operator", &plain.operator),
            threshold: of("Threshold").trim().to_owned(),
            datapoints: of("Datapoints").trim().to_owned(),
            periods: of("Periods").trim().to_owned(),
            missing: or("Missing", &plain.missing),
            notices: (0..count).map(notice).collect(),
            name: of("AlarmName").trim().to_owned(),
            description: of("AlarmDescription"),
            edited: of("Edited"),
        }
    }

    /// The fields of one step, for the forms of the others to carry.
    pub(super) fn fields(&self, step: Step) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        match step {
            Step::Metric => {
                put("Metric", &self.metric);
                put("Statistic", &self.statistic);
                put("Period", &self.period);
                put("Operator", &self.operator);
                put("Threshold", &self.threshold);
                put("Datapoints", &self.datapoints);
                put("Periods", &self.periods);
                put("Missing", &self.missing);
            }
            Step::Actions => {
                put("Notices", &self.notices.len().to_string());
                for (at, notice) in self.notices.iter().enumerate() {
                    put(&format!("Notice{at}State"), &notice.state);
                    put(&format!("Notice{at}How"), &notice.how);
                    put(&format!("Notice{at}Existing"), &notice.existing);
                    put(&format!("Notice{at}Arn"), &notice.arn);
                    put(&format!("Notice{at}Topic"), &notice.topic);
                    put(&format!("Notice{at}Emails"), &notice.emails);
                }
            }
            Step::Name => {
                put("AlarmName", &self.name);
                put("AlarmDescription", &self.description);
            }
            Step::Preview => put("Edited", &self.edited),
        }
        fields
    }

    /// The fields of all steps but one.
    pub(super) fn fields_without(&self, step: Option<Step>) -> Vec<(String, String)> {
        Step::ALL.into_iter().filter(|other| Some(*other) != step).flat_map(|other| self.fields(other)).collect()
    }

    /// What is wrong with a step.
    pub(super) fn faults(&self, step: Step) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fault = |control: &str, text: &str| faults.push((control.to_owned(), text.to_owned()));
        match step {
            Step::Metric => {
                if self.metric().metric_name.is_empty() {
                    fault("alarm-metric", "Select a metric.");
                }
                if !self.threshold.parse::<f64>().is_ok_and(f64::is_finite) {
                    fault("alarm-threshold", "Enter a number as the threshold.");
                }
                let whole = |text: &str| text.parse::<i64>().ok().filter(|number| *number > 0);
                match (whole(&self.datapoints), whole(&self.periods)) {
                    (Some(datapoints), Some(periods)) if datapoints <= periods => {}
                    _ => fault(
                        "alarm-datapoints",
                        "Enter whole numbers: as many datapoints as there are periods at most.",
                    ),
                }
            }
            Step::Actions => {
                for (at, notice) in self.notices.iter().enumerate() {
                    self.notice_faults(at, notice, &mut fault);
                }
            }
            Step::Name => {
                let length = self.name.chars().count();
                if length == 0 || length > 255 || self.name.chars().any(char::is_control) {
                    fault("alarm-name", "Enter a name of 1 to 255 characters.");
                }
                if self.description.chars().count() > 1024 {
                    fault("alarm-description", "A description has 1024 characters at most.");
                }
            }
            Step::Preview => {}
        }
        faults
    }

    /// What is wrong with one notification.
    pub(super) fn faults_of(&self, at: usize) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Some(notice) = self.notices.get(at) {
            self.notice_faults(at, notice, &mut |control: &str, text: &str| {
                faults.push((control.to_owned(), text.to_owned()))
            });
        }
        faults
    }

    fn notice_faults(&self, at: usize, notice: &Notice, fault: &mut impl FnMut(&str, &str)) {
        match notice.how.as_str() {
            "existing" if notice.existing.is_empty() => {
                fault(&format!("notice-{at}-existing"), "Select a topic.");
            }
            "existing" => {}
            "arn" if notice.arn.parse::<TopicArn>().is_err() => {
                fault(
                    &format!("notice-{at}-arn"),
                    "Enter the ARN of a topic, such as arn:aws:sns:us-east-1:111122223333:topic.",
                );
            }
            "arn" => {}
            _ => {
                if !is_topic_name(&notice.topic) {
                    fault(
                        &format!("notice-{at}-topic"),
                        "Enter a topic name of up to 256 letters, digits, hyphens and underscores.",
                    );
                }
                let addresses = notice.addresses();
                if addresses.is_empty() || addresses.iter().any(|address| !name::EMAIL.faults(address).is_empty()) {
                    fault(&format!("notice-{at}-emails"), "Enter email addresses with commas between them.");
                }
            }
        }
    }

    /// The step that can be opened: the wanted one, or the first before it that is wrong.
    pub(super) fn open(&self, wanted: Step) -> Step {
        Step::ALL.into_iter().find(|step| *step < wanted && !self.faults(*step).is_empty()).unwrap_or(wanted)
    }

    /// Where the button of that name leads, with what it does to the draft.
    pub(super) fn go(&mut self, to: &str) -> (Step, Vec<Fault>) {
        if to == "add" {
            if self.notices.len() < NOTICES {
                self.notices.push(Notice::default());
            }
            return (Step::Actions, Vec::new());
        }
        if let Some(at) = topic_button(to) {
            return (Step::Actions, self.faults_of(at));
        }
        if to == "graph" {
            return (Step::Metric, Vec::new());
        }
        if let Some(at) = to.strip_prefix("remove-").and_then(|at| at.parse::<usize>().ok()) {
            if at < self.notices.len() {
                self.notices.remove(at);
            }
            return (Step::Actions, Vec::new());
        }
        let wanted = Step::numbered(to).unwrap_or(Step::Metric);
        let step = self.open(wanted);
        let faults = if step == wanted { Vec::new() } else { self.faults(step) };
        (step, faults)
    }

    /// Whether another notification fits.
    pub(super) fn has_room(&self) -> bool {
        self.notices.len() < NOTICES
    }

    /// The operation, with the topics of its notifications: those of the new ones as they will be.
    pub(super) fn operation(&self, topic_of: impl Fn(&Notice) -> String) -> PutMetricAlarm {
        let metric = self.metric();
        let arns = |state: &str| {
            let mut arns: Vec<String> =
                self.notices.iter().filter(|notice| notice.state == state).map(&topic_of).collect();
            arns.dedup();
            arns
        };
        PutMetricAlarm {
            alarm_name: self.name.clone(),
            alarm_description: Some(self.description.clone()).filter(|text| !text.is_empty()),
            ok_actions: arns("OK"),
            alarm_actions: arns("ALARM"),
            insufficient_data_actions: arns("INSUFFICIENT_DATA"),
            metric_name: Some(metric.metric_name),
            namespace: Some(metric.namespace),
            dimensions: metric.dimensions,
            statistic: Some(self.statistic.clone()),
            period: self.period.parse().ok(),
            evaluation_periods: self.periods.parse().unwrap_or(1),
            datapoints_to_alarm: self.datapoints.parse().ok(),
            threshold: self.threshold.parse().ok(),
            comparison_operator: self.operator.clone(),
            treat_missing_data: Some(self.missing.clone()),
            ..PutMetricAlarm::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_survives_its_forms() {
        let mut draft = Draft { threshold: "10".into(), name: "n".into(), ..Draft::default() };
        draft.notices[0].emails = "a@example.com".into();
        let values = draft.fields_without(None).into_iter().filter(|(_, value)| !value.is_empty()).collect();
        assert_eq!(Draft::read(&values), draft);
        assert!(Step::ALL.into_iter().all(|step| draft.faults(step).is_empty()));
        let put = draft.operation(|notice| format!("topic {}", notice.topic));
        assert_eq!((put.threshold, put.alarm_actions), (Some(10.0), vec![format!("topic {TOPIC}")]));
    }

    #[test]
    fn no_step_is_opened_over_a_fault() {
        let mut draft = Draft::default();
        assert_eq!(draft.go("4").0, Step::Metric, "no threshold");
        draft.threshold = "x".into();
        assert_eq!(draft.go("2").1.len(), 1);
        draft.threshold = "1".into();
        assert_eq!(draft.go("2"), (Step::Actions, Vec::new()));
        assert_eq!(draft.go("3").0, Step::Actions, "nobody to tell");
        assert_eq!(draft.go("topic-0").1.len(), 1, "nobody to tell of the new topic");
        assert_eq!(draft.go("topic-7"), (Step::Actions, Vec::new()));
        draft.go("remove-0");
        assert_eq!(draft.go("4").0, Step::Name, "no name");
        draft.datapoints = "2".into();
        assert_eq!(draft.go("3").0, Step::Metric, "two of one");
    }
}
