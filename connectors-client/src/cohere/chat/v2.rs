//! `v2/chat`: its messages, its reply, and the events that it streams as server-sent events.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{BilledUnits, DebugPrompt, Document, FinishReason, Tokens};
use crate::{OpenEnum, OpenUnion};

/// A message of a chat.
///
/// ```
/// use connectors_client::cohere::chat::ChatMessage;
///
/// let messages = [ChatMessage::system("Answer in one word."), ChatMessage::user("What is the capital of Peru?")];
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChatMessage {
    /// Who says it.
    pub role: ChatRole,
    /// What is said: a text, or a list of contents as the API documents them.
    pub content: Value,
}

impl ChatMessage {
    /// A message of anyone.
    pub fn new(role: ChatRole, content: impl Into<Value>) -> Self {
        Self { role, content: content.into() }
    }

    /// A message of the user.
    pub fn user(text: impl Into<String>) -> Self {
        Self::new(ChatRole::User, text.into())
    }

    /// A message that tells the model what to be.
    pub fn system(text: impl Into<String>) -> Self {
        Self::new(ChatRole::System, text.into())
    }

    /// A message of the model.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self::new(ChatRole::Assistant, text.into())
    }
}

/// Who says a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChatRole {
    /// The user.
    User,
    /// The model.
    Assistant,
    /// Who tells the model what to be.
    System,
    /// A tool.
    Tool,
    /// A role that is not known here, as it came.
    Unknown(String),
}

/// A reply that is not streamed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ChatResponseV2 {
    /// The id of the reply.
    pub id: String,
    /// Why it has ended.
    pub finish_reason: Option<FinishReason>,
    /// What the model says.
    pub message: ReplyMessage,
    /// What was used and paid for.
    pub usage: Option<Usage>,
    /// How likely the tokens were, where that was asked for.
    pub logprobs: Option<Value>,
}

/// What the model says; a stream begins with an empty one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ReplyMessage {
    /// Who says it.
    pub role: Option<ChatRole>,
    /// What is said.
    #[serde(default)]
    pub content: Vec<ChatContent>,
    /// What the model wants to do with tools.
    pub tool_plan: Option<String>,
    /// The tools that it wants to be called.
    #[serde(default)]
    pub tool_calls: Vec<ToolCallV2>,
    /// What in the text is from where.
    #[serde(default)]
    pub citations: Vec<CitationV2>,
}

/// A part of what the model says.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type")]
#[non_exhaustive]
pub enum ChatContent {
    /// Text of the answer.
    #[open_union(rename = "text")]
    TextContent(TextContent),
    /// What it thinks before it answers.
    #[open_union(rename = "thinking")]
    ThinkingContent(ThinkingContent),
    /// A kind that is not known here, as it came.
    #[open_union(other)]
    Unknown(Value),
}

/// Text of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct TextContent {
    /// The text; empty where a stream begins with it.
    #[serde(default)]
    pub text: String,
}

/// What the model thinks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ThinkingContent {
    /// The thoughts; empty where a stream begins with it.
    #[serde(default)]
    pub thinking: String,
}

/// A call of a tool that the model wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ToolCallV2 {
    /// The id of the call, which its result names.
    pub id: Option<String>,
    /// `function`.
    pub r#type: Option<String>,
    /// What is called.
    pub function: Option<ToolFunction>,
}

/// What a tool is called with; in a stream a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ToolFunction {
    /// The tool's name.
    pub name: Option<String>,
    /// The JSON of the arguments.
    pub arguments: Option<String>,
}

/// A part of the text, and where it is from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct CitationV2 {
    /// Where the part begins, in characters.
    pub start: Option<u64>,
    /// Where it ends.
    pub end: Option<u64>,
    /// The part.
    pub text: Option<String>,
    /// What it is from.
    #[serde(default)]
    pub sources: Vec<ChatSource>,
    /// Which of the contents it is a part of.
    pub content_index: Option<u64>,
    /// What is cited: `TEXT_CONTENT`, `THINKING_CONTENT` or `PLAN`.
    pub r#type: Option<String>,
}

/// What a part of the text is from.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChatSource {
    /// A document of the request.
    Document(DocumentSource),
    /// What a tool has said.
    Tool(ToolSource),
    /// A kind that is not known here, as it came.
    #[open_union(other)]
    Unknown(Value),
}

/// A document of the request.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DocumentSource {
    /// Its id.
    pub id: Option<String>,
    /// The document.
    pub document: Option<Document>,
}

