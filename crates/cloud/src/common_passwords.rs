//! Passwords that everybody tries first. The console refuses them, unless the operator lets them pass; the API keeps
//! AWS's rules, which know no such list.

use std::{collections::HashSet, sync::LazyLock};

use crate::{Cloud, Request, Source};

/// The 20,000 most common passwords of zxcvbn that have six characters or more, in lower case (see NOTICE).
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/common_passwords.txt").lines().collect());

/// What a policy makes people put behind a common word: no more than this is taken for it.
const BEHIND: usize = 4;

/// The rule that `password` breaks, if it is asked for in the console and refused there.
pub(crate) fn rule(cloud: &Cloud, request: &Request, password: &str) -> Option<String> {
    let asked = request.source == Source::Console && cloud.settings().refuse_common_passwords;
    (asked && is_common(password)).then(|| "Password should not be one of the most common passwords".to_owned())
}

/// Whether a password is common whatever its case, or with a few digits and symbols behind it.
fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let word = lower.trim_end_matches(|c: char| !c.is_alphabetic());
    let behind = lower.chars().count() - word.chars().count();
    COMMON.contains(lower.as_str()) || (behind <= BEHIND && COMMON.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_in_the_dress_that_policies_ask_for() {
        assert!(COMMON.len() > 10_000);
        for common in ["password", "PASSWORD", "Password1!", "Monkey2026", "qwertyuiop", "Passw0rd!"] {
            assert!(is_common(common), "{common}");
        }
        for rare in ["Canary-Root-Passw0rd!", "Correct-Horse-1", "", "Kq3!vTz8", "password-of-mine-7"] {
            assert!(!is_common(rare), "{rare}");
        }
    }
}
