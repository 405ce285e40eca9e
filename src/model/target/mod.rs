//! What a link links to. One function decides it, for links of documents, of their raw HTML and of
//! hand-made pages; pages and findings both use it, so that they agree.
//!
//! Not here: the graph of all links (`links`), how a page shows a link, and the text of findings.

mod meaning;
mod places;
mod resolved;
mod resolver;
mod wiki;

pub use resolved::{Break, Differs, Holder, Meant, Resolved, Target};
pub use resolver::Resolver;
pub use wiki::{folded, is_writable, wiki_parts};
