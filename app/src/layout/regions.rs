//! The regions of the selector.

pub use model::region::{REGIONS, Region, region_name};
