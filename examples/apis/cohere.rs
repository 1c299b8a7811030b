//! More endpoints of a Cohere account with connectors: models, datasets, embed jobs, tokens,
//! classification, embeddings and reranking. They follow Cohere's OpenAPI description (versions 1
//! and 2 of the API) and its Python SDK 7.3.1.
//!
//! `connectors-openapi check cohere.yaml examples/apis/cohere.rs` compares the traits with that
//! description. It reports `relevant_spans` of reranking and the billed `text_tokens`: the
//! description lacks them, the SDK has them. The SDK is right, so they stay.
//!
//! Each trait opens on the client of the account, `ModelsClient::new(cohere.client().clone())`,
//! beside `cohere.connectors()`. [`Platform`] opens all of them as one. The error classes are those
//! of the connectors.

use std::collections::BTreeMap;

use connectors_client::cohere::{ConnectorsError, GenericConnectorsClient};
use connectors_client::mode::{Mode, Thin};
use connectors_client::{ApiClient, OpenEnum, Page, Part, api_client};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// All traits as one client, thin or raw, async or blocking.
#[derive(Clone, Debug, ApiClient)]
pub struct Platform<M: Mode = Thin> {
    /// Connectors, declared by the library itself.
    pub connectors: GenericConnectorsClient<M>,
    /// Models.
    pub models: GenericModelsClient<M>,
    /// Datasets.
    pub datasets: GenericDatasetsClient<M>,
    /// Embed jobs.
    pub embed_jobs: GenericEmbedJobsClient<M>,
    /// Tokens and classes of texts.
    pub texts: GenericTextsClient<M>,
    /// Embeddings and reranking.
    pub search: GenericSearchClient<M>,
    /// Key of the account.
    pub keys: GenericKeysClient<M>,
}

/// Models that the account can use.
#[api_client(prefix = "v1/models", error = ConnectorsError)]
pub trait Models {
    /// Lists the models.
    #[get("?<page_size>&<page_token>&<endpoint>&<default_only>", paginate(cursor = page_token))]
    async fn list(
        &self,
        /// Maximum number of models per page, from 1 to 1000. The default is 20.
        page_size: Option<u32>,
        /// Page token returned by the previous page.
        page_token: Option<&str>,
        /// Lists only models that work with this endpoint.
        endpoint: Option<&CompatibleEndpoint>,
        /// Lists only the default model of that endpoint.
        default_only: Option<bool>,
    ) -> ModelList;

    /// Gets a model by its name.
    #[get("<model>")]
    async fn get(&self, model: &str) -> Model;
}

/// Uploaded files.
#[api_client(prefix = "v1/datasets", error = ConnectorsError)]
pub trait Datasets {
    /// Uploads a dataset. The API validates it afterwards: see [`get`](Self::get).
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
        /// If true, the original file is kept.
        keep_original_file: Option<bool>,
        /// If true, unreadable rows are skipped with a warning instead of an error.
        skip_malformed_input: Option<bool>,
        /// Fields to keep in addition to the required ones. A file without one of them is invalid.
        keep_fields: Option<&[&str]>,
        /// Fields to keep if they are present.
        optional_fields: Option<&[&str]>,
        /// Separator of the entries of a text file.
        text_separator: Option<&str>,
        /// Separator of the columns of a table.
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
        /// Lists only datasets of this type.
        dataset_type: Option<&DatasetType>,
        /// Lists only datasets created before this time.
        before: Option<Timestamp>,
        /// Lists only datasets created after this time.
        after: Option<Timestamp>,
        /// Maximum number of datasets per page.
        limit: Option<u32>,
        /// Number of datasets to skip.
        offset: Option<u64>,
        /// Lists only datasets with this status.
        validation_status: Option<&ValidationStatus>,
    ) -> DatasetList;

    /// Gets the storage that the datasets use.
    #[get("usage")]
    async fn usage(&self) -> DatasetUsage;

    /// Gets a dataset. `.poll()` waits for the condition given to
    /// [`done_when`](connectors_client::Polling::done_when), for example
    /// [`is_validated`](FoundDataset::is_validated).
    #[get("<id>", poll(every = "2s"))]
    async fn get(&self, id: &str) -> FoundDataset;

    /// Deletes a dataset.
    #[delete("<id>")]
    async fn delete(&self, id: &str) -> Map<String, Value>;
}

