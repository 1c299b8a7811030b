//! Managing connectors from a command line: the program behind `cargo run --example manage`.
//!
//! ```text
//! arguments ── cli ── session ── commands ─┬─ output ── tables ── table
//!                                          └─ chat ──── debug
//! ```

mod chat;
mod cli;
mod commands;
mod debug;
mod failure;
mod output;
mod session;
mod settings;
mod table;
mod tables;
mod visible;

use std::ffi::OsString;
use std::io::Write;

use cli::{Cli, Command};
use failure::Failure;
use output::Output;
use session::Session;

/// Runs the program, whose first argument is its own name, and returns its exit code: 0 for
/// success, 1 if the API refused or could not be reached, 2 for wrong usage.
///
/// Without `--url` it uses the server at `url`. Without that one it starts its own in this process.
pub async fn run<I>(
    arguments: I,
    url: Option<String>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8
where
    I: IntoIterator<Item: Into<OsString> + Clone>,
{
    let cli = match Cli::read(arguments) {
        Ok(cli) => cli,
        Err(error) => return cli::explain(&error, out, err),
    };
    match execute(cli, url, out).await {
        Ok(()) => 0,
        Err(failure) => failure.report(err),
    }
}

async fn execute(cli: Cli, url: Option<String>, out: &mut dyn Write) -> Result<(), Failure> {
    let mut output = Output::new(out, cli.json);
    if let Command::Serve { port } = cli.command {
        return commands::serve(port, &mut output).await;
    }
    let session = Session::open(cli.place, url, &mut output).await?;
    commands::execute(cli.command, session.cohere(), &mut output).await
}
