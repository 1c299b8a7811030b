//! `OpenSearch`, a search engine: documents, searches and scrolling, after its REST API reference.
//! Elasticsearch has the same requests.
//!
//! Documents are JSON, which `serde_json::from_value` turns into a type of the caller's. A search is
//! a GET with a body, which each argument marks by `#[field]`. Bulk requests are lines
//! of JSON. Statuses of documents and of searches are results, and errors have a typed body.

use connectors_client::{Body, CommaSeparated, ErrorClass, JsonArray, OpenEnum, Text, api_client};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// `OpenSearch`'s API. Its base URL is that of the server, `https://localhost:9200`.
#[api_client(error = SearchError)]
pub trait OpenSearch {
    /// Describes the server.
    #[get("")]
    async fn info(&self) -> Info;

    /// Tells the health of the cluster.
    #[get("_cluster/health?<wait_for_status>&<timeout>")]
    async fn health(
        &self,
        /// State for which the server waits.
        wait_for_status: Option<Health>,
        /// Longest wait, for example `50s`.
        timeout: Option<&str>,
    ) -> ClusterHealth;

    /// Lists indexes, one by one.
    #[get("_cat/indices/<index>?format=json")]
    async fn indexes(&self, index: &[&str]) -> JsonArray<IndexRow>;

    /// Creates an index.
    #[put("<index>")]
    async fn create_index(
        &self,
        index: &str,
        /// Settings.
        #[field]
        settings: Option<&Map<String, Value>>,
        /// Types of the fields.
        #[field]
        mappings: Option<&Map<String, Value>>,
    ) -> Acknowledged;

    /// Deletes indexes.
    #[delete("<index>")]
    async fn delete_indexes(&self, index: &[&str]) -> Acknowledged;

    /// Tells if an index exists. Returns `None` if not.
    #[head("<index>", none_on = 404)]
    async fn has_index(&self, index: &str) -> Option<()>;

    /// Stores a document, or replaces the one with this id.
    #[put("<index>/_doc/<id>?<refresh>&<if_seq_no>&<if_primary_term>")]
    async fn put(
        &self,
        index: &str,
        id: &str,
        #[body] document: &Value,
        /// When searches see the document.
        refresh: Option<Refresh>,
        /// Number of the change that is replaced.
        if_seq_no: Option<u64>,
        /// Term of that change.
        if_primary_term: Option<u64>,
    ) -> Written;

    /// Gets a document. Returns `None` if there is none.
    #[get("<index>/_doc/<id>?_source_includes=<source_includes>", none_on = 404)]
    async fn get(
        &self,
        index: &str,
        id: &str,
        /// Fields of the document to return.
        source_includes: Option<CommaSeparated<&[&str]>>,
    ) -> Option<Document>;

    /// Deletes a document.
    #[delete("<index>/_doc/<id>?<refresh>")]
    async fn delete(
        &self,
        index: &str,
        id: &str,
        /// When searches see the change.
        refresh: Option<Refresh>,
    ) -> Written;

    /// Makes many changes: a line of JSON for each action, and one for its document.
    #[post("_bulk?<refresh>")]
    async fn bulk(
        &self,
        #[body(content_type = "application/x-ndjson")] lines: Body,
        /// When searches see the changes.
        refresh: Option<Refresh>,
    ) -> Bulk;

    /// Searches indexes.
    #[get("<index>/_search?<routing>&<scroll>")]
    async fn search(
        &self,
        index: &[&str],
        /// The query.
        #[field]
        query: Option<&Value>,
        /// Number of hits. The server's default is 10.
        #[field]
        size: Option<u32>,
        /// Number of hits to skip.
        #[field]
        from: Option<u32>,
        /// Order of the hits.
        #[field]
        sort: Option<&[Value]>,
        /// Fields of the documents to return.
        #[field("_source")]
        source: Option<&[&str]>,
        /// Aggregations.
        #[field]
        aggs: Option<&Map<String, Value>>,
        /// Routing of the documents.
        routing: Option<&str>,
        /// Time that the search stays open for [`scroll`](Self::scroll), for example `1m`.
        scroll: Option<&str>,
    ) -> SearchResult;

    /// Gets the next hits of a search. There are no more if none come.
    #[get("_search/scroll")]
    async fn scroll(
        &self,
        #[field] scroll_id: &str,
        /// Time that the search stays open, for example `1m`.
        #[field]
        scroll: &str,
    ) -> SearchResult;

    /// Closes searches.
    #[delete("_search/scroll")]
    async fn clear_scroll(&self, #[field] scroll_id: &[&str]) -> Cleared;

    /// Counts documents.
    #[get("<index>/_count")]
    async fn count(
        &self,
        index: &[&str],
        /// The query.
        #[field]
        query: Option<&Value>,
    ) -> Count;

    /// Explains the state of the nodes in words.
    #[get("_cat/health?<v>")]
    async fn health_table(
        &self,
        /// If true, the table has a heading.
        v: Option<bool>,
    ) -> Text;
}

/// Lines of a bulk request.
#[derive(Clone, Debug, Default)]
pub struct BulkLines(Vec<u8>);

impl BulkLines {
    /// Returns no lines.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an action: `{"index": {"_index": "a", "_id": "1"}}`.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be written as JSON.
    pub fn action(self, action: &Value) -> serde_json::Result<Self> {
        self.line(action)
    }

