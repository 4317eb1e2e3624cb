//! A block's conditions, and the dialog that adds one.

use ::services::{
    ConditionKey, KeyType,
    visual::{Block, MFA_KEY, Permissions, SOURCE_IP_KEY, compared, operators},
};
use leptos::prelude::*;
use policy::condition::Operator;

use super::{
    block::Row,
    fields,
    place::{Place, button, token},
    sent::{Editing, Section},
};
use crate::ui::{
    ButtonVariant, Checkbox, FormField, Input, Modal, Select, SelectOption, Space, SpaceBetween, Text, TextColor,
    Textarea, TokenGroup,
};

const DIALOG: &str = "add-condition-dialog";
/// The list of keys that the dialog's field offers.
const KEYS: &str = "condition-keys";

/// The section "Request conditions".
pub(super) fn row(place: &Place, number: usize, block: &Permissions, editing: &Editing, open: bool) -> Row {
    let mut said: Vec<String> = Vec::new();
    if block.needs_mfa() {
        said.push("MFA required".to_owned());
    }
    if !block.source_ip().is_empty() {
        said.push(format!("Source IP {}", block.source_ip().join(", ")));
    }
    said.extend(block.other_conditions().map(|(_, element)| format!("{} {}", element.key, element.operator)));
    let summary = if said.is_empty() { "Specify request conditions (optional)".to_owned() } else { said.join(", ") };
    let content = open.then(|| content(place, number, block, editing));
    Row { title: "Request conditions".to_owned(), summary, content }
}

fn content(place: &Place, number: usize, block: &Permissions, editing: &Editing) -> AnyView {
    let source_ip = match editing.typed.get(fields::SOURCE_IP) {
        Some(typed) => typed.clone(),
        None => block.source_ip().join(", "),
    };
    let others: Vec<AnyView> = block
        .other_conditions()
        .map(|(at, element)| {
            let text = format!("{} {} {}", element.key, element.operator, element.values.join(" or "));
            token(&text, None, place.about("uncondition", number, &at.to_string()), "condition-token")
        })
        .collect();
    let others = (!others.is_empty())
        .then(|| view! { <TokenGroup label="Other conditions">{others.collect_view()}</TokenGroup> });
    let add = button(
        place.label("Add condition", "Add another condition"),
        place.to("newcondition", number),
        ButtonVariant::Normal,
        "add-condition",
    );
    let (mfa, needs_mfa) = (place.label("MFA required", "Users are MFA authenticated").to_owned(), block.needs_mfa());
    let from = place.label("Source IP", "Request is from the specified IP range").to_owned();
    let error = editing.fault_of(fields::SOURCE_IP);
    view! {
        <SpaceBetween size=Space::M>
            <Text color=TextColor::Secondary>"The statement counts only for requests that meet all of these."</Text>
            <Checkbox
                id=format!("mfa-{number}")
                name=fields::MFA
                checked=needs_mfa
                description=format!("The request was made after a sign-in with a second factor ({MFA_KEY}).")
                testid="mfa-required"
            >
                {mfa}
            </Checkbox>
            <FormField
                control_id=format!("source-ip-{number}")
                label=from
                optional=true
                description=format!("The request comes from one of these addresses ({SOURCE_IP_KEY}).")
                constraint="Addresses or ranges such as 203.0.113.0/24, separated by commas."
                error
                testid="source-ip-field"
            >
                <Input name=fields::SOURCE_IP value=source_ip testid="source-ip" />
            </FormField>
            {others}
            {add}
        </SpaceBetween>
    }
    .into_any()
}

/// The keys that a block's requests can have: the service's own for its actions, then the global ones.
fn keys(editing: &Editing, number: usize) -> Vec<&'static ConditionKey> {
    let mut keys = Vec::new();
    let visual = editing.blocks().ok();
    if let Some(Block::Drawn(block)) = visual.as_ref().and_then(|visual| visual.blocks.get(number))
        && let Some(service) = ::services::service(&block.service)
    {
        for action in service.actions.iter().filter(|action| block.means(action)) {
            keys.extend(service.condition_keys_of(action));
        }
    }
    keys.sort_by(|one, other| one.name.cmp(&other.name));
    keys.extend(::services::global_condition_keys());
    keys.dedup_by(|one, other| one.name == other.name);
    keys
}

/// The name of what one value is, as AWS's reference has it.
pub(super) fn noun(kind: KeyType) -> &'static str {
    match kind.of_one() {
        KeyType::Numeric => "Numeric",
        KeyType::Bool => "Bool",
        KeyType::Date => "Date",
        KeyType::Arn => "ARN",
        KeyType::IpAddress => "IPAddress",
        KeyType::Binary => "Binary",
        _ => "String",
    }
}

/// What is offered for keys of several values alone.
const SEVERAL: &str = "several";

/// A key for the list, with the words by which `ui::behaviour` knows what to offer for it.
fn offered_key(key: &ConditionKey) -> impl IntoView + use<> {
    let several = if key.key_type.is_multivalued() { SEVERAL } else { "" };
    view! { <option value=key.name.clone() data-words=format!("{} {several}", noun(key.key_type))></option> }
}

