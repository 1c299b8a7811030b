//! Issues of GitHub, and what belongs to them: comments, labels, assignees, milestones, events.
//!
//! Follows GitHub's REST API description, version 2022-11-28, category "issues", and "search" for issues.

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

/// The media type that GitHub recommends to ask for.
pub const MEDIA_TYPE: &str = "application/vnd.github+json";

/// The version of the API that is declared here.
pub const VERSION: &str = "2022-11-28";

/// The whole of it as one client.
#[derive(Clone, Debug, ApiClient)]
pub struct GitHub {
    /// Issues of a repository, of an organisation, and of the user.
    pub issues: IssuesClient,
    /// Comments on issues.
    pub comments: CommentsClient,
    /// Labels of a repository and of its issues.
    pub labels: LabelsClient,
    /// Who can be, and who is, assigned.
    pub assignees: AssigneesClient,
    /// Milestones of a repository.
    pub milestones: MilestonesClient,
    /// What happened to issues.
    pub events: EventsClient,
    /// The search for issues.
    pub search: SearchClient,
}

/// A client's settings for a token: a personal one, or that of an app.
pub fn builder(base_url: impl AsRef<str>, token: impl Into<Secret>) -> ClientBuilder {
    Client::builder(base_url).bearer_token(token)
}

/// What of the rate limit is left, beside the data.
#[derive(Clone, Debug, FromResponse)]
pub struct RateLimited<T> {
    /// How many requests can be made in the window.
    #[header("X-RateLimit-Limit")]
    pub limit: Option<u32>,
    /// How many of them are left.
    #[header("X-RateLimit-Remaining")]
    pub remaining: Option<u32>,
    /// How many of them were made.
    #[header("X-RateLimit-Used")]
    pub used: Option<u32>,
    /// When the window ends, in seconds since 1970.
    #[header("X-RateLimit-Reset")]
    pub reset: Option<u64>,
    /// Which of the limits counts this request, for example `core`.
    #[header("X-RateLimit-Resource")]
    pub resource: Option<String>,
    /// The data.
    #[body]
    pub data: T,
}
