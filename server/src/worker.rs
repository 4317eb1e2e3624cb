//! Loops beside the requests.

use cloud::Cloud;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::shutdown::Lifecycle;

/// Starts every loop; each ends when the lifecycle closes.
pub fn spawn(_config: &Config, _cloud: Cloud, _lifecycle: Lifecycle) -> Vec<JoinHandle<()>> {
    Vec::new()
}
