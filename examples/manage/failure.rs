//! Failures of a command, as one line and an exit code.

use std::fmt;
use std::io::{self, Write};

use connectors_client::{ConfigError, Error, ErrorKind};

use super::visible::visible;

const SUCCESS: u8 = 0;
const FAILED: u8 = 1;
const USAGE: u8 = 2;

pub(crate) enum Failure {
    /// The URL is invalid for a client, or the key is missing.
    Settings(ConfigError),
    Call(Error),
    /// The chat's answer was incomplete or not a stream of events.
    Answer(String),
    /// Our own server cannot start.
    Server(io::Error),
    Output(io::Error),
}

impl Failure {
    /// Prints one line and returns the exit code.
    pub(crate) fn report(&self, err: &mut dyn Write) -> u8 {
        let code = self.exit_code();
        if code != SUCCESS {
            // If the output cannot be written, the exit code still reports the failure.
            writeln!(err, "error: {}", visible(&self.to_string())).ok();
        }
        code
    }

    fn exit_code(&self) -> u8 {
        match self {
            // Nothing was sent, because the arguments give no valid client or request.
            Self::Settings(_) => USAGE,
            Self::Call(error) if error.kind() == ErrorKind::Build => USAGE,
            // The reader stopped reading, as `head` does.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => SUCCESS,
            Self::Call(_) | Self::Answer(_) | Self::Server(_) | Self::Output(_) => FAILED,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(error) => error.fmt(f),
            Self::Call(error) => error.fmt(f),
            Self::Answer(what) => f.write_str(what),
            Self::Server(error) => write!(f, "the server cannot start: {error}"),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Settings(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}
