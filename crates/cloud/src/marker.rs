//! Where a page ended: base64url of a version byte, the last name in lower case and the last ARN or id.
//! A marker only positions inside the caller's own account; it is no capability.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use model::ApiError;
use uuid::Uuid;

const VERSION: u8 = 1;

/// The key of the last row of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Its name in lower case (or whatever leads the order).
    pub name: String,
    /// Its ARN or id, to tell equals apart.
    pub id: String,
}

impl Position {
    /// The position that a marker names; the beginning if there is none.
    ///
    /// # Errors
    /// `ValidationError` "Invalid Marker." for anything we did not make.
    pub fn parse(marker: Option<&str>) -> Result<Self, ApiError> {
        let Some(marker) = marker else { return Ok(Self::default()) };
        let invalid = || ApiError::Invalid { message: "Invalid Marker.".into() };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(marker).map_err(|_| invalid())?;
        let (version, rest) = bytes.split_first().ok_or_else(invalid)?;
        let text = std::str::from_utf8(rest).map_err(|_| invalid())?;
        match text.split_once('\0') {
            Some((name, id)) if *version == VERSION => Ok(Self { name: name.into(), id: id.into() }),
            _ => Err(invalid()),
        }
    }

    /// The marker of this position.
    pub fn marker(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(self.name.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(self.id.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// Where a page of a list by time, newest first, begins: behind this instant and id. Before everything without a marker.
///
/// # Errors
/// As [`Position::parse`].
pub fn behind(marker: Option<&str>) -> Result<(i64, Uuid), ApiError> {
    if marker.is_none() {
        return Ok((i64::MAX, Uuid::nil()));
    }
    let Position { name, id } = Position::parse(marker)?;
    let both = name.parse().ok().zip(id.parse().ok());
    both.ok_or_else(|| ApiError::Invalid { message: "Invalid Marker.".into() })
}

/// The number that a marker holds, for lists that no table holds; nought if there is none.
///
/// # Errors
/// As [`Position::parse`].
pub fn number(marker: Option<&str>) -> Result<usize, ApiError> {
    if marker.is_none() {
        return Ok(0);
    }
    Position::parse(marker)?.name.parse().map_err(|_| ApiError::Invalid { message: "Invalid Marker.".into() })
}

/// The marker of a number.
pub fn numbered(number: usize) -> String {
    Position { name: number.to_string(), id: String::new() }.marker()
}

/// Cuts `rows`, fetched with one row more than `limit`, to a page: the rows, whether there is more, and the marker.
pub fn page<T>(mut rows: Vec<T>, limit: i64, position: impl Fn(&T) -> Position) -> (Vec<T>, bool, Option<String>) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let marker = if more { rows.last().map(|row| position(row).marker()) } else { None };
    (rows, more, marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_come_back_and_forged_ones_do_not() {
        let position = Position { name: "alice".into(), id: "AIDAX".into() };
        assert_eq!(Position::parse(Some(&position.marker())), Ok(position));
        for forged in ["", "x", "AAAA", "AWFiYw", "\u{ff}"] {
            assert!(Position::parse(Some(forged)).is_err(), "{forged}");
        }
    }

    #[test]
    fn a_list_by_time_begins_at_its_newest_or_behind_a_marker_of_its_own() {
        let id = Uuid::from_u128(7);
        let of = |name: &str, id: &str| Position { name: name.into(), id: id.into() }.marker();
        assert_eq!(behind(None), Ok((i64::MAX, Uuid::nil())));
        assert_eq!(behind(Some(&of("1700000000000", &id.to_string()))), Ok((1_700_000_000_000, id)));
        // Another list's marker is none of this one.
        for other in [of("alice", "AIDAX"), of("1700000000000", "AIDAX"), of("alice", &id.to_string()), "x".into()] {
            assert_eq!(behind(Some(&other)), Err(ApiError::Invalid { message: "Invalid Marker.".into() }), "{other}");
        }
    }
}
