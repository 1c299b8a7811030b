//! The recorded chat streams over a real connection: the request, the events in order, and the end
//! of the stream.

use connectors_client::cohere::chat::{ChatClient, ChatConnector, ChatMessage, ChatV2Client};
use connectors_client::{Client, Error, ErrorKind};
use futures_util::{Stream, StreamExt as _};
use serde_json::Value;
use support::clock::TestClock;
use support::server::{Reply, Server};

/// Differences between the library and the SDK: the events, the error and the reason.
const DIFFERENCES: [(&str, &[&str], Option<ErrorKind>, &str); 11] = [
    (
        "v1/empty",
        &[],
        Some(ErrorKind::StreamTruncated),
        "a stream without its last event is cut off",
    ),
    (
        "v1/raw_u2028",
        &["StreamStart", "TextGeneration", "TextGeneration", "TextGeneration", "StreamEnd"],
        None,
        "only LF and CRLF end a line",
    ),
    (
        "v1/unknown_event",
        &["StreamStart", "Unknown", "StreamEnd"],
        None,
        "an unknown event is kept as such",
    ),
    (
        "v1/non_object_line",
        &["StreamStart", "Unknown", "Unknown", "Unknown", "StreamEnd"],
        None,
        "a value that is not an object is kept too",
    ),
    (
        "v1/cut_midline",
        &["StreamStart"],
        Some(ErrorKind::StreamTruncated),
        "the connection ended before the last event",
    ),
    (
        "v2/unterminated_last",
        &["MessageStart", "ContentStart"],
        Some(ErrorKind::StreamTruncated),
        "a stream without its last event is cut off",
    ),
    (
        "v2/error_object",
        &["MessageStart"],
        Some(ErrorKind::Api),
        "an error object is an error, not an event",
    ),
    (
        "v2/event_error",
        &["MessageStart"],
        Some(ErrorKind::Api),
        "an error object is an error, not an event",
    ),
    ("v2/unknown_type", &["MessageStart", "Unknown"], None, "an unknown event is kept as such"),
    ("v2/wrong_ct", &[], Some(ErrorKind::Decode), "the error keeps the body"),
    (
        "v2/empty",
        &[],
        Some(ErrorKind::StreamTruncated),
        "a stream without its last event is cut off",
    ),
];

#[tokio::test]
async fn chat_streams_match_the_recordings() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/chat-streams.json");
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 35);
    let mut differing = 0;
    for vector in vectors {
        differing += usize::from(run(vector).await);
    }
    assert_eq!(differing, DIFFERENCES.len(), "each difference belongs to a vector");
}

/// No vector has an error object in a version one stream.
#[tokio::test]
async fn an_error_object_ends_a_version_one_stream() {
    let text = "{\"event_type\": \"stream-start\"}\n{\"message\": \"too many tokens\"}\n";
    let server = Server::start([Reply::text(200, "application/stream+json", text)]);
    let client =
        Client::builder(server.url()).env_proxies(false).clock(TestClock::new()).build().unwrap();
    let (events, error) = all(ChatClient::new(client).chat_stream("m").await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!(
        (events.len(), error.kind(), error.message()),
        (1, ErrorKind::Api, Some("too many tokens"))
    );
}

/// Runs a vector. Returns true if it is listed as a difference.
async fn run(vector: &Value) -> bool {
    let name = vector["name"].as_str().unwrap();
    let server = Server::start([reply(&vector["reply"])]);
    let client =
        Client::builder(server.url()).env_proxies(false).clock(TestClock::new()).build().unwrap();
    let (events, error) = if name.starts_with("v1") {
        version_one(client, vector).await
    } else {
        version_two(client, vector).await
    };
    let request = server.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), &*request.target),
        ("POST", vector["request"]["target"].as_str().unwrap())
    );
    assert_eq!(
        serde_json::from_slice::<Value>(&request.body).unwrap(),
        vector["request"]["json"],
        "{name}"
    );
    let wanted = DIFFERENCES.iter().find(|(other, ..)| *other == name);
    match wanted {
        Some((_, wanted, kind, _)) => {
            assert_eq!(events, *wanted, "{name}: {error:?}");
            assert_eq!(error.as_ref().map(Error::kind), *kind, "{name}: {error:?}");
        }
        None => {
            assert_matches_the_sdk(name, vector, &events, error.as_ref(), server.requests().len());
        }
    }
    wanted.is_some()
}

