//! Effect of a field of a PATCH body on a value.

/// Three states of a JSON field: absent, null or a value.
pub(crate) enum Change<T> {
    Keep,
    Clear,
    Set(T),
}

impl<T> Change<T> {
    /// Changes an optional value.
    pub(crate) fn apply(self, slot: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *slot = None,
            Self::Set(value) => *slot = Some(value),
        }
    }

    /// Changes a value that returns to `default` when it is cleared.
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
