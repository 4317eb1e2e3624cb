//! Which operation a request asks for, and what is known of its client.

use axum::http;

use super::*;
use crate::query::SERVICES;

fn post(kind: &str) -> Parts {
    let request = http::Request::post("/?Action=DeleteUser&Version=2010-05-08").header("content-type", kind);
    request.body(()).unwrap().into_parts().0
}

fn asked(body: &str) -> Result<(&'static str, &'static str), (&'static str, u16, String)> {
    match Asked::read(&post("application/x-www-form-urlencoded; charset=utf-8"), body.as_bytes()) {
        Ok(asked) => Ok((asked.operation.service, asked.operation.action)),
        Err(fault) => Err((fault.code, fault.status.as_u16(), fault.message)),
    }
}

fn unknown(action: &str, version: &str) -> Result<(&'static str, &'static str), (&'static str, u16, String)> {
    Err(("InvalidAction", 400, format!("Could not find operation {action} for version {version}")))
}

#[test]
fn an_operation_is_found_by_action_and_version() {
    assert_eq!(asked("Action=CreateUser&Version=2010-05-08"), Ok(("iam", "CreateUser")));
    assert_eq!(asked("Version=2011-06-15&Action=GetCallerIdentity&X=1"), Ok(("sts", "GetCallerIdentity")));
    assert_eq!(asked("Action=Publish&Version=2010-03-31"), Ok(("sns", "Publish")));
    // CloudWatch is on both wires: older clients send forms.
    assert_eq!(asked("Action=PutMetricData&Version=2010-08-01"), Ok(("cloudwatch", "PutMetricData")));
    assert_eq!(asked("Action=ListUsers&Action=DeleteUser&Version=2010-05-08"), Ok(("iam", "ListUsers")));
}

#[test]
fn what_is_not_on_this_wire() {
    assert_eq!(asked("Action=CreateUser&Version=2011-06-15"), unknown("CreateUser", "2011-06-15"));
    assert_eq!(asked("Action=createuser&Version=2010-05-08"), unknown("createuser", "2010-05-08"));
    assert_eq!(asked("Action=CreateUser"), unknown("CreateUser", "NO_VERSION_SPECIFIED"));
    assert_eq!(asked("Action=CreateUser&Version="), unknown("CreateUser", ""));
    assert_eq!(asked("Action=&Version=2010-05-08"), unknown("", "2010-05-08"));
    let missing = Fault::missing_action();
    assert_eq!(asked("Version=2010-05-08"), Err((missing.code, 400, missing.message)));
}

#[test]
fn parameters_are_in_the_url_of_a_get_and_the_form_of_a_post() {
    let body = b"Action=ListUsers&Version=2010-05-08";
    for kind in ["application/json", "text/plain", ""] {
        assert_eq!(form(&post(kind), body), b"", "{kind}");
    }
    assert_eq!(form(&post("Application/X-WWW-Form-URLEncoded ;charset=x"), body), body);
    let get = http::Request::get("/?Action=GetUser").body(()).unwrap().into_parts().0;
    assert_eq!(form(&get, body), b"Action=GetUser");
}

#[test]
fn console_operations_are_not_on_the_wire() {
    for operation in OPERATIONS.iter().filter(|operation| Service::named(operation.service).is_none()) {
        for service in SERVICES {
            // The service may have one of the same name itself.
            let own = OPERATIONS.iter().any(|own| own.service == service.name && own.action == operation.action);
            assert_eq!(Operation::find(operation.action, service.version).is_some(), own, "{}", operation.action);
        }
    }
    for service in SERVICES {
        assert!(OPERATIONS.iter().any(|operation| operation.service == service.name));
        assert_eq!(Service::of_version(service.version), Some(&service), "a version tells the service");
    }
}

#[test]
fn a_target_names_an_operation() {
    let target = |value: &str| {
        let request = http::Request::post("/").header("X-Amz-Target", value).body(()).unwrap();
        let parts = request.into_parts().0;
        assert!(json::is_ours(&parts));
        json::find(&parts).map(|(service, _)| service.name)
    };
    assert_eq!(target("AWSBudgetServiceGateway.CreateBudget"), Some("budgets"));
    assert_eq!(target("GraniteServiceVersion20100801.PutMetricData"), Some("cloudwatch"));
    for unknown in ["AWSBudgetServiceGateway.CreateUser", "AWSBudgetServiceGateway", "Iam.CreateUser", "", "."] {
        assert_eq!(target(unknown), None, "{unknown}");
    }
    assert!(!json::is_ours(&post("")));
}

#[test]
fn what_the_server_knows_of_the_client_reaches_the_operation() {
    let mut parts = post("");
    assert_eq!(request(&parts).source, Source::Api);
    let known =
        Request { ip: Some([192, 0, 2, 7].into()), user_agent: "aws-cli".into(), ..Request::new(Source::Console) };
    parts.extensions.insert(known.clone());
    let request = request(&parts);
    assert_eq!((request.id, request.ip, request.user_agent), (known.id, known.ip, known.user_agent));
    assert_eq!(request.source, Source::Api, "this door is the API's, whatever a layer says");
}
