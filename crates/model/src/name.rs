//! Names and what they may hold: one rule serves the server's message, the browser's hint and HTML's `pattern`.

/// What a name may hold (IAM quotas page, "IAM name requirements").
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The class of characters as AWS prints it in its message.
    pub pattern: &'static str,
    /// The same as an HTML `pattern` attribute (anchored by the browser).
    pub html: &'static str,
    /// Fewest characters.
    pub min: usize,
    /// Most characters.
    pub max: usize,
    /// Whether the text as a whole is well formed.
    pub allows: fn(&str) -> bool,
}

impl Rule {
    /// The constraints that `text` breaks, in AWS's words.
    pub fn faults(&self, text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let length = text.chars().count();
        if length > self.max {
            faults.push(format!("Member must have length less than or equal to {}", self.max));
        }
        if !((self.allows)(text) || (text.is_empty() && self.min > 0)) {
            faults.push(format!("Member must satisfy regular expression pattern: {}", self.pattern));
        }
        if length < self.min {
            faults.push(format!("Member must have length greater than or equal to {}", self.min));
        }
        faults
    }
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '=' | ',' | '.' | '@' | '-')
}

fn words(text: &str) -> bool {
    text.chars().all(word)
}

fn path(text: &str) -> bool {
    text == "/"
        || (text.len() > 2
            && text.starts_with('/')
            && text.ends_with('/')
            && text.chars().all(|c| ('\u{21}'..='\u{7f}').contains(&c)))
}

fn path_prefix(text: &str) -> bool {
    text.starts_with('/') && text.chars().all(|c| ('\u{21}'..='\u{7f}').contains(&c))
}

fn alias(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let twelve_digits = bytes.len() == 12 && bytes.iter().all(u8::is_ascii_digit);
    inner && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--") && !twelve_digits
}

fn serial(text: &str) -> bool {
    text.chars().all(|c| word(c) || matches!(c, '/' | ':'))
}

fn printed(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

fn key_id(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn marker(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{20}'..='\u{ff}'))
}

fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '(' | ')' | ',' | ':' | ';' | '\\' | '[' | ']' | '@')
    };
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(label)
}

fn printable(text: &str) -> bool {
    text.chars().all(|c| !c.is_control())
}

fn budget_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    let script = lower.find("<script>").is_some_and(|at| lower[at..].contains("</script>"));
    printable(text) && !text.contains([':', '\\']) && !text.contains("/action/") && !script
}

fn policy_path(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('/') else { return false };
    let Some(inner) = inner.strip_suffix('/') else { return inner.is_empty() };
    inner.split('/').all(|part| !part.is_empty() && words(part))
}

