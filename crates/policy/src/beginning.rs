//! What a statement's actions begin with: eight bytes at most, compared in one step. An account has hundreds of
//! statements and a question is about one service; most statements need no closer look than this.

use crate::document::Element;

/// The bits that every action of a statement begins with; what begins otherwise is none of them. It says nothing for sure
/// of what begins so.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beginning {
    bytes: u64,
    /// Which of the bits count: ones from the front.
    mask: u64,
}

impl Beginning {
    /// Of the values of Action or NotAction. What NotAction means can begin with anything.
    pub fn of(action: &Element) -> Self {
        if action.negated {
            return Self { bytes: 0, mask: 0 };
        }
        let each = action.values.iter().map(|value| Self::of_pattern(&value.to_ascii_lowercase()));
        each.reduce(Self::shared).unwrap_or(Self { bytes: 0, mask: 0 })
    }

    fn of_pattern(pattern: &str) -> Self {
        let fixed = pattern.split(['*', '?']).next().unwrap_or_default();
        let ones = [u8::MAX; 8].into_iter().take(fixed.len());
        Self { bytes: first_bytes(fixed), mask: packed(ones) }
    }

    /// What two have in common, from the front.
    fn shared(self, other: Self) -> Self {
        let bits = (self.bytes ^ other.bytes).leading_zeros();
        let same = !u64::MAX.checked_shr(bits).unwrap_or(0);
        let mask = self.mask & other.mask & same;
        Self { bytes: self.bytes & mask, mask }
    }

    /// Whether an action with these [`first_bytes`] may be one of them.
    pub fn may_mean(self, first_bytes: u64) -> bool {
        first_bytes & self.mask == self.bytes
    }
}

/// The first eight bytes of an action in lower case; zeros where it is shorter.
pub(crate) fn first_bytes(action: &str) -> u64 {
    packed(action.bytes())
}

fn packed(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    fn of(values: &[&str]) -> Beginning {
        Beginning::of(&Element { negated: false, values: values.iter().map(|value| (*value).to_owned()).collect() })
    }

    #[test]
    fn another_service_and_another_verb_begin_otherwise() {
        let may = |values: &[&str], action: &str| of(values).may_mean(first_bytes(action));
        assert!(may(&["s3:Get*"], "s3:getobject") && !may(&["s3:Get*"], "s3:putobject"));
        assert!(may(&["S3:GetObject"], "s3:getobjectacl"), "eight bytes are no more than eight");
        let two = ["s3:GetObject", "s3:List*"];
        assert!(may(&two, "s3:deleteobject"), "what they share is the service and the first bits of a verb");
        assert!(!may(&two, "s3:putobject"), "a verb that begins with other bits");
        assert!(!may(&two, "sns:publish"));
        for all in [&["*"][..], &["s3:*", "iam:*"], &["?3:Get*"], &[]] {
            assert!(may(all, "ec2:runinstances"), "{all:?}");
        }
        assert!(!may(&["ec2:RunInstances"], "ec2"), "shorter than what it would have to begin with");
    }

    #[test]
    fn nothing_that_fits_is_passed_over() {
        let patterns =
            ["*", "", "s3:*", "s3:Get*", "s3:GetObject", "?3:*", "é*", "iam:Create????", "s3", "S3:G", "sñ:é*"];
        let actions = ["", "s3", "s3:getobject", "s3:g", "iam:createuser", "étag", "sñ:éa", "x\0"];
        for one in patterns {
            for other in patterns {
                let beginning = of(&[one, other]);
                for action in actions {
                    let fits = |pattern: &str| Pattern::new(&pattern.to_ascii_lowercase()).matches(action);
                    let passed_over = !beginning.may_mean(first_bytes(action));
                    assert!(!(passed_over && (fits(one) || fits(other))), "{one}, {other} on {action}");
                }
            }
        }
    }
}
