//! Hardware TOTP tokens: the operator loads their seeds, and each is at most one principal's on the whole installation.
//!
//! A token's row belongs to no account, and its seed lies there under the master key: whoever has the token next needs it.
//! While a principal has it, the seed also lies among the account's devices, under the account's data key, so that sign-in
//! reads devices of every kind alike.

use model::{ApiError, Kind, operator::ImportHardwareToken};
use totp_rs::Secret;

use super::mfa_devices::place;
use crate::{
    error::Result,
    execute::{Execute, Target},
    seal::Row,
    tx::Tx,
};

/// Bytes of a seed: RFC 4226 asks for 16 at least, and HMAC-SHA-1 works on blocks of 64.
const SEED: std::ops::RangeInclusive<usize> = 16..=64;

/// Where a token's seed lies sealed.
pub(crate) fn own_place(serial_key: &str) -> Row<'_> {
    Row { table: "hardware_token", account: "", row: serial_key }
}

/// A seed as manufacturers write it: hexadecimal, or base32. A text that could be either is hexadecimal.
fn seed(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let bytes = if text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        (0..text.len() / 2)
            .map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok())
            .collect::<Option<Vec<u8>>>()
    } else {
        Secret::try_from_base32(text.to_uppercase()).ok().map(|secret| AsRef::<[u8]>::as_ref(&secret).to_vec())
    };
    bytes.filter(|bytes| SEED.contains(&bytes.len()))
}

impl Execute for ImportHardwareToken {
    async fn target(&self, _tx: &mut Tx) -> Result<Target> {
        Ok(Target::everything())
    }

    async fn run(self, tx: &mut Tx) -> Result<()> {
        let seed = seed(self.seed.expose()).ok_or_else(|| {
            ApiError::field("seed", None, "A seed is 16 to 64 bytes, as hexadecimal digits or in base32")
        })?;
        let serial_key = self.serial_number.to_lowercase();
        let sealed = tx.cloud.sealer().seal(&own_place(&serial_key), &seed);
        let made = sqlx::query!(
            "insert into hardware_token (serial_key, serial_number, seed_sealed) values ($1, $2, $3)
             on conflict do nothing",
            serial_key,
            self.serial_number,
            sealed
        )
        .execute(tx.conn())
        .await?;
        if made.rows_affected() == 1 {
            Ok(())
        } else {
            Err(ApiError::taken(
                Kind::Account,
                format!("A hardware token with the serial number {}", self.serial_number),
            )
            .into())
        }
    }
}

/// Brings a token that nobody has into the account, for the codes that the caller types to be looked at; if they are
/// wrong, the transaction goes and the token stays nobody's.
///
/// # Errors
/// [`ApiError::NoSuchEntity`] for a token that is not known, or is another account's: the two look alike.
pub(super) async fn bring_in(tx: &mut Tx, serial_number: &str) -> Result<()> {
    let (account, now) = (tx.account().clone(), tx.now());
    let serial_key = serial_number.to_lowercase();
    let token = sqlx::query!(
        "update hardware_token set account_id = $2 where serial_key = $1 and account_id is null
         returning serial_number, seed_sealed, used_steps",
        serial_key,
        account.as_str()
    )
    .fetch_optional(tx.conn())
    .await?;
    // One that is the account's own already is found among its devices.
    let Some(token) = token else { return Ok(()) };
    let seed = tx.cloud.sealer().open(&own_place(&serial_key), &token.seed_sealed)?;
    let sealed = tx.seal(&place(&account, &serial_key), &seed).await?;
    sqlx::query!(
        "insert into mfa_device (account_id, serial_key, serial_number, path, name, kind, seed_sealed, created_at, used_steps)
         values ($1, $2, $3, '/', $3, 'HARDWARE', $4, $5, $6)",
        account.as_str(),
        serial_key,
        token.serial_number,
        sealed,
        now.0,
        // A code that served whoever had it before serves nobody again.
        &token.used_steps
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes the token out of the account, so that anybody can be given it again. It remembers which of its codes have served.
pub(super) async fn give_back(tx: &mut Tx, serial_key: &str) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!(
        "with gone as (delete from mfa_device where account_id = $2 and serial_key = $1 returning used_steps)
         update hardware_token t set account_id = null, used_steps = gone.used_steps
         from gone where t.serial_key = $1 and t.account_id = $2",
        serial_key,
        account.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Before an account goes with its devices: its tokens are anybody's again, and remember.
pub(crate) async fn give_back_all(tx: &mut Tx) -> Result<()> {
    let account = tx.account().clone();
    sqlx::query!(
        "update hardware_token t set account_id = null, used_steps = d.used_steps
         from mfa_device d where d.account_id = $1 and d.serial_key = t.serial_key and t.account_id = $1",
        account.as_str()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::seed;

    #[test]
    fn seeds_are_read_from_hex_and_base32() {
        let bytes = seed("3132333435363738393031323334353637383930").expect("hex");
        assert_eq!(bytes, b"12345678901234567890");
        assert_eq!(seed("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ").expect("base32"), bytes);
        assert_eq!(seed("gezdgnbvgy3tqojqgezdgnbvgy3tqojq").expect("base32 in lower case"), bytes);
        for wrong in ["", "00112233", "not a seed at all!!", "GEZDGNBV"] {
            assert!(seed(wrong).is_none(), "{wrong}");
        }
    }
}
