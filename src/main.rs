//! Starts docsite and exits with its status. Everything else is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Documents are read on all cores, and what was read is freed on one: there the allocators of systems
/// are slow.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    docsite::cli::main(std::env::args_os())
}
