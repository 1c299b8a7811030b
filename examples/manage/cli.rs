//! Command line: its arguments, and combinations that are invalid.

use std::ffi::OsString;
use std::io::Write;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

use super::settings::{Creation, Update};

const ABOUT: &str = "\
Manages the connectors of an organisation.

Without --url, CO_API_URL or --live it talks to a server of its own, which lives in this process
and has a few sample connectors. Nothing that you change there is kept: the next command starts
anew. To keep it, run `manage serve` in another terminal and give the URL that it prints.";

const EXIT_CODES: &str = "\
Exit codes: 0 if all went well, 1 if the API said no or could not be reached, 2 for wrong usage.";

#[derive(Parser)]
#[command(name = "manage", about = "Manages the connectors of an organisation")]
#[command(long_about = ABOUT, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) place: Place,

    /// Prints JSON instead of tables
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The server to talk to.
#[derive(Args)]
pub(crate) struct Place {
    #[arg(
        long,
        global = true,
        help = "Talks to the running server at this URL; the default is CO_API_URL"
    )]
    pub(crate) url: Option<String>,

    #[arg(
        long,
        global = true,
        help = "Talks to the real API, with the key in CO_API_KEY or COHERE_API_KEY"
    )]
    pub(crate) live: bool,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Runs a server with a few sample connectors on loopback until you stop it
    Serve {
        /// The port; 0 is any free one
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// Lists the connectors
    List {
        /// Maximum number of connectors to list, from 0 to 100
        #[arg(long)]
        limit: Option<u32>,
        /// Number of connectors to skip
        #[arg(long)]
        offset: Option<u64>,
    },
    /// Shows a connector
    Get {
        /// The id of the connector
        id: String,
    },
    /// Registers a connector
    Create(Creation),
    /// Changes the given fields of a connector
    Update(Update),
    /// Makes a connector active
    Enable {
        /// The id of the connector
        id: String,
    },
    /// Makes a connector inactive
    Disable {
        /// The id of the connector
        id: String,
    },
    /// Shows the URL at which a user authorizes an OAuth 2.0 connector
    Authorize {
        /// The id of the connector
        id: String,
        /// URL to send the user to afterwards
        #[arg(long, value_name = "URL")]
        after_token_redirect: Option<String>,
    },
    /// Deletes a connector
    Delete {
        /// The id of the connector
        id: String,
    },
    /// Asks a question through a connector, and shows the answer and the connector's error
    Debug {
        /// The id of the connector
        id: String,
        /// The question
        question: String,
    },
}

impl Cli {
    /// Reads the arguments, the first of which is the name of the program.
    pub(crate) fn read<I>(arguments: I) -> Result<Self, clap::Error>
    where
        I: IntoIterator<Item: Into<OsString> + Clone>,
    {
        let cli = Self::try_parse_from(arguments)?;
        match cli.conflict() {
            Some(conflict) => Err(Self::command().error(ErrorKind::ArgumentConflict, conflict)),
            None => Ok(cli),
        }
    }

    /// Checks combinations that clap cannot, because it checks options of the program and of its
    /// commands separately.
    fn conflict(&self) -> Option<String> {
        let Place { url, live } = &self.place;
        match &self.command {
            _ if url.is_some() && *live => Some("--url cannot be used with --live".to_owned()),
            Command::Serve { .. } if url.is_some() || *live => {
                Some("serve is a server of its own: it takes neither --url nor --live".to_owned())
            }
            Command::Update(update) => update.conflict(),
            _ => None,
        }
    }
}

/// Prints the error, or the requested help.
pub(crate) fn explain(error: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let text = error.render();
    let written = if error.use_stderr() { write!(err, "{text}") } else { write!(out, "{text}") };
    // If the output cannot be written, the exit code still reports the error.
    written.ok();
    u8::try_from(error.exit_code()).unwrap_or(2)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn clap_finds_nothing_wrong_with_the_declaration() {
        Cli::command().debug_assert();
    }
}
