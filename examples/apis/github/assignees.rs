//! Assignees, and users who can be assigned.

use connectors_client::{FromResponse, api_client};

use super::{GitHubError, Issue, MEDIA_TYPE, User, VERSION};

/// Assignees, and users who can be assigned.
#[api_client(
    prefix = "repos",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Assignees {
    /// Lists the users who can be assigned to issues of a repository.
    #[get("<owner>/<repo>/assignees?<per_page>&<page>", paginate(link))]
    async fn list(
        &self,
        owner: &str,
        repo: &str,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<User>;

    /// Checks if a user can be assigned to issues of a repository.
    #[get("<owner>/<repo>/assignees/<assignee>")]
    async fn check(&self, owner: &str, repo: &str, assignee: &str) -> Assignable;

    /// Checks if a user can be assigned to an issue.
    #[get("<owner>/<repo>/issues/<number>/assignees/<assignee>")]
    async fn check_for_issue(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        assignee: &str,
    ) -> Assignable;

    /// Assigns users to an issue in addition to the present ones. Users who cannot be assigned are
    /// silently ignored.
    #[post("<owner>/<repo>/issues/<number>/assignees")]
    async fn add(&self, owner: &str, repo: &str, number: u64, assignees: &[&str]) -> Issue;

    /// Removes assignees from an issue.
    #[delete("<owner>/<repo>/issues/<number>/assignees")]
    async fn remove(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        #[field("assignees")] assignees: &[&str],
    ) -> Issue;
}

/// Result of a check of an assignee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromResponse)]
pub enum Assignable {
    /// The user can be assigned.
    #[status(204)]
    Yes,
    /// The user cannot be assigned, or the repository does not exist.
    #[status(404)]
    No,
}
