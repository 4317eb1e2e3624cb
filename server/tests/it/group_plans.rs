//! The forms about groups and inline policies, without a browser: the calls they make, in their order, and where they
//! stop.

use std::sync::Mutex;

use app::{
    CallError,
    iam::{calls::Remote, groups::forms, inline, paths, plan::Runner},
};
use model::{ApiError, Kind};
use serde_json::{Value, json};

/// Writes down every operation; answers as the API would, but for the one that is to fail.
#[derive(Default)]
struct Recorder {
    calls: Mutex<Vec<(String, Value)>>,
    fails: Option<(&'static str, ApiError)>,
}

impl Recorder {
    fn names(&self) -> Vec<String> {
        self.calls.lock().expect("not poisoned").iter().map(|(name, _)| name.clone()).collect()
    }
}

impl Runner for Recorder {
    async fn run<O: Remote>(&self, operation: O) -> Result<O::Output, CallError> {
        let name = O::ACTION.name;
        let input = serde_json::to_value(&operation).expect("serializes");
        let earlier = self.names().iter().filter(|called| *called == name).count();
        self.calls.lock().expect("not poisoned").push((name.to_owned(), input));
        if let Some((fails, error)) = &self.fails
            && *fails == name
        {
            return Err(error.clone().into());
        }
        let date = "2021-03-08T10:00:00Z";
        let group = json!({ "Path": "/", "GroupName": "g", "GroupId": "AGPA", "Arn": "arn", "CreateDate": date });
        let user =
            json!({ "Path": "/", "UserName": "ann", "UserId": "AIDA", "Arn": "arn", "CreateDate": date, "Tags": [] });
        let answer = match name {
            "CreateGroup" => json!({ "Group": group }),
            "GetGroup" if earlier == 0 => json!({ "Group": group, "Users": [user], "IsTruncated": false }),
            "GetGroup" => json!({ "Group": group, "Users": [], "IsTruncated": false }),
            "ListAttachedGroupPolicies" => {
                json!({ "AttachedPolicies": [{ "PolicyName": "P", "PolicyArn": "arn:aws:iam::aws:policy/P" }], "IsTruncated": false })
            }
            "ListGroupPolicies" => json!({ "PolicyNames": ["own"], "IsTruncated": false }),
            "GetUserPolicy" => json!({ "UserName": "ann", "PolicyName": "own", "PolicyDocument": "%7B%7D" }),
            _ => Value::Null,
        };
        Ok(serde_json::from_value(answer).expect("the output's shape"))
    }
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_group_is_made_with_members_and_policies_and_reports_where_it_stopped() {
    let form = fields(&[("GroupName", "g"), ("UserName", "ann"), ("UserName", "bob"), ("PolicyArn", "arn:x/P")]);
    let recorder = Recorder::default();
    let answer = forms::run(forms::CREATE, &form, &recorder).await.expect("a plan").expect("works");
    assert_eq!(recorder.names(), ["CreateGroup", "AddUserToGroup", "AddUserToGroup", "AttachGroupPolicy"]);
    assert_eq!(answer["Failed"], Value::Null);

    let full = ApiError::quota("GroupsPerUser", 10);
    let recorder = Recorder { fails: Some(("AddUserToGroup", full)), ..Recorder::default() };
    let answer = forms::run(forms::CREATE, &form, &recorder).await.expect("a plan").expect("the group exists");
    assert_eq!((&answer["Done"], answer["Failed"].is_null()), (&json!(["CreateGroup"]), false));

    let taken = ApiError::taken(Kind::Group, "g");
    let recorder = Recorder { fails: Some(("CreateGroup", taken.clone())), ..Recorder::default() };
    let answer = forms::run(forms::CREATE, &form, &recorder).await.expect("a plan");
    assert_eq!(answer, Err(taken.into()), "nothing exists: the form comes back");
}

#[tokio::test]
async fn deleting_takes_everything_that_hangs_on_a_group_once_it_is_confirmed() {
    for (names, typed) in [(vec!["g"], "G"), (vec!["g"], ""), (vec!["g", "h", "i"], "3 groups")] {
        let recorder = Recorder::default();
        let mut form: Vec<_> = names.iter().map(|name| ("GroupName", *name)).collect();
        form.push(("confirmation", typed));
        assert!(forms::run(forms::DELETE, &fields(&form), &recorder).await.expect("a plan").is_err());
        assert!(recorder.names().is_empty(), "nothing was called");
    }
    let recorder = Recorder::default();
    let form = fields(&[("GroupName", "g"), ("confirmation", "g")]);
    forms::run(forms::DELETE, &form, &recorder).await.expect("a plan").expect("works");
    assert_eq!(
        recorder.names(),
        [
            "GetGroup",
            "RemoveUserFromGroup",
            "GetGroup",
            "ListAttachedGroupPolicies",
            "DetachGroupPolicy",
            "ListGroupPolicies",
            "DeleteGroupPolicy",
            "DeleteGroup"
        ]
    );
    assert_eq!(forms::consent(&["a", "b", "c"].map(str::to_owned)), "3 user groups");
}

#[tokio::test]
async fn a_new_inline_policy_takes_no_other_ones_place() {
    let form = fields(&[("UserName", "ann"), ("PolicyName", "own"), ("PolicyDocument", "{\r\n}\r\n"), ("New", "true")]);
    let recorder = Recorder::default();
    let answer = inline::plan::run(inline::plan::PUT, &form, &recorder).await.expect("a plan");
    assert_eq!(answer, Err(ApiError::taken(Kind::Policy, "own").into()));
    assert_eq!(recorder.names(), ["GetUserPolicy"]);

    let absent = ApiError::missing(Kind::UserPolicy, "own");
    let recorder = Recorder { fails: Some(("GetUserPolicy", absent)), ..Recorder::default() };
    inline::plan::run(inline::plan::PUT, &form, &recorder).await.expect("a plan").expect("works");
    let calls = recorder.calls.lock().expect("not poisoned");
    assert_eq!(calls[1].0, "PutUserPolicy");
    assert_eq!(calls[1].1["PolicyDocument"], "{\n}\n", "line ends as they were typed");
}

#[test]
fn every_name_has_an_address_of_its_own() {
    for name in [".", "..", "create", "a+b", "x=1,@_-"] {
        let path = paths::group_path(name);
        let segment = path.strip_prefix("/iam/groups/").expect("below the list");
        assert!(!matches!(segment, "." | ".." | "create" | "%2E" | "%2E%2E"), "{path}");
        assert_eq!(paths::named(&inline::decoded(segment)), name);
    }
}

#[test]
fn documents_are_read_as_they_were_put() {
    assert_eq!(inline::decoded("%7B%22a%22%3A%20%22%C3%BC+%25%22%7D%0A"), "{\"a\": \"ü+%\"}\n");
    assert_eq!(inline::decoded("%zz%2"), "%zz%2", "what is no escape stays");
}
