//! `v2/chat`: its messages, its response, and its events, which are streamed as server-sent events.

mod events;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{BilledUnits, Document, FinishReason, Tokens};
use crate::{OpenEnum, OpenUnion};

pub use events::{
    ChatStreamEventV2, CitationStart, ContentDelta, ContentPart, ContentStart, Delta,
    DeltaCitation, DeltaContent, DeltaToolCall, DeltaToolPlan, Indexed, MessageEnd,
    MessageEndDelta, MessageStart, ToolCallPart, ToolPlanDelta,
};

/// A message of a chat.
///
/// ```
/// use connectors_client::cohere::chat::ChatMessage;
///
/// let messages = [ChatMessage::system("Answer in one word."), ChatMessage::user("What is the capital of Peru?")];
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChatMessage {
    /// Role of the speaker.
    pub role: ChatRole,
    /// A text, or a list of contents as the API documents them.
    pub content: Value,
}

impl ChatMessage {
    /// Creates a message.
    pub fn new(role: ChatRole, content: impl Into<Value>) -> Self {
        Self { role, content: content.into() }
    }

    /// Creates a message of the user.
    pub fn user(text: impl Into<String>) -> Self {
        Self::new(ChatRole::User, text.into())
    }

    /// Creates a system message, which instructs the model.
    pub fn system(text: impl Into<String>) -> Self {
        Self::new(ChatRole::System, text.into())
    }

    /// Creates a message of the model.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self::new(ChatRole::Assistant, text.into())
    }
}

/// Role of a speaker.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChatRole {
    /// The user.
    User,
    /// The model.
    Assistant,
    /// The instructions for the model.
    System,
    /// A tool.
    Tool,
    /// Any other role, unchanged.
    Unknown(String),
}

/// A response that is not streamed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChatResponseV2 {
    /// The id of the response.
    pub id: String,
    /// The reason why the response ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finish_reason: Option<FinishReason>,
    /// The model's message.
    pub message: ReplyMessage,
    /// Usage and billing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// Log probabilities of the tokens, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logprobs: Option<Value>,
}

/// The model's message. A stream begins with an empty one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ReplyMessage {
    /// Role of the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<ChatRole>,
    /// Contents of the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<ChatContent>,
    /// The model's plan for the use of tools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_plan: Option<String>,
    /// Tool calls that the model requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCallV2>,
    /// Sources of parts of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<CitationV2>,
}

/// A part of the model's message.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type")]
#[non_exhaustive]
pub enum ChatContent {
    /// Text of the answer.
    #[open_union(rename = "text")]
    TextContent(TextContent),
    /// The model's thoughts before the answer.
    #[open_union(rename = "thinking")]
    ThinkingContent(ThinkingContent),
    /// Any other kind, unchanged.
    #[open_union(other)]
    Unknown(Value),
}

/// Text of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TextContent {
    /// The text. It is empty at the start of a stream.
    #[serde(default)]
    pub text: String,
}

/// The model's thoughts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ThinkingContent {
    /// The thoughts. They are empty at the start of a stream.
    #[serde(default)]
    pub thinking: String,
}

/// A tool call that the model requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolCallV2 {
    /// The id of the call. Its result refers to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `function`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// The called function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<ToolFunction>,
}

/// A function and its arguments. In a stream it is a part of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolFunction {
    /// The tool's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Arguments as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<String>,
}

/// A part of the text and its sources.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CitationV2 {
    /// Start of the part, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// End of the part, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// Text of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Sources of the part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<ChatSource>,
    /// Index of the content that contains the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_index: Option<u64>,
    /// Kind of the cited text: `TEXT_CONTENT`, `THINKING_CONTENT` or `PLAN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// The source of a part of the text.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChatSource {
    /// A document of the request.
    Document(DocumentSource),
    /// A result of a tool.
    Tool(ToolSource),
    /// Any other kind, unchanged.
    #[open_union(other)]
    Unknown(Value),
}

/// A document of the request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DocumentSource {
    /// The id of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
}

/// A result of a tool.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolSource {
    /// The id of the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_output: Option<Document>,
}

/// Usage and billing of a response.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// Billed units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billed_units: Option<BilledUnits>,
    /// Number of tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// Number of cached tokens. The API sends it as a float.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached_tokens: Option<f64>,
}
