//! Public types of the library, as its sources declare them.

use std::collections::BTreeSet;
use std::path::Path;

/// Types that never contain a secret, with the reason.
const WITHOUT_SECRETS: [(&[&str], &str); 8] = [
    (&["Progress"], "two numbers"),
    (&["Event", "ServerSentEvent", "Text"], "text of a server, which is meant to be shown"),
    (&["Call", "Caller"], "generated clients and requests show them as themselves"),
    (&["Thin", "Raw", "BlockingThin", "BlockingRaw"], "types without values"),
    (
        &["EndpointOptions", "Mark", "Pagination", "QueryPart", "Reading"],
        "parts of a description that is known at compile time",
    ),
    (
        &["FinishReason", "BilledUnits", "Tokens", "ApiMeta", "ApiVersion", "Usage", "ChatRole"],
        "numbers, and names chosen by the API",
    ),
    (
        &[
            "ChatResponse",
            "ChatCitation",
            "ChatSearchQuery",
            "ChatSearchResult",
            "ChatSearchResultConnector",
            "ToolCall",
            "HistoryMessage",
            "ChatStreamEvent",
            "StreamStart",
            "SearchQueriesGeneration",
            "SearchResults",
            "TextGeneration",
            "CitationGeneration",
            "ToolCallsChunk",
            "ToolCallDelta",
            "ToolCallsGeneration",
            "StreamEnd",
            "DebugPrompt",
            "ChatMessage",
            "ChatResponseV2",
            "ReplyMessage",
            "ChatContent",
            "TextContent",
            "ThinkingContent",
            "ToolCallV2",
            "ToolFunction",
            "CitationV2",
            "ChatSource",
            "DocumentSource",
            "ToolSource",
            "ChatStreamEventV2",
            "MessageStart",
            "Delta",
            "ContentStart",
            "ContentDelta",
            "DeltaContent",
            "ContentPart",
            "Indexed",
            "ToolPlanDelta",
            "DeltaToolPlan",
            "ToolCallPart",
            "DeltaToolCall",
            "CitationStart",
            "DeltaCitation",
            "MessageEnd",
            "MessageEndDelta",
        ],
        "chat messages of either side; the token of a connector belongs to `ChatConnector`",
    ),
    (
        &[
            "Connector",
            "ListConnectorsResponse",
            "CreateConnectorResponse",
            "GetConnectorResponse",
            "UpdateConnectorResponse",
            "ConnectorAuthStatus",
            "AuthTokenType",
            "ConnectorsError",
            "Tagged",
        ],
        "data of a server; any secret in it has its own type",
    ),
];

/// Returns the public types in the sources, and those among them that contain no secret.
pub(crate) fn all() -> (BTreeSet<String>, BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("connectors-client/src");
    let mut types = BTreeSet::new();
    collect(&root, &mut types);
    let without = WITHOUT_SECRETS.iter().flat_map(|(names, _)| *names).map(ToString::to_string).collect();
    (types, without)
}

/// Returns the types that are neither shown nor listed as free of secrets, so nobody has reviewed
/// them.
pub(crate) fn unseen(shown: &BTreeSet<String>) -> Vec<String> {
    let (types, without) = all();
    types.difference(shown).filter(|name| !without.contains(*name)).cloned().collect()
}

fn collect(folder: &Path, types: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, types);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            types.extend(declared(&std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Returns the names after `pub struct` and `pub enum` at the beginning of a line. Examples and
/// items inside functions do not count.
fn declared(source: &str) -> impl Iterator<Item = String> {
    source.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
        Some(rest[..end].to_owned())
    })
}

#[test]
fn declarations_are_found() {
    let source =
        "pub struct A<T>(T);\npub(crate) struct No;\n/// pub struct No;\npub enum B {\n    pub struct No;\n";
    assert_eq!(declared(source).collect::<Vec<_>>(), ["A", "B"]);
    let (types, without) = all();
    assert!(types.len() > 50 && types.contains("Client"), "{types:?}");
    let gone: Vec<_> = without.difference(&types).collect();
    assert!(gone.is_empty(), "listed types no longer exist: {gone:?}");
}

/// Control: the check names a type that is missing from both lists, also one of the chat.
#[test]
fn an_unreviewed_public_type_is_detected() {
    let (types, without) = all();
    let shown: BTreeSet<_> = types.difference(&without).cloned().collect();
    assert_eq!(unseen(&shown), Vec::<String>::new());
    for left_out in ["Secret", "ChatConnector"] {
        let mut shown = shown.clone();
        assert!(shown.remove(left_out), "{left_out}");
        assert_eq!(unseen(&shown), [left_out]);
    }
}
