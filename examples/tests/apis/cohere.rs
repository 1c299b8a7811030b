//! Tests Cohere's other endpoints on an account with connectors. Requests and responses are the
//! examples of its OpenAPI description, with our own values if it has none.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connectors_client::cohere::{Cohere, ConnectorsClient, ConnectorsError};
use connectors_client::mode::BlockingRaw;
use connectors_client::{Error, ErrorKind, Part, Recorder, RequestOptions};
use connectors_examples::apis::cohere::{
    ClassificationType, CompatibleEndpoint, DatasetType, DatasetsClient, EmbedContent, EmbedInput,
    EmbedJobsClient, EmbeddingType, Example, FoundDataset, ImageUrl, InputType, JobStatus,
    JobTruncate, KeysClient, ModelsClient, Platform, RelevantSpans, SearchClient, SpansMode,
    TextsClient, Truncate, ValidationStatus,
};
use serde_json::{Value, json};
use support::clock::TestClock;
use support::server::{Reply, Server};

use crate::recorded::recorded;
use crate::sent::{headers, operations, whole};

const HEADERS: &str =
    "accept: application/json\nauthorization: Bearer co-key\nx-client-name: my-project\n";

fn account(server: &Server, clock: &TestClock) -> Cohere {
    let clock = clock.clone();
    Cohere::builder()
        .base_url(server.url())
        .token("co-key")
        .client_name("my-project")
        .client(|client| client.env_proxies(false).clock(clock))
        .build()
        .unwrap()
}

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, Platform, TestClock) {
    let server = Server::start(replies);
    let clock = TestClock::new();
    let platform = Platform::new(account(&server, &clock).client().clone());
    (server, platform, clock)
}

/// Returns the request of one call and the result of its response. A recording of it gives the same
/// result.
async fn exchange<T: Debug>(
    reply: &str,
    call: impl AsyncFn(Platform) -> Result<T, Error>,
) -> (String, T) {
    let open = |url: &str, recorder: &Recorder| {
        let account = Cohere::builder().base_url(url).token("co-key").client_name("my-project");
        let account = account.client(|client| client.env_proxies(false).recorder(recorder));
        Platform::new(account.build().unwrap().client().clone())
    };
    let (requests, read, _) = recorded([Reply::json(200, reply)], open, call).await;
    let [request] = &requests[..] else { panic!("one request: {requests:?}") };
    (whole(request), read.unwrap())
}

/// Formats a POST of JSON.
fn posted(path: &str, body: &str) -> String {
    let [accept, authorization, name] = HEADERS.lines().collect::<Vec<_>>()[..] else {
        unreachable!()
    };
    format!(
        "POST {path}\n{accept}\n{authorization}\ncontent-type: application/json\n{name}\n\n{body}"
    )
}

#[test]
fn each_endpoint_is_declared() {
    let endpoints = [
        ModelsClient::LIST,
        ModelsClient::GET,
        DatasetsClient::CREATE,
        DatasetsClient::LIST,
        DatasetsClient::USAGE,
        DatasetsClient::GET,
        DatasetsClient::DELETE,
        EmbedJobsClient::CREATE,
        EmbedJobsClient::LIST,
        EmbedJobsClient::GET,
        EmbedJobsClient::CANCEL,
        TextsClient::TOKENIZE,
        TextsClient::DETOKENIZE,
        TextsClient::CLASSIFY,
        SearchClient::EMBED,
        SearchClient::RERANK,
        KeysClient::CHECK,
    ];
    assert_eq!(
        operations(&endpoints),
        [
            "GET v1/models",
            "GET v1/models/<model>",
            "POST v1/datasets",
            "GET v1/datasets",
            "GET v1/datasets/usage",
            "GET v1/datasets/<id>",
            "DELETE v1/datasets/<id>",
            "POST v1/embed-jobs",
            "GET v1/embed-jobs",
            "GET v1/embed-jobs/<id>",
            "POST v1/embed-jobs/<id>/cancel",
            "POST v1/tokenize",
            "POST v1/detokenize",
            "POST v1/classify",
            "POST v2/embed",
            "POST v2/rerank",
            "POST v1/check-api-key",
        ]
    );
}

