//! The bytes are the seed from which policies and questions are invented, as chance does in the tests; both evaluators
//! must answer alike. (Bytes as the choices themselves run out: proptest halves what is left at every branch, and behind
//! the last byte it draws zeros without end.)
#![no_main]

use libfuzzer_sys::fuzz_target;
use policy_fuzz::naive::{all_policies, disagreement, question};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fuzz_target!(|bytes: &[u8]| {
    let mut seed = [0; 32];
    seed.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    let tree = (all_policies(), question()).new_tree(&mut runner).expect("something can be invented");
    let (policies, question) = tree.current();
    if let Some(difference) = disagreement(&policies, &[question]) {
        panic!("{difference}\n{policies:#?}");
    }
});
