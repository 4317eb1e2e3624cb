//! A race counts only if all run the same way: every contender answers every question of every case alike.

use policy_contenders::{cases, contenders};

#[test]
fn all_contenders_answer_alike() {
    for case in cases() {
        let contenders = contenders(&case);
        let mut allowed = 0;
        for (place, question) in case.questions.iter().enumerate() {
            let answers: Vec<_> = contenders.iter().map(|one| (one.name(), one.allows(place))).collect();
            let same = answers.windows(2).all(|pair| pair[0].1 == pair[1].1);
            assert!(same, "{}: {answers:?} on {question:?}", case.name);
            allowed += usize::from(answers[0].1);
        }
        let asked = case.questions.len();
        assert!(0 < allowed && allowed < asked, "{}: {allowed} of {asked} allowed, which shows nothing", case.name);
    }
}
