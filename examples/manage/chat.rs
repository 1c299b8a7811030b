//! Sends a chat to a connector and selects the events that matter here.

use connectors_client::cohere::Cohere;
use connectors_client::cohere::chat::{
    ChatConnector, ChatStreamEvent, FinishReason, SearchResults,
};
use futures_util::{Stream, StreamExt as _};

use super::debug::{ChatEvent, FailedConnector};
use super::failure::Failure;

/// Asks a question through one connector, and yields the answer's events as they arrive.
pub(crate) async fn ask(
    cohere: &Cohere,
    id: &str,
    question: &str,
) -> Result<impl Stream<Item = Result<ChatEvent, Failure>> + use<>, Failure> {
    let connectors = [ChatConnector::new(id)];
    let events = cohere.chat().chat_stream(question).connectors(&connectors).await?;
    Ok(events.map(|event| Ok(event?.into())))
}

impl From<ChatStreamEvent> for ChatEvent {
    fn from(event: ChatStreamEvent) -> Self {
        match event {
            ChatStreamEvent::SearchResults(results) => Self::searched(results),
            ChatStreamEvent::TextGeneration(part) => Self::Text(part.text),
            ChatStreamEvent::StreamEnd(end) => {
                let reason =
                    end.finish_reason.as_ref().map_or("without a reason", FinishReason::as_str);
                Self::End { finish_reason: reason.to_owned() }
            }
            _ => Self::Other,
        }
    }
}

impl ChatEvent {
    fn searched(results: SearchResults) -> Self {
        let documents = results.documents.len();
        let failed = results.search_results.into_iter().filter_map(|result| {
            Some(FailedConnector { id: result.connector.id, error_message: result.error_message? })
        });
        Self::Searched { failed: failed.collect(), documents }
    }
}
