//! `tests/corpus/principals`: one Principal or NotPrincipal element of a resource's policy, and what an Allow with it
//! is worth to principals of the resource's account. Every principal listed is a case.

use policy::{Attachment, Layer, Outcome, PolicyKind, PolicySet, Request, evaluate};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Report, attached, principal, tables};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    /// The document the rule comes from.
    source: String,
    /// `Principal` or `NotPrincipal`.
    element: String,
    value: Value,
    /// Let in by this alone, whatever their boundary does not allow.
    #[serde(default)]
    direct: Vec<String>,
    /// Let in by this alone, but within their boundary.
    #[serde(default)]
    limited: Vec<String>,
    /// Let in if their own policies let them too.
    #[serde(default)]
    account: Vec<String>,
    /// Not spoken of.
    #[serde(default)]
    nobody: Vec<String>,
}

pub fn run(report: &mut Report) {
    for (file, table) in tables::<Table>("principals") {
        let Table { name, source, element, value, .. } = &table;
        assert!(!source.is_empty(), "{name} has a source");
        let groups = [
            ("direct", &table.direct),
            ("limited", &table.limited),
            ("account", &table.account),
            ("nobody", &table.nobody),
        ];
        for (worth, whos) in groups {
            for who in whos {
                let title = format!("principals/{file}: {name}: {element} {value} is worth {worth:?} to {who}");
                report.case(title, check(element, value, worth, who));
            }
        }
    }
}

fn check(element: &str, value: &Value, worth: &str, who: &str) -> Result<(), String> {
    let statement = |effect: &str| {
        let mut statement = json!({ "Effect": effect, "Action": "s3:*", "Resource": "*" });
        statement[element] = value.clone();
        statement
    };
    let resource = |statements: Value| {
        let document = json!({ "Version": "2012-10-17", "Statement": statements });
        PolicySet::new().with_resource(attached("bucket", Attachment::Resource, PolicyKind::Resource, &document))
    };
    let own = |action: &str, attachment: Attachment| {
        let statement = json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
        let document = json!({ "Version": "2012-10-17", "Statement": statement });
        attached("own", attachment, PolicyKind::Identity, &document)
    };
    let request = Request::new(principal(who), "s3:GetObject", "arn:aws:s3:::b/x");
    let expect = |what: &str, set: &PolicySet, outcome: Outcome, layer: Option<Layer>| {
        let found = evaluate(set, &request);
        let right = found.outcome == outcome && layer.is_none_or(|layer| found.layer == layer);
        if right { Ok(()) } else { Err(format!("{what}: {found:?}, expected {outcome:?} {layer:?}")) }
    };
    let alone = resource(json!([statement("Allow")]));
    let bounded = alone.clone().with_boundary(own("ec2:*", Attachment::Boundary));
    // A federated session without a policy of its own is let in by nothing but its own name.
    let session = |set: PolicySet| set.with_session(own("*", Attachment::Session));
    let everyone = json!({ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" });
    let denied = resource(json!([everyone, statement("Deny")]));
    match worth {
        "direct" => expect("bounded", &bounded, Outcome::Allowed, None)?,
        "limited" => {
            expect("alone", &session(alone), Outcome::Allowed, None)?;
            expect("bounded", &session(bounded), Outcome::ImplicitDeny, Some(Layer::Boundary))?;
        }
        "account" => {
            expect("alone", &session(alone.clone()), Outcome::ImplicitDeny, Some(Layer::Identity))?;
            let both = session(alone.with_identity(own("s3:*", Attachment::User)));
            expect("with an identity policy", &both, Outcome::Allowed, Some(Layer::Identity))?;
        }
        _ => {
            expect("alone", &session(alone), Outcome::ImplicitDeny, None)?;
            return expect("denied", &denied, Outcome::Allowed, None);
        }
    }
    expect("denied", &denied, Outcome::ExplicitDeny, Some(Layer::Resource))
}
