//! What is asked of all contenders. Nothing is random: statement `i` of a case is always the same.

use serde_json::{Map, Value, json};

/// Whose questions these are.
pub const ACCOUNT: &str = "111122223333";
/// The user who asks.
pub const USER: &str = "alice";

/// Policies and questions.
#[derive(Clone, Debug)]
pub struct Case {
    /// As reports call it.
    pub name: &'static str,
    /// Lists of statements.
    pub policies: Vec<Vec<Rule>>,
    /// What is asked.
    pub questions: Vec<Question>,
}

/// One statement, in words that every contender's language has.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Deny instead of Allow.
    pub deny: bool,
    /// Actions, perhaps with `*`.
    pub actions: Vec<String>,
    /// Names of resources, perhaps with `*`.
    pub resources: Vec<String>,
    /// What must hold besides.
    pub tests: Vec<Test>,
}

/// One condition: the key and what its value is compared with.
#[derive(Clone, Debug)]
pub enum Test {
    /// The same text.
    Equals(&'static str, String),
    /// A text that fits a pattern with `*`.
    Like(&'static str, String),
    /// True or false.
    Is(&'static str, bool),
    /// An address within a network.
    Within(&'static str, String),
    /// A number below this one.
    Below(&'static str, i64),
    /// An instant after this one.
    After(&'static str, String),
}

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Such as `s3:GetObject`.
    pub action: String,
    /// The resource's ARN.
    pub resource: String,
    /// Keys with one value each.
    pub context: Vec<(&'static str, Fact)>,
}

/// The value of a key, typed for those contenders whose contexts have types.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A text.
    Text(String),
    /// True or false.
    Truth(bool),
    /// A number.
    Number(i64),
    /// An address.
    Address(String),
    /// An instant, RFC 3339.
    Instant(String),
}

impl Rule {
    fn new(deny: bool, actions: &[&str], resources: &[String]) -> Self {
        let actions = actions.iter().map(|action| (*action).to_owned()).collect();
        Self { deny, actions, resources: resources.to_vec(), tests: Vec::new() }
    }

    fn when(mut self, test: Test) -> Self {
        self.tests.push(test);
        self
    }

    /// As IAM's JSON.
    fn json(&self) -> Value {
        let mut statement = json!({
            "Effect": if self.deny { "Deny" } else { "Allow" },
            "Action": self.actions,
            "Resource": self.resources,
        });
        let mut operators = Map::new();
        for test in &self.tests {
            let (operator, key, value) = match test {
                Test::Equals(key, text) => ("StringEquals", key, text.clone()),
                Test::Like(key, pattern) => ("StringLike", key, pattern.clone()),
                Test::Is(key, yes) => ("Bool", key, yes.to_string()),
                Test::Within(key, network) => ("IpAddress", key, network.clone()),
                Test::Below(key, number) => ("NumericLessThan", key, number.to_string()),
                Test::After(key, instant) => ("DateGreaterThan", key, instant.clone()),
            };
            operators.entry(operator).or_insert_with(|| json!({}))[*key] = json!(value);
        }
        if !operators.is_empty() {
            statement["Condition"] = Value::Object(operators);
        }
        statement
    }
}

impl Case {
    /// The policies as IAM's JSON.
    #[must_use]
    pub fn documents(&self) -> Vec<String> {
        let document = |rules: &Vec<Rule>| {
            let statements: Vec<Value> = rules.iter().map(Rule::json).collect();
            json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
        };
        self.policies.iter().map(document).collect()
    }
}

/// All cases, from the smallest.
#[must_use]
pub fn cases() -> Vec<Case> {
    vec![
        one_statement(),
        Case { name: "10 policies of 5", policies: account(10, 5), questions: everyday() },
        Case { name: "10 policies of 50", policies: account(10, 50), questions: everyday() },
        administrator(),
        wildcards(),
        conditions(),
    ]
}

const SERVICES: [&str; 10] = ["s3", "ec2", "iam", "sqs", "sns", "lambda", "dynamodb", "logs", "kms", "rds"];
const VERBS: [&str; 6] = ["Get", "List", "Put", "Delete", "Create", "Describe"];
const NOUNS: [&str; 7] = ["Object", "Queue", "User", "Topic", "Function", "Table", "Stream"];

fn arn(service: &str, path: &str) -> String {
    format!("arn:aws:{service}:us-east-1:{ACCOUNT}:{path}")
}

fn question(action: impl Into<String>, resource: impl Into<String>) -> Question {
    let context = vec![
        ("aws:username", Fact::Text(USER.into())),
        ("aws:RequestedRegion", Fact::Text("us-east-1".into())),
        ("aws:MultiFactorAuthPresent", Fact::Truth(true)),
        ("aws:PrincipalTag/team", Fact::Text("blue-7".into())),
        ("aws:SourceIp", Fact::Address("203.0.113.77".into())),
        ("aws:MultiFactorAuthAge", Fact::Number(900)),
        ("aws:CurrentTime", Fact::Instant("2026-03-04T05:06:07Z".into())),
    ];
    Question { action: action.into(), resource: resource.into(), context }
}

fn one_statement() -> Case {
    let rule = Rule::new(false, &["s3:GetObject"], &["arn:aws:s3:::reports/*".to_owned()]);
    let questions = vec![
        question("s3:GetObject", "arn:aws:s3:::reports/2026/may.csv"),
        question("s3:PutObject", "arn:aws:s3:::reports/2026/may.csv"),
        question("s3:GetObject", "arn:aws:s3:::payroll/2026/may.csv"),
    ];
    Case { name: "1 statement", policies: vec![vec![rule]], questions }
}

/// An account as they grow: most statements about one service, a fifth of them denies, every third with a condition.
fn account(policies: usize, statements: usize) -> Vec<Vec<Rule>> {
    let rule = |i: usize| {
        let service = SERVICES[i * 7 % SERVICES.len()];
        let verb = VERBS[i * 5 % VERBS.len()];
        let noun = NOUNS[i * 3 % NOUNS.len()];
        let actions = match i % 4 {
            0 => vec![format!("{service}:{verb}*")],
            1 => vec![format!("{service}:{verb}{noun}")],
            2 => vec![format!("{service}:{verb}{noun}"), format!("{service}:List*")],
            _ => vec![format!("{service}:*{noun}")],
        };
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        let mut resources = vec![arn(service, &format!("thing-{}/*", i % 23))];
        resources.extend((i % 3 == 1).then(|| arn(service, &format!("shared-{}-*", i % 5))));
        resources.extend((i % 3 == 2).then(|| arn(service, &format!("exact-{i}"))));
        let rule = Rule::new(i % 5 == 4, &actions, &resources);
        match i % 9 {
            2 => rule.when(Test::Equals("aws:RequestedRegion", "us-east-1".into())),
            5 => rule.when(Test::Is("aws:MultiFactorAuthPresent", true)),
            8 => rule.when(Test::Like("aws:PrincipalTag/team", "blue-*".into())),
            _ => rule,
        }
    };
    (0..policies)
        .map(|policy| (0..statements).map(|statement| rule(policy * statements + statement)).collect())
        .collect()
}

/// What people of such an account do: every service, every verb, things that exist and things that do not.
fn everyday() -> Vec<Question> {
    (0..40)
        .map(|i| {
            let service = SERVICES[i * 3 % SERVICES.len()];
            let action = format!("{service}:{}{}", VERBS[i % VERBS.len()], NOUNS[i * 2 % NOUNS.len()]);
            let path = match i % 3 {
                0 => format!("thing-{}/part/{i}", i % 23),
                1 => format!("shared-{}-x", i % 5),
                _ => format!("exact-{i}"),
            };
            question(action, arn(service, &path))
        })
        .collect()
}

/// The same, for whoever may do everything that nothing denies.
fn administrator() -> Case {
    let mut policies = account(10, 50);
    policies.push(vec![Rule::new(false, &["*"], &["*".to_owned()])]);
    Case { name: "10 policies of 50, administrator", policies, questions: everyday() }
}

/// Patterns that make a matcher try and try again.
fn wildcards() -> Case {
    let rule = |i: usize| {
        let letter = char::from(b'a' + u8::try_from(i % 3).unwrap_or_default());
        let resource = format!("arn:aws:s3:::{}{i}-end", format!("*{letter}").repeat(12));
        Rule::new(i % 5 == 4, &["s3:*e*t*O*b*t*", "s3:*a*a*a*a*z"], &[resource])
    };
    let question = |i: usize| {
        let tail = if i % 2 == 0 { format!("{i}-end") } else { "-no".to_owned() };
        let letters = ["a", "b", "c", "abc"][i % 4];
        question("s3:GetObjectAttributes", format!("arn:aws:s3:::{}{tail}", letters.repeat(60)))
    };
    let policies = (0..4).map(|policy| (0..5).map(|statement| rule(policy * 5 + statement)).collect()).collect();
    Case { name: "20 statements of wildcards", policies, questions: (0..12).map(question).collect() }
}

/// Twenty statements with three conditions each, of every kind that all contenders know.
fn conditions() -> Case {
    let rule = |i: usize| {
        let rule = Rule::new(i % 5 == 4, &["s3:Get*"], &[format!("arn:aws:s3:::bucket-{}/*", i % 4)]);
        let third = i64::try_from(i).unwrap_or_default() * 100;
        match i % 3 {
            0 => rule
                .when(Test::Within("aws:SourceIp", format!("203.0.113.{}/28", i * 16 % 256)))
                .when(Test::Is("aws:MultiFactorAuthPresent", true))
                .when(Test::Below("aws:MultiFactorAuthAge", third)),
            1 => rule
                .when(Test::Equals("aws:RequestedRegion", "us-east-1".into()))
                .when(Test::Like("aws:PrincipalTag/team", format!("*-{}", i % 10)))
                .when(Test::After("aws:CurrentTime", format!("20{}-01-01T00:00:00Z", 15 + i))),
            _ => rule
                .when(Test::Equals("aws:username", USER.into()))
                .when(Test::Below("aws:MultiFactorAuthAge", third))
                .when(Test::Within("aws:SourceIp", "203.0.0.0/16".into())),
        }
    };
    let mut questions: Vec<Question> =
        (0..8).map(|i| question("s3:GetObject", format!("arn:aws:s3:::bucket-{}/key-{i}", i % 5))).collect();
    for (i, question) in questions.iter_mut().enumerate() {
        // Every other one without a second factor, from elsewhere.
        if i % 2 == 1 {
            question.context.retain(|(key, _)| *key != "aws:MultiFactorAuthAge" && *key != "aws:SourceIp");
            question.context.push(("aws:SourceIp", Fact::Address("198.51.100.9".into())));
        }
    }
    let policies = (0..4).map(|policy| (0..5).map(|statement| rule(policy * 5 + statement)).collect()).collect();
    Case { name: "20 statements of conditions", policies, questions }
}
