//! Docker's Engine API, which Podman serves too, over a Unix socket: containers, images, their logs
//! and events, after its reference of version 1.43.
//!
//! ```no_run
//! use connectors_client::Client;
//! use connectors_examples::apis::docker::DockerClient;
//!
//! # async fn list() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("http://localhost").unix_socket("/run/podman/podman.sock").build()?;
//! let running = DockerClient::new(client).containers().await?;
//! # Ok(())
//! # }
//! ```

use std::collections::BTreeMap;

use connectors_client::{
    ByteStream, ErrorClass, FromResponse, JsonLines, OpenEnum, Secret, Text, api_client,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Docker's Engine API.
#[api_client(prefix = "v1.43", error = DockerError)]
pub trait Docker {
    /// Answers `OK` if the engine runs.
    #[get("_ping")]
    async fn ping(&self) -> Text;

    /// Tells versions.
    #[get("version")]
    async fn version(&self) -> Version;

    /// Lists containers.
    #[get("containers/json?<all>&<limit>&<filters>")]
    async fn containers(
        &self,
        /// If true, stopped containers are listed too.
        all: Option<bool>,
        /// Maximum number of containers, the newest first.
        limit: Option<u32>,
        /// Allowed values of properties, sent as JSON.
        #[with(as_json)]
        filters: Option<&Filters>,
    ) -> Vec<Container>;

    /// Creates a container. It does not run yet.
    #[post("containers/create?<name>&<platform>")]
    async fn create(
        &self,
        #[body] container: &NewContainer,
        /// Its name. The engine makes one up by default.
        name: Option<&str>,
        /// Platform, for example `linux/arm64`.
        platform: Option<&str>,
    ) -> Created;

    /// Describes a container.
    #[get("containers/<id>/json?<size>")]
    async fn inspect(
        &self,
        id: &str,
        /// If true, sizes are counted.
        size: Option<bool>,
    ) -> Inspected;

    /// Starts a container. One that runs already stays as it is.
    #[post("containers/<id>/start", idempotent)]
    async fn start(&self, id: &str) -> Change;

    /// Stops a container. One that is stopped already stays as it is.
    #[post("containers/<id>/stop?<t>", idempotent)]
    async fn stop(
        &self,
        id: &str,
        /// Time in seconds until it is killed.
        t: Option<u32>,
    ) -> Change;

    /// Sends a signal to a container.
    #[post("containers/<id>/kill?<signal>")]
    async fn kill(
        &self,
        id: &str,
        /// The signal. The default is `SIGKILL`.
        signal: Option<&str>,
    );

    /// Waits until a container ends. The wait has no limit but the idle timeout of the call.
    #[post("containers/<id>/wait?<condition>", timeout = "24h", attempt_timeout = "24h")]
    async fn wait(
        &self,
        id: &str,
        /// State to wait for: `not-running`, `next-exit` or `removed`.
        condition: Option<&str>,
    ) -> Exited;

    /// Removes a container.
    #[delete("containers/<id>?<v>&<force>")]
    async fn remove(
        &self,
        id: &str,
        /// If true, its volumes without a name are removed too.
        v: Option<bool>,
        /// If true, it is killed first.
        force: Option<bool>,
    );

    /// Returns logs, in frames of 8 bytes and the text. With `follow` they go on until the
    /// container ends.
    #[get(
        "containers/<id>/logs?<stdout>&<stderr>&<follow>&<since>&<tail>&<timestamps>",
        idle_timeout = "1h"
    )]
    async fn logs(
        &self,
        id: &str,
        /// If true, the standard output is returned.
        stdout: Option<bool>,
        /// If true, the standard error is returned.
        stderr: Option<bool>,
        /// If true, new lines are sent as they come.
        follow: Option<bool>,
        /// Time of the first line, in seconds since 1970.
        since: Option<i64>,
        /// Number of last lines, or `all`.
        tail: Option<&str>,
        /// If true, each line begins with its time.
        timestamps: Option<bool>,
    ) -> ByteStream;

    /// Returns measurements of a container, one a second.
    #[get("containers/<id>/stats?stream=true", idle_timeout = "1m")]
    async fn stats(&self, id: &str) -> JsonLines<Stats>;

    /// Lists images.
    #[get("images/json?<all>&<filters>")]
    async fn images(
        &self,
        /// If true, images in between are listed too.
        all: Option<bool>,
        /// Allowed values of properties, sent as JSON.
        #[with(as_json)]
        filters: Option<&Filters>,
    ) -> Vec<Image>;

    /// Pulls an image and reports the progress. A failure comes within the stream.
    #[post(
        "images/create?fromImage=<image>&<tag>&<platform>",
        idempotent,
        failed(error),
        idle_timeout = "10m"
    )]
    async fn pull(
        &self,
        image: &str,
        /// Tag or digest.
        tag: Option<&str>,
        /// Platform, for example `linux/arm64`.
        platform: Option<&str>,
        /// Credentials of the registry: base64 of JSON.
        #[header("X-Registry-Auth")]
        auth: Option<&Secret>,
    ) -> JsonLines<Progress>;

    /// Removes an image, also its parents without a tag. The name may contain slashes.
    #[delete("images/<name..>?<force>&<noprune>")]
    async fn remove_image(
        &self,
        name: &str,
        /// If true, it is removed although containers use it.
        force: Option<bool>,
        /// If true, its parents stay.
        noprune: Option<bool>,
    ) -> Vec<RemovedImage>;

    /// Returns events as they happen.
    #[get("events?<since>&<until>&<filters>", idle_timeout = "24h")]
    async fn events(
        &self,
        /// Time of the first event, in seconds since 1970.
        since: Option<i64>,
        /// Time of the last event. The stream ends there.
        until: Option<i64>,
        /// Allowed values of properties, sent as JSON.
        #[with(as_json)]
        filters: Option<&Filters>,
    ) -> JsonLines<Event>;
}

