//! Ollama, which runs language models on one's own machine: its API under `/api`, after its OpenAPI description (version 0.1.0)
//! and, for blobs, files of a new model and the older embeddings, its `docs/api.md`; errors are those of its page on errors.
//!
//! What can be streamed is an endpoint of its own each way, since the reply differs: lines of JSON, or one object. A stream
//! ends with the line that says so; one that breaks off before is an error, and so is a line with an `error`. Models are slow
//! to load and to answer, which is why limits of time are longer than those of other APIs.

use std::collections::BTreeMap;

use connectors_client::{Body, ErrorClass, JsonLines, OpenEnum, api_client};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// Ollama's API. Its base URL is that of the server, `http://localhost:11434`; a server of one's own wants no token.
#[api_client(
    prefix = "api",
    error = OllamaError,
    timeout = "1h",
    attempt_timeout = "1h",
    idle_timeout = "10m"
)]
pub trait Ollama {
    /// Completes a prompt, and gives the whole answer. Without a prompt the model is loaded, or with `keep_alive` 0 unloaded.
    #[post("generate", fields(stream = false))]
    async fn generate(
        &self,
        model: &str,
        /// What to answer.
        prompt: Option<&str>,
        /// The text behind the answer, for models that fill in.
        suffix: Option<&str>,
        /// Images in base64, for models that see.
        images: Option<&[&str]>,
        /// What the answer is to look like.
        format: Option<&Format>,
        /// The system prompt, in place of the model's.
        system: Option<&str>,
        /// The prompt template, in place of the model's.
        template: Option<&str>,
        /// Whether and how much the model thinks first.
        think: Option<&Think>,
        /// Whether the prompt goes to the model as it is.
        raw: Option<bool>,
        /// How long the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// How the model is run.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// What an earlier answer said to remember.
        context: Option<&[u64]>,
        /// Whether to give the probabilities of tokens.
        logprobs: Option<bool>,
        /// How many alternatives to give for each token.
        top_logprobs: Option<u32>,
    ) -> Generated;

    /// Completes a prompt, and gives the answer as it comes; the last part has the statistics.
    #[post("generate", fields(stream = true), done(done = true), fails_on(error))]
    async fn generate_stream(
        &self,
        model: &str,
        /// What to answer.
        prompt: Option<&str>,
        /// The text behind the answer, for models that fill in.
        suffix: Option<&str>,
        /// Images in base64, for models that see.
        images: Option<&[&str]>,
        /// What the answer is to look like.
        format: Option<&Format>,
        /// The system prompt, in place of the model's.
        system: Option<&str>,
        /// The prompt template, in place of the model's.
        template: Option<&str>,
        /// Whether and how much the model thinks first.
        think: Option<&Think>,
        /// Whether the prompt goes to the model as it is.
        raw: Option<bool>,
        /// How long the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// How the model is run.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// What an earlier answer said to remember.
        context: Option<&[u64]>,
        /// Whether to give the probabilities of tokens.
        logprobs: Option<bool>,
        /// How many alternatives to give for each token.
        top_logprobs: Option<u32>,
    ) -> JsonLines<Generated>;

    /// Answers a chat, and gives the whole message. Without messages the model is loaded, or with `keep_alive` 0 unloaded.
    #[post("chat", fields(stream = false))]
    async fn chat(
        &self,
        model: &str,
        messages: &[Message],
        /// The functions that the model may call.
        tools: Option<&[Tool]>,
        /// What the answer is to look like.
        format: Option<&Format>,
        /// How the model is run.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// Whether and how much the model thinks first.
        think: Option<&Think>,
        /// How long the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// Whether to give the probabilities of tokens.
        logprobs: Option<bool>,
        /// How many alternatives to give for each token.
        top_logprobs: Option<u32>,
    ) -> ChatAnswer;

    /// Answers a chat, and gives the message as it comes; the last part has the statistics.
    #[post("chat", fields(stream = true), done(done = true), fails_on(error))]
    async fn chat_stream(
        &self,
        model: &str,
        messages: &[Message],
        /// The functions that the model may call.
        tools: Option<&[Tool]>,
        /// What the answer is to look like.
        format: Option<&Format>,
        /// How the model is run.
        #[field("options")]
        model_options: Option<&ModelOptions>,
        /// Whether and how much the model thinks first.
        think: Option<&Think>,
        /// How long the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// Whether to give the probabilities of tokens.
        logprobs: Option<bool>,
        /// How many alternatives to give for each token.
        top_logprobs: Option<u32>,
    ) -> JsonLines<ChatAnswer>;

