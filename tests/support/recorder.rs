//! A subscriber of `tracing` that keeps spans and events. It counts references to spans as the
//! registry of tracing-subscriber does: a child keeps its parent open.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_core::span::Current;

/// Fields of a span or an event, by name, as text.
pub type Fields = BTreeMap<&'static str, String>;

/// A span.
#[derive(Clone, Debug)]
pub struct RecordedSpan {
    /// The static name.
    pub name: &'static str,
    /// The crate or module.
    pub target: String,
    /// Fields at the start, and those recorded later.
    pub fields: Fields,
    /// Index of the parent.
    pub parent: Option<usize>,
    /// True if nothing holds it any more.
    pub is_closed: bool,
    references: usize,
    metadata: &'static Metadata<'static>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct RecordedEvent {
    /// The level.
    pub level: Level,
    /// The crate or module.
    pub target: String,
    /// The text.
    pub message: String,
    /// All other fields.
    pub fields: Fields,
    /// Index of the span in which it occurred.
    pub span: Option<usize>,
}

impl RecordedEvent {
    /// Returns the line that a subscriber would print, without its time and level. Durations are
    /// replaced, because they differ from run to run.
    pub fn line(&self) -> String {
        let mut line = self.message.clone();
        for (name, value) in &self.fields {
            let value = if matches!(*name, "elapsed" | "wait") { "_" } else { value };
            line = format!("{line} {name}={value}");
        }
        line
    }
}

#[derive(Debug, Default)]
struct Log {
    spans: Vec<RecordedSpan>,
    events: Vec<RecordedEvent>,
}

/// Keeps the spans and events of some crates. Clones share them.
#[derive(Clone, Debug)]
pub struct Recorder {
    log: Arc<Mutex<Log>>,
    level: LevelFilter,
    target: &'static str,
}

thread_local! {
    static ENTERED: RefCell<Vec<Id>> = const { RefCell::new(Vec::new()) };
}

impl Recorder {
    /// Records targets that begin with this text, up to a level.
    pub fn new(target: &'static str, level: LevelFilter) -> Self {
        Self { log: Arc::default(), level, target }
    }

    /// Records everything.
    pub fn everything() -> Self {
        Self::new("", LevelFilter::TRACE)
    }

    /// Records what this library writes, up to a level.
    pub fn ours(level: LevelFilter) -> Self {
        Self::new("connectors_client", level)
    }

    /// Subscribes on this thread until the guard is dropped.
    #[must_use]
    pub fn subscribe(&self) -> DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    /// Returns the spans so far, in the order in which they began.
    pub fn spans(&self) -> Vec<RecordedSpan> {
        self.log().spans.clone()
    }

    /// Returns the events so far.
    pub fn events(&self) -> Vec<RecordedEvent> {
        self.log().events.clone()
    }

    /// Returns the lines of the events of a level.
    pub fn lines(&self, level: Level) -> Vec<String> {
        let events = self.events();
        events.iter().filter(|event| event.level == level).map(RecordedEvent::line).collect()
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current() -> Option<usize> {
        ENTERED.with_borrow(|entered| entered.last().map(index))
    }
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

impl Log {
    fn release(&mut self, span: usize) -> bool {
        self.spans[span].references -= 1;
        if self.spans[span].references > 0 {
            return false;
        }
        self.spans[span].is_closed = true;
        if let Some(parent) = self.spans[span].parent {
            self.release(parent);
        }
        true
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level && metadata.target().starts_with(self.target)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Visitor::default();
        span.record(&mut fields);
        let parent = match span.parent() {
            Some(parent) => Some(index(parent)),
            None if span.is_contextual() => Self::current(),
            None => None,
        };
        let mut log = self.log();
        if let Some(parent) = parent {
            log.spans[parent].references += 1;
        }
        let metadata = span.metadata();
        log.spans.push(RecordedSpan {
            name: metadata.name(),
            target: metadata.target().to_owned(),
            fields: fields.0,
            parent,
            is_closed: false,
            references: 1,
            metadata,
        });
        Id::from_u64(u64::try_from(log.spans.len()).unwrap())
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Visitor::default();
        values.record(&mut fields);
        self.log().spans[index(span)].fields.extend(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Visitor::default();
        event.record(&mut fields);
        let span = match event.parent() {
            Some(parent) => Some(index(parent)),
            None if event.is_contextual() => Self::current(),
            None => None,
        };
        let message = fields.0.remove("message").unwrap_or_default();
        let metadata = event.metadata();
        self.log().events.push(RecordedEvent {
            level: *metadata.level(),
            target: metadata.target().to_owned(),
            message,
            fields: fields.0,
            span,
        });
    }

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(span.clone()));
    }

    fn exit(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| {
            if let Some(position) = entered.iter().rposition(|other| other == span) {
                entered.remove(position);
            }
        });
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.log().spans[index(span)].references += 1;
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        self.log().release(index(&span))
    }

    fn current_span(&self) -> Current {
        ENTERED.with_borrow(|entered| match entered.last() {
            Some(id) => Current::new(id.clone(), self.log().spans[index(id)].metadata),
            None => Current::none(),
        })
    }
}

#[derive(Default)]
struct Visitor(Fields);

impl Visit for Visitor {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}
