//! The texts of an error.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::{Error, ErrorKind, Explained, Reply, excerpt};

impl Error {
    fn write_status(&self, f: &mut fmt::Formatter<'_>, reply: &Reply) -> fmt::Result {
        write!(f, "{}", reply.status.as_u16())?;
        let class = self.0.endpoint.and_then(|endpoint| endpoint.options.class_name);
        let class = class.filter(|_| self.is_of_status(reply.status));
        match class
            .and_then(|class| class(reply.status))
            .or_else(|| reply.status.canonical_reason())
        {
            Some(name) => write!(f, " {name}"),
            None => Ok(()),
        }
    }

    fn write_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause = StdError::source(self);
        let is_explained = |cause: &&(dyn StdError + 'static)| cause.is::<Explained>();
        while let Some(deeper) =
            cause.filter(|cause| !is_explained(cause)).and_then(StdError::source)
        {
            cause = Some(deeper);
        }
        let masked = |cause: &dyn StdError| self.0.secrets.mask(excerpt(&cause.to_string(), 256));
        cause.map_or(Ok(()), |cause| write!(f, ": {}", masked(cause)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(endpoint) = self.0.endpoint {
            write!(f, "{endpoint}: ")?;
        }
        let answered = matches!(self.0.kind, ErrorKind::Api | ErrorKind::Redirect);
        match &self.0.reply {
            Some(reply) if answered => {
                self.write_status(f, reply)?;
                if !self.0.detail.is_empty() {
                    write!(f, ": {}", self.0.detail)?;
                }
                let body = || Some(self.0.secrets.mask(reply.describe_body()?).into());
                if let Some(words) = self.message().map(Cow::Borrowed).or_else(body) {
                    write!(f, ": {words}")?;
                }
            }
            _ => {
                f.write_str(&self.0.detail)?;
                self.write_cause(f)?;
            }
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request id {id})")?;
        }
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if let Some(reason) = self.0.not_retried {
            write!(f, " (not retried: {reason})")?;
        }
        Ok(())
    }
}

/// Shows the sizes of bodies and the names of headers, never their content.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.0.kind).field("message", &self.to_string());
        if let Some(reply) = &self.0.reply {
            debug
                .field("status", &reply.status.as_u16())
                .field("headers", &reply.headers.keys().collect::<Vec<_>>())
                .field("body_bytes", &reply.body.len());
        }
        debug
            .field("attempts", &self.0.attempts)
            .field("may_have_executed", &self.0.may_have_executed)
            .finish_non_exhaustive()
    }
}
