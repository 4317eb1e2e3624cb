//! What each policy of the catalogue is for. AWS's descriptions are not published with the documents, so it is read from
//! the documents themselves.

use std::sync::{LazyLock, OnceLock};

use policy::{Document, Effect, PolicyKind, Statement};

use super::{ManagedPolicy, all};

/// By the place in the catalogue; each document is read once, when it is first asked for.
static DESCRIPTIONS: LazyLock<Vec<OnceLock<String>>> =
    LazyLock::new(|| all().iter().map(|_| OnceLock::new()).collect());

/// In one sentence: which services the policy opens.
pub(super) fn description(policy: &ManagedPolicy) -> &'static str {
    DESCRIPTIONS[policy.position].get_or_init(|| {
        let document = Document::parse(&policy.document(), PolicyKind::Identity)
            .expect("a test parses every document of the catalogue");
        describe(&document)
    })
}

/// The service (in lower case, `*` for all) and the action of an action pattern; a pattern without a colon is both.
fn service_and_action(pattern: &str) -> (String, &str) {
    match pattern.split_once(':') {
        Some((service, action)) => (service.to_lowercase(), action),
        None => ("*".to_owned(), "*"),
    }
}

/// Services that statements name, each once, in the order in which they first appear.
#[derive(Default)]
struct Named {
    /// With all their actions.
    whole: Vec<String>,
    /// With some.
    part: Vec<String>,
    /// Whether a statement means all services but some actions.
    all_but: bool,
}

impl Named {
    fn of<'a>(statements: impl Iterator<Item = &'a Statement>) -> Self {
        let mut named = Self::default();
        for statement in statements {
            named.all_but |= statement.action.negated;
            if statement.action.negated {
                continue;
            }
            for pattern in &statement.action.values {
                let (service, action) = service_and_action(pattern);
                let list = if action == "*" { &mut named.whole } else { &mut named.part };
                if !list.contains(&service) {
                    list.push(service);
                }
            }
        }
        let Self { whole, part, .. } = &mut named;
        part.retain(|service| !whole.contains(service));
        named
    }

    fn is_empty(&self) -> bool {
        !self.all_but && self.whole.is_empty() && self.part.is_empty()
    }

    /// "all actions of s3; some actions of ec2, iam, sns and 4 more services".
    fn words(&self) -> String {
        if self.whole.iter().any(|service| service == "*") {
            return "all actions of all services".into();
        }
        let mut parts = Vec::new();
        if self.all_but {
            parts.push("the actions of all services but some".to_owned());
        }
        if !self.whole.is_empty() {
            parts.push(format!("all actions of {}", list(&self.whole)));
        }
        if !self.part.is_empty() {
            parts.push(format!("some actions of {}", list(&self.part)));
        }
        parts.join("; ")
    }
}

fn describe(document: &Document) -> String {
    let of = |effect| Named::of(document.statements.iter().filter(move |statement| statement.effect == effect));
    let (allowed, denied) = (of(Effect::Allow), of(Effect::Deny));
    match (allowed.is_empty(), denied.is_empty()) {
        (false, true) => format!("Allows {}.", allowed.words()),
        (true, _) => format!("Denies {}.", denied.words()),
        (false, false) => format!("Allows {}. Denies {}.", allowed.words(), denied.words()),
    }
}

/// The first three by name, the rest by number.
fn list(services: &[String]) -> String {
    match services {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, three, rest @ ..] => {
            let noun = if rest.len() == 1 { "service" } else { "services" };
            format!("{one}, {two}, {three} and {} more {noun}", rest.len())
        }
    }
}
