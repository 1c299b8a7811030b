//! A retry budget shared by all clones of a client. It keeps retries from amplifying an outage.
//!
//! The numbers are those of AWS's retry behaviour "2.1": a budget has 500 tokens. A retry takes 14,
//! or 5 if the server throttles. A success returns one. So 1,000 calls that all fail cause 35
//! retries, which is 3.5 % more load, or 100 if all are throttled. 50 successes pay for 3 retries.
//!
//! A retry takes 1 token if the attempt before it found no server, because such an attempt is no
//! load for one. So a client with many calls survives the restart of its server. Nothing is taken
//! if an HTTP/2 server said that it has not processed the request.

use std::sync::atomic::{AtomicU32, Ordering};

use http::StatusCode;

use crate::error::{Error, Reach};

const FULL: u32 = 500;
const RETRY: u32 = 14;
const THROTTLED: u32 = 5;
const NOWHERE: u32 = 1;

#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

impl RetryBudget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes the cost of a retry after this error. Returns `None` if too few tokens are left.
    pub(crate) fn take_after(&self, error: &Error) -> Option<Permit<'_>> {
        let cost = match (error.status(), error.reach()) {
            (Some(StatusCode::TOO_MANY_REQUESTS), _) => THROTTLED,
            (_, Reach::Nowhere) => NOWHERE,
            (_, Reach::Unprocessed) => 0,
            _ => RETRY,
        };
        self.update(|left| left.checked_sub(cost)).then(|| Permit { budget: self, cost })
    }

    /// Counts a success.
    pub(crate) fn give_back(&self) {
        self.add(1);
    }

    fn add(&self, tokens: u32) {
        // A full budget is not written, so that other threads keep their cache line.
        self.update(|left| (left < FULL).then(|| left.saturating_add(tokens).min(FULL)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // No other memory depends on the count.
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

/// Cost of a retry, taken from the budget. Dropping it returns the tokens, for example if the call
/// is cancelled while it waits.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    budget: &'a RetryBudget,
    cost: u32,
}

impl Permit<'_> {
    /// Keeps the tokens, because the retry is made.
    pub(crate) fn spend(mut self) {
        self.cost = 0;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.cost > 0 {
            self.budget.add(self.cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::endpoint::Endpoint;
    use crate::error::{ErrorKind, TransportError};

    /// Number of retries that the budget pays for after failures like this one.
    fn retries(budget: &RetryBudget, error: &Error) -> usize {
        (0..1000).filter(|_| budget.take_after(error).map(Permit::spend).is_some()).count()
    }

    fn status(status: u16) -> Error {
        Error::fake(status, "")
    }

    fn connecting(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::transport(
            Endpoint::undeclared(&http::Method::GET),
            TransportError::new(ErrorKind::Connect, source),
        )
    }

    #[test]
    fn a_cancelled_retry_costs_nothing() {
        let budget = RetryBudget::full();
        (0..1000).for_each(|_| drop(budget.take_after(&status(503))));
        assert_eq!(retries(&budget, &status(503)), 35);
    }

    #[test]
    fn an_outage_allows_35_retries_or_100_if_throttled() {
        assert_eq!(retries(&RetryBudget::full(), &status(503)), 35);
        assert_eq!(retries(&RetryBudget::full(), &status(429)), 100);
    }

    #[test]
    fn a_server_that_is_away_allows_500_retries() {
        let lookup = "failed to lookup address information: Name or service not known";
        for nowhere in [
            io::ErrorKind::ConnectionRefused.into(),
            io::ErrorKind::NetworkUnreachable.into(),
            io::ErrorKind::NotFound.into(),
            io::Error::other(io::Error::from(io::ErrorKind::HostUnreachable)),
            io::Error::other(lookup),
        ] {
            assert_eq!(retries(&RetryBudget::full(), &connecting(nowhere)), 500);
        }
        for other in [io::ErrorKind::TimedOut, io::ErrorKind::ConnectionReset, io::ErrorKind::Other]
        {
            assert_eq!(
                retries(&RetryBudget::full(), &connecting(io::Error::from(other))),
                35,
                "{other}"
            );
        }
        let interrupted = TransportError::new(
            ErrorKind::Interrupted,
            io::Error::from(io::ErrorKind::ConnectionRefused),
        );
        assert_eq!(
            retries(
                &RetryBudget::full(),
                &Error::transport(Endpoint::undeclared(&http::Method::GET), interrupted)
            ),
            35
        );
    }

    #[test]
    fn successes_refill_the_budget_up_to_its_size() {
        let budget = RetryBudget::full();
        retries(&budget, &status(503));
        (0..50).for_each(|_| budget.give_back());
        assert_eq!(retries(&budget, &status(503)), 4);
        (0..10_000).for_each(|_| budget.give_back());
        assert_eq!(retries(&budget, &status(503)), 35);
    }
}
