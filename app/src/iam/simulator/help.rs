//! What would turn a refusal into a yes.

use leptos::prelude::*;
use policy::{Arn, Layer};
use services::Remedy;

use crate::{
    iam::inline::Owner,
    ui::{Button, CodeView, Container, Header, SpaceBetween, Text},
};

/// The kind of policy in a sentence.
fn kind(layer: Layer) -> &'static str {
    match layer {
        Layer::Boundary => "the permissions boundary",
        Layer::Resource => "the policy of the resource, which belongs to another account,",
        _ => "an identity-based policy",
    }
}

/// The part of the page that says what would help.
pub(super) fn container(remedy: &Remedy, principal: &str) -> Option<AnyView> {
    let body = match remedy {
        Remedy::Nothing => return None,
        Remedy::Allow(policy) => {
            let code = policy.clone();
            let user = principal.parse::<Arn>().ok().map(|arn| Owner::User(arn.name().to_owned()).create_path());
            let add = user.map(|href| view! { <Button href testid="add-statement">"Add inline policy"</Button> });
            view! {
                <SpaceBetween>
                    <Text>"The smallest statement that would allow just this, as a policy to copy:"</Text>
                    <CodeView code label="Smallest policy" json=true testid="smallest-policy" />
                    {add}
                </SpaceBetween>
            }
            .into_any()
        }
        Remedy::Denied(layer) => {
            let text = format!("No Allow helps while that Deny in {} stands: a Deny wins over every Allow.", kind(*layer).trim_end_matches(','));
            view! { <Text testid="no-allow-helps">{text}</Text> }.into_any()
        }
        Remedy::Limited(layer) => {
            let text = match layer {
                Layer::Boundary => "No Allow helps while that permissions boundary stands: it limits what any policy of the user can allow, and does not allow this.".to_owned(),
                layer => format!("No Allow of the user's own helps: {} must allow it too.", kind(*layer)),
            };
            view! { <Text testid="no-allow-helps">{text}</Text> }.into_any()
        }
        Remedy::NoPolicy => {
            view! { <Text testid="no-allow-helps">"No policy decides about this: only the root user can do it or open it."</Text> }
                .into_any()
        }
    };
    Some(
        view! { <Container header=|| view! { <Header title="What would help" /> } testid="remedy">{body}</Container> }
            .into_any(),
    )
}
