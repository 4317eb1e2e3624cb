//! What the blocks say and what the text says are the same.

use policy::{ConditionElement, Document, Effect, PolicyKind, Sketch, SketchedStatement};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{parts::parts, *};

/// A statement as somebody might have written it.
fn statements() -> impl Strategy<Value = SketchedStatement> {
    let names =
        ["s3:GetObject", "S3:Put*", "s3:*", "ec2:RunInstances", "iam:List?sers", "EC2:*", "*", "x*:Get", "bare"];
    let element = |values: &'static [&'static str]| {
        (prop::bool::weighted(0.15), vec(select(values), 0..4))
            .prop_map(|(negated, values)| Element { negated, values: values.into_iter().map(str::to_owned).collect() })
    };
    let actions = (prop::bool::weighted(0.1), vec(select(names.to_vec()), 0..5))
        .prop_map(|(negated, values)| Element { negated, values: values.into_iter().map(str::to_owned).collect() });
    let resources = element(&["*", "arn:aws:s3:::bills", "arn:aws:iam::*:user/${aws:username}", "\"quoted\" \\ é"]);
    let conditions = vec((select(vec!["Bool", "StringLikeIfExists", "Strange"]), select(vec!["aws:a", "AWS:A"])), 0..3)
        .prop_map(|pairs| {
            let mut elements: Vec<ConditionElement> = Vec::new();
            for (operator, key) in pairs {
                let values = vec!["true".to_owned(), String::new()];
                let element = ConditionElement { operator: operator.into(), key: key.into(), values };
                if !elements.contains(&element) {
                    elements.push(element);
                }
            }
            elements.sort_by(|one, other| one.operator.cmp(&other.operator));
            elements
        });
    let effect = select(vec!["Allow", "Allow", "Deny", "Deny", "denY"]);
    (option::of("[A-Z][a-z]{0,3}"), effect, actions, resources, conditions).prop_map(
        |(sid, effect, action, resource, conditions)| SketchedStatement {
            sid,
            effect: effect.to_owned(),
            principal: None,
            action: Some(action),
            resource: Some(resource),
            conditions,
        },
    )
}

fn sketches() -> impl Strategy<Value = Sketch> {
    let version = option::of(Just(Version::V2012));
    (version, option::of("[a-z]{1,4}"), vec(statements(), 0..5)).prop_map(|(version, id, statements)| Sketch {
        version,
        id,
        statements,
    })
}

/// The same with each statement's actions gathered by service, where they are drawn.
fn gathered(mut sketch: Sketch) -> Sketch {
    for statement in &mut sketch.statements {
        if let (Ok(parts), Some(action)) = (parts(statement), statement.action.as_mut()) {
            action.values = parts.into_iter().flat_map(|part| part.actions).collect();
        }
    }
    sketch
}

proptest! {
    /// Text, blocks, text: the same policy, member by member, in the same order.
    #[test]
    fn no_text_is_lost(sketch in sketches()) {
        let text = sketch.to_text();
        let visual = Visual::read(&text, &[]).expect("a sketch");
        let back = visual.to_text();
        prop_assert_eq!(Sketch::parse(&back).expect("a sketch"), gathered(sketch));
        if let Ok(document) = Document::parse(&text, PolicyKind::Identity) {
            let again = Document::parse(&back, PolicyKind::Identity).expect("a policy");
            prop_assert_eq!(document.statements.len(), again.statements.len());
        }
    }

    /// Blocks, text, blocks: the same blocks, also after changes.
    #[test]
    fn no_block_is_lost(sketch in sketches(), changes in vec((0_usize..8, 0_usize..8), 0..6)) {
        let mut visual = Visual::read(&sketch.to_text(), &[]).expect("a sketch");
        for (change, place) in changes {
            let number = place % visual.blocks.len();
            match (change, &mut visual.blocks[number]) {
                (0, _) => { visual.add(); }
                (1, _) => { visual.repeat(number); }
                (2, _) => visual.remove(number),
                (3, Block::Drawn(drawn)) => drawn.effect = Effect::Deny,
                (4, Block::Drawn(drawn)) => drawn.choose("sqs"),
                (5, Block::Drawn(drawn)) if !drawn.service.is_empty() => drawn.add_actions("Get*").expect("good"),
                (6, Block::Drawn(drawn)) => drawn.need_mfa(true),
                (7, Block::Drawn(drawn)) => drawn.mean_everything(true),
                _ => {}
            }
            visual.settle();
        }
        let back = Visual::read(&visual.to_text(), &visual.chosen()).expect("a sketch");
        prop_assert_eq!(back, visual);
    }
}
