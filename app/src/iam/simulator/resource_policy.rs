//! The resource's side of the question: its own policy, whose it is, and who asks.

use leptos::prelude::*;

use super::{asked::Asked, run::Faults};
use crate::ui::{ExpandableSection, FormField, Input, SpaceBetween, Textarea};

/// The part of the form about it, folded while nobody needs it.
pub(super) fn part(asked: &Asked, faults: &Faults) -> AnyView {
    // A fault here is about something that is said, or about a caller that a policy lacks.
    let open = asked.is_of_resource();
    let (text, owner, caller) = (asked.resource_policy.clone(), asked.resource_owner.clone(), asked.caller.clone());
    let Faults { resource_policy, resource_owner, caller: caller_fault, .. } = faults.clone();
    let caller_rule = if asked.is_of_user() {
        "Left empty, it is the user whose policies are simulated."
    } else {
        "A resource policy needs one, since it says whom it is for."
    };
    view! {
        <ExpandableSection header="Resource policy" open testid="typed-resourcepolicy">
            <SpaceBetween>
                <FormField
                    control_id="resourcepolicy"
                    label="Resource-based policy"
                    description="The resources' own policy, such as a bucket's. It names principals."
                    optional=true
                    stretch=true
                    error=resource_policy
                    testid="resourcepolicy-field"
                >
                    <Textarea name="ResourcePolicy" value=text rows=8 code=true testid="resourcepolicy" />
                </FormField>
                <FormField
                    control_id="caller"
                    label="Caller"
                    description="The ARN of the user who asks."
                    constraint=caller_rule
                    optional=true
                    error=caller_fault
                    testid="caller-field"
                >
                    <Input name="CallerArn" value=caller placeholder="arn:aws:iam::123456789012:user/name" testid="caller" />
                </FormField>
                <FormField
                    control_id="resource-owner"
                    label="Owner of the resources"
                    description="The account that the resources belong to: its twelve digits, or the ARN of its root."
                    constraint="Left empty, it is the caller's account. Of another account's resource both sides must allow."
                    optional=true
                    error=resource_owner
                    testid="resource-owner-field"
                >
                    <Input name="ResourceOwner" value=owner testid="resource-owner" />
                </FormField>
            </SpaceBetween>
        </ExpandableSection>
    }
    .into_any()
}
