//! The service and its actions: check boxes by access level, and those chosen of other services.

use leptos::prelude::*;
use services::{AccessLevel, Service};

use super::asked::Asked;
use crate::ui::{
    Button, ButtonKind, Checkbox, Container, EmptyState, ExpandableSection, FormField, Header, Select, SelectOption,
    SpaceBetween, Text, TextVariant, slug,
};

/// The part of the form that names the actions.
pub(super) fn part(asked: &Asked, fault: Option<String>) -> AnyView {
    let options = services::by_name().map(|entry| {
        let (prefix, name) = (entry.prefix.as_str(), entry.short_name());
        let text = if name.eq_ignore_ascii_case(prefix) { name.to_owned() } else { format!("{name} ({prefix})") };
        SelectOption::new(prefix, text)
    });
    let options: Vec<SelectOption> = options.collect();
    let service = services::entry(&asked.service).map(|entry| (entry.service(), entry.short_name()));
    let counter = format!("[{} actions selected]", asked.whole_actions.len());
    let others = others(asked, service.map(|(service, _)| service));
    let chosen = asked.service.clone();
    let actions = match service {
        Some((service, name)) => of_service(asked, service, name),
        None => view! {
            <EmptyState title="No service selected" text="Select a service and press Select actions." testid="no-service" />
        }
        .into_any(),
    };
    view! {
        <Container header=move || view! { <Header title="Actions" counter /> } testid="simulated-actions">
            <SpaceBetween>
                <FormField
                    control_id="service"
                    label="Service"
                    error=fault
                    secondary=|| {
                        view! { <Button kind=ButtonKind::Submit name="Step" value="service" testid="choose-service">"Select actions"</Button> }
                    }
                    testid="service-field"
                >
                    <Select name="Service" options value=chosen placeholder="Select service" testid="service" />
                </FormField>
                {actions} {others}
            </SpaceBetween>
        </Container>
    }
    .into_any()
}

fn of_service(asked: &Asked, service: &Service, name: &str) -> AnyView {
    let chosen = |action: &str| asked.actions.iter().any(|known| known.eq_ignore_ascii_case(action));
    let all = format!("{}:*", service.prefix);
    let whole = chosen(&all);
    let text = format!("All {name} actions ({})", service.actions.len());
    let levels = AccessLevel::ALL.into_iter().filter_map(|level| {
        let actions: Vec<(String, bool)> = service
            .actions
            .iter()
            .filter(|action| action.level == level)
            .map(|action| {
                let whole = format!("{}:{}", service.prefix, action.name);
                let ticked = chosen(&whole);
                (whole, ticked)
            })
            .collect();
        let ticked = actions.iter().filter(|(_, ticked)| *ticked).count();
        let header = format!("{level} ({}{})", selected(ticked), actions.len());
        let testid = format!("level-{}", slug(level.name()));
        let open = ticked > 0 || actions.len() <= 20;
        (!actions.is_empty()).then(|| {
            view! {
                <ExpandableSection header open testid>
                    <div class="action-grid">{actions.into_iter().map(|(action, ticked)| choice(action, ticked)).collect_view()}</div>
                </ExpandableSection>
            }
        })
    });
    let levels = levels.collect_view();
    view! {
        <SpaceBetween>
            <Checkbox id="all-actions" name="Action" value=all checked=whole testid="all-actions">{text}</Checkbox>
            {levels}
        </SpaceBetween>
    }
    .into_any()
}

/// "2/" before the number of all, where some are selected.
fn selected(ticked: usize) -> String {
    if ticked == 0 { String::new() } else { format!("{ticked}/") }
}

fn choice(action: String, ticked: bool) -> AnyView {
    let (id, testid) = (format!("action-{}", slug(&action)), format!("action-{}", slug(&action)));
    let name = action.split_once(':').map_or(action.clone(), |(_, name)| name.to_owned());
    view! { <Checkbox id name="Action" value=action checked=ticked testid>{name}</Checkbox> }.into_any()
}

/// What is chosen and not among the actions shown: it stays chosen until it is unticked here.
fn others(asked: &Asked, shown: Option<&Service>) -> Option<AnyView> {
    let among = |action: &String| {
        let Some((prefix, name)) = action.split_once(':') else { return false };
        shown.is_some_and(|service| {
            service.prefix.eq_ignore_ascii_case(prefix) && (name == "*" || service.action(name).is_some())
        })
    };
    let rest: Vec<String> = asked.actions.iter().filter(|action| !among(action)).cloned().collect();
    (!rest.is_empty()).then(|| {
        let boxes = rest.into_iter().enumerate().map(|(number, action)| {
            let (id, testid, text) = (format!("other-{number}"), format!("other-{}", slug(&action)), action.clone());
            view! { <Checkbox id name="Action" value=action checked=true testid>{text}</Checkbox> }
        });
        let boxes = boxes.collect_view();
        view! {
            <SpaceBetween>
                <Text variant=TextVariant::Label>"Also selected"</Text>
                <div class="action-grid" data-testid="other-actions">{boxes}</div>
            </SpaceBetween>
        }
        .into_any()
    })
}
