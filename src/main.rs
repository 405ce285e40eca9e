//! Starts docsite and exits with its status. Everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    docsite::cli::main(std::env::args_os())
}