/// What a tool has said.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ToolSource {
    /// The id of the result.
    pub id: Option<String>,
    /// The result.
    pub tool_output: Option<Document>,
}

/// What a reply has used.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Usage {
    /// What is paid for.
    pub billed_units: Option<BilledUnits>,
    /// How many tokens there were.
    pub tokens: Option<Tokens>,
    /// How many tokens were known from before; the API sends it as a float.
    pub cached_tokens: Option<f64>,
}

/// An event of a streamed chat: the JSON of an event's data. The last one is [`MessageEnd`](Self::MessageEnd); behind it
/// comes the text `[DONE]`, which is no JSON.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChatStreamEventV2 {
    /// The message begins.
    MessageStart(MessageStart),
    /// A content begins.
    ContentStart(ContentStart),
    /// The model says something more.
    ContentDelta(ContentDelta),
    /// A content ends.
    ContentEnd(Indexed),
    /// The model says more of what it wants to do with tools.
    ToolPlanDelta(ToolPlanDelta),
    /// A call of a tool begins.
    ToolCallStart(ToolCallPart),
    /// More of the arguments of a call.
    ToolCallDelta(ToolCallPart),
    /// A call ends.
    ToolCallEnd(Indexed),
    /// A citation begins.
    CitationStart(CitationStart),
    /// A citation ends.
    CitationEnd(Indexed),
    /// The message ends.
    MessageEnd(MessageEnd),
    /// What the model was given.
    #[open_union(rename = "debug")]
    DebugPrompt(DebugPrompt),
    /// An event that is not known here, or no event, such as the object of an error; as it came.
    #[open_union(other)]
    Unknown(Value),
}

/// The message begins.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct MessageStart {
    /// The id of the reply.
    pub id: Option<String>,
    /// The message, which is empty as yet.
    #[serde(default)]
    pub delta: Delta<ReplyMessage>,
}

/// What comes to a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Delta<M> {
    /// The part of the message that it comes to.
    #[serde(default)]
    pub message: M,
}

/// A content begins.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ContentStart {
    /// Which of the contents it is.
    pub index: Option<u64>,
    /// The content, which is empty as yet.
    #[serde(default)]
    pub delta: Delta<DeltaContent>,
}

/// The model says something more.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct ContentDelta {
    /// Which of the contents it comes to.
    pub index: Option<u64>,
    /// What it says.
    #[serde(default)]
    pub delta: Delta<DeltaContent>,
    /// How likely the tokens were, where that was asked for.
    pub logprobs: Option<Value>,
}

/// What comes to the contents of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct DeltaContent {
    /// What comes to one of them.
    #[serde(default)]
    pub content: ContentPart,
}

/// A part of a content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ContentPart {
    /// The kind of the content, where it begins: `text` or `thinking`.
    pub r#type: Option<String>,
    /// More of a text.
    pub text: Option<String>,
    /// More of a thought.
    pub thinking: Option<String>,
}

/// The end of a content, a citation or a call of a tool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Indexed {
    /// Which of them it is.
    pub index: Option<u64>,
}

/// The model says more of what it wants to do with tools.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ToolPlanDelta {
    /// What it says.
    #[serde(default)]
    pub delta: Delta<DeltaToolPlan>,
}

/// What comes to the plan of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct DeltaToolPlan {
    /// More of the plan.
    pub tool_plan: Option<String>,
}

/// A call of a tool begins, or goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ToolCallPart {
    /// Which of the calls it is.
    pub index: Option<u64>,
    /// What comes to it.
    #[serde(default)]
    pub delta: Delta<DeltaToolCall>,
}

/// What comes to the calls of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct DeltaToolCall {
    /// The call where it begins; then more of its arguments.
    #[serde(default)]
    pub tool_calls: ToolCallV2,
}

/// A citation begins.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct CitationStart {
    /// Which of the citations it is.
    pub index: Option<u64>,
    /// The citation.
    #[serde(default)]
    pub delta: Delta<DeltaCitation>,
}

/// What comes to the citations of a message.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct DeltaCitation {
    /// The citation.
    #[serde(default)]
    pub citations: CitationV2,
}

/// The message ends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct MessageEnd {
    /// The id of the reply.
    pub id: Option<String>,
    /// How it ends.
    #[serde(default)]
    pub delta: MessageEndDelta,
}

/// How a message ends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct MessageEndDelta {
    /// Why.
    pub finish_reason: Option<FinishReason>,
    /// What has failed, where the reason is [`FinishReason::Error`].
    pub error: Option<String>,
    /// What was used and paid for.
    pub usage: Option<Usage>,
}
