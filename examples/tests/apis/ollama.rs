//! Tests Ollama's endpoints. Requests and responses are the examples of its documentation, with
//! long ones shortened.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use connectors_client::{Body, Client, Error, ErrorKind, Recorder, RequestOptions, TestClock};
use connectors_examples::apis::ollama::{
    BlockingOllamaClient, Capability, DoneReason, Failure, Format, Function, KeepAlive, Message,
    ModelOptions, OllamaClient, OllamaError, Progress, Role, Think, ThinkLevel, Tool,
};
use futures_util::stream;
use serde_json::{Value, json};
use support::server::{Reply, Server};

use crate::builder;
use crate::recorded::recorded;
use crate::sent::{headers, operations, whole};

/// A SHA-256 digest without the name of the algorithm.
const DIGEST: &str = "29fdb92e57cf0827ded04ae6461b5931d01fa595843f55d36f5b275a52087dd2";

const GENERATED: &str = r#"{"model":"gemma4","created_at":"2025-10-17T23:14:07.414671Z",
    "response":"Hello! How can I help you today?","done":true,"done_reason":"stop",
    "total_duration":174560334,"load_duration":101397084,"prompt_eval_count":11,
    "prompt_eval_duration":13074791,"eval_count":18,"eval_duration":52479709}"#;

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

fn start(reply: Reply) -> (Server, OllamaClient) {
    let server = Server::start(reply);
    let ollama = OllamaClient::new(client(&server));
    (server, ollama)
}

/// Returns the request of one call and the result of its response. A recording of it gives the same
/// result.
async fn exchange<T: Debug>(
    reply: Reply,
    call: impl AsyncFn(OllamaClient) -> Result<T, Error>,
) -> (String, T) {
    let open = |url: &str, recorder: &Recorder| {
        let builder = Client::builder(url).env_proxies(false).clock(TestClock::new());
        OllamaClient::new(builder.recorder(recorder).build().unwrap())
    };
    let (requests, read, _) = recorded([reply], open, call).await;
    let [request] = &requests[..] else { panic!("one request: {requests:?}") };
    (whole(request), read.unwrap())
}

/// Formats a POST of JSON.
fn posted(path: &str, accept: &str, body: &str) -> String {
    format!("POST /api/{path}\naccept: {accept}\ncontent-type: application/json\n\n{body}")
}

const LINES: &str = "application/x-ndjson, application/jsonl, application/json;q=0.9, */*;q=0.5";

fn lines(text: &str) -> Reply {
    Reply::text(200, "application/x-ndjson", text)
}

#[test]
#[expect(deprecated, reason = "the older embeddings are documented too")]
fn each_documented_endpoint_is_declared() {
    let endpoints = [
        OllamaClient::GENERATE,
        OllamaClient::GENERATE_STREAM,
        OllamaClient::CHAT,
        OllamaClient::CHAT_STREAM,
        OllamaClient::EMBED,
        OllamaClient::EMBEDDINGS,
        OllamaClient::LIST,
        OllamaClient::RUNNING,
        OllamaClient::SHOW,
        OllamaClient::CREATE,
        OllamaClient::COPY,
        OllamaClient::DELETE,
        OllamaClient::PULL,
        OllamaClient::PULL_WHOLE,
        OllamaClient::PUSH,
        OllamaClient::HAS_BLOB,
        OllamaClient::CREATE_BLOB,
        OllamaClient::VERSION,
    ];
    assert_eq!(
        operations(&endpoints),
        [
            "POST api/generate",
            "POST api/generate",
            "POST api/chat",
            "POST api/chat",
            "POST api/embed",
            "POST api/embeddings",
            "GET api/tags",
            "GET api/ps",
            "POST api/show",
            "POST api/create",
            "POST api/copy",
            "DELETE api/delete",
            "POST api/pull",
            "POST api/pull",
            "POST api/push",
            "HEAD api/blobs/sha256:<digest>",
            "POST api/blobs/sha256:<digest>",
            "GET api/version",
        ]
    );
}

