//! Where in the flow a document is to be.

/// A stage, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A stage's number or title, or a part of its title. `None`: that of the document before it.
    pub stage: Option<String>,
    pub spot: Spot,
}

/// Where in a stage a document is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    First,
    Last,
    /// Behind this document.
    After(String),
}