/// Asserts that the events have the SDK's tags, and that the error is the expected one.
fn assert_matches_the_sdk(
    name: &str,
    vector: &Value,
    events: &[String],
    error: Option<&Error>,
    requests: usize,
) {
    let tags = vector["outcome"]["events"].as_array().unwrap().iter().map(|event| {
        let tag = event.get("event_type").or(event.get("type")).and_then(Value::as_str).unwrap();
        tag.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect::<String>()
    });
    assert_eq!(events, tags.collect::<Vec<_>>(), "{name}: {error:?}");
    match &vector["want"] {
        Value::Null => assert!(error.is_none(), "{name}: {error:?}"),
        want => {
            let error = error.unwrap();
            assert_eq!(format!("{:?}", error.kind()), want["kind"].as_str().unwrap(), "{name}");
            assert_eq!(error.status().unwrap().as_u16(), want["status"], "{name}");
            assert_eq!(
                (error.attempts() as usize, want["attempts"].as_u64()),
                (requests, Some(requests as u64)),
                "{name}"
            );
        }
    }
}

async fn version_one(client: Client, vector: &Value) -> (Vec<String>, Option<Error>) {
    let json = &vector["request"]["json"];
    let connectors: Vec<_> = json["connectors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|connector| ChatConnector::new(connector["id"].as_str().unwrap()))
        .collect();
    let call = ChatClient::new(client).chat_stream(json["message"].as_str().unwrap());
    match call.maybe_connectors((!connectors.is_empty()).then_some(&connectors)).await {
        Ok(stream) => all(stream).await,
        Err(error) => (Vec::new(), Some(error)),
    }
}

async fn version_two(client: Client, vector: &Value) -> (Vec<String>, Option<Error>) {
    let json = &vector["request"]["json"];
    let messages = [ChatMessage::user(json["messages"][0]["content"].as_str().unwrap())];
    match ChatV2Client::new(client).chat_stream(json["model"].as_str().unwrap(), &messages).await {
        Ok(stream) => all(stream).await,
        Err(error) => (Vec::new(), Some(error)),
    }
}

/// Returns the variant names of the events and the error that ends the stream, if any.
async fn all<T: std::fmt::Debug>(
    mut stream: impl Stream<Item = Result<T, Error>> + Unpin,
) -> (Vec<String>, Option<Error>) {
    let mut events = Vec::new();
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => {
                let shown = format!("{event:?}");
                events.push(shown.split('(').next().unwrap().to_owned());
            }
            Err(error) => return (events, Some(error)),
        }
    }
    (events, None)
}

/// Returns the recorded response in its chunks, or truncated within the last one.
fn reply(reply: &Value) -> Reply {
    let chunks: Vec<Vec<u8>> = match reply["chunks"].as_array() {
        Some(chunks) => chunks.iter().map(bytes).collect(),
        None => vec![bytes(&reply["body"])],
    };
    let header = &reply["headers"][0];
    assert_eq!(header[0], "content-type");
    let status = u16::try_from(reply["status"].as_u64().unwrap()).unwrap();
    let (body, sizes) =
        (chunks.concat(), chunks.iter().map(Vec::len).filter(|size| *size > 0).collect::<Vec<_>>());
    let length = body.len() as u64;
    let whole = Reply::bytes(status, header[1].as_str().unwrap(), body);
    match (reply["mode"].as_str(), sizes.is_empty()) {
        (Some("cut"), _) => whole.declare_length(length + 100).then_close(),
        (_, true) => whole,
        (_, false) => whole.chunked(sizes),
    }
}

fn bytes(chunk: &Value) -> Vec<u8> {
    match chunk.get("$latin1") {
        Some(latin1) => {
            latin1.as_str().unwrap().chars().map(|byte| u8::try_from(byte).unwrap()).collect()
        }
        None => chunk.as_str().unwrap().as_bytes().to_vec(),
    }
}
