//! Runs `tests/corpus`: what AWS's documents say about policies, as tables that a person can read. A folder holds
//! one kind of table, a file one topic:
//!
//! - `decisions`: policies of all kinds, and requests with the decision, the layer and the statement that decide;
//! - `conditions`: one Condition element, and contexts in which it holds, does not hold or cannot be told;
//! - `patterns`: the values of one Action or Resource element, and what they fit;
//! - `principals`: one Principal element, and what it is worth to whom;
//! - `documents`: texts, and the sentence with which IAM refuses them.
//!
//! One test runs them all, names each case that fails, and each of those in `coverage` that nobody wrote.

mod conditions;
mod coverage;
mod decisions;
mod documents;
mod patterns;
mod principals;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use policy::{Arn, Attached, Attachment, Context, Outcome, Policy, PolicyKind, PolicySet, Principal, Request, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const ACCOUNT: &str = "111122223333";

/// How many cases there are, and which fail.
#[derive(Default)]
struct Report {
    cases: usize,
    failures: Vec<String>,
    titles: BTreeSet<String>,
    coverage: coverage::Coverage,
}

impl Report {
    /// Enters one case.
    fn case(&mut self, title: String, result: Result<(), String>) {
        self.cases += 1;
        if let Err(failure) = result {
            self.failures.push(format!("{title}\n    {failure}"));
        }
        if !self.titles.insert(title.clone()) {
            self.failures.push(format!("{title}\n    there are two cases of this name"));
        }
    }
}

/// One value or several.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

/// A request's context as a table writes it.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
struct Keys(BTreeMap<String, Values>);

impl Keys {
    fn context(&self) -> Context {
        self.0.iter().fold(Context::new(), |context, (key, values)| match values {
            Values::One(value) => context.with(key, value.clone()),
            Values::Many(values) => context.with_many(key, values.iter().cloned()),
        })
    }
}

impl Keys {
    /// How many values a key has, whatever its case.
    fn values(&self, key: &str) -> usize {
        match self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(key)) {
            Some((_, Values::One(_))) => 1,
            Some((_, Values::Many(values))) => values.len(),
            None => 0,
        }
    }
}

impl Display for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (key, values) in &self.0 {
            match values {
                Values::One(value) => write!(f, " {key}={value:?}")?,
                Values::Many(values) => write!(f, " {key}={values:?}")?,
            }
        }
        Ok(())
    }
}

/// The tables of a folder, each with its file's name.
fn tables<T: DeserializeOwned>(folder: &str) -> Vec<(String, T)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the corpus is there").map(|e| e.expect("a file").path()).collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let text = fs::read_to_string(&path).expect("readable");
        let found: Vec<T> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.extend(found.into_iter().map(|table| (name.clone(), table)));
    }
    all
}

/// `root`, `user/alice`, `user/alice@444455556666`, `role/Dev/session`, `federated/bob/alice`,
/// `service/sns.amazonaws.com`, `idp/accounts.google.com` or `anonymous`. Users have the id `AIDAEXAMPLE`, roles
/// `AROAEXAMPLE`.
fn principal(text: &str) -> Principal {
    let (text, account) = text.split_once('@').unwrap_or((text, ACCOUNT));
    match text.split('/').collect::<Vec<_>>().as_slice() {
        ["root"] => Principal::root(account),
        ["user", name] => Principal::user(Arn::user(account, "/", name), "AIDAEXAMPLE"),
        ["role", role, session] => {
            let arn = Arn::assumed_role(account, role, session);
            Principal::role_session(arn, Arn::role(account, "/", role), "AROAEXAMPLE")
        }
        ["federated", name, user] => {
            let arn = Arn::federated_user(account, name);
            Principal::federated_user(arn, Arn::user(account, "/", user), "AIDAEXAMPLE")
        }
        ["service", name] => Principal::service(name),
        ["idp", provider] => Principal::Federated { provider: (*provider).to_owned() },
        ["anonymous"] => Principal::Anonymous,
        _ => panic!("no such principal: {text}"),
    }
}

fn attached(name: &str, attachment: Attachment, kind: PolicyKind, document: &Value) -> Attached {
    let policy = Policy::parse(&document.to_string(), kind).unwrap_or_else(|error| panic!("{name}: {error}"));
    Attached::new(Source::inline(name, attachment), Arc::new(policy))
}

/// Asks an Allow and a Deny with the same elements, each by itself, whether it applies: first whether the Allow
/// allows, then whether the Deny denies what another statement allows.
fn both_effects(version: &str, elements: &Value, request: &Request) -> (bool, bool) {
    let with = |effect: &str| {
        let mut statement = elements.clone();
        statement["Effect"] = json!(effect);
        statement
    };
    let outcome = |statements: Value| {
        let document = json!({ "Version": version, "Statement": statements });
        let policy = attached("corpus", Attachment::User, PolicyKind::Identity, &document);
        policy::evaluate(&PolicySet::new().with_identity(policy), request).outcome
    };
    let everything = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let allowed = outcome(json!([with("Allow")])) == Outcome::Allowed;
    let denied = outcome(json!([everything, with("Deny")])) == Outcome::ExplicitDeny;
    (allowed, denied)
}

/// What [`both_effects`] answers if the elements surely fit, surely do not fit, or cannot be told: then neither
/// statement opens a door.
fn compare((allowed, denied): (bool, bool), fits: Option<bool>) -> Result<(), String> {
    let expected = match fits {
        Some(fits) => (fits, fits),
        None => (false, true),
    };
    if (allowed, denied) == expected {
        return Ok(());
    }
    let (expected_allow, expected_deny) = expected;
    Err(format!(
        "Allow applies: {allowed} (expected {expected_allow}); Deny applies: {denied} (expected {expected_deny})"
    ))
}

#[test]
fn every_case_means_what_the_documents_say() {
    let mut report = Report::default();
    decisions::run(&mut report);
    conditions::run(&mut report);
    patterns::run(&mut report);
    principals::run(&mut report);
    documents::run(&mut report);
    let Report { cases, failures, coverage, .. } = report;
    let gaps = coverage.gaps();
    assert!(gaps.is_empty(), "no case shows:\n{}", gaps.join("\n"));
    assert!(failures.is_empty(), "{} of {cases} cases fail:\n{}", failures.len(), failures.join("\n"));
    assert!(cases >= 600, "the corpus has only {cases} cases");
}
