//! How a chat with a connector is asked for, and what its events say.

use bytes::Bytes;
use connectors_client::Body;
use connectors_client::cohere::Cohere;
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::debug::{ChatEvent, FailedConnector};
use super::failure::Failure;

/// Asks a question through one connector. The answer is read whole before its first event is given.
pub(crate) async fn ask(
    cohere: &Cohere,
    id: &str,
    question: &str,
) -> Result<impl Stream<Item = Result<ChatEvent, Failure>> + use<>, Failure> {
    let body = json!({"message": question, "connectors": [{"id": id}], "stream": true});
    let request = http::Request::post("/v1/chat").body(Body::json(&body)).expect("a path is a valid URL");
    let reply: Bytes = cohere.client().send(request).await?;
    let events: Vec<_> =
        reply.split(|byte| *byte == b'\n').filter(|line| !is_blank(line)).map(read).collect();
    Ok(stream::iter(events))
}

fn is_blank(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

fn read(line: &[u8]) -> Result<ChatEvent, Failure> {
    let event: StreamedEvent = serde_json::from_slice(line)
        .map_err(|error| Failure::Answer(format!("the answer has a line that is no event: {error}")))?;
    Ok(event.into())
}

#[derive(Deserialize)]
#[serde(tag = "event_type", rename_all = "kebab-case")]
enum StreamedEvent {
    SearchResults {
        #[serde(default)]
        search_results: Vec<SearchResult>,
        #[serde(default)]
        documents: Vec<IgnoredAny>,
    },
    TextGeneration {
        text: String,
    },
    StreamEnd {
        finish_reason: String,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct SearchResult {
    connector: SearchedConnector,
    error_message: Option<String>,
}

#[derive(Deserialize)]
struct SearchedConnector {
    id: String,
}

impl SearchResult {
    fn failed(self) -> Option<FailedConnector> {
        Some(FailedConnector { id: self.connector.id, error_message: self.error_message? })
    }
}

impl From<StreamedEvent> for ChatEvent {
    fn from(event: StreamedEvent) -> Self {
        match event {
            StreamedEvent::SearchResults { search_results, documents } => Self::Searched {
                failed: search_results.into_iter().filter_map(SearchResult::failed).collect(),
                documents: documents.len(),
            },
            StreamedEvent::TextGeneration { text } => Self::Text(text),
            StreamedEvent::StreamEnd { finish_reason } => Self::End { finish_reason },
            StreamedEvent::Other => Self::Other,
        }
    }
}
