//! Writes what was chosen in the form into the document, and does what its buttons say.

use std::collections::BTreeSet;

use ::services::{
    AccessLevel,
    visual::{Block, Choice, Permissions, StrangeAction},
};
use policy::{Arn, Effect};

use super::{
    dialogs, fields,
    sent::{Dialog, Editing, Section},
};
use crate::iam::fields::Fields;

/// Writes the fields of the section that was open into the document.
pub(super) fn section(editing: &mut Editing, form: &Fields<'_>) {
    let Some((number, section)) = editing.open else { return };
    for field in [fields::FIND_SERVICE, fields::FIND_ACTION] {
        editing.typed.insert(field.to_owned(), form.one(field));
    }
    editing.change_block(number, |block, editing| match section {
        Section::Service => {}
        Section::Actions => actions(block, editing, form),
        Section::Resources => resources(block, editing, form),
        Section::Conditions => conditions(block, editing, form),
    });
}

fn actions(block: &mut Permissions, editing: &mut Editing, form: &Fields<'_>) {
    match form.one(fields::EFFECT).as_str() {
        "Allow" => block.effect = Effect::Allow,
        "Deny" => block.effect = Effect::Deny,
        _ => {}
    }
    if let Some(service) = ::services::service(&block.service) {
        let levels: BTreeSet<AccessLevel> = form
            .all(fields::LEVEL)
            .iter()
            .filter_map(|name| AccessLevel::ALL.into_iter().find(|level| level.name() == name))
            .collect();
        let names = form.all(fields::ACTION).into_iter().collect();
        block.take(service, &Choice { all: form.has(fields::ALL), levels, names });
    }
    let typed = form.one(fields::ADD_ACTIONS);
    match block.add_actions(&typed) {
        Ok(()) => {}
        Err(StrangeAction::OtherService(word)) => {
            let sentence = format!("{word} is an action of another service. Add it to a block of its own.");
            editing.fault(fields::ADD_ACTIONS, typed, sentence);
        }
        Err(StrangeAction::NoName(word)) => {
            let sentence = format!("{word} is no action. Names hold letters, digits and the wildcards * and ?.");
            editing.fault(fields::ADD_ACTIONS, typed, sentence);
        }
    }
}

fn resources(block: &mut Permissions, editing: &mut Editing, form: &Fields<'_>) {
    match form.one(fields::RESOURCES).as_str() {
        // Whoever means everything names nothing.
        "all" => {
            editing.typed.insert(fields::ARN.to_owned(), form.one(fields::ARN));
            return block.mean_everything(true);
        }
        "specific" => block.mean_everything(false),
        _ => {}
    }
    let typed = form.one(fields::ARN);
    if !typed.trim().is_empty() {
        match resource(typed.trim()) {
            Ok(()) => block.add_resource(typed.trim()),
            Err(sentence) => editing.fault(fields::ARN, typed, sentence),
        }
    }
}

/// Whether a statement can name this resource.
pub(super) fn resource(text: &str) -> Result<(), String> {
    if text == "*" {
        return Ok(());
    }
    // A wildcard may stand for any parts.
    let whole = text.contains('*') && text.starts_with("arn:");
    match text.parse::<Arn>() {
        Err(error) if !whole => Err(format!("{text} is no ARN: {error}.")),
        _ => Ok(()),
    }
}

fn conditions(block: &mut Permissions, editing: &mut Editing, form: &Fields<'_>) {
    block.need_mfa(form.has(fields::MFA));
    let typed = form.one(fields::SOURCE_IP);
    let ranges = typed.split([',', ' ', '\t', '\r', '\n']).filter(|range| !range.is_empty()).map(str::to_owned);
    if let Err(fault) = block.limit_source_ip(ranges.collect()) {
        editing.fault(fields::SOURCE_IP, typed, dialogs::sentence(&fault));
    }
}

/// Does what a button says: a word and the number of the block that it is about, `what` being a part of that.
pub(super) fn command(editing: &mut Editing, command: &str, what: &str, form: &Fields<'_>) {
    let (word, rest) = command.split_once('.').unwrap_or((command, ""));
    let (number, rest) = rest.split_once('.').unwrap_or((rest, ""));
    let number = number.parse::<usize>().unwrap_or_default();
    if word == "remove" && editing.open.is_some_and(|(open, _)| open == number) {
        // What is wrong in a block that goes is no concern.
        editing.faults.clear();
    }
    if !editing.faults.is_empty() {
        return;
    }
    let open = |section| Some((number, section));
    match word {
        "open" => editing.open = Section::named(rest).and_then(open),
        "close" => editing.open = None,
        "service" => {
            editing.change_block(number, |block, _| block.choose(what));
            editing.open = open(Section::Actions);
        }
        "effect" => {
            let turned = |effect| if effect == Effect::Allow { Effect::Deny } else { Effect::Allow };
            editing.change_block(number, |block, _| block.effect = turned(block.effect));
        }
        "unact" => editing.change_block(number, |block, _| block.remove_action(what)),
        "arn" => {
            editing.dialog = Some(Dialog::Arn { number, kind: Some(what.to_owned()), replaces: None });
        }
        "addarn" => dialogs::arns(editing, number, Some(what), None, form),
        "editarn" => dialogs::edit_arn(editing, number, what),
        "savearn" => dialogs::save_arn(editing, number, what, form),
        "any" => any(editing, number, what),
        "unarn" => editing.change_block(number, |block, _| block.remove_resource(what)),
        "split" => split(editing, number),
        "newcondition" => dialogs::new_condition(editing, number, form),
        "condition" => dialogs::condition(editing, number, form),
        "uncondition" => {
            let place = what.parse().unwrap_or(usize::MAX);
            editing.change_block(number, |block, _| block.remove_condition(place));
        }
        "statement" => editing.add_statement(),
        "add" => editing.change(|visual, editing| editing.open = Some((visual.add(), Section::Service))),
        "repeat" => editing.change(|visual, editing| {
            visual.repeat(number);
            editing.open = None;
        }),
        "remove" => editing.change(|visual, editing| {
            visual.remove(number);
            editing.open = None;
        }),
        "import" => {
            editing.dialog = Some(Dialog::Import);
            editing.typed.insert(fields::FIND_POLICY.to_owned(), form.one(fields::FIND_POLICY));
        }
        "imported" => {
            editing.typed.insert(fields::FIND_POLICY.to_owned(), form.one(fields::FIND_POLICY));
            editing.import = Some(form.one(fields::IMPORT)).filter(|arn| !arn.is_empty());
            if editing.import.is_none() {
                editing.dialog = Some(Dialog::Import);
                editing.fault(fields::IMPORT, String::new(), "Choose a policy.");
            }
        }
        _ => {}
    }
}

/// Means every resource of a type, in the account of the one who asks where its ARNs name one.
fn any(editing: &mut Editing, number: usize, kind: &str) {
    let account = editing.account.clone();
    editing.change_block(number, |block, _| {
        if let Some(template) = dialogs::template(block, kind) {
            block.add_resource(&template.any(&account));
        }
    });
}

/// Gives the actions that are about no resource a block of their own.
fn split(editing: &mut Editing, number: usize) {
    editing.change(|visual, _| {
        let Some(Block::Drawn(block)) = visual.blocks.get_mut(number) else { return };
        let apart = ::services::service(&block.service).and_then(|service| block.split_off(service));
        if let Some(apart) = apart {
            let added = visual.add();
            if let Some(Block::Drawn(block)) = visual.blocks.get_mut(added) {
                *block = Permissions { sid: block.sid.take(), ..apart };
            }
        }
    });
}
