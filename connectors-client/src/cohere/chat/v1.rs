//! `v1/chat`: its connectors, its response, and its events, which are streamed as JSON lines.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{BilledUnits, Document, FinishReason, Tokens};
use crate::{OpenUnion, Secret};

/// A connector that a chat searches.
///
/// ```
/// use connectors_client::cohere::chat::ChatConnector;
///
/// let connector = ChatConnector::new("web-search").option("site", "wikipedia.org").continue_on_failure(true);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChatConnector {
    /// The connector's id.
    pub id: String,
    /// The user's token for the connector.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::exposed")]
    pub user_access_token: Option<Secret>,
    /// Lets the chat continue if the request to the connector fails. The default is the connector's
    /// own setting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continue_on_failure: Option<bool>,
    /// Options of the connector itself, such as `site` of `web-search`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Map<String, Value>>,
}

impl ChatConnector {
    /// Selects a connector by its id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), user_access_token: None, continue_on_failure: None, options: None }
    }

    /// Sets the user's token for the connector.
    pub fn user_access_token(mut self, token: impl Into<Secret>) -> Self {
        self.user_access_token = Some(token.into());
        self
    }

    /// Lets the chat continue, or not, if the request to the connector fails.
    pub fn continue_on_failure(mut self, goes_on: bool) -> Self {
        self.continue_on_failure = Some(goes_on);
        self
    }

    /// Adds an option of the connector itself.
    pub fn option(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.options.get_or_insert_default().insert(name.into(), value.into());
        self
    }
}

/// A response that is not streamed, or the sum of a stream.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChatResponse {
    /// The answer.
    #[serde(default)]
    pub text: String,
    /// The id of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<String>,
    /// The id of the generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_id: Option<String>,
    /// Sources of parts of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<ChatCitation>,
    /// Documents that were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// True if a search would help; set if only queries were requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_search_required: Option<bool>,
    /// Queries of the search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_queries: Vec<ChatSearchQuery>,
    /// Results and failures of the connectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_results: Vec<ChatSearchResult>,
    /// The reason why the response ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finish_reason: Option<FinishReason>,
    /// The failure, if the reason is [`FinishReason::Error`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Tool calls that the model requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
    /// The conversation so far, including this response.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chat_history: Vec<HistoryMessage>,
    /// Usage and billing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<ApiMeta>,
}

/// A part of the text and its source.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChatCitation {
    /// Start of the part, in characters.
    pub start: u64,
    /// End of the part, in characters.
    pub end: u64,
    /// Text of the part.
    pub text: String,
    /// Ids of the source documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_ids: Vec<String>,
    /// Kind of the cited text: `TEXT_CONTENT` or `PLAN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

/// A query of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChatSearchQuery {
    /// Text of the query.
    pub text: String,
    /// The id of the generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_id: Option<String>,
}

/// The result or the failure of a connector. In the API's documentation a failure has only the
/// connector and the message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChatSearchResult {
    /// The query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_query: Option<ChatSearchQuery>,
    /// The connector.
    pub connector: ChatSearchResultConnector,
    /// Ids of the documents that were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_ids: Vec<String>,
    /// Message of the connector, if the request to it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// True if the chat continues after the request to this connector fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continue_on_failure: Option<bool>,
}

/// The connector of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ChatSearchResultConnector {
    /// The connector's id.
    pub id: String,
}

/// A tool call that the model requests.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolCall {
    /// The tool's name.
    pub name: String,
    /// Arguments of the call.
    #[serde(default)]
    pub parameters: Map<String, Value>,
}

/// An earlier message.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct HistoryMessage {
    /// Role of the speaker: `USER`, `CHATBOT`, `SYSTEM` or `TOOL`.
    pub role: String,
    /// Text of the message. A tool has results instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Tool calls that the model requested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
    /// Results of the tools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_results: Vec<Value>,
}

/// Usage and billing of a response.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ApiMeta {
    /// The version of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_version: Option<ApiVersion>,
    /// Billed units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billed_units: Option<BilledUnits>,
    /// Number of tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// Number of cached tokens. The API sends it as a float.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached_tokens: Option<f64>,
    /// Warnings of the API.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// The version of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ApiVersion {
    /// Number of the version.
    pub version: String,
    /// True if the version is deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_deprecated: Option<bool>,
    /// True if the version is experimental.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_experimental: Option<bool>,
}

/// An event of a streamed chat: a line of JSON. The last one is [`StreamEnd`](Self::StreamEnd).
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "event_type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChatStreamEvent {
    /// The stream begins.
    StreamStart(StreamStart),
    /// The model suggests searches.
    SearchQueriesGeneration(SearchQueriesGeneration),
    /// The connectors were searched.
    SearchResults(SearchResults),
    /// The next part of the text.
    TextGeneration(TextGeneration),
    /// Sources of parts of the text.
    CitationGeneration(CitationGeneration),
    /// The next part of a tool call.
    ToolCallsChunk(ToolCallsChunk),
    /// The model requests tool calls.
    ToolCallsGeneration(ToolCallsGeneration),
    /// The stream ends.
    StreamEnd(Box<StreamEnd>),
    /// The prompt of the model.
    #[open_union(rename = "debug")]
    DebugPrompt(DebugPrompt),
    /// Any other event or object, for example an error, unchanged.
    #[open_union(other)]
    Unknown(Value),
}

/// The stream begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StreamStart {
    /// The id of the generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_id: Option<String>,
}

/// The model suggests searches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SearchQueriesGeneration {
    /// Suggested searches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_queries: Vec<ChatSearchQuery>,
}

/// The connectors were searched.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SearchResults {
    /// Results and failures of each connector for each search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_results: Vec<ChatSearchResult>,
    /// Documents that were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

/// The next part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TextGeneration {
    /// The text.
    pub text: String,
}

/// Sources of parts of the text.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CitationGeneration {
    /// Parts and their sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<ChatCitation>,
}

/// The next part of a tool call.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolCallsChunk {
    /// The next part of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_call_delta: Option<ToolCallDelta>,
    /// Text of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The next part of a tool call.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolCallDelta {
    /// Name of the tool; sent once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Index of the call. The API sends it as a float.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<f64>,
    /// The next part of the parameters' JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<String>,
    /// Text of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The model requests tool calls.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolCallsGeneration {
    /// Text of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
}

/// The stream ends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StreamEnd {
    /// The reason why the stream ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finish_reason: Option<FinishReason>,
    /// The whole response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<ChatResponse>,
}

/// The prompt of the model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DebugPrompt {
    /// The prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}
