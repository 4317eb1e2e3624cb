//! Whether a statement's resources can be what an action is done to.

use policy::Element;

use crate::service::{Action, Service};

/// What a Resource or NotResource element can mean of one service.
pub(crate) struct Applicable {
    /// Whether it means what actions without a resource of their own are asked about: `*`.
    everything: bool,
    /// For each of the service's resource types, whether it can mean one of them.
    types: Vec<bool>,
}

impl Applicable {
    /// Reads the element. NotResource leaves something of every type.
    pub(crate) fn new(service: &Service, element: Option<&Element>) -> Self {
        let open = element.is_none_or(|element| element.negated || element.values.iter().any(|value| value == "*"));
        if open {
            return Self { everything: true, types: vec![true; service.resource_types.len()] };
        }
        let values = element.map(|element| element.values.as_slice()).unwrap_or_default();
        let can_be = |arn: &str| values.iter().any(|value| can_mean(value, arn));
        Self { everything: false, types: service.resource_types.iter().map(|of| can_be(&of.arn)).collect() }
    }

    /// Whether the element can mean what the action is done to.
    pub(crate) fn to(&self, action: &Action) -> bool {
        if action.resources.is_empty() {
            return self.everything;
        }
        action.resources.iter().any(|taken| self.types.get(usize::from(taken.resource_type)) == Some(&true))
    }
}

/// Whether a resource of a policy can mean one of a type. The parts of the two ARNs are compared one by one; a resource
/// that ends before its sixth part ends in a wildcard that stands for the rest.
fn can_mean(value: &str, arn: &str) -> bool {
    if named_service(value).is_some_and(|named| arn.split(':').nth(2) != Some(named)) {
        return false;
    }
    let parts = |text: &str| text.splitn(6, ':').map(steps).collect::<Vec<_>>();
    let (ours, theirs) = (parts(value), parts(arn));
    if ours.len() < theirs.len() {
        return meet(&steps(value), &steps(arn));
    }
    ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(one, other)| meet(one, other))
}

/// The service in a whole ARN that names it as it is: most resources are of another one, which is told without reading
/// the rest.
pub(crate) fn named_service(value: &str) -> Option<&str> {
    let mut parts = value.splitn(6, ':');
    let service = parts.nth(2)?;
    (parts.count() == 3 && !service.contains(['*', '?', '$'])).then_some(service)
}

/// A step of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Char(char),
    /// `?`
    One,
    /// `*`, a placeholder or a variable.
    Many,
    /// A placeholder for the name of a bucket, which has no slash: else every object would be a bucket too.
    Name,
}

impl Step {
    fn is_run(self) -> bool {
        matches!(self, Self::Many | Self::Name)
    }

    /// Whether a run of characters can take one more, knowing what the other side's step says of it.
    fn takes(self, other: Self) -> bool {
        self == Self::Many || (self == Self::Name && other != Self::Char('/'))
    }

    /// Whether two single characters can be the same.
    fn agrees(self, other: Self) -> bool {
        self == Self::One || other == Self::One || self == other
    }
}

/// The steps of an ARN as a policy or as the catalogue writes it.
fn steps(text: &str) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let step = match character {
            '$' if rest.peek() == Some(&'{') => {
                let inside: String = rest.by_ref().skip(1).take_while(|inside| *inside != '}').collect();
                if inside == "BucketName" { Step::Name } else { Step::Many }
            }
            '*' => Step::Many,
            '?' => Step::One,
            other => Step::Char(other),
        };
        // Two runs in a row are one.
        if step != Step::Many || out.last() != Some(&Step::Many) {
            out.push(step);
        }
    }
    out
}

/// Whether there is a text that both patterns mean; takes (length × length) steps.
fn meet(one: &[Step], other: &[Step]) -> bool {
    // `reached[j]`: what has been seen of `one` and the first `j` steps of `other` can mean the same text.
    let mut reached: Vec<bool> = vec![true];
    reached.extend(other.iter().scan(true, |so_far, step| {
        *so_far &= step.is_run();
        Some(*so_far)
    }));
    for mine in one {
        let mut next = vec![reached[0] && mine.is_run()];
        for (j, theirs) in other.iter().enumerate() {
            let met = match (mine.is_run(), theirs.is_run()) {
                (true, true) => reached[j + 1] || next[j],
                (true, false) => reached[j + 1] || (next[j] && mine.takes(*theirs)),
                (false, true) => next[j] || (reached[j + 1] && theirs.takes(*mine)),
                (false, false) => reached[j] && mine.agrees(*theirs),
            };
            next.push(met);
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_meet_where_a_text_fits_both() {
        for (pattern, arn, expected) in [
            ("arn:aws:s3:::bills", "arn:${Partition}:s3:::${BucketName}", true),
            ("arn:aws:s3:::bills/*", "arn:${Partition}:s3:::${BucketName}", false),
            ("arn:aws:s3:::bills*", "arn:${Partition}:s3:::${BucketName}", true),
            ("arn:aws:s3:::bills/*", "arn:${Partition}:s3:::${BucketName}/${ObjectName}", true),
            ("arn:aws:s3:::bills", "arn:${Partition}:s3:::${BucketName}/${ObjectName}", false),
            ("arn:aws:iam::*:user/${aws:username}", "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}", true),
            ("arn:aws:iam::*:role/*", "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}", false),
            ("arn:aws:ec2:*:*:inst?nce/*", "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}", true),
            ("arn:aws:s3*", "arn:${Partition}:s3:::${BucketName}", true),
        ] {
            assert_eq!(can_mean(pattern, arn), expected, "{pattern} {arn}");
        }
        for (one, other, expected) in [("*", "", true), ("?", "", false), ("a*c", "*bc", true), ("a*c", "b*c", false)] {
            assert_eq!(meet(&steps(one), &steps(other)), expected, "{one} {other}");
            assert_eq!(meet(&steps(other), &steps(one)), expected, "{other} {one}");
        }
    }
}
