//! Issues. Pull requests are issues too.

use connectors_client::{CommaSeparated, FromResponse, Nullable, OpenEnum, api_client};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AuthorAssociation, GitHubError, IssueLabel, MEDIA_TYPE, Milestone, RateLimited, Reactions, User, VERSION,
};

/// Issues of a repository, of an organisation, and of the user.
#[api_client(
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Issues {
    /// Lists the issues of all repositories that concern the user.
    #[get("issues?<..>", paginate(link))]
    async fn list(
        &self,
        /// How they concern the user; the server's default is that they are assigned.
        filter: Option<IssueFilter>,
        /// The default is open ones.
        state: Option<StateFilter>,
        /// Those that have all of these labels.
        labels: Option<CommaSeparated<&[&str]>>,
        /// By what they are sorted; the default is when they were made.
        sort: Option<IssueSort>,
        /// The default is the newest first.
        direction: Option<Direction>,
        /// Those that were changed since then.
        since: Option<Timestamp>,
        collab: Option<bool>,
        orgs: Option<bool>,
        owned: Option<bool>,
        pulls: Option<bool>,
        /// How many on a page, up to 100; the default is 30.
        per_page: Option<u8>,
        /// The page to begin with, counted from 1.
        page: Option<u32>,
    ) -> Vec<Issue>;

    /// Lists the issues of an organisation that concern the user.
    #[get("orgs/<org>/issues?<..>", paginate(link))]
    async fn list_for_org(
        &self,
        org: &str,
        filter: Option<IssueFilter>,
        state: Option<StateFilter>,
        labels: Option<CommaSeparated<&[&str]>>,
        /// The name of a type of issues.
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
        /// A login, `*` for anybody, `none` for nobody.
        assignee: Option<&str>,
        /// The name of a type of issues, `*` for any, `none` for none.
        r#type: Option<&str>,
        /// The login of who made it.
        creator: Option<&str>,
        /// A login that is mentioned.
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
        /// The number of a milestone.
        milestone: Nullable<u64>,
        labels: Option<&[&str]>,
        /// Logins.
        assignees: Option<&[&str]>,
        /// The name of a type of issues.
        r#type: Nullable<&str>,
    ) -> Issue;

    /// Gets an issue, if it is not the one that the caller has, with what is left of the rate limit.
    ///
    /// One that was moved to another repository is followed there.
    #[get("repos/<owner>/<repo>/issues/<number>")]
    async fn get(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        /// The `etag` of the issue that the caller has.
        #[header("If-None-Match")]
        etag: Option<&str>,
    ) -> RateLimited<IssueReply>;

    /// Changes an issue: what is set, and nothing else.
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
        /// The number of a milestone; null takes it out of its milestone.
        milestone: Nullable<u64>,
        /// In place of all that it has.
        labels: Option<&[&str]>,
        /// Logins, in place of all that are assigned.
        assignees: Option<&[&str]>,
        r#type: Nullable<&str>,
    ) -> Issue;

    /// Ends the conversation.
    #[put("repos/<owner>/<repo>/issues/<number>/lock")]
    async fn lock(&self, owner: &str, repo: &str, number: u64, lock_reason: Option<LockReason>);

    /// Opens the conversation again.
    #[delete("repos/<owner>/<repo>/issues/<number>/lock")]
    async fn unlock(&self, owner: &str, repo: &str, number: u64);
}

/// How issues concern the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IssueFilter {
    /// Assigned to the user.
    Assigned,
    /// Made by the user.
    Created,
    /// The user is mentioned.
    Mentioned,
    /// The user is told of changes.
    Subscribed,
    /// In the user's repositories.
    Repos,
    /// Any of these.
    All,
}

/// Which states are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StateFilter {
    /// Open ones.
    Open,
    /// Closed ones.
    Closed,
    /// Both.
    All,
}

/// By what issues are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IssueSort {
    /// When they were made.
    Created,
    /// When they were changed.
    Updated,
    /// How many comments there are.
    Comments,
}

/// Which way a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The least first.
    Asc,
    /// The most first.
    Desc,
}

/// Why a conversation is locked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[non_exhaustive]
pub enum LockReason {
    /// It is about something else.
    #[open_enum(rename = "off-topic")]
    OffTopic,
    /// It is too heated.
    #[open_enum(rename = "too heated")]
    TooHeated,
    /// It is resolved.
    #[open_enum(rename = "resolved")]
    Resolved,
    /// It is spam.
    #[open_enum(rename = "spam")]
    Spam,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// Whether an issue is open.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "lowercase")]
#[non_exhaustive]
pub enum IssueState {
    /// It is open.
    Open,
    /// It is closed.
    Closed,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// Why an issue is in its state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, OpenEnum)]
#[open_enum(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StateReason {
    /// It is done.
    Completed,
    /// Nobody will do it.
    NotPlanned,
    /// There is another one about the same.
    Duplicate,
    /// It was closed before.
    Reopened,
    /// A value that is not known here, as it came.
    Unknown(String),
}

/// An issue, or that the caller has it already.
#[derive(Clone, Debug, FromResponse)]
#[expect(clippy::large_enum_variant, reason = "it is made once per reply and taken apart at once")]
pub enum IssueReply {
    /// It has changed, or the caller had none.
    #[status(200)]
    Issue {
        /// What to give to the next call.
        #[header("ETag")]
        etag: Option<String>,
        /// The issue.
        #[body]
        issue: Issue,
    },
    /// The one that the caller has is up to date. It is not counted by the rate limit.
    #[status(304)]
    NotModified,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Issue {
    /// The id, which is not the number.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// The URL of its repository in this API.
    pub repository_url: String,
    /// Its page.
    pub html_url: String,
    /// The number in its repository, by which it is called.
    pub number: u64,
    /// Whether it is open.
    pub state: IssueState,
    /// Why it is in its state.
    #[serde(default)]
    pub state_reason: Option<StateReason>,
    /// What it is about, in a line.
    pub title: String,
    /// What it is about.
    #[serde(default)]
    pub body: Option<String>,
    /// Who made it; nobody whose account is gone.
    pub user: Option<User>,
    /// Its labels.
    pub labels: Vec<IssueLabel>,
    /// The first who is assigned.
    pub assignee: Option<User>,
    /// All who are assigned.
    #[serde(default)]
    pub assignees: Vec<User>,
    /// The milestone that it belongs to.
    pub milestone: Option<Milestone>,
    /// Whether the conversation is ended.
    pub locked: bool,
    /// Why it is.
    #[serde(default)]
    pub active_lock_reason: Option<LockReason>,
    /// How many comments there are.
    pub comments: u64,
    /// Where the pull request is, if it is one.
    #[serde(default)]
    pub pull_request: Option<PullRequestLinks>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed.
    pub updated_at: Timestamp,
    /// Who closed it.
    #[serde(default)]
    pub closed_by: Option<User>,
    /// What who made it is to the repository.
    pub author_association: Option<AuthorAssociation>,
    /// Whether it is a pull request that is not ready.
    #[serde(default)]
    pub draft: Option<bool>,
    /// How people reacted.
    #[serde(default)]
    pub reactions: Option<Reactions>,
}

/// Where a pull request is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PullRequestLinks {
    /// Its URL in this API.
    pub url: Option<String>,
    /// Its page.
    pub html_url: Option<String>,
    /// Its changes as a diff.
    pub diff_url: Option<String>,
    /// Its changes as patches.
    pub patch_url: Option<String>,
    /// When it was merged.
    #[serde(default)]
    pub merged_at: Option<Timestamp>,
}
