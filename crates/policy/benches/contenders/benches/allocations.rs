//! How often a decision asks for memory, on average of a case's questions. Prints `name<TAB>value<TAB>unit`.

use std::hint::black_box;

use policy_contenders::{cases, contenders};

fn main() {
    for case in cases() {
        for contender in contenders(&case) {
            let ask = || {
                (0..case.questions.len()).for_each(|question| {
                    black_box(contender.allows(question));
                })
            };
            // What is made once, at first use, is nobody's cost of a decision.
            ask();
            let counted = allocation_counter::measure(ask);
            let each = counted.count_total as f64 / case.questions.len() as f64;
            println!("policy decision, {}, {}\t{each:.1}\tallocations", case.name, contender.name());
        }
    }
}
