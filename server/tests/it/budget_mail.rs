//! A budget's alert from the form that spends to the mail server that takes it, through the program as it runs.

use crate::folder::Folder;
use crate::house::House;
use crate::smtp_sink::{Received, Sink};
use crate::visitor::{Browser, account};

/// The members of an alert on actual costs above a percentage that goes to these addresses.
fn alert(notification: &str, subscribers: &str, percent: &str, to: &[&str]) -> Vec<(String, String)> {
    let mut fields = vec![
        (format!("{notification}[NotificationType]"), "ACTUAL".to_owned()),
        (format!("{notification}[ComparisonOperator]"), "GREATER_THAN".to_owned()),
        (format!("{notification}[Threshold]"), percent.to_owned()),
        (format!("{notification}[ThresholdType]"), "PERCENTAGE".to_owned()),
    ];
    for (at, address) in to.iter().enumerate() {
        fields.push((format!("{subscribers}[{at}][SubscriptionType]"), "EMAIL".to_owned()));
        fields.push((format!("{subscribers}[{at}][Address]"), (*address).to_owned()));
    }
    fields
}

impl Browser {
    fn submit_with(&mut self, path: &str, fields: &[(&str, &str)], more: &[(String, String)]) {
        let more = more.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.submit(path, &fields.iter().copied().chain(more).collect::<Vec<_>>());
    }

    fn spend(&mut self, amount: &str) {
        let service = ("Service", "Amazon Elastic Compute Cloud - Compute");
        let form = [("_op", "billing:AddSpend"), ("_next", "/billing/home"), service, ("Amount", amount)];
        self.submit("/billing/home", &form);
    }
}

#[test]
fn an_alert_reaches_those_who_may_be_written_to() {
    let (folder, sink) = (Folder::new(), Sink::start());
    let url = sink.url();
    let settings = [("UNDERSTUDY_SMTP_URL", url.as_str()), ("UNDERSTUDY_MAIL_ALLOW", "ann@example.com,@class.example")];
    let house = House::start(folder.path(), &settings);
    let account = account(&folder, "root@example.com");
    let mut browser = Browser::new(house.console);
    browser.sign_in_root("root@example.com");
    // The third address was neither verified nor listed: its mail stays in the account's mailbox.
    let to = ["ann@example.com", "ben@class.example", "stranger@elsewhere.example"];
    let member = "NotificationsWithSubscribers[0]";
    let alerts = alert(&format!("{member}[Notification]"), &format!("{member}[Subscribers]"), "80", &to);
    let budget = [
        ("_op", "budgets:CreateBudget"),
        ("_next", "/billing/budgets"),
        ("AccountId", account.as_str()),
        ("Budget[BudgetName]", "Practice"),
        ("Budget[BudgetType]", "COST"),
        ("Budget[TimeUnit]", "MONTHLY"),
        ("Budget[BudgetLimit][Amount]", "10"),
        ("Budget[BudgetLimit][Unit]", "USD"),
    ];
    browser.submit_with("/billing/budgets/create", &budget, &alerts);
    browser.spend("8.00");
    browser.spend("0.10");
    let mut mails = sink.wait_for(2);
    browser.spend("50.00");
    // A second alert, passed already, mails at once; what came before it is all that the first one ever sent.
    let second = [
        ("_op", "budgets:CreateNotification"),
        ("_next", "/billing/budgets"),
        ("AccountId", account.as_str()),
        ("BudgetName", "Practice"),
    ];
    browser.submit_with("/billing/budgets/Practice", &second, &alert("Notification", "Subscribers", "90", &to[..1]));
    let all = sink.wait_for(3);
    assert!(house.leave().success());
    assert_eq!(all.len(), 3);
    let last = all[2].part("text/plain").expect("a text part");
    assert!(last.contains("Alert Threshold: > $9.00 (90% of the budgeted amount)\nACTUAL Amount: $58.10"), "{last}");

    mails.sort_by(|one, other| one.to.cmp(&other.to));
    let reached: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(reached, to[..2]);
    for mail in &mails {
        looks_as_documented(mail, &account);
    }
    let ids: Vec<_> = all.iter().map(|mail| mail.header("message-id").expect("each has one")).collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2], "{ids:?}");
}

/// The same letter as text and as HTML.
fn looks_as_documented(mail: &Received, account: &str) {
    let header = |name: &str| mail.header(name).unwrap_or_default();
    assert_eq!(header("subject"), "Understudy Budgets: Practice has exceeded your alert threshold");
    assert_eq!(header("to"), mail.to);
    assert_eq!(header("from"), "Understudy <no-reply@localhost>");
    assert_eq!(header("auto-submitted"), "auto-generated");
    assert!(header("content-type").starts_with("multipart/alternative"), "{}", header("content-type"));
    let text = mail.part("text/plain").expect("a text part");
    for line in [
        &format!("Account {account}") as &str,
        "Budget Name: Practice",
        "Budget Type: Cost",
        "Budgeted Amount: $10.00",
        "Alert Type: Actual",
        "Alert Threshold: > $8.00 (80% of the budgeted amount)",
        "ACTUAL Amount: $8.10",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    assert!(text.contains("your Practice budget is greater than $8.00 for the current month"), "{text}");
    let html = mail.part("text/html").expect("an HTML part");
    for piece in ["<td>Practice</td>", "<td>$10.00</td>", "<td>$8.10</td>", "/billing/budgets\">"] {
        assert!(html.contains(piece), "{piece}: {html}");
    }
}
