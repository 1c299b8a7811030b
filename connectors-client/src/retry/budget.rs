//! What retries a client has left: a budget that its clones share, so that an outage is not made worse by them.
//!
//! The numbers are those of AWS's retry behaviour "2.1": 500 tokens, of which a retry takes 14, or 5 where the server
//! throttles, and a success gives one back. So 1,000 calls that all fail cause 35 retries, 3.5 % more load, or 100 where
//! all are throttled; and 50 successes pay for 3 retries.

use std::sync::atomic::{AtomicU32, Ordering};

use http::StatusCode;

const FULL: u32 = 500;
const RETRY: u32 = 14;
const THROTTLED: u32 = 5;

#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

impl RetryBudget {
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes what a retry after this status costs; `None` where there is not enough left.
    pub(crate) fn take(&self, status: Option<StatusCode>) -> Option<Permit<'_>> {
        let cost = if status == Some(StatusCode::TOO_MANY_REQUESTS) { THROTTLED } else { RETRY };
        self.update(|left| left.checked_sub(cost)).then(|| Permit { budget: self, cost })
    }

    /// Counts a success.
    pub(crate) fn give_back(&self) {
        self.add(1);
    }

    fn add(&self, tokens: u32) {
        // Where it is full, as it mostly is, nothing is written that other threads would have to fetch.
        self.update(|left| (left < FULL).then(|| left.saturating_add(tokens).min(FULL)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // Nothing else is ordered by the count.
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

/// What a retry costs, taken from the budget; it goes back if the retry is never made, as when its call is cancelled
/// while it waits.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    budget: &'a RetryBudget,
    cost: u32,
}

impl Permit<'_> {
    /// The retry is made.
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
    use super::*;

    fn retries(budget: &RetryBudget, status: u16) -> usize {
        let take = |_: &usize| budget.take(StatusCode::from_u16(status).ok()).map(Permit::spend).is_some();
        (0..1000).filter(take).count()
    }

    #[test]
    fn a_retry_that_is_never_made_costs_nothing() {
        let budget = RetryBudget::full();
        (0..1000).for_each(|_| drop(budget.take(None)));
        assert_eq!(retries(&budget, 503), 35);
    }

    #[test]
    fn an_outage_has_35_retries_or_100_where_it_throttles() {
        assert_eq!(retries(&RetryBudget::full(), 503), 35);
        assert_eq!(retries(&RetryBudget::full(), 429), 100);
    }

    #[test]
    fn successes_pay_for_retries_again_up_to_the_full_budget() {
        let budget = RetryBudget::full();
        retries(&budget, 503);
        (0..50).for_each(|_| budget.give_back());
        assert_eq!(retries(&budget, 503), 4);
        (0..10_000).for_each(|_| budget.give_back());
        assert_eq!(retries(&budget, 503), 35);
    }
}
