//! A cost export as a browser sends it: longer than any other form may be, and read as it comes.

use std::net::SocketAddr;

use crate::folder::Folder;
use crate::house::House;
use crate::raw_http::{Answer, send};
use crate::visitor::{Browser, account};

const PAGE: &str = "/billing/import";
const BOUNDARY: &str = "----practice-boundary";

/// Posts a form with a file, as browsers encode it.
fn upload(console: SocketAddr, browser: &Browser, path: &str, fields: &[(&str, &str)], file: &str) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str(&format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"File\"; filename=\"october.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{file}\r\n--{BOUNDARY}--\r\n"
    ));
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", &format!("multipart/form-data; boundary={BOUNDARY}")),
        ("cookie", &browser.cookie()),
    ];
    send(console, "POST", path, &headers, body.as_bytes())
}

#[test]
fn a_long_export_is_imported_and_no_other_form_may_be_that_long() {
    let folder = Folder::new();
    let house = House::start(folder.path(), &[]);
    account(&folder, "root@example.com");
    let mut browser = Browser::new(house.console);
    browser.sign_in_root("root@example.com");
    let principal = browser.principal();
    let line = "0.01,USD,Usage,2026-10-01T00:00:00Z,Amazon Elastic Compute Cloud,i-0123456789abcdef0\n";
    let head = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName,ResourceId\n";
    let file = format!("{head}{}", line.repeat(8000));
    assert!(file.len() > 600_000);
    let own = ("_principal", principal.as_str());

    let checked = upload(house.console, &browser, PAGE, &[own, ("DryRun", "true")], &file);
    assert_eq!(checked.status, 200);
    assert!(checked.text().contains("8000 lines can be imported. Nothing was changed."), "{}", checked.text());
    let stranger = upload(house.console, &browser, PAGE, &[("_principal", "somebody-else")], &file);
    assert!(stranger.status >= 400 && !stranger.text().contains("were imported"), "{}", stranger.text());
    let done = upload(house.console, &browser, PAGE, &[own], &file);
    assert!(done.text().contains("8000 lines were imported."), "{}", done.text());
    let again = upload(house.console, &browser, PAGE, &[own], &file);
    assert!(again.text().contains("This export is in the ledger already, as october.csv"), "{}", again.text());

    let wrong = upload(house.console, &browser, PAGE, &[own], &format!("{head}{}", line.replace("0.01", "much")));
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("not a number such as 100 or 0.0116"), "{}", wrong.text());
    let none = upload(house.console, &browser, PAGE, &[own], "");
    assert!(none.status == 422 && none.text().contains("Choose a file"), "{}", none.text());

    let elsewhere = upload(house.console, &browser, "/billing/home", &[own], &file);
    assert_eq!(elsewhere.status, 413, "{}", elsewhere.text());
    let nobody = upload(house.console, &Browser::new(house.console), PAGE, &[own], &file);
    assert_eq!(nobody.status, 303, "to sign in");
    assert!(house.leave().success());
}
