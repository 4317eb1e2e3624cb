//! `docs/permission-matrix.md`: every operation, and what those of AWS's managed policies that every course meets answer
//! to it. The test asks the waist itself and compares; `scripts/prepare matrix` writes the file anew.

use std::{env, fmt::Write as _, fs, path::Path};

use cloud::{Caller, Execute, Request, Source};
use model::{Access, ApiError, Guard, billing::UpdateIAMAccessPreference};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    every_operation::{Visit, every_operation, furnished},
    scene::{Scene, managed},
};

/// Heading of the column, and the policy below `arn:aws:iam::aws:policy/`.
const POLICIES: [(&str, &str); 14] = [
    ("Administrator", "AdministratorAccess"),
    ("Power user", "PowerUserAccess"),
    ("Read only", "ReadOnlyAccess"),
    ("View only", "job-function/ViewOnlyAccess"),
    ("Security audit", "SecurityAudit"),
    ("System administrator", "job-function/SystemAdministrator"),
    ("Support user", "job-function/SupportUser"),
    ("Billing", "job-function/Billing"),
    ("IAM full", "IAMFullAccess"),
    ("IAM read only", "IAMReadOnlyAccess"),
    ("IAM change password", "IAMUserChangePassword"),
    ("Budgets read only", "AWSBudgetsReadOnlyAccess"),
    ("Billing read only", "AWSBillingReadOnlyAccess"),
    ("S3 read only", "AmazonS3ReadOnlyAccess"),
];

/// The account in what is shown.
const SHOWN: &str = "111122223333";

const HEAD: &str = "# Who may do what

Every operation of Understudy, and what fourteen of AWS's managed policies answer to it. Each column is a user with that
one policy and nothing else; access to billing is activated for IAM users. Made by `scripts/prepare matrix` from what the
product itself answers, and compared with it by a test.

✓ allowed · – nothing allows it · ✗ denied by a statement. The root user may do all of it, and alone what is marked
\"root\". Where one policy can be tried on different resources, the answer is for the resource shown: the users, groups
and policies are others than the caller's own, except that `ChangePassword` is about oneself.
";

/// Asks everything as everybody.
struct Matrix {
    scene: Scene,
    stranger: Caller,
    callers: Vec<Caller>,
    /// A form that all of the callers have sent already.
    form: Uuid,
    rows: Vec<(&'static str, Vec<String>)>,
    services: Vec<&'static str>,
    unasked: Vec<String>,
}

/// Whether a caller may call the operation. Nothing is done in any case.
enum Answer {
    Yes,
    No { explicit: bool, action: String, resource: String },
}

impl Matrix {
    async fn new(pool: PgPool) -> Self {
        let scene = furnished(pool).await;
        scene.root(UpdateIAMAccessPreference { activated: true }).await;
        let form = Uuid::new_v4();
        let mut callers = Vec::new();
        for (_, policy) in POLICIES {
            let name = policy.rsplit('/').next().unwrap_or(policy);
            callers.push(scene.user(name, &[policy]).await);
        }
        let stranger = scene.user("stranger", &[]).await;
        for caller in callers.iter().chain([&stranger]) {
            let sent = format!(
                "insert into form_token (account_id, principal_id, token) values ('{}', '{}', '{form}') returning account_id",
                scene.account,
                caller.principal_id(),
            );
            scene.sql(&sent).await;
        }
        Self { scene, stranger, callers, form, rows: vec![], services: vec![], unasked: vec![] }
    }

    /// What the policies say. The stranger's refusal shows that the target is there: whatever else goes wrong for
    /// somebody goes wrong behind the policies. What would change something meets a form that was sent already.
    async fn ask<O: Execute>(&self, caller: &Caller, operation: O) -> Answer {
        let form_token = (!O::ACCESS.is_read()).then_some(self.form);
        let request = Request { form_token, ..Request::new(Source::Api) };
        match self.scene.cloud.call(caller, &request, operation).await {
            Err(ApiError::AccessDenied { denial }) => {
                let resource = denial.resource.replace(&self.scene.account, SHOWN);
                let explicit = denial.because.starts_with("with an explicit deny");
                Answer::No { explicit, action: denial.action, resource }
            }
            Err(error @ (ApiError::Internal { .. } | ApiError::Unavailable)) => panic!("{}: {error:?}", O::ACTION),
            Err(_) => Answer::Yes,
            Ok(_) if O::ACCESS.is_read() => Answer::Yes,
            Ok(_) => panic!("{}: it was done", O::ACTION),
        }
    }
}

impl Visit for Matrix {
    fn account(&self) -> &str {
        &self.scene.account
    }

