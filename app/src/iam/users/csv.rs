//! The files that the console offers once: credentials of new users, passwords and access keys.
//!
//! Only a name with a comma is quoted: `aws configure import` splits its rows at every comma. Generated passwords and
//! secrets hold none; a name that a spreadsheet would take for a formula gets an apostrophe in front.

use super::create_plan::Row;

/// The wizard's file.
pub const NEW_USERS_FILE: &str = "new_user_credentials.csv";
/// The first line of the wizard's file.
pub const NEW_USERS_HEADER: &str = "User name,Password,Access key ID,Secret access key,Console login link";

/// A text that no spreadsheet takes for a formula (OWASP, "CSV Injection").
pub fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

/// A user's name as a field: a single one whatever commas it holds (RFC 4180). Names hold no quotes.
pub fn name(text: &str) -> String {
    let text = inert(text);
    if text.contains(',') { format!("\"{text}\"") } else { text }
}

/// The wizard's file: a line for each user that exists.
pub fn new_users(rows: &[Row], signin_url: &str) -> String {
    let mut file = format!("{NEW_USERS_HEADER}\n");
    for row in rows.iter().filter(|row| row.exists()) {
        let password = row.password.as_ref().map(model::Secret::expose).unwrap_or_default();
        let secret = row.secret_access_key.as_ref().map(model::Secret::expose).unwrap_or_default();
        let key = row.access_key_id.as_deref().unwrap_or_default();
        file.push_str(&format!("{},{password},{key},{secret},{signin_url}\n", name(&row.user_name)));
    }
    file
}

/// A new access key, as the console writes it since 2022.
pub fn access_key(id: &str, secret: &str) -> String {
    format!("Access key ID,Secret access key\n{id},{secret}\n")
}

/// A new access key of root, as the console wrote it in 2020.
pub fn root_key(id: &str, secret: &str) -> String {
    format!("AWSAccessKeyId={id}\nAWSSecretKey={secret}\n")
}

/// A new access key, as `aws configure import` reads it.
pub fn access_key_for_cli(user_name: &str, id: &str, secret: &str) -> String {
    format!("User Name,Access key ID,Secret access key\n{},{id},{secret}\n", name(user_name))
}

/// A new console password.
pub fn console_password(user_name: &str, password: &str, signin_url: &str) -> String {
    format!("User name,Password,Console sign-in URL\n{},{password},{signin_url}\n", name(user_name))
}

/// The same file with the mark that today's console begins its files with: spreadsheets know UTF-8 by it, and the
/// command line tolerates it.
pub fn marked(file: &str) -> String {
    format!("\u{feff}{file}")
}

/// The file of one user's console password: "tom_credentials.csv".
pub fn credentials_file(user_name: &str) -> String {
    format!("{user_name}_credentials.csv")
}

/// An address whose target is the file itself, so that it can be saved without scripts and without being kept.
pub fn data_url(file: &str) -> String {
    format!("data:text/csv;charset=utf-8,{}", crate::call::encode(file))
}
