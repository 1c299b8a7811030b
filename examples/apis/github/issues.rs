//! Issues. Pull requests are issues too.

use connectors_client::{CommaSeparated, FromResponse, Nullable, OpenEnum, api_client};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AuthorAssociation, GitHubError, IssueLabel, MEDIA_TYPE, Milestone, RateLimited, Reactions,
    User, VERSION,
};

/// Issues of a repository, of an organization, and of the user.
#[api_client(
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Issues {
    /// Lists the issues of all repositories that concern the user.
    #[get("issues?<..>", paginate(link))]
    async fn list(
        &self,
        /// Relation to the user. The default is issues assigned to the user.
        filter: Option<IssueFilter>,
        /// State. The default is open issues.
        state: Option<StateFilter>,
        /// Lists only issues with all of these labels.
        labels: Option<CommaSeparated<&[&str]>>,
        /// Sort order. The default is the creation time.
        sort: Option<IssueSort>,
        /// Sort direction. The default is the newest first.
        direction: Option<Direction>,
        /// Lists only issues changed since then.
        since: Option<Timestamp>,
        collab: Option<bool>,
        orgs: Option<bool>,
        owned: Option<bool>,
        pulls: Option<bool>,
        /// Number of results per page, up to 100. The default is 30.
        per_page: Option<u8>,
        /// Number of the first page, counted from 1.
        page: Option<u32>,
    ) -> Vec<Issue>;

    /// Lists the issues of an organization that concern the user.
    #[get("orgs/<org>/issues?<..>", paginate(link))]
    async fn list_for_org(
        &self,
        org: &str,
        filter: Option<IssueFilter>,
        state: Option<StateFilter>,
        labels: Option<CommaSeparated<&[&str]>>,
        /// Name of an issue type.
        r#type: Option<&str>,
        sort: Option<IssueSort>,
        direction: Option<Direction>,
        since: Option<Timestamp>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Issue>;

    /// Lists the issues of the repositories that the user owns or is a member of.
    #[get("user/issues?<..>", paginate(link))]
    async fn list_for_user(
        &self,
        filter: Option<IssueFilter>,
        state: Option<StateFilter>,
        labels: Option<CommaSeparated<&[&str]>>,
        sort: Option<IssueSort>,
        direction: Option<Direction>,
        since: Option<Timestamp>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Issue>;

    /// Lists the issues of a repository.
    #[get("repos/<owner>/<repo>/issues?<..>", paginate(link))]
    async fn list_for_repo(
        &self,
        owner: &str,
        repo: &str,
        /// The number of a milestone, `*` for any, `none` for none.
        milestone: Option<&str>,
        state: Option<StateFilter>,
        /// A login, `*` for any, `none` for no assignee.
        assignee: Option<&str>,
        /// Name of an issue type, `*` for any, `none` for none.
        r#type: Option<&str>,
        /// Login of the creator.
        creator: Option<&str>,
        /// Login of a mentioned user.
        mentioned: Option<&str>,
        labels: Option<CommaSeparated<&[&str]>>,
        sort: Option<IssueSort>,
        direction: Option<Direction>,
        since: Option<Timestamp>,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<Issue>;

    /// Opens an issue.
    #[post("repos/<owner>/<repo>/issues")]
    async fn create(
        &self,
        owner: &str,
        repo: &str,
        title: &str,
        body: Option<&str>,
        /// Number of a milestone.
        milestone: Nullable<u64>,
        labels: Option<&[&str]>,
        /// Logins of the assignees.
        assignees: Option<&[&str]>,
        /// Name of an issue type.
        r#type: Nullable<&str>,
    ) -> Issue;

    /// Gets an issue unless the caller already has it, with the state of the rate limit.
    ///
    /// An issue that moved to another repository is followed there.
    #[get("repos/<owner>/<repo>/issues/<number>")]
    async fn get(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        /// The `etag` of the caller's copy.
        #[header("If-None-Match")]
        etag: Option<&str>,
    ) -> RateLimited<IssueReply>;

    /// Changes the given fields of an issue.
    #[patch("repos/<owner>/<repo>/issues/<number>")]
    async fn update(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        title: Nullable<&str>,
        body: Nullable<&str>,
        state: Option<IssueState>,
        state_reason: Nullable<StateReason>,
        /// Number of a milestone. Null removes the issue from its milestone.
        milestone: Nullable<u64>,
        /// Labels that replace all present ones.
        labels: Option<&[&str]>,
        /// Logins of the assignees, who replace all present ones.
        assignees: Option<&[&str]>,
        r#type: Nullable<&str>,
    ) -> Issue;

    /// Locks the conversation.
    #[put("repos/<owner>/<repo>/issues/<number>/lock")]
    async fn lock(&self, owner: &str, repo: &str, number: u64, lock_reason: Option<LockReason>);

    /// Unlocks the conversation.
    #[delete("repos/<owner>/<repo>/issues/<number>/lock")]
    async fn unlock(&self, owner: &str, repo: &str, number: u64);
}

/// Relation of issues to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IssueFilter {
    /// Assigned to the user.
    Assigned,
    /// Created by the user.
    Created,
    /// Mentioning the user.
    Mentioned,
    /// Subscribed by the user.
    Subscribed,
    /// In the user's repositories.
    Repos,
    /// Any of these relations.
    All,
}

/// States that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StateFilter {
    /// Open issues.
    Open,
    /// Closed issues.
    Closed,
    /// Open and closed issues.
    All,
}

/// Sort order of issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IssueSort {
    /// By creation time.
    Created,
    /// By the time of the last change.
    Updated,
    /// By number of comments.
    Comments,
}

