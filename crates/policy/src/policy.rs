//! A policy made ready for evaluation: actions in lower case, patterns and conditions read once. Statements
//! that deny are kept apart, because they are asked first.

use std::ops::Range;

use crate::condition::{Condition, Truth};
use crate::document::{ConditionElement, Document, Effect, Element, PolicyKind, Statement, Version};
use crate::error::ParseError;
use crate::grant::{Grant, PrincipalMatcher};
use crate::outline::{Common, Outline, Services};
use crate::pattern::Pattern;
use crate::request::Request;
use crate::variables::Template;

/// A compiled policy. It is made once and shared: put it into an `Arc`.
#[derive(Clone, Debug)]
pub struct Policy {
    document: Document,
    denies: Statements,
    allows: Statements,
}

/// Statements of one effect, by the services they are about. Outlines of what they mean lie apart and close together, so
/// that those that cannot be meant are passed over without a look at them.
#[derive(Clone, Debug, Default)]
struct Statements {
    services: Services,
    outlines: Vec<Common>,
    all: Vec<Compiled>,
}

impl Statements {
    fn new(effect: Effect, document: &Document) -> Self {
        let version = document.language();
        let numbered = document.statements.iter().enumerate();
        let mut own: Vec<_> = numbered.filter(|(_, statement)| statement.effect == effect).collect();
        let services = Services::sort(&mut own, |(_, statement)| &statement.action);
        Self {
            services,
            outlines: own.iter().map(|(_, statement)| Common::of(&statement.action)).collect(),
            all: own.into_iter().map(|(index, statement)| Compiled::new(index, statement, version)).collect(),
        }
    }

    /// Those of a range that may mean an action.
    fn of_interest(&self, places: Range<usize>, asked: Outline) -> impl Iterator<Item = &Compiled> {
        let outlines = self.outlines.get(places.clone()).unwrap_or_default();
        let pairs = outlines.iter().zip(self.all.get(places).unwrap_or_default());
        pairs.filter(move |(outline, _)| outline.may_mean(asked)).map(|(_, statement)| statement)
    }

    /// The first in the policy's order that this is true of.
    fn first(&self, request: &Request, applies: impl Fn(&Compiled) -> bool) -> Option<usize> {
        let mut first: Option<usize> = None;
        for places in self.services.about(request.outline()) {
            let found = self.of_interest(places, request.outline()).find(|statement| applies(statement));
            if let Some(Compiled { index, .. }) = found {
                first = Some(first.map_or(*index, |earlier| earlier.min(*index)));
            }
        }
        first
    }
}

impl Policy {
    /// Compiles a document.
    #[must_use]
    pub fn new(document: Document) -> Self {
        let (denies, allows) = (Statements::new(Effect::Deny, &document), Statements::new(Effect::Allow, &document));
        Self { document, denies, allows }
    }

    /// Reads and compiles a policy.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse(text: &str, kind: PolicyKind) -> Result<Self, ParseError> {
        Document::parse(text, kind).map(Self::new)
    }

    /// What the author wrote.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The first statement that takes what is asked: all that can be told of it fits.
    pub(crate) fn denying(&self, request: &Request) -> Option<usize> {
        self.denies.first(request, |statement| statement.fits(request) != Truth::False)
    }

    /// The first statement that gives what is asked: all of it surely fits.
    pub(crate) fn allowing(&self, request: &Request) -> Option<usize> {
        self.allows.first(request, |statement| statement.fits(request) == Truth::True)
    }

    /// The best that a resource's policy gives, with the statement that gives it.
    pub(crate) fn granting(&self, request: &Request) -> Option<(Grant, usize)> {
        let mut best: Option<(Grant, usize)> = None;
        let asked = request.outline();
        let ranges = self.allows.services.about(asked).into_iter();
        for statement in ranges.flat_map(|places| self.allows.of_interest(places, asked)) {
            let grant = statement.principal.as_ref().and_then(|principal| principal.grants(request.principal()));
            let better = |grant, (found, index)| grant > found || (grant == found && statement.index < index);
            if let Some(grant) = grant
                && best.is_none_or(|found| better(grant, found))
                && statement.fits(request) == Truth::True
            {
                best = Some((grant, statement.index));
            }
        }
        best
    }

    /// All statements, ready to be asked, in no particular order.
    pub(crate) fn statements(&self) -> impl Iterator<Item = (Effect, &Compiled)> {
        let denies = self.denies.all.iter().map(|statement| (Effect::Deny, statement));
        denies.chain(self.allows.all.iter().map(|statement| (Effect::Allow, statement)))
    }
}

