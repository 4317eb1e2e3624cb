//! The form of ARNs in Resource and NotResource.

use super::{Malformed, Problem};
use crate::parse::{Draft, DraftElement, Placed};

/// What the resource part of one of IAM's ARNs begins with.
pub(super) const IAM_PATHS: [&str; 13] = [
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
];

/// S3's resources that live in a region, unlike buckets (Service Authorization Reference, "Amazon S3").
const S3_REGIONAL: [&str; 6] =
    ["accesspoint/", "access-grants/", "async-request/", "job/", "storage-lens/", "storage-lens-group/"];

const PARTITIONS: [&str; 9] =
    ["*", "aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"];

/// Finds the first ARN of a wrong form. Most forms are complained about only after other elements have
/// been checked, and come back as the value; what fails at once comes back as the error.
pub(super) fn check(draft: &Draft) -> Result<Option<Malformed>, Malformed> {
    let elements = || draft.statements.iter().filter_map(|statement| statement.resource.as_ref());
    let mut found = None;
    for negated in [false, true] {
        for element in elements().filter(|element| element.negated == negated) {
            found = found.or_else(|| first_problem(element));
            if found.is_none()
                && let Some(value) = element.values.iter().find(|value| fails_legacy_parsing(&value.value))
            {
                return Err(Malformed::new(Problem::LegacyParsing, value.at));
            }
        }
    }
    Ok(found)
}

/// IAM looks at the values in alphabetical order.
fn first_problem(element: &DraftElement) -> Option<Malformed> {
    let mut values: Vec<&Placed<String>> = element.values.iter().collect();
    values.sort_by(|one, two| one.value.cmp(&two.value));
    values.iter().find_map(|placed| problem(&placed.value).map(|problem| Malformed::new(problem, placed.at)))
}

fn problem(text: &str) -> Option<Problem> {
    if text == "*" {
        return None;
    }
    let resource = text.to_owned();
    let Some((_, rest)) = text.split_once(':') else {
        return Some(Problem::NoArn { resource });
    };
    let (partition, rest) = rest.split_once(':').map_or((rest, None), |(partition, rest)| (partition, Some(rest)));
    if !PARTITIONS.contains(&partition) {
        return Some(Problem::Partition {
            partition: partition.to_owned(),
            resource: completed(partition, rest.unwrap_or("")),
        });
    }
    if !text.starts_with("arn:") {
        return Some(Problem::NoArn { resource });
    }
    let Some(rest) = rest else {
        return Some(Problem::ResourceVendor);
    };
    let (service, rest) = rest.split_once(':').unwrap_or((rest, ""));
    if service.contains(['*', '?']) {
        return Some(Problem::ResourceVendor);
    }
    let (region, rest) = rest.split_once(':').map_or((rest, None), |(region, rest)| (region, Some(rest)));
    let no_region = region.is_empty() && rest.is_some();
    let path = rest.and_then(|rest| rest.split_once(':')).map_or("", |(_, path)| path);
    match service {
        "iam" if !no_region => Some(Problem::IamRegion { resource }),
        // AWS's own policies name `root`, although the sentence does not.
        "iam" if !matches!(path, "*" | "root") && !IAM_PATHS.iter().any(|start| path.starts_with(start)) => {
            Some(Problem::IamPath)
        }
        "s3" if !no_region && !S3_REGIONAL.iter().any(|start| path.starts_with(start)) => {
            Some(Problem::S3Region { resource })
        }
        _ => None,
    }
}

/// The ARN in AWS's complaint about a partition: what is missing is a `*`.
fn completed(partition: &str, rest: &str) -> String {
    let mut parts: Vec<&str> = rest.splitn(4, ':').collect();
    if parts == [""] {
        parts.clear();
    }
    parts.resize(4, "*");
    ["arn", partition].into_iter().chain(parts).collect::<Vec<_>>().join(":")
}

/// Two colons in a row need all six parts, and the service must not be empty.
fn fails_legacy_parsing(text: &str) -> bool {
    if text == "*" {
        return false;
    }
    let too_short = text.contains("::") && text.matches(':').count() < 5;
    too_short || text.split(':').nth(2).is_none_or(str::is_empty)
}
