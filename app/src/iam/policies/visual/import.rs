//! The dialog that takes over the statements of a managed policy.

use leptos::prelude::*;
use model::console::{ListManagedPolicyRows, ManagedPolicyRow};

use super::{
    fields,
    place::{Place, button},
    sent::{Editing, Mode},
};
use crate::{
    CallError,
    iam::{denied::Problem, policies::in_effect},
    ui::{
        ButtonVariant, EmptyState, FilterInput, FormField, Modal, ModalSize, RadioGroup, RadioOption, Space,
        SpaceBetween, Text, TextColor,
    },
};

const DIALOG: &str = "import-policy-dialog";
/// Rows of the list: a search narrows it.
const ROWS: i64 = 25;

/// Adds the statements of the policy that was chosen.
///
/// # Errors
/// What reading it answers.
pub(in crate::iam) async fn run(editing: &mut Editing) -> Result<(), CallError> {
    let Some(arn) = editing.import.take() else { return Ok(()) };
    let (name, text) = in_effect(&arn).await?;
    editing.imported(&name, &text);
    Ok(())
}

/// The dialog, and where Enter sends the form.
pub(super) async fn dialog(place: &Place, editing: &Editing) -> (AnyView, String) {
    let find = place.whole("import");
    let query = editing.typed(fields::FIND_POLICY);
    let asked = ListManagedPolicyRows {
        query: Some(query.trim().to_owned()).filter(|query| !query.is_empty()),
        page_size: Some(ROWS),
        ..ListManagedPolicyRows::default()
    };
    let list = match crate::call(asked).await {
        Ok(found) => list(editing, found.rows, found.matching),
        Err(error) => view! { <Problem error /> }.into_any(),
    };
    let import = button("Import", place.whole("imported"), ButtonVariant::Primary, "confirm-import");
    let cancel = button("Cancel", place.tab(Mode::Visual.word()), ButtonVariant::Link, "cancel-import");
    let search = button("Search", find.clone(), ButtonVariant::Normal, "search-import");
    let content = view! {
        <Modal
            id=DIALOG
            title=place.label("Import managed policies", "Import policy")
            size=ModalSize::Large
            open=true
            footer=move || view! { {cancel} {import} }
        >
            <SpaceBetween size=Space::M>
                <Text color=TextColor::Secondary>
                    "The statements of the policy chosen are added to this one. Later changes of that policy do not come along."
                </Text>
                <div class="visual-import__search" role="search" aria-label="Find policies">
                    <FilterInput
                        name=fields::FIND_POLICY
                        placeholder="Search by policy name"
                        value=query
                        testid="find-import"
                    />
                    {search}
                </div>
                {list}
            </SpaceBetween>
        </Modal>
    };
    (content.into_any(), find)
}

fn list(editing: &Editing, rows: Vec<ManagedPolicyRow>, matching: i64) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title="No matches" text="No policy has this in its name or description." testid="no-import" /> }
            .into_any();
    }
    let shown = i64::try_from(rows.len()).unwrap_or_default();
    let more = (matching > shown).then(|| {
        let text = format!("{shown} of {matching} policies. Search to find others.");
        view! { <Text color=TextColor::Secondary testid="import-count">{text}</Text> }
    });
    let options = rows
        .into_iter()
        .map(|row| {
            let note = if row.description.is_empty() { row.kind } else { format!("{}: {}", row.kind, row.description) };
            RadioOption::new(row.policy_arn, row.policy_name).describe(note)
        })
        .collect();
    view! {
        <FormField
            control_id="import-policy"
            label="Policy"
            group=true
            error=editing.fault_of(fields::IMPORT)
            testid="import-field"
        >
            <RadioGroup name=fields::IMPORT options testid="import" />
        </FormField>
        {more}
    }
    .into_any()
}
