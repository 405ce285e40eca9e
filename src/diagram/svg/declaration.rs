//! A declaration of a style sheet or a style attribute.
//!
//! Not here: reading one (`sheet.rs`), and which one wins (`cascade.rs`).

use super::parts::{self, Style};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Declaration {
    pub(super) name: String,
    pub(super) value: Style,
    pub(super) important: bool,
}

/// Declarations as text, for a style attribute or a rule's body.
pub(super) fn written(declarations: &[Declaration]) -> String {
    let all = declarations.iter().map(|one| {
        let end = if one.important { " !important" } else { "" };
        format!("{}:{}{end}", one.name, parts::written(&one.value))
    });
    all.collect::<Vec<_>>().join(";")
}
