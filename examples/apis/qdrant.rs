//! Qdrant, a vector store: its collections, points and snapshots, after its OpenAPI description.
//!
//! Each response is `{"result": T, "status": "ok", "time": 0.01}`, an envelope that the trait names
//! once. Filters are JSON, because conditions nest without end. All reads are POSTs with a body and
//! are declared as idempotent, so that they are retried.

use std::collections::BTreeMap;
use std::fmt;

use connectors_client::{ByteStream, ErrorClass, OpenEnum, Page, Text, api_client};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Qdrant's API. Its base URL is that of the server, `http://localhost:6333`. An API key is sent in
/// the header `api-key`.
#[api_client(envelope = "result", error = QdrantError)]
pub trait Qdrant {
    /// Tells the version of the server.
    #[get("", envelope = none)]
    async fn version(&self) -> Version;

    /// Tells in words if the server is healthy.
    #[get("healthz")]
    async fn health(&self) -> Text;

    /// Returns metrics in the text format of Prometheus.
    #[get("metrics?<anonymize>")]
    async fn metrics(
        &self,
        /// If true, names are left out.
        anonymize: Option<bool>,
    ) -> Text;

    /// Lists the collections.
    #[get("collections")]
    async fn collections(&self) -> Collections;

    /// Describes a collection.
    #[get("collections/<collection>")]
    async fn collection(&self, collection: &str) -> Collection;

    /// Tells if a collection exists.
    #[get("collections/<collection>/exists")]
    async fn has_collection(&self, collection: &str) -> Existence;

    /// Creates a collection.
    #[put("collections/<collection>?<timeout>")]
    async fn create_collection(
        &self,
        collection: &str,
        /// Parameters of its vectors.
        #[field]
        vectors: &VectorParams,
        /// Number of shards.
        #[field]
        shard_number: Option<u32>,
        /// Number of copies of each shard.
        #[field]
        replication_factor: Option<u32>,
        /// If true, payloads are on disk.
        #[field]
        on_disk_payload: Option<bool>,
        /// Timeout in seconds.
        timeout: Option<u32>,
    ) -> bool;

    /// Changes parameters of a collection.
    #[patch("collections/<collection>?<timeout>")]
    async fn update_collection(
        &self,
        collection: &str,
        /// Parameters of the collection.
        params: Option<&Map<String, Value>>,
        /// Parameters of the optimizers.
        optimizers_config: Option<&Map<String, Value>>,
        /// Timeout in seconds.
        timeout: Option<u32>,
    ) -> bool;

    /// Deletes a collection.
    #[delete("collections/<collection>?<timeout>")]
    async fn delete_collection(
        &self,
        collection: &str,
        /// Timeout in seconds.
        timeout: Option<u32>,
    ) -> bool;

    /// Creates, deletes and renames aliases, all or none of them.
    #[post("collections/aliases?<timeout>")]
    async fn update_aliases(
        &self,
        actions: &[AliasAction],
        /// Timeout in seconds.
        timeout: Option<u32>,
    ) -> bool;

    /// Lists the aliases of a collection.
    #[get("collections/<collection>/aliases")]
    async fn collection_aliases(&self, collection: &str) -> Aliases;

    /// Lists all aliases.
    #[get("aliases")]
    async fn aliases(&self) -> Aliases;

