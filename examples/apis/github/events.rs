//! What happened to issues.

use connectors_client::{OpenUnion, api_client};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{Comment, GitHubError, Issue, LockReason, MEDIA_TYPE, StateReason, User, VERSION};

/// What happened to issues.
#[api_client(
    prefix = "repos",
    error = GitHubError,
    headers("Accept" = MEDIA_TYPE, "X-GitHub-Api-Version" = VERSION)
)]
pub trait Events {
    /// Lists the events of all issues of a repository, the newest first.
    #[get("<owner>/<repo>/issues/events?<per_page>&<page>", paginate(link))]
    async fn list_for_repo(
        &self,
        owner: &str,
        repo: &str,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<IssueEvent>;

    /// Gets an event.
    #[get("<owner>/<repo>/issues/events/<event>")]
    async fn get(&self, owner: &str, repo: &str, event: u64) -> IssueEvent;

    /// Lists the events of an issue.
    #[get("<owner>/<repo>/issues/<number>/events?<per_page>&<page>", paginate(link))]
    async fn list(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<IssueEvent>;

    /// Lists all that happened to an issue, its comments too.
    #[get("<owner>/<repo>/issues/<number>/timeline?<per_page>&<page>", paginate(link))]
    async fn timeline(
        &self,
        owner: &str,
        repo: &str,
        number: u64,
        per_page: Option<u8>,
        page: Option<u32>,
    ) -> Vec<TimelineEvent>;
}

/// An event of an issue, of any kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct IssueEvent {
    /// The id.
    pub id: u64,
    /// The id in the GraphQL API.
    pub node_id: String,
    /// Its URL in this API.
    pub url: String,
    /// Whose doing it was.
    pub actor: Option<User>,
    /// The kind of event.
    pub event: String,
    /// The commit that did it.
    pub commit_id: Option<String>,
    /// The URL of that commit.
    pub commit_url: Option<String>,
    /// When it was.
    pub created_at: Timestamp,
    /// The issue, where all issues are listed.
    #[serde(default)]
    pub issue: Option<Issue>,
    /// The label that was added or taken off.
    #[serde(default)]
    pub label: Option<EventLabel>,
    /// Who was assigned.
    #[serde(default)]
    pub assignee: Option<User>,
    /// Why the conversation was locked.
    #[serde(default)]
    pub lock_reason: Option<LockReason>,
}

/// What happened to an issue.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TimelineEvent {
    /// Somebody commented.
    Commented(Box<TimelineComment>),
    /// A label was added.
    Labeled(Box<LabelChange>),
    /// A label was taken off.
    Unlabeled(Box<LabelChange>),
    /// Somebody was assigned.
    Assigned(Box<Assignment>),
    /// Somebody was taken off.
    Unassigned(Box<Assignment>),
    /// It was given to a milestone.
    Milestoned(Box<MilestoneChange>),
    /// It was taken out of a milestone.
    Demilestoned(Box<MilestoneChange>),
    /// It has a new title.
    Renamed(Box<Renaming>),
    /// The conversation was ended.
    Locked(Box<Locking>),
    /// It was closed.
    Closed(Box<Closing>),
    /// It was mentioned by another issue.
    #[open_union(rename = "cross-referenced")]
    CrossReferenced(Box<CrossReference>),
    /// Any other event, as it came.
    #[open_union(other)]
    Other(Value),
}

/// What all changes have in common.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Change {
    /// The id.
    pub id: u64,
    /// Whose doing it was.
    pub actor: User,
    /// When it was.
    pub created_at: Timestamp,
}

/// A comment among the events.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TimelineComment {
    /// Who commented.
    pub actor: User,
    /// The comment.
    #[serde(flatten)]
    pub comment: Comment,
}

/// A label that was added or taken off.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LabelChange {
    /// Who and when.
    #[serde(flatten)]
    pub change: Change,
    /// The label.
    pub label: EventLabel,
}

/// A label as an event has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct EventLabel {
    /// The name.
    pub name: Option<String>,
    /// Six hexadecimal digits.
    pub color: Option<String>,
}

/// Who was assigned or taken off.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Assignment {
    /// Who did it, and when.
    #[serde(flatten)]
    pub change: Change,
    /// Who was assigned or taken off.
    pub assignee: User,
}

/// The milestone of a change.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct MilestoneChange {
    /// Who and when.
    #[serde(flatten)]
    pub change: Change,
    /// The milestone.
    pub milestone: MilestoneTitle,
}

/// A milestone as an event has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MilestoneTitle {
    /// What it is called.
    pub title: String,
}

/// A new title.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Renaming {
    /// Who and when.
    #[serde(flatten)]
    pub change: Change,
    /// The titles.
    pub rename: Titles,
}

/// The title before and after.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Titles {
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// The end of a conversation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Locking {
    /// Who and when.
    #[serde(flatten)]
    pub change: Change,
    /// Why.
    pub lock_reason: Option<LockReason>,
}

/// The closing of an issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Closing {
    /// Who and when.
    #[serde(flatten)]
    pub change: Change,
    /// The commit that did it.
    pub commit_id: Option<String>,
    /// Why.
    #[serde(default)]
    pub state_reason: Option<StateReason>,
}

/// A mention by another issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CrossReference {
    /// Whose doing it was.
    pub actor: User,
    /// When it was.
    pub created_at: Timestamp,
    /// Where the mention is.
    pub source: CrossReferenceSource,
}

/// Where a mention is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CrossReferenceSource {
    /// The issue.
    #[serde(default)]
    pub issue: Option<Issue>,
}
