//! What the targets share: the naive evaluator of the tests, and questions written as lines of text.

#[path = "../../tests/it/naive/mod.rs"]
pub mod naive;

use policy::{Arn, Principal, Request};

/// Reads a question from lines: who asks, the action, the resource, the keys as `key=value;key=value`.
pub fn request<'a>(mut lines: impl Iterator<Item = &'a str>) -> Request {
    let mut line = || lines.next().unwrap_or_default();
    let (who, action, resource, keys) = (line(), line(), line(), line());
    let account = "111122223333";
    let (kind, name) = who.split_once('/').unwrap_or((who, ""));
    let principal = match kind {
        "root" => Principal::root(account),
        "role" => {
            Principal::role_session(Arn::assumed_role(account, name, "s"), Arn::role(account, "/", name), "AROAX")
        }
        "federated" => {
            Principal::federated_user(Arn::federated_user(account, name), Arn::user(account, "/", name), "AIDAX")
        }
        "idp" => Principal::Federated { provider: name.to_owned() },
        "service" => Principal::service(name),
        "anonymous" => Principal::Anonymous,
        _ => Principal::user(Arn::user(account, "/", name), "AIDAX"),
    };
    let request = Request::new(principal, action, resource);
    keys.split(';').filter_map(|pair| pair.split_once('=')).fold(request, |mut request, (key, value)| {
        let values = value.split('|').map(str::to_owned);
        request.context_mut().set_many(key, values);
        request
    })
}
