//! Folders of notes that other programs keep (Obsidian, mdBook, Hugo, Docusaurus, Logseq, Dendron,
//! `MkDocs`): what becomes of each file in a site, as a plan.
//!
//! `plan` reads the folder (`folder`), names the documents (`names`, `map`), turns what other tools
//! write into this dialect (`text`), and the links to where their targets go (`links`). Nothing is
//! written here, and the folder is never changed. Not here: carrying the plan out (`commands`), and
//! showing it (`report`).

mod archive;
mod asked;
mod attributes;
mod blocks;
mod changes;
mod copies;
mod embeds;
mod existing;
mod facts;
mod fate;
mod flow;
mod folder;
mod front;
mod habits;
mod imported;
mod includes;
mod inline;
mod ledger;
mod left;
mod lines;
mod links;
mod map;
mod names;
mod notes;
mod obsidian;
mod order;
mod own;
mod places;
mod plan;
mod settings;
mod statements;
mod tags;
mod text;
mod verbatim;
mod words;
mod work;
mod written;

pub use self::asked::{Asked, NewSite};
pub use self::blocks::Turned;
pub use self::fate::Fate;
pub use self::imported::{Copied, Imported, Kept, Moved, Topic};
pub use self::ledger::Ledger;
pub use self::left::Left;
pub use self::plan::plan;
