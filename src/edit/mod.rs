//! Changes to the sources of a site that keep it consistent: a plan of which bytes of which files
//! become what and why, shown before it is carried out, and carried out as a whole.
//!
//! `Draft` collects the changes, `Plan` has them; each command that changes sources makes one here.
//! Not here: how files are changed as one (`disk`), and the build that follows.

mod data;
mod draft;
mod fix;
mod flow;
mod front;
mod headings;
mod json;
mod known;
mod links;
mod moved;
mod pattern;
mod plan;
mod removed;
mod settings;
mod unlink;

pub use self::draft::Draft;
pub use self::fix::fixed;
pub use self::flow::{Place, Spot, listed, moved_in_flow, unlisted};
pub use self::front::{all_there, said, unpublished};
pub use self::headings::reworded;
pub use self::known::Known;
pub use self::moved::{Move, moved};
pub use self::pattern::{fitting, renamed, renamed_prefix};
pub use self::plan::{FileChange, Note, Plan};
pub use self::removed::{Links, Removal, removed};
pub use self::settings::Prefix;
