//! What a server-sent event is read as: its data, data by its name, or the event itself.

use std::time::Duration;

use bytes::Bytes;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::Error;

use super::framing::server_sent_events::ServerSentEvent;
use super::framing::utf8::Utf8Bytes;
use crate::error::UNKNOWN_EVENT;
use crate::response::Text;

/// Reads a server-sent event.
///
/// Everything that is `serde::Deserialize` is read from the JSON of the event's data, [`Text`] is the data as it is,
/// [`Event`] has the event's name and id beside it, and [`ServerSentEvent`] is the event itself. An enum of events with
/// different data derives it: see the [derive](derive@crate::FromEvent).
///
/// A type of yours can also implement it, unless it is `Deserialize`:
///
/// ```
/// use connectors_client::{FromEvent, ServerSentEvent};
///
/// struct Celsius(f64);
///
/// impl FromEvent for Celsius {
///     fn from_event(event: &ServerSentEvent) -> Result<Self, serde_json::Error> {
///         let degrees: f64 = event.json()?;
///         Ok(Self(if event.name() == "kelvin" { degrees - 273.15 } else { degrees }))
///     }
/// }
///
/// let event = ServerSentEvent::new("kelvin", "293.15");
/// assert_eq!(Celsius::from_event(&event)?.0, 20.0);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an event",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it to read the JSON of an event's data, or `connectors_client::FromEvent` for an enum with a variant per event; it may borrow nothing"
)]
pub trait FromEvent: Sized {
    /// Reads the event, or says what does not fit.
    fn from_event(event: &ServerSentEvent) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromEvent for T {
    fn from_event(event: &ServerSentEvent) -> Result<Self, Error> {
        event.json()
    }
}

impl FromEvent for ServerSentEvent {
    fn from_event(event: &ServerSentEvent) -> Result<Self, Error> {
        Ok(event.clone())
    }
}

impl FromEvent for Text {
    fn from_event(event: &ServerSentEvent) -> Result<Self, Error> {
        Ok(Self(event.data().to_owned()))
    }
}

/// Data, with what the event says beside it.
///
/// ```
/// use connectors_client::{Event, FromEvent, ServerSentEvent};
///
/// let event = ServerSentEvent::new("temperature", "[19.5, 20.0]");
/// let Event::<Vec<f64>> { name, data, .. } = Event::from_event(&event)?;
/// assert_eq!((name.as_str(), data), ("temperature", vec![19.5, 20.0]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Event<T> {
    /// Its name; `message` where the stream gives it none.
    pub name: String,
    /// The last id that this event or one before it has; empty where there was none.
    pub id: String,
    /// How long to wait before connecting again, where the stream has said so until now.
    pub retry: Option<Duration>,
    /// What is read of the event.
    pub data: T,
}

impl<T: FromEvent> FromEvent for Event<T> {
    fn from_event(event: &ServerSentEvent) -> Result<Self, Error> {
        Ok(Self {
            name: event.name().to_owned(),
            id: event.id().to_owned(),
            retry: event.retry(),
            data: T::from_event(event)?,
        })
    }
}

impl ServerSentEvent {
    /// An event as a stream would give it, without an id; for tests of what reads events. An empty name is `message`.
    pub fn new(name: impl Into<String>, data: impl Into<String>) -> Self {
        let name = Some(name.into()).filter(|name| !name.is_empty());
        let text = |text: String| Utf8Bytes::known(Bytes::from(text));
        Self {
            event: text(name.unwrap_or_else(|| "message".to_owned())),
            data: text(data.into()),
            id: Utf8Bytes::default(),
            retry: None,
        }
    }

    /// Its name; `message` where the stream gives it none.
    pub fn name(&self) -> &str {
        self.event.as_str()
    }

    /// Its lines of data, joined by LF.
    pub fn data(&self) -> &str {
        self.data.as_str()
    }

    /// The last id that this event or one before it has; empty where there was none.
    pub fn id(&self) -> &str {
        self.id.as_str()
    }

    /// How long to wait before connecting again, where the stream has said so until now.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Reads the data as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(self.data.as_bytes())
    }
}

