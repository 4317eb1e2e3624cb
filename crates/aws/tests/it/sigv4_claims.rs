//! What is refused before, and after, a secret is looked up: code and sentence.

use aws::sigv4::{Claim, Scope, sha256_hex};
use model::ApiError;
use proptest::prelude::*;
use time::{Duration, OffsetDateTime};

use crate::signing::{Draft, KEY_ID, NOW, SECRET};

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

fn verify_at(draft: &Draft, now: OffsetDateTime) -> Result<(), ApiError> {
    let parts = draft.parts().expect("an HTTP request");
    let claim = Claim::read(&parts, "iam", now)?;
    claim.prove(&parts, &draft.body, SECRET)
}

fn refused(draft: &Draft) -> (&'static str, u16, String) {
    let error = verify_at(draft, NOW).expect_err("refused");
    (error.code(), error.status(), error.to_string())
}

fn list_users() -> Draft {
    Draft::post("Action=ListUsers&Version=2010-05-08")
}

fn scope(date: &str, region: &str, service: &str) -> Scope {
    Scope { date: date.into(), region: region.into(), service: service.into() }
}

#[track_caller]
fn incomplete(draft: &Draft, sentence: &str) {
    assert_eq!(refused(draft), ("IncompleteSignature", 400, sentence.to_owned()));
}

#[track_caller]
fn not_matching(draft: &Draft, sentence: &str) {
    assert_eq!(refused(draft), ("SignatureDoesNotMatch", 403, sentence.to_owned()));
}

fn with_authorization(value: &str) -> Draft {
    let mut draft = list_users();
    draft.set("Authorization", value);
    draft
}

#[test]
fn a_signed_request_is_believed() {
    assert_eq!(verify_at(&list_users().signed("iam"), NOW), Ok(()));
    let any_region =
        list_users().signed_as(KEY_ID, SECRET, &scope("20261122", "eu-central-1", "iam"), "host;x-amz-date");
    assert_eq!(verify_at(&any_region, NOW), Ok(()));
}

#[test]
fn the_claim_tells_whose_key_and_token_to_look_up() {
    let mut draft = list_users();
    draft.set("X-Amz-Security-Token", "token");
    let claim = Claim::read(&draft.signed("iam").parts().unwrap(), "iam", NOW).unwrap();
    assert_eq!((claim.access_key_id(), claim.security_token()), (Some(KEY_ID), Some("token")));
    assert_eq!(claim.scope().to_string(), "20261122/us-east-1/iam/aws4_request");
    for id in ["short", "AKIAIOSFODNN7EXAMPL'"] {
        let draft = list_users().signed_as(id, SECRET, &scope("20261122", "us-east-1", "iam"), "host;x-amz-date");
        let claim = Claim::read(&draft.parts().unwrap(), "iam", NOW).unwrap();
        assert_eq!(claim.access_key_id(), None, "no key can have this id: {id}");
    }
}

#[test]
fn no_signature_at_all() {
    for draft in
        [list_users(), with_authorization("Bearer abc"), with_authorization("AWS AKID:sig"), with_authorization("")]
    {
        let expected = ("MissingAuthenticationToken", 403, "Request is missing Authentication Token".to_owned());
        assert_eq!(refused(&draft), expected);
    }
    let mut presigned =
        Draft::get("Action=ListUsers&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b");
    presigned.unset("X-Amz-Date");
    assert_eq!(refused(&presigned).0, "MissingAuthenticationToken");
}

#[test]
fn a_header_without_its_parts() {
    // The hash is AWS's way to name the header without repeating it: printf %s "$header" | openssl sha256 -binary | base64
    let mut draft = with_authorization("AWS4-HMAC-SHA256 ");
    draft.unset("X-Amz-Date");
    incomplete(
        &draft,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. \
         Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a \
         'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) \
         Authorization=CiYVUkvqEFxnqOZfl+qKLWniec690XZ/NzTormsckxs=",
    );
    let draft = with_authorization("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=, Signature=");
    let sentence = refused(&draft).2;
    assert!(
        sentence.starts_with(
            "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. (Hashed"
        ),
        "{sentence}"
    );
    let mut undated = list_users().signed("iam");
    undated.unset("X-Amz-Date");
    assert!(
        refused(&undated).2.starts_with(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed"
        )
    );
}

#[test]
fn a_header_of_the_wrong_form() {
    let sentence = refused(&with_authorization(
        "AWS4-HMAC-SHA256 Credential= AKID/20261122/us-east-1/iam/aws4_request, Signature=s",
    ))
    .2;
    assert!(
        sentence.starts_with("Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '"),
        "{sentence}"
    );
    incomplete(
        &with_authorization("AWS4-HMAC-SHA512 Credential=a"),
        "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512' (only AWS4-HMAC-SHA256 for now). ",
    );
    incomplete(
        &with_authorization("AWS4-HMAC-SHA256 Credential=AKID/20261122/iam, SignedHeaders=host, Signature=s"),
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/20261122/iam'",
    );
    for extra in ["Signature=s, ", "Sidecar=s, "] {
        let header = list_users()
            .signed("iam")
            .header("Authorization")
            .replace("SignedHeaders", &format!("{extra}SignedHeaders"));
        incomplete(&with_authorization(&header), "The request signature does not conform to AWS standards.");
    }
}

#[test]
fn credentials_in_two_places() {
    let mut twice = list_users().signed("iam");
    twice.add("Authorization", &twice.header("Authorization"));
    let mut both = Draft::get("Action=ListUsers&X-Amz-Algorithm=AWS4-HMAC-SHA256").signed("iam");
    both.method = "POST".into();
    for draft in [twice, both, Draft::get("Action=ListUsers&AWSAccessKeyId=AKIA").signed("iam")] {
        let (code, _, sentence) = refused(&draft);
        assert_eq!(code, "IncompleteSignature");
        assert!(sentence.starts_with("Only one auth mechanism allowed"), "{sentence}");
    }
}

