//! Tracker API.
//!
//! Follows version 1 of the description of the API.
//! A value that this version does not name is kept as it came, in the variant `Unknown`.

use connectors_client::{
    ApiClient, Client, ClientBuilder, ErrorClass, Nullable, OpenEnum, Page, Secret, api_client,
};
use jiff::Timestamp;
use serde::Deserialize;

pub const BASE_URL: &str = "https://tracker.example.com/v1";

/// Projects, their issues, and comments on them.
#[derive(Clone, Debug, ApiClient)]
pub struct Tracker {
    pub projects: ProjectsClient,
    pub issues: IssuesClient,
    pub comments: CommentsClient,
}

/// Returns the settings of a client that sends this token.
pub fn builder(base_url: impl AsRef<str>, token: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).bearer_token(token)
}

/// Projects of the organisation.
#[api_client(prefix = "projects", error = TrackerError)]
pub trait Projects {
    /// List projects.
    #[get("?<page_token>&<page_size>", paginate(cursor = page_token))]
    async fn list(
        &self,
        /// Token of the next page.
        page_token: Option<&str>,
        /// Maximum number of items on a page. The default is `20`.
        page_size: Option<u32>,
    ) -> ProjectList;

    /// Create a project.
    #[post("")]
    async fn create(&self, name: &str, description: Option<&str>) -> Project;

    /// Get a project.
    #[get("<project_id>")]
    async fn get(&self, project_id: &str) -> Project;

    /// Update a project.
    #[patch("<project_id>")]
    async fn update(
        &self,
        project_id: &str,
        name: Option<&str>,
        description: Nullable<&str>,
    ) -> Project;

    /// Delete a project.
    #[delete("<project_id>")]
    async fn delete(&self, project_id: &str);

    /// Archive a project.
    #[post("<project_id>/archive")]
    async fn archive(&self, project_id: &str) -> Project;
}

/// Issues of a project.
#[api_client(prefix = "issues", error = TrackerError)]
pub trait Issues {
    /// List issues.
    #[get("?<project_id>&<state>&<page_token>&<page_size>", paginate(cursor = page_token))]
    async fn list(
        &self,
        /// Only issues of this project.
        project_id: Option<&str>,
        state: Option<&State>,
        page_token: Option<&str>,
        page_size: Option<u32>,
    ) -> IssueList;

    /// Create an issue.
    #[post("")]
    async fn create(
        &self,
        project_id: &str,
        title: &str,
        /// The user who works on it.
        assignee: Option<&str>,
    ) -> Issue;

    /// Get an issue.
    #[get("<issue_id>")]
    async fn get(&self, issue_id: &str) -> Issue;

    /// Update an issue.
    #[patch("<issue_id>")]
    async fn update(&self, issue_id: &str, title: Option<&str>, assignee: Nullable<&str>) -> Issue;

    /// Delete an issue.
    #[delete("<issue_id>")]
    async fn delete(&self, issue_id: &str);

    /// Close an issue.
    #[post("<issue_id>/close", empty_body = none)]
    async fn close(&self, issue_id: &str, reason: Option<&str>) -> Issue;

    /// Reopen an issue.
    #[post("<issue_id>/reopen")]
    async fn reopen(&self, issue_id: &str) -> Issue;
}

/// Comments on an issue.
#[api_client(error = TrackerError)]
pub trait Comments {
    /// List the comments on an issue.
    #[get("issues/<issue_id>/comments?<page_token>&<page_size>", paginate(cursor = page_token))]
    async fn list(
        &self,
        issue_id: &str,
        page_token: Option<&str>,
        page_size: Option<u32>,
    ) -> CommentList;

    /// Comment on an issue.
    #[post("issues/<issue_id>/comments")]
    async fn create(&self, issue_id: &str, text: &str, internal: Option<bool>) -> Comment;

    /// Get a comment.
    #[get("comments/<comment_id>")]
    async fn get(&self, comment_id: &str) -> Comment;

    /// Update a comment.
    #[patch("comments/<comment_id>")]
    async fn update(&self, comment_id: &str, text: Option<&str>, internal: Option<bool>)
    -> Comment;

    /// Delete a comment.
    #[delete("comments/<comment_id>")]
    async fn delete(&self, comment_id: &str);
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct ProjectList {
    #[page(items)]
    pub items: Vec<Project>,
    #[page(next)]
    pub next_page_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Project {
    pub id: String,
    pub name: String,
    pub description: Option<String>,
    /// True if it takes no more issues.
    pub archived: bool,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
pub enum State {
    Open,
    Closed,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct IssueList {
    #[page(items)]
    pub items: Vec<Issue>,
    #[page(next)]
    pub next_page_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Issue {
    pub id: String,
    pub project_id: String,
    pub title: String,
    pub state: State,
    /// The user who works on it.
    pub assignee: Option<String>,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct CommentList {
    #[page(items)]
    pub items: Vec<Comment>,
    #[page(next)]
    pub next_page_token: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Comment {
    pub id: String,
    pub issue_id: String,
    pub text: String,
    /// True if only members see it.
    pub internal: bool,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Error {
    pub code: String,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, ErrorClass)]
pub enum TrackerError {
    #[status(other)]
    Other(Option<Error>),
}
