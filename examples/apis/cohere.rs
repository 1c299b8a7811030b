//! More endpoints on an account at Cohere that has connectors: its models, datasets, embed jobs, tokens, classification,
//! embeddings and reranking, after Cohere's OpenAPI description (versions 1 and 2 of the API) and its Python SDK 7.3.1.
//!
//! Each trait opens on the client of the account, `ModelsClient::new(cohere.client().clone())`, beside
//! `cohere.connectors()`; [`Platform`] opens all of them as one. The classes of errors are those of the connectors.

use std::collections::BTreeMap;

use connectors_client::cohere::{ConnectorsError, GenericConnectorsClient};
use connectors_client::mode::{Mode, Thin};
use connectors_client::{ApiClient, OpenEnum, Page, Part, api_client};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// All of it as one client, thin or raw, async or blocking.
#[derive(Clone, Debug, ApiClient)]
pub struct Platform<M: Mode = Thin> {
    /// The connectors, which the library itself declares.
    pub connectors: GenericConnectorsClient<M>,
    /// The models.
    pub models: GenericModelsClient<M>,
    /// The datasets.
    pub datasets: GenericDatasetsClient<M>,
    /// The embed jobs.
    pub embed_jobs: GenericEmbedJobsClient<M>,
    /// Tokens and classes of texts.
    pub texts: GenericTextsClient<M>,
    /// Embeddings and reranking.
    pub search: GenericSearchClient<M>,
    /// The key of the account.
    pub keys: GenericKeysClient<M>,
}

/// The models that the account can use.
#[api_client(prefix = "v1/models", error = ConnectorsError)]
pub trait Models {
    /// Lists the models.
    #[get("?<page_size>&<page_token>&<endpoint>&<default_only>", paginate(cursor = page_token))]
    async fn list(
        &self,
        /// The most models of a page. Range: 1 to 1000, and 20 where it is not said.
        page_size: Option<u32>,
        /// What the page before said is the next one.
        page_token: Option<&str>,
        /// Only those that work with this endpoint.
        endpoint: Option<&CompatibleEndpoint>,
        /// Only the default of that endpoint.
        default_only: Option<bool>,
    ) -> ModelList;

    /// Gets a model by its name.
    #[get("<model>")]
    async fn get(&self, model: &str) -> Model;
}

/// Files that were uploaded.
#[api_client(prefix = "v1/datasets", error = ConnectorsError)]
pub trait Datasets {
    /// Uploads a dataset. It is validated after that: see [`get`](Self::get).
    #[post(
        "?<name>&<type>&<keep_original_file>&<skip_malformed_input>&<keep_fields>&<optional_fields>&<text_separator>\
         &<csv_delimiter>",
        multipart
    )]
    async fn create(
        &self,
        name: &str,
        r#type: &DatasetType,
        data: Part,
        /// Whether the file is kept as it is.
        keep_original_file: Option<bool>,
        /// Whether rows that cannot be read are left out with a warning, and are no error.
        skip_malformed_input: Option<bool>,
        /// The fields to keep beside the required ones; a file without one of them is not valid.
        keep_fields: Option<&[&str]>,
        /// The fields to keep where they are there.
        optional_fields: Option<&[&str]>,
        /// What separates the entries of a file of text.
        text_separator: Option<&str>,
        /// What separates the columns of a table.
        csv_delimiter: Option<&str>,
        /// A file to evaluate with.
        eval_data: Option<Part>,
    ) -> CreatedDataset;

    /// Lists the datasets.
    #[get(
        "?datasetType=<dataset_type>&<before>&<after>&<limit>&<offset>&validationStatus=<validation_status>",
        paginate(offset)
    )]
    async fn list(
        &self,
        /// Only those of this type.
        dataset_type: Option<&DatasetType>,
        /// Only those that were made before.
        before: Option<Timestamp>,
        /// Only those that were made after.
        after: Option<Timestamp>,
        /// The most datasets of a page.
        limit: Option<u32>,
        /// How many datasets to skip.
        offset: Option<u64>,
        /// Only those of this status.
        validation_status: Option<&ValidationStatus>,
    ) -> DatasetList;

    /// Says how much room the datasets take.
    #[get("usage")]
    async fn usage(&self) -> DatasetUsage;

    /// Gets a dataset; `.poll()` waits for what [`until`](connectors_client::Polling::until) says, for example
    /// [`is_validated`](FoundDataset::is_validated).
    #[get("<id>", poll(every = "2s"))]
    async fn get(&self, id: &str) -> FoundDataset;

    /// Deletes a dataset.
    #[delete("<id>")]
    async fn delete(&self, id: &str) -> Map<String, Value>;
}

