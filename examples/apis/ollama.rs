//! Ollama, which runs language models locally. This is its API under `/api`, after its OpenAPI
//! description (version 0.1.0). Blobs, files of a new model and the older embeddings follow its
//! `docs/api.md`, and errors its page on errors.
//!
//! Calls with and without a stream are separate endpoints, because their responses differ: JSON
//! lines or one object. A stream ends with its final line. One that ends earlier is an error, and
//! so is a line with an `error`. Models are slow to load and to answer, so timeouts are longer than
//! those of other APIs.

use std::collections::BTreeMap;

use connectors_client::{Body, ErrorClass, JsonLines, OpenEnum, api_client};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// Ollama's API. Its base URL is that of the server, `http://localhost:11434`. A local server needs
/// no token.
#[api_client(
    prefix = "api",
    error = OllamaError,
    timeout = "1h",
    attempt_timeout = "1h",
    idle_timeout = "10m"
)]
pub trait Ollama {
    /// Completes a prompt and returns the whole answer. Without a prompt it loads the model, or
    /// unloads it if `keep_alive` is 0.
    #[post("generate", fields(stream = false))]
    async fn generate(
        &self,
        model: &str,
        /// The prompt.
        prompt: Option<&str>,
        /// Text after the answer, for models that fill in.
        suffix: Option<&str>,
        /// Images in base64, for models with vision.
        images: Option<&[&str]>,
        /// Format of the answer.
        format: Option<&Format>,
        /// System prompt that replaces the model's.
        system: Option<&str>,
        /// Prompt template that replaces the model's.
        template: Option<&str>,
        /// Enables thinking before the answer, or sets its level.
        think: Option<&Think>,
        /// If true, the prompt is passed to the model unchanged.
        raw: Option<bool>,
        /// Time that the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// Options of the model.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// Context returned by an earlier answer.
        context: Option<&[u64]>,
        /// If true, the response contains the probabilities of tokens.
        logprobs: Option<bool>,
        /// Number of alternatives for each token.
        top_logprobs: Option<u32>,
    ) -> Generated;

    /// Completes a prompt and streams the answer. The last part contains the statistics.
    #[post("generate", fields(stream = true), done(done = true), failed(error))]
    async fn generate_stream(
        &self,
        model: &str,
        /// The prompt.
        prompt: Option<&str>,
        /// Text after the answer, for models that fill in.
        suffix: Option<&str>,
        /// Images in base64, for models with vision.
        images: Option<&[&str]>,
        /// Format of the answer.
        format: Option<&Format>,
        /// System prompt that replaces the model's.
        system: Option<&str>,
        /// Prompt template that replaces the model's.
        template: Option<&str>,
        /// Enables thinking before the answer, or sets its level.
        think: Option<&Think>,
        /// If true, the prompt is passed to the model unchanged.
        raw: Option<bool>,
        /// Time that the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// Options of the model.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// Context returned by an earlier answer.
        context: Option<&[u64]>,
        /// If true, the response contains the probabilities of tokens.
        logprobs: Option<bool>,
        /// Number of alternatives for each token.
        top_logprobs: Option<u32>,
    ) -> JsonLines<Generated>;

    /// Answers a chat and returns the whole message. Without messages it loads the model, or
    /// unloads it if `keep_alive` is 0.
    #[post("chat", fields(stream = false))]
    async fn chat(
        &self,
        model: &str,
        messages: &[Message],
        /// Functions that the model may call.
        tools: Option<&[Tool]>,
        /// Format of the answer.
        format: Option<&Format>,
        /// Options of the model.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// Enables thinking before the answer, or sets its level.
        think: Option<&Think>,
        /// Time that the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// If true, the response contains the probabilities of tokens.
        logprobs: Option<bool>,
        /// Number of alternatives for each token.
        top_logprobs: Option<u32>,
    ) -> ChatAnswer;

    /// Answers a chat and streams the message. The last part contains the statistics.
    #[post("chat", fields(stream = true), done(done = true), failed(error))]
    async fn chat_stream(
        &self,
        model: &str,
        messages: &[Message],
        /// Functions that the model may call.
        tools: Option<&[Tool]>,
        /// Format of the answer.
        format: Option<&Format>,
        /// Options of the model.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// Enables thinking before the answer, or sets its level.
        think: Option<&Think>,
        /// Time that the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// If true, the response contains the probabilities of tokens.
        logprobs: Option<bool>,
        /// Number of alternatives for each token.
        top_logprobs: Option<u32>,
    ) -> JsonLines<ChatAnswer>;

