//! ARNs put together from a resource type's template: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.

use policy::Pattern;

/// The partition of every ARN made here.
const PARTITION: &str = "aws";

/// A template of ARNs.
#[derive(Clone, Copy, Debug)]
pub struct ArnTemplate<'a>(pub &'a str);

/// A part of an ARN that is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPart<'a> {
    /// Its name in the template: `BucketName`.
    pub name: &'a str,
    /// The same as words: "Bucket name".
    pub label: String,
}

/// Why the parts make no ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoArn {
    /// Nothing was typed into this part.
    Empty(String),
    /// This part holds a character that it cannot have.
    Character(String, char),
    /// The account is neither twelve digits nor a wildcard.
    Account(String),
}

impl NoArn {
    /// The part's name.
    #[must_use]
    pub fn part(&self) -> &str {
        match self {
            Self::Empty(part) | Self::Character(part, _) | Self::Account(part) => part,
        }
    }
}

impl<'a> ArnTemplate<'a> {
    /// The text before, between and after the placeholders, and these.
    fn pieces(self) -> (Vec<(&'a str, &'a str)>, &'a str) {
        let (mut pieces, mut rest) = (Vec::new(), self.0);
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, behind)) = after.split_once('}') else { break };
            pieces.push((before, name));
            rest = behind;
        }
        (pieces, rest)
    }

    /// The parts to fill in, each once, in their order.
    #[must_use]
    pub fn parts(self) -> Vec<ArnPart<'a>> {
        let mut parts: Vec<ArnPart<'a>> = Vec::new();
        for (_, name) in self.pieces().0 {
            if name != "Partition" && !parts.iter().any(|part| part.name == name) {
                parts.push(ArnPart { name, label: words(name) });
            }
        }
        parts
    }

    /// The ARN with these values; `*` stands for any.
    ///
    /// # Errors
    /// The first part that cannot be so.
    pub fn fill(self, value: impl Fn(&str) -> String) -> Result<String, NoArn> {
        let (pieces, end) = self.pieces();
        let mut arn = String::new();
        for (before, name) in pieces {
            arn.push_str(before);
            if name == "Partition" {
                arn.push_str(PARTITION);
                continue;
            }
            let typed = value(name);
            let typed = typed.trim();
            if typed.is_empty() {
                return Err(NoArn::Empty(name.to_owned()));
            }
            let refused = |letter: &char| match name {
                "Region" | "Account" | "BucketName" => matches!(letter, ':' | '/'),
                _ => false,
            };
            let refused = |letter: &char| letter.is_whitespace() || letter.is_control() || refused(letter);
            // Only a resource's own name may hold blanks.
            let inner = matches!(name, "Region" | "Account" | "BucketName");
            let found = typed.chars().find(|letter| if inner { refused(letter) } else { letter.is_control() });
            if let Some(letter) = found {
                return Err(NoArn::Character(name.to_owned(), letter));
            }
            let wild = typed.contains(['*', '?', '$']);
            let number = typed.len() == 12 && typed.bytes().all(|byte| byte.is_ascii_digit());
            if name == "Account" && !wild && !number && typed != PARTITION {
                return Err(NoArn::Account(name.to_owned()));
            }
            arn.push_str(typed);
        }
        arn.push_str(end);
        Ok(arn)
    }

    /// The values that make this ARN, by the names of their parts; nothing where it was written otherwise than
    /// [`ArnTemplate::fill`] writes it, as by a wildcard that stands for several parts.
    #[must_use]
    pub fn values(self, arn: &str) -> Option<Vec<(&'a str, String)>> {
        let (pieces, end) = self.pieces();
        let mut rest = arn.strip_prefix(pieces.first()?.0)?;
        let mut values: Vec<(&'a str, String)> = Vec::new();
        let behind = pieces.iter().skip(1).map(|(before, _)| Some(*before)).chain([None]);
        for ((_, name), behind) in pieces.iter().zip(behind) {
            let (value, left) = match behind {
                Some(behind) => rest.split_once(behind)?,
                // The last part has all that is left.
                None => (rest.strip_suffix(end)?, ""),
            };
            if *name != "Partition" && !values.iter().any(|(known, _)| known == name) {
                values.push((name, value.to_owned()));
            }
            rest = left;
        }
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        let same = self.fill(|name| value(name).unwrap_or_default()).is_ok_and(|filled| filled == arn);
        same.then_some(values)
    }

    /// The ARN that means every resource of the type; of one account where the type's ARNs name one.
    #[must_use]
    pub fn any(self, account: &str) -> String {
        let value = |name: &str| if name == "Account" { account.to_owned() } else { "*".to_owned() };
        self.fill(value).unwrap_or_else(|_| "*".to_owned())
    }

    /// Whether an ARN is of the type, and how many of its characters the template says itself: of several types that
    /// of the most is meant.
    #[must_use]
    pub fn fits(self, arn: &str) -> Option<usize> {
        let (pieces, end) = self.pieces();
        let own = |text: &str| text.chars().count();
        let (mut pattern, mut said) = (String::new(), own(end));
        for (before, name) in &pieces {
            pattern.push_str(before);
            pattern.push_str(if *name == "Partition" { PARTITION } else { "*" });
            said = said.saturating_add(own(before));
        }
        pattern.push_str(end);
        // A bucket's name has no slash: else every object would be a bucket too.
        let bucket = pieces.last().is_some_and(|(_, name)| *name == "BucketName") && end.is_empty();
        (Pattern::new(&pattern).matches(arn) && !(bucket && arn.contains('/'))).then_some(said)
    }
}

/// `BucketName` as "Bucket name", `DBClusterId` as "DB cluster id".
fn words(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_ascii_uppercase());
        let next = letters.get(at.saturating_add(1));
        let capital_next = next.is_some_and(|letter| letter.is_ascii_uppercase());
        let small_next = next.is_some_and(|letter| letter.is_ascii_lowercase());
        if letter.is_ascii_uppercase() && at > 0 && (!before || small_next) {
            words.push(' ');
        }
        // Abbreviations keep their capitals.
        let abbreviated = capital_next || (before && !small_next);
        words.push(if at == 0 || abbreviated { letter } else { letter.to_ascii_lowercase() });
    }
    words
}
