//! Milestones of a repository.

use connectors_client::api_client;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Direction, GitHubError, IssueState, MEDIA_TYPE, StateFilter, User, VERSION};

/// Milestones of a repository.
#[api_client(
    prefix = "repos",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Milestones {
    /// Lists the milestones of a repository.
    #[get("<owner>/<repo>/milestones?<..>", paginate(link))]
    async fn list(
        &self,
        owner: &str,
        repo: &str,
        state: Option<StateFilter>,
        sort: Option<MilestoneSort>,
        direction: Option<Direction>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Milestone>;

    /// Creates a milestone.
    #[post("<owner>/<repo>/milestones")]
    async fn create(
        &self,
        owner: &str,
        repo: &str,
        title: &str,
        state: Option<IssueState>,
        description: Option<&str>,
        due_on: Option<Timestamp>,
    ) -> Milestone;

    /// Gets a milestone.
    #[get("<owner>/<repo>/milestones/<number>")]
    async fn get(&self, owner: &str, repo: &str, number: u64) -> Milestone;

    /// Changes a milestone.
    #[patch("<owner>/<repo>/milestones/<number>")]
    async fn update(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        title: Option<&str>,
        state: Option<IssueState>,
        description: Option<&str>,
        due_on: Option<Timestamp>,
    ) -> Milestone;

    /// Deletes a milestone.
    #[delete("<owner>/<repo>/milestones/<number>")]
    async fn delete(&self, owner: &str, repo: &str, number: u64);
}

/// Sort order of milestones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneSort {
    /// By due date.
    DueOn,
    /// By completeness.
    Completeness,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Milestone {
    /// The id, which differs from the number.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// URL of its page.
    pub html_url: String,
    /// The number in its repository, which calls use.
    pub number: u64,
    /// State.
    pub state: IssueState,
    /// Title.
    pub title: String,
    /// Description.
    pub description: Option<String>,
    /// Creator.
    pub creator: Option<User>,
    /// Number of open issues.
    pub open_issues: u64,
    /// Number of closed issues.
    pub closed_issues: u64,
    /// Creation time.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Closing time.
    pub closed_at: Option<Timestamp>,
    /// Due date.
    pub due_on: Option<Timestamp>,
}