/// Embeddings of whole datasets, which take a while.
#[api_client(prefix = "v1/embed-jobs", error = ConnectorsError)]
pub trait EmbedJobs {
    /// Starts a job.
    #[post("")]
    async fn create(
        &self,
        model: &str,
        dataset_id: &str,
        input_type: &InputType,
        /// A name.
        name: Option<&str>,
        /// The kinds of embeddings to make.
        embedding_types: Option<&[EmbeddingType]>,
        /// What is cut off a text that is too long.
        truncate: Option<&Truncate>,
    ) -> CreatedJob;

    /// Lists the jobs.
    #[get("")]
    async fn list(&self) -> JobList;

    /// Gets a job; `.poll()` waits until it is complete.
    #[get(
        "<id>",
        poll(every = "5s", timeout = "2h"),
        done(status = "complete"),
        fails_on(status = "failed", status = "cancelled")
    )]
    async fn get(&self, id: &str) -> EmbedJob;

    /// Cancels a job.
    #[post("<id>/cancel")]
    async fn cancel(&self, id: &str);
}

/// Tokens and classes of texts. Nothing is changed by a call, so that all are repeated on failures.
#[api_client(prefix = "v1", error = ConnectorsError)]
pub trait Texts {
    /// Splits a text into tokens.
    #[post("tokenize", idempotent)]
    async fn tokenize(&self, text: &str, model: &str) -> Tokenized;

    /// Puts tokens together again.
    #[post("detokenize", idempotent)]
    async fn detokenize(&self, tokens: &[u64], model: &str) -> Detokenized;

    /// Says which label fits each text best.
    #[post("classify", idempotent)]
    async fn classify(
        &self,
        inputs: &[&str],
        /// Texts with their labels, at least two for each label.
        examples: Option<&[Example]>,
        /// A model that was tuned for it.
        model: Option<&str>,
        /// What is cut off a text that is too long.
        truncate: Option<&Truncate>,
    ) -> Classified;
}

/// Embeddings and reranking, in their second version. Nothing is changed by a call, so that all are repeated on failures.
#[api_client(prefix = "v2", error = ConnectorsError)]
pub trait Search {
    /// Makes embeddings of texts, of images, or of inputs of both.
    #[post("embed", idempotent, at_most_one(texts, images, inputs))]
    async fn embed(
        &self,
        model: &str,
        input_type: &InputType,
        /// The texts, at most 96.
        texts: Option<&[&str]>,
        /// The images, as data URIs.
        images: Option<&[&str]>,
        /// Inputs of texts and images.
        inputs: Option<&[EmbedInput]>,
        /// The most tokens of an input.
        max_tokens: Option<u32>,
        /// How long the embeddings are to be.
        output_dimension: Option<u32>,
        /// The kinds of embeddings to make.
        embedding_types: Option<&[EmbeddingType]>,
        /// What is cut off an input that is too long.
        truncate: Option<&Truncate>,
        /// How urgent it is: 0, which is the most, and up.
        priority: Option<u32>,
    ) -> Embedded;

    /// Orders documents by how well they answer a query.
    #[post("rerank", idempotent)]
    async fn rerank(
        &self,
        model: &str,
        query: &str,
        documents: &[&str],
        /// The most results.
        top_n: Option<u32>,
        /// The most tokens of a document that are looked at.
        max_tokens_per_doc: Option<u32>,
        /// Whether to say which passages are relevant.
        relevant_spans: Option<&RelevantSpans>,
        /// How urgent it is: 0, which is the most, and up.
        priority: Option<u32>,
    ) -> Reranked;
}

