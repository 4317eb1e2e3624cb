//! What the dialogs of ARNs and conditions open with, and what they write into the document.

use ::services::{
    ConditionKey, KeyType,
    visual::{ArnTemplate, Block, ConditionFault, NoArn, Permissions},
};

use super::{
    apply::resource,
    conditions::noun,
    fields,
    sent::{Dialog, Editing, Section},
};
use crate::iam::fields::Fields;

/// The template of a type of resource of the block's service.
pub(super) fn template(block: &Permissions, kind: &str) -> Option<ArnTemplate<'static>> {
    let service = ::services::service(&block.service)?;
    service.resource_types.iter().find(|known| known.name == kind).map(|known| ArnTemplate(&known.arn))
}

/// The type of an ARN that a block names, with the values of its parts, if it can be put together from parts.
fn apart(editing: &Editing, number: usize, arn: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let visual = editing.blocks().ok()?;
    let Some(Block::Drawn(block)) = visual.blocks.get(number) else { return None };
    let kind = Permissions::kind_of(::services::service(&block.service)?, arn)?;
    Some((kind.name.as_str(), ArnTemplate(&kind.arn).values(arn)?))
}

/// Opens the dialog with the parts of an ARN that is there, or with all of it where it has none.
pub(super) fn edit_arn(editing: &mut Editing, number: usize, arn: &str) {
    editing.open = Some((number, Section::Resources));
    let there = editing.blocks().is_ok_and(|visual| match visual.blocks.get(number) {
        Some(Block::Drawn(block)) => block.resources.iter().any(|known| known == arn),
        _ => false,
    });
    if !there {
        return;
    }
    let kind = match apart(editing, number, arn) {
        Some((kind, parts)) => {
            for (name, value) in parts {
                let any = value == "*";
                if any {
                    editing.typed.insert(format!("{}{name}", fields::ANY), "on".to_owned());
                }
                let shown = if any { String::new() } else { value };
                editing.typed.insert(format!("{}{name}", fields::PART), shown);
            }
            Some(kind.to_owned())
        }
        None => {
            editing.typed.insert(fields::ARNS.to_owned(), arn.to_owned());
            None
        }
    };
    editing.dialog = Some(Dialog::Arn { number, kind, replaces: Some(arn.to_owned()) });
}

/// Puts what the dialog has in the place of the ARN that it was opened with.
pub(super) fn save_arn(editing: &mut Editing, number: usize, arn: &str, form: &Fields<'_>) {
    let kind = apart(editing, number, arn).map(|(kind, _)| kind);
    arns(editing, number, kind, Some(arn), form);
}

/// Adds the ARNs of the dialog, in the place of another if it replaces one, or leaves it open with what is wrong.
pub(super) fn arns(
    editing: &mut Editing,
    number: usize,
    kind: Option<&str>,
    replaces: Option<&str>,
    form: &Fields<'_>,
) {
    editing.open = Some((number, Section::Resources));
    let lines = form.one(fields::ARNS);
    let typed: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    editing.change_block(number, |block, editing| {
        let put = |block: &mut Permissions, arns: &[&str]| match replaces {
            Some(old) => block.replace_resource(old, arns),
            None => arns.iter().for_each(|arn| block.add_resource(arn)),
        };
        if !typed.is_empty() {
            match typed.iter().find_map(|line| resource(line).err()) {
                Some(sentence) => editing.fault(fields::ARNS, lines.clone(), sentence),
                None => put(block, &typed),
            }
            return;
        }
        let Some(template) = kind.and_then(|kind| template(block, kind)) else {
            editing.fault(fields::ARNS, lines.clone(), "Enter an ARN.");
            return;
        };
        let part = |name: &str| form.one(&format!("{}{name}", fields::PART));
        let any = |name: &str| form.has(&format!("{}{name}", fields::ANY));
        match template.fill(|name| if any(name) { "*".to_owned() } else { part(name) }) {
            Ok(arn) => put(block, &[&arn]),
            Err(fault) => {
                let sentence = match &fault {
                    NoArn::Empty(_) => "Enter a value, or choose Any.".to_owned(),
                    NoArn::Character(_, letter) => format!("{letter:?} cannot stand here."),
                    NoArn::Account(_) => "An account has twelve digits.".to_owned(),
                };
                let field = format!("{}{}", fields::PART, fault.part());
                editing.fault(&field, part(fault.part()), sentence);
            }
        }
    });
    if !editing.faults.is_empty() {
        let (kind, replaces) = (kind.map(str::to_owned), replaces.map(str::to_owned));
        editing.dialog = Some(Dialog::Arn { number, kind, replaces });
        let dialog = |name: &str| name.starts_with(fields::PART) || name.starts_with(fields::ANY);
        for (name, value) in form.0.iter().filter(|(name, _)| dialog(name)) {
            editing.typed.insert(name.clone(), value.clone());
        }
    }
}

