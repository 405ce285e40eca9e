//! What is asked of an import.

use std::path::PathBuf;

use crate::model::settings::Language;

/// What is imported, and where to.
#[derive(Debug)]
pub struct Asked<'a> {
    pub folder: PathBuf,
    /// The map's path, for messages, and its text.
    pub map: Option<(String, String)>,
    /// Of a site that is made: the beginning of its settings in each language, and its other files.
    pub new: Option<NewSite<'a>>,
}

/// What a new site has besides its documents.
#[derive(Debug)]
pub struct NewSite<'a> {
    pub head: fn(Language) -> &'a str,
    pub files: Vec<(String, String)>,
}