/// The key of the account.
#[api_client(prefix = "v1", error = ConnectorsError)]
pub trait Keys {
    /// Says whether the key is valid, and whose it is.
    #[post("check-api-key", idempotent)]
    async fn check(&self) -> CheckedKey;
}

/// A page of models.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct ModelList {
    /// The models.
    #[page(items)]
    pub models: Vec<Model>,
    /// What says where the next page is.
    #[page(next)]
    pub next_page_token: Option<String>,
}

/// A model, and what it can be used for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Model {
    /// The name that other calls take.
    pub name: Option<String>,
    /// Whether another one should be used.
    pub is_deprecated: Option<bool>,
    /// The endpoints that it works with.
    pub endpoints: Option<Vec<CompatibleEndpoint>>,
    /// Whether it was tuned.
    pub finetuned: Option<bool>,
    /// The most tokens of a request; the API sends it as a number of any kind.
    pub context_length: Option<f64>,
    /// Where the configuration of its tokenizer is.
    pub tokenizer_url: Option<String>,
    /// The endpoints that use it by default.
    pub default_endpoints: Option<Vec<CompatibleEndpoint>>,
    /// What it can do.
    pub features: Option<Vec<String>>,
    /// How it chooses tokens where a call does not say it.
    pub sampling_defaults: Option<SamplingDefaults>,
}

/// How a model chooses tokens where a call does not say it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SamplingDefaults {
    /// How random it is.
    pub temperature: Option<f64>,
    /// Of how many of the likeliest tokens the next one is chosen.
    pub k: Option<u64>,
    /// Up to what sum of probabilities tokens are considered.
    pub p: Option<f64>,
    /// What repeating a token costs, each time.
    pub frequency_penalty: Option<f64>,
    /// What repeating a token costs, once.
    pub presence_penalty: Option<f64>,
    /// The most tokens of a document.
    pub max_tokens_per_doc: Option<u64>,
}

/// An endpoint that a model works with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CompatibleEndpoint {
    /// The chat.
    Chat,
    /// Embeddings.
    Embed,
    /// Classification.
    Classify,
    /// Summaries.
    Summarize,
    /// Reranking.
    Rerank,
    /// Rating.
    Rate,
    /// Completion.
    Generate,
    /// One that is not known here, as it came.
    Unknown(String),
}

/// The dataset that was uploaded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CreatedDataset {
    /// Its id.
    pub id: Option<String>,
}

/// A page of datasets.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct DatasetList {
    /// The datasets.
    #[page(items)]
    pub datasets: Option<Vec<Dataset>>,
}

/// How much room the datasets of an organisation take.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DatasetUsage {
    /// All of them, in bytes.
    pub organization_usage: Option<u64>,
}

/// The dataset that was asked for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FoundDataset {
    /// The dataset.
    pub dataset: Dataset,
}

impl FoundDataset {
    /// Whether it can be used.
    pub fn is_validated(&self) -> bool {
        self.dataset.validation_status == ValidationStatus::Validated
    }

    /// Whether it will never be of use.
    pub fn is_failed(&self) -> bool {
        self.dataset.validation_status == ValidationStatus::Failed
    }
}

/// A dataset.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Dataset {
    /// The id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// What it is for.
    pub dataset_type: DatasetType,
    /// Whether it can be used.
    pub validation_status: ValidationStatus,
    /// What is wrong with it.
    pub validation_error: Option<String>,
    /// Its Avro schema.
    pub schema: Option<String>,
    /// The fields that it must have.
    pub required_fields: Option<Vec<String>>,
    /// The fields that were kept.
    pub preserve_fields: Option<Vec<String>>,
    /// The files that it is made of.
    pub dataset_parts: Option<Vec<DatasetPart>>,
    /// What is odd about it.
    pub validation_warnings: Option<Vec<String>>,
    /// How its file was read.
    pub parse_info: Option<ParseInfo>,
    /// What was counted in it.
    pub metrics: Option<Metrics>,
}

