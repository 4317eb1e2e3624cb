//! Codes that an authenticator application and we compute alike (RFC 6238: SHA-1, six digits, steps of 30 seconds),
//! and the two ways of a seed into such an application: text to type, and a QR code to scan.
//!
//! Time is real time, never a sandbox clock: the applications know no other.

use anyhow::Context as _;
use model::Timestamp;
use subtle::ConstantTimeEq as _;
use totp_rs::{Builder, Secret, Totp};

use crate::mail::NAME;

/// Bytes of a seed: 64 characters of base32.
pub(crate) const SEED: usize = 40;
/// How many steps a code may be off at sign-in (RFC 6238, section 5.2).
const AT_SIGN_IN: i64 = 1;
/// How many at enabling: five minutes, for clocks that nobody sets and people who type slowly.
pub(crate) const AT_ENABLING: i64 = 10;
/// How many when a device is set right: an hour.
pub(crate) const AT_RESYNC: i64 = 120;

const STEP_SECONDS: i64 = 30;
/// Pixels of a module in the picture, and modules of white around it (ISO/IEC 18004).
const MODULE: usize = 6;
const QUIET: usize = 4;

/// The step that an instant lies in.
pub(crate) fn step_of(at: Timestamp) -> i64 {
    at.0.div_euclid(1000 * STEP_SECONDS)
}

/// What shares a seed with us.
pub(crate) struct Device(Totp);

impl Device {
    pub(crate) fn new(seed: &[u8]) -> Self {
        Self(Builder::new().with_secret(seed.to_vec()).build_noncompliant())
    }

    fn shows(&self, step: i64, typed: &str) -> bool {
        let at = step.saturating_mul(STEP_SECONDS);
        let Ok(at) = u64::try_from(at) else { return false };
        self.0.generate(at).to_string().as_bytes().ct_eq(typed.as_bytes()).into()
    }

    /// The steps near `now` whose code is `typed`. Two steps may have the same code by chance.
    pub(crate) fn steps(&self, typed: &str, now: i64) -> Vec<i64> {
        let typed = plain(typed);
        near(now, AT_SIGN_IN).filter(|step| self.shows(*step, &typed)).collect()
    }

    /// The step of the second of two codes in a row, at most `window` steps from `now`.
    pub(crate) fn pair(&self, first: &str, second: &str, now: i64, window: i64) -> Option<i64> {
        let (first, second) = (plain(first), plain(second));
        near(now, window).find(|step| self.shows(step - 1, &first) && self.shows(*step, &second))
    }
}

/// Applications show `123 456`, and people type it so.
fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The steps around `now`, the nearest first.
fn near(now: i64, window: i64) -> impl Iterator<Item = i64> {
    std::iter::once(now).chain((1..=window).flat_map(move |away| [now - away, now + away]))
}

/// How far a device's clock is ahead, where it is more than what sign-in tolerates anyway.
pub(crate) fn drift(step: i64, now: i64) -> i32 {
    let off = step - now;
    if off.abs() <= AT_SIGN_IN { 0 } else { i32::try_from(off).unwrap_or_default() }
}

/// The seed as people type it.
pub(crate) fn base32(seed: &[u8]) -> String {
    Secret::from(seed.to_vec()).to_base32()
}

/// The seed as applications scan it: `otpauth://totp/Understudy:<device>@<account>?secret=…&issuer=Understudy`.
pub(crate) fn uri(seed: &[u8], device: &str, account: &str) -> anyhow::Result<String> {
    let totp = Builder::new()
        .with_secret(seed.to_vec())
        .with_issuer(Some(NAME))
        .with_account_name(format!("{device}@{account}"))
        .build()
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    totp.to_url().map_err(|error| anyhow::anyhow!("{error}"))
}

/// A text as a QR code: a PNG in black and white.
pub(crate) fn qr_png(text: &str) -> anyhow::Result<Vec<u8>> {
    let code = qrcode::QrCode::new(text.as_bytes()).context("a text that fits no QR code")?;
    let modules = code.width();
    let (colors, side) = (code.to_colors(), (modules + 2 * QUIET) * MODULE);
    let dark = |x: usize, y: usize| {
        let place = |at: usize| (at / MODULE).checked_sub(QUIET).filter(|module| *module < modules);
        match (place(x), place(y)) {
            (Some(x), Some(y)) => colors[y * modules + x] == qrcode::Color::Dark,
            _ => false,
        }
    };
    let mut rows = Vec::with_capacity(side * side.div_ceil(8));
    for y in 0..side {
        for byte in 0..side.div_ceil(8) {
            let white = |bit: usize| byte * 8 + bit >= side || !dark(byte * 8 + bit, y);
            rows.push((0..8).fold(0_u8, |bits, bit| bits << 1 | u8::from(white(bit))));
        }
    }
    let mut picture = Vec::new();
    let pixels = u32::try_from(side)?;
    let mut encoder = png::Encoder::new(&mut picture, pixels, pixels);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rows)?;
    writer.finish()?;
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of the eight digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let device = Device::new(b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000_i64, "353130")] {
            assert_eq!(device.steps(code, step_of(Timestamp(seconds * 1000))), [seconds / 30], "{seconds}");
        }
        assert!(device.steps("287083", 1).is_empty());
        assert_eq!(device.steps("287 082", 2), [1], "one step late, typed as it is shown");
        assert!(device.steps("287082", 3).is_empty(), "two steps late");
    }

    #[test]
    fn two_codes_in_a_row_tell_the_clock() {
        let device = Device::new(b"12345678901234567890");
        let code = |step: u64| device.0.generate(step * 30).to_string();
        assert_eq!(device.pair(&code(100), &code(101), 101, AT_ENABLING), Some(101));
        assert_eq!(device.pair(&code(100), &code(101), 111, AT_ENABLING), Some(101));
        assert_eq!(device.pair(&code(100), &code(101), 112, AT_ENABLING), None, "stale");
        assert_eq!(device.pair(&code(101), &code(100), 101, AT_ENABLING), None, "the wrong way round");
        assert_eq!(device.pair(&code(100), &code(100), 101, AT_ENABLING), None, "the same twice");
        assert_eq!(device.pair(&code(100), &code(102), 101, AT_ENABLING), None, "not in a row");
        assert_eq!((drift(101, 100), drift(81, 101)), (0, -20));
    }

    #[test]
    fn the_uri_is_the_documented_one_and_its_picture_a_png() {
        let uri = uri(&[7; SEED], "my-phone", "012345678901").expect("a URI");
        let start = format!(
            "otpauth://totp/Understudy:my-phone%40012345678901?secret={}&issuer=Understudy",
            base32(&[7; SEED])
        );
        assert_eq!(uri, start);
        assert_eq!(base32(&[7; SEED]).len(), 64);
        let picture = qr_png(&uri).expect("a picture");
        assert!(picture.starts_with(b"\x89PNG"));
    }
}
