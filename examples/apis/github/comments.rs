//! Comments on issues.

use connectors_client::api_client;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AuthorAssociation, Direction, GitHubError, MEDIA_TYPE, User, VERSION};

/// Comments on issues.
#[api_client(
    prefix = "repos",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Comments {
    /// Lists the comments on all issues of a repository.
    #[get("<owner>/<repo>/issues/comments?<..>", paginate(link))]
    async fn list_for_repo(
        &self,
        owner: &str,
        repo: &str,
        sort: Option<CommentSort>,
        /// Is ignored without `sort`.
        direction: Option<Direction>,
        since: Option<Timestamp>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Comment>;

    /// Lists the comments on an issue, the oldest first.
    #[get("<owner>/<repo>/issues/<number>/comments?<since>&<per_page>&<page>", paginate(link))]
    async fn list(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        since: Option<Timestamp>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Comment>;

    /// Comments on an issue.
    #[post("<owner>/<repo>/issues/<number>/comments")]
    async fn create(&self, owner: &str, repo: &str, number: u64, body: &str) -> Comment;

    /// Gets a comment.
    #[get("<owner>/<repo>/issues/comments/<comment>")]
    async fn get(&self, owner: &str, repo: &str, comment: u64) -> Comment;

    /// Changes a comment.
    #[patch("<owner>/<repo>/issues/comments/<comment>")]
    async fn update(&self, owner: &str, repo: &str, comment: u64, body: &str) -> Comment;

    /// Deletes a comment.
    #[delete("<owner>/<repo>/issues/comments/<comment>")]
    async fn delete(&self, owner: &str, repo: &str, comment: u64);
}

/// By what comments are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CommentSort {
    /// When they were made.
    Created,
    /// When they were changed.
    Updated,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Comment {
    /// The id.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// Its place on the issue's page.
    pub html_url: String,
    /// The issue's URL in this API.
    pub issue_url: String,
    /// What it says.
    #[serde(default)]
    pub body: Option<String>,
    /// Who wrote it.
    pub user: Option<User>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed.
    pub updated_at: Timestamp,
    /// What who wrote it is to the repository.
    pub author_association: Option<AuthorAssociation>,
    /// How people reacted.
    #[serde(default)]
    pub reactions: Option<Reactions>,
}

/// How many people reacted, and how.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Reactions {
    /// Where they are in this API.
    pub url: String,
    /// All of them.
    pub total_count: u64,
    /// Thumbs up.
    #[serde(rename = "+1")]
    pub thumbs_up: u64,
    /// Thumbs down.
    #[serde(rename = "-1")]
    pub thumbs_down: u64,
    /// Laughs.
    pub laugh: u64,
    /// Confused faces.
    pub confused: u64,
    /// Hearts.
    pub heart: u64,
    /// Party poppers.
    pub hooray: u64,
    /// Eyes.
    pub eyes: u64,
    /// Rockets.
    pub rocket: u64,
}
