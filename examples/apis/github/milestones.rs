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

    /// Makes a milestone.
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

/// By what milestones are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MilestoneSort {
    /// When they are due.
    DueOn,
    /// How much of them is done.
    Completeness,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Milestone {
    /// The id, which is not the number.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// Its page.
    pub html_url: String,
    /// The number in its repository, by which it is called.
    pub number: u64,
    /// Whether it is open.
    pub state: IssueState,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Who made it.
    pub creator: Option<User>,
    /// How many open issues it has.
    pub open_issues: u64,
    /// How many closed issues it has.
    pub closed_issues: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed.
    pub updated_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// When it is due.
    pub due_on: Option<Timestamp>,
}
