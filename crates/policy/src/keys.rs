//! Which condition keys a policy asks a request for.

use std::collections::BTreeSet;

use crate::document::{Document, Element, Statement, Version};
use crate::pattern::Pattern;
use crate::variables::Template;

impl Document {
    /// The keys that conditions and policy variables name, as first written, each once whatever its case.
    #[must_use]
    pub fn context_keys(&self) -> Vec<String> {
        let version = self.language();
        let mut seen = BTreeSet::new();
        let keys = self.statements.iter().flat_map(|statement| statement.context_keys(version));
        keys.filter(|key| seen.insert(key.to_ascii_lowercase())).collect()
    }
}

impl Statement {
    /// The keys that the statement's conditions and variables name, as written; a key can come twice.
    #[must_use]
    pub fn context_keys(&self, version: Version) -> Vec<String> {
        let values = |text: &str| Template::new(text, version).keys().map(str::to_owned).collect::<Vec<String>>();
        let resources = self.resource.iter().flat_map(|element| &element.values);
        let mut keys: Vec<String> = resources.flat_map(|value| values(value)).collect();
        for condition in &self.conditions {
            keys.push(condition.key.clone());
            keys.extend(condition.values.iter().flat_map(|value| values(value)));
        }
        keys
    }

    /// Whether the statement speaks of an action, whatever its case.
    #[must_use]
    pub fn means_action(&self, action: &str) -> bool {
        let Element { negated, values } = &self.action;
        let action = action.to_ascii_lowercase();
        values.iter().any(|value| Pattern::new(&value.to_ascii_lowercase()).matches(&action)) != *negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PolicyKind;

    #[test]
    fn keys_come_from_conditions_and_variables() {
        let text = r#"{"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "s3:Get*", "Resource": ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::x${*}"],
             "Condition": {"StringLike": {"s3:prefix": ["${AWS:UserName}/*", "${aws:PrincipalTag/Team, 'none'}"]},
                           "Bool": {"aws:SecureTransport": true}}},
            {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": {"Bool": {"aws:securetransport": false}}}]}"#;
        let document = Document::parse(text, PolicyKind::Identity).expect("a policy");
        let keys = document.context_keys();
        assert_eq!(keys, ["aws:username", "s3:prefix", "aws:PrincipalTag/Team", "aws:SecureTransport"]);
        let old = Document::parse(&text.replace("2012-10-17", "2008-10-17"), PolicyKind::Identity).expect("a policy");
        assert_eq!(old.context_keys(), ["s3:prefix", "aws:SecureTransport"], "the first version has no variables");
        let [first, second] = document.statements.as_slice() else { panic!("two statements") };
        assert!(first.means_action("S3:getobject") && !first.means_action("s3:PutObject"));
        assert!(second.means_action("s3:PutObject") && !second.means_action("iam:getuser"));
    }
}
