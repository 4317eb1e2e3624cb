//! Whom a policy is attached to, and whom it bounds; detaching it from several at once.

use leptos::prelude::*;
use model::console::ListPolicyEntityRows;

use super::{
    attach,
    details::{PolicyPage, SHOWN, unattachable},
    plan::{self, Changed, spoken},
};
use crate::{
    call::encode,
    iam::{choosing::Search, denied::Problem},
    ui::{
        Alert, BulletList, Button, ButtonKind, ButtonVariant, Direction, EmptyState, Flash, Flashbar, Form, Header,
        Modal, NextPage, Rows, Selection, Severity, Space, SpaceBetween, Table, Text, TextFilter,
    },
};

/// Id of the form that the table's check boxes belong to.
const CHOOSE_FORM: &str = "choose-entities";

/// The tab "Policy usage", today "Entities attached".
pub(super) async fn tab(view: &PolicyPage) -> AnyView {
    let (attached, bounded) = (attached(view).await, bounded(view).await);
    view! { <SpaceBetween>{attached} {bounded}</SpaceBetween> }.into_any()
}

async fn attached(view: &PolicyPage) -> AnyView {
    let here = view.at("policy_usage", "");
    let (search, kind) = (Search::of(&view.page), attach::kind(view));
    let narrowed = format!("{here}{}", attach::members(&search.query, &kind));
    let first = search.first(&narrowed);
    let asked = ListPolicyEntityRows {
        policy_arn: view.arn.clone(),
        used_as: Some("PermissionsPolicy".into()),
        entity_filter: (!kind.is_empty()).then(|| kind.clone()),
        query: search.wanted(),
        marker: search.marker,
        max_items: Some(50),
    };
    let output = match crate::call(asked).await {
        Ok(output) => output,
        Err(error) => return view! { <Problem error retry=here /> }.into_any(),
    };
    let next = Search::next(&narrowed, output.marker.as_deref());
    let total = view.policy.as_ref().map(|policy| format!("({})", policy.attachment_count));
    let rows = if output.rows.is_empty() && (!search.query.is_empty() || !kind.is_empty()) {
        Rows::NoMatch { clear: here.clone() }
    } else {
        Rows::Ready(output.rows)
    };
    let selection =
        Selection::multi(plan::ENTITY, attach::value).label(|row| spoken(&attach::value(row))).form(CHOOSE_FORM);
    let title = view.page.label("Permissions", "Attached as a permissions policy").to_owned();
    let (types, buttons) = (attach::types(view, &here, &search.query, None), buttons(view));
    let hidden = attach::kept(&[("section", "policy_usage"), ("type", &kind)]);
    let (fields, unfiltered) = (view.form(plan::CHOOSE), here.clone());
    view! {
        <Form action=here hidden=fields id=CHOOSE_FORM inline=true />
        <Table
            id="attached-entities"
            label="Entities attached"
            columns=attach::columns()
            rows
            selection
            header=move || {
                view! {
                    <Header title counter=total counts_selection_of="attached-entities" actions=move || buttons testid="usage-title" />
                }
            }
            filter=move || {
                view! {
                    <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
                        {types}
                        <TextFilter action=unfiltered placeholder="Search" value=search.query name="query" hidden testid="find-entities" />
                    </SpaceBetween>
                }
            }
            pagination=move || view! { <NextPage first next /> }
            empty=|| {
                view! {
                    <EmptyState
                        title="No entities"
                        text="This policy is attached to no user and no group of this account."
                        testid="no-entities"
                    />
                }
            }
        />
    }
    .into_any()
}

fn buttons(view: &PolicyPage) -> AnyView {
    let href = view.at("policy_usage", "&action=attach");
    let attach = match unattachable(view) {
        Some(reason) => view! {
            <Button disabled=true disabled_reason=reason variant=ButtonVariant::Primary testid="attach-policy">"Attach"</Button>
        }
        .into_any(),
        None => view! { <Button href variant=ButtonVariant::Primary testid="attach-policy">"Attach"</Button> }.into_any(),
    };
    view! {
        <SpaceBetween direction=Direction::Horizontal size=Space::Xs>
            <Button
                kind=ButtonKind::Submit
                form=CHOOSE_FORM
                for_selection=("attached-entities".to_owned(), false)
                testid="detach-policy"
            >
                "Detach"
            </Button>
            {attach}
        </SpaceBetween>
    }
    .into_any()
}

