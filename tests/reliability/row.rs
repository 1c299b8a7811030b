//! A row of the matrix: a fault and the outcome of the calls that meet it.

use std::time::Duration;

use connectors_client::ErrorKind;
use support::fault_server::Fault;

use crate::operations::Operation;

/// Request id in the heads of faulty responses.
pub(crate) const FAULT_ID: &str = "fault";

/// A timeout that a fault is meant to exceed.
pub(crate) const SHORT: Duration = Duration::from_millis(250);

/// The timeout that is short enough for the fault to exceed it. The others are long, so that a busy
/// machine makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    Nothing,
    Attempt,
    Connect,
}

/// Outcome of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The status of a success, or the kind of the error.
    pub(crate) result: Result<u16, ErrorKind>,
    /// The status in the error, if a head was received.
    pub(crate) status: Option<u16>,
    /// Number of attempts.
    pub(crate) attempts: u32,
    pub(crate) may_have_executed: bool,
    pub(crate) timed_out: bool,
    /// A part of the response that the error's text shows.
    pub(crate) shows: &'static str,
}

/// A fault and the outcome of the calls that meet it.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about the fault")]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) fault: Fault,
    pub(crate) short: Short,
    /// Outcome of GET and DELETE.
    pub(crate) idempotent: Outcome,
    /// Outcome of POST and PATCH without a key.
    pub(crate) unkeyed: Outcome,
    /// Operations with a different outcome.
    exceptions: Vec<(Operation, Outcome)>,
    /// Number of times the server executes an attempt.
    executions: fn(&Fault, Operation) -> usize,
    /// If true, abandoned attempts are executed once the server recovers.
    pub(crate) executed_late: bool,
    /// If true, the fault lasts for a moment after the call.
    pub(crate) settles: bool,
    /// If true, the connection is kept for the next call but answers nothing.
    pub(crate) is_dead: bool,
    /// If true, the connection may end before anything is sent. The lean transport knows if it did,
    /// and then a call of any method is retried.
    pub(crate) may_be_unsent: bool,
}

/// A fault that ends every call with an error at its first attempt.
pub(crate) fn fails(name: &'static str, fault: impl Into<Fault>, kind: ErrorKind) -> Row {
    row(name, fault.into(), Err(kind))
}

/// A fault that the caller does not notice. `status` is that of the response.
pub(crate) fn answers(name: &'static str, fault: impl Into<Fault>, status: u16) -> Row {
    row(name, fault.into(), Ok(status))
}

/// A fault that ends with the attempt timeout. Idempotent calls meet it three times.
pub(crate) fn times_out(name: &'static str, fault: impl Into<Fault>) -> Row {
    let mut row = fails(name, fault, ErrorKind::Timeout).retried();
    row.short = Short::Attempt;
    row.both(|outcome| outcome.timed_out = true)
}

fn row(name: &'static str, fault: Fault, result: Result<u16, ErrorKind>) -> Row {
    let outcome = Outcome {
        result,
        status: None,
        attempts: 1,
        may_have_executed: true,
        timed_out: false,
        shows: "",
    };
    // The next call could use the connection before its end is known.
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
        may_be_unsent: false,
    }
}

impl Row {
    /// Returns true if the fault depends on timing. A short timeout expires too early on a busy
    /// machine, the end of a connection may overtake the data sent before it, and the next request
    /// may come before the end. Over HTTP/2, the lean transport may learn of the end of a connection
    /// before it learns the reason, in 1 of 1,500 calls.
    pub(crate) fn is_a_matter_of_time(&self) -> bool {
        self.short != Short::Nothing
            || self.is_dead
            || self.settles
            || self.fault.ends_the_connection()
            || (support::is_lean() && self.fault.has_tls())
    }

    /// Idempotent calls meet it three times.
    pub(crate) fn retried(mut self) -> Self {
        self.idempotent.attempts = 3;
        self
    }

    /// All calls meet it three times, because the server cannot have executed them.
    pub(crate) fn always_retried(self) -> Self {
        self.both(|outcome| outcome.attempts = 3)
    }

    /// All calls meet it nine times, because an HTTP/2 server that has not processed a request gets
    /// it again up to eight times.
    pub(crate) fn resent(self) -> Self {
        self.both(|outcome| outcome.attempts = 9)
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

    /// The connect timeout ends it.
    pub(crate) fn while_connecting(mut self) -> Self {
        self.short = Short::Connect;
        self.both(|outcome| outcome.timed_out = true)
    }

    /// The server executes each attempt this many times.
    pub(crate) fn executing(mut self, executions: fn(&Fault, Operation) -> usize) -> Self {
        self.executions = executions;
        self
    }

    /// The fault lasts after the call. A next call that meets it too cannot tell, so it comes
    /// later.
    pub(crate) fn settling(mut self) -> Self {
        self.settles = true;
        self
    }

    /// The connection looks reusable but is dead.
    pub(crate) fn leaving_it_dead(mut self) -> Self {
        self.is_dead = true;
        self
    }

    /// The end may come before anything is sent.
    pub(crate) fn perhaps_unsent(mut self) -> Self {
        self.may_be_unsent = support::is_lean();
        self
    }

    /// The requests wait at the server, which executes them once it recovers.
    pub(crate) fn executing_late(mut self) -> Self {
        self.executed_late = true;
        self
    }

    /// One operation has a different outcome.
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

    /// Number of times the server executes a call.
    pub(crate) fn executed(&self, operation: Operation) -> usize {
        (self.executions)(&self.fault, operation) * self.outcome(operation).attempts as usize
    }

    /// Attempt timeout and connect timeout.
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
