//! What a field of a PATCH body does to the value it names.

/// Three things that a JSON field can say: nothing, null, or a value.
pub(crate) enum Change<T> {
    Keep,
    Clear,
    Set(T),
}

impl<T> Change<T> {
    /// Changes a value that may be absent.
    pub(crate) fn apply(self, slot: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *slot = None,
            Self::Set(value) => *slot = Some(value),
        }
    }

    /// Changes a value that falls back to `default` when it is cleared.
    pub(crate) fn apply_or(self, slot: &mut T, default: T) {
        match self {
            Self::Keep => {}
            Self::Clear => *slot = default,
            Self::Set(value) => *slot = value,
        }
    }

    pub(crate) fn set(self) -> Option<T> {
        match self {
            Self::Keep | Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}
