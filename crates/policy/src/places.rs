//! Where the elements of a policy stand in its text, for an editor that marks them.

use crate::error::{ParseError, Position, Span};
use crate::json;
use crate::parse::{self, DraftElement};

/// Where one statement's elements stand; lists are in the order of the [`Statement`](crate::Statement)'s own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The statement itself.
    pub statement: Span,
    /// The key Action or NotAction, or the statement's beginning.
    pub action: Position,
    /// The values of Action or NotAction.
    pub actions: Vec<Position>,
    /// The values of Resource or NotResource.
    pub resources: Vec<Position>,
    /// The key Principal or NotPrincipal.
    pub principal: Option<Position>,
    /// The operators of the conditions.
    pub conditions: Vec<Position>,
}

/// The places of a policy's statements, in their order.
///
/// # Errors
/// What [`Document::parse`](crate::Document::parse) complains about, as far as it does not depend on the policy's kind.
pub fn places(text: &str) -> Result<Vec<Places>, ParseError> {
    let draft = parse::draft(&json::read(text)?)?;
    let values = |element: Option<&DraftElement>| {
        element.map(|element| element.values.iter().map(|value| value.at).collect()).unwrap_or_default()
    };
    let places = draft.statements.iter().map(|statement| Places {
        statement: statement.span,
        action: statement.action.as_ref().map_or(statement.span.start, |element| element.at),
        actions: values(statement.action.as_ref()),
        resources: values(statement.resource.as_ref()),
        principal: statement.principal.as_ref().map(|principal| principal.at),
        conditions: statement.conditions.iter().map(|condition| condition.at).collect(),
    });
    Ok(places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let text = "{\"Statement\": {\n  \"Effect\": \"Allow\",\n  \"NotAction\": [\"iam:*\",\n    \"sts:*\"],\n  \
                    \"Principal\": \"*\",\n  \"Condition\": {\"Bool\": {\"aws:SecureTransport\": true}}\n}}";
        let found = places(text).expect("a policy");
        let at = |line, column| Position { line, column };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].statement, Span { start: at(1, 15), end: at(7, 2) });
        assert_eq!((found[0].action, &found[0].actions[..]), (at(3, 3), &[at(3, 17), at(4, 5)][..]));
        assert_eq!((found[0].principal, &found[0].conditions[..]), (Some(at(5, 3)), &[at(6, 17)][..]));
        assert!(found[0].resources.is_empty());
        assert!(places("{").is_err());
    }
}
