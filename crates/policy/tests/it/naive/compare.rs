//! The two evaluators on invented policies and questions.
//!
//! `POLICY_CASES` says how many; ten thousand unless it says otherwise. Each set of policies is asked five questions.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{all_policies, disagreement, question};

fn cases() -> u32 {
    let asked: u32 = std::env::var("POLICY_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(10_000);
    asked.div_ceil(5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_evaluators_agree(policies in all_policies(), questions in vec(question(), 5)) {
        prop_assert_eq!(disagreement(&policies, &questions), None);
    }
}
