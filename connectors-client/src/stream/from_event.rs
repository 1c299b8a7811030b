//! Types that a server-sent event is decoded into.

use std::borrow::Cow;
use std::time::Duration;

use serde::de::{DeserializeOwned, Error as _};
use serde_json::Error;

use super::framing::server_sent_events::{MESSAGE, ServerSentEvent};
use crate::error::UNKNOWN_EVENT;
use crate::response::{Text, decode};

/// A type that is decoded from a server-sent event.
///
/// Every `serde::Deserialize` type is read from the JSON of the event's data. [`Text`] is the data
/// as text, [`Event`] adds the event's name and id, and [`ServerSentEvent`] is the event itself.
/// For events with different data, [derive](derive@crate::FromEvent) it for an enum.
///
/// You can also implement it for your own type, unless the type is `Deserialize`:
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
    /// Decodes the event.
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
        Ok(Self::new(event.data()))
    }
}

/// The data of an event, together with its name, id and `retry`.
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
#[non_exhaustive]
pub struct Event<T> {
    /// Name of the event; `message` if the stream gives none.
    pub name: String,
    /// Last id of this event or an earlier one; empty if there was none.
    pub id: String,
    /// Wait before connecting again, if the stream has set it so far.
    pub retry: Option<Duration>,
    /// Decoded data of the event.
    pub data: T,
}

impl<T> Event<T> {
    /// Creates an event without an id, for tests. An empty name means `message`.
    pub fn new(name: impl Into<String>, data: T) -> Self {
        let name = Some(name.into()).filter(|name| !name.is_empty());
        Self {
            name: name.unwrap_or_else(|| MESSAGE.to_owned()),
            id: String::new(),
            retry: None,
            data,
        }
    }
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
    /// Creates an event without an id, for tests. An empty name means `message`.
    pub fn new(name: impl Into<String>, data: impl Into<String>) -> Self {
        let name = Some(name.into()).filter(|name| !name.is_empty());
        Self {
            event: name.map_or(Cow::Borrowed(MESSAGE), Cow::Owned),
            data: data.into(),
            id: String::new(),
            retry: None,
        }
    }

    /// Returns its name; `message` if the stream gives none.
    pub fn name(&self) -> &str {
        &self.event
    }

    /// Returns its lines of data, joined by LF.
    pub fn data(&self) -> &str {
        &self.data
    }

    /// Returns the last id of this event or an earlier one; empty if there was none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the wait before connecting again, if the stream has set it so far.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Decodes the data as JSON. No struct is read from an array, field by field.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        decode::check_object::<T>(self.data.as_bytes())?;
        serde_json::from_str(&self.data)
    }
}

/// A type that a variant of a derived enum can hold: any [`FromEvent`] type. It is a separate trait
/// so that rustc does not list all implementations of `FromEvent` in an error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an event",
    label = "this type cannot be read",
    note = "derive `serde::Deserialize` for it, or `connectors_client::FromEvent` for an enum with a variant per event; it may borrow nothing"
)]
pub trait EventPayload: Sized {
    /// Decodes the event.
    fn decode(event: &ServerSentEvent) -> Result<Self, Error>;
}

#[diagnostic::do_not_recommend]
impl<T: FromEvent> EventPayload for T {
    fn decode(event: &ServerSentEvent) -> Result<Self, Error> {
        Self::from_event(event)
    }
}

/// Returns the error of an event whose name matches no variant.
#[cold]
pub fn unknown_event(_: &ServerSentEvent) -> Error {
    Error::custom(UNKNOWN_EVENT)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
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

    /// An enum with a parameter and no variant for the rest.
    #[derive(Clone, Debug, PartialEq, crate::FromEvent)]
    enum Inner<T> {
        #[event("inner")]
        Inner(T),
    }

    /// Returns the last event of a stream.
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
        assert_eq!(
            progress("event: started\ndata: {\"at\": 5}\n\n"),
            Progress::Started(Started { at: 5 })
        );
        assert_eq!(progress("event: tick\ndata\n\n"), Progress::Tick);
        assert_eq!(progress("event: tock\ndata: {not even JSON\n\n"), Progress::Tick);
        assert_eq!(progress("event: inner\ndata: true\n\n"), Progress::Inner(Inner::Inner(true)));
    }

    #[test]
    fn an_event_without_a_name_is_a_message() {
        assert_eq!(progress("data: a\ndata: b\n\n"), Progress::Said(Text::new("a\nb")));
        assert_eq!(progress("event:\ndata: a\n\n"), Progress::Said(Text::new("a")));
    }

    #[test]
    fn an_unknown_event_is_kept() {
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
        let Event { name, id, retry, data } =
            Event::<u8>::from_event(&event("data: 1\n\n")).unwrap();
        assert_eq!((name.as_str(), id.as_str(), retry, data), ("message", "", None, 1));
    }

    #[test]
    fn invalid_data_is_an_error_with_its_position() {
        assert_eq!(
            problem("event: started\ndata: {}\n\n"),
            "missing field `at` at line 1 column 2"
        );
        let error = Progress::from_event(&event("event: started\ndata: {\ndata:  \"at\": no}\n\n"))
            .unwrap_err();
        assert!(error.is_syntax());
        assert_eq!(error.line(), 2);
    }

    #[test]
    fn an_unknown_name_is_an_error_without_a_variant_for_the_rest() {
        assert_eq!(problem("event: innermost\ndata: true\n\n"), UNKNOWN_EVENT);
        let long = Inner::<bool>::from_event(&ServerSentEvent::new("\u{1b}".repeat(10_000), ""))
            .unwrap_err();
        assert!(long.to_string().len() < 1000);
        assert!(!long.to_string().contains('\u{1b}'));
    }

    #[test]
    fn a_created_event_equals_one_of_a_stream() {
        assert_eq!(
            ServerSentEvent::new("tick", "a\nb"),
            event("event: tick\ndata: a\ndata: b\n\n")
        );
        assert_eq!(ServerSentEvent::new("", "é"), event("data: é\n\n"));
    }
}
