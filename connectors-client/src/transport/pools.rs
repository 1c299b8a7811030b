//! The connections of a transport, apart for each runtime.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use tokio::runtime::Id;

use crate::runtime::affinity::current;

/// Of how many runtimes beside the first there are connections. Where runtimes come and go, as in tests, all begin anew
/// behind it.
const MOST: usize = 256;

/// A pool per runtime, of clients that have one.
///
/// A connection is driven by the runtime that it was made in. Another runtime that found it in a common pool would wait
/// for as long as nobody runs that one.
pub(super) struct Pools<T> {
    /// That of the first runtime, which is the only one of most programs: it is taken without a lock.
    first: T,
    first_id: OnceLock<Id>,
    /// Whether the first one has been renewed, so that it is among the others.
    is_renewed: AtomicBool,
    made: Instant,
    others: Mutex<HashMap<Id, Pool<T>>>,
}

/// None of its connections is older than it.
struct Pool<T> {
    client: T,
    made: Instant,
}

impl<T: Clone> Pools<T> {
    pub(super) fn new(first: T) -> Self {
        Self {
            first,
            first_id: OnceLock::new(),
            is_renewed: AtomicBool::new(false),
            made: Instant::now(),
            others: Mutex::default(),
        }
    }

    /// The one of the current runtime, made where there is none yet.
    pub(super) fn current<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        match current() {
            Some(id) if !self.is_first(id) || self.is_renewed.load(Ordering::Acquire) => self.other(id, make),
            _ => Ok(self.first.clone()),
        }
    }

    /// Has calls of the current runtime take new connections from now on, if theirs may be from before `since`. Of calls that
    /// time out together the first one does it.
    #[cold]
    pub(super) fn renew<E>(&self, since: Instant, make: impl FnOnce() -> Result<T, E>) {
        let Some(id) = current() else { return };
        let mut others = self.others();
        let is_first = self.is_first(id) && !self.is_renewed.load(Ordering::Acquire);
        let from = if is_first { Some(self.made) } else { others.get(&id).map(|pool| pool.made) };
        if from.is_none_or(|from| from <= since)
            && let Ok(client) = make()
        {
            others.insert(id, Pool { client, made: Instant::now() });
            if is_first {
                self.is_renewed.store(true, Ordering::Release);
            }
        }
    }

    fn is_first(&self, id: Id) -> bool {
        *self.first_id.get_or_init(|| id) == id
    }

    fn others(&self) -> MutexGuard<'_, HashMap<Id, Pool<T>>> {
        // Whoever panicked while making one has put nothing in.
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cold]
    fn other<E>(&self, id: Id, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut others = self.others();
        if let Some(other) = others.get(&id) {
            return Ok(other.client.clone());
        }
        if others.len() >= MOST {
            others.clear();
        }
        let client = make()?;
        others.insert(id, Pool { client: client.clone(), made: Instant::now() });
        Ok(client)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn each_runtime_has_its_own_and_there_is_an_end_to_them() {
        let made = AtomicUsize::new(0);
        let pools = Pools::new(0);
        let current = || pools.current(|| Ok::<_, ()>(made.fetch_add(1, Ordering::Relaxed) + 1)).unwrap();
        // Outside a runtime nothing is decided.
        assert_eq!(current(), 0);
        let runtimes: Vec<_> =
            (0..MOST + 2).map(|_| Builder::new_current_thread().build().unwrap()).collect();
        for _ in 0..2 {
            let seen: Vec<_> =
                runtimes[..=MOST].iter().map(|runtime| runtime.block_on(async { current() })).collect();
            assert_eq!(seen, (0..=MOST).collect::<Vec<_>>());
        }
        assert_eq!(runtimes[MOST + 1].block_on(async { current() }), MOST + 1);
        assert_eq!(pools.others.lock().unwrap().len(), 1);
        assert_eq!(runtimes[0].block_on(async { current() }), 0);
    }

    #[test]
    fn a_pool_is_renewed_once_for_all_that_time_out_together() {
        let runtime = Builder::new_current_thread().build().unwrap();
        let count = AtomicUsize::new(0);
        let make = || Ok::<_, ()>(count.fetch_add(1, Ordering::Relaxed) + 1);
        runtime.block_on(async {
            let pools = Pools::new(0);
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
