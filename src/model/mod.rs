//! The parts of a site: settings, documents, the flow, and the relations between them.
//!
//! Not here: files (`disk` and `pipeline` read them), pages and their state, HTML.

pub mod address;
pub mod catalogue;
pub mod check;
pub mod corpus;
pub mod document;
pub mod drawing;
pub mod external;
pub mod flow;
pub mod front_edit;
pub mod front_matter;
pub mod links;
mod located;
pub mod picture;
pub mod redirect;
mod remark;
pub mod settings;
pub mod slot;
pub mod target;
pub mod viewer;
