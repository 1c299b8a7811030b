//! Who can be, and who is, assigned.

use connectors_client::{FromResponse, api_client};

use super::{GitHubError, Issue, MEDIA_TYPE, User, VERSION};

/// Who can be, and who is, assigned.
#[api_client(
    prefix = "repos",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Assignees {
    /// Lists who can be assigned to issues of a repository.
    #[get("<owner>/<repo>/assignees?<per_page>&<page>", paginate(link))]
    async fn list(&self, owner: &str, repo: &str, per_page: Option<u8>, page: Option<u32>) -> Vec<User>;

    /// Whether somebody can be assigned to issues of a repository.
    #[get("<owner>/<repo>/assignees/<assignee>")]
    async fn check(&self, owner: &str, repo: &str, assignee: &str) -> Assignable;

    /// Whether somebody can be assigned to an issue.
    #[get("<owner>/<repo>/issues/<number>/assignees/<assignee>")]
    async fn check_for_issue(&self, owner: &str, repo: &str, number: u64, assignee: &str) -> Assignable;

    /// Assigns people to an issue, beside those who are; whoever cannot be is left out silently.
    #[post("<owner>/<repo>/issues/<number>/assignees")]
    async fn add(&self, owner: &str, repo: &str, number: u64, assignees: &[&str]) -> Issue;

    /// Takes people off an issue.
    #[delete("<owner>/<repo>/issues/<number>/assignees")]
    async fn remove(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        #[field("assignees")] assignees: &[&str],
    ) -> Issue;
}

/// Whether somebody can be assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromResponse)]
pub enum Assignable {
    /// It is possible.
    #[status(204)]
    Yes,
    /// It is not, or there is no such repository.
    #[status(404)]
    No,
}