    /// Creates embeddings of texts.
    #[post("embed")]
    async fn embed(
        &self,
        model: &str,
        input: &[&str],
        /// If true, a text that is too long is truncated. Otherwise it is an error.
        truncate: Option<bool>,
        /// Length of the embeddings.
        dimensions: Option<u32>,
        /// Time that the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// Options of the model.
        #[field("options")]
        model_options: Option<&ModelOptions>,
    ) -> Embedded;

    /// Creates an embedding of one text.
    #[deprecated = "use `embed` instead"]
    #[post("embeddings")]
    async fn embeddings(
        &self,
        model: &str,
        prompt: &str,
        /// Time that the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// Options of the model.
        #[field("options")]
        model_options: Option<&ModelOptions>,
    ) -> Embedding;

    /// Lists the local models.
    #[get("tags")]
    async fn list(&self) -> Models;

    /// Lists the models that are loaded.
    #[get("ps")]
    async fn running(&self) -> RunningModels;

    /// Shows a model.
    #[post("show", idempotent)]
    async fn show(
        &self,
        model: &str,
        /// If true, the response contains the large fields too.
        verbose: Option<bool>,
    ) -> ModelDescription;

    /// Creates a model from another one or from files, and streams the progress.
    #[post("create", fields(stream = true), done(status = "success"), failed(error))]
    async fn create(
        &self,
        model: &str,
        /// Base model.
        from: Option<&str>,
        /// Files of the model: a name, and the digest of a blob after `sha256:`.
        files: Option<&BTreeMap<&str, &str>>,
        /// Files of its adapters, in the same format.
        adapters: Option<&BTreeMap<&str, &str>>,
        /// Prompt template.
        template: Option<&str>,
        /// Licenses.
        license: Option<&[&str]>,
        /// System prompt.
        system: Option<&str>,
        /// Parameters.
        parameters: Option<&ModelOptions>,
        /// Messages that precede each chat.
        messages: Option<&[Message]>,
        /// Quantization, for example `q4_K_M`.
        quantize: Option<&str>,
    ) -> JsonLines<Progress>;

    /// Copies a model to another name.
    #[post("copy")]
    async fn copy(&self, source: &str, destination: &str);

    /// Deletes a model.
    #[delete("delete")]
    async fn delete(&self, #[field("model")] model: &str);

    /// Pulls a model from the library and streams the progress. An interrupted pull resumes.
    #[post("pull", fields(stream = true), done(status = "success"), failed(error))]
    async fn pull(
        &self,
        model: &str,
        /// If true, the connection to the library may be insecure.
        insecure: Option<bool>,
    ) -> JsonLines<Progress>;

    /// Pulls a model from the library and returns at the end.
    #[post("pull", fields(stream = false))]
    async fn pull_whole(
        &self,
        model: &str,
        /// If true, the connection to the library may be insecure.
        insecure: Option<bool>,
    ) -> Progress;

    /// Publishes a model and streams the progress.
    #[post("push", fields(stream = true), done(status = "success"), failed(error))]
    async fn push(
        &self,
        model: &str,
        /// If true, the connection to the library may be insecure.
        insecure: Option<bool>,
    ) -> JsonLines<Progress>;

    /// Checks if a blob with this SHA-256 digest of 64 digits exists. Returns `None` if not.
    #[head("blobs/sha256:<digest>", none_on = 404)]
    async fn has_blob(&self, digest: &str) -> Option<()>;

    /// Uploads a blob with this SHA-256 digest.
    #[post("blobs/sha256:<digest>", idempotent)]
    async fn create_blob(
        &self,
        digest: &str,
        #[body(content_type = "application/octet-stream")] content: Body,
    );

    /// Gets the version of the server.
    #[get("version")]
    async fn version(&self) -> Version;
}

/// Format of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any JSON.
    Json,
    /// JSON that matches this JSON schema.
    Schema(Value),
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Json => serializer.serialize_str("json"),
            Self::Schema(schema) => schema.serialize(serializer),
        }
    }
}

