//! The command: its arguments, and what it prints.

mod check;
mod generate;
mod list;
mod output;
mod style;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::{Dates, Docs, Notice, Steering};

#[derive(Debug, Parser)]
#[command(
    name = "connectors-openapi",
    version,
    about = "Typed clients from OpenAPI descriptions, for the crate connectors-client",
    after_help = "Examples:\n  \
        connectors-openapi list openapi.yaml\n  \
        connectors-openapi generate openapi.yaml --only tag:books --out src/books.rs\n  \
        connectors-openapi generate openapi.yaml --out src/books.rs --check\n  \
        connectors-openapi check openapi.yaml src/books.rs\n\n\
        Exit codes: 0 success, 1 a difference or an operation that is left out with --strict, 2 an \
        error."
)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the operations by trait, and tells which are supported.
    #[command(after_help = "Example:\n  connectors-openapi list openapi.yaml --only tag:books")]
    List(list::List),
    /// Generates traits and types as one source file.
    #[command(after_help = "Examples:\n  \
        connectors-openapi generate openapi.yaml --out src/api.rs\n  \
        connectors-openapi generate openapi.yaml --only getBook\n  \
        connectors-openapi generate openapi.yaml --only 'GET /books' --only group:shelves")]
    Generate(generate::Generate),
    /// Compares traits in Rust source with the description. A line for each difference tells both
    /// places, and the exit code is 1 if there is one.
    #[command(after_help = "Examples:\n  \
        connectors-openapi check openapi.yaml src/api.rs src/types.rs\n  \
        connectors-openapi check openapi.yaml src/api --only tag:books --additions\n  \
        connectors-openapi check openapi.yaml src/api.rs --allow need:NewBook --json")]
    Check(check::Check),
}

/// Choices that both commands take.
#[derive(Args, Debug)]
struct Selection {
    /// The description: a JSON or YAML file of OpenAPI 3.0, 3.1 or 3.2.
    description: PathBuf,
    /// Takes only these operations: `tag:books`, `group:Books`, an operationId, `GET /books`, or a
    /// JSON pointer. Can be given several times. If it names one operation, `generate` without
    /// `--out` prints no whole file, but the trait and its types, to paste into a source.
    #[arg(long, value_name = "SELECTION")]
    only: Vec<String>,
    /// Leaves these operations out.
    #[arg(long, value_name = "SELECTION")]
    skip: Vec<String>,
    /// A TOML file with names, types, pages and other choices.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Types of dates: `jiff` or `string`.
    #[arg(long, value_name = "TYPES")]
    dates: Option<String>,
    /// Amount of docs: `short`, `full` or `none`.
    #[arg(long, value_name = "AMOUNT")]
    docs: Option<String>,
    /// Prints JSON for programs.
    #[arg(long)]
    json: bool,
}

impl Selection {
    fn steering(&self) -> Result<Steering, String> {
        let mut steering = match &self.config {
            Some(path) => Steering::open(path).map_err(|notice| notice.to_string())?,
            None => Steering::default(),
        };
        if !self.only.is_empty() {
            steering.only.clone_from(&self.only);
        }
        steering.skip.extend(self.skip.iter().cloned());
        match self.dates.as_deref() {
            Some("jiff") => steering.dates = Dates::Jiff,
            Some("string") => steering.dates = Dates::String,
            Some(other) => return Err(format!("`--dates {other}`: use `jiff` or `string`")),
            None => {}
        }
        match self.docs.as_deref() {
            Some("short") => steering.docs = Docs::Short,
            Some("full") => steering.docs = Docs::Full,
            Some("none") => steering.docs = Docs::None,
            Some(other) => return Err(format!("`--docs {other}`: use `short`, `full` or `none`")),
            None => {}
        }
        Ok(steering)
    }
}

/// Runs the command with these arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match Command::try_parse_from(arguments) {
        Ok(command) => command,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let result = match &command.action {
        Action::List(list) => list::run(list),
        Action::Generate(generate) => generate::run(generate),
        Action::Check(check) => check::run(check),
    };
    result.unwrap_or_else(|message| {
        output::report(format_args!("{} {message}", style::red("error:")));
        ExitCode::from(2)
    })
}

fn notice_json(notice: &Notice) -> serde_json::Value {
    serde_json::json!({
        "file": &*notice.at.file,
        "line": notice.at.line,
        "pointer": notice.at.pointer,
        "message": notice.message,
    })
}
