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
        /// Sort direction, ignored without `sort`.
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

    /// Adds a comment to an issue.
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

/// Sort order of comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CommentSort {
    /// By creation time.
    Created,
    /// By the time of the last change.
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
    /// Its URL on the issue's page.
    pub html_url: String,
    /// The issue's URL in this API.
    pub issue_url: String,
    /// Text.
    #[serde(default)]
    pub body: Option<String>,
    /// Author.
    pub user: Option<User>,
    /// Creation time.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Association of the author with the repository.
    pub author_association: Option<AuthorAssociation>,
    /// Reactions.
    #[serde(default)]
    pub reactions: Option<Reactions>,
}

/// Numbers of reactions by kind.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Reactions {
    /// URL of the reactions in this API.
    pub url: String,
    /// Total number.
    pub total_count: u64,
    /// Thumbs up.
    #[serde(rename = "+1")]
    pub thumbs_up: u64,
    /// Thumbs down.
    #[serde(rename = "-1")]
    pub thumbs_down: u64,
    /// Laughing faces.
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
