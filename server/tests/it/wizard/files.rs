//! The file and the mail at the wizard's end.

use app::iam::users::{create_plan::Row, csv, instructions::Instructions};

#[test]
fn the_file_is_what_the_command_line_imports() {
    let row = Row {
        user_name: "=cmd".into(),
        done: vec!["CreateUser".into()],
        password: Some("Generated-1".into()),
        access_key_id: Some("AKIA".into()),
        secret_access_key: Some("se/cret".into()),
        ..Row::default()
    };
    let plain = Row { user_name: "ElonAdmin".into(), done: vec!["CreateUser".into()], ..Row::default() };
    let missing = Row { user_name: "nobody".into(), ..Row::default() };
    assert_eq!(
        csv::new_users(&[row, plain, missing], "https://h/signin/1/console"),
        "User name,Password,Access key ID,Secret access key,Console login link\n\
         '=cmd,Generated-1,AKIA,se/cret,https://h/signin/1/console\n\
         ElonAdmin,,,,https://h/signin/1/console\n"
    );
    for name in ["+a", "-a", "@a"] {
        assert_eq!(csv::inert(name), format!("'{name}"));
    }
    assert_eq!((csv::name("a,b"), csv::name("=a,b")), ("\"a,b\"".into(), "\"'=a,b\"".into()), "one field");
    assert_eq!(csv::access_key_for_cli("a", "AKIA", "s"), "User Name,Access key ID,Secret access key\na,AKIA,s\n");
    assert_eq!(csv::marked(&csv::access_key("AKIA", "s")), "\u{feff}Access key ID,Secret access key\nAKIA,s\n");
    assert_eq!(
        (csv::credentials_file("tom"), csv::console_password("tom", "p", "https://h")),
        ("tom_credentials.csv".into(), "User name,Password,Console sign-in URL\ntom,p,https://h\n".into())
    );
    assert_eq!(csv::data_url("a,b\n"), "data:text/csv;charset=utf-8,a%2Cb%0A");
}

/// What begins like a formula, in every file of the console that holds a name; as it is, each of them would be one.
#[test]
fn csv_formula() {
    let trap = |field: &str| field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    for name in ["=1+1", "@SUM(1)", "+a", "-a", "=a,b", "-2+3,=cmd", "@"] {
        assert!(trap(name), "{name} is no formula");
        let made = Row {
            user_name: name.into(),
            done: vec!["CreateUser".into()],
            password: Some("Generated-1".into()),
            access_key_id: Some("AKIA".into()),
            secret_access_key: Some("se/cret".into()),
            ..Row::default()
        };
        for file in [
            csv::new_users(&[made], "https://h/signin/1/console"),
            csv::access_key_for_cli(name, "AKIA", "se/cret"),
            csv::console_password(name, "Generated-1", "https://h"),
        ] {
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_bytes());
            let records: Vec<_> = reader.records().map(|record| record.expect("as many fields in each row")).collect();
            assert_eq!(records.len(), 2, "{file}");
            assert_eq!(records[1][0], format!("'{name}"));
            assert!(!records.iter().flat_map(|record| record.iter()).any(trap), "{file}");
        }
    }
}

#[test]
fn the_mail_tells_everything_but_the_secrets() {
    let mail = Instructions {
        account_id: "123456789012",
        user_name: "ElonAdmin",
        signin_url: "http://localhost:3000/signin/123456789012/console",
        reset: true,
        host: "localhost:3000",
    };
    let body = mail.body();
    assert!(body.contains("account ID ending in 9012") && body.contains("User name: ElonAdmin"), "{body}");
    assert!(body.contains("provided separately") && body.contains("you must change your password"), "{body}");
    assert!(body.ends_with("Sent by a practice console at localhost:3000; no real account, no real cost."), "{body}");
    assert!(
        mail.mailto().starts_with("mailto:?subject=Welcome%20to%20Understudy&body=Hello%2C%0D%0A"),
        "{}",
        mail.mailto()
    );
    assert!(!Instructions { reset: false, ..mail }.body().contains("must change"));
}