/// A file that a dataset is made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DatasetPart {
    /// The id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it can be downloaded.
    pub url: Option<String>,
    /// Which part it is.
    pub index: Option<u64>,
    /// Its size in bytes.
    pub size_bytes: Option<u64>,
    /// How many rows it has.
    pub num_rows: Option<u64>,
    /// Where the file can be downloaded as it was.
    pub original_url: Option<String>,
    /// Its first rows.
    pub samples: Option<Vec<String>>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ParseInfo {
    /// What separates its entries.
    pub separator: Option<String>,
    /// What separates its columns.
    pub delimiter: Option<String>,
}

/// What was counted in a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Metrics {
    /// What matters for tuning.
    pub finetune_dataset_metrics: Option<TuningMetrics>,
}

/// What was counted in a dataset for tuning.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TuningMetrics {
    /// The tokens that a model is trained with.
    pub trainable_token_count: Option<u64>,
    /// All examples.
    pub total_examples: Option<u64>,
    /// The examples to train with.
    pub train_examples: Option<u64>,
    /// Their size in bytes.
    pub train_size_bytes: Option<u64>,
    /// The examples to evaluate with.
    pub eval_examples: Option<u64>,
    /// Their size in bytes.
    pub eval_size_bytes: Option<u64>,
    /// What was counted for reranking.
    pub reranker_data_metrics: Option<RerankMetrics>,
    /// What was counted for a chat.
    pub chat_data_metrics: Option<ChatMetrics>,
    /// What was counted for classification.
    pub classify_data_metrics: Option<ClassifyMetrics>,
}

/// What was counted in a dataset for reranking.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RerankMetrics {
    /// The queries to train with.
    pub num_train_queries: Option<u64>,
    /// Their relevant passages.
    pub num_train_relevant_passages: Option<u64>,
    /// Their passages that only seem relevant.
    pub num_train_hard_negatives: Option<u64>,
    /// The queries to evaluate with.
    pub num_eval_queries: Option<u64>,
    /// Their relevant passages.
    pub num_eval_relevant_passages: Option<u64>,
    /// Their passages that only seem relevant.
    pub num_eval_hard_negatives: Option<u64>,
}

/// What was counted in a dataset for a chat.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChatMetrics {
    /// The turns to train with.
    pub num_train_turns: Option<u64>,
    /// The turns to evaluate with.
    pub num_eval_turns: Option<u64>,
    /// The preamble.
    pub preamble: Option<String>,
}

/// What was counted in a dataset for classification.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClassifyMetrics {
    /// What was counted for each label.
    pub label_metrics: Option<Vec<LabelMetrics>>,
}

/// What was counted for a label.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LabelMetrics {
    /// Its examples.
    pub total_examples: Option<u64>,
    /// The label.
    pub label: Option<String>,
    /// Some of the examples.
    pub samples: Option<Vec<String>>,
}

/// What a dataset is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DatasetType {
    /// Texts for an embed job.
    EmbedInput,
    /// What an embed job has made.
    EmbedResult,
    /// What clustering has made.
    ClusterResult,
    /// What fitted in no cluster.
    ClusterOutliers,
    /// Tuning of reranking.
    RerankerFinetuneInput,
    /// Tuning of classification, a label for each text.
    SingleLabelClassificationFinetuneInput,
    /// Tuning of a chat.
    ChatFinetuneInput,
    /// Tuning of classification, labels for each text.
    MultiLabelClassificationFinetuneInput,
    /// A batch of chats.
    BatchChatInput,
    /// A batch of chats in the form of another API.
    #[open_enum(rename = "batch-openai-chat-input")]
    BatchOpenAiChatInput,
    /// A batch of embeddings.
    #[open_enum(rename = "batch-embed-v2-input")]
    BatchEmbedV2Input,
    /// A batch of chats of the second version.
    #[open_enum(rename = "batch-chat-v2-input")]
    BatchChatV2Input,
    /// A type that is not known here, as it came.
    Unknown(String),
}

