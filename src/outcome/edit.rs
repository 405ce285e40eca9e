//! The result of a command that changes sources, or what it would do.
//!
//! Not here: planning and carrying out (`edit`).

use crate::edit::Plan;

use super::build::BuildOutcome;

/// A plan, and what came of it.
#[derive(Debug)]
pub struct Edited {
    pub plan: Plan,
    /// `None` of a plan that is not carried out.
    pub done: Option<Carried>,
}

/// What came of a plan that was carried out.
#[derive(Debug)]
pub struct Carried {
    /// Where bytes were set aside that no file has any more, relative to the site.
    pub set_aside: Vec<String>,
    /// `None` where no build was wanted.
    pub build: Option<BuildOutcome>,
}
