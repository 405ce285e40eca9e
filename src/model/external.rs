//! How addresses on other hosts are checked, as the settings say.
//!
//! Not here: reading the settings (`settings::external`), and requests (`crate::external`).

use std::time::Duration;

/// The settings of `[check.external]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// Addresses that are not asked.
    pub exclude: Vec<String>,
    pub timeout: Duration,
    /// How often a request that fails in a way that passes is made again.
    pub retries: u32,
    /// Between two requests to one host.
    pub pace: Duration,
    /// How long an answer is believed.
    pub cache: Duration,
}

impl Default for External {
    fn default() -> Self {
        Self {
            exclude: Vec::new(),
            timeout: Duration::from_secs(20),
            retries: 2,
            pace: Duration::from_millis(100),
            cache: Duration::from_hours(24),
        }
    }
}
