//! Manages the connectors of an organization from a command line: `cargo run --example manage --
//! --help`.
//!
//! The program is in the library of the examples, where tests can call it.

use std::process::ExitCode;
use std::{env, io};

use connectors_examples::manage;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let url = env::var("CO_API_URL").ok().filter(|url| !url.is_empty());
    manage::run(env::args_os(), url, &mut io::stdout(), &mut io::stderr()).await.into()
}
