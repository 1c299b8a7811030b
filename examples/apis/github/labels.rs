//! Labels of a repository and of its issues.

use connectors_client::{Nullable, api_client};
use serde::Deserialize;

use super::{GitHubError, MEDIA_TYPE, VERSION};

/// Labels of a repository and of its issues.
#[api_client(
    prefix = "repos",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Labels {
    /// Lists the labels of a repository.
    #[get("<owner>/<repo>/labels?<per_page>&<page>", paginate(link))]
    async fn list_for_repo(
        &self,
        owner: &str,
        repo: &str,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Label>;

    /// Creates a label.
    #[post("<owner>/<repo>/labels")]
    async fn create(
        &self,
        owner: &str,
        repo: &str,
        name: &str,
        /// Color as six hexadecimal digits, without a `#`.
        color: Option<&str>,
        description: Option<&str>,
    ) -> Label;

    /// Gets a label.
    #[get("<owner>/<repo>/labels/<name>")]
    async fn get(&self, owner: &str, repo: &str, name: &str) -> Label;

    /// Changes a label.
    #[patch("<owner>/<repo>/labels/<name>")]
    async fn update(
        &self,
        owner: &str,
        repo: &str,
        name: &str,
        new_name: Option<&str>,
        color: Option<&str>,
        description: Nullable<&str>,
    ) -> Label;

    /// Deletes a label.
    #[delete("<owner>/<repo>/labels/<name>")]
    async fn delete(&self, owner: &str, repo: &str, name: &str);

    /// Lists the labels of an issue.
    #[get("<owner>/<repo>/issues/<number>/labels?<per_page>&<page>", paginate(link))]
    async fn list(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Label>;

    /// Adds labels to an issue and returns all its labels.
    #[post("<owner>/<repo>/issues/<number>/labels")]
    async fn add(&self, owner: &str, repo: &str, number: u64, labels: &[&str]) -> Vec<Label>;

    /// Replaces the labels of an issue.
    #[put("<owner>/<repo>/issues/<number>/labels")]
    async fn set(&self, owner: &str, repo: &str, number: u64, labels: &[&str]) -> Vec<Label>;

    /// Removes all labels from an issue.
    #[delete("<owner>/<repo>/issues/<number>/labels")]
    async fn remove_all(&self, owner: &str, repo: &str, number: u64);

    /// Removes a label from an issue and returns the remaining ones.
    #[delete("<owner>/<repo>/issues/<number>/labels/<name>")]
    async fn remove(&self, owner: &str, repo: &str, number: u64, name: &str) -> Vec<Label>;

    /// Lists the labels of the issues in a milestone.
    #[get("<owner>/<repo>/milestones/<milestone>/labels?<per_page>&<page>", paginate(link))]
    async fn list_for_milestone(
        &self,
        owner: &str,
        repo: &str,
        milestone: u64,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Label>;
}

/// A label.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// The id.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// The name, which calls use.
    pub name: String,
    /// Description.
    pub description: Option<String>,
    /// Color as six hexadecimal digits.
    pub color: String,
    /// True if each new repository gets it.
    pub default: bool,
}

/// A label of an issue. Old issues have only its name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum IssueLabel {
    /// The name.
    Name(String),
    /// The label.
    Label(Box<Label>),
}