/// One statement, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    /// Its place among the document's statements.
    pub index: usize,
    not_action: bool,
    /// Whether what is of interest by its outline is meant for sure.
    decided: bool,
    actions: Vec<Pattern>,
    not_resource: bool,
    /// `None`: any resource.
    resources: Option<Vec<Resource>>,
    /// `None`: whoever the policy is attached to.
    principal: Option<PrincipalMatcher>,
    conditions: Vec<Condition>,
}

impl Compiled {
    fn new(index: usize, statement: &Statement, version: Version) -> Self {
        let Element { negated: not_action, values } = &statement.action;
        let actions = values.iter().map(|action| Pattern::new(&action.to_ascii_lowercase())).collect();
        let resource = statement.resource.as_ref();
        Self {
            index,
            not_action: *not_action,
            decided: Common::is_decisive(&statement.action),
            actions,
            not_resource: resource.is_some_and(|element| element.negated),
            resources: resource
                .map(|element| element.values.iter().map(|value| Resource::new(value, version)).collect()),
            principal: statement.principal.as_ref().map(PrincipalMatcher::new),
            conditions: statement.conditions.iter().map(|condition| Condition::new(condition, version)).collect(),
        }
    }

    /// Whether the whole statement fits the request.
    fn meets(&self, request: &Request) -> Truth {
        if self.meets_action(request) { self.meets_the_rest(request) } else { Truth::False }
    }

    /// The same of a statement that is of interest by its outline.
    fn fits(&self, request: &Request) -> Truth {
        if self.decided { self.meets_the_rest(request) } else { self.meets(request) }
    }

    fn meets_the_rest(&self, request: &Request) -> Truth {
        let elements = [self.meets_resource(request), self.meets_principal(request)];
        match Truth::all(elements) {
            Truth::False => Truth::False,
            sofar => Truth::all([
                sofar,
                Truth::all(self.conditions.iter().map(|condition| condition.holds(request.context()))),
            ]),
        }
    }

    pub fn meets_action(&self, request: &Request) -> bool {
        let action = request.lowercase_action();
        self.actions.iter().any(|pattern| pattern.matches(action)) != self.not_action
    }

    pub fn meets_resource(&self, request: &Request) -> Truth {
        let Some(resources) = &self.resources else {
            return Truth::True;
        };
        let mut unresolved = false;
        for resource in resources {
            match resource.matches(request) {
                Some(true) => return (!self.not_resource).into(),
                Some(false) => {}
                None => unresolved = true,
            }
        }
        // A name whose variable has no value is nobody's name. Whether NotResource was to spare the
        // resource in question, nobody can tell.
        match (self.not_resource, unresolved) {
            (false, _) => Truth::False,
            (true, false) => Truth::True,
            (true, true) => Truth::Unknown,
        }
    }

    pub fn meets_principal(&self, request: &Request) -> Truth {
        self.principal.as_ref().map_or(Truth::True, |principal| principal.meets(request.principal()))
    }

    /// Every condition of the statement with its answer.
    pub fn conditions<'a>(
        &'a self,
        statement: &'a Statement,
        request: &'a Request,
    ) -> impl Iterator<Item = (&'a ConditionElement, Truth)> {
        let answers = self.conditions.iter().map(|condition| condition.holds(request.context()));
        statement.conditions.iter().zip(answers)
    }

    /// Whether the statement does what it says, see [`Policy::denying`] and [`Policy::allowing`].
    pub fn applies(&self, effect: Effect, request: &Request) -> bool {
        match effect {
            Effect::Deny => self.meets(request) != Truth::False,
            Effect::Allow => self.meets(request) == Truth::True,
        }
    }
}

/// A value of Resource or NotResource.
#[derive(Clone, Debug)]
enum Resource {
    Fixed(Pattern),
    Variable(Template),
}

impl Resource {
    fn new(value: &str, version: Version) -> Self {
        let template = Template::new(value, version);
        match template.tokens(&crate::Context::new()) {
            Some(tokens) if template.is_constant() => Self::Fixed(Pattern::resource_from_tokens(tokens)),
            _ => Self::Variable(template),
        }
    }

    /// `None` if a variable has no value.
    fn matches(&self, request: &Request) -> Option<bool> {
        match self {
            Self::Fixed(pattern) => Some(pattern.matches(request.resource())),
            Self::Variable(template) => {
                let tokens = template.tokens(request.context())?;
                Some(Pattern::resource_from_tokens(tokens).matches(request.resource()))
            }
        }
    }
}
