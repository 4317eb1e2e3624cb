//! Outlines of actions: the service, the first sixteen bytes and the last eight, compared in a step each. An account has
//! hundreds of statements and a question is about one action; most statements need no closer look than this.

use std::ops::Range;

use crate::document::Element;

/// What stands for other characters.
const WILD: [char; 2] = ['*', '?'];

/// What an action in lower case looks like from afar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outline {
    service: u64,
    first: u128,
    last: u64,
}

impl Outline {
    pub fn of(action: &str) -> Self {
        Self {
            service: service(action),
            first: u128::from_be_bytes(packed(action.bytes())),
            last: u64::from_be_bytes(packed(action.bytes().rev())),
        }
    }
}

/// The first eight bytes of what stands before the colon.
fn service(action: &str) -> u64 {
    u64::from_be_bytes(packed(action.split(':').next().unwrap_or_default().bytes()))
}

/// The first bytes of a text, or the last ones where it comes from the back; zeros where there are none.
fn packed<const N: usize>(bytes: impl Iterator<Item = u8>) -> [u8; N] {
    let mut packed = [0; N];
    packed.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
    packed
}

/// The outline that all actions of a statement have: what looks otherwise is none of them. It says nothing for sure of
/// what looks so. Of every number only the bits of its mask count, which are ones from the front.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common {
    first: (u128, u128),
    last: (u64, u64),
}

impl Common {
    const NOTHING: Self = Self { first: (0, 0), last: (0, 0) };

    /// Of the values of Action or NotAction. What NotAction means can look like anything.
    pub fn of(action: &Element) -> Self {
        if action.negated {
            return Self::NOTHING;
        }
        let each = action.values.iter().map(|value| Self::of_pattern(&value.to_ascii_lowercase()));
        each.reduce(Self::shared).unwrap_or(Self::NOTHING)
    }

    fn of_pattern(pattern: &str) -> Self {
        let before = pattern.split(WILD).next().unwrap_or_default();
        let behind = pattern.rsplit(WILD).next().unwrap_or_default();
        // What has no wildcard has an end, too, and the zeros behind it count.
        let whole = !pattern.contains(WILD);
        let ones = |text: &str| std::iter::repeat_n(u8::MAX, if whole { usize::MAX } else { text.len() });
        Self {
            first: (u128::from_be_bytes(packed(before.bytes())), u128::from_be_bytes(packed(ones(before)))),
            last: (u64::from_be_bytes(packed(behind.bytes().rev())), u64::from_be_bytes(packed(ones(behind)))),
        }
    }

    /// Whether nothing but what is meant looks so: a single beginning that is short enough to be compared whole.
    pub fn is_decisive(action: &Element) -> bool {
        let [only] = action.values.as_slice() else {
            return false;
        };
        let beginning = only.strip_suffix('*').filter(|beginning| !beginning.contains(WILD));
        !action.negated && beginning.is_some_and(|beginning| beginning.len() <= 16)
    }

    /// What two have in common, from the front.
    fn shared(self, other: Self) -> Self {
        let different = (self.first.0 ^ other.first.0).leading_zeros();
        let first = self.first.1 & other.first.1 & !u128::MAX.checked_shr(different).unwrap_or(0);
        let different = (self.last.0 ^ other.last.0).leading_zeros();
        let last = self.last.1 & other.last.1 & !u64::MAX.checked_shr(different).unwrap_or(0);
        Self { first: (self.first.0 & first, first), last: (self.last.0 & last, last) }
    }

    /// Whether an action may be one of them.
    pub fn may_mean(self, action: Outline) -> bool {
        action.first & self.first.1 == self.first.0 && action.last & self.last.1 == self.last.0
    }
}

/// Where the statements about each service stand, once they are put in order: a table by the service's name, at most half
/// full, because a question comes by here twice for every policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Services {
    /// Those that may be about any service come first.
    any: usize,
    /// As many as a power of two; free where the range is empty.
    table: Vec<(u64, Range<usize>)>,
}