#[test]
fn a_scope_that_is_not_good_here() {
    let draft = list_users().signed_as(KEY_ID, SECRET, &scope("20261121", "", "sts"), "host;x-amz-date");
    let mut wrong_end = draft.clone();
    wrong_end.set("Authorization", &draft.header("Authorization").replace("aws4_request", "aws5_request"));
    not_matching(
        &wrong_end,
        "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'iam'. Credential \
         should be scoped with a valid terminator: 'aws4_request'. Date in Credential scope does not match YYYYMMDD from \
         ISO-8601 version of date from HTTP. ",
    );
    not_matching(&list_users().signed("sts"), "Credential should be scoped to correct service: 'iam'. ");
}

#[test]
fn clocks_may_differ_by_a_quarter_of_an_hour() {
    let draft = list_users().signed("iam");
    for minutes in [-15, 0, 15] {
        assert_eq!(verify_at(&draft, NOW + Duration::minutes(minutes)), Ok(()));
    }
    let late = verify_at(&draft, NOW + Duration::seconds(15 * 60 + 1)).unwrap_err();
    assert_eq!((late.code(), late.status()), ("SignatureDoesNotMatch", 403));
    assert_eq!(
        late.to_string(),
        "Signature expired: 20261122T100000Z is now earlier than 20261122T100001Z (20261122T101501Z - 15 min.)"
    );
    assert_eq!(
        verify_at(&draft, NOW - Duration::seconds(15 * 60 + 1)).unwrap_err().to_string(),
        "Signature not yet current: 20261122T100000Z is still later than 20261122T095959Z (20261122T094459Z + 15 min.)"
    );
}

#[test]
fn dates() {
    for date in ["2026-11-22T10:00:00Z", "20261122", "20261322T100000Z", "20261122T100000+", "+0261122T100000Z"] {
        let mut draft = list_users().signed("iam");
        draft.set("X-Amz-Date", date);
        incomplete(
            &draft,
            &format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ),
        );
    }
    // HTTP's own date may stand in for x-amz-date, if it is signed.
    let stand_in = |signed_headers: &str| {
        let mut draft = list_users();
        draft.set("Date", "Sun, 22 Nov 2026 10:00:00 GMT");
        let mut draft = draft.signed_as(KEY_ID, SECRET, &scope("20261122", "us-east-1", "iam"), signed_headers);
        draft.unset("X-Amz-Date");
        draft
    };
    assert_eq!(verify_at(&stand_in("date;host"), NOW), Ok(()));
    not_matching(&stand_in("host"), "'date' must be a 'SignedHeader' in the AWS Authorization.");
}

#[test]
fn what_must_be_signed() {
    let signed = |headers: &str| {
        let mut draft = list_users();
        draft.set("X-Amz-Extra", "1");
        draft.signed_as(KEY_ID, SECRET, &scope("20261122", "us-east-1", "iam"), headers)
    };
    assert_eq!(verify_at(&signed("host;x-amz-date;x-amz-extra"), NOW), Ok(()));
    not_matching(
        &signed("x-amz-date;x-amz-extra"),
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
    not_matching(&signed("host;x-amz-date"), "'x-amz-extra' must be a 'SignedHeader' in the AWS Authorization.");
    not_matching(&signed("host;x-amz-extra;x-amz-date"), MISMATCH);
}

#[test]
fn the_payload_hash_is_the_bodys() {
    let signed = |hash: &str| {
        let mut draft = list_users();
        draft.set("X-Amz-Content-Sha256", hash);
        draft.signed("iam")
    };
    assert_eq!(verify_at(&signed(&sha256_hex(b"Action=ListUsers&Version=2010-05-08")), NOW), Ok(()));
    for hash in ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", &sha256_hex(b"")] {
        not_matching(&signed(hash), MISMATCH);
    }
}

#[test]
fn a_query_string_that_could_mean_two_things() {
    assert_eq!(verify_at(&Draft::get("Action=GetUser&Version=2010-05-08&UserName=a").signed("iam"), NOW), Ok(()));
    let draft = Draft::get("Action=GetUser&UserName=a&User%4Eame=b").signed("iam");
    incomplete(&draft, "The AWS query string is malformed or does not adhere to AWS standards.");
}

#[test]
fn another_secret() {
    let draft = list_users().signed_as(
        KEY_ID,
        &SECRET.to_lowercase(),
        &scope("20261122", "us-east-1", "iam"),
        "host;x-amz-date",
    );
    not_matching(&draft, MISMATCH);
}

#[test]
fn http_2_signs_the_authority() {
    let draft = list_users().signed("iam");
    let mut parts = draft.parts().unwrap();
    parts.headers.remove("host");
    let prove = |parts: &http::request::Parts| Claim::read(parts, "iam", NOW)?.prove(parts, &draft.body, SECRET);
    assert_eq!(prove(&parts).unwrap_err().to_string(), MISMATCH);
    parts.uri = "http://localhost:4566/".parse().unwrap();
    assert_eq!(prove(&parts), Ok(()));
}

proptest! {
    #[test]
    fn no_authorization_header_panics(header in "(AWS4-HMAC-SHA256 )?([A-Za-z]{0,12}=?[ -~]{0,20}[, ]?){0,6}", date in "[0-9TZ]{0,17}") {
        let mut draft = with_authorization(&header);
        draft.set("X-Amz-Date", &date);
        prop_assert!(verify_at(&draft, NOW).is_err());
    }
}
