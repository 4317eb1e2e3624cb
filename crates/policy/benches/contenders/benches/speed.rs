//! What a decision takes, on average of a case's questions, and how often ours fits into that of the others. Criterion
//! measures, all in one run; its medians are printed at the end as `name<TAB>value<TAB>unit`.

use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

use criterion::{Criterion, Throughput};
use policy_contenders::{Case, cases, contenders};
use serde_json::Value;

fn main() {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let folder = folder.join("policy-contenders");
    let mut criterion = Criterion::default()
        .output_directory(&folder)
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let cases = cases();
    for case in &cases {
        measure(&mut criterion, case);
    }
    criterion.final_summary();

    for case in &cases {
        let medians: Vec<(&str, f64)> = contenders(case)
            .iter()
            .filter_map(|contender| {
                let file = folder.join(case.name).join(contender.name()).join("new/estimates.json");
                let estimates: Value = serde_json::from_str(&fs::read_to_string(file).ok()?).ok()?;
                let median = estimates["median"]["point_estimate"].as_f64()?;
                Some((contender.name(), median / case.questions.len() as f64))
            })
            .collect();
        for (name, nanoseconds) in &medians {
            println!("policy decision, {}, {name}\t{nanoseconds:.0}\tns", case.name);
        }
        if let [(_, ours), others @ ..] = medians.as_slice() {
            for (name, theirs) in others {
                println!("policy decision, {}, {name} / ours\t{:.0}\ttimes", case.name, theirs / ours);
            }
        }
    }
}

fn measure(criterion: &mut Criterion, case: &Case) {
    let mut group = criterion.benchmark_group(case.name);
    group.throughput(Throughput::Elements(case.questions.len() as u64));
    for contender in contenders(case) {
        group.bench_function(contender.name(), |bencher| {
            bencher.iter(|| (0..case.questions.len()).filter(|question| contender.allows(*question)).count());
        });
    }
    group.finish();
}
