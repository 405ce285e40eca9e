//! The result of a request.

/// The result for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Alive {
        /// Its new address, if it moved permanently.
        moved: Option<String>,
        /// The page has no anchor for the address's fragment.
        missing_anchor: bool,
    },
    /// It does not exist, as a reader who follows the link would find. A phrase whose subject is the
    /// address: `answers 404 Not Found`.
    Dead(String),
    /// Unknown: the page requires a login, or refuses programs, or there was no time. Not a finding: it
    /// may exist for a reader. A phrase as above.
    Unverified(String),
    /// It was not requested: excluded, not an address of the web, or link-local.
    NotAsked,
}
