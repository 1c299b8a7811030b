//! Events of issues.

use connectors_client::{OpenUnion, api_client};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{Comment, GitHubError, Issue, LockReason, MEDIA_TYPE, StateReason, User, VERSION};

/// Events of issues.
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

    /// Lists everything that happened to an issue, comments included.
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
    /// The account that caused it.
    pub actor: Option<User>,
    /// The kind of event.
    pub event: String,
    /// The commit that caused it.
    pub commit_id: Option<String>,
    /// URL of that commit.
    pub commit_url: Option<String>,
    /// Time of the event.
    pub created_at: Timestamp,
    /// The issue, in lists of all issues.
    #[serde(default)]
    pub issue: Option<Issue>,
    /// The label that was added or removed.
    #[serde(default)]
    pub label: Option<EventLabel>,
    /// The assignee.
    #[serde(default)]
    pub assignee: Option<User>,
    /// Reason why the conversation was locked.
    #[serde(default)]
    pub lock_reason: Option<LockReason>,
}

/// An event of an issue's timeline.
#[derive(Clone, Debug, PartialEq, OpenUnion)]
#[open_union(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TimelineEvent {
    /// A comment.
    Commented(Box<TimelineComment>),
    /// A label was added.
    Labeled(Box<LabelChange>),
    /// A label was removed.
    Unlabeled(Box<LabelChange>),
    /// A user was assigned.
    Assigned(Box<Assignment>),
    /// A user was unassigned.
    Unassigned(Box<Assignment>),
    /// It was added to a milestone.
    Milestoned(Box<MilestoneChange>),
    /// It was removed from a milestone.
    Demilestoned(Box<MilestoneChange>),
    /// It was renamed.
    Renamed(Box<Renaming>),
    /// The conversation was locked.
    Locked(Box<Locking>),
    /// It was closed.
    Closed(Box<Closing>),
    /// It was mentioned by another issue.
    #[open_union(rename = "cross-referenced")]
    CrossReferenced(Box<CrossReference>),
    /// Any other event, as received.
    #[open_union(other)]
    Other(Value),
}

/// Common fields of all changes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Change {
    /// The id.
    pub id: u64,
    /// The account that caused it.
    pub actor: User,
    /// Time of the event.
    pub created_at: Timestamp,
}

/// A comment in a timeline.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TimelineComment {
    /// The author.
    pub actor: User,
    /// The comment.
    #[serde(flatten)]
    pub comment: Comment,
}

/// An added or removed label.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LabelChange {
    /// The account and the time.
    #[serde(flatten)]
    pub change: Change,
    /// The label.
    pub label: EventLabel,
}

/// A label in an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct EventLabel {
    /// The name.
    pub name: Option<String>,
    /// Color as six hexadecimal digits.
    pub color: Option<String>,
}

/// An assigned or unassigned user.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Assignment {
    /// The account and the time.
    #[serde(flatten)]
    pub change: Change,
    /// The assignee.
    pub assignee: User,
}

/// The milestone of a change.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct MilestoneChange {
    /// The account and the time.
    #[serde(flatten)]
    pub change: Change,
    /// The milestone.
    pub milestone: MilestoneTitle,
}

/// A milestone in an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MilestoneTitle {
    /// Title.
    pub title: String,
}

/// A rename.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Renaming {
    /// The account and the time.
    #[serde(flatten)]
    pub change: Change,
    /// The titles.
    pub rename: Titles,
}

/// Title before and after a rename.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Titles {
    /// Title before the rename.
    pub from: String,
    /// Title after the rename.
    pub to: String,
}

/// A locked conversation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Locking {
    /// The account and the time.
    #[serde(flatten)]
    pub change: Change,
    /// Reason.
    pub lock_reason: Option<LockReason>,
}

/// A closed issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Closing {
    /// The account and the time.
    #[serde(flatten)]
    pub change: Change,
    /// The commit that closed it.
    pub commit_id: Option<String>,
    /// Reason.
    #[serde(default)]
    pub state_reason: Option<StateReason>,
}

/// A reference from another issue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CrossReference {
    /// The account that caused it.
    pub actor: User,
    /// Time of the event.
    pub created_at: Timestamp,
    /// Source of the reference.
    pub source: CrossReferenceSource,
}

/// Source of a reference.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CrossReferenceSource {
    /// The issue.
    #[serde(default)]
    pub issue: Option<Issue>,
}
