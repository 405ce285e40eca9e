//! A document's metadata: YAML between `---` lines, or TOML between `+++` lines.
//!
//! Nothing in it makes a document unreadable: an invalid value is reported, and the rest is used.
//! Not here: the effects on a document (title, deprecation): see `document`.

mod block;
mod date;
mod edit;
mod entries;
mod extra;
mod keys;
mod meta;
mod reading;
mod syntax;
#[cfg(test)]
mod tests;
mod value;
mod values;

pub use block::{Block, Split, Unread, body_in_file, split};
pub use date::{moment, read as day};
pub use edit::Change;
pub use keys::is_day;
pub use meta::{FrontMatter, Kind, Problem};
pub use reading::read;
pub use syntax::Syntax;