#[tokio::test]
async fn models_are_listed_over_their_pages() {
    let (server, platform, _) = start([
        Reply::json(
            200,
            r#"{"models": [{"name": "command-a-03-2025", "endpoints": ["chat", "agree"], "finetuned": false,
                "context_length": 288000, "tokenizer_url": "https://storage.example/command-a.json",
                "default_endpoints": [], "features": null}], "next_page_token": "a+b/c="}"#,
        ),
        Reply::json(200, r#"{"models": [{"name": "command-r"}], "next_page_token": ""}"#),
    ]);
    let mut models = platform
        .models
        .list()
        .page_size(1)
        .endpoint(&CompatibleEndpoint::Chat)
        .default_only(false)
        .items();
    let first = models.next().await.unwrap().unwrap();
    let known = [CompatibleEndpoint::Chat, CompatibleEndpoint::Unknown("agree".to_owned())];
    assert_eq!((first.endpoints.unwrap(), first.context_length), (known.to_vec(), Some(288_000.0)));
    assert_eq!(models.next().await.unwrap().unwrap().name.as_deref(), Some("command-r"));
    assert!(models.next().await.is_none());
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    assert_eq!(
        sent,
        [
            format!("GET /v1/models?page_size=1&endpoint=chat&default_only=false\n{HEADERS}"),
            format!(
                "GET /v1/models?page_size=1&page_token=a%2Bb%2Fc%3D&endpoint=chat&default_only=false\n{HEADERS}"
            ),
        ]
    );
}

#[tokio::test]
async fn a_model_is_fetched_by_its_name() {
    let reply = r#"{"name": "ft/a b", "is_deprecated": false, "sampling_defaults": {"temperature": 0.3, "k": 0, "p": 0.75}}"#;
    let (sent, model) = exchange(reply, async |platform| platform.models.get("ft/a b").await).await;
    assert_eq!(sent, format!("GET /v1/models/ft%2Fa%20b\n{HEADERS}"));
    assert_eq!(model.sampling_defaults.unwrap().p, Some(0.75));
}