/// Embeddings of whole datasets, created in the background.
#[api_client(prefix = "v1/embed-jobs", error = ConnectorsError)]
pub trait EmbedJobs {
    /// Starts a job.
    #[post("")]
    async fn create(
        &self,
        model: &str,
        dataset_id: &str,
        input_type: &InputType,
        /// Name of the job.
        name: Option<&str>,
        /// Kinds of embeddings to create.
        embedding_types: Option<&[EmbeddingType]>,
        /// The part that is cut off a text that is too long.
        truncate: Option<&JobTruncate>,
    ) -> CreatedJob;

    /// Lists the jobs.
    #[get("")]
    async fn list(&self) -> JobList;

    /// Gets a job. `.poll()` waits until it is complete.
    #[get(
        "<id>",
        poll(every = "5s", timeout = "2h"),
        done(status = "complete"),
        failed(status = "failed", status = "cancelled")
    )]
    async fn get(&self, id: &str) -> EmbedJob;

    /// Cancels a job.
    #[post("<id>/cancel")]
    async fn cancel(&self, id: &str);
}

/// Tokens and classes of texts. The calls change nothing, so all of them are retried after
/// failures.
#[api_client(prefix = "v1", error = ConnectorsError)]
pub trait Texts {
    /// Splits a text into tokens.
    #[post("tokenize", idempotent)]
    async fn tokenize(&self, text: &str, model: &str) -> Tokenized;

    /// Joins tokens to a text.
    #[post("detokenize", idempotent)]
    async fn detokenize(&self, tokens: &[u64], model: &str) -> Detokenized;

    /// Classifies each text by the label that fits it best.
    #[post("classify", idempotent)]
    async fn classify(
        &self,
        inputs: &[&str],
        /// Texts with their labels, at least two for each label.
        examples: Option<&[Example]>,
        /// A fine-tuned model.
        model: Option<&str>,
        /// The part that is cut off a text that is too long.
        truncate: Option<&Truncate>,
    ) -> Classified;
}

/// Embeddings and reranking, version 2. The calls change nothing, so all of them are retried after
/// failures.
#[api_client(prefix = "v2", error = ConnectorsError)]
pub trait Search {
    /// Creates embeddings of texts, of images, or of inputs of both.
    #[post("embed", idempotent, at_most_one(texts, images, inputs))]
    async fn embed(
        &self,
        model: &str,
        input_type: &InputType,
        /// Texts, at most 96.
        texts: Option<&[&str]>,
        /// Images, as data URIs.
        images: Option<&[&str]>,
        /// Inputs of texts and images.
        inputs: Option<&[EmbedInput]>,
        /// Maximum number of tokens of an input.
        max_tokens: Option<u32>,
        /// Length of the embeddings.
        output_dimension: Option<u32>,
        /// Kinds of embeddings to create.
        embedding_types: Option<&[EmbeddingType]>,
        /// The part that is cut off an input that is too long.
        truncate: Option<&Truncate>,
        /// Priority, from 0, the highest, upwards.
        priority: Option<u32>,
    ) -> Embedded;

    /// Orders documents by how well they answer a query.
    #[post("rerank", idempotent)]
    async fn rerank(
        &self,
        model: &str,
        query: &str,
        documents: &[&str],
        /// Maximum number of results.
        top_n: Option<u32>,
        /// Maximum number of tokens read from a document.
        max_tokens_per_doc: Option<u32>,
        /// Options for relevant passages in the response.
        relevant_spans: Option<&RelevantSpans>,
        /// Priority, from 0, the highest, upwards.
        priority: Option<u32>,
    ) -> Reranked;
}

