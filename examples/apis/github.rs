//! Issues of GitHub with their comments, labels, assignees, milestones and events.
//!
//! Follows GitHub's REST API description, version 2022-11-28, category "issues", and "search" for
//! issues.

mod assignees;
mod comments;
mod error;
mod events;
mod issues;
mod labels;
mod milestones;
mod people;
mod search;

pub use assignees::*;
pub use comments::*;
pub use error::*;
pub use events::*;
pub use issues::*;
pub use labels::*;
pub use milestones::*;
pub use people::*;
pub use search::*;

use connectors_client::{ApiClient, Client, ClientBuilder, FromResponse, Secret};

/// Media type that GitHub recommends for `Accept`.
pub const MEDIA_TYPE: &str = "application/vnd.github+json";

/// The declared version of the API.
pub const VERSION: &str = "2022-11-28";

/// The whole API as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct GitHub {
    /// Issues of a repository, of an organization, and of the user.
    pub issues: IssuesClient,
    /// Comments on issues.
    pub comments: CommentsClient,
    /// Labels of a repository and of its issues.
    pub labels: LabelsClient,
    /// Assignees, and users who can be assigned.
    pub assignees: AssigneesClient,
    /// Milestones of a repository.
    pub milestones: MilestonesClient,
    /// Events of issues.
    pub events: EventsClient,
    /// The search for issues.
    pub search: SearchClient,
}

/// Returns client settings with a token, either a personal one or that of an app.
pub fn builder(base_url: impl AsRef<str>, token: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).bearer_token(token)
}

/// Data with the state of the rate limit.
#[derive(Clone, Debug, FromResponse)]
pub struct RateLimited<T> {
    /// Number of requests allowed in the window.
    #[header("X-RateLimit-Limit")]
    pub limit: Option<u32>,
    /// Number of requests left.
    #[header("X-RateLimit-Remaining")]
    pub remaining: Option<u32>,
    /// Number of requests used.
    #[header("X-RateLimit-Used")]
    pub used: Option<u32>,
    /// End of the window, in seconds since 1970.
    #[header("X-RateLimit-Reset")]
    pub reset: Option<u64>,
    /// Limit that counts this request, for example `core`.
    #[header("X-RateLimit-Resource")]
    pub resource: Option<String>,
    /// The data.
    #[body]
    pub data: T,
}
