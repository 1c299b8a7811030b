//! What Cohere's chat takes and gives: of `v1/chat`, which searches connectors, and of `v2/chat`.
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
//! A connector that cannot be searched is data and no error, in [`SearchResults`] of a stream and in [`ChatResponse`]:
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

// No variant is called `Debug` or `Text`: rustc then writes the whole path of these in the errors of all users.
mod endpoints;
mod v1;
mod v2;

use serde::Deserialize;

pub use endpoints::{
    BlockingChatClient, BlockingChatV2Client, BlockingRawChatClient, BlockingRawChatV2Client, Chat,
    ChatClient, ChatV2, ChatV2Client, GenericChatClient, GenericChatV2Client, RawChatClient, RawChatV2Client,
};
pub use endpoints::{ChatChatRequest, ChatChatStreamRequest, ChatV2ChatRequest, ChatV2ChatStreamRequest};
pub use v1::{
    ApiMeta, ApiVersion, ChatCitation, ChatConnector, ChatResponse, ChatSearchQuery, ChatSearchResult,
    ChatSearchResultConnector, ChatStreamEvent, CitationGeneration, DebugPrompt, HistoryMessage,
    SearchQueriesGeneration, SearchResults, StreamEnd, StreamStart, TextGeneration, ToolCall, ToolCallDelta,
    ToolCallsChunk, ToolCallsGeneration,
};
pub use v2::{
    ChatContent, ChatMessage, ChatResponseV2, ChatRole, ChatSource, ChatStreamEventV2, CitationStart,
    CitationV2, ContentDelta, ContentPart, ContentStart, Delta, DeltaCitation, DeltaContent, DeltaToolCall,
    DeltaToolPlan, DocumentSource, Indexed, MessageEnd, MessageEndDelta, MessageStart, ReplyMessage,
    TextContent, ThinkingContent, ToolCallPart, ToolCallV2, ToolFunction, ToolPlanDelta, ToolSource, Usage,
};

use crate::OpenEnum;

/// Why a reply has ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum FinishReason {
    /// The model has said all of it.
    Complete,
    /// It came to one of the stop sequences.
    StopSequence,
    /// It came to the most tokens that were asked for.
    MaxTokens,
    /// It wants tools to be called.
    ToolCall,
    /// Something failed; what was said until then is there.
    Error,
    /// It came to the limit of its context.
    ErrorLimit,
    /// What it said was taken for toxic.
    ErrorToxic,
    /// The user cancelled it.
    UserCancel,
    /// It took too long.
    Timeout,
    /// A reason that is not known here, as it came.
    Unknown(String),
}

/// What is paid for. The API sends the numbers as floats.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct BilledUnits {
    /// The tokens that were read.
    pub input_tokens: Option<f64>,
    /// The tokens that were written.
    pub output_tokens: Option<f64>,
    /// The searches.
    pub search_units: Option<f64>,
    /// The classifications.
    pub classifications: Option<f64>,
    /// The images.
    pub images: Option<f64>,
}

/// How many tokens there were. The API sends the numbers as floats.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Tokens {
    /// The tokens that the model has read.
    pub input_tokens: Option<f64>,
    /// The tokens that it has written.
    pub output_tokens: Option<f64>,
}

/// A document, as its connector or the request gives it: names and what they say.
pub type Document = serde_json::Map<String, serde_json::Value>;
