//! What commands return: the data that the report prints, one file for each kind of command.
//!
//! Not here: producing it (`commands`), and printing (`report`).

pub mod build;
pub mod check;
pub mod diagrams;
pub mod edit;
pub mod export;
pub mod import;
pub mod init;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod set_aside;
pub mod status;