/// Allowed values of properties: `{"status": ["running"]}`.
pub type Filters = BTreeMap<String, Vec<String>>;

/// Writes a value as a text that is JSON.
pub mod as_json {
    use serde::{Serialize, Serializer, ser::Error};

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Fails if the value is not JSON.
    pub fn serialize<T: Serialize + ?Sized, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let json = serde_json::to_string(value).map_err(S::Error::custom)?;
        serializer.serialize_str(&json)
    }
}

/// Versions of an engine.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Version {
    /// Version of the engine.
    pub version: String,
    /// Newest version of the API.
    pub api_version: String,
    /// Operating system.
    pub os: String,
}

/// A change of a container's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromResponse)]
pub enum Change {
    /// The container has changed.
    #[status(204)]
    Changed,
    /// The container was in that state already.
    #[status(304)]
    AlreadySo,
}

/// A container in a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Container {
    /// Its id.
    pub id: String,
    /// Its names, each with a slash before it.
    pub names: Vec<String>,
    /// Its image.
    pub image: String,
    /// Its state.
    pub state: State,
    /// Its state in words.
    pub status: String,
    /// Labels.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// State of a container.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum State {
    /// It has not run.
    Created,
    /// It runs.
    Running,
    /// It is paused.
    Paused,
    /// It has ended.
    Exited,
    /// An unknown state, as received.
    Other(String),
}

/// A container to create.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NewContainer {
    /// Its image.
    pub image: String,
    /// Its command.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cmd: Vec<String>,
    /// Environment variables, as `NAME=value`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub env: Vec<String>,
    /// Labels.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

/// A created container.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Created {
    /// Its id.
    pub id: String,
    /// Warnings.
    #[serde(default)]
    pub warnings: Vec<String>,
}

/// A container in full.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Inspected {
    /// Its id.
    pub id: String,
    /// Its name, with a slash before it.
    pub name: String,
    /// Its state.
    pub state: InspectedState,
    /// All that it was created with.
    pub config: Map<String, Value>,
}

/// State of a container in full.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct InspectedState {
    /// The state.
    pub status: State,
    /// Exit code of the last run.
    pub exit_code: i64,
}

/// End of a container.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Exited {
    /// Exit code.
    pub status_code: i64,
    /// The reason if waiting failed.
    pub error: Option<WaitFailure>,
}

/// The reason why waiting failed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct WaitFailure {
    /// The reason.
    pub message: String,
}

/// Measurements of a container.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Stats {
    /// Time of the measurement.
    pub read: String,
    /// Use of processors.
    pub cpu_stats: Value,
    /// Use of memory.
    pub memory_stats: Value,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Image {
    /// Its id.
    pub id: String,
    /// Its tags.
    #[serde(default)]
    pub repo_tags: Vec<String>,
    /// Its size in bytes.
    pub size: i64,
}

/// Progress of a pull.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Progress {
    /// Step.
    pub status: String,
    /// Layer.
    pub id: Option<String>,
    /// Numbers of the step.
    #[serde(default, rename = "progressDetail")]
    pub detail: ProgressDetail,
}

/// Numbers of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ProgressDetail {
    /// Number of bytes so far.
    pub current: Option<u64>,
    /// Number of bytes in all.
    pub total: Option<u64>,
}

/// A removed image, or one that lost a tag.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RemovedImage {
    /// The tag that is gone.
    pub untagged: Option<String>,
    /// The id of the image that is gone.
    pub deleted: Option<String>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// Kind of object.
    #[serde(rename = "Type")]
    pub kind: String,
    /// The event.
    #[serde(rename = "Action")]
    pub action: String,
    /// The object.
    #[serde(rename = "Actor")]
    pub actor: Actor,
    /// Time in seconds since 1970.
    pub time: i64,
}

/// Object of an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Actor {
    /// Its id.
    #[serde(rename = "ID")]
    pub id: String,
    /// Its properties.
    #[serde(default, rename = "Attributes")]
    pub attributes: BTreeMap<String, String>,
}

/// Error statuses of Docker.
#[derive(Clone, Debug, PartialEq, Eq, ErrorClass)]
#[non_exhaustive]
pub enum DockerError {
    /// 404: no such container or image.
    #[status(404)]
    NotFound(Option<Failure>),
    /// 409: the state of the object does not allow it.
    #[status(409)]
    Conflict(Option<Failure>),
    /// Any other mistake of the caller.
    #[status(400..=499)]
    BadRequest(Option<Failure>),
    /// Any other status that is not a success.
    #[status(other)]
    Other(Option<Failure>),
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Failure {
    /// The error.
    pub message: String,
}
