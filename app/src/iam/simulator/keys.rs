//! The condition keys that the policies ask for, with fields for what the simulated request has of them.

use std::collections::HashSet;

use leptos::prelude::*;
use model::iam::{CONTEXT_KEY_TYPES, GetContextKeysForCustomPolicy, GetContextKeysForPrincipalPolicy};
use policy::{Document, PolicyKind};

use super::asked::{Asked, Typed, kind_of};
use crate::{
    CallError,
    ui::{FormField, Input, Select, SelectOption, SpaceBetween, Text},
};

/// Keys that tell who asks: the simulation knows them of a user.
const OF_USERS: [&str; 5] =
    ["aws:username", "aws:userid", "aws:principalarn", "aws:principalaccount", "aws:principaltype"];

/// The keys that the policies ask for; what was typed of them and of others stays.
pub(super) async fn of(asked: &Asked) -> Result<Vec<Typed>, CallError> {
    let mut found: Vec<Typed> = Vec::new();
    if asked.has_policies() {
        let policy_input_list = asked.policies();
        let names = if asked.source.is_empty() {
            crate::call(GetContextKeysForCustomPolicy { policy_input_list }).await?.context_key_names
        } else {
            let policy_source_arn = asked.source.clone();
            crate::call(GetContextKeysForPrincipalPolicy { policy_source_arn, policy_input_list })
                .await?
                .context_key_names
        };
        let names = each_once(names.into_iter().chain(of_limits(asked)));
        found.extend(names.into_iter().map(|key| Typed { kind: kind_of(&key).to_owned(), key, values: String::new() }));
    }
    for typed in &asked.context {
        match found.iter_mut().find(|key| key.key.eq_ignore_ascii_case(&typed.key)) {
            Some(key) => *key = Typed { key: key.key.clone(), ..typed.clone() },
            None if !typed.values.is_empty() => found.push(typed.clone()),
            None => {}
        }
    }
    Ok(found)
}

/// The keys that the boundary and the resources' own policy ask for, as far as they can be read: the operations tell of
/// identity policies alone.
fn of_limits(asked: &Asked) -> Vec<String> {
    let typed = [(&asked.boundary, PolicyKind::Identity), (&asked.resource_policy, PolicyKind::Resource)];
    let read = typed.into_iter().filter_map(|(text, kind)| Document::parse(text, kind).ok());
    read.flat_map(|document| document.context_keys()).collect()
}

/// The keys as first spelled: their case does not count.
fn each_once(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    keys.filter(|key| seen.insert(key.to_lowercase())).collect()
}

/// Whether the simulation knows the key of the user by itself.
fn known_of_users(key: &str) -> bool {
    let key = key.to_lowercase();
    OF_USERS.contains(&key.as_str()) || key.starts_with("aws:principaltag/")
}

/// The fields.
pub(super) fn fields(asked: &Asked, keys: Vec<Typed>) -> AnyView {
    if keys.is_empty() {
        let text = if asked.has_policies() {
            "These policies ask for no condition key."
        } else {
            "Select a user or group, or type a policy, to see which condition keys it asks for."
        };
        return view! { <Text testid="no-context-keys">{text}</Text> }.into_any();
    }
    let of_user = asked.is_of_user();
    let rows = keys.into_iter().enumerate().map(|(number, typed)| row(number, typed, of_user)).collect_view();
    view! {
        <SpaceBetween>
            <Text>"The keys that the policies ask for. What is left empty counts as absent. Several values are separated by commas."</Text>
            <div data-testid="context-keys">
                <SpaceBetween>{rows}</SpaceBetween>
            </div>
        </SpaceBetween>
    }
    .into_any()
}

fn row(number: usize, typed: Typed, of_user: bool) -> AnyView {
    let Typed { key, kind, values } = typed;
    let member = |part: &str| format!("Context[{number}][{part}]");
    let (control_id, testid) = (format!("context-{number}"), format!("context-{}", crate::ui::slug(&key)));
    let options = CONTEXT_KEY_TYPES.iter().map(|kind| SelectOption::new(*kind, *kind)).collect();
    let note =
        (of_user && known_of_users(&key)).then(|| "Known of the user. What is typed here counts instead.".to_owned());
    let (kind_name, kind_label, kind_id) = (member("Type"), format!("Type of {key}"), format!("context-type-{number}"));
    let (values_name, kind) = (member("Values"), if kind.is_empty() { kind_of(&key).to_owned() } else { kind });
    let kind_testid = format!("{testid}-type");
    view! {
        <div>
            <input type="hidden" name=member("Key") value=key.clone() />
            <FormField
                control_id
                label=key
                constraint=note
                secondary=move || {
                    view! { <Select name=kind_name options value=kind label=kind_label id=kind_id testid=kind_testid /> }
                }
            >
                <Input name=values_name value=values testid />
            </FormField>
        </div>
    }
    .into_any()
}

/// A condition key as the catalogue spells it.
pub(super) fn name_of(key: &str) -> &str {
    let known = services::condition_key(key).map(|known| known.name.as_str());
    known.filter(|name| name.eq_ignore_ascii_case(key)).unwrap_or(key)
}