#[tokio::test]
async fn an_answer_is_generated_whole() {
    let (sent, answer) = exchange(Reply::json(200, GENERATED), async |ollama| {
        let options = ModelOptions {
            temperature: Some(0.8),
            top_p: Some(0.9),
            seed: Some(42),
            ..Default::default()
        };
        ollama.generate("gemma4").prompt("Why is the sky blue?").model_options(&options).await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "generate",
            "application/json",
            r#"{"model":"gemma4","prompt":"Why is the sky blue?","options":{"seed":42,"temperature":0.8,"top_p":0.9},"stream":false}"#
        )
    );
    assert_eq!(answer.response, "Hello! How can I help you today?");
    assert_eq!(answer.created_at.to_string(), "2025-10-17T23:14:07.414671Z");
    assert_eq!((answer.done, answer.done_reason), (true, Some(DoneReason::Stop)));
    assert_eq!(
        (answer.statistics.eval_count, answer.statistics.eval_duration),
        (Some(18), Some(52_479_709))
    );
}

#[tokio::test]
async fn every_argument_of_a_prompt_is_sent_under_its_name() {
    let schema =
        json!({"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"]});
    let mut options = ModelOptions {
        stop: Some(vec!["\n".to_owned(), "user:".to_owned()]),
        ..Default::default()
    };
    options.other.insert("num_thread".to_owned(), json!(8));
    let (server, ollama) = start(Reply::json(200, GENERATED));
    ollama
        .generate("m")
        .prompt("p")
        .suffix("s")
        .images(&["aGk="])
        .format(&Format::Schema(schema))
        .system("y")
        .template("t")
        .think(&Think::Level(ThinkLevel::Low))
        .raw(true)
        .keep_alive(&KeepAlive::Text("5m".to_owned()))
        .model_options(&options)
        .context(&[1, 2, 3])
        .logprobs(true)
        .top_logprobs(2)
        .await
        .unwrap();
    let sent: Value = serde_json::from_slice(&server.request().body).unwrap();
    assert_eq!(
        sent,
        json!({
            "model": "m", "prompt": "p", "suffix": "s", "images": ["aGk="],
            "format": {"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"]},
            "system": "y", "template": "t", "think": "low", "raw": true, "keep_alive": "5m",
            "options": {"stop": ["\n", "user:"], "num_thread": 8},
            "context": [1, 2, 3], "logprobs": true, "top_logprobs": 2, "stream": false
        })
    );
}

#[tokio::test]
async fn an_empty_prompt_loads_and_unloads_a_model() {
    let (sent, answer) = exchange(
        Reply::json(
            200,
            r#"{"model":"llama3.2","created_at":"2024-09-12T03:54:03.516566Z","response":"","done":true,"done_reason":"unload"}"#,
        ),
        async |ollama| ollama.generate("llama3.2").keep_alive(&KeepAlive::Seconds(0)).await,
    )
    .await;
    assert_eq!(
        sent,
        posted(
            "generate",
            "application/json",
            r#"{"model":"llama3.2","keep_alive":0,"stream":false}"#
        )
    );
    assert_eq!(
        (answer.done_reason, answer.statistics.total_duration),
        (Some(DoneReason::Unload), None)
    );
}