/// What a variant can hold: what is [`FromEvent`]. A trait of its own, so that rustc does not list all that can be where
/// something cannot.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an event",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it, or `connectors_client::FromEvent` for an enum with a variant per event; it may borrow nothing"
)]
pub trait EventPayload: Sized {
    /// Reads the event.
    fn of(event: &ServerSentEvent) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: FromEvent> EventPayload for T {
    fn of(event: &ServerSentEvent) -> Result<Self, Error> {
        Self::from_event(event)
    }
}

/// The error of an event whose name no variant has.
#[cold]
pub fn unknown_event(_: &ServerSentEvent) -> Error {
    Error::custom(UNKNOWN_EVENT)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::framing::server_sent_events::ServerSentEvents;
    use super::*;

    #[derive(Clone, Debug, PartialEq, crate::FromEvent)]
    enum Progress {
        #[event("started")]
        Started(Started),
        #[event("tick", "tock")]
        Tick,
        #[event("message")]
        Said(Text),
        #[event("done")]
        Done(Event<Vec<u8>>),
        #[event("inner", "innermost")]
        Inner(Inner<bool>),
        #[event(other)]
        Other(ServerSentEvent),
    }

    #[derive(Clone, Debug, PartialEq, Deserialize)]
    struct Started {
        at: u64,
    }

    /// It has a parameter, and no variant for the rest.
    #[derive(Clone, Debug, PartialEq, crate::FromEvent)]
    enum Inner<T> {
        #[event("inner")]
        Inner(T),
    }

    /// The last event of a stream.
    fn event(stream: &str) -> ServerSentEvent {
        let mut events = ServerSentEvents::new(1 << 10);
        events.push(Bytes::copy_from_slice(stream.as_bytes()));
        let mut last = None;
        while let Some(event) = events.next().unwrap() {
            last = Some(event);
        }
        last.unwrap()
    }

    fn progress(stream: &str) -> Progress {
        Progress::from_event(&event(stream)).unwrap()
    }

    fn problem(stream: &str) -> String {
        Progress::from_event(&event(stream)).unwrap_err().to_string()
    }

    #[test]
    fn the_name_chooses_the_variant() {
        assert_eq!(progress("event: started\ndata: {\"at\": 5}\n\n"), Progress::Started(Started { at: 5 }));
        assert_eq!(progress("event: tick\ndata\n\n"), Progress::Tick);
        assert_eq!(progress("event: tock\ndata: {not even JSON\n\n"), Progress::Tick);
        assert_eq!(progress("event: inner\ndata: true\n\n"), Progress::Inner(Inner::Inner(true)));
    }

    #[test]
    fn an_event_without_a_name_is_a_message() {
        assert_eq!(progress("data: a\ndata: b\n\n"), Progress::Said(Text("a\nb".to_owned())));
        assert_eq!(progress("event:\ndata: a\n\n"), Progress::Said(Text("a".to_owned())));
    }

    #[test]
    fn what_no_variant_is_for_is_kept() {
        let unknown = event("event: Started\nid: 7\ndata: {\"at\": 5}\n\n");
        assert_eq!(Progress::from_event(&unknown).unwrap(), Progress::Other(unknown));
    }

    #[test]
    fn an_event_has_its_id_and_the_last_one() {
        let done = Event {
            name: "done".to_owned(),
            id: "7".to_owned(),
            retry: Some(Duration::from_millis(10)),
            data: vec![1, 2],
        };
        let stream = "id: 7\nretry: 10\ndata\n\nevent: done\ndata: [1,\ndata: 2]\n\n";
        assert_eq!(progress(stream), Progress::Done(done));
        let Event { name, id, retry, data } = Event::<u8>::from_event(&event("data: 1\n\n")).unwrap();
        assert_eq!((name.as_str(), id.as_str(), retry, data), ("message", "", None, 1));
    }

    #[test]
    fn data_that_does_not_fit_is_an_error_at_its_place() {
        assert_eq!(problem("event: started\ndata: {}\n\n"), "missing field `at` at line 1 column 2");
        let error =
            Progress::from_event(&event("event: started\ndata: {\ndata:  \"at\": no}\n\n")).unwrap_err();
        assert!(error.is_syntax());
        assert_eq!(error.line(), 2);
    }

    #[test]
    fn an_unknown_name_is_an_error_where_there_is_no_variant_for_the_rest() {
        assert_eq!(problem("event: innermost\ndata: true\n\n"), UNKNOWN_EVENT);
        let long = Inner::<bool>::from_event(&ServerSentEvent::new("\u{1b}".repeat(10_000), "")).unwrap_err();
        assert!(long.to_string().len() < 1000);
        assert!(!long.to_string().contains('\u{1b}'));
    }

    #[test]
    fn one_that_is_made_is_as_one_of_a_stream() {
        assert_eq!(ServerSentEvent::new("tick", "a\nb"), event("event: tick\ndata: a\ndata: b\n\n"));
        assert_eq!(ServerSentEvent::new("", "é"), event("data: é\n\n"));
    }
}