    /// Creates an index of a field of the payload.
    #[put("collections/<collection>/index?<wait>&<ordering>")]
    async fn create_index(
        &self,
        collection: &str,
        #[field] field_name: &str,
        /// Type of the field.
        #[field]
        field_schema: Option<&str>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Deletes the index of a field.
    #[delete("collections/<collection>/index/<field_name>?<wait>&<ordering>")]
    async fn delete_index(
        &self,
        collection: &str,
        field_name: &str,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Gets a point.
    #[get("collections/<collection>/points/<id>?<consistency>")]
    async fn point(
        &self,
        collection: &str,
        id: &PointId,
        /// Number of replicas to ask, or a word for it.
        consistency: Option<&str>,
    ) -> Record;

    /// Gets points by their ids.
    #[post("collections/<collection>/points?<consistency>", idempotent)]
    async fn points(
        &self,
        collection: &str,
        ids: &[PointId],
        /// If true, the payloads are returned. The server's default is true.
        with_payload: Option<bool>,
        /// If true, the vectors are returned.
        with_vector: Option<bool>,
        /// Number of replicas to ask, or a word for it.
        consistency: Option<&str>,
    ) -> Vec<Record>;

    /// Inserts points, or replaces those with the same id.
    #[put("collections/<collection>/points?<wait>&<ordering>")]
    async fn upsert(
        &self,
        collection: &str,
        #[field] points: &[Point],
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Deletes points, by their ids or a filter.
    #[post(
        "collections/<collection>/points/delete?<wait>&<ordering>",
        idempotent,
        at_most_one(points, filter)
    )]
    async fn delete_points(
        &self,
        collection: &str,
        /// Ids of the points.
        points: Option<&[PointId]>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Replaces vectors of points and leaves their other vectors.
    #[put("collections/<collection>/points/vectors?<wait>&<ordering>")]
    async fn update_vectors(
        &self,
        collection: &str,
        #[field] points: &[PointVectors],
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Deletes named vectors of points.
    #[post(
        "collections/<collection>/points/vectors/delete?<wait>&<ordering>",
        idempotent,
        at_most_one(points, filter)
    )]
    async fn delete_vectors(
        &self,
        collection: &str,
        /// Names of the vectors.
        vector: &[&str],
        /// Ids of the points.
        points: Option<&[PointId]>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Sets fields of payloads and leaves the other fields.
    #[post(
        "collections/<collection>/points/payload?<wait>&<ordering>",
        idempotent,
        at_most_one(points, filter)
    )]
    async fn set_payload(
        &self,
        collection: &str,
        payload: &Payload,
        /// Ids of the points.
        points: Option<&[PointId]>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// Path of the field that holds them.
        key: Option<&str>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Replaces payloads.
    #[put("collections/<collection>/points/payload?<wait>&<ordering>", at_most_one(points, filter))]
    async fn overwrite_payload(
        &self,
        collection: &str,
        #[field] payload: &Payload,
        /// Ids of the points.
        #[field]
        points: Option<&[PointId]>,
        /// Condition of the points.
        #[field]
        filter: Option<&Value>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Deletes fields of payloads.
    #[post(
        "collections/<collection>/points/payload/delete?<wait>&<ordering>",
        idempotent,
        at_most_one(points, filter)
    )]
    async fn delete_payload(
        &self,
        collection: &str,
        /// Names of the fields.
        keys: &[&str],
        /// Ids of the points.
        points: Option<&[PointId]>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Removes all fields of payloads.
    #[post(
        "collections/<collection>/points/payload/clear?<wait>&<ordering>",
        idempotent,
        at_most_one(points, filter)
    )]
    async fn clear_payload(
        &self,
        collection: &str,
        /// Ids of the points.
        points: Option<&[PointId]>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// If true, the response comes after the change.
        wait: Option<bool>,
        /// Guarantee of the order of writes.
        ordering: Option<Ordering>,
    ) -> Updated;

    /// Lists points in pages. Each page names the id at which the next one begins.
    #[post(
        "collections/<collection>/points/scroll?<consistency>",
        idempotent,
        paginate(cursor = offset)
    )]
    async fn scroll(
        &self,
        collection: &str,
        /// Id of the first point.
        offset: Option<&PointId>,
        /// Number of points of a page. The server's default is 10.
        limit: Option<u32>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// If true, the payloads are returned. The server's default is true.
        with_payload: Option<bool>,
        /// If true, the vectors are returned.
        with_vector: Option<bool>,
        /// Number of replicas to ask, or a word for it.
        consistency: Option<&str>,
    ) -> Scrolled;

    /// Counts points.
    #[post("collections/<collection>/points/count", idempotent)]
    async fn count(
        &self,
        collection: &str,
        /// Condition of the points.
        filter: Option<&Value>,
        /// If false, the count is approximate. The server's default is true.
        exact: Option<bool>,
    ) -> Count;

    /// Counts the values of a field of the payload.
    #[post("collections/<collection>/facet", idempotent)]
    async fn facet(
        &self,
        collection: &str,
        /// The field.
        key: &str,
        /// Maximum number of values. The server's default is 10.
        limit: Option<u32>,
        /// Condition of the points.
        filter: Option<&Value>,
    ) -> Facet;

    /// Finds the points nearest to a vector or to another point.
    #[post("collections/<collection>/points/query?<consistency>", idempotent)]
    async fn query(
        &self,
        collection: &str,
        /// A vector, an id, or a query in JSON.
        query: &Value,
        /// Name of the vector to compare with.
        using: Option<&str>,
        /// Condition of the points.
        filter: Option<&Value>,
        /// Least score.
        score_threshold: Option<f32>,
        /// Number of points. The server's default is 10.
        limit: Option<u32>,
        /// If true, the payloads are returned.
        with_payload: Option<bool>,
        /// If true, the vectors are returned.
        with_vector: Option<bool>,
        /// Number of replicas to ask, or a word for it.
        consistency: Option<&str>,
    ) -> Found;

    /// Makes several queries at once.
    #[post("collections/<collection>/points/query/batch", idempotent)]
    async fn query_batch(&self, collection: &str, searches: &[Value]) -> Vec<Found>;

    /// Lists the snapshots of a collection.
    #[get("collections/<collection>/snapshots")]
    async fn snapshots(&self, collection: &str) -> Vec<Snapshot>;

    /// Creates a snapshot of a collection.
    #[post("collections/<collection>/snapshots?<wait>", attempt_timeout = "30m", timeout = "30m")]
    async fn create_snapshot(
        &self,
        collection: &str,
        /// If true, the response comes after the snapshot.
        wait: Option<bool>,
    ) -> Snapshot;

    /// Downloads a snapshot.
    #[get("collections/<collection>/snapshots/<name>")]
    async fn snapshot(&self, collection: &str, name: &str) -> ByteStream;

    /// Deletes a snapshot.
    #[delete("collections/<collection>/snapshots/<name>?<wait>")]
    async fn delete_snapshot(
        &self,
        collection: &str,
        name: &str,
        /// If true, the response comes after the change.
        wait: Option<bool>,
    ) -> bool;
}

