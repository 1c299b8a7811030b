//! Captures everything that this process logs by `tracing` and `log`, at every level.

use std::fmt::{Debug, Write as _};
use std::num::NonZeroU64;
use std::sync::{Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// A log line: its target and its text.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) target: String,
    pub(crate) text: String,
}

impl Line {
    /// Returns true if one of our crates wrote the line, or if its target is one of our modules or
    /// files.
    pub(crate) fn is_ours(&self) -> bool {
        self.target.contains("connectors")
    }
}

static LINES: Mutex<Vec<Line>> = Mutex::new(Vec::new());

/// Starts capturing. Call it once per process.
pub(crate) fn start() {
    log::set_logger(&Capture).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Capture).unwrap();
}

/// Returns the lines captured so far.
pub(crate) fn lines() -> Vec<Line> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn push(target: String, text: String) {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).push(Line { target, text });
}

/// Ids of spans, which tell only who made them.
const OURS: Id = Id::from_non_zero_u64(NonZeroU64::MIN.saturating_add(1));
const OTHER: Id = Id::from_non_zero_u64(NonZeroU64::MIN);

struct Capture;

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let places = [Some(record.target()), record.module_path(), record.file()];
        // Paths of files depend on the machine, and our crate names occur in the names of the
        // tests.
        let target = places[..2].iter().flatten().copied().collect::<Vec<_>>().join(" ");
        push(target, record.args().to_string());
    }

    fn flush(&self) {}
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = Text::default();
        span.record(&mut text);
        let is_ours = span.metadata().target().contains("connectors");
        push_of(span.metadata(), text);
        if is_ours { OURS } else { OTHER }
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut text = Text::default();
        values.record(&mut text);
        let target = if *span == OURS { "a span of connectors" } else { "a span" };
        push(target.to_owned(), text.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        push_of(event.metadata(), text);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn push_of(metadata: &Metadata<'_>, text: Text) {
    push(format!("{} {}", metadata.target(), metadata.module_path().unwrap_or_default()), text.0);
}

#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, "{field}={value:?} ");
    }
}
