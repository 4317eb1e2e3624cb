//! A security key in software, written from the WebAuthn recommendation: it makes an ES256 key, attests nothing, and
//! signs challenges with a counter.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// User present, user verified.
const FLAGS: u8 = 0x05;
/// Attested credential data included.
const ATTESTED: u8 = 0x40;

/// One credential of one key.
#[derive(Clone)]
pub struct SecurityKey {
    id: Vec<u8>,
    key: SigningKey,
    /// How often it has signed.
    pub count: u32,
    /// Where the browser believes to be.
    pub origin: String,
}

/// 32 bytes that nobody has had before.
fn random() -> Vec<u8> {
    [Uuid::new_v4().into_bytes(), Uuid::new_v4().into_bytes()].concat()
}

fn key() -> SigningKey {
    SigningKey::from_slice(&random()).expect("all but a few numbers of 32 bytes are keys")
}

impl SecurityKey {
    /// Makes the credential that the options ask for; answers it and what the browser sends.
    pub fn create(options: &str) -> (Self, String) {
        let options: Value = serde_json::from_str(options).expect("options");
        let made = Self { id: random(), key: key(), count: 0, origin: "http://localhost:3000".into() };
        // 4, then both coordinates.
        let point = made.key.verifying_key().to_sec1_bytes();
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} in CBOR.
        let public = [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..],
            &point[1..33],
            &[0x22, 0x58, 0x20],
            &point[33..],
        ]
        .concat();
        let rp = options["rp"]["id"].as_str().expect("a relying party");
        let attested = [&[0; 16][..], &[0, 32], &made.id, &public].concat();
        let data = [made.data(rp, FLAGS | ATTESTED), attested].concat();
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let object = [
            &[0xa3, 0x63][..],
            b"fmt",
            &[0x64],
            b"none",
            &[0x67],
            b"attStmt",
            &[0xa0, 0x68],
            b"authData",
            &[0x58, u8::try_from(data.len()).expect("short")],
            &data,
        ]
        .concat();
        let client = made.client("webauthn.create", &options);
        let answer = json!({
            "id": BASE64URL.encode(&made.id), "rawId": BASE64URL.encode(&made.id), "type": "public-key",
            "response": {
                "attestationObject": BASE64URL.encode(object),
                "clientDataJSON": BASE64URL.encode(client),
            },
        });
        (made, answer.to_string())
    }

    /// Signs the challenge; what the browser sends.
    pub fn get(&mut self, options: &str) -> String {
        self.count += 1;
        let options: Value = serde_json::from_str(options).expect("options");
        let data = self.data(options["rpId"].as_str().expect("a relying party"), FLAGS);
        let client = self.client("webauthn.get", &options);
        let signature: Signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client)].concat());
        json!({
            "id": BASE64URL.encode(&self.id), "rawId": BASE64URL.encode(&self.id), "type": "public-key",
            "response": {
                "authenticatorData": BASE64URL.encode(data),
                "clientDataJSON": BASE64URL.encode(client),
                "signature": BASE64URL.encode(signature.to_der().as_bytes()),
                "userHandle": null,
            },
        })
        .to_string()
    }

    fn data(&self, rp: &str, flags: u8) -> Vec<u8> {
        [&Sha256::digest(rp.as_bytes())[..], &[flags], &self.count.to_be_bytes()].concat()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }
}