/// Thinking of a model before it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Think {
    /// Enables or disables thinking.
    Switch(bool),
    /// Level of thinking, for models with levels.
    Level(ThinkLevel),
}

/// Level of thinking.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ThinkLevel {
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
    /// An unknown level, as received.
    Other(String),
}

/// Time that a model stays loaded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum KeepAlive {
    /// A number with a unit, for example `5m`.
    Text(String),
    /// A number of seconds. 0 unloads the model at once, and a negative number keeps it loaded.
    Seconds(i64),
}

/// Options of a model. The usual ones have fields, and `other` holds the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ModelOptions {
    /// Seed, which makes answers reproducible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// Temperature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Number of most likely tokens from which the next one is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<u32>,
    /// Cumulative probability up to which tokens are considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// Minimum probability of a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_p: Option<f64>,
    /// Texts that end an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Vec<String>>,
    /// Length of the context in tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_ctx: Option<u32>,
    /// Maximum number of tokens of an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_predict: Option<i64>,
    /// All other options.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An answer to a prompt, or a part of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Generated {
    /// The model.
    pub model: String,
    /// Creation time.
    pub created_at: Timestamp,
    /// The text, which is empty in the last part of a stream.
    pub response: String,
    /// Thoughts of the model.
    pub thinking: Option<String>,
    /// True if the answer is complete.
    pub done: bool,
    /// Reason for the end.
    pub done_reason: Option<DoneReason>,
    /// Context to pass with the next prompt, so that the model remembers this one.
    pub context: Option<Vec<u64>>,
    /// The probabilities of the tokens.
    pub logprobs: Option<Vec<Logprob>>,
    /// Statistics.
    #[serde(flatten)]
    pub statistics: Statistics,
}

/// The message of a chat's answer, or a part of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ChatAnswer {
    /// The model.
    pub model: String,
    /// Creation time.
    pub created_at: Timestamp,
    /// The message or a part of it. The last part of a stream may have none.
    pub message: Option<Message>,
    /// True if the answer is complete.
    pub done: bool,
    /// Reason for the end.
    pub done_reason: Option<DoneReason>,
    /// The probabilities of the tokens.
    pub logprobs: Option<Vec<Logprob>>,
    /// Statistics.
    #[serde(flatten)]
    pub statistics: Statistics,
}

/// Statistics of an answer. Times are in nanoseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Statistics {
    /// Total time.
    pub total_duration: Option<u64>,
    /// Time to load the model.
    pub load_duration: Option<u64>,
    /// Number of tokens of the prompt.
    pub prompt_eval_count: Option<u64>,
    /// Time for the prompt.
    pub prompt_eval_duration: Option<u64>,
    /// Number of tokens of the answer.
    pub eval_count: Option<u64>,
    /// Time for the answer.
    pub eval_duration: Option<u64>,
}

/// Reason for the end of an answer.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DoneReason {
    /// Complete.
    Stop,
    /// Maximum length reached.
    Length,
    /// The model was loaded, and nothing was asked.
    Load,
    /// The model was unloaded.
    Unload,
    /// An unknown reason, as received.
    Unknown(String),
}

/// Probability of a token.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Logprob {
    /// The token.
    pub token: String,
    /// Logarithm of its probability.
    pub logprob: f64,
    /// Bytes of the token.
    pub bytes: Option<Vec<u8>>,
    /// Most likely alternatives.
    #[serde(default)]
    pub top_logprobs: Vec<Logprob>,
}

/// A message of a chat.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Message {
    /// Role of the author.
    pub role: Role,
    /// Its text.
    #[serde(default)]
    pub content: String,
    /// Thoughts of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thinking: Option<String>,
    /// Images in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<String>>,
    /// Functions that the model calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<Vec<ToolCall>>,
    /// Name of the function whose result this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
}

impl Message {
    /// Creates a text message.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        let content = content.into();
        Self { role, content, thinking: None, images: None, tool_calls: None, tool_name: None }
    }
}

/// Role of a message's author.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Role {
    /// System.
    System,
    /// User.
    User,
    /// Assistant, the model.
    Assistant,
    /// Tool, the result of a called function.
    Tool,
    /// An unknown role, as received.
    Unknown(String),
}

/// A function call of a model.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ToolCall {
    /// The function.
    pub function: FunctionCall,
}

/// Name and arguments of a called function.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct FunctionCall {
    /// Its name.
    pub name: String,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Map<String, Value>,
}

