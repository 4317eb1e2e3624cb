//! Every operation of this wire against AWS's own model of it: the same members, of the same types, both ways.

use aws::{
    json,
    query::{Parameters, Service, decode::decode, encode},
};
use model::Operation;
use serde_json::{Map, Value};

use crate::specimen::specimen;

/// Members of AWS's models that this version does not serve.
const ABSENT: &[(&str, &str)] = &[
    // No account has roles yet: the list of them is always empty.
    ("GetAccountAuthorizationDetailsOutput.RoleDetailList[]", "InstanceProfileList"),
    ("GetAccountAuthorizationDetailsOutput.RoleDetailList[]", "PermissionsBoundary"),
    ("GetAccountAuthorizationDetailsOutput.RoleDetailList[]", "RoleLastUsed"),
    ("GetAccountAuthorizationDetailsOutput.RoleDetailList[]", "Tags"),
    // A report is made before its id is told, and one that cannot be made has none.
    ("GetServiceLastAccessedDetailsOutput", "Error"),
    ("GetServiceLastAccessedDetailsWithEntitiesOutput", "Error"),
    // Only FIDO devices have certifications.
    ("GetMFADeviceOutput", "Certifications"),
    // Alarms are on one metric, with a static threshold and without percentiles.
    ("DescribeAlarmsOutput.MetricAlarms[]", "ExtendedStatistic"),
    ("DescribeAlarmsOutput.MetricAlarms[]", "EvaluateLowSampleCountPercentile"),
    ("DescribeAlarmsOutput.MetricAlarms[]", "Metrics"),
    ("DescribeAlarmsOutput.MetricAlarms[]", "ThresholdMetricId"),
    ("DescribeAlarmsOutput.MetricAlarms[]", "EvaluationState"),
    ("DescribeAlarmsOutput.MetricAlarms[]", "EvaluationCriteria"),
    ("DescribeAlarmsOutput.MetricAlarms[]", "EvaluationInterval"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "ExtendedStatistic"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "EvaluateLowSampleCountPercentile"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "Metrics"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "ThresholdMetricId"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "EvaluationState"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "EvaluationCriteria"),
    ("DescribeAlarmsForMetricOutput.MetricAlarms[]", "EvaluationInterval"),
    ("DescribeAlarmHistoryOutput.AlarmHistoryItems[]", "AlarmContributorId"),
    ("DescribeAlarmHistoryOutput.AlarmHistoryItems[]", "AlarmContributorAttributes"),
    ("ListMetricsOutput", "OwningAccounts"),
    ("GetMetricStatisticsOutput.Datapoints[]", "ExtendedStatistics"),
    // Answers come on one page, and nothing is left out of them.
    ("GetMetricDataOutput", "NextToken"),
    ("GetMetricDataOutput", "Messages"),
    ("GetMetricDataOutput.MetricDataResults[]", "Messages"),
];

/// Structures that are refused whenever they are there: of their members nothing is known.
const REFUSED: [&str; 8] = [
    "PlannedBudgetLimits",
    "AutoAdjustData",
    "FilterExpression",
    "CompositeAlarms[]",
    "Metrics[]",
    "EvaluationCriteria",
    "EntityMetricData[]",
    "LabelOptions",
];

struct Shapes(Value);

impl Shapes {
    fn load() -> Self {
        Self(serde_json::from_str(include_str!("../shapes/shapes.json")).expect("shapes.json is JSON"))
    }

    fn of<O: Operation>(&self) -> (&Value, &Value) {
        let shapes = &self.0[O::ACTION.service][O::ACTION.name];
        assert!(shapes.is_array(), "AWS has no {}", O::ACTION);
        (&shapes[0], &shapes[1])
    }
}

/// Compares a specimen with AWS's shape and notes each difference under its place.
fn compare(place: &str, ours: &Value, aws: &Value, differences: &mut Vec<String>) {
    match (ours, aws) {
        (Value::Object(ours), Value::Object(_))
            if ours.is_empty() && place.rsplit('.').next().is_some_and(|name| REFUSED.contains(&name)) => {}
        (Value::Object(ours), Value::Object(aws)) if aws.contains_key("*") => {
            ours.values().for_each(|value| compare(&format!("{place}.*"), value, &aws["*"], differences));
        }
        (Value::Object(ours), Value::Object(aws)) => members(place, ours, aws, differences),
        (Value::Array(ours), Value::Array(aws)) => compare(&format!("{place}[]"), &ours[0], &aws[0], differences),
        (Value::String(_), Value::String(kind)) if matches!(kind.as_str(), "string" | "timestamp" | "blob") => {}
        (Value::Number(_), Value::String(kind)) if matches!(kind.as_str(), "integer" | "long" | "double") => {}
        (Value::Bool(_), Value::String(kind)) if kind == "boolean" => {}
        (ours, aws) => differences.push(format!("{place}: {ours} is not {aws}")),
    }
}

fn members(place: &str, ours: &Map<String, Value>, aws: &Map<String, Value>, differences: &mut Vec<String>) {
    for (name, value) in ours {
        match aws.get(name).or_else(|| aws.get(&format!("{name}!"))) {
            Some(shape) => compare(&format!("{place}.{name}"), value, shape, differences),
            None => differences.push(format!("{place}.{name} is not AWS's")),
        }
    }
    for name in aws.keys().map(|name| name.trim_end_matches('!')).filter(|name| !ours.contains_key(*name)) {
        if !ABSENT.contains(&(place, name)) {
            differences.push(format!("{place}.{name} is missing"));
        }
    }
}

