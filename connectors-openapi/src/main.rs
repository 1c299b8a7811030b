//! The command `connectors-openapi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    connectors_openapi::command::run(std::env::args_os())
}
