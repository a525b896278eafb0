//! The binary `portal`.

use std::process::ExitCode;

use clap::Parser as _;
use server::cli::Cli;
use server::{failpoints, output};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_unset| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    failpoints::arm();
    // Without a command, as `cargo leptos watch` starts it, it runs.
    let given = std::env::args_os();
    let default = (given.len() == 1).then(|| "run".into());
    let cli = Cli::parse_from(given.chain(default));
    // Four workers even on two cores: rendering a page must not wait for another one's query.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            output::problem(&error);
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(cli.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::problem(&error);
            error.exit_code()
        }
    }
}
