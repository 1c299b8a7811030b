//! The events of a streamed chat.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::DebugPrompt;
use super::{CitationV2, FinishReason, ReplyMessage, ToolCallV2, Usage};
use crate::OpenUnion;

/// Returns true for a part that an event does not have.
fn is_default<T: Default + PartialEq>(part: &T) -> bool {
    *part == T::default()
}

/// An event of a streamed chat: the JSON of an event's data. The last one is
/// [`MessageEnd`](Self::MessageEnd). The text `[DONE]` follows it, which is not JSON.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChatStreamEventV2 {
    /// The message begins.
    MessageStart(MessageStart),
    /// A content begins.
    ContentStart(ContentStart),
    /// The next part of a content.
    ContentDelta(ContentDelta),
    /// A content ends.
    ContentEnd(Indexed),
    /// The next part of the model's plan.
    ToolPlanDelta(ToolPlanDelta),
    /// A tool call begins.
    ToolCallStart(ToolCallPart),
    /// The next part of a call's arguments.
    ToolCallDelta(ToolCallPart),
    /// A call ends.
    ToolCallEnd(Indexed),
    /// A citation begins.
    CitationStart(CitationStart),
    /// A citation ends.
    CitationEnd(Indexed),
    /// The message ends.
    MessageEnd(MessageEnd),
    /// The prompt of the model.
    #[open_union(rename = "debug")]
    DebugPrompt(DebugPrompt),
    /// Any other event or object, for example an error, unchanged.
    #[open_union(other)]
    Unknown(Value),
}

/// The message begins.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct MessageStart {
    /// The id of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The message, which is still empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: Delta<ReplyMessage>,
}

/// The next part of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Delta<M> {
    /// Text of the part.
    #[serde(default)]
    pub message: M,
}

/// A content begins.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ContentStart {
    /// Index of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The content, which is still empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: Delta<DeltaContent>,
}

/// The next part of a content.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ContentDelta {
    /// Index of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The next part.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: Delta<DeltaContent>,
    /// Log probabilities of the tokens, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logprobs: Option<Value>,
}

/// The next part of a message's contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DeltaContent {
    /// The next part of one content.
    #[serde(default, skip_serializing_if = "is_default")]
    pub content: ContentPart,
}

/// A part of a content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ContentPart {
    /// Kind of a content that begins: `text` or `thinking`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// The next part of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The next part of a thought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thinking: Option<String>,
}

/// The end of a content, a citation or a tool call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Indexed {
    /// Index of the content, citation or call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
}

/// The next part of the model's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolPlanDelta {
    /// The next part.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: Delta<DeltaToolPlan>,
}

/// The next part of a message's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DeltaToolPlan {
    /// The next part of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_plan: Option<String>,
}

/// A tool call begins or continues.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ToolCallPart {
    /// Index of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The next part.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: Delta<DeltaToolCall>,
}

/// The next part of a message's tool calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DeltaToolCall {
    /// The call when it begins; then the next part of its arguments.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tool_calls: ToolCallV2,
}

/// A citation begins.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CitationStart {
    /// Index of the citation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The citation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: Delta<DeltaCitation>,
}

/// The next part of a message's citations.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DeltaCitation {
    /// The citation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub citations: CitationV2,
}

/// The message ends.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct MessageEnd {
    /// The id of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The end of the message.
    #[serde(default, skip_serializing_if = "is_default")]
    pub delta: MessageEndDelta,
}

/// The end of a message.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct MessageEndDelta {
    /// The reason why the message ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finish_reason: Option<FinishReason>,
    /// The failure, if the reason is [`FinishReason::Error`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Usage and billing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}