/// Sort direction of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Ascending.
    Asc,
    /// Descending.
    Desc,
}

/// Reason for locking a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[non_exhaustive]
pub enum LockReason {
    /// Off topic.
    #[open_enum(rename = "off-topic")]
    OffTopic,
    /// Too heated.
    #[open_enum(rename = "too heated")]
    TooHeated,
    /// Resolved.
    #[open_enum(rename = "resolved")]
    Resolved,
    /// Spam.
    #[open_enum(rename = "spam")]
    Spam,
    /// An unknown value, as received.
    Unknown(String),
}

/// State of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum IssueState {
    /// Open.
    Open,
    /// Closed.
    Closed,
    /// An unknown value, as received.
    Unknown(String),
}

/// Reason for an issue's state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StateReason {
    /// Completed.
    Completed,
    /// Not planned.
    NotPlanned,
    /// Duplicate.
    Duplicate,
    /// Reopened.
    Reopened,
    /// An unknown value, as received.
    Unknown(String),
}

/// An issue, or the confirmation that the caller's copy is up to date.
#[derive(Clone, Debug, FromResponse)]
#[expect(
    clippy::large_enum_variant,
    reason = "it exists once per response and is taken apart at once"
)]
pub enum IssueReply {
    /// The issue changed, or the caller had no copy.
    #[status(200)]
    Issue {
        /// Value to pass to the next call.
        #[header("ETag")]
        etag: Option<String>,
        /// The issue.
        #[body]
        issue: Issue,
    },
    /// The caller's copy is up to date. The rate limit does not count this call.
    #[status(304)]
    NotModified,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Issue {
    /// The id, which differs from the number.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// URL of its repository in this API.
    pub repository_url: String,
    /// URL of its page.
    pub html_url: String,
    /// The number in its repository, which calls use.
    pub number: u64,
    /// State.
    pub state: IssueState,
    /// Reason for its state.
    #[serde(default)]
    pub state_reason: Option<StateReason>,
    /// Title.
    pub title: String,
    /// Text.
    #[serde(default)]
    pub body: Option<String>,
    /// Creator, absent if the account was deleted.
    pub user: Option<User>,
    /// Its labels.
    pub labels: Vec<IssueLabel>,
    /// First assignee.
    pub assignee: Option<User>,
    /// All assignees.
    #[serde(default)]
    pub assignees: Vec<User>,
    /// Its milestone.
    pub milestone: Option<Milestone>,
    /// True if the conversation is locked.
    pub locked: bool,
    /// Reason why it is locked.
    #[serde(default)]
    pub active_lock_reason: Option<LockReason>,
    /// Number of comments.
    pub comments: u64,
    /// Links of the pull request, if it is one.
    #[serde(default)]
    pub pull_request: Option<PullRequestLinks>,
    /// Closing time.
    pub closed_at: Option<Timestamp>,
    /// Creation time.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Account that closed it.
    #[serde(default)]
    pub closed_by: Option<User>,
    /// Association of the creator with the repository.
    pub author_association: Option<AuthorAssociation>,
    /// True for a draft pull request.
    #[serde(default)]
    pub draft: Option<bool>,
    /// Reactions.
    #[serde(default)]
    pub reactions: Option<Reactions>,
}

/// Links of a pull request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PullRequestLinks {
    /// Its URL in this API.
    pub url: Option<String>,
    /// URL of its page.
    pub html_url: Option<String>,
    /// URL of its diff.
    pub diff_url: Option<String>,
    /// URL of its patches.
    pub patch_url: Option<String>,
    /// Merge time.
    #[serde(default)]
    pub merged_at: Option<Timestamp>,
}
