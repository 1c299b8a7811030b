//! `v1/chat`: its connectors, its reply, and the events that it streams as JSON lines.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{BilledUnits, Document, FinishReason, Tokens};
use crate::{OpenUnion, Secret};

/// A connector that a chat is to search.
///
/// ```
/// use connectors_client::cohere::chat::ChatConnector;
///
/// let connector = ChatConnector::new("web-search").option("site", "wikipedia.org").continue_on_failure(true);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChatConnector {
    /// The connector's id.
    pub id: String,
    /// The token that the connector is searched with, for the user whose chat it is. `Debug` does not show it.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "expose")]
    pub user_access_token: Option<Secret>,
    /// Whether the chat goes on if the request to the connector fails; the connector's own setting otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continue_on_failure: Option<bool>,
    /// What the connector itself takes, such as `site` of `web-search`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Map<String, Value>>,
}

impl ChatConnector {
    /// A connector by its id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), user_access_token: None, continue_on_failure: None, options: None }
    }

    /// Sets the token that the connector is searched with.
    pub fn user_access_token(mut self, token: impl Into<Secret>) -> Self {
        self.user_access_token = Some(token.into());
        self
    }

    /// Sets whether the chat goes on if the request to the connector fails.
    pub fn continue_on_failure(mut self, goes_on: bool) -> Self {
        self.continue_on_failure = Some(goes_on);
        self
    }

    /// Adds an option that the connector itself takes.
    pub fn option(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.options.get_or_insert_default().insert(name.into(), value.into());
        self
    }
}

#[expect(clippy::ref_option, reason = "serde gives the field as it is")]
fn expose<S: serde::Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(serializer)
}

/// A reply that is not streamed, or all that a stream came to.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ChatResponse {
    /// What the model says.
    #[serde(default)]
    pub text: String,
    /// The id of the reply.
    pub response_id: Option<String>,
    /// The id of what was generated.
    pub generation_id: Option<String>,
    /// What in the text is from where.
    #[serde(default)]
    pub citations: Vec<ChatCitation>,
    /// The documents that were found.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Whether searching would help; said where only queries were asked for.
    pub is_search_required: Option<bool>,
    /// What was searched for.
    #[serde(default)]
    pub search_queries: Vec<ChatSearchQuery>,
    /// What the connectors said, also that one of them has failed.
    #[serde(default)]
    pub search_results: Vec<ChatSearchResult>,
    /// Why it has ended.
    pub finish_reason: Option<FinishReason>,
    /// What has failed, where the reason is [`FinishReason::Error`].
    pub error: Option<String>,
    /// The tools that the model wants to be called.
    #[serde(default)]
    pub tool_calls: Vec<ToolCall>,
    /// What was said until now, with this reply.
    #[serde(default)]
    pub chat_history: Vec<HistoryMessage>,
    /// What was used and paid for.
    pub meta: Option<ApiMeta>,
}

/// A part of the text, and where it is from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ChatCitation {
    /// Where the part begins, in characters.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// The part.
    pub text: String,
    /// The ids of the documents that it is from.
    #[serde(default)]
    pub document_ids: Vec<String>,
    /// What is cited: `TEXT_CONTENT` or `PLAN`.
    pub r#type: Option<String>,
}

/// What was searched for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChatSearchQuery {
    /// The text of the search.
    pub text: String,
    /// The id of what was generated.
    pub generation_id: Option<String>,
}

/// What a connector has found, or why it has not. The documentation shows a failure with the connector and the message
/// alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChatSearchResult {
    /// What it was asked.
    pub search_query: Option<ChatSearchQuery>,
    /// The connector.
    pub connector: ChatSearchResultConnector,
    /// The ids of the documents that it has found.
    #[serde(default)]
    pub document_ids: Vec<String>,
    /// What the connector said, if the request to it failed.
    pub error_message: Option<String>,
    /// Whether the chat goes on if the request to this connector fails.
    pub continue_on_failure: Option<bool>,
}

/// The connector of a result.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChatSearchResultConnector {
    /// The connector's id.
    pub id: String,
}

