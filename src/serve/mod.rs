//! A web server for the output of a site, which tells open pages when it was built again.
//!
//! It answers as the site's `Caddyfile` makes Caddy answer, and puts one script into pages, which no
//! file has. Not here: building, and when to (`commands::serve`); printing (`report`).

mod answer;
mod body;
mod conditions;
mod events;
mod files;
mod guard;
mod kinds;
mod listing;
mod opener;
mod problem;
mod ranges;
mod server;
mod shared;
mod target;
pub mod watch;

pub use self::opener::Opener;
pub use self::problem::Problem;
pub use self::server::{listen, start};
pub use self::shared::{Ended, Root, Shared};