/// The key of the account.
#[api_client(prefix = "v1", error = ConnectorsError)]
pub trait Keys {
    /// Checks the key and returns its owner.
    #[post("check-api-key", idempotent)]
    async fn check(&self) -> CheckedKey;
}

/// A page of models.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct ModelList {
    /// The models.
    #[page(items)]
    pub models: Vec<Model>,
    /// Token of the next page.
    #[page(next)]
    pub next_page_token: Option<String>,
}

/// A model and its properties.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Model {
    /// Name that other calls use.
    pub name: Option<String>,
    /// True if it is deprecated.
    pub is_deprecated: Option<bool>,
    /// Endpoints that it works with.
    pub endpoints: Option<Vec<CompatibleEndpoint>>,
    /// True if it was fine-tuned.
    pub finetuned: Option<bool>,
    /// Maximum number of tokens of a request. The API sends it as any kind of number.
    pub context_length: Option<f64>,
    /// URL of the configuration of its tokenizer.
    pub tokenizer_url: Option<String>,
    /// Endpoints that use it by default.
    pub default_endpoints: Option<Vec<CompatibleEndpoint>>,
    /// Features.
    pub features: Option<Vec<String>>,
    /// Default sampling options.
    pub sampling_defaults: Option<SamplingDefaults>,
}

/// Default sampling options of a model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SamplingDefaults {
    /// Temperature.
    pub temperature: Option<f64>,
    /// Number of most likely tokens from which the next one is chosen.
    pub k: Option<u64>,
    /// Cumulative probability up to which tokens are considered.
    pub p: Option<f64>,
    /// Penalty for each repetition of a token.
    pub frequency_penalty: Option<f64>,
    /// Penalty for any repetition of a token.
    pub presence_penalty: Option<f64>,
    /// Maximum number of tokens per document.
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
    /// An unknown endpoint, as received.
    Unknown(String),
}

/// The uploaded dataset.
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

/// Storage that the datasets of an organization use.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DatasetUsage {
    /// Total size in bytes.
    pub organization_usage: Option<u64>,
}

/// The requested dataset.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FoundDataset {
    /// The dataset.
    pub dataset: Dataset,
}

impl FoundDataset {
    /// Returns true if validation succeeded.
    pub fn is_validated(&self) -> bool {
        self.dataset.validation_status == ValidationStatus::Validated
    }

    /// Returns true if validation failed.
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
    /// Creation time.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Type of use.
    pub dataset_type: DatasetType,
    /// Validation status.
    pub validation_status: ValidationStatus,
    /// Reason why validation failed.
    pub validation_error: Option<String>,
    /// Its Avro schema.
    pub schema: Option<String>,
    /// Required fields.
    pub required_fields: Option<Vec<String>>,
    /// Fields that were kept.
    pub preserve_fields: Option<Vec<String>>,
    /// Files of the dataset.
    pub dataset_parts: Option<Vec<DatasetPart>>,
    /// Validation warnings.
    pub validation_warnings: Option<Vec<String>>,
    /// Options used to read its file.
    pub parse_info: Option<ParseInfo>,
    /// Counts of its content.
    pub metrics: Option<Metrics>,
}

/// A file of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DatasetPart {
    /// The id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Download URL.
    pub url: Option<String>,
    /// Number of the part.
    pub index: Option<u64>,
    /// Its size in bytes.
    pub size_bytes: Option<u64>,
    /// Number of rows.
    pub num_rows: Option<u64>,
    /// Download URL of the original file.
    pub original_url: Option<String>,
    /// First rows.
    pub samples: Option<Vec<String>>,
}

/// Options used to read a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ParseInfo {
    /// Separator of its entries.
    pub separator: Option<String>,
    /// Separator of its columns.
    pub delimiter: Option<String>,
}