#[tokio::test]
async fn an_answer_streams_until_its_last_part() {
    let reply = lines(concat!(
        r#"{"model":"llama3.2","created_at":"2023-08-04T08:52:19.385406455-07:00","response":"The","done":false}"#,
        "\n",
        r#"{"model":"llama3.2","created_at":"2023-08-04T08:52:19.485406455-07:00","response":" sky","done":false}"#,
        "\n",
        r#"{"model":"llama3.2","created_at":"2023-08-04T19:22:45.499127Z","response":"","done":true,"context":[1,2,3],"total_duration":10706818083,"eval_count":259}"#,
        "\n",
    ));
    // The chunks of the response do not match its lines.
    let (server, ollama) = start(reply.chunked([50, 7, 200]));
    let mut parts =
        ollama.generate_stream("llama3.2").prompt("Why is the sky blue?").await.unwrap();
    let mut text = String::new();
    let mut last = None;
    while let Some(part) = parts.next().await {
        let part = part.unwrap();
        text.push_str(&part.response);
        last = Some(part);
    }
    assert_eq!(
        whole(&server.request()),
        posted(
            "generate",
            LINES,
            r#"{"model":"llama3.2","prompt":"Why is the sky blue?","stream":true}"#
        )
    );
    let last = last.unwrap();
    assert_eq!((text.as_str(), last.done, last.context), ("The sky", true, Some(vec![1, 2, 3])));
    assert_eq!(last.statistics.total_duration, Some(10_706_818_083));
}

#[tokio::test]
async fn a_failed_or_truncated_stream_is_an_error() {
    let part = r#"{"model":"gemma3","created_at":"2025-10-26T17:21:21.196249Z","response":" Yes","done":false}"#;
    let error = r#"{"error":"an error was encountered while running the model"}"#;
    let (_server, ollama) = start(lines(&format!("{part}\n{error}\n")));
    let mut parts = ollama.generate_stream("gemma3").prompt("?").await.unwrap();
    assert_eq!(parts.next().await.unwrap().unwrap().response, " Yes");
    let failed = parts.next().await.unwrap().unwrap_err();
    let said = Failure { error: "an error was encountered while running the model".to_owned() };
    assert_eq!((failed.kind(), failed.message()), (ErrorKind::Api, Some(said.error.as_str())));
    assert_eq!(failed.class(), Some(OllamaError::InternalServerError(Some(said))));
    assert!(parts.next().await.is_none());

    let (_server, ollama) = start(lines(&format!("{part}\n")));
    let mut parts = ollama.generate_stream("gemma3").prompt("?").await.unwrap();
    parts.next().await.unwrap().unwrap();
    assert_eq!(parts.next().await.unwrap().unwrap_err().kind(), ErrorKind::StreamTruncated);
}

#[tokio::test]
async fn a_chat_with_tools_is_answered_whole() {
    let weather = Tool::Function(Function {
        name: "get_current_weather".to_owned(),
        description: Some("Get the current weather for a location".to_owned()),
        parameters: json!({"type": "object", "properties": {"location": {"type": "string"}}, "required": ["location"]}),
    });
    let reply = r#"{"model":"llama3.2","created_at":"2024-07-22T20:33:28.123648Z",
        "message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"get_current_weather",
        "arguments":{"format":"celsius","location":"Paris, FR"}}}]},
        "done_reason":"stop","done":true,"total_duration":885095291,"eval_count":33}"#;
    let (sent, answer) = exchange(Reply::json(200, reply), async |ollama| {
        let messages = [Message::new(Role::User, "What is the weather today in Paris?")];
        ollama
            .chat("llama3.2", &messages)
            .tools(std::slice::from_ref(&weather))
            .think(&Think::Switch(false))
            .await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "chat",
            "application/json",
            r#"{"model":"llama3.2","messages":[{"role":"user","content":"What is the weather today in Paris?"}],"tools":[{"type":"function","function":{"name":"get_current_weather","description":"Get the current weather for a location","parameters":{"properties":{"location":{"type":"string"}},"required":["location"],"type":"object"}}}],"think":false,"stream":false}"#
        )
    );
    let message = answer.message.unwrap();
    let call = &message.tool_calls.as_ref().unwrap()[0].function;
    assert_eq!((message.role, call.name.as_str()), (Role::Assistant, "get_current_weather"));
    assert_eq!(call.arguments["location"], "Paris, FR");
}

