//! Lists, reads and replaces files, so that each is either the old or the new one if the program is
//! killed. No other module accesses files.
//!
//! Not here: which file may be replaced (`output::page_state` decides that for pages), and the
//! content of files.

mod cache;
mod kept;
mod kind;
mod lock;
mod named;
mod open;
mod read;
mod scratch;
mod set_aside;
mod set_aside_log;
mod spill;
mod stamp;
mod state;
mod transaction;
mod tree;
mod walk;
mod write;

pub use self::cache::{append_cache, read_cache, write_cache};
pub use self::kept::{Kept, delete_kept, is_inside, kept};
pub use self::kind::{Kind, is_same, kind, real, slashed, within};
pub use self::lock::{Lock, lock};
pub use self::named::Named;
pub use self::open::{Opened, open};
pub use self::read::{LARGEST, read, read_head, read_named, read_whole};
pub use self::scratch::Scratch;
pub use self::set_aside::{LEFT, set_aside};
pub use self::spill::{Piece, Spill, Spilled};
pub use self::stamp::{Moment, Stamp, pass_tick, stamp};
pub use self::state::STATE;
pub use self::transaction::{Change, Recovered, change_all, finish_interrupted};
pub use self::tree::{Node, Part, Tree};
pub use self::walk::{Entry, Unlisted, list, walk, walk_what_can_be};
pub use self::write::{
    Placed, Staged, create, is_temporary, make_folder, remove, remove_empty_folder, replace, stage,
    sync, sync_folders,
};
