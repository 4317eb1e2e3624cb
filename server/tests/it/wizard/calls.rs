//! The calls that a plan makes, in their order, and where it stops.

use std::sync::Mutex;

use app::{
    CallError,
    iam::{
        calls::Remote,
        plan::Runner,
        users::{
            create_plan::{self, CHANGE_PASSWORD, Row},
            csv,
            draft::{Draft, Facts},
            forms,
        },
    },
};
use model::{ApiError, Kind, Tag};
use serde_json::{Value, json};

use super::{draft, random};

/// Writes down every operation; answers as the API would, but for the one that is to fail.
#[derive(Default)]
pub(super) struct Recorder {
    pub(super) calls: Mutex<Vec<(String, Value)>>,
    /// The operation that fails, and for which user.
    pub(super) fails: Option<(&'static str, &'static str)>,
}

impl Recorder {
    pub(super) fn names(&self) -> Vec<String> {
        self.calls.lock().expect("not poisoned").iter().map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn input(&self, name: &str) -> Value {
        let calls = self.calls.lock().expect("not poisoned");
        calls.iter().find(|(called, _)| called == name).map(|(_, input)| input.clone()).expect("was called")
    }
}

impl Runner for Recorder {
    async fn run<O: Remote>(&self, operation: O) -> Result<O::Output, CallError> {
        let name = O::ACTION.name;
        let input = serde_json::to_value(&operation).expect("serializes");
        let user = input["UserName"].as_str().unwrap_or_default().to_owned();
        self.calls.lock().expect("not poisoned").push((name.to_owned(), input));
        if self.fails == Some((name, user.as_str())) {
            return Err(ApiError::quota("PoliciesPerUser", 10).into());
        }
        let date = "2021-03-08T10:00:00Z";
        let answer = match name {
            "CreateUser" => {
                json!({ "User": { "Path": "/", "UserName": user, "UserId": "AIDA", "Arn": "arn", "CreateDate": date } })
            }
            "CreateLoginProfile" => {
                json!({ "LoginProfile": { "UserName": user, "CreateDate": date, "PasswordResetRequired": true } })
            }
            "CreateAccessKey" => json!({ "AccessKey": {
                "UserName": user, "AccessKeyId": "AKIAEXAMPLEEXAMPLE22", "Status": "Active",
                "SecretAccessKey": "secret/of+forty", "CreateDate": date,
            } }),
            "GetUserPolicy" => json!({ "UserName": user, "PolicyName": "own", "PolicyDocument": "%7B%7D" }),
            "GetAccountPasswordPolicy" => {
                return Err(ApiError::missing(Kind::PasswordPolicy, "123456789012").into());
            }
            _ => Value::Null,
        };
        Ok(serde_json::from_value(answer).expect("the output's shape"))
    }
}

pub(super) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn the_calls_are_made_in_their_order() {
    let draft = Draft { tags: vec![Tag { key: "k".into(), value: "v".into() }], ..draft(&["a"]) };
    let plan = draft.plan(&Facts::default(), random());
    let (recorder, mut rows) = (Recorder::default(), Vec::new());
    create_plan::run(&plan, &recorder, |row| rows.push(row)).await;
    assert_eq!(
        recorder.names(),
        ["CreateUser", "AddUserToGroup", "AttachUserPolicy", "CreateLoginProfile", "CreateAccessKey"]
    );
    assert_eq!(recorder.input("CreateUser")["Tags"], json!([{ "Key": "k", "Value": "v" }]));
    assert_eq!(recorder.input("AttachUserPolicy")["PolicyArn"], json!(CHANGE_PASSWORD));
    assert_eq!(recorder.input("CreateLoginProfile")["PasswordResetRequired"], json!(true));
    let [row] = rows.as_slice() else { panic!("one row") };
    assert!(row.failed.is_none() && row.console);
    assert_eq!(row.access_key_id.as_deref(), Some("AKIAEXAMPLEEXAMPLE22"));
    assert_eq!(row.password.as_ref().map(|password| password.expose().len()), Some(20));
}

#[tokio::test]
async fn a_failure_ends_the_work_on_its_user_alone() {
    let plan = draft(&["a", "b", "c"]).plan(&Facts::default(), random());
    let recorder = Recorder { fails: Some(("AttachUserPolicy", "b")), ..Recorder::default() };
    let mut rows = Vec::new();
    create_plan::run(&plan, &recorder, |row| rows.push(row)).await;
    let failed: Vec<bool> = rows.iter().map(|row: &Row| row.failed.is_some()).collect();
    assert_eq!(failed, [false, true, false]);
    assert_eq!(rows[1].done, ["CreateUser", "AddUserToGroup Admins"]);
    let failure = rows[1].failed.as_ref().expect("failed");
    assert_eq!(failure.step, "AttachUserPolicy IAMUserChangePassword");
    assert_eq!(failure.error.to_string(), "Cannot exceed quota for PoliciesPerUser: 10");
    assert!(rows[1].password.is_none() && rows[1].access_key_id.is_none(), "what was not made is not shown");
    let file = csv::new_users(&rows, "https://console.example/signin/a/console");
    assert_eq!(file.lines().count(), 4, "a line for each user that exists");
}

#[tokio::test]
async fn the_plain_form_runs_the_same_plan() {
    let recorder = Recorder::default();
    let form = fields(&[
        ("UserName", "a"),
        ("Console", "true"),
        ("ResetRequired", "true"),
        ("GroupName", "Admins"),
        ("PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
    ]);
    let answer = forms::run(forms::CREATE, &form, &recorder, random()).await.expect("a plan").expect("works");
    assert_eq!(
        recorder.names(),
        [
            "GetAccountPasswordPolicy",
            "CreateUser",
            "AddUserToGroup",
            "AttachUserPolicy",
            "AttachUserPolicy",
            "CreateLoginProfile"
        ]
    );
    assert!(answer[0]["Password"].is_string(), "the generated password is shown once");

    let none = forms::run(forms::CREATE, &fields(&[("UserName", "a")]), &recorder, random()).await.expect("a plan");
    assert_eq!(none.expect_err("refused").field("accessType").as_deref(), Some("Select at least one access type."));
}

#[tokio::test]
async fn deleting_needs_the_typed_word() {
    let recorder = Recorder::default();
    for (names, typed) in [(vec!["a"], "A"), (vec!["a"], ""), (vec!["a", "b"], "a"), (vec!["a b"], "a b")] {
        let mut form: Vec<_> = names.iter().map(|name| ("UserName", *name)).collect();
        form.push(("confirmation", typed));
        let answer = forms::run(forms::DELETE, &fields(&form), &recorder, random()).await.expect("a plan");
        assert!(answer.is_err(), "{names:?} {typed}");
    }
    let active = [("UserName", "a"), ("confirmation", "a"), ("Active", "true")];
    let answer = forms::run(forms::DELETE, &fields(&active), &recorder, random()).await.expect("a plan");
    assert!(answer.expect_err("refused").field("activeConfirmed").is_some(), "who was active needs a tick more");
    assert!(recorder.names().is_empty(), "nothing was called");
    assert!(forms::run("iam:DeleteUser", &[], &recorder, random()).await.is_none(), "an operation is no plan");
}