/// The users that the policy bounds, if there are any.
async fn bounded(view: &PolicyPage) -> Option<AnyView> {
    let count = view.policy.as_ref()?.permissions_boundary_usage_count;
    if count == 0 {
        return None;
    }
    let here = view.at("policy_usage", "");
    let marker = view.page.given("bounded");
    let first = marker.is_some().then(|| here.clone());
    let asked = ListPolicyEntityRows {
        policy_arn: view.arn.clone(),
        used_as: Some("PermissionsBoundary".into()),
        marker,
        max_items: Some(50),
        ..ListPolicyEntityRows::default()
    };
    let output = match crate::call(asked).await {
        Ok(output) => output,
        // The table above has said it already.
        Err(_) => return None,
    };
    let next = output.marker.map(|marker| format!("{here}&bounded={}", encode(&marker)));
    let title = view.page.label("Permissions boundaries", "Attached as a permissions boundary").to_owned();
    let counter = format!("({count})");
    let table = view! {
        <Table
            id="bounded-entities"
            label="Entities bounded"
            columns=attach::columns()
            rows=Rows::Ready(output.rows)
            header=move || view! { <Header title counter /> }
            pagination=move || view! { <NextPage first next label="Pages of boundaries" /> }
        />
    };
    Some(table.into_any())
}

/// What the form posted to this page answered.
pub(super) fn outcome(view: &PolicyPage) -> Option<AnyView> {
    let page = &view.page;
    if let Some(error) = [plan::CHOOSE, plan::ATTACH, plan::DETACH].iter().find_map(|form| page.error_of(form)) {
        return Some(view! { <Problem error /> }.into_any());
    }
    let (form, reports) = SHOWN.iter().find_map(|form| Some((*form, page.output_of::<Vec<Changed>>(form)?)))?;
    let done = if form == plan::ATTACH { "attached to" } else { "detached from" };
    let (changed, failed): (Vec<_>, Vec<_>) = reports.into_iter().partition(|report| report.failed.is_none());
    let names: Vec<String> = changed.iter().map(|report| spoken(&report.entity)).collect();
    let flash = (!names.is_empty()).then(|| {
        let text = format!("Policy {} {done} {}.", view.name, names.join(", "));
        view! { <Flashbar items=vec![Flash::success(text)] /> }
    });
    let failed = failed
        .into_iter()
        .filter_map(|report| {
            let header = format!("Policy {} was not {done} {}", view.name, spoken(&report.entity));
            report.failed.map(|error| {
                view! {
                    <SpaceBetween size=Space::Xs>
                        <Alert severity=Severity::Warning header=header testid="not-changed">"Nothing was changed there."</Alert>
                        <Problem error />
                    </SpaceBetween>
                }
            })
        })
        .collect_view();
    Some(view! { {flash} {failed} }.into_any())
}

/// The dialog that detaches the policy from those that were chosen.
pub(super) fn dialog(view: &PolicyPage) -> Option<AnyView> {
    let entities: Vec<String> = view.page.output_of(plan::CHOOSE)?;
    let mut fields = view.form(plan::DETACH);
    fields.extend(entities.iter().map(|entity| (plan::ENTITY.to_owned(), entity.clone())));
    let lines: Vec<String> = entities.iter().map(|entity| spoken(entity)).collect();
    let title = view.page.label("Detach policy", &format!("Detach {}?", view.name)).to_owned();
    let submit = view.page.label("Detach", "Detach policy").to_owned();
    let text = format!("{} loses its effect at once for:", view.name);
    let action = view.at("policy_usage", "");
    let dialog = view! {
        <Modal
            id="detach-entities"
            title
            open=true
            footer=move || {
                view! {
                    <Button variant=ButtonVariant::Link closes="detach-entities" testid="cancel-detach">"Cancel"</Button>
                    <Button variant=ButtonVariant::Primary kind=ButtonKind::Submit form="detach-entities-form" testid="confirm-detach">
                        {submit}
                    </Button>
                }
            }
        >
            <Form action hidden=fields id="detach-entities-form">
                <Text>{text}</Text>
                <BulletList items=lines testid="entities-to-detach" />
            </Form>
        </Modal>
    };
    Some(dialog.into_any())
}