/// Opens the dialog of a condition; what was typed into it already stays.
pub(super) fn new_condition(editing: &mut Editing, number: usize, form: &Fields<'_>) {
    editing.dialog = Some(Dialog::Condition(number));
    for field in [fields::KEY, fields::QUANTIFIER, fields::OPERATOR, fields::IF_EXISTS, fields::VALUE] {
        editing.typed.insert(field.to_owned(), form.one(field));
    }
}

/// Adds the condition of the dialog, or leaves it open with what is wrong.
pub(super) fn condition(editing: &mut Editing, number: usize, form: &Fields<'_>) {
    let values = form.one(fields::VALUE);
    let lines = values.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let quantifier = match form.one(fields::QUANTIFIER).as_str() {
        name @ ("ForAllValues" | "ForAnyValue") => format!("{name}:"),
        _ => String::new(),
    };
    let base = form.one(fields::OPERATOR);
    let if_exists = form.has(fields::IF_EXISTS);
    let operator = format!("{quantifier}{base}{}", if if_exists { "IfExists" } else { "" });
    let typed = form.one(fields::KEY);
    let key = typed.trim();
    let known = ::services::condition_key(key);
    editing.change_block(number, |block, editing| {
        if let Err(fault) = block.add_condition(&operator, key, known.map(|key| key.key_type), lines) {
            let (field, sentence) = match &fault {
                ConditionFault::Key => (fields::KEY, sentence(&fault)),
                ConditionFault::Operator if if_exists && base == "Null" => {
                    (fields::OPERATOR, "Null asks by itself whether the key is there. Clear \"If exists\".".to_owned())
                }
                ConditionFault::Operator => (fields::OPERATOR, sentence(&fault)),
                ConditionFault::Unsuited(wanted) => (fields::OPERATOR, unsuited(known, *wanted, &base)),
                ConditionFault::Single => (fields::QUANTIFIER, sentence(&fault)),
                _ => (fields::VALUE, sentence(&fault)),
            };
            editing.faults.insert(field.to_owned(), sentence);
        }
    });
    if !editing.faults.is_empty() {
        new_condition(editing, number, form);
    }
}

/// Why an operator is none for a key, and where it can be written all the same.
fn unsuited(key: Option<&ConditionKey>, wanted: KeyType, operator: &str) -> String {
    let name = key.map_or("The key", |key| key.name.as_str());
    let has = noun(wanted);
    format!(
        "{name} has the type {has}, which {operator} does not compare. Choose another operator, or write it in the JSON tab."
    )
}

/// What is wrong with a condition.
pub(super) fn sentence(fault: &ConditionFault) -> String {
    match fault {
        ConditionFault::Key => "Choose a condition key, and put a name in place of ${…} or <…>.".to_owned(),
        ConditionFault::Operator | ConditionFault::Unsuited(_) => "Choose an operator.".to_owned(),
        ConditionFault::Single => "A request has one value of this key: choose Default.".to_owned(),
        ConditionFault::NoValue => "Enter at least one value.".to_owned(),
        ConditionFault::Truth(value) => format!("{value} is neither true nor false."),
        ConditionFault::Number(value) => format!("{value} is no number, such as 10 or -1.5."),
        ConditionFault::Date(value) => {
            format!("{value} is no date as ISO 8601 writes it, such as 2026-08-01T00:00:00Z.")
        }
        ConditionFault::Binary(value) => format!("{value} is not encoded as base64."),
        ConditionFault::Arn(value) => {
            format!("{value} is no ARN: it has six parts with colons between them, such as arn:aws:s3:::bills.")
        }
        ConditionFault::Address(value) => {
            format!("{value} is no IP address and no range of them, such as 203.0.113.0/24.")
        }
    }
}