/// Counts of the content of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Metrics {
    /// Counts for fine-tuning.
    pub finetune_dataset_metrics: Option<TuningMetrics>,
}

/// Counts of a dataset for fine-tuning.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TuningMetrics {
    /// Tokens used for training.
    pub trainable_token_count: Option<u64>,
    /// Number of all examples.
    pub total_examples: Option<u64>,
    /// Number of training examples.
    pub train_examples: Option<u64>,
    /// Their size in bytes.
    pub train_size_bytes: Option<u64>,
    /// Number of evaluation examples.
    pub eval_examples: Option<u64>,
    /// Their size in bytes.
    pub eval_size_bytes: Option<u64>,
    /// Counts for reranking.
    pub reranker_data_metrics: Option<RerankMetrics>,
    /// Counts for chat.
    pub chat_data_metrics: Option<ChatMetrics>,
    /// Counts for classification.
    pub classify_data_metrics: Option<ClassifyMetrics>,
}

/// Counts of a dataset for reranking.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RerankMetrics {
    /// Number of training queries.
    pub num_train_queries: Option<u64>,
    /// Number of their relevant passages.
    pub num_train_relevant_passages: Option<u64>,
    /// Number of their hard negative passages.
    pub num_train_hard_negatives: Option<u64>,
    /// Number of evaluation queries.
    pub num_eval_queries: Option<u64>,
    /// Number of their relevant passages.
    pub num_eval_relevant_passages: Option<u64>,
    /// Number of their hard negative passages.
    pub num_eval_hard_negatives: Option<u64>,
}

/// Counts of a dataset for chat.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChatMetrics {
    /// Number of training turns.
    pub num_train_turns: Option<u64>,
    /// Number of evaluation turns.
    pub num_eval_turns: Option<u64>,
    /// The preamble.
    pub preamble: Option<String>,
}

/// Counts of a dataset for classification.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClassifyMetrics {
    /// Counts for each label.
    pub label_metrics: Option<Vec<LabelMetrics>>,
}

/// Counts for a label.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LabelMetrics {
    /// Number of its examples.
    pub total_examples: Option<u64>,
    /// The label.
    pub label: Option<String>,
    /// Some of its examples.
    pub samples: Option<Vec<String>>,
}

/// Type of use of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DatasetType {
    /// Texts for an embed job.
    EmbedInput,
    /// Result of an embed job.
    EmbedResult,
    /// Result of clustering.
    ClusterResult,
    /// Outliers of clustering.
    ClusterOutliers,
    /// Fine-tuning of reranking.
    RerankerFinetuneInput,
    /// Fine-tuning of classification with one label per text.
    SingleLabelClassificationFinetuneInput,
    /// Fine-tuning of chat.
    ChatFinetuneInput,
    /// Fine-tuning of classification with several labels per text.
    MultiLabelClassificationFinetuneInput,
    /// A batch of chats.
    BatchChatInput,
    /// A batch of chats in the format of another API.
    #[open_enum(rename = "batch-openai-chat-input")]
    BatchOpenAiChatInput,
    /// A batch of embeddings.
    #[open_enum(rename = "batch-embed-v2-input")]
    BatchEmbedV2Input,
    /// A batch of version 2 chats.
    #[open_enum(rename = "batch-chat-v2-input")]
    BatchChatV2Input,
    /// An unknown type, as received.
    Unknown(String),
}

/// Validation status of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ValidationStatus {
    /// The API reports an unknown status.
    #[open_enum(rename = "unknown")]
    Undetermined,
    /// Queued.
    Queued,
    /// In progress.
    Processing,
    /// Failed: the dataset cannot be used.
    Failed,
    /// Validated: the dataset can be used.
    Validated,
    /// Skipped: the dataset is not validated.
    Skipped,
    /// An unknown status, as received.
    Other(String),
}

/// The started job.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CreatedJob {
    /// Its id.
    pub job_id: String,
    /// Billing information.
    pub meta: Option<Meta>,
}

