//! `IpAddress` and `NotIpAddress`: addresses and CIDR ranges of both IP versions.

use std::net::IpAddr;

#[derive(Clone, Debug)]
pub(super) struct Operand {
    network: IpAddr,
    /// How many leading bits count.
    length: u32,
}

impl Operand {
    /// An address without a prefix length means itself alone.
    pub fn new(value: &str) -> Option<Self> {
        let value = value.trim();
        let (address, length) = match value.split_once('/') {
            Some((address, length)) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
                (address, Some(length.parse::<u32>().ok()?))
            }
            Some(_) => return None,
            None => (value, None),
        };
        let network: IpAddr = address.parse().ok()?;
        let whole = if network.is_ipv4() { 32 } else { 128 };
        let length = length.unwrap_or(whole);
        (length <= whole).then_some(Self { network, length })
    }

    /// An address of the other IP version is outside; an IPv4 address in the clothes of an IPv6 one
    /// (`::ffff:203.0.113.7`), as a listener for both versions sees it, is an IPv4 address.
    pub fn fits(&self, value: &str) -> bool {
        match (self.network, value.trim().parse().map(|address: IpAddr| address.to_canonical())) {
            (IpAddr::V4(network), Ok(IpAddr::V4(address))) => {
                let mask = u32::MAX.checked_shl(32_u32.saturating_sub(self.length)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), Ok(IpAddr::V6(address))) => {
                let mask = u128::MAX.checked_shl(128_u32.saturating_sub(self.length)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lie_in_ranges() {
        for (range, address, expected) in [
            ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false),
            ("203.0.113.77/24", "203.0.113.1", true),
            ("203.0.113.7", "203.0.113.7", true),
            ("203.0.113.7", "203.0.113.8", false),
            ("203.0.113.7/32", "203.0.113.7", true),
            ("0.0.0.0/0", "198.51.100.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:9::1", true),
            ("2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false),
            ("::/0", "2001:db8::1", true),
            ("2001:db8::1", "2001:db8::1", true),
            ("203.0.113.0/24", "cloudformation.amazonaws.com", false),
            ("203.0.113.0/24", "::ffff:203.0.113.7", true),
            ("::/0", "::ffff:203.0.113.7", false),
        ] {
            assert_eq!(Operand::new(range).expect(range).fits(address), expected, "{address} in {range}");
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "*", "203.0.113.0/33", "203.0.113/24", "203.0.113.0/", "203.0.113.0/+8", "::/129", "localhost"]
        {
            assert!(Operand::new(text).is_none(), "{text}");
        }
    }
}
