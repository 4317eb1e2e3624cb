//! The program `understudy`.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{self, Cli};
use server::log;

/// A page is some thousands of small strings: with the system's allocator a fifth of its time went into them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let result = cli::run(Cli::parse());
    log::flush();
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("understudy: {error:#}");
            ExitCode::FAILURE
        }
    }
}