impl Services {
    /// Puts statements in the order of the services they are about; within one they stay as they were.
    pub fn sort<T>(statements: &mut [T], action: impl Fn(&T) -> &Element) -> Self {
        let key = |statement: &T| Self::key(action(statement));
        statements.sort_by_cached_key(key);
        let any = statements.iter().take_while(|statement| key(statement).is_none()).count();
        let mut each: Vec<(u64, Range<usize>)> = Vec::new();
        for (place, service) in statements.iter().enumerate().filter_map(|(place, one)| Some((place, key(one)?))) {
            match each.last_mut() {
                Some((last, range)) if *last == service => range.end = place + 1,
                _ => each.push((service, place..place + 1)),
            }
        }
        let mut table = vec![(0, 0..0); if each.is_empty() { 0 } else { (2 * each.len()).next_power_of_two() }];
        for (service, range) in each {
            let free = Self::probe(&table, service).find(|(_, (_, range))| range.is_empty());
            if let Some(place) = free.map(|(place, _)| place).and_then(|place| table.get_mut(place)) {
                *place = (service, range);
            }
        }
        Self { any, table }
    }

    /// The places of a table at which a service may stand, the likeliest first.
    fn probe(table: &[(u64, Range<usize>)], service: u64) -> impl Iterator<Item = (usize, &(u64, Range<usize>))> {
        let start = usize::try_from(service.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or_default();
        let places = (0..table.len()).map(move |step| start.wrapping_add(step) & (table.len() - 1));
        places.filter_map(|place| Some((place, table.get(place)?)))
    }

    /// The one service that all these actions are of.
    fn key(action: &Element) -> Option<u64> {
        let of_pattern = |value: &String| {
            let (name, _) = value.split_once(':')?;
            (!name.contains(['*', '?'])).then(|| service(&name.to_ascii_lowercase()))
        };
        let first = of_pattern(action.values.first()?)?;
        let same = !action.negated && action.values.iter().all(|value| of_pattern(value) == Some(first));
        same.then_some(first)
    }

    /// The places of those that may be about an action.
    pub fn about(&self, action: Outline) -> [Range<usize>; 2] {
        let sought =
            |(_, (service, range)): &(usize, &(u64, Range<usize>))| range.is_empty() || *service == action.service;
        let own = Self::probe(&self.table, action.service).find(sought).map_or(0..0, |(_, (_, range))| range.clone());
        [0..self.any, own]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    fn element(values: &[&str]) -> Element {
        Element { negated: false, values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    #[test]
    fn another_service_another_verb_and_another_noun_look_otherwise() {
        let may = |values: &[&str], action: &str| Common::of(&element(values)).may_mean(Outline::of(action));
        assert!(may(&["s3:Get*"], "s3:getobject") && !may(&["s3:Get*"], "s3:putobject"));
        assert!(may(&["s3:*Object"], "s3:getobject") && !may(&["s3:*Object"], "s3:getobjectacl"));
        assert!(may(&["lambda:ListFunctions*"], "lambda:listfunctiongroups"), "sixteen bytes are no more than sixteen");
        let two = ["s3:GetObject", "s3:List*"];
        assert!(may(&two, "s3:deleteobject"), "what they share is the service and the first bits of a verb");
        assert!(!may(&two, "s3:putobject"), "a verb that begins with other bits");
        assert!(!may(&two, "sns:publish"));
        for all in [&["*"][..], &["s3:*", "iam:*"], &["?3:Get*", "iam:GetUser"], &[]] {
            assert!(may(all, "ec2:runinstances") || may(all, "iam:runinstances"), "{all:?}");
        }
        assert!(!may(&["ec2:RunInstances"], "ec2"), "shorter than what it would have to begin with");
        assert!(!may(&["s3:GetObject"], "s3:getobjectacl"), "what has no wildcard ends where it ends");
    }

    #[test]
    fn a_short_beginning_needs_no_second_look() {
        let decisive = |values: &[&str]| Common::is_decisive(&element(values));
        for pattern in
            ["*", "s3:*", "s3:Get*", "s3:Get", "s3:Get*Acl", "s3:G?t*", "iam:GetAccountSummary*", "s\u{e9}:*"]
        {
            let common = Common::of(&element(&[pattern]));
            for action in
                ["", "s3:get", "s3:getobject", "iam:getaccountsumma", "iam:getaccountsummary", "x\0", "s\u{e9}:"]
            {
                let meant = Pattern::new(&pattern.to_ascii_lowercase()).matches(action);
                let looks = common.may_mean(Outline::of(action));
                assert!(looks == meant || !decisive(&[pattern]), "{pattern} on {action}");
            }
        }
        assert!(decisive(&["*"]) && decisive(&["s3:Get*"]));
        assert!(!decisive(&["s3:Get*", "s3:Put*"]) && !decisive(&["s3:Get"]) && !decisive(&[]));
        let not = Element { negated: true, values: vec!["s3:*".to_owned()] };
        assert!(!Common::is_decisive(&not), "NotAction is about everything else");
    }

    #[test]
    fn nothing_that_fits_is_passed_over() {
        let patterns = [
            "*",
            "",
            "s3:*",
            "s3:Get*",
            "s3:GetObject",
            "?3:*",
            "é*",
            "iam:Create????",
            "s3",
            "S3:G",
            "sñ:é*",
            "*:Get*",
            "s3:*Object",
            "*t",
            "s3:Get*t",
            "elasticloadbalancing:*",
            "elasticloadbalancer:Get?",
        ];
        let actions = [
            "",
            "s3",
            "s3:getobject",
            "s3:g",
            "iam:createuser",
            "étag",
            "sñ:éa",
            "x\0",
            "s3:get",
            "s3:gett",
            "elasticloadbalancing:get",
            "elasticloadbalancer:getx",
        ];
        for one in patterns {
            for other in patterns {
                let both = element(&[one, other]);
                let services = Services::sort(&mut [both.clone()], |element| element);
                for action in actions {
                    let outline = Outline::of(action);
                    let kept = services.about(outline).iter().any(|range| range.contains(&0));
                    let fits = |pattern: &str| Pattern::new(&pattern.to_ascii_lowercase()).matches(action);
                    let passed_over = !kept || !Common::of(&both).may_mean(outline);
                    assert!(!(passed_over && (fits(one) || fits(other))), "{one}, {other} on {action}");
                }
            }
        }
    }

    #[test]
    fn statements_are_found_by_their_service() {
        let mut all = ["s3:Get*", "*", "iam:Get*", "s3:Put*", "s?:Put*"].map(|action| element(&[action]));
        let services = Services::sort(&mut all, |element| element);
        let about = |action: &str| {
            let places = services.about(Outline::of(action)).into_iter().flatten();
            places.map(|place| all[place].values[0].clone()).collect::<Vec<_>>()
        };
        assert_eq!(about("s3:getobject"), ["*", "s?:Put*", "s3:Get*", "s3:Put*"]);
        assert_eq!(about("iam:getuser"), ["*", "s?:Put*", "iam:Get*"]);
        assert_eq!(about("sns:publish"), ["*", "s?:Put*"]);
        let mut many: Vec<Element> = (0..40).map(|service| element(&[&format!("service{service}:Get")])).collect();
        let services = Services::sort(&mut many, |element| element);
        for service in 0..40 {
            // Names are told apart by their first eight bytes.
            let places = services.about(Outline::of(&format!("service{service}:get"))).into_iter().flatten();
            let found: Vec<&String> = places.map(|place| &many[place].values[0]).collect();
            assert!(found.contains(&&format!("service{service}:Get")), "{service}: {found:?}");
        }
        let mut not = [Element { negated: true, values: vec!["s3:Get*".to_owned()] }];
        assert_eq!(Services::sort(&mut not, |element| element).any, 1, "NotAction is about everything else");
    }
}