    /// Makes vectors of texts.
    #[post("embed")]
    async fn embed(
        &self,
        model: &str,
        input: &[&str],
        /// Whether a text that is too long is cut, and not an error.
        truncate: Option<bool>,
        /// How long the vectors are to be.
        dimensions: Option<u32>,
        /// How long the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// How the model is run.
        #[field("options")]
        model_options: Option<&ModelOptions>,
    ) -> Embedded;

    /// Makes a vector of one text.
    #[deprecated = "`embed` is in its place"]
    #[post("embeddings")]
    async fn embeddings(
        &self,
        model: &str,
        prompt: &str,
        /// How long the model stays loaded.
        keep_alive: Option<&KeepAlive>,
        /// How the model is run.
        #[field("options")]
        model_options: Option<&ModelOptions>,
    ) -> Embedding;

    /// Lists the models that are here.
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
        /// Whether to give the large fields too.
        verbose: Option<bool>,
    ) -> ModelDescription;

    /// Makes a model of another one or of files, and gives what is being done as it is done.
    #[post("create", fields(stream = true), done(status = "success"), fails_on(error))]
    async fn create(
        &self,
        model: &str,
        /// The model that it is made of.
        from: Option<&str>,
        /// The files that it is made of: a name, and the digest of a blob behind `sha256:`.
        files: Option<&BTreeMap<&str, &str>>,
        /// The files of its adapters, likewise.
        adapters: Option<&BTreeMap<&str, &str>>,
        /// Its prompt template.
        template: Option<&str>,
        /// Its licences.
        license: Option<&[&str]>,
        /// Its system prompt.
        system: Option<&str>,
        /// Its parameters.
        parameters: Option<&ModelOptions>,
        /// Messages that come before each chat.
        messages: Option<&[Message]>,
        /// How it is quantized, for example `q4_K_M`.
        quantize: Option<&str>,
    ) -> JsonLines<Progress>;

    /// Copies a model to another name.
    #[post("copy")]
    async fn copy(&self, source: &str, destination: &str);

    /// Deletes a model.
    #[delete("delete")]
    async fn delete(&self, #[field("model")] model: &str);

    /// Gets a model from the library, and gives what is being done as it is done. A pull that was broken off goes on where
    /// it was.
    #[post("pull", fields(stream = true), done(status = "success"), fails_on(error))]
    async fn pull(
        &self,
        model: &str,
        /// Whether the connection to the library may be insecure.
        insecure: Option<bool>,
    ) -> JsonLines<Progress>;

    /// Gets a model from the library, and says when it is here.
    #[post("pull", fields(stream = false))]
    async fn pull_whole(
        &self,
        model: &str,
        /// Whether the connection to the library may be insecure.
        insecure: Option<bool>,
    ) -> Progress;

    /// Publishes a model, and gives what is being done as it is done.
    #[post("push", fields(stream = true), done(status = "success"), fails_on(error))]
    async fn push(
        &self,
        model: &str,
        /// Whether the connection to the library may be insecure.
        insecure: Option<bool>,
    ) -> JsonLines<Progress>;

    /// Whether there is a blob with this SHA-256 digest, 64 digits: `None` if not.
    #[head("blobs/sha256:<digest>", none_on = 404)]
    async fn has_blob(&self, digest: &str) -> Option<()>;

    /// Uploads a blob, whose SHA-256 digest this must be.
    #[post("blobs/sha256:<digest>", idempotent)]
    async fn create_blob(
        &self,
        digest: &str,
        #[body(content_type = "application/octet-stream")] content: Body,
    );

    /// Says which version the server is.
    #[get("version")]
    async fn version(&self) -> Version;
}

/// What an answer is to look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any JSON.
    Json,
    /// JSON that fits this JSON schema.
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