/// The choices of operators and of qualifiers for the key that is typed. Those that do not suit it are there for when
/// another one is typed, and cannot be chosen until then.
fn choices(key: Option<KeyType>) -> (Vec<SelectOption>, Vec<SelectOption>) {
    let offered: Vec<&str> = operators(key).collect();
    let operators = Operator::names().map(|name| SelectOption {
        disabled: !offered.contains(&name),
        only_for: compared(name).map(|kind| noun(kind).to_owned()),
        ..SelectOption::new(name, name)
    });
    let several = [("ForAllValues", "For all values in request"), ("ForAnyValue", "For any value in request")];
    let several = several.map(|(value, text)| SelectOption {
        disabled: key.is_some_and(|key| !key.is_multivalued()),
        only_for: Some(SEVERAL.to_owned()),
        ..SelectOption::new(value, text)
    });
    let quantifiers = std::iter::once(SelectOption::new("None", "Default")).chain(several);
    (operators.collect(), quantifiers.collect())
}

/// What was chosen; the first that can be, if that cannot.
fn chosen(typed: String, options: &[SelectOption], default: &str) -> String {
    let can_be = |value: &str| options.iter().any(|option| option.value == value && !option.disabled);
    let first =
        || options.iter().find(|option| !option.disabled).map(|option| option.value.clone()).unwrap_or_default();
    [typed.as_str(), default].into_iter().find(|value| can_be(value)).map_or_else(first, str::to_owned)
}

/// The dialog, and where Enter sends the form.
pub(super) fn dialog(place: &Place, editing: &Editing, number: usize) -> (AnyView, String) {
    let to = place.to("condition", number);
    let add = button("Add", to.clone(), ButtonVariant::Primary, "confirm-condition");
    let cancel = place.section(number, Some(Section::Conditions.word()));
    let cancel = button("Cancel", cancel, ButtonVariant::Link, "cancel-condition");
    let typed = |field: &str| editing.typed(field);
    let key = typed(fields::KEY);
    let known = ::services::condition_key(key.trim()).filter(|_| !key.trim().is_empty());
    let mut keys = keys(editing, number);
    // One of another service is not in the list, and yet it is known what suits it.
    keys.extend(known.filter(|known| keys.iter().all(|key| key.name != known.name)));
    let keys = keys.into_iter().map(offered_key).collect_view();
    let (operators, quantifiers) = choices(known.map(|known| known.key_type));
    let operator = chosen(typed(fields::OPERATOR), &operators, "StringEquals");
    let quantifier = chosen(typed(fields::QUANTIFIER), &quantifiers, "None");
    // Scripts see to it while the key is typed.
    let look = button("Show its operators", place.to("newcondition", number), ButtonVariant::Normal, "look-up-key");
    let [key_error, quantifier_error, operator_error, value_error] =
        [fields::KEY, fields::QUANTIFIER, fields::OPERATOR, fields::VALUE].map(|field| editing.fault_of(field));
    let (value, if_exists) = (typed(fields::VALUE), !typed(fields::IF_EXISTS).is_empty());
    let content = view! {
        <Modal
            id=DIALOG
            title="Add request condition"
            open=true
            footer=move || view! { {cancel} {add} }
        >
            <SpaceBetween size=Space::M>
                <FormField
                    control_id="condition-key"
                    label="Condition key"
                    description="What is known of the request."
                    constraint="Put a name in place of ${…}: aws:RequestTag/Team."
                    error=key_error
                    testid="condition-key-field"
                >
                    <Input name=fields::KEY value=key list=KEYS testid="condition-key" />
                    <datalist id=KEYS data-decides="true">{keys}</datalist>
                    <noscript>{look}</noscript>
                </FormField>
                <FormField
                    control_id="condition-qualifier"
                    label="Qualifier"
                    description="How a key with several values is treated."
                    error=quantifier_error
                    testid="condition-qualifier-field"
                >
                    <Select name=fields::QUANTIFIER options=quantifiers value=quantifier testid="condition-qualifier" />
                </FormField>
                <FormField
                    control_id="condition-operator"
                    label="Operator"
                    description="Those that suit the key's type."
                    error=operator_error
                    testid="condition-operator-field"
                >
                    <Select name=fields::OPERATOR options=operators value=operator testid="condition-operator" />
                </FormField>
                <Checkbox
                    id="condition-if-exists"
                    name=fields::IF_EXISTS
                    checked=if_exists
                    description="A request without the key meets the condition."
                    testid="condition-if-exists"
                >
                    "If exists"
                </Checkbox>
                <FormField
                    control_id="condition-value"
                    label="Value"
                    constraint="One on each line; one of them must fit."
                    error=value_error
                    testid="condition-value-field"
                >
                    <Textarea name=fields::VALUE value=value testid="condition-value" />
                </FormField>
            </SpaceBetween>
        </Modal>
    };
    (content.into_any(), to)
}
