//! The tests of this package run with `serde_json`'s feature `arbitrary_precision`.
