//! What happens while a site is served.

use super::build::BuildOutcome;
use crate::diagnostic::Finding;

/// What happened, to be printed.
#[derive(Debug)]
pub enum Event {
    /// From now on, at this address, which begins with `http://`.
    Serving(String),
    Built(Box<BuildOutcome>),
    /// What a check finds and builds do not report.
    Found(Vec<Finding>),
    Failed(anyhow::Error),
    /// A wish that failed, such as opening a browser; it goes on without.
    Note(anyhow::Error),
}
