//! What an event is read as.

use serde::de::DeserializeOwned;

use super::server_sent_events::ServerSentEvent;

/// A type that an event is read as.
pub trait FromEvent: Sized {
    /// Reads an event.
    fn from_event(event: &ServerSentEvent) -> Result<Self, serde_json::Error>;
}

impl<T: DeserializeOwned> FromEvent for T {
    fn from_event(event: &ServerSentEvent) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(event.data.as_bytes())
    }
}

impl FromEvent for ServerSentEvent {
    fn from_event(event: &ServerSentEvent) -> Result<Self, serde_json::Error> {
        Ok(event.clone())
    }
}
