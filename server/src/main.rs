//! The program `understudy`.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{self, Cli};
use server::log;

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