/// The jobs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct JobList {
    /// The jobs.
    pub embed_jobs: Option<Vec<EmbedJob>>,
}

/// A job that creates embeddings of a dataset.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct EmbedJob {
    /// The id.
    pub job_id: String,
    /// Its name.
    pub name: Option<String>,
    /// Progress.
    pub status: JobStatus,
    /// Start time.
    pub created_at: Timestamp,
    /// Input dataset.
    pub input_dataset_id: String,
    /// Output dataset.
    pub output_dataset_id: Option<String>,
    /// The model.
    pub model: String,
    /// The part that is cut off a text that is too long.
    pub truncate: JobTruncate,
    /// Billing information.
    pub meta: Option<Meta>,
}

/// Progress of a job.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum JobStatus {
    /// In progress.
    Processing,
    /// Complete.
    Complete,
    /// About to be cancelled.
    Cancelling,
    /// Cancelled.
    Cancelled,
    /// Failed.
    Failed,
    /// An unknown status, as received.
    Unknown(String),
}

/// The part that a job cuts off a text that is too long.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum JobTruncate {
    /// Its start.
    Start,
    /// Its end.
    End,
    /// An unknown value, as received.
    Unknown(String),
}

/// The part that is cut off a text that is too long.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum Truncate {
    /// Nothing. Such a text is an error.
    None,
    /// Its start.
    Start,
    /// Its end.
    End,
    /// An unknown value, as received.
    Unknown(String),
}

/// Type and purpose of an embedding's input.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputType {
    /// Documents that will be searched.
    SearchDocument,
    /// A query that searches documents.
    SearchQuery,
    /// Texts to be classified.
    Classification,
    /// Texts to be clustered.
    Clustering,
    /// Images.
    Image,
    /// An unknown type, as received.
    Unknown(String),
}

/// A kind of embedding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EmbeddingType {
    /// Floats.
    Float,
    /// Signed bytes.
    Int8,
    /// Unsigned bytes.
    Uint8,
    /// Eight bits per signed byte.
    Binary,
    /// Eight bits per unsigned byte.
    Ubinary,
    /// Floats in base64.
    Base64,
    /// An unknown kind, as received.
    Unknown(String),
}

/// Tokens of a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Tokenized {
    /// The tokens.
    pub tokens: Vec<u64>,
    /// Text of each token.
    pub token_strings: Vec<String>,
    /// Billing information.
    pub meta: Option<Meta>,
}

/// Text of tokens.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Detokenized {
    /// The text.
    pub text: String,
    /// Billing information.
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
    /// Creates an example from a text and its label.
    pub fn new(text: impl Into<String>, label: impl Into<String>) -> Self {
        Self { text: text.into(), label: label.into() }
    }
}

/// Labels of texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Classified {
    /// The id of the request.
    pub id: String,
    /// Labels of each text.
    pub classifications: Vec<Classification>,
    /// Billing information.
    pub meta: Option<Meta>,
}

/// Labels of a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Classification {
    /// The id.
    pub id: String,
    /// The text.
    pub input: Option<String>,
    /// Label that fits best. `predictions` replaces it.
    pub prediction: Option<String>,
    /// Labels that fit.
    pub predictions: Vec<String>,
    /// Confidence of that label. `confidences` replaces it.
    pub confidence: Option<f64>,
    /// Confidence of each of them.
    pub confidences: Vec<f64>,
    /// Confidence of each label.
    pub labels: BTreeMap<String, Label>,
    /// Type of classification: one label per text or several.
    pub classification_type: ClassificationType,
}

/// Confidence of a label.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Label {
    /// Confidence from 0 to 1.
    pub confidence: Option<f64>,
}

