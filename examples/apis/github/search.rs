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
    /// Finds issues and pull requests: at most 1000 of them.
    #[get("issues?<q>&<sort>&<order>&<per_page>&<page>", paginate(link))]
    async fn issues(
        &self,
        /// Words and qualifiers, as in the search field of the site.
        q: &str,
        /// The default is how well they fit.
        sort: Option<SearchSort>,
        order: Option<Direction>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> FoundIssues;
}

/// By what found issues are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchSort {
    /// How many comments there are.
    Comments,
    /// How many reactions there are.
    Reactions,
    /// How much goes on.
    Interactions,
    /// When they were made.
    Created,
    /// When they were changed.
    Updated,
}

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Deserialize, Page)]
pub struct FoundIssues {
    /// How many were found in all. More than the search gives, so that it is no total of the list.
    pub total_count: u64,
    /// Whether the search ran out of time.
    pub incomplete_results: bool,
    /// The issues.
    #[page(items)]
    pub items: Vec<FoundIssue>,
}

/// An issue that was found.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct FoundIssue {
    /// The issue.
    #[serde(flatten)]
    pub issue: Issue,
    /// How well it fits.
    pub score: f64,
}
