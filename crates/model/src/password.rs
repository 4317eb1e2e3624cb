//! What a password must be: one set of rules for the server's verdict and the form's hints.

use crate::iam::PasswordPolicy;

/// The symbols that count as such (IAM User Guide, "Setting an account password policy").
pub const SYMBOLS: &str = "!@#$%^&*()_+-=[]{}|'";

/// Fewest characters while no policy of the account's own is in force.
pub const DEFAULT_MINIMUM: usize = 8;
/// Most characters of any password.
pub const MAXIMUM: usize = 128;

/// AWS's pattern for the members that hold an IAM user's password (IAM API Reference, `passwordType`).
pub const PATTERN: &str = r"[\u0009\u000A\u000D\u0020-\u00FF]+";

/// Whether [`PATTERN`] allows every character of `password`: those of Latin-1, tabs and ends of lines.
pub fn is_latin(password: &str) -> bool {
    password.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}'))
}

fn classes(text: &str) -> [bool; 4] {
    [
        text.chars().any(|c| c.is_ascii_uppercase()),
        text.chars().any(|c| c.is_ascii_lowercase()),
        text.chars().any(|c| c.is_ascii_digit()),
        text.chars().any(|c| SYMBOLS.contains(c)),
    ]
}

/// The rules that `password` breaks, each a sentence AWS uses. `forbidden` are texts it may not equal: the
/// account's name and address. Without a policy the default one rules: 8 characters, three of four classes.
pub fn faults(password: &str, policy: Option<&PasswordPolicy>, forbidden: &[&str]) -> Vec<String> {
    let [upper, lower, digit, symbol] = classes(password);
    let length = password.chars().count();
    let minimum =
        policy.map_or(DEFAULT_MINIMUM, |p| usize::try_from(p.minimum_password_length).unwrap_or(DEFAULT_MINIMUM));
    let mut faults = Vec::new();
    if length < minimum {
        faults.push(format!("Password should have a minimum length of {minimum}"));
    }
    if length > MAXIMUM {
        faults.push(format!("Password should have a maximum length of {MAXIMUM}"));
    }
    let classes = [
        (upper, "uppercase letter", policy.map(|p| p.require_uppercase_characters)),
        (lower, "lowercase letter", policy.map(|p| p.require_lowercase_characters)),
        (digit, "number", policy.map(|p| p.require_numbers)),
        (symbol, "symbol", policy.map(|p| p.require_symbols)),
    ];
    let missing: Vec<String> = classes
        .iter()
        .filter(|(present, _, required)| !present && required.unwrap_or(true))
        .map(|(_, what, _)| format!("Password should have at least one {what}"))
        .collect();
    match policy {
        Some(_) => faults.extend(missing),
        None => {
            // One of the four may be missing; AWS names all that are, and how many of them are wanted.
            if missing.len() > 1 {
                faults.push(format!(
                    "Password should meet {} more of the following requirements: {}",
                    missing.len() - 1,
                    missing.join(", ")
                ));
            }
            if forbidden.iter().any(|text| !text.is_empty() && text.eq_ignore_ascii_case(password)) {
                faults.push("Password should not be the account's name or email address".to_owned());
            }
        }
    }
    faults
}

/// Letters, digits and symbols of generated passwords: none that CSV or a spreadsheet takes for something else,
/// none that are easily mistaken for another.
const GENERATED: [&[u8]; 4] =
    [b"ABCDEFGHJKLMNPQRSTUVWXYZ", b"abcdefghijkmnpqrstuvwxyz", b"23456789", b"!#$%^&*()_[]{}|"];

/// A password of `length` characters that keeps every policy; `random` gives as many random bytes as asked for.
/// It begins with a letter, so that no spreadsheet takes it for a formula.
pub fn generate(length: usize, mut random: impl FnMut(usize) -> Vec<u8>) -> String {
    let length = length.clamp(DEFAULT_MINIMUM, MAXIMUM);
    // Rejection keeps every character equally likely.
    let mut pick = |set: &[u8]| loop {
        let byte = random(1).first().copied().unwrap_or_default();
        let limit = 256 - 256 % set.len();
        if usize::from(byte) < limit {
            return set[usize::from(byte) % set.len()];
        }
    };
    let everything: Vec<u8> = GENERATED.concat();
    loop {
        let text: Vec<u8> =
            (0..length).map(|at| if at == 0 { pick(&GENERATED[..2].concat()) } else { pick(&everything) }).collect();
        if GENERATED.iter().all(|set| text.iter().any(|c| set.contains(c))) {
            return text.into_iter().map(char::from).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_policy_wants_three_classes() {
        assert!(faults("Abcdefg1", None, &[]).is_empty());
        assert!(faults("abcdefg!1", None, &[]).is_empty());
        assert_eq!(
            faults("abcdefg1", None, &[]),
            [
                "Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol"
            ]
        );
        assert_eq!(faults("abc", None, &[]).len(), 2);
        assert_eq!(faults("Owner@example.com1", None, &["owner@example.com1"]).len(), 1);
    }

    #[test]
    fn generated_passwords_keep_the_rules_and_no_csv_trap() {
        let mut state = 7u32;
        let mut random = |n: usize| {
            (0..n)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect::<Vec<u8>>()
        };
        for _ in 0..500 {
            let password = generate(20, &mut random);
            assert!(faults(&password, None, &[]).is_empty());
            assert!(password.starts_with(|c: char| c.is_ascii_alphabetic()));
            assert!(!password.contains([',', '"', '\n', '\r', '=', '+', '-', '@', '\'']));
        }
    }
}
