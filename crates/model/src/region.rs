//! The regions, as AWS names and groups them (documentation of 2021, pages.md section 2).

/// One region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// `us-east-1`
    pub code: &'static str,
    /// "US East"
    pub area: &'static str,
    /// "N. Virginia"
    pub city: &'static str,
}

const fn region(area: &'static str, city: &'static str, code: &'static str) -> Region {
    Region { code, area, city }
}

/// Every region that needs no opting in, in the selector's order.
pub const REGIONS: &[Region] = &[
    region("US East", "N. Virginia", "us-east-1"),
    region("US East", "Ohio", "us-east-2"),
    region("US West", "N. California", "us-west-1"),
    region("US West", "Oregon", "us-west-2"),
    region("Asia Pacific", "Mumbai", "ap-south-1"),
    region("Asia Pacific", "Osaka", "ap-northeast-3"),
    region("Asia Pacific", "Seoul", "ap-northeast-2"),
    region("Asia Pacific", "Singapore", "ap-southeast-1"),
    region("Asia Pacific", "Sydney", "ap-southeast-2"),
    region("Asia Pacific", "Tokyo", "ap-northeast-1"),
    region("Canada", "Central", "ca-central-1"),
    region("Europe", "Frankfurt", "eu-central-1"),
    region("Europe", "Ireland", "eu-west-1"),
    region("Europe", "London", "eu-west-2"),
    region("Europe", "Paris", "eu-west-3"),
    region("Europe", "Stockholm", "eu-north-1"),
    region("South America", "São Paulo", "sa-east-1"),
];

/// "US East (Ohio)"; the code itself when it is unknown.
pub fn region_name(code: &str) -> String {
    REGIONS
        .iter()
        .find(|region| region.code == code)
        .map_or_else(|| code.to_owned(), |region| format!("{} ({})", region.area, region.city))
}
