//! The endpoints of the chat.

use super::{
    ChatConnector, ChatMessage, ChatResponse, ChatResponseV2, ChatStreamEvent, ChatStreamEventV2,
};
use crate::cohere::ConnectorsError;
use crate::{EventStream, JsonLines, api_client};

/// The chat of the first version, which searches connectors.
///
/// The options for connectors and the common options are arguments. Set others with
/// [`body_field`](crate::RequestOptions::body_field).
#[api_client(error = ConnectorsError, prefix = "v1")]
pub trait Chat {
    /// Asks, and returns the whole answer.
    ///
    /// A connector that fails is not an error: [`search_results`](ChatResponse::search_results) has
    /// its `error_message`.
    #[post("chat", fields(stream = false))]
    async fn chat(
        &self,
        message: &str,
        /// Connectors to search.
        connectors: Option<&[ChatConnector]>,
        model: Option<&str>,
        preamble: Option<&str>,
        conversation_id: Option<&str>,
        prompt_truncation: Option<&str>,
        search_queries_only: Option<bool>,
        citation_quality: Option<&str>,
        temperature: Option<f64>,
        max_tokens: Option<u32>,
    ) -> ChatResponse;

    /// Asks, and returns the answer while it is written.
    ///
    /// The last event is [`StreamEnd`](ChatStreamEvent::StreamEnd); a stream that ends before it is
    /// a [`StreamTruncated`](crate::ErrorKind::StreamTruncated) error. An object that describes an
    /// error instead of an event is an error of kind [`Api`](crate::ErrorKind::Api). A connector
    /// that fails is neither: [`SearchResults`](ChatStreamEvent::SearchResults) has its
    /// `error_message`.
    #[post("chat", fields(stream = true), done(event_type = "stream-end"), failed(message))]
    async fn chat_stream(
        &self,
        message: &str,
        /// Connectors to search.
        connectors: Option<&[ChatConnector]>,
        model: Option<&str>,
        preamble: Option<&str>,
        conversation_id: Option<&str>,
        prompt_truncation: Option<&str>,
        search_queries_only: Option<bool>,
        citation_quality: Option<&str>,
        temperature: Option<f64>,
        max_tokens: Option<u32>,
    ) -> JsonLines<ChatStreamEvent>;
}

/// The chat of the second version, without connectors.
#[api_client(error = ConnectorsError, prefix = "v2")]
pub trait ChatV2 {
    /// Asks, and returns the whole answer.
    #[post("chat", fields(stream = false))]
    async fn chat(
        &self,
        model: &str,
        messages: &[ChatMessage],
        temperature: Option<f64>,
        max_tokens: Option<u32>,
        stop_sequences: Option<&[&str]>,
        seed: Option<u64>,
    ) -> ChatResponseV2;

    /// Asks, and returns the answer while it is written.
    ///
    /// The last event is [`MessageEnd`](ChatStreamEventV2::MessageEnd); a stream that ends before
    /// it is a [`StreamTruncated`](crate::ErrorKind::StreamTruncated) error. An object that
    /// describes an error instead of an event is an error of kind [`Api`](crate::ErrorKind::Api).
    #[post(
        "chat",
        fields(stream = true),
        done = "[DONE]",
        done(type = "message-end"),
        failed(message)
    )]
    async fn chat_stream(
        &self,
        model: &str,
        messages: &[ChatMessage],
        temperature: Option<f64>,
        max_tokens: Option<u32>,
        stop_sequences: Option<&[&str]>,
        seed: Option<u64>,
    ) -> EventStream<ChatStreamEventV2>;
}
