//! The policies whose statements decided, with their texts.

use leptos::prelude::*;
use model::iam::{EvaluationResult, MatchedStatement};
use policy::Position;

use super::texts::{self, Kind, Known, Laid, Placed};
use crate::{
    CallError,
    iam::denied::Problem,
    ui::{CodeView, ExpandableSection, ExpandableVariant, Link, SpaceBetween},
};

/// A policy of which at least one statement decided something.
pub(super) struct Deciding {
    /// As the simulation names it.
    id: String,
    /// How it has a say.
    kind: Kind,
    /// Where to find it, if it may be listed.
    known: Option<Known>,
    /// Its text, if it may be read.
    text: Option<Result<Laid, CallError>>,
    /// Where the statements that decided begin.
    starts: Vec<Position>,
    /// Its section's id.
    anchor: String,
}

fn start(statement: &MatchedStatement) -> Position {
    Position { line: statement.start_position.line, column: statement.start_position.column }
}

/// Gathers the policies that the results come from and reads their texts, each once.
pub(super) async fn gather(results: &[EvaluationResult], known: &[Known]) -> Vec<Deciding> {
    let mut found: Vec<Deciding> = Vec::new();
    for statement in results.iter().flat_map(|result| &result.matched_statements) {
        let (id, kind, start) = (&statement.source_policy_id, Kind::of(statement), start(statement));
        if let Some(policy) = found.iter_mut().find(|policy| policy.is(statement)) {
            if !policy.starts.contains(&start) {
                policy.starts.push(start);
            }
            continue;
        }
        let known = known.iter().find(|policy| policy.id == *id && policy.kind == kind).cloned();
        let text = match &known {
            Some(known) => Some(texts::text(&known.place).await.map(|text| texts::laid(&text))),
            None => None,
        };
        let anchor = format!("policy-text-{}", found.len() + 1);
        found.push(Deciding { id: id.clone(), kind, known, text, starts: vec![start], anchor });
    }
    found
}

impl Deciding {
    /// Whether the statement is one of this policy's.
    fn is(&self, statement: &MatchedStatement) -> bool {
        self.id == statement.source_policy_id && self.kind == Kind::of(statement)
    }

    fn title(&self) -> String {
        self.known.as_ref().map_or_else(|| self.id.clone(), |known| known.title.clone())
    }

    fn placed(&self, start: Position) -> Option<&Placed> {
        let Some(Ok(laid)) = &self.text else { return None };
        laid.statements.iter().find(|placed| placed.start == start)
    }

    /// "Statement 2 (line 5) of policy Developers", with the link to its text where it can be shown.
    fn line(&self, statement: &MatchedStatement) -> (String, Option<String>) {
        let title = self.title();
        match self.placed(start(statement)) {
            Some(placed) => {
                let line = placed.shown.start.line;
                (format!("{} (line {line}) of {title}", placed.label), Some(format!("#{}", self.anchor)))
            }
            None => {
                let Position { line, column } = start(statement);
                (format!("{title}, line {line}, column {column}"), None)
            }
        }
    }

    /// The text with its deciding statements marked.
    fn section(self, open: bool) -> AnyView {
        let (title, id) = (self.title(), self.anchor.clone());
        let marks = self.starts.iter().filter_map(|start| self.placed(*start)).map(Placed::mark);
        let mut marks: Vec<_> = marks.collect();
        marks.sort_by_key(|mark| mark.start);
        let page = self.known.as_ref().and_then(|known| known.place.page());
        let link = page.map(|href| view! { <Link href>"Open the policy"</Link> });
        let label = format!("Policy document of {title}");
        let body = match self.text {
            Some(Ok(laid)) => {
                view! { <CodeView code=laid.code label json=true marks testid="deciding-policy" /> }.into_any()
            }
            Some(Err(error)) => view! { <Problem error /> }.into_any(),
            None => "The text of this policy cannot be shown: who simulates may not list it.".into_any(),
        };
        view! {
            <ExpandableSection header=title variant=ExpandableVariant::Footer open id testid="deciding-section">
                <SpaceBetween>{link} {body}</SpaceBetween>
            </ExpandableSection>
        }
        .into_any()
    }
}

/// The lines of a result's statements.
pub(super) fn lines(policies: &[Deciding], result: &EvaluationResult) -> Vec<(String, Option<String>)> {
    let line =
        |statement: &MatchedStatement| Some(policies.iter().find(|policy| policy.is(statement))?.line(statement));
    result.matched_statements.iter().filter_map(line).collect()
}

/// The texts, open where there are few.
pub(super) fn sections(policies: Vec<Deciding>) -> AnyView {
    let open = policies.len() <= 3;
    policies.into_iter().map(|policy| policy.section(open)).collect_view().into_any()
}
