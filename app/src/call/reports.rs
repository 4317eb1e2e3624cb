//! Reports as files: a page's form makes them, and its answer leads here.

use axum::{
    extract::{Request as HttpRequest, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use model::{ApiError, MONTHS, Timestamp, iam::GetCredentialReport};

use super::{
    browser::Browser,
    page,
    router::{Door, Visit},
};
use crate::iam::users::csv::inert;

/// Where whatever is wrong with a credential report is said.
const PAGE: &str = "/iam/credential_report";
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// Answers with the newest credential report as a file; makes none.
pub(super) async fn credential_report(State(door): State<Door>, request: HttpRequest) -> Response {
    let (parts, _) = request.into_parts();
    let browser = Browser::read(&door.cloud, &parts.headers);
    let visit = match Visit::of(&door.cloud, &parts, &browser).await {
        Ok(visit) => visit,
        Err(error) => return page::plain(&error),
    };
    let report = match visit.cloud.call(&visit.caller, &visit.request, GetCredentialReport {}).await {
        Ok(report) => report,
        Err(error @ (ApiError::Internal { .. } | ApiError::Unavailable)) => return page::plain(&error),
        // The page says why, or leads to the sign-in.
        Err(_) => return ([(header::CACHE_CONTROL, page::NO_STORE)], Redirect::to(PAGE)).into_response(),
    };
    let Some(file) = BASE64_STANDARD.decode(report.content).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return page::plain(&ApiError::Internal { request_id: visit.request.id.to_string() });
    };
    let disposition = format!("attachment; filename=\"{}\"", file_name(report.generated_time));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, for_spreadsheets(&file)).into_response()
}

/// The file's name, as AWS's console gives it: `status_reports_Mon_Mar_08_2021.csv`.
fn file_name(made: Timestamp) -> String {
    let (year, month, day, ..) = made.parts();
    let at =
        |names: &[&'static str], index: i64| usize::try_from(index).ok().and_then(|index| names.get(index)).copied();
    // The first day of 1970 was a Thursday.
    let weekday = at(&WEEKDAYS, made.0.div_euclid(86_400_000).rem_euclid(7)).unwrap_or_default();
    let month = at(&MONTHS, i64::from(month) - 1).and_then(|name| name.get(..3)).unwrap_or_default();
    format!("status_reports_{weekday}_{month}_{day:02}_{year}.csv")
}

/// The report with user names that no spreadsheet takes for formulas. Programs get it from the API as it is.
fn for_spreadsheets(file: &str) -> String {
    let mut safe = String::with_capacity(file.len());
    for line in file.lines() {
        match line.strip_prefix('"') {
            Some(quoted) => {
                safe.push('"');
                safe.push_str(&inert(quoted));
            }
            None => safe.push_str(&inert(line)),
        }
        safe.push('\n');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_by_the_day_of_its_report() {
        for (made, name) in [
            ("2021-03-08T10:00:00Z", "status_reports_Mon_Mar_08_2021.csv"),
            ("1970-01-01T00:00:00Z", "status_reports_Thu_Jan_01_1970.csv"),
            ("2026-11-22T23:59:59Z", "status_reports_Sun_Nov_22_2026.csv"),
        ] {
            assert_eq!(file_name(made.parse().unwrap()), name);
        }
    }

    #[test]
    fn no_name_is_a_formula() {
        let file = "user,arn\n<root_account>,a\n=1+1,b\n\"@sum,x\",c\nann,d\n";
        assert_eq!(for_spreadsheets(file), "user,arn\n<root_account>,a\n'=1+1,b\n\"'@sum,x\",c\nann,d\n");
    }
}
