//! The search for issues.

use connectors_client::{Page, api_client};
use serde::{Deserialize, Serialize};

use super::{Direction, GitHubError, Issue, MEDIA_TYPE, VERSION};

/// The search for issues.
#[api_client(
    prefix = "search",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Search {
    /// Finds issues and pull requests, at most 1000.
    #[get("issues?<q>&<sort>&<order>&<per_page>&<page>", paginate(link))]
    async fn issues(
        &self,
        /// Words and qualifiers, as in the search field of the website.
        q: &str,
        /// Sort order. The default is the best match.
        sort: Option<SearchSort>,
        order: Option<Direction>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> FoundIssues;
}

/// Sort order of found issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchSort {
    /// By number of comments.
    Comments,
    /// By number of reactions.
    Reactions,
    /// By interactions.
    Interactions,
    /// By creation time.
    Created,
    /// By the time of the last change.
    Updated,
}

/// A page of search results.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundIssues {
    /// Total number of matches. The search returns fewer, so this is not the length of the list.
    pub total_count: u64,
    /// True if the search timed out.
    pub incomplete_results: bool,
    /// The issues.
    #[page(items)]
    pub items: Vec<FoundIssue>,
}

/// A found issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FoundIssue {
    /// The issue.
    #[serde(flatten)]
    pub issue: Issue,
    /// Score of the match.
    pub score: f64,
}