/// What botocore's QuerySerializer makes of an input.
fn flatten(prefix: &str, value: &Value, shape: &Value, pairs: &mut Vec<(String, String)>) {
    let below = |name: &str| {
        if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
    };
    match value {
        Value::Object(entries) if shape.get("*").is_some() => {
            for (index, (key, value)) in entries.iter().enumerate() {
                let entry = below(&format!("entry.{}", index + 1));
                pairs.push((format!("{entry}.key"), key.clone()));
                flatten(&format!("{entry}.value"), value, &shape["*"], pairs);
            }
        }
        Value::Object(members) if members.is_empty() && !prefix.is_empty() => {
            pairs.push((prefix.to_owned(), String::new()));
        }
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            let shape = shape.get(name).or_else(|| shape.get(format!("{name}!"))).unwrap_or(&Value::Null);
            flatten(&below(name), value, shape, pairs);
        }),
        Value::Array(items) if items.is_empty() => pairs.push((prefix.to_owned(), String::new())),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| flatten(&below(&format!("member.{}", index + 1)), item, &shape[0], pairs));
        }
        Value::String(text) => pairs.push((prefix.to_owned(), text.clone())),
        scalar => pairs.push((prefix.to_owned(), scalar.to_string())),
    }
}

fn check_json<O: Operation>(shapes: &Shapes, differences: &mut Vec<String>) {
    if json::Service::named(O::ACTION.service).is_none() {
        return;
    }
    let (input, output) = shapes.of::<O>();
    for ours in [specimen::<O>(), O::example()] {
        let value = serde_json::to_value(&ours).expect("serializes");
        let body = json::encode::body(&ours).expect("encodes");
        let read: O = json::decode::decode(body.as_bytes()).expect("an input");
        assert_eq!(serde_json::to_value(read).expect("serializes"), value, "{} does not come back", O::ACTION);
    }
    let ours = serde_json::to_value(specimen::<O>()).expect("serializes");
    compare(O::ACTION.name, &ours, input, differences);
    let body = json::encode::body(&specimen::<O::Output>()).expect("encodes");
    let ours = serde_json::from_str(&body).expect("JSON");
    // Where AWS's model has no output at all, its clients read no body.
    if !(output.is_null() && body == "{}") {
        compare_wire(&format!("{}Output", O::ACTION.name), &ours, output, differences);
    }
}

/// As [`compare`], with instants as this wire has them.
fn compare_wire(place: &str, ours: &Value, aws: &Value, differences: &mut Vec<String>) {
    match (ours, aws) {
        (Value::Number(_), Value::String(kind)) if kind == "timestamp" => {}
        (Value::Array(ours), Value::Array(aws)) => compare_wire(&format!("{place}[]"), &ours[0], &aws[0], differences),
        (Value::Object(members), Value::Object(shape)) if !shape.contains_key("*") => {
            for (name, value) in members {
                match shape.get(name).or_else(|| shape.get(&format!("{name}!"))) {
                    Some(shape) => compare_wire(&format!("{place}.{name}"), value, shape, differences),
                    None => differences.push(format!("{place}.{name} is not AWS's")),
                }
            }
        }
        (Value::String(_), Value::String(kind)) if kind == "timestamp" => {
            differences.push(format!("{place} is a text"))
        }
        (ours, aws) => compare(place, ours, aws, differences),
    }
}

fn check<O: Operation>(shapes: &Shapes, differences: &mut Vec<String>) {
    let Some(service) = Service::named(O::ACTION.service) else {
        return;
    };
    let (aws_input, output) = shapes.of::<O>();

    let ours = serde_json::to_value(specimen::<O>()).expect("serializes");
    let none = Value::Object(Map::new());
    compare(O::ACTION.name, &ours, if aws_input.is_null() { &none } else { aws_input }, differences);
    for input in [ours, serde_json::to_value(O::example()).expect("serializes")] {
        let mut pairs = Vec::new();
        flatten("", &input, aws_input, &mut pairs);
        let coded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
        let form: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", coded(value))).collect();
        let form = form.join("&");
        let read: O = decode(&Parameters::read(form.as_bytes()).expect("parameters")).expect("an input");
        assert_eq!(serde_json::to_value(read).expect("serializes"), input, "{} does not come back", O::ACTION);
    }

    let answer = specimen::<O::Output>();
    let ours = serde_json::to_value(&answer).expect("serializes");
    if !(ours.is_null() && output.is_null()) {
        compare(&format!("{}Output", O::ACTION.name), &ours, output, differences);
    }
    let xml = encode::response(service, O::ACTION.name, &answer, "id").expect("encodes");
    let result =
        xml.contains(&format!("<{}Result>", O::ACTION.name)) || xml.contains(&format!("<{}Result/>", O::ACTION.name));
    assert_eq!(
        result,
        !output.is_null(),
        "{}: AWS's clients look for a result exactly where its model has an output",
        O::ACTION
    );
}

macro_rules! all {
    ($($service:ident { $($name:ident)* })*) => {
        #[test]
        fn every_operation_has_the_shape_of_awss() {
            let (shapes, mut differences) = (Shapes::load(), Vec::new());
            $($(
                check::<model::$service::$name>(&shapes, &mut differences);
                check_json::<model::$service::$name>(&shapes, &mut differences);
            )*)*
            assert!(differences.is_empty(), "{}", differences.join("\n"));
        }
    };
}
model::for_each_operation!(all);