/// Whether a dataset can be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ValidationStatus {
    /// The API itself says that it does not know.
    #[open_enum(rename = "unknown")]
    Undetermined,
    /// It waits.
    Queued,
    /// It is looked at.
    Processing,
    /// It cannot be used.
    Failed,
    /// It can be used.
    Validated,
    /// It is not looked at.
    Skipped,
    /// A status that is not known here, as it came.
    Other(String),
}

/// The job that was started.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CreatedJob {
    /// Its id.
    pub job_id: String,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// The jobs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct JobList {
    /// The jobs.
    pub embed_jobs: Option<Vec<EmbedJob>>,
}

/// A job that makes embeddings of a dataset.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EmbedJob {
    /// The id.
    pub job_id: String,
    /// Its name.
    pub name: Option<String>,
    /// How far it is.
    pub status: JobStatus,
    /// When it was started.
    pub created_at: Timestamp,
    /// The dataset that it reads.
    pub input_dataset_id: String,
    /// The dataset that it has made.
    pub output_dataset_id: Option<String>,
    /// The model.
    pub model: String,
    /// What is cut off a text that is too long.
    pub truncate: Truncate,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum JobStatus {
    /// It goes on.
    Processing,
    /// It is done.
    Complete,
    /// It is about to be cancelled.
    Cancelling,
    /// It was cancelled.
    Cancelled,
    /// It failed.
    Failed,
    /// A status that is not known here, as it came.
    Unknown(String),
}

/// What is cut off a text that is too long.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum Truncate {
    /// Nothing: it is an error.
    None,
    /// Its start.
    Start,
    /// Its end.
    End,
    /// Something that is not known here, as it came.
    Unknown(String),
}

/// What is embedded, and what for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputType {
    /// Documents that will be searched.
    SearchDocument,
    /// A query that searches them.
    SearchQuery,
    /// Texts that will be classified.
    Classification,
    /// Texts that will be grouped.
    Clustering,
    /// Images.
    Image,
    /// A type that is not known here, as it came.
    Unknown(String),
}

/// A kind of embedding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EmbeddingType {
    /// Floats.
    Float,
    /// Bytes with a sign.
    Int8,
    /// Bytes without one.
    Uint8,
    /// Eight bits in a byte with a sign.
    Binary,
    /// Eight bits in a byte without one.
    Ubinary,
    /// Floats in base64.
    Base64,
    /// A kind that is not known here, as it came.
    Unknown(String),
}

/// A text in its tokens.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Tokenized {
    /// The tokens.
    pub tokens: Vec<u64>,
    /// What each stands for.
    pub token_strings: Vec<String>,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// Tokens as a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Detokenized {
    /// The text.
    pub text: String,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// A text with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The label.
    pub label: String,
}

impl Example {
    /// A text with its label.
    pub fn new(text: impl Into<String>, label: impl Into<String>) -> Self {
        Self { text: text.into(), label: label.into() }
    }
}

/// The labels of texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Classified {
    /// The id of the request.
    pub id: String,
    /// The labels of each text.
    pub classifications: Vec<Classification>,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// The labels of a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Classification {
    /// The id.
    pub id: String,
    /// The text.
    pub input: Option<String>,
    /// The label that fits best; `predictions` are in its place.
    pub prediction: Option<String>,
    /// The labels that fit.
    pub predictions: Vec<String>,
    /// How sure it is of that; `confidences` are in its place.
    pub confidence: Option<f64>,
    /// How sure it is of each of them.
    pub confidences: Vec<f64>,
    /// How well each label fits.
    pub labels: BTreeMap<String, Label>,
    /// Whether a text has one label or several.
    pub classification_type: ClassificationType,
}

/// How well a label fits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Label {
    /// From 0 to 1.
    pub confidence: Option<f64>,
}

/// Whether a text has one label or several.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClassificationType {
    /// One.
    SingleLabel,
    /// Several.
    MultiLabel,
    /// A type that is not known here, as it came.
    Unknown(String),
}

/// Texts and images that become one embedding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmbedInput {
    /// Its parts.
    pub content: Vec<EmbedContent>,
}

/// A text or an image of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EmbedContent {
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// An image.
    ImageUrl {
        /// Where it is.
        image_url: ImageUrl,
    },
}

