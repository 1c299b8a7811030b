//! Finds the secrets that a value writes while it is encoded.
//!
//! A struct that serializes can have a field that is a secret. The type of the argument does not
//! show that, so the field says so when it is written. A flag per thread costs the encoding of
//! other values nothing.

use std::cell::{Cell, RefCell};

/// The secrets within the arguments of a call, each with its slot.
#[derive(Clone, Default)]
pub(crate) struct Exposed(pub(crate) Vec<(usize, Vec<u8>)>);

impl Exposed {
    /// Keeps the secrets of a slot, in place of earlier ones.
    pub(crate) fn replace(&mut self, slot: usize, secrets: Vec<Vec<u8>>) {
        self.0.retain(|(other, _)| *other != slot);
        self.0.extend(secrets.into_iter().map(|secret| (slot, secret)));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// No argument is encoded.
    Closed,
    Open,
    /// The value has written a secret.
    Exposed,
}

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::Closed) };
    static SECRETS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Runs an encoding. Returns true if it wrote secrets, which [`take`] returns.
pub(crate) fn watch<T>(encode: impl FnOnce() -> T) -> (T, bool) {
    STATE.set(State::Open);
    let encoded = encode();
    (encoded, STATE.replace(State::Closed) == State::Exposed)
}

/// Returns the secrets that the last encoding wrote.
#[cold]
pub(crate) fn take() -> Vec<Vec<u8>> {
    SECRETS.take()
}

/// Notes a secret that a value writes. Nothing is kept unless an argument is encoded.
pub(crate) fn note(secret: &str) {
    let state = STATE.get();
    if state == State::Closed {
        return;
    }
    SECRETS.with_borrow_mut(|secrets| {
        // An encoding that panicked may have left some.
        if state == State::Open {
            secrets.clear();
        }
        secrets.push(secret.as_bytes().to_vec());
    });
    STATE.set(State::Exposed);
}