#[tokio::test]
async fn a_chat_streams_its_answer_and_sends_its_history() {
    let reply = lines(concat!(
        r#"{"model":"llama3.2","created_at":"2023-08-04T08:52:19.385406455-07:00","message":{"role":"assistant","content":"The","images":null},"done":false}"#,
        "\n",
        r#"{"model":"llama3.2","created_at":"2023-08-04T19:22:45.499127Z","done":true,"total_duration":4883583458,"eval_count":282}"#,
        "\n",
    ));
    let (server, ollama) = start(reply);
    let messages = [
        Message::new(Role::User, "why is the sky blue?"),
        Message::new(Role::Assistant, "due to rayleigh scattering."),
        Message::new(Role::User, "how is that different than mie scattering?"),
    ];
    let mut parts = ollama.chat_stream("llama3.2", &messages).format(&Format::Json).await.unwrap();
    let first = parts.next().await.unwrap().unwrap().message.unwrap();
    assert_eq!((first.content.as_str(), first.images), ("The", None));
    let last = parts.next().await.unwrap().unwrap();
    assert_eq!((last.message, last.statistics.eval_count), (None, Some(282)));
    assert!(parts.next().await.is_none());
    assert_eq!(
        whole(&server.request()),
        posted(
            "chat",
            LINES,
            r#"{"model":"llama3.2","messages":[{"role":"user","content":"why is the sky blue?"},{"role":"assistant","content":"due to rayleigh scattering."},{"role":"user","content":"how is that different than mie scattering?"}],"format":"json","stream":true}"#
        )
    );
}

#[tokio::test]
async fn texts_are_embedded() {
    let reply = r#"{"model":"all-minilm","embeddings":[[0.010071029,-0.0017594862],[-0.0098027075,0.06042469]],
        "total_duration":14143917,"load_duration":1019500,"prompt_eval_count":8}"#;
    let (sent, read) = exchange(Reply::json(200, reply), async |ollama| {
        ollama
            .embed("all-minilm", &["Why is the sky blue?", "Why is the grass green?"])
            .dimensions(128)
            .await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "embed",
            "application/json",
            r#"{"model":"all-minilm","input":["Why is the sky blue?","Why is the grass green?"],"dimensions":128}"#
        )
    );
    assert_eq!(
        read.embeddings,
        [[0.010_071_029, -0.001_759_486_2], [-0.009_802_707_5, 0.060_424_69]]
    );
    assert_eq!(read.prompt_eval_count, Some(8));
}

#[tokio::test]
#[expect(deprecated, reason = "the older embeddings are documented too")]
async fn a_text_is_embedded_by_the_older_endpoint() {
    let (sent, read) = exchange(
        Reply::json(200, r#"{"embedding":[0.5670403838157654,-0.2916173040866852]}"#),
        async |ollama| ollama.embeddings("all-minilm", "Here is an article about llamas...").await,
    )
    .await;
    assert_eq!(
        sent,
        posted(
            "embeddings",
            "application/json",
            r#"{"model":"all-minilm","prompt":"Here is an article about llamas..."}"#
        )
    );
    assert_eq!(read.embedding, [0.567_040_383_815_765_4, -0.291_617_304_086_685_2]);
}

#[tokio::test]
async fn local_and_running_models_are_listed() {
    let reply = r#"{"models":[{"name":"codellama:13b","modified_at":"2023-11-04T14:56:49.277302595-07:00","size":7365960935,
        "digest":"9f438cb9cd581fc025612d27f7c1a6669ff83a8bb0ed86c94fcf4c5440555697",
        "details":{"format":"gguf","family":"llama","families":null,"parameter_size":"13B","quantization_level":"Q4_0"}}]}"#;
    let (sent, read) = exchange(Reply::json(200, reply), async |ollama| ollama.list().await).await;
    assert_eq!(sent, "GET /api/tags\naccept: application/json\n");
    let model = &read.models[0];
    assert_eq!((model.name.as_str(), model.size), ("codellama:13b", 7_365_960_935));
    assert_eq!(model.modified_at.to_string(), "2023-11-04T21:56:49.277302595Z");
    assert_eq!(
        (model.details.families.as_ref(), model.details.parameter_size.as_deref()),
        (None, Some("13B"))
    );

    let reply = r#"{"models":[{"name":"gemma4","model":"gemma4","size":6591830464,
        "digest":"c6eb396dbd5992bbe3f5cdb947e8bbc0ee413d7c17e2beaae69f5d569cf982eb",
        "details":{"parent_model":"","format":"gguf","family":"gemma4","families":["gemma4"],"parameter_size":"8.0B",
        "quantization_level":"Q4_K_M"},"expires_at":"2025-10-17T16:47:07.93355-07:00","size_vram":5333539264,
        "context_length":4096}]}"#;
    let (sent, read) =
        exchange(Reply::json(200, reply), async |ollama| ollama.running().await).await;
    assert_eq!(sent, "GET /api/ps\naccept: application/json\n");
    assert_eq!(
        (read.models[0].size_vram, read.models[0].context_length),
        (5_333_539_264, Some(4096))
    );
    assert_eq!(read.models[0].expires_at.to_string(), "2025-10-17T23:47:07.93355Z");
}

