//! The connection pools of a transport, one per runtime.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use tokio::runtime::Id;

use crate::retry::clock::ClientClock;
use crate::runtime::affinity::current;

/// Maximum number of additional runtimes that keep a pool. If there are more, as in tests, all
/// these pools are dropped.
const MAX_OTHERS: usize = 256;

/// One client, with its connection pool, per runtime.
///
/// A connection is driven by the runtime that opened it. If another runtime took it from a common
/// pool, it would hang while the first runtime is not running.
pub(in crate::transport) struct Pools<T> {
    /// The pool of the first runtime, reached without a lock. Most programs have no other.
    first: T,
    first_id: OnceLock<Id>,
    /// True if the first pool was renewed, so that its replacement is in `others`.
    is_renewed: AtomicBool,
    made: Instant,
    /// The clock of the client, whose times are compared with those of the pools.
    clock: ClientClock,
    others: Mutex<HashMap<Id, Pool<T>>>,
}

/// A pool. Its connections are younger than `made`.
struct Pool<T> {
    client: T,
    made: Instant,
}

impl<T: Clone> Pools<T> {
    pub(in crate::transport) fn new(first: T, clock: ClientClock) -> Self {
        Self {
            first,
            first_id: OnceLock::new(),
            is_renewed: AtomicBool::new(false),
            made: clock.now(),
            clock,
            others: Mutex::default(),
        }
    }

    /// Returns the pool of the current runtime. Makes it if necessary.
    pub(in crate::transport) fn current<E>(
        &self,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        match current() {
            Some(id) if !self.is_first(id) || self.is_renewed.load(Ordering::Acquire) => {
                self.other(id, make)
            }
            _ => Ok(self.first.clone()),
        }
    }

    /// Replaces the pool of the current runtime if it is older than `since`. If calls time out
    /// together, the first one replaces it for all.
    #[cold]
    pub(in crate::transport) fn renew<E>(
        &self,
        since: Instant,
        make: impl FnOnce() -> Result<T, E>,
    ) {
        let Some(id) = current() else { return };
        let mut others = self.others();
        let is_first = self.is_first(id) && !self.is_renewed.load(Ordering::Acquire);
        let from = if is_first { Some(self.made) } else { others.get(&id).map(|pool| pool.made) };
        if from.is_none_or(|from| from <= since)
            && let Ok(client) = make()
        {
            others.insert(id, Pool { client, made: self.clock.now() });
            if is_first {
                self.is_renewed.store(true, Ordering::Release);
            }
        }
    }

    fn is_first(&self, id: Id) -> bool {
        *self.first_id.get_or_init(|| id) == id
    }

    fn others(&self) -> MutexGuard<'_, HashMap<Id, Pool<T>>> {
        // A panic while making a pool leaves the map unchanged.
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cold]
    fn other<E>(&self, id: Id, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut others = self.others();
        if let Some(other) = others.get(&id) {
            return Ok(other.client.clone());
        }
        if others.len() >= MAX_OTHERS {
            others.clear();
        }
        let client = make()?;
        others.insert(id, Pool { client: client.clone(), made: self.clock.now() });
        Ok(client)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn each_runtime_has_its_own_pool_and_their_number_is_limited() {
        let made = AtomicUsize::new(0);
        let pools = Pools::new(0, ClientClock::default());
        let current =
            || pools.current(|| Ok::<_, ()>(made.fetch_add(1, Ordering::Relaxed) + 1)).unwrap();
        // Outside a runtime no pool is assigned.
        assert_eq!(current(), 0);
        let runtimes: Vec<_> =
            (0..MAX_OTHERS + 2).map(|_| Builder::new_current_thread().build().unwrap()).collect();
        for _ in 0..2 {
            let seen: Vec<_> = runtimes[..=MAX_OTHERS]
                .iter()
                .map(|runtime| runtime.block_on(async { current() }))
                .collect();
            assert_eq!(seen, (0..=MAX_OTHERS).collect::<Vec<_>>());
        }
        assert_eq!(runtimes[MAX_OTHERS + 1].block_on(async { current() }), MAX_OTHERS + 1);
        assert_eq!(pools.others.lock().unwrap().len(), 1);
        assert_eq!(runtimes[0].block_on(async { current() }), 0);
    }

    #[test]
    fn calls_that_time_out_together_renew_a_pool_once() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let count = AtomicUsize::new(0);
        let make = || Ok::<_, ()>(count.fetch_add(1, Ordering::Relaxed) + 1);
        runtime.block_on(async {
            let pools = Pools::new(0, ClientClock::default());
            assert_eq!(pools.current(make), Ok(0));
            let since = Instant::now();
            for _ in 0..3 {
                pools.renew(since, make);
                assert_eq!(pools.current(make), Ok(1));
            }
            pools.renew(Instant::now(), make);
            assert_eq!(pools.current(make), Ok(2));
        });
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
