//! What happens while a site is served.

use super::build::BuildOutcome;

/// What happened, to be printed.
#[derive(Debug)]
pub enum Event {
    /// At this address.
    Serving(String),
    Built(Box<BuildOutcome>),
    Failed(anyhow::Error),
    /// What does not stop it.
    Note(anyhow::Error),
}
