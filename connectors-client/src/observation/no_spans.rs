//! Without the feature `tracing` there are no spans and no events.
#![allow(clippy::unused_self, reason = "with the feature `tracing` it is used")]

use std::fmt;
use std::time::Duration;

use http::{StatusCode, Version};

use super::{CallFacts, RequestFacts};
use crate::error::Error;

pub(super) const fn are_enabled() -> bool {
    false
}

#[derive(Clone)]
pub(super) struct RequestSpan;

impl RequestSpan {
    pub(super) fn begin(_: &RequestFacts) -> Self {
        Self
    }

    pub(super) fn head(&self, _: StatusCode, _: Version) {}

    pub(super) fn failed(&self, _: &str) {}

    pub(super) fn end(&self) {}

    pub(super) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

pub(super) fn call_ended(_: &CallFacts<'_>, _: &dyn fmt::Display) {}

pub(super) fn retry(_: &CallFacts<'_>, _: &dyn fmt::Display, _: Duration, _: &str) {}

pub(super) fn waited(_: &CallFacts<'_>, _: Duration) {}

pub(super) fn redirected(_: &CallFacts<'_>, _: StatusCode) {}

pub(super) fn words(_: &CallFacts<'_>, _: &Error) {}

pub(super) fn stream_ended(_: &CallFacts<'_>, _: &dyn fmt::Display, _: (u64, u64)) {}

/// Nothing of a thread is kept.
pub(crate) enum Caller {}

impl Caller {
    pub(crate) fn current() -> Option<Self> {
        None
    }

    pub(crate) fn run<T>(&self, _: impl FnOnce() -> T) -> T {
        match *self {}
    }
}