    /// Adds the document of the action before it.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be written as JSON.
    pub fn document(self, document: &impl Serialize) -> serde_json::Result<Self> {
        self.line(document)
    }

    fn line(mut self, value: &impl Serialize) -> serde_json::Result<Self> {
        serde_json::to_writer(&mut self.0, value)?;
        self.0.push(b'\n');
        Ok(self)
    }
}

impl From<BulkLines> for Body {
    fn from(lines: BulkLines) -> Self {
        Self::from(lines.0)
    }
}

/// When searches see a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refresh {
    /// At once.
    True,
    /// At some time.
    False,
    /// The response waits until they do.
    WaitFor,
}

/// Health of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Health {
    /// All shards are there.
    Green,
    /// All primary shards are there.
    Yellow,
    /// Primary shards are missing.
    Red,
    /// An unknown state, as received.
    Other(String),
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Info {
    /// Name of the node.
    pub name: String,
    /// Name of the cluster.
    pub cluster_name: String,
    /// Version.
    pub version: InfoVersion,
}

/// Version of a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct InfoVersion {
    /// Product.
    pub distribution: Option<String>,
    /// Version number.
    pub number: String,
}

/// Health of a cluster, with numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClusterHealth {
    /// State.
    pub status: Health,
    /// True if the wait for a state took too long.
    pub timed_out: bool,
    /// Number of nodes.
    pub number_of_nodes: u32,
}

/// An index in a list. All its values are texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IndexRow {
    /// State.
    pub health: Health,
    /// Its name.
    pub index: String,
    /// Number of documents.
    #[serde(rename = "docs.count")]
    pub docs_count: Option<String>,
}

/// A change of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Acknowledged {
    /// True if all nodes know of it.
    pub acknowledged: bool,
}

/// A change of a document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Written {
    /// Id of the document.
    #[serde(rename = "_id")]
    pub id: String,
    /// Version of the document.
    #[serde(rename = "_version")]
    pub version: u64,
    /// The kind of change.
    pub result: ChangeKind,
    /// Number of the change.
    #[serde(rename = "_seq_no")]
    pub seq_no: u64,
    /// Its term.
    #[serde(rename = "_primary_term")]
    pub primary_term: u64,
}

/// Kind of a change.
#[derive(Clone, Debug, PartialEq, Eq, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// A new document.
    Created,
    /// A replaced document.
    Updated,
    /// A deleted document.
    Deleted,
    /// There was no such document.
    NotFound,
    /// An unknown kind, as received.
    Other(String),
}

/// A stored document.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Document {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its version.
    #[serde(rename = "_version")]
    pub version: Option<u64>,
    /// Its content.
    #[serde(rename = "_source")]
    pub source: Value,
}

/// The outcome of a bulk request.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Bulk {
    /// True if a change has failed.
    pub errors: bool,
    /// The outcome of each action, by the name of the action.
    pub items: Vec<Map<String, Value>>,
}

/// Hits of a search.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SearchResult {
    /// Time in milliseconds.
    pub took: u64,
    /// True if the search took too long, so that hits may be missing.
    pub timed_out: bool,
    /// Id of the open search.
    #[serde(rename = "_scroll_id")]
    pub scroll_id: Option<String>,
    /// The hits.
    pub hits: Hits,
    /// Results of aggregations.
    #[serde(default)]
    pub aggregations: Map<String, Value>,
}

/// Hits and their number.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Hits {
    /// Number of all hits.
    pub total: Option<Total>,
    /// The hits, best first.
    pub hits: Vec<Hit>,
}

/// Number of hits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Total {
    /// The number.
    pub value: u64,
    /// `eq` if it is exact, `gte` if there may be more.
    pub relation: String,
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Hit {
    /// Its index.
    #[serde(rename = "_index")]
    pub index: String,
    /// Id of the document.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its score. Null if hits are sorted.
    #[serde(rename = "_score")]
    pub score: Option<f64>,
    /// The document.
    #[serde(rename = "_source")]
    pub source: Value,
}

/// Closed searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Cleared {
    /// True if all were closed.
    pub succeeded: bool,
    /// Number of closed searches.
    pub num_freed: u64,
}

/// Number of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Count {
    /// The number.
    pub count: u64,
}

/// Error statuses of `OpenSearch`.
#[derive(Clone, Debug, PartialEq, ErrorClass)]
#[non_exhaustive]
pub enum SearchError {
    /// 404: the index does not exist.
    #[status(404)]
    NotFound(Option<Failure>),
    /// 409: another change came first, or the index exists.
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
    pub error: Cause,
    /// The status again.
    pub status: u16,
}

/// A cause of an error.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cause {
    /// Kind of error.
    #[serde(rename = "type")]
    pub kind: String,
    /// Words for it.
    pub reason: Option<String>,
    /// Deeper causes.
    #[serde(default)]
    pub root_cause: Vec<Cause>,
}
