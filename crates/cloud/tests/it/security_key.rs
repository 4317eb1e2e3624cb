//! A security key in software, written from the WebAuthn recommendation: it makes an ES256 key, attests nothing, and
//! signs challenges with a counter.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use openssl::{
    bn::{BigNum, BigNumContext},
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    sha::sha256,
    sign::Signer,
};
use serde_json::{Value, json};

/// User present, user verified.
const FLAGS: u8 = 0x05;
/// Attested credential data included.
const ATTESTED: u8 = 0x40;

/// One credential of one key.
#[derive(Clone)]
pub struct SecurityKey {
    id: Vec<u8>,
    key: PKey<Private>,
    /// How often it has signed.
    pub count: u32,
    /// Where the browser believes to be.
    pub origin: String,
}

impl SecurityKey {
    /// Makes the credential that the options ask for; answers it and what the browser sends.
    pub fn create(options: &str) -> (Self, String) {
        let options: Value = serde_json::from_str(options).expect("options");
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("the curve");
        let key = EcKey::generate(&group).expect("a key");
        let (mut x, mut y) = (BigNum::new().expect("x"), BigNum::new().expect("y"));
        let mut context = BigNumContext::new().expect("a context");
        key.public_key().affine_coordinates(&group, &mut x, &mut y, &mut context).expect("coordinates");
        let mut id = vec![0; 32];
        openssl::rand::rand_bytes(&mut id).expect("random");
        let made = Self {
            id,
            key: PKey::from_ec_key(key).expect("a key"),
            count: 0,
            origin: "http://localhost:3000".into(),
        };
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} in CBOR.
        let public = [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..],
            &x.to_vec_padded(32).expect("32 bytes"),
            &[0x22, 0x58, 0x20],
            &y.to_vec_padded(32).expect("32 bytes"),
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
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key).expect("a signer");
        let signature = signer.sign_oneshot_to_vec(&[data.as_slice(), &sha256(&client)].concat()).expect("signs");
        json!({
            "id": BASE64URL.encode(&self.id), "rawId": BASE64URL.encode(&self.id), "type": "public-key",
            "response": {
                "authenticatorData": BASE64URL.encode(data),
                "clientDataJSON": BASE64URL.encode(client),
                "signature": BASE64URL.encode(signature),
                "userHandle": null,
            },
        })
        .to_string()
    }

    fn data(&self, rp: &str, flags: u8) -> Vec<u8> {
        [&sha256(rp.as_bytes())[..], &[flags], &self.count.to_be_bytes()].concat()
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }
}