#[tokio::test]
async fn a_model_is_shown() {
    let reply = r#"{"parameters":"temperature 0.7\nnum_ctx 2048","license":"Gemma Terms of Use",
        "capabilities":["completion","vision","singing"],"modified_at":"2025-08-14T15:49:43.634137516-07:00",
        "details":{"parent_model":"","format":"gguf","family":"gemma4","families":["gemma4"],"parameter_size":"8.0B",
        "quantization_level":"Q4_K_M"},"model_info":{"gemma4.block_count":42,"tokenizer.ggml.tokens":null}}"#;
    let (sent, read) =
        exchange(Reply::json(200, reply), async |ollama| ollama.show("gemma4").verbose(true).await)
            .await;
    assert_eq!(sent, posted("show", "application/json", r#"{"model":"gemma4","verbose":true}"#));
    let known =
        [Capability::Completion, Capability::Vision, Capability::Unknown("singing".to_owned())];
    assert_eq!(read.capabilities.unwrap(), known);
    assert_eq!(read.model_info["gemma4.block_count"], 42);
}

#[tokio::test]
async fn a_model_is_created_with_progress() {
    let reply = lines(concat!(
        "{\"status\":\"reading model metadata\"}\n",
        "{\"status\":\"creating system layer\"}\n",
        "{\"status\":\"writing manifest\"}\n",
        "{\"status\":\"success\"}\n",
    ));
    let (server, ollama) = start(reply);
    let digest = format!("sha256:{DIGEST}");
    let files = BTreeMap::from([("model.gguf", digest.as_str())]);
    let request = ollama
        .create("mario")
        .from("gemma4")
        .files(&files)
        .system("You are Mario from Super Mario Bros.");
    let mut steps = request.quantize("q4_K_M").await.unwrap();
    let mut said = Vec::new();
    while let Some(step) = steps.next().await {
        said.push(step.unwrap().status);
    }
    assert_eq!(
        said,
        ["reading model metadata", "creating system layer", "writing manifest", "success"]
    );
    assert_eq!(
        whole(&server.request()),
        posted(
            "create",
            LINES,
            &format!(
                r#"{{"model":"mario","from":"gemma4","files":{{"model.gguf":"sha256:{DIGEST}"}},"system":"You are Mario from Super Mario Bros.","quantize":"q4_K_M","stream":true}}"#
            )
        )
    );
}

#[tokio::test]
async fn a_model_is_copied_and_deleted() {
    let (sent, ()) =
        exchange(Reply::empty(200), async |ollama| ollama.copy("gemma4", "gemma4-backup").await)
            .await;
    assert_eq!(sent, posted("copy", "*/*", r#"{"source":"gemma4","destination":"gemma4-backup"}"#));

    let (sent, ()) =
        exchange(Reply::empty(200), async |ollama| ollama.delete("gemma4").await).await;
    assert_eq!(
        sent,
        "DELETE /api/delete\naccept: */*\ncontent-type: application/json\n\n{\"model\":\"gemma4\"}"
    );
}

#[tokio::test]
async fn a_pull_reports_progress_and_failure() {
    let text = concat!(
        "{\"status\":\"pulling manifest\"}\n",
        "{\"status\":\"downloading digestname\",\"digest\":\"digestname\",\"total\":2142590208,\"completed\":241970}\n",
        "{\"status\":\"success\"}\n",
        "{\"status\":\"behind the end\"}\n",
    );
    let (server, ollama) = start(lines(text));
    let mut steps = ollama.pull("gemma4").insecure(false).await.unwrap();
    let mut all = Vec::new();
    while let Some(step) = steps.next().await {
        all.push(step.unwrap());
    }
    assert_eq!(all.len(), 3, "the last part reports success");
    let step = Progress {
        status: "downloading digestname".to_owned(),
        digest: Some("digestname".to_owned()),
        total: Some(2_142_590_208),
        completed: Some(241_970),
    };
    assert_eq!(all[1], step);
    assert_eq!(
        whole(&server.request()),
        posted("pull", LINES, r#"{"model":"gemma4","insecure":false,"stream":true}"#)
    );

    let failed = "{\"status\":\"pulling manifest\"}\n{\"error\":\"pull model manifest: file does not exist\"}\n";
    let (_server, ollama) = start(lines(failed));
    let mut steps = ollama.pull("gemma5").await.unwrap();
    steps.next().await.unwrap().unwrap();
    let error = steps.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST api/pull: 500 InternalServerError: reported within the stream: \
         pull model manifest: file does not exist"
    );

    let (sent, done) = exchange(Reply::json(200, r#"{"status":"success"}"#), async |ollama| {
        ollama.pull_whole("gemma4").await
    })
    .await;
    assert_eq!(sent, posted("pull", "application/json", r#"{"model":"gemma4","stream":false}"#));
    assert_eq!(done.status, "success");
}

#[test]
fn a_push_is_read_by_an_iterator() {
    let text = format!(
        "{{\"status\":\"retrieving manifest\"}}\n\
         {{\"status\":\"starting upload\",\"digest\":\"sha256:{DIGEST}\",\"total\":1928429856}}\n\
         {{\"status\":\"pushing manifest\"}}\n\
         {{\"status\":\"success\"}}\n"
    );
    let server = Server::start(lines(&text));
    let ollama = BlockingOllamaClient::new(client(&server));
    let steps = ollama.push("mattw/pygmalion:latest").send().unwrap();
    let steps: Vec<_> = steps.into_iter().map(|step| step.unwrap().total).collect();
    assert_eq!(steps, [None, Some(1_928_429_856), None, None]);
    assert_eq!(
        whole(&server.request()),
        posted("push", LINES, r#"{"model":"mattw/pygmalion:latest","stream":true}"#)
    );
}

#[tokio::test]
async fn a_blob_is_checked_and_uploaded_as_a_stream() {
    for (status, there) in [(200, Some(())), (404, None)] {
        let (sent, found) =
            exchange(Reply::empty(status), async |ollama| ollama.has_blob(DIGEST).await).await;
        assert_eq!(found, there);
        assert_eq!(sent, format!("HEAD /api/blobs/sha256:{DIGEST}\naccept: */*\n"));
    }

    let (server, ollama) = start(Reply::empty(201));
    let pieces =
        [Ok::<_, io::Error>(Bytes::from_static(b"GGUF")), Ok(Bytes::from_static(&[3, 0, 0, 0]))];
    ollama
        .create_blob(DIGEST, Body::from_stream(stream::iter(pieces)).with_length(8))
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        (request.method.as_str(), request.target.clone()),
        ("POST", format!("/api/blobs/sha256:{DIGEST}"))
    );
    assert_eq!(headers(&request), "accept: */*\ncontent-type: application/octet-stream\n");
    assert_eq!(request.header("content-length"), Some("8"));
    assert_eq!(request.body, b"GGUF\x03\0\0\0");
}

#[tokio::test]
async fn a_file_blob_is_retried_unlike_a_stream() {
    let path = std::env::temp_dir().join(format!("connectors-apis-ollama-{}", std::process::id()));
    std::fs::write(&path, b"GGUF").unwrap();
    let server = Server::start([Reply::empty(503), Reply::empty(201), Reply::empty(503)]);
    let ollama = OllamaClient::new(client(&server));
    ollama.create_blob(DIGEST, Body::file(&path)).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(server.requests().iter().all(|request| request.body == b"GGUF"));
    assert_eq!(server.requests().len(), 2);

    let pieces = [Ok::<_, io::Error>(Bytes::from_static(b"GGUF"))];
    let error =
        ollama.create_blob(DIGEST, Body::from_stream(stream::iter(pieces))).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 3));
    assert!(error.to_string().contains("the request body is a stream"), "{error}");
}

#[tokio::test]
async fn the_version_is_read() {
    let (sent, read) = exchange(Reply::json(200, r#"{"version":"0.12.6"}"#), async |ollama| {
        ollama.version().await
    })
    .await;
    assert_eq!(sent, "GET /api/version\naccept: application/json\n");
    assert_eq!(read.version, "0.12.6");
}

#[tokio::test]
async fn errors_have_the_documented_classes_and_messages() {
    let said = |error: &str| Some(Failure { error: error.to_owned() });
    let cases = [
        (
            400,
            r#"{"error":"missing request body"}"#,
            OllamaError::BadRequest(said("missing request body")),
        ),
        (
            404,
            r#"{"error":"model 'nope' not found"}"#,
            OllamaError::NotFound(said("model 'nope' not found")),
        ),
        (404, "404 page not found", OllamaError::NotFound(None)),
        (
            500,
            r#"{"error":"the model failed to generate a response"}"#,
            OllamaError::InternalServerError(said("the model failed to generate a response")),
        ),
        (502, "", OllamaError::BadGateway),
        (401, r#"{"error":"unauthorized"}"#, OllamaError::Other),
    ];
    for (status, body, class) in cases {
        let (server, ollama) = start(Reply::json(status, body));
        let error = ollama.generate("nope").await.unwrap_err();
        assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(class)));
        assert_eq!(server.requests().len(), 1, "a prompt must not be retried");
    }

    // Before a stream begins, an error is like that of any other call.
    let (_server, ollama) = start(Reply::json(404, r#"{"error":"model 'nope' not found"}"#));
    let error = ollama.chat_stream("nope", &[]).await.unwrap_err();
    assert_eq!(error.to_string(), "POST api/chat: 404 NotFound: model 'nope' not found");

    let server =
        Server::start([Reply::json(429, r#"{"error":"slow down"}"#), Reply::json(200, GENERATED)]);
    let ollama = OllamaClient::new(client(&server));
    assert!(ollama.generate("gemma4").await.unwrap().done, "a refused prompt must be retried");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_slow_answer_does_not_time_out() {
    let server = Server::start([Reply::json(200, GENERATED).delay(Duration::from_millis(200))]);
    let limit = Duration::from_millis(50);
    let client = builder(&server).attempt_timeout(limit).timeout(limit).build().unwrap();
    let ollama = OllamaClient::new(client);
    assert!(ollama.generate("gemma4").await.unwrap().done);
    let error =
        ollama.generate("gemma4").options(RequestOptions::new().timeout(limit)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}