fn version_id(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('v') else { return false };
    let (number, suffix) = rest.split_once('.').unwrap_or((rest, ""));
    number.starts_with(|c: char| ('1'..='9').contains(&c))
        && digits(number)
        && suffix.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn service_namespace(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

fn prose(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

fn digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// A user's name, 1 to 64 characters.
pub const USER_NAME: Rule = Rule { pattern: r"[\w+=,.@-]+", html: r"[\w+=,.@\-]+", min: 1, max: 64, allows: words };
/// A group's name, 1 to 128 characters.
pub const GROUP_NAME: Rule = Rule { pattern: r"[\w+=,.@-]+", html: r"[\w+=,.@\-]+", min: 1, max: 128, allows: words };
/// A managed policy's name, 1 to 128 characters.
pub const POLICY_NAME: Rule = Rule { pattern: r"[\w+=,.@-]+", html: r"[\w+=,.@\-]+", min: 1, max: 128, allows: words };
/// A policy document as an argument: its length and its characters; whether it is one, `policy` says.
pub const POLICY_DOCUMENT: Rule = Rule {
    pattern: r"[\u0009\u000A\u000D\u0020-\u00FF]+",
    html: r"[\t\n\r -\u00FF]+",
    min: 1,
    max: 131_072,
    allows: |text| policy::first_unsupported_character(text).is_none(),
};
/// The path of a managed policy: `/`, or names between slashes, at most 512 characters.
pub const POLICY_PATH: Rule = Rule {
    pattern: r"((/[A-Za-z0-9\.,\+@=_-]+)*)/",
    html: r"((/[A-Za-z0-9.,+@=_\-]+)*)/",
    min: 1,
    max: 512,
    allows: policy_path,
};
/// The description of a managed policy, at most 1,000 characters. AWS's model gives no pattern; control characters,
/// which no XML answer could hold, are refused.
pub const POLICY_DESCRIPTION: Rule = Rule {
    pattern: r"[\u0009\u000A\u000D\u0020-\u007E\u00A0-\uFFFD]*",
    html: r"[\t\n\r -~\u00A0-\uFFFD]*",
    min: 0,
    max: 1000,
    allows: prose,
};
/// The id of a managed policy's version: `v2`.
pub const POLICY_VERSION_ID: Rule = Rule {
    pattern: r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?",
    html: r"v[1-9][0-9]*(\.[A-Za-z0-9\-]*)?",
    min: 0,
    max: 64,
    allows: version_id,
};
/// What the actions of a service begin with.
pub const SERVICE_NAMESPACE: Rule =
    Rule { pattern: r"[\w-]*", html: r"[\w\-]*", min: 1, max: 64, allows: service_namespace };
/// A path: `/` or text between two slashes, at most 512 characters.
pub const PATH: Rule =
    Rule { pattern: r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", html: r"/|/[!-~]+/", min: 1, max: 512, allows: path };
/// The beginning of a path, for listing.
pub const PATH_PREFIX: Rule =
    Rule { pattern: r"\u002F[\u0021-\u007F]*", html: r"/[!-~]*", min: 1, max: 512, allows: path_prefix };
/// An account alias: 3 to 63 of lower-case letters, digits and single inner hyphens, not twelve digits.
pub const ALIAS: Rule = Rule {
    pattern: r"^[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?$",
    html: r"[a-z0-9]([a-z0-9]|-(?!-))*[a-z0-9]",
    min: 3,
    max: 63,
    allows: alias,
};
/// An access key id, 16 to 128 characters.
pub const ACCESS_KEY_ID: Rule = Rule { pattern: r"[\w]+", html: r"\w+", min: 16, max: 128, allows: key_id };
/// An ARN as an argument: its length only; whether it can be parsed has a sentence of its own.
pub const ARN: Rule = Rule {
    pattern: r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+",
    html: r".+",
    min: 20,
    max: 2048,
    allows: printable,
};
/// The name of a virtual MFA device.
pub const MFA_DEVICE_NAME: Rule =
    Rule { pattern: r"[\w+=,.@-]+", html: r"[\w+=,.@\-]+", min: 1, max: 226, allows: words };
/// What a passkey is called: its serial number has room for this besides the user's name.
pub const PASSKEY_NAME: Rule = Rule { pattern: r"[\w+=,.@-]+", html: r"[\w+=,.@\-]+", min: 1, max: 64, allows: words };
/// A hardware token's serial number, as it is printed on it.
pub const TOKEN_SERIAL: Rule =
    Rule { pattern: r"[A-Za-z0-9._-]+", html: r"[A-Za-z0-9._\-]+", min: 9, max: 64, allows: printed };
/// An MFA device's serial number: a virtual one's is its ARN.
pub const SERIAL_NUMBER: Rule =
    Rule { pattern: r"[\w+=/:,.@-]+", html: r"[\w+=/:,.@\-]+", min: 9, max: 256, allows: serial };
/// A pagination marker, 1 to 320 characters of Latin-1.
pub const MARKER: Rule = Rule { pattern: r"[\u0020-\u00FF]+", html: r".+", min: 1, max: 320, allows: marker };
/// An email address (RFC 5321 lengths; the addr-spec of RFC 5322 without quoting and comments).
pub const EMAIL: Rule =
    Rule { pattern: r"[^@\s]+@[^@\s]+\.[^@\s]+", html: r"[^@\s]+@[^@\s]+\.[^@\s]+", min: 6, max: 254, allows: email };
/// An account's name, 1 to 50 printable characters (AWS Account Management, `AccountName`).
pub const ACCOUNT_NAME: Rule = Rule {
    pattern: r"[ -;=?-~]+",
    html: r"[^<>]+",
    min: 1,
    max: 50,
    allows: |t| printable(t) && !t.contains(['<', '>']),
};
/// A budget's name, 1 to 100 characters. The pattern is AWS's; a control character is refused too, because the name
/// is a mail's subject.
pub const BUDGET_NAME: Rule = Rule {
    pattern: r"^(?![^:\\]*/action/|(?i).*<script>.*</script>.*)[^:\\]+$",
    html: r"[A-Za-z0-9 _.\/=+\-%@]+",
    min: 1,
    max: 100,
    allows: budget_name,
};
/// A line of free text in a contact form.
pub const LINE: Rule = Rule { pattern: r"[^\p{C}]+", html: r".+", min: 1, max: 100, allows: printable };
/// A twelve-digit account id.
pub const ACCOUNT_ID: Rule = Rule { pattern: r"\d{12}", html: r"\d{12}", min: 12, max: 12, allows: digits };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_keep_the_documented_characters() {
        assert!(USER_NAME.faults("Elon.Admin+x=1,@_-").is_empty());
        assert_eq!(USER_NAME.faults("a b"), [r"Member must satisfy regular expression pattern: [\w+=,.@-]+"]);
        assert_eq!(USER_NAME.faults(&"a".repeat(65)), ["Member must have length less than or equal to 64"]);
        assert_eq!(USER_NAME.faults(""), ["Member must have length greater than or equal to 1"]);
        assert!(!USER_NAME.faults("é").is_empty(), "\\w is ASCII in IAM's names");
    }

    #[test]
    fn aliases_are_dns_labels_but_not_account_ids() {
        for good in ["abc", "my-team", "a1b", "1234567890123"] {
            assert!(ALIAS.faults(good).is_empty(), "{good}");
        }
        for bad in ["ab", "Abc", "-abc", "abc-", "a--b", "123456789012", "a_b", &"a".repeat(64)] {
            assert!(!ALIAS.faults(bad).is_empty(), "{bad}");
        }
    }

    #[test]
    fn paths_and_versions_of_policies() {
        for good in ["/", "/a/", "/a-b/c_d/"] {
            assert!(POLICY_PATH.faults(good).is_empty(), "{good}");
        }
        for bad in ["", "a/", "/a", "//", "/a//b/", "/a b/", "/a!/"] {
            assert!(!POLICY_PATH.faults(bad).is_empty(), "{bad}");
        }
        for good in ["v1", "v12", "v1.", "v3.a-1"] {
            assert!(POLICY_VERSION_ID.faults(good).is_empty(), "{good}");
        }
        for bad in ["", "v", "v0", "1", "V1", "v1a", "v1.ä"] {
            assert!(!POLICY_VERSION_ID.faults(bad).is_empty(), "{bad}");
        }
    }

    #[test]
    fn emails_and_paths() {
        for good in ["a@b.co", "first.last+tag@sub.example.org"] {
            assert!(EMAIL.faults(good).is_empty(), "{good}");
        }
        for bad in ["a@b", "a b@c.de", "a@b..c", "@b.co", "a@-b.co", "a\n@b.co", "a@b.co\r\nBcc: x@y.z", "\"a\"@b.co"] {
            assert!(!EMAIL.faults(bad).is_empty(), "{bad}");
        }
        for good in ["/", "/a/", "/a/b/"] {
            assert!(PATH.faults(good).is_empty(), "{good}");
        }
        for bad in ["", "a/", "/a", "//x y/"] {
            assert!(!PATH.faults(bad).is_empty(), "{bad}");
        }
    }
}
