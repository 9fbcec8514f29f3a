//! Parse arguments, run, exit code.

use std::process::ExitCode;

/// A build makes and drops millions of small texts on all cores; this takes a quarter off its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    onside::cli::run()
}
