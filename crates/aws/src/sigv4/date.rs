//! When a request says it was made, and whether that is near enough to now.

use http::request::Parts;
use model::ApiError;
use time::{
    Duration, OffsetDateTime, PrimitiveDateTime,
    format_description::{StaticFormatDescription, well_known::Rfc2822},
    macros::format_description,
};

use super::{refusal, single};

/// How far a client's clock may be off; STS allows as much.
pub const SKEW: Duration = Duration::minutes(15);

const BASIC: StaticFormatDescription = format_description!("[year][month][day]T[hour][minute][second]Z");

/// The request's date as it was sent, in the header that counts: `x-amz-date` before `date`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date<'a> {
    header: &'static str,
    text: &'a str,
}

/// The date header, if there is one.
pub(super) fn header(parts: &Parts) -> Result<Option<Date<'_>>, ApiError> {
    for header in ["x-amz-date", "date"] {
        if let Some(text) = single(parts, header)? {
            return Ok(Some(Date { header, text }));
        }
    }
    Ok(None)
}

impl Date<'_> {
    /// The date as it stands in the string to sign, and the instant it names. HTTP's own format may stand in `date`.
    pub(super) fn instant(&self) -> Result<(String, OffsetDateTime), ApiError> {
        let shaped = self.text.len() == 16
            && self.text.bytes().enumerate().all(|(at, b)| matches!(at, 8 | 15) || b.is_ascii_digit());
        if let (true, Ok(instant)) = (shaped, PrimitiveDateTime::parse(self.text, BASIC)) {
            return Ok((self.text.to_owned(), instant.assume_utc()));
        }
        let http = (self.header == "date").then(|| OffsetDateTime::parse(self.text, &Rfc2822).ok()).flatten();
        match http {
            Some(instant) => Ok((basic(instant), instant)),
            None => Err(refusal::incomplete(format!(
                "Date must be in ISO-8601 'basic format'. Got '{}'. See http://en.wikipedia.org/wiki/ISO_8601",
                self.text
            ))),
        }
    }

    /// Refuses a date that the signature does not cover: it is in the string to sign, but only to the second, and the
    /// header could say it in another way.
    pub(super) fn check_signed(&self, signed_headers: &str) -> Result<(), ApiError> {
        if signed_headers.split(';').any(|name| name == self.header) {
            Ok(())
        } else {
            Err(refusal::unsigned(self.header))
        }
    }
}

/// Refuses a request made too long ago or too far ahead, in AWS's words.
pub(super) fn check_skew(timestamp: &str, instant: OffsetDateTime, now: OffsetDateTime) -> Result<(), ApiError> {
    let minutes = SKEW.whole_minutes();
    if instant < now - SKEW {
        return Err(refusal::does_not_match(format!(
            "Signature expired: {timestamp} is now earlier than {} ({} - {minutes} min.)",
            basic(now - SKEW),
            basic(now)
        )));
    }
    if instant > now + SKEW {
        return Err(refusal::does_not_match(format!(
            "Signature not yet current: {timestamp} is still later than {} ({} + {minutes} min.)",
            basic(now + SKEW),
            basic(now)
        )));
    }
    Ok(())
}

/// ISO 8601's basic format, UTC: `20150830T123600Z`.
pub fn basic(instant: OffsetDateTime) -> String {
    let utc = instant.to_offset(time::UtcOffset::UTC);
    let (date, time) = (utc.date(), utc.time());
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}
