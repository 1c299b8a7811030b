//! When a failed attempt is retried: the policy, the budget that clones share, and the clock.

pub(crate) mod budget;
pub(crate) mod clock;
pub(crate) mod policy;
pub(crate) mod retry_on;
pub(crate) mod test_clock;