/// Whether and how much a model thinks before it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Think {
    /// Whether it thinks.
    Switch(bool),
    /// How much it thinks; for models that know levels.
    Level(ThinkLevel),
}

/// How much a model thinks.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ThinkLevel {
    /// Much.
    High,
    /// Some.
    Medium,
    /// Little.
    Low,
    /// A level that is not known here.
    Other(String),
}

/// How long a model stays loaded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum KeepAlive {
    /// A number with a unit, for example `5m`.
    Text(String),
    /// A number of seconds: 0 unloads the model at once, a negative one keeps it.
    Seconds(i64),
}

/// How a model is run. The usual options have fields, all others go in `other`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ModelOptions {
    /// Makes answers the same each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// How random answers are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Of how many of the likeliest tokens the next one is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<u32>,
    /// Up to what sum of probabilities tokens are considered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// The least probability of a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_p: Option<f64>,
    /// Texts that end an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Vec<String>>,
    /// The length of the context, in tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_ctx: Option<u32>,
    /// The most tokens of an answer.
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
    /// When the answer or part was made.
    pub created_at: Timestamp,
    /// The text; empty in the last part of a stream.
    pub response: String,
    /// What the model thought.
    pub thinking: Option<String>,
    /// Whether this is all of it.
    pub done: bool,
    /// Why it ended.
    pub done_reason: Option<DoneReason>,
    /// What to give with the next prompt so that the model remembers this one.
    pub context: Option<Vec<u64>>,
    /// The probabilities of the tokens.
    pub logprobs: Option<Vec<Logprob>>,
    /// What it took.
    #[serde(flatten)]
    pub statistics: Statistics,
}

/// A message as the answer of a chat, or a part of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ChatAnswer {
    /// The model.
    pub model: String,
    /// When the answer or part was made.
    pub created_at: Timestamp,
    /// The message or a part of it; the last part of a stream may have none.
    pub message: Option<Message>,
    /// Whether this is all of it.
    pub done: bool,
    /// Why it ended.
    pub done_reason: Option<DoneReason>,
    /// The probabilities of the tokens.
    pub logprobs: Option<Vec<Logprob>>,
    /// What it took.
    #[serde(flatten)]
    pub statistics: Statistics,
}

/// What an answer took; times are in nanoseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Statistics {
    /// The time in all.
    pub total_duration: Option<u64>,
    /// The time to load the model.
    pub load_duration: Option<u64>,
    /// The tokens of the prompt.
    pub prompt_eval_count: Option<u64>,
    /// The time for the prompt.
    pub prompt_eval_duration: Option<u64>,
    /// The tokens of the answer.
    pub eval_count: Option<u64>,
    /// The time for the answer.
    pub eval_duration: Option<u64>,
}

/// Why an answer ended.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DoneReason {
    /// It was complete.
    Stop,
    /// It was as long as it may be.
    Length,
    /// The model was loaded, and nothing was asked.
    Load,
    /// The model was unloaded.
    Unload,
    /// A reason that is not known here, as it came.
    Unknown(String),
}

/// How probable a token was.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Logprob {
    /// The token.
    pub token: String,
    /// The logarithm of its probability.
    pub logprob: f64,
    /// The bytes of the token.
    pub bytes: Option<Vec<u8>>,
    /// The likeliest tokens in its place.
    #[serde(default)]
    pub top_logprobs: Vec<Logprob>,
}

/// A message of a chat.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Message {
    /// Whose it is.
    pub role: Role,
    /// Its text.
    #[serde(default)]
    pub content: String,
    /// What the model thought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thinking: Option<String>,
    /// Images in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<String>>,
    /// The functions that the model calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<Vec<ToolCall>>,
    /// The function whose result this is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
}

impl Message {
    /// A message of text.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        let content = content.into();
        Self { role, content, thinking: None, images: None, tool_calls: None, tool_name: None }
    }
}

/// Whose message it is.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Role {
    /// The one who sets the rules.
    System,
    /// The one who asks.
    User,
    /// The model.
    Assistant,
    /// A function that was called.
    Tool,
    /// A role that is not known here, as it came.
    Unknown(String),
}

/// A function that a model calls.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ToolCall {
    /// The function.
    pub function: FunctionCall,
}

