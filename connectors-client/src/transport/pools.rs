//! The connections of a transport, apart for each runtime.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use tokio::runtime::{Handle, Id};

/// Of how many runtimes beside the first there are connections. Where runtimes come and go, as in tests, all begin anew
/// behind it.
const MOST: usize = 256;

/// A pool per runtime, of clients that have one.
///
/// A connection is driven by the runtime that it was made in. Another runtime that found it in a common pool would wait
/// for as long as nobody runs that one.
pub(super) struct Pools<T> {
    /// That of the first runtime, which is the only one of most programs.
    first: T,
    first_id: OnceLock<Id>,
    others: Mutex<HashMap<Id, T>>,
}

impl<T: Clone> Pools<T> {
    pub(super) fn new(first: T) -> Self {
        Self { first, first_id: OnceLock::new(), others: Mutex::default() }
    }

    /// The one of the current runtime, made where there is none yet.
    pub(super) fn current<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let id = Handle::try_current().ok().map(|handle| handle.id());
        match id {
            Some(id) if *self.first_id.get_or_init(|| id) != id => self.other(id, make),
            _ => Ok(self.first.clone()),
        }
    }

    #[cold]
    fn other<E>(&self, id: Id, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        // Whoever panicked while making one has put nothing in.
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = others.get(&id) {
            return Ok(other.clone());
        }
        if others.len() >= MOST {
            others.clear();
        }
        let client = make()?;
        others.insert(id, client.clone());
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
}