/// A call of a tool that the model wants.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ToolCall {
    /// The tool's name.
    pub name: String,
    /// What it is called with.
    #[serde(default)]
    pub parameters: Map<String, Value>,
}

/// What someone has said before.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct HistoryMessage {
    /// Who: `USER`, `CHATBOT`, `SYSTEM` or `TOOL`.
    pub role: String,
    /// What; a tool says it in its results alone.
    pub message: Option<String>,
    /// The tools that were to be called.
    #[serde(default)]
    pub tool_calls: Vec<ToolCall>,
    /// What the tools have said.
    #[serde(default)]
    pub tool_results: Vec<Value>,
}

/// What a reply has used.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ApiMeta {
    /// The version of the API.
    pub api_version: Option<ApiVersion>,
    /// What is paid for.
    pub billed_units: Option<BilledUnits>,
    /// How many tokens there were.
    pub tokens: Option<Tokens>,
    /// How many tokens were known from before; the API sends it as a float.
    pub cached_tokens: Option<f64>,
    /// What the API warns of.
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// The version of the API.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ApiVersion {
    /// Its number.
    pub version: String,
    /// Whether it is deprecated.
    pub is_deprecated: Option<bool>,
    /// Whether it is experimental.
    pub is_experimental: Option<bool>,
}

/// An event of a streamed chat: a line of JSON. The last one is [`StreamEnd`](Self::StreamEnd).
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "event_type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChatStreamEvent {
    /// The stream begins.
    StreamStart(StreamStart),
    /// The model has thought of searches.
    SearchQueriesGeneration(SearchQueriesGeneration),
    /// The connectors were searched.
    SearchResults(SearchResults),
    /// The model says something more.
    TextGeneration(TextGeneration),
    /// It says where a part of the text is from.
    CitationGeneration(CitationGeneration),
    /// A part of a call of a tool.
    ToolCallsChunk(ToolCallsChunk),
    /// The model wants tools to be called.
    ToolCallsGeneration(ToolCallsGeneration),
    /// The stream ends.
    StreamEnd(Box<StreamEnd>),
    /// What the model was given.
    #[open_union(rename = "debug")]
    DebugPrompt(DebugPrompt),
    /// An event that is not known here, or no event, such as the object of an error; as it came.
    #[open_union(other)]
    Unknown(Value),
}

/// The stream begins.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StreamStart {
    /// The id of what will be generated.
    pub generation_id: Option<String>,
}

/// The model has thought of searches.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SearchQueriesGeneration {
    /// The searches.
    #[serde(default)]
    pub search_queries: Vec<ChatSearchQuery>,
}

/// The connectors were searched.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SearchResults {
    /// What each connector said to each search, also that it has failed.
    #[serde(default)]
    pub search_results: Vec<ChatSearchResult>,
    /// The documents that were found.
    #[serde(default)]
    pub documents: Vec<Document>,
}

/// The model says something more.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TextGeneration {
    /// What it says.
    pub text: String,
}

/// Where parts of the text are from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CitationGeneration {
    /// The parts.
    #[serde(default)]
    pub citations: Vec<ChatCitation>,
}

/// A part of a call of a tool.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ToolCallsChunk {
    /// What comes to the call.
    pub tool_call_delta: Option<ToolCallDelta>,
    /// What the model says with it.
    pub text: Option<String>,
}

/// What comes to a call of a tool.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ToolCallDelta {
    /// The tool's name, once.
    pub name: Option<String>,
    /// Which of the calls it is; the API sends it as a float.
    pub index: Option<f64>,
    /// A part of the JSON of the parameters.
    pub parameters: Option<String>,
    /// What the model says with it.
    pub text: Option<String>,
}

/// The model wants tools to be called.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ToolCallsGeneration {
    /// What it says with it.
    pub text: Option<String>,
    /// The calls.
    #[serde(default)]
    pub tool_calls: Vec<ToolCall>,
}

/// The stream ends.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct StreamEnd {
    /// Why.
    pub finish_reason: Option<FinishReason>,
    /// All that it came to.
    pub response: Option<ChatResponse>,
}

/// What the model was given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DebugPrompt {
    /// The prompt.
    pub prompt: Option<String>,
}