/// The name of a function that is called, and what it is called with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct FunctionCall {
    /// Its name.
    pub name: String,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Map<String, Value>,
}

/// Something that a model may use.
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
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The JSON schema of its arguments.
    pub parameters: Value,
}

/// Vectors of texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Embedded {
    /// The model.
    pub model: String,
    /// A vector for each text.
    pub embeddings: Vec<Vec<f64>>,
    /// The time in all, in nanoseconds.
    pub total_duration: Option<u64>,
    /// The time to load the model, in nanoseconds.
    pub load_duration: Option<u64>,
    /// The tokens of the texts.
    pub prompt_eval_count: Option<u64>,
}

/// The vector of a text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Embedding {
    /// The vector.
    pub embedding: Vec<f64>,
}

/// The models that are here.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Models {
    /// The models.
    pub models: Vec<Model>,
}

/// A model that is here.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Its name again.
    pub model: Option<String>,
    /// Its name at the server that runs it, if that is another one.
    pub remote_model: Option<String>,
    /// The server that runs it, if that is another one.
    pub remote_host: Option<String>,
    /// When it was changed last.
    pub modified_at: Timestamp,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of its content.
    pub digest: String,
    /// What kind of model it is.
    pub details: ModelDetails,
}

/// What kind of model it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ModelDetails {
    /// The model that it was made of.
    pub parent_model: Option<String>,
    /// The format of its file, for example `gguf`.
    pub format: Option<String>,
    /// Its family.
    pub family: Option<String>,
    /// All its families; null where there is but one.
    pub families: Option<Vec<String>>,
    /// About how many parameters it has, for example `7B`.
    pub parameter_size: Option<String>,
    /// How it is quantized.
    pub quantization_level: Option<String>,
}

/// The models that are loaded.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RunningModels {
    /// The models.
    pub models: Vec<RunningModel>,
}

/// A model that is loaded.
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
    /// What kind of model it is.
    pub details: ModelDetails,
    /// When it will be unloaded.
    pub expires_at: Timestamp,
    /// Its size in the memory of graphics cards, in bytes.
    pub size_vram: u64,
    /// The length of its context, in tokens.
    pub context_length: Option<u64>,
}

/// What is known about a model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ModelDescription {
    /// The file that it can be made of again.
    pub modelfile: Option<String>,
    /// Its parameters, a line each.
    pub parameters: Option<String>,
    /// Its licence.
    pub license: Option<String>,
    /// When it was changed last.
    pub modified_at: Option<Timestamp>,
    /// What kind of model it is.
    pub details: ModelDetails,
    /// Its prompt template.
    pub template: Option<String>,
    /// What it can do.
    pub capabilities: Option<Vec<Capability>>,
    /// What its file says about it.
    #[serde(default)]
    pub model_info: Map<String, Value>,
}

/// What a model can do.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Capability {
    /// It answers.
    Completion,
    /// It calls functions.
    Tools,
    /// It fills in.
    Insert,
    /// It sees.
    Vision,
    /// It makes vectors.
    Embedding,
    /// It thinks.
    Thinking,
    /// Something that is not known here, as it came.
    Unknown(String),
}

/// What is being done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Progress {
    /// What it is; `success` at the end.
    pub status: String,
    /// The digest of the file that it is about.
    pub digest: Option<String>,
    /// The size of that file, in bytes.
    pub total: Option<u64>,
    /// How many of these bytes are here or there.
    pub completed: Option<u64>,
}

/// The version of a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// Its number.
    pub version: String,
}

/// The error statuses of Ollama.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum OllamaError {
    /// 400: a parameter is missing or wrong, or a blob has another digest.
    #[status(400)]
    BadRequest(Option<Failure>),
    /// 404: there is no such model.
    #[status(404)]
    NotFound(Option<Failure>),
    /// 429: too many calls.
    #[status(429)]
    TooManyRequests,
    /// 500: the model could not be run, or a stream says that it has failed.
    #[status(500)]
    InternalServerError(Option<Failure>),
    /// 502: a model in the cloud cannot be reached.
    #[status(502)]
    BadGateway,
    /// Any other status that is no success.
    #[status(other)]
    Other,
}

/// What an error says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Failure {
    /// What went wrong.
    pub error: String,
}