/// A tool that a model may use.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", content = "function", rename_all = "lowercase")]
pub enum Tool {
    /// A function.
    Function(Function),
}

/// A function that a model may call.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The JSON schema of its arguments.
    pub parameters: Value,
}

/// Embeddings of texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Embedded {
    /// The model.
    pub model: String,
    /// One embedding per text.
    pub embeddings: Vec<Vec<f64>>,
    /// Total time in nanoseconds.
    pub total_duration: Option<u64>,
    /// Time to load the model in nanoseconds.
    pub load_duration: Option<u64>,
    /// Number of tokens of the texts.
    pub prompt_eval_count: Option<u64>,
}

/// The embedding of a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Embedding {
    /// The embedding.
    pub embedding: Vec<f64>,
}

/// Local models.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Models {
    /// The models.
    pub models: Vec<Model>,
}

/// A local model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Its name again.
    pub model: Option<String>,
    /// Its name on the remote server, if another server runs it.
    pub remote_model: Option<String>,
    /// Host of that remote server.
    pub remote_host: Option<String>,
    /// Time of the last change.
    pub modified_at: Timestamp,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of its content.
    pub digest: String,
    /// Kind of model.
    pub details: ModelDetails,
}

/// Kind of a model.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ModelDetails {
    /// Base model.
    pub parent_model: Option<String>,
    /// The format of its file, for example `gguf`.
    pub format: Option<String>,
    /// Its family.
    pub family: Option<String>,
    /// All its families. Null if there is only one.
    pub families: Option<Vec<String>>,
    /// Approximate number of parameters, for example `7B`.
    pub parameter_size: Option<String>,
    /// Quantization.
    pub quantization_level: Option<String>,
}

/// Loaded models.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RunningModels {
    /// The models.
    pub models: Vec<RunningModel>,
}

/// A loaded model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RunningModel {
    /// Its name.
    pub name: String,
    /// Its name again.
    pub model: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of its content.
    pub digest: String,
    /// Kind of model.
    pub details: ModelDetails,
    /// Time at which it will be unloaded.
    pub expires_at: Timestamp,
    /// Size in the memory of graphics cards, in bytes.
    pub size_vram: u64,
    /// Length of its context in tokens.
    pub context_length: Option<u64>,
}

/// Details of a model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ModelDescription {
    /// Modelfile from which it can be created again.
    pub modelfile: Option<String>,
    /// Parameters, one per line.
    pub parameters: Option<String>,
    /// License.
    pub license: Option<String>,
    /// Time of the last change.
    pub modified_at: Option<Timestamp>,
    /// Kind of model.
    pub details: ModelDetails,
    /// Prompt template.
    pub template: Option<String>,
    /// Capabilities.
    pub capabilities: Option<Vec<Capability>>,
    /// Metadata of its file.
    #[serde(default)]
    pub model_info: Map<String, Value>,
}

/// A capability of a model.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Capability {
    /// Completion.
    Completion,
    /// Tools.
    Tools,
    /// Insertion.
    Insert,
    /// Vision.
    Vision,
    /// Embedding.
    Embedding,
    /// Thinking.
    Thinking,
    /// An unknown value, as received.
    Unknown(String),
}

/// Progress of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Progress {
    /// Status, which is `success` at the end.
    pub status: String,
    /// Digest of the transferred file.
    pub digest: Option<String>,
    /// Size of that file in bytes.
    pub total: Option<u64>,
    /// Number of transferred bytes.
    pub completed: Option<u64>,
}

/// The version of a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// Version number.
    pub version: String,
}

/// Error statuses of Ollama.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum OllamaError {
    /// 400: a parameter is missing or invalid, or a blob has another digest.
    #[status(400)]
    BadRequest(Option<Failure>),
    /// 404: the model does not exist.
    #[status(404)]
    NotFound(Option<Failure>),
    /// 429: too many calls.
    #[status(429)]
    TooManyRequests,
    /// 500: the model could not run, or a stream reports a failure.
    #[status(500)]
    InternalServerError(Option<Failure>),
    /// 502: a cloud model is unreachable.
    #[status(502)]
    BadGateway,
    /// Any other status that is not a success.
    #[status(other)]
    Other,
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Failure {
    /// The error.
    pub error: String,
}