/// An image as a data URI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageUrl {
    /// The data URI.
    pub url: String,
}

/// Embeddings.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Embedded {
    /// Which form of the reply this is, for example `embeddings_by_type`.
    pub response_type: Option<String>,
    /// The id of the request.
    pub id: String,
    /// The embeddings by their kinds.
    pub embeddings: Embeddings,
    /// The texts.
    pub texts: Option<Vec<String>>,
    /// The images.
    pub images: Option<Vec<Image>>,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// Embeddings by their kinds; those that were not asked for are not there.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Embeddings {
    /// Floats.
    pub float: Option<Vec<Vec<f64>>>,
    /// Bytes with a sign.
    pub int8: Option<Vec<Vec<i8>>>,
    /// Bytes without one.
    pub uint8: Option<Vec<Vec<u8>>>,
    /// Eight bits in a byte with a sign.
    pub binary: Option<Vec<Vec<i8>>>,
    /// Eight bits in a byte without one.
    pub ubinary: Option<Vec<Vec<u8>>>,
    /// Floats in base64.
    pub base64: Option<Vec<String>>,
}

/// An image that was embedded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Image {
    /// Its width in pixels.
    pub width: u64,
    /// Its height in pixels.
    pub height: u64,
    /// Its format.
    pub format: String,
    /// The bits of a colour.
    pub bit_depth: u64,
}

/// Whether to say which passages are relevant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelevantSpans {
    /// Whether at all.
    pub mode: SpansMode,
    /// How relevant a passage must be, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// The most passages of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_spans: Option<u32>,
}

/// Whether relevant passages are said.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SpansMode {
    /// They are.
    Enabled,
    /// They are not.
    Disabled,
    /// Something that is not known here, as it came.
    Unknown(String),
}

/// Documents in their order.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Reranked {
    /// The id of the request.
    pub id: Option<String>,
    /// The documents, the best first.
    pub results: Vec<RerankResult>,
    /// What it cost.
    pub meta: Option<Meta>,
}

/// How well a document answers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RerankResult {
    /// Which document it is, counted from 0.
    pub index: usize,
    /// How well it answers, from 0 to 1.
    pub relevance_score: f64,
    /// Its relevant passages.
    pub relevant_spans: Option<Vec<RelevantSpan>>,
}

/// A passage that is relevant.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RelevantSpan {
    /// Where it begins, in code points.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How relevant it is, from 0 to 1.
    pub score: f64,
}

/// What a check of a key says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CheckedKey {
    /// Whether it is valid.
    pub valid: bool,
    /// Whose it is.
    pub organization_id: Option<String>,
    /// Who made it.
    pub owner_id: Option<String>,
}

/// The version that has answered, and what it cost. Counts are numbers of any kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Meta {
    /// The version.
    pub api_version: Option<ApiVersion>,
    /// What is billed.
    pub billed_units: Option<BilledUnits>,
    /// The tokens.
    pub tokens: Option<Tokens>,
    /// The tokens that did not have to be read again.
    pub cached_tokens: Option<f64>,
    /// What was odd about the request.
    pub warnings: Option<Vec<String>>,
}

/// The version that has answered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ApiVersion {
    /// Its number.
    pub version: String,
    /// Whether another one should be used.
    pub is_deprecated: Option<bool>,
    /// Whether it may change.
    pub is_experimental: Option<bool>,
}

/// What is billed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BilledUnits {
    /// Images.
    pub images: Option<f64>,
    /// Tokens of the request.
    pub input_tokens: Option<f64>,
    /// Tokens of images.
    pub image_tokens: Option<f64>,
    /// Tokens of texts.
    pub text_tokens: Option<f64>,
    /// Tokens of the reply.
    pub output_tokens: Option<f64>,
    /// Searches.
    pub search_units: Option<f64>,
    /// Classifications.
    pub classifications: Option<f64>,
    /// Pages.
    pub pages: Option<f64>,
}

/// The tokens of a request and its reply.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Tokens {
    /// Those of the request.
    pub input_tokens: Option<f64>,
    /// Those of the reply.
    pub output_tokens: Option<f64>,
}