/// Fields of a point beside its vector.
pub type Payload = Map<String, Value>;

/// Id of a point: a number or a UUID.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PointId {
    /// A number.
    Number(u64),
    /// A UUID.
    Uuid(String),
}

impl fmt::Display for PointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Uuid(uuid) => uuid.fmt(f),
        }
    }
}

/// Guarantee of the order of writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ordering {
    /// Writes may be reordered. This is the server's default.
    Weak,
    /// Writes go through a leader, which may change.
    Medium,
    /// Writes go through the permanent leader.
    Strong,
}

/// Parameters of a vector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VectorParams {
    /// Number of dimensions.
    pub size: u64,
    /// Measure of the distance.
    pub distance: Distance,
}

/// Measure of the distance of two vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Distance {
    /// Cosine.
    Cosine,
    /// Euclidean.
    Euclid,
    /// Scalar product.
    Dot,
    /// Sum of the differences.
    Manhattan,
}

/// A change of an alias.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AliasAction {
    /// Creates an alias.
    CreateAlias {
        /// The collection.
        collection_name: String,
        /// Its alias.
        alias_name: String,
    },
    /// Deletes an alias.
    DeleteAlias {
        /// The alias.
        alias_name: String,
    },
    /// Renames an alias.
    RenameAlias {
        /// Its name so far.
        old_alias_name: String,
        /// Its new name.
        new_alias_name: String,
    },
}

