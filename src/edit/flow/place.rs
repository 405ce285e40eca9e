//! Where in the flow a document is to be.

/// A stage, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a stage that is there; in a flow without stages, in a first one with that title.
    In {
        /// A stage's number or title, or a part of its title. `None`: that of the document before it.
        stage: Option<String>,
        spot: Spot,
    },
    /// In a new stage, behind the others.
    New { title: String, why: Option<String> },
}

/// Where in a stage a document is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    First,
    Last,
    /// Behind this document.
    After(String),
}

/// A stage that begins with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewStage {
    pub(super) title: String,
    pub(super) why: Option<String>,
}
