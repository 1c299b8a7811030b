//! Cohere's chat: `v1/chat`, which searches connectors, and `v2/chat`.
//!
//! ```no_run
//! use connectors_client::Error;
//! use connectors_client::cohere::Cohere;
//! use connectors_client::cohere::chat::{ChatConnector, ChatStreamEvent};
//!
//! async fn ask(cohere: &Cohere, question: &str) -> Result<(), Error> {
//!     let connectors = [ChatConnector::new("my-id")];
//!     let mut answer = cohere.chat().chat_stream(question).connectors(&connectors).await?;
//!     while let Some(event) = answer.next().await {
//!         if let ChatStreamEvent::TextGeneration(part) = event? {
//!             print!("{}", part.text);
//!         }
//!     }
//!     Ok(())
//! }
//! # drop(ask);
//! ```
//!
//! If a connector cannot be searched, that is data and not an error. It is in [`SearchResults`] of
//! a stream and in [`ChatResponse`]:
//!
//! ```
//! use connectors_client::cohere::chat::ChatStreamEvent;
//!
//! let line = r#"{"event_type": "search-results", "search_results": [
//!     {"connector": {"id": "my-id"}, "error_message": "connector error message"}
//! ]}"#;
//! let ChatStreamEvent::SearchResults(found) = serde_json::from_str(line)? else { panic!() };
//! let result = &found.search_results[0];
//! assert_eq!(result.connector.id, "my-id");
//! assert_eq!(result.error_message.as_deref(), Some("connector error message"));
//! # Ok::<(), serde_json::Error>(())
//! ```

// No variant is named `Debug` or `Text`: rustc would then write the full path of these names in all
// error messages.
mod endpoints;
mod v1;
mod v2;

use serde::{Deserialize, Serialize};

pub use endpoints::{
    BlockingChatClient, BlockingChatV2Client, BlockingRawChatClient, BlockingRawChatV2Client, Chat,
    ChatClient, ChatV2, ChatV2Client, GenericChatClient, GenericChatV2Client, RawChatClient,
    RawChatV2Client,
};
pub use endpoints::{
    ChatChatRequest, ChatChatStreamRequest, ChatV2ChatRequest, ChatV2ChatStreamRequest,
};
pub use v1::{
    ApiMeta, ApiVersion, ChatCitation, ChatConnector, ChatResponse, ChatSearchQuery,
    ChatSearchResult, ChatSearchResultConnector, ChatStreamEvent, CitationGeneration, DebugPrompt,
    HistoryMessage, SearchQueriesGeneration, SearchResults, StreamEnd, StreamStart, TextGeneration,
    ToolCall, ToolCallDelta, ToolCallsChunk, ToolCallsGeneration,
};
pub use v2::{
    ChatContent, ChatMessage, ChatResponseV2, ChatRole, ChatSource, ChatStreamEventV2,
    CitationStart, CitationV2, ContentDelta, ContentPart, ContentStart, Delta, DeltaCitation,
    DeltaContent, DeltaToolCall, DeltaToolPlan, DocumentSource, Indexed, MessageEnd,
    MessageEndDelta, MessageStart, ReplyMessage, TextContent, ThinkingContent, ToolCallPart,
    ToolCallV2, ToolFunction, ToolPlanDelta, ToolSource, Usage,
};

use crate::OpenEnum;

/// The reason why a response ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum FinishReason {
    /// The answer is complete.
    Complete,
    /// The model wrote a stop sequence.
    StopSequence,
    /// The answer reached the maximum number of tokens.
    MaxTokens,
    /// The model calls tools.
    ToolCall,
    /// Something failed. The answer so far is included.
    Error,
    /// The answer reached the limit of the context.
    ErrorLimit,
    /// The answer was classified as toxic.
    ErrorToxic,
    /// The user cancelled the call.
    UserCancel,
    /// The answer took too long.
    Timeout,
    /// Any other reason, unchanged.
    Unknown(String),
}

/// Billed units. The API sends the numbers as floats.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct BilledUnits {
    /// Tokens read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<f64>,
    /// Tokens written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<f64>,
    /// Searches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_units: Option<f64>,
    /// Classifications.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classifications: Option<f64>,
    /// Images.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<f64>,
}

/// Number of tokens. The API sends the numbers as floats.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Tokens {
    /// Tokens that the model read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<f64>,
    /// Tokens that the model wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<f64>,
}

/// A document of a connector or of the request: names and texts.
pub type Document = serde_json::Map<String, serde_json::Value>;
