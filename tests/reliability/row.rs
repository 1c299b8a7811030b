//! A row of the matrix: a fault, and what becomes of the calls that meet it.

use std::time::Duration;

use connectors_client::ErrorKind;
use support::fault_server::Fault;

use crate::operations::Operation;

/// The id that the heads of faulty replies give the request.
pub(crate) const FAULT_ID: &str = "fault";

/// A limit that a fault is to run into.
pub(crate) const SHORT: Duration = Duration::from_millis(250);

/// Which limit is so short that the fault is to run into it; the others are long, so that a busy machine makes no
/// difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    Nothing,
    Attempt,
    Connect,
}

/// What becomes of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The status of a success, or the kind of the error.
    pub(crate) result: Result<u16, ErrorKind>,
    /// The status that an error knows, where a head was received.
    pub(crate) status: Option<u16>,
    /// How many attempts are made.
    pub(crate) attempts: u32,
    pub(crate) may_have_executed: bool,
    pub(crate) timed_out: bool,
    /// Something that the text of the error shows of the reply.
    pub(crate) shows: &'static str,
}

/// A fault, and what becomes of the calls that meet it.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) fault: Fault,
    pub(crate) short: Short,
    /// Of GET and DELETE.
    pub(crate) idempotent: Outcome,
    /// Of POST and PATCH, without a key.
    pub(crate) unkeyed: Outcome,
    /// Operations for which it is something else.
    exceptions: Vec<(Operation, Outcome)>,
    /// How often the server executes an attempt.
    executions: fn(&Fault, Operation) -> usize,
    /// Whether attempts that the client has given up are executed once the server is well.
    pub(crate) executed_late: bool,
    /// Whether the fault goes on for a moment after the call.
    pub(crate) settles: bool,
    /// Whether the connection is kept for the next call, which nobody answers on it.
    pub(crate) is_dead: bool,
}

/// A fault that ends in an error, for every call at its first attempt.
pub(crate) fn fails(name: &'static str, fault: impl Into<Fault>, kind: ErrorKind) -> Row {
    row(name, fault.into(), Err(kind))
}

/// A fault that is none to the caller: the status of the reply.
pub(crate) fn answers(name: &'static str, fault: impl Into<Fault>, status: u16) -> Row {
    row(name, fault.into(), Ok(status))
}

/// A fault that a limit of the attempt ends; idempotent calls meet it three times.
pub(crate) fn times_out(name: &'static str, fault: impl Into<Fault>) -> Row {
    let mut row = fails(name, fault, ErrorKind::Timeout).repeated();
    row.short = Short::Attempt;
    row.both(|outcome| outcome.timed_out = true)
}

fn row(name: &'static str, fault: Fault, result: Result<u16, ErrorKind>) -> Row {
    let outcome =
        Outcome { result, status: None, attempts: 1, may_have_executed: true, timed_out: false, shows: "" };
    // The next call could be on the connection before its end is known.
    let settles = result.is_ok() && fault.ends_the_connection();
    Row {
        name,
        fault,
        short: Short::Nothing,
        idempotent: outcome,
        unkeyed: outcome,
        exceptions: Vec::new(),
        executions: |fault, _| fault.executes(),
        executed_late: false,
        settles,
        is_dead: false,
    }
}

impl Row {
    /// Whether it is one only where each side comes in time: a short limit passes too early on a busy machine, and the end
    /// of a connection may overtake what was sent before it, or the next request come before the end.
    pub(crate) fn is_a_matter_of_time(&self) -> bool {
        self.short != Short::Nothing || self.is_dead || self.settles || self.fault.ends_the_connection()
    }

    /// Idempotent calls meet it three times.
    pub(crate) fn repeated(mut self) -> Self {
        self.idempotent.attempts = 3;
        self
    }

    /// All calls meet it three times, since the server cannot have executed them.
    pub(crate) fn always_repeated(self) -> Self {
        self.both(|outcome| outcome.attempts = 3)
    }

    /// No call can have been executed, and the error says so.
    pub(crate) fn unsent(self) -> Self {
        self.both(|outcome| outcome.may_have_executed = false)
    }

    /// A head was received, with this status and the request's id.
    pub(crate) fn with_status(self, status: u16) -> Self {
        self.both(|outcome| outcome.status = Some(status))
    }

    /// The error's text shows this.
    pub(crate) fn showing(self, text: &'static str) -> Self {
        self.both(|outcome| outcome.shows = text)
    }

    /// The limit for connecting ends it.
    pub(crate) fn while_connecting(mut self) -> Self {
        self.short = Short::Connect;
        self.both(|outcome| outcome.timed_out = true)
    }

    /// The server executes each attempt so often.
    pub(crate) fn executing(mut self, executions: fn(&Fault, Operation) -> usize) -> Self {
        self.executions = executions;
        self
    }

    /// The fault goes on after the call. A next call that meets it too has no way to know, so it comes later.
    pub(crate) fn settling(mut self) -> Self {
        self.settles = true;
        self
    }

    /// The connection looks as if it could be used again, and is dead.
    pub(crate) fn leaving_it_dead(mut self) -> Self {
        self.is_dead = true;
        self
    }

    /// What was sent waits at the server, which executes it once it is well.
    pub(crate) fn executing_late(mut self) -> Self {
        self.executed_late = true;
        self
    }

    /// One operation makes something else of it.
    pub(crate) fn but(mut self, operation: Operation, result: Result<u16, ErrorKind>) -> Self {
        let mut outcome = self.outcome(operation);
        outcome.result = result;
        self.exceptions.push((operation, outcome));
        self
    }

    pub(crate) fn outcome(&self, operation: Operation) -> Outcome {
        let exception = self.exceptions.iter().find(|(other, _)| *other == operation);
        let usual = if operation.is_idempotent() { self.idempotent } else { self.unkeyed };
        exception.map_or(usual, |(_, outcome)| *outcome)
    }

    /// How often the server executes a call.
    pub(crate) fn executed(&self, operation: Operation) -> usize {
        (self.executions)(&self.fault, operation) * self.outcome(operation).attempts as usize
    }

    /// The limits of an attempt and of connecting.
    pub(crate) fn limits(&self) -> (Duration, Duration) {
        let (long, short) = (Duration::from_secs(30), SHORT);
        match self.short {
            Short::Nothing => (long, long),
            Short::Attempt => (short, long),
            Short::Connect => (long, short),
        }
    }

    fn both(mut self, change: impl Fn(&mut Outcome)) -> Self {
        change(&mut self.idempotent);
        change(&mut self.unkeyed);
        self
    }
}