#[tokio::test]
async fn a_dataset_is_uploaded_as_multipart_with_query_settings() {
    let (server, platform, _) = start(Reply::json(200, r#"{"id": "my-dataset-a1b2c3"}"#));
    let data = Part::new("{\"text\": \"The quick brown fox jumps over the lazy dog\"}\n")
        .file_name("test.jsonl")
        .content_type("application/jsonl");
    let made = platform
        .datasets
        .create("embed dataset", &DatasetType::EmbedInput, data)
        .skip_malformed_input(true)
        .keep_fields(&["title", "url"])
        .optional_fields(&[])
        .csv_delimiter(";")
        .eval_data(Part::new("").file_name("a.jsonl"))
        .await
        .unwrap();
    assert_eq!(made.id.as_deref(), Some("my-dataset-a1b2c3"));
    let request = server.request();
    assert_eq!(request.method, "POST");
    assert_eq!(
        request.target,
        "/v1/datasets?name=embed+dataset&type=embed-input&skip_malformed_input=true&keep_fields=title&keep_fields=url\
         &csv_delimiter=%3B"
    );
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(
        headers(&request).replace(boundary, "B"),
        "accept: application/json\n\
         authorization: Bearer co-key\n\
         content-type: multipart/form-data; boundary=B\n\
         x-client-name: my-project\n"
    );
    assert_eq!(
        request.text().replace(boundary, "B"),
        "--B\r\n\
         Content-Disposition: form-data; name=\"data\"; filename=\"test.jsonl\"\r\n\
         Content-Type: application/jsonl\r\n\r\n\
         {\"text\": \"The quick brown fox jumps over the lazy dog\"}\n\r\n\
         --B\r\n\
         Content-Disposition: form-data; name=\"eval_data\"; filename=\"a.jsonl\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\
         \r\n\
         --B--\r\n"
    );
}

/// A dataset as the API returns it.
fn dataset(id: &str, status: &str) -> Value {
    json!({
        "id": id, "name": "n", "created_at": "2024-01-15T09:30:00Z", "updated_at": "2024-01-15T09:31:00.5Z",
        "dataset_type": "embed-input", "validation_status": status, "schema": "{}", "required_fields": ["text"],
        "dataset_parts": [{"id": "p", "name": "test.jsonl", "size_bytes": 57, "num_rows": 1}],
        "validation_warnings": [], "parse_info": {"separator": "\n"},
        "metrics": {"finetune_dataset_metrics": {"total_examples": 1}}
    })
}

#[tokio::test]
async fn datasets_are_filtered_and_listed_over_their_pages() {
    let (server, platform, _) = start([
        Reply::json(
            200,
            &json!({"datasets": [dataset("a", "validated"), dataset("b", "validated")]})
                .to_string(),
        ),
        Reply::json(200, &json!({"datasets": [dataset("c", "validated")]}).to_string()),
        Reply::json(200, "{}"),
    ]);
    let mut all = platform
        .datasets
        .list()
        .dataset_type(&DatasetType::EmbedInput)
        .before("2024-01-15T09:30:00Z".parse().unwrap())
        .after("2023-01-15T09:30:00Z".parse().unwrap())
        .limit(2)
        .validation_status(&ValidationStatus::Validated)
        .items();
    let mut ids = Vec::new();
    while let Some(dataset) = all.next().await {
        let dataset = dataset.unwrap();
        assert_eq!(dataset.dataset_parts.unwrap()[0].size_bytes, Some(57));
        assert_eq!(
            dataset.metrics.unwrap().finetune_dataset_metrics.unwrap().total_examples,
            Some(1)
        );
        ids.push(dataset.id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let target = |offset: &str| {
        format!(
            "GET /v1/datasets?datasetType=embed-input&before=2024-01-15T09%3A30%3A00Z&after=2023-01-15T09%3A30%3A00Z\
             &limit=2{offset}&validationStatus=validated\n{HEADERS}"
        )
    };
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    assert_eq!(sent, [target(""), target("&offset=2"), target("&offset=3")]);
}

#[tokio::test]
async fn the_usage_path_is_not_a_dataset_id() {
    let (sent, usage) = exchange(r#"{"organization_usage": 10737418240}"#, async |platform| {
        platform.datasets.usage().await
    })
    .await;
    assert_eq!(sent, format!("GET /v1/datasets/usage\n{HEADERS}"));
    assert_eq!(usage.organization_usage, Some(10_737_418_240));
}

#[tokio::test]
async fn a_dataset_is_polled_until_it_is_validated() {
    let reply = |status| Reply::json(200, &json!({"dataset": dataset("d 1", status)}).to_string());
    let (server, platform, clock) =
        start([reply("queued"), reply("processing"), reply("validated")]);
    let found = platform
        .datasets
        .get("d 1")
        .poll()
        .done_when(FoundDataset::is_validated)
        .failed_when(FoundDataset::is_failed)
        .await
        .unwrap();
    assert_eq!(found.dataset.updated_at.to_string(), "2024-01-15T09:31:00.5Z");
    assert_eq!(clock.waits(), [Duration::from_secs(2); 2]);
    assert!(
        server
            .requests()
            .iter()
            .all(|sent| whole(sent) == format!("GET /v1/datasets/d%201\n{HEADERS}"))
    );

    let (_server, platform, _) = start(reply("failed"));
    let polling = platform.datasets.get("d").poll().done_when(FoundDataset::is_validated);
    let error = polling.failed_when(FoundDataset::is_failed).await.unwrap_err();
    let kept = error.body_as::<FoundDataset>().unwrap().dataset;
    assert_eq!((error.kind(), kept.validation_status), (ErrorKind::Api, ValidationStatus::Failed));
}

#[tokio::test]
async fn a_dataset_is_deleted() {
    let (sent, said) = exchange("{}", async |platform| platform.datasets.delete("d").await).await;
    assert_eq!(sent, format!("DELETE /v1/datasets/d\n{HEADERS}"));
    assert!(said.is_empty());
}

#[tokio::test]
async fn an_embed_job_is_started_and_listed() {
    let (sent, made) = exchange(
        r#"{"job_id": "j1", "meta": {"api_version": {"version": "1"}, "billed_units": {}}}"#,
        async |platform| {
            platform
                .embed_jobs
                .create("embed-english-v3.0", "my-dataset", &InputType::SearchDocument)
                .name("wiki")
                .embedding_types(&[EmbeddingType::Float, EmbeddingType::Int8])
                .truncate(&JobTruncate::End)
                .await
        },
    )
    .await;
    assert_eq!(
        sent,
        posted(
            "/v1/embed-jobs",
            r#"{"model":"embed-english-v3.0","dataset_id":"my-dataset","input_type":"search_document","name":"wiki","embedding_types":["float","int8"],"truncate":"END"}"#
        )
    );
    assert_eq!(
        (made.job_id.as_str(), made.meta.unwrap().api_version.unwrap().version.as_str()),
        ("j1", "1")
    );

    let (sent, list) =
        exchange(&json!({"embed_jobs": [job("complete")]}).to_string(), async |platform| {
            platform.embed_jobs.list().await
        })
        .await;
    assert_eq!(sent, format!("GET /v1/embed-jobs\n{HEADERS}"));
    let job = &list.embed_jobs.unwrap()[0];
    assert_eq!(
        (job.output_dataset_id.as_deref(), &job.truncate),
        (Some("out"), &JobTruncate::Start)
    );
}

/// An embed job as the API returns it.
fn job(status: &str) -> Value {
    json!({
        "job_id": "j1", "name": "wiki", "status": status, "created_at": "2024-01-15T09:30:00Z",
        "input_dataset_id": "my-dataset", "output_dataset_id": "out", "model": "embed-english-v3.0", "truncate": "START"
    })
}

#[tokio::test]
async fn an_embed_job_is_polled_until_it_ends() {
    let reply = |status| Reply::json(200, &job(status).to_string());
    let (server, platform, clock) =
        start([reply("processing"), Reply::empty(503), reply("processing"), reply("complete")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = Arc::clone(&seen);
    let watch = move |job: &_| watched.lock().unwrap().push(Clone::clone(job));
    let done = platform.embed_jobs.get("j1").poll().on_progress(watch).await.unwrap();
    assert_eq!(
        (done.status, done.output_dataset_id.as_deref()),
        (JobStatus::Complete, Some("out"))
    );
    assert!(seen.lock().unwrap().iter().all(|job| job.status == JobStatus::Processing));
    assert_eq!((seen.lock().unwrap().len(), server.requests().len()), (2, 4));
    assert_eq!(clock.waits().iter().filter(|wait| **wait == Duration::from_secs(5)).count(), 2);
    assert!(
        server
            .requests()
            .iter()
            .all(|sent| whole(sent) == format!("GET /v1/embed-jobs/j1\n{HEADERS}"))
    );

    for status in ["failed", "cancelled"] {
        let (_server, platform, _) = start([reply("cancelling"), reply(status)]);
        let error = platform.embed_jobs.get("j1").poll().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert!(
            error
                .to_string()
                .starts_with("GET v1/embed-jobs/<id>: 200 OK: the operation has failed"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_cancelled_job_reads_no_body() {
    let server = Server::start(Reply::empty(200).header("X-API-Warning", "too late"));
    let cohere = account(&server, &TestClock::new());
    let jobs = EmbedJobsClient::new(cohere.client().clone());
    let raw = jobs.with_raw_response().cancel("j1").await.unwrap();
    assert_eq!(raw.headers()["x-api-warning"], "too late");
    assert_eq!(
        whole(&server.request()),
        "POST /v1/embed-jobs/j1/cancel\naccept: */*\nauthorization: Bearer co-key\nx-client-name: my-project\n"
    );
}

#[tokio::test]
async fn texts_are_tokenized_and_detokenized() {
    let reply = r#"{"tokens": [10002, 2261, 2012, 8, 2792, 43], "token_strings": ["token", "ize", " me", "!", " :", "D"],
        "meta": {"api_version": {"version": "1"}}}"#;
    let (sent, read) = exchange(reply, async |platform| {
        platform.texts.tokenize("tokenize me! :D", "command").await
    })
    .await;
    assert_eq!(sent, posted("/v1/tokenize", r#"{"text":"tokenize me! :D","model":"command"}"#));
    assert_eq!((read.tokens[0], read.token_strings.concat().as_str()), (10002, "tokenize me! :D"));

    let reply = r#"{"text": "tokenize me! :D", "meta": {"api_version": {"version": "1"}}}"#;
    let (sent, read) = exchange(reply, async |platform| {
        platform.texts.detokenize(&[10002, 2261, 2012, 8, 2792, 43], "command").await
    })
    .await;
    assert_eq!(
        sent,
        posted("/v1/detokenize", r#"{"tokens":[10002,2261,2012,8,2792,43],"model":"command"}"#)
    );
    assert_eq!(read.text, "tokenize me! :D");
}

#[tokio::test]
async fn texts_are_classified() {
    let reply = r#"{"id": "86886163-b3f3-4e36-8554-60eca7696216", "classifications": [
        {"classification_type": "single-label", "confidence": 0.5661598, "confidences": [0.5661598],
         "id": "842d12fe-934b-4b71-82c2-c581eca00718", "input": "Confirm your email address",
         "labels": {"Not spam": {"confidence": 0.5661598}, "Spam": {"confidence": 0.43384025}},
         "prediction": "Not spam", "predictions": ["Not spam"]}],
        "meta": {"api_version": {"version": "1"}, "billed_units": {"classifications": 2}}}"#;
    let (sent, read) = exchange(reply, async |platform| {
        let examples = [
            Example::new("Dermatologists don't like her!", "Spam"),
            Example::new("Weekly sync notes", "Not spam"),
        ];
        platform
            .texts
            .classify(&["Confirm your email address", "hey i need u to send some $"])
            .examples(&examples)
            .model("YOUR-FINE-TUNED-MODEL-ID")
            .truncate(&Truncate::None)
            .await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "/v1/classify",
            r#"{"inputs":["Confirm your email address","hey i need u to send some $"],"examples":[{"text":"Dermatologists don't like her!","label":"Spam"},{"text":"Weekly sync notes","label":"Not spam"}],"model":"YOUR-FINE-TUNED-MODEL-ID","truncate":"NONE"}"#
        )
    );
    let first = &read.classifications[0];
    assert_eq!(
        (first.predictions[0].as_str(), first.labels["Spam"].confidence),
        ("Not spam", Some(0.433_840_25))
    );
    assert_eq!(first.classification_type, ClassificationType::SingleLabel);
    assert_eq!(read.meta.unwrap().billed_units.unwrap().classifications, Some(2.0));
}

#[tokio::test]
async fn texts_and_images_are_embedded() {
    let reply = r#"{"response_type": "embeddings_by_type", "id": "da6e531f", "texts": ["hello", "goodbye"],
        "embeddings": {"float": [[0.016296387, -0.008354187], [0.04663086, -0.023239136]], "int8": [[-128, 127], [0, 1]]},
        "meta": {"api_version": {"version": "2"}, "billed_units": {"input_tokens": 2}}}"#;
    let (sent, read) = exchange(reply, async |platform| {
        platform
            .search
            .embed("embed-v4.0", &InputType::Classification)
            .texts(&["hello", "goodbye"])
            .embedding_types(&[EmbeddingType::Float, EmbeddingType::Int8])
            .await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "/v2/embed",
            r#"{"model":"embed-v4.0","input_type":"classification","texts":["hello","goodbye"],"embedding_types":["float","int8"]}"#
        )
    );
    assert_eq!(read.embeddings.float.unwrap()[1], [0.046_630_86, -0.023_239_136]);
    assert_eq!(
        (read.embeddings.int8.unwrap(), read.embeddings.base64),
        (vec![vec![-128, 127], vec![0, 1]], None)
    );

    let image = ImageUrl { url: "data:image/png;base64,aGk=".to_owned() };
    let content = vec![
        EmbedContent::Text { text: "a".to_owned() },
        EmbedContent::ImageUrl { image_url: image },
    ];
    let inputs = [EmbedInput { content }];
    let reply = r#"{"id": "x", "embeddings": {}, "images": [{"width": 400, "height": 300, "format": "jpeg", "bit_depth": 24}]}"#;
    let (sent, read) = exchange(reply, async |platform| {
        platform
            .search
            .embed("embed-v4.0", &InputType::Image)
            .inputs(&inputs)
            .output_dimension(256)
            .await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "/v2/embed",
            r#"{"model":"embed-v4.0","input_type":"image","inputs":[{"content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]}],"output_dimension":256}"#
        )
    );
    assert_eq!(read.images.unwrap()[0].bit_depth, 24);

    let (server, platform, _) = start(Reply::json(200, "{}"));
    let both =
        platform.search.embed("embed-v4.0", &InputType::Image).texts(&["a"]).images(&["data:,"]);
    assert_eq!(both.await.unwrap_err().kind(), ErrorKind::Build);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn documents_are_reranked() {
    let reply = r#"{"id": "07734bd2-2473-4f07-94e1-0d9f0e6843cf", "results": [
        {"index": 3, "relevance_score": 0.999071, "relevant_spans": [{"start": 0, "end": 16, "score": 0.9}]},
        {"index": 4, "relevance_score": 0.7867867}, {"index": 0, "relevance_score": 0.32713068}],
        "meta": {"api_version": {"version": "2", "is_experimental": false}, "billed_units": {"search_units": 1}}}"#;
    let (sent, read) = exchange(reply, async |platform| {
        let spans =
            RelevantSpans { mode: SpansMode::Enabled, threshold: Some(0.5), max_spans: None };
        platform
            .search
            .rerank(
                "rerank-v3.5",
                "What is the capital of the United States?",
                &["Carson City …", "Washington, D.C. …"],
            )
            .top_n(3)
            .relevant_spans(&spans)
            .await
    })
    .await;
    assert_eq!(
        sent,
        posted(
            "/v2/rerank",
            r#"{"model":"rerank-v3.5","query":"What is the capital of the United States?","documents":["Carson City …","Washington, D.C. …"],"top_n":3,"relevant_spans":{"mode":"enabled","threshold":0.5}}"#
        )
    );
    let order: Vec<_> = read.results.iter().map(|result| result.index).collect();
    assert_eq!((order, read.results[0].relevance_score), (vec![3, 4, 0], 0.999_071));
    assert_eq!(read.results[0].relevant_spans.as_ref().unwrap()[0].end, 16);
    assert_eq!(read.meta.unwrap().api_version.unwrap().is_experimental, Some(false));
}

#[tokio::test]
async fn a_key_check_sends_no_body() {
    let reply = r#"{"valid": true, "organization_id": "o1", "owner_id": "u1"}"#;
    let (sent, read) = exchange(reply, async |platform| platform.keys.check().await).await;
    assert_eq!(sent, format!("POST /v1/check-api-key\n{HEADERS}"));
    assert_eq!((read.valid, read.organization_id.as_deref()), (true, Some("o1")));
}

#[tokio::test]
async fn errors_have_the_classes_of_connectors() {
    let cases = [
        (400, "invalid request", ConnectorsError::BadRequest),
        (401, "no api key supplied", ConnectorsError::Unauthorized),
        (404, "dataset not found", ConnectorsError::NotFound),
        (422, "unprocessable", ConnectorsError::UnprocessableEntity),
        (498, "invalid api token", ConnectorsError::InvalidToken),
        (499, "request cancelled", ConnectorsError::ClientClosedRequest),
        (501, "not implemented", ConnectorsError::NotImplemented),
    ];
    for (status, message, class) in cases {
        let (server, platform, _) =
            start(Reply::json(status, &json!({"message": message, "id": "r1"}).to_string()));
        let error = platform.datasets.get("nope").await.unwrap_err();
        assert_eq!((error.kind(), error.class()), (ErrorKind::Api, Some(class)));
        assert_eq!(error.message(), Some(message));
        assert!(!format!("{error} {error:?}").contains("co-key"), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

/// A read-only POST is retried. A POST that creates something is not.
#[tokio::test]
async fn only_read_only_calls_are_retried() {
    let replies = [Reply::empty(503), Reply::json(200, r#"{"results": []}"#), Reply::empty(503)];
    let (server, platform, _) = start(replies);
    platform.search.rerank("m", "q", &["d"]).await.unwrap();
    let error = platform.embed_jobs.create("m", "d", &InputType::SearchDocument).await.unwrap_err();
    assert_eq!((error.class(), error.attempts()), (Some(ConnectorsError::ServiceUnavailable), 1));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn one_account_serves_connectors_and_all_other_traits() {
    let server = Server::answer(|request| match request.path() {
        "/v1/connectors" => Reply::json(200, r#"{"connectors": []}"#),
        _ => Reply::json(200, r#"{"models": []}"#),
    });
    let cohere = account(&server, &TestClock::new());
    assert!(cohere.connectors().list().await.unwrap().connectors.is_empty());
    assert!(ModelsClient::new(cohere.client().clone()).list().await.unwrap().models.is_empty());
    let platform: Platform = Platform::new(cohere.client().clone());
    let view = platform.with_options(RequestOptions::new().header("X-View", "1"));
    assert!(view.connectors.list().await.unwrap().connectors.is_empty());
    assert!(view.models.list().await.unwrap().models.is_empty());
    let requests = server.requests();
    let seen: Vec<_> =
        requests.iter().map(|request| (request.path(), request.header("x-view"))).collect();
    assert_eq!(
        seen,
        [
            ("/v1/connectors", None),
            ("/v1/models", None),
            ("/v1/connectors", Some("1")),
            ("/v1/models", Some("1"))
        ]
    );
    assert!(
        requests.iter().all(|request| request.header("authorization") == Some("Bearer co-key"))
    );
    assert_eq!(ConnectorsClient::LIST.template(), "v1/connectors");
}

#[test]
fn a_declaration_serves_blocking_and_raw_calls() {
    let server =
        Server::start(Reply::json(200, r#"{"valid": false}"#).header("X-API-Warning", "old key"));
    let client = account(&server, &TestClock::new()).client().clone();
    let raw = Platform::<BlockingRaw>::new(client).keys.check().send().unwrap();
    assert_eq!((raw.status().as_u16(), raw.data.valid), (200, false));
    assert_eq!(raw.headers()["x-api-warning"], "old key");
}
