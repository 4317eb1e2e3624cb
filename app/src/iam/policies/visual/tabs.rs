//! The two tabs over a policy's text, and what each shows.

use leptos::prelude::*;

use super::{
    arn, block, conditions, fields, import,
    place::{Place, button, named},
    sent::{Dialog, Editing, Mode},
    statements,
};
use crate::{
    CallError, PageContext,
    iam::{
        denied::Problem,
        inline::{document_error, document_field, grouped},
        policies::{draft::NEXT, steps},
    },
    ui::{Alert, ButtonVariant, Container, Direction, Header, Severity, Space, SpaceBetween, Text, TextColor},
};

/// How many characters a document can have.
pub(in crate::iam) struct Quota {
    /// All documents together, white space apart.
    pub most: usize,
    /// What the others have; nothing where they may not be read.
    pub others: Option<usize>,
    /// The same in words.
    pub words: String,
}

impl Quota {
    /// "5,000 of 6,144 characters remaining."
    fn left(&self, document: &str) -> String {
        let size = policy::size_without_white_space(document) + self.others.unwrap_or_default();
        match self.most.checked_sub(size) {
            Some(left) => format!("{} of {} characters remaining.", grouped(left), grouped(self.most)),
            None => format!("More than {} characters: the document will be refused.", grouped(self.most)),
        }
    }
}

/// The editor within a form that stands at `base`; `fault` is why the document was refused. The key Enter sends the
/// form to where the second part of the answer leads, where that is not the next step.
pub(in crate::iam) async fn editor(
    page: &PageContext,
    editing: &Editing,
    base: String,
    quota: Quota,
    fault: Option<CallError>,
) -> (AnyView, Option<String>) {
    let place = Place { base, old: page.labels_2020() };
    let error = document_error(fault.as_ref());
    let in_json = editing.mode == Mode::Json;
    let problem = fault.filter(|_| error.is_none()).map(|error| view! { <Problem error /> });
    let kept = kept(editing);
    let (panel, dialog, enter) = if in_json {
        let field = document_field(editing.document.clone(), quota.words, error, quota.most, quota.others);
        let beside = (!place.old).then(|| statements::panel(&place, editing));
        (view! { {field} {beside} }.into_any(), None, None)
    } else {
        let dialog = match &editing.dialog {
            Some(Dialog::Arn { number, kind, replaces }) => {
                arn::dialog(&place, editing, *number, kind.as_deref(), replaces.as_deref())
            }
            Some(Dialog::Condition(number)) => Some(conditions::dialog(&place, editing, *number)),
            Some(Dialog::Import) => Some(import::dialog(&place, editing).await),
            None => None,
        };
        let (dialog, enter) = dialog.unzip();
        let enter = enter.unwrap_or_else(|| match editing.open {
            Some((number, section)) => place.section(number, Some(section.word())),
            None => place.tab(Mode::Visual.word()),
        });
        (visual(&place, editing, error, &quota), dialog, Some(enter))
    };
    let import = named(
        place.label("Import managed policy", "Import policy"),
        place.whole("import"),
        ButtonVariant::Normal,
        "import-policy",
        None,
    );
    let tabs = tablist(&place, editing.mode);
    let id = editing.mode.word();
    let content = view! {
        {kept}
        <SpaceBetween>
            {problem}
            <Container
                header=move || view! { <Header title="Policy editor" actions=move || import /> }
                testid="policy-editor"
            >
                <div class="tabs">
                    {tabs}
                    <div class="tabs__panel" role="tabpanel" id=format!("panel-{id}") aria-labelledby=format!("tab-{id}")>
                        <SpaceBetween>{panel}</SpaceBetween>
                    </div>
                </div>
            </Container>
        </SpaceBetween>
        {dialog}
    };
    (content.into_any(), enter)
}

/// What goes along unseen.
fn kept(editing: &Editing) -> AnyView {
    let mut hidden = vec![(fields::EDITOR.to_owned(), editing.mode.word().to_owned())];
    if editing.mode == Mode::Visual {
        hidden.push(("PolicyDocument".to_owned(), editing.document.clone()));
        if let Some((number, section)) = editing.open {
            hidden.push((fields::OPEN.to_owned(), format!("{number}.{}", section.word())));
        }
    }
    for (number, service) in &editing.chosen {
        hidden.push((format!("{}{number}", fields::SERVICE), service.clone()));
    }
    steps::kept(hidden)
}

/// Tabs that send the form: what was typed in one is there in the other.
fn tablist(place: &Place, current: Mode) -> AnyView {
    let tab = |mode: Mode, text: &str| {
        let (id, selected) = (mode.word(), mode == current);
        let (to, text) = (place.tab(id), text.to_owned());
        let controls = selected.then(|| format!("panel-{id}"));
        view! {
            <button
                class="tabs__tab"
                type="submit"
                role="tab"
                id=format!("tab-{id}")
                name="_op"
                value=NEXT
                formaction=to
                formnovalidate=true
                aria-selected=if selected { "true" } else { "false" }
                aria-controls=controls
                data-testid=format!("tab-{id}")
            >
                {text}
            </button>
        }
    };
    let visual = tab(Mode::Visual, place.label("Visual editor", "Visual"));
    let json = tab(Mode::Json, "JSON");
    view! { <div class="tabs__list" role="tablist" aria-label="How the policy is edited">{visual} {json}</div> }
        .into_any()
}

/// The document as blocks, or why it cannot be drawn.
fn visual(place: &Place, editing: &Editing, refused: Option<String>, quota: &Quota) -> AnyView {
    let drawn = match editing.blocks() {
        Ok(drawn) => drawn,
        Err(sentence) => {
            let back = place.tab(Mode::Json.word());
            return view! {
                <Alert
                    severity=Severity::Error
                    header="This document cannot be shown in the visual editor."
                    testid="cannot-draw"
                    action=move || button("Edit JSON", back.clone(), ButtonVariant::Normal, "back-to-json")
                >
                    {sentence}
                </Alert>
            }
            .into_any();
        }
    };
    let blocks = drawn.blocks.iter().enumerate().map(|(number, block)| block::block(place, editing, number, block));
    let blocks = blocks.collect_view();
    let more = button(
        place.label("Add additional permissions", "Add more permissions"),
        place.whole("add") + "#add-permissions",
        ButtonVariant::Normal,
        "add-permissions",
    );
    let refused = refused.map(|sentence| {
        view! { <Alert severity=Severity::Error testid="document-refused">{sentence}</Alert> }
    });
    let left = quota.left(&editing.document);
    view! {
        {refused}
        {blocks}
        <div class="visual-editor__more" id="add-permissions">
            <SpaceBetween direction=Direction::Horizontal size=Space::M>
                {more}
                <Text color=TextColor::Secondary testid="characters-left">{left}</Text>
            </SpaceBetween>
        </div>
    }
    .into_any()
}