    async fn visit<O: Execute>(&mut self, operation: O) {
        let root = match O::GUARD {
            Guard::Policy => false,
            Guard::RootOnly(_) => true,
            Guard::Public(why) | Guard::Signed(why) => {
                self.unasked.push(format!("- `{}`: {why}", O::ACTION));
                return;
            }
            Guard::Operator => {
                self.unasked.push(format!("- `{}`: for the operator of the installation, on its host", O::ACTION));
                return;
            }
        };
        let Answer::No { action, resource, .. } = self.ask(&self.stranger, operation.clone()).await else {
            panic!("{}: a stranger may", O::ACTION);
        };
        let level = match O::ACCESS {
            Access::List => "List",
            Access::Read => "Read",
            Access::Write => "Write",
            Access::PermissionsManagement => "Permissions",
            Access::Tagging => "Tagging",
        };
        let own = O::ACTION.to_string();
        let asked = if action == own { String::new() } else { format!("`{action}`") };
        let mut cells = vec![format!("`{}`", O::ACTION.name), level.to_owned(), asked, format!("`{resource}`")];
        for caller in &self.callers {
            let cell = match self.ask(caller, operation.clone()).await {
                Answer::Yes => "✓",
                Answer::No { .. } if root => "root",
                Answer::No { explicit: true, .. } => "✗",
                Answer::No { explicit: false, .. } => "–",
            };
            cells.push(cell.to_owned());
        }
        if self.services.last() != Some(&O::ACTION.service) {
            self.services.push(O::ACTION.service);
        }
        self.rows.push((O::ACTION.service, cells));
    }
}

/// A Markdown table whose columns stand below each other in the source too.
fn table(text: &mut String, rows: &[&Vec<String>]) {
    let headings = ["Operation", "Level", "Asked as", "On"].into_iter().chain(POLICIES.map(|(heading, _)| heading));
    let headings: Vec<String> = headings.map(str::to_owned).collect();
    let widths: Vec<usize> = (0..headings.len())
        .map(|column| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.chain([headings[column].chars().count()]).max().unwrap_or_default()
        })
        .collect();
    let mut line = |cells: &[String]| {
        for (cell, width) in cells.iter().zip(&widths) {
            let _ = write!(text, "| {cell}{} ", " ".repeat(width - cell.chars().count()));
        }
        text.push_str("|\n");
    };
    line(&headings);
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(&rule);
    rows.iter().for_each(|row| line(row));
}

#[sqlx::test(migrator = "cloud::MIGRATOR")]
async fn the_matrix_says_what_the_product_answers(pool: PgPool) {
    let mut matrix = Matrix::new(pool).await;
    every_operation(&mut matrix).await;

    let mut text = HEAD.to_owned();
    text.push_str("\n| column | policy |\n| --- | --- |\n");
    for (heading, policy) in POLICIES {
        let _ = writeln!(text, "| {heading} | `{}` |", managed(policy));
    }
    for service in &matrix.services {
        let rows: Vec<_> = matrix.rows.iter().filter(|(of, _)| of == service).map(|(_, cells)| cells).collect();
        let _ = write!(text, "\n## {service}\n\n");
        table(&mut text, &rows);
    }
    text.push_str("\n## Not asked of any policy\n\n");
    matrix.unasked.iter().for_each(|line| text.push_str(&format!("{line}\n")));

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/permission-matrix.md");
    if env::var_os("PERMISSION_MATRIX").is_some_and(|what| what == "write") {
        fs::write(&file, &text).expect("the matrix is written");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    let other = written.lines().zip(text.lines()).find(|(written, found)| written != found);
    assert!(
        written == text,
        "docs/permission-matrix.md says otherwise: {other:?}; if that is meant, run scripts/prepare matrix"
    );
}
