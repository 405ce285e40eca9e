//! The result of an import: what becomes of each file, and what came of the plan.
//!
//! Not here: making the plan (`import`).

use crate::import::Imported;

use super::edit::Carried;

#[derive(Debug)]
pub struct Import {
    /// The path of the folder, as somebody typed it.
    pub folder: String,
    pub imported: Imported,
    /// `None` of a plan that is not carried out.
    pub done: Option<Carried>,
    /// The map that was written.
    pub map: Option<String>,
}