/// A point to store.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Its id.
    pub id: PointId,
    /// Its vector.
    pub vector: Vec<f32>,
    /// Its other fields.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub payload: Payload,
}

/// New vectors of a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointVectors {
    /// Id of the point.
    pub id: PointId,
    /// Its vectors by their names.
    pub vector: BTreeMap<String, Vec<f32>>,
}

/// Version of a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// Name of the product.
    pub title: String,
    /// Version number.
    pub version: String,
    /// Commit from which it was built.
    pub commit: Option<String>,
}

/// All collections.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Collections {
    /// The collections.
    pub collections: Vec<CollectionName>,
}

/// Name of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CollectionName {
    /// The name.
    pub name: String,
}

/// A collection.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Collection {
    /// Its state.
    pub status: CollectionStatus,
    /// Approximate number of its points.
    pub points_count: Option<u64>,
    /// Number of its segments.
    pub segments_count: u64,
    /// Its parameters.
    pub config: Value,
}

/// State of a collection.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum CollectionStatus {
    /// All is well.
    Green,
    /// Optimizations run.
    Yellow,
    /// Optimizations wait.
    Grey,
    /// An operation has failed.
    Red,
    /// An unknown state, as received.
    Other(String),
}

/// Tells if a collection exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Existence {
    /// True if it exists.
    pub exists: bool,
}

/// Aliases.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Aliases {
    /// The aliases.
    pub aliases: Vec<Alias>,
}

/// Alias of a collection.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Alias {
    /// The alias.
    pub alias_name: String,
    /// The collection.
    pub collection_name: String,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Updated {
    /// Number of the operation.
    pub operation_id: Option<u64>,
    /// Its state.
    pub status: UpdateStatus,
}

/// State of a change.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UpdateStatus {
    /// It is written down and will be made.
    Acknowledged,
    /// It is made.
    Completed,
    /// An unknown state, as received.
    Other(String),
}

/// A stored point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Record {
    /// Its id.
    pub id: PointId,
    /// Its other fields.
    pub payload: Option<Payload>,
    /// Its vector or vectors.
    pub vector: Option<Value>,
}

/// A page of points.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct Scrolled {
    /// The points.
    #[page(items)]
    pub points: Vec<Record>,
    /// Id of the next page's first point.
    #[page(next)]
    pub next_page_offset: Option<PointId>,
}

/// A number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Count {
    /// The number.
    pub count: u64,
}

/// Values of a field and their numbers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Facet {
    /// The values.
    pub hits: Vec<FacetValue>,
}

/// A value of a field and its number.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FacetValue {
    /// The value.
    pub value: Value,
    /// Number of its points.
    pub count: u64,
}

/// Found points, nearest first.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Found {
    /// The points.
    pub points: Vec<ScoredPoint>,
}

/// A found point.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ScoredPoint {
    /// Its id.
    pub id: PointId,
    /// Its version.
    pub version: u64,
    /// Its score.
    pub score: f32,
    /// Its other fields.
    pub payload: Option<Payload>,
    /// Its vector or vectors.
    pub vector: Option<Value>,
}

/// A snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Snapshot {
    /// Its name.
    pub name: String,
    /// Creation time, without a time zone.
    pub creation_time: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content.
    pub checksum: Option<String>,
}

/// Error statuses of Qdrant.
#[derive(Clone, Debug, PartialEq, ErrorClass)]
#[non_exhaustive]
pub enum QdrantError {
    /// 404: the collection or point does not exist.
    #[status(404)]
    NotFound(Option<Failure>),
    /// Any other status of a mistake of the caller.
    #[status(400..=499)]
    BadRequest(Option<Failure>),
    /// Any other status that is not a success.
    #[status(other)]
    Other(Option<Failure>),
}

/// The body of an error.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Failure {
    /// The error.
    pub status: FailureStatus,
    /// Time in seconds.
    pub time: Option<f64>,
}

/// The words of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FailureStatus {
    /// The words.
    pub error: String,
}