/// Type of classification: one label per text or several.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClassificationType {
    /// One label.
    SingleLabel,
    /// Several labels.
    MultiLabel,
    /// An unknown type, as received.
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
        /// URL of the image.
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
    /// Format of the response, for example `embeddings_by_type`.
    pub response_type: Option<String>,
    /// The id of the request.
    pub id: String,
    /// Embeddings by kind.
    pub embeddings: Embeddings,
    /// The texts.
    pub texts: Option<Vec<String>>,
    /// The images.
    pub images: Option<Vec<Image>>,
    /// Billing information.
    pub meta: Option<Meta>,
}

/// Embeddings by kind. Kinds that were not requested are absent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Embeddings {
    /// Floats.
    pub float: Option<Vec<Vec<f64>>>,
    /// Signed bytes.
    pub int8: Option<Vec<Vec<i8>>>,
    /// Unsigned bytes.
    pub uint8: Option<Vec<Vec<u8>>>,
    /// Eight bits per signed byte.
    pub binary: Option<Vec<Vec<i8>>>,
    /// Eight bits per unsigned byte.
    pub ubinary: Option<Vec<Vec<u8>>>,
    /// Floats in base64.
    pub base64: Option<Vec<String>>,
}

/// An embedded image.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Image {
    /// Its width in pixels.
    pub width: u64,
    /// Its height in pixels.
    pub height: u64,
    /// Its format.
    pub format: String,
    /// Bits per color.
    pub bit_depth: u64,
}

/// Options for relevant passages in the response.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelevantSpans {
    /// Enables relevant passages.
    pub mode: SpansMode,
    /// Minimum relevance of a passage, from 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,
    /// Maximum number of passages per document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_spans: Option<u32>,
}

/// Mode of relevant passages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SpansMode {
    /// Enabled.
    Enabled,
    /// Disabled.
    Disabled,
    /// An unknown value, as received.
    Unknown(String),
}

/// Documents ordered by relevance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Reranked {
    /// The id of the request.
    pub id: Option<String>,
    /// Documents, the best first.
    pub results: Vec<RerankResult>,
    /// Billing information.
    pub meta: Option<Meta>,
}

/// Relevance of a document.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RerankResult {
    /// Index of the document, counted from 0.
    pub index: usize,
    /// Relevance from 0 to 1.
    pub relevance_score: f64,
    /// Relevant passages.
    pub relevant_spans: Option<Vec<RelevantSpan>>,
}

/// A relevant passage.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RelevantSpan {
    /// Start, in code points.
    pub start: usize,
    /// End, in code points.
    pub end: usize,
    /// Relevance from 0 to 1.
    pub score: f64,
}

/// Result of checking a key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CheckedKey {
    /// True if the key is valid.
    pub valid: bool,
    /// Organization of the key.
    pub organization_id: Option<String>,
    /// Owner of the key.
    pub owner_id: Option<String>,
}

/// Version of the API and billing information. Counts are any kind of number.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Meta {
    /// API version.
    pub api_version: Option<ApiVersion>,
    /// Billed units.
    pub billed_units: Option<BilledUnits>,
    /// The tokens.
    pub tokens: Option<Tokens>,
    /// Cached tokens, which did not have to be read again.
    pub cached_tokens: Option<f64>,
    /// Warnings about the request.
    pub warnings: Option<Vec<String>>,
}

/// Version of the API that responded.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ApiVersion {
    /// Version number.
    pub version: String,
    /// True if it is deprecated.
    pub is_deprecated: Option<bool>,
    /// True if it is experimental.
    pub is_experimental: Option<bool>,
}

/// Billed units.
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
    /// Tokens of the response.
    pub output_tokens: Option<f64>,
    /// Searches.
    pub search_units: Option<f64>,
    /// Classifications.
    pub classifications: Option<f64>,
    /// Pages.
    pub pages: Option<f64>,
}

/// Tokens of a request and its response.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Tokens {
    /// Tokens of the request.
    pub input_tokens: Option<f64>,
    /// Tokens of the response.
    pub output_tokens: Option<f64>,
}
