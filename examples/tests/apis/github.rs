//! Tests the requests of the GitHub client.

use connectors_client::{CommaSeparated, Error, ErrorKind, Recorder, TestClock};
use connectors_examples::apis::github::{
    AccountType, Assignable, AssigneesClient, AuthorAssociation, CommentSort, CommentsClient,
    Direction, EventsClient, GitHub, GitHubError, Issue, IssueFilter, IssueLabel, IssueReply,
    IssueSort, IssueState, IssuesClient, LabelsClient, LockReason, MilestoneSort, MilestonesClient,
    SearchClient, SearchSort, StateFilter, StateReason, TimelineEvent,
};
use jiff::Timestamp;
use support::server::{Recorded, Reply, Server};

use crate::recorded::replayed;
use crate::sent::sent;

const ISSUE: &str = include_str!("github/issue.json");
const COMMENT: &str = include_str!("github/comment.json");
const LABEL: &str = include_str!("github/label.json");
const LABELS: &str = include_str!("github/labels.json");
const MILESTONE: &str = include_str!("github/milestone.json");
const USER: &str = include_str!("github/user.json");
const EVENT: &str = include_str!("github/event.json");
const TIMELINE: &str = include_str!("github/timeline.json");
const SEARCH: &str = include_str!("github/search.json");

fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, GitHub) {
    let server = Server::start(replies);
    let github = open(&server);
    (server, github)
}

fn open(server: &Server) -> GitHub {
    let builder = connectors_examples::apis::github::builder(server.url(), "ghp_canary");
    let clock = TestClock::new();
    GitHub::new(builder.env_proxies(false).clock(clock).build().unwrap())
}

fn answered(body: &str) -> (Server, GitHub) {
    start([Reply::json(200, body)])
}

fn list(body: &str) -> (Server, GitHub) {
    answered(&format!("[{body}]"))
}

/// Formats a request without a body.
fn plain(line: &str) -> String {
    format!(
        "{line}\naccept: application/vnd.github+json\nauthorization: Bearer ghp_canary\n\
         x-github-api-version: 2022-11-28"
    )
}

/// Formats a request with JSON.
fn json(line: &str, body: &str) -> String {
    let head = plain(line).replace("x-github", "content-type: application/json\nx-github");
    format!("{head}\n\n{body}")
}

fn since() -> Timestamp {
    "2024-01-02T03:04:05Z".parse().unwrap()
}

fn check_issue(issue: &Issue) {
    assert_eq!((issue.number, issue.title.as_str()), (1347, "Found a bug"));
    assert_eq!(
        (&issue.state, &issue.state_reason),
        (&IssueState::Open, &Some(StateReason::Completed))
    );
    assert_eq!(issue.active_lock_reason, Some(LockReason::TooHeated));
    assert_eq!(issue.author_association, Some(AuthorAssociation::Collaborator));
    let IssueLabel::Label(label) = &issue.labels[0] else { panic!("a whole label") };
    assert_eq!((label.name.as_str(), label.default), ("bug", true));
    assert_eq!(issue.milestone.as_ref().unwrap().title, "v1.0");
    let logins: Vec<_> = issue.assignees.iter().map(|user| user.login.as_str()).collect();
    assert_eq!(logins, ["octocat", "hubot"]);
    assert_eq!(issue.user.as_ref().unwrap().r#type, AccountType::User);
    assert_eq!(issue.created_at.to_string(), "2011-04-22T13:33:48Z");
    assert!(issue.closed_at.is_none() && issue.pull_request.is_some());
}

#[tokio::test]
async fn issues_are_listed_with_every_parameter() {
    let (server, github) = list(ISSUE);
    let found = github
        .issues
        .list_for_repo("octocat", "Hello-World")
        .milestone("*")
        .state(StateFilter::All)
        .assignee("none")
        .r#type("Bug report")
        .creator("octocat")
        .mentioned("hubot")
        .labels(CommaSeparated(&["bug", "ui", "@high"]))
        .sort(IssueSort::Comments)
        .direction(Direction::Asc)
        .since(since())
        .per_page(100)
        .page(2)
        .await
        .unwrap();
    check_issue(&found[0]);
    assert_eq!(
        sent(&server.request()),
        plain(
            "GET /repos/octocat/Hello-World/issues?milestone=%2A&state=all&assignee=none&type=Bug+report\
             &creator=octocat&mentioned=hubot&labels=bug,ui,%40high&sort=comments&direction=asc\
             &since=2024-01-02T03%3A04%3A05Z&per_page=100&page=2"
        )
    );

    let (server, github) = list(ISSUE);
    let call =
        github.issues.list().filter(IssueFilter::Subscribed).collab(true).orgs(false).owned(true);
    check_issue(&call.pulls(false).sort(IssueSort::Updated).await.unwrap()[0]);
    let line =
        "GET /issues?filter=subscribed&sort=updated&collab=true&orgs=false&owned=true&pulls=false";
    assert_eq!(sent(&server.request()), plain(line));

    let (server, github) = list(ISSUE);
    let call = github.issues.list_for_org("github").filter(IssueFilter::Repos).r#type("Bug");
    check_issue(&call.direction(Direction::Desc).await.unwrap()[0]);
    assert_eq!(
        sent(&server.request()),
        plain("GET /orgs/github/issues?filter=repos&type=Bug&direction=desc")
    );

    let (server, github) = list(ISSUE);
    let call =
        github.issues.list_for_user().state(StateFilter::Closed).labels(CommaSeparated(&["a,b"]));
    check_issue(&call.await.unwrap()[0]);
    assert_eq!(sent(&server.request()), plain("GET /user/issues?state=closed&labels=a%2Cb"));

    let (server, github) = answered("[]");
    assert!(github.issues.list_for_repo("o", "r").await.unwrap().is_empty());
    assert_eq!(sent(&server.request()), plain("GET /repos/o/r/issues"));
}

#[tokio::test]
async fn issues_are_listed_over_their_pages() {
    // Links as in the documentation of pagination.
    let server = Server::answer(|request: &Recorded| {
        let here = format!("http://{}", request.header("host").unwrap());
        let next = format!(
            r#"<{here}/repositories/1300192/issues?state=open&page=2>; rel="next", <{here}/repositories/1300192/issues?page=515>; rel="last""#
        );
        let prev = format!(
            r#"<{here}/repositories/1300192/issues?page=1>; rel="prev", <{here}/x>; rel="first""#
        );
        let links = if request.target.contains("page=2") { prev } else { next };
        Reply::json(200, &format!("[{ISSUE}]"))
            .header("link", links)
            .header("x-ratelimit-remaining", "4998")
    });
    let mut pages = open(&server)
        .issues
        .list_for_repo("octocat", "Hello-World")
        .state(StateFilter::Open)
        .pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!(page.headers()["x-ratelimit-remaining"], "4998");
        count += page.data.len();
    }
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            plain("GET /repos/octocat/Hello-World/issues?state=open"),
            plain("GET /repositories/1300192/issues?state=open&page=2"),
        ]
    );
    assert_eq!(count, 2);
}

#[tokio::test]
async fn an_issue_is_opened_and_changed() {
    let (server, github) = start([Reply::json(201, ISSUE)]);
    let call = github
        .issues
        .create("octocat", "Hello-World", "Found a bug")
        .body("I'm having a problem with this.");
    let call = call.assignees(&["octocat"]).milestone(1).labels(&["bug"]).type_null();
    check_issue(&call.await.unwrap());
    let body = r#"{"title":"Found a bug","body":"I'm having a problem with this.","milestone":1,"labels":["bug"],"assignees":["octocat"],"type":null}"#;
    assert_eq!(sent(&server.request()), json("POST /repos/octocat/Hello-World/issues", body));

    let (server, github) = answered(ISSUE);
    let call = github.issues.update("octocat", "Hello-World", 1347).state(IssueState::Closed);
    let call =
        call.state_reason(StateReason::NotPlanned).milestone_null().labels(&[]).title("New title");
    check_issue(&call.await.unwrap());
    let body = r#"{"title":"New title","state":"closed","state_reason":"not_planned","milestone":null,"labels":[]}"#;
    assert_eq!(sent(&server.request()), json("PATCH /repos/octocat/Hello-World/issues/1347", body));

    let (server, github) = start([Reply::empty(204)]);
    github.issues.lock("o", "r", 1).lock_reason(LockReason::OffTopic).await.unwrap();
    github.issues.lock("o", "r", 1).await.unwrap();
    github.issues.unlock("o", "r", 1).await.unwrap();
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            json("PUT /repos/o/r/issues/1/lock", r#"{"lock_reason":"off-topic"}"#),
            json("PUT /repos/o/r/issues/1/lock", "{}"),
            plain("DELETE /repos/o/r/issues/1/lock"),
        ]
    );
}

#[tokio::test]
async fn an_unchanged_issue_is_fetched_once() {
    let limits = |reply: Reply| {
        reply
            .header("X-RateLimit-Limit", "5000")
            .header("X-RateLimit-Remaining", "4987")
            .header("X-RateLimit-Used", "13")
            .header("X-RateLimit-Reset", "1350085394")
            .header("X-RateLimit-Resource", "core")
    };
    let etag = "W/\"644b5b0155e6404a9cc4bd9d8b1ae730\"";
    let (server, github) = start([
        limits(Reply::json(200, ISSUE)).header("etag", etag),
        limits(Reply::empty(304)).header("etag", etag),
    ]);
    let first = github.issues.get("octocat", "Hello-World", 1347).await.unwrap();
    assert_eq!((first.limit, first.remaining, first.used), (Some(5000), Some(4987), Some(13)));
    assert_eq!((first.reset, first.resource.as_deref()), (Some(1_350_085_394), Some("core")));
    let IssueReply::Issue { etag: Some(etag), issue } = first.data else {
        panic!("an issue with an etag")
    };
    check_issue(&issue);
    let second = github.issues.get("octocat", "Hello-World", 1347).etag(&etag).await.unwrap();
    assert!(matches!(second.data, IssueReply::NotModified));
    assert_eq!(second.remaining, Some(4987));
    let line = "GET /repos/octocat/Hello-World/issues/1347";
    let conditional = plain(line).replace("x-github", &format!("if-none-match: {etag}\nx-github"));
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(requests, [plain(line), conditional]);
}

#[tokio::test]
async fn moved_issues_are_followed_and_deleted_ones_fail() {
    let (server, github) = start([
        Reply::json(301, r#"{"message": "Moved Permanently", "url": "/repositories/2/issues/9"}"#)
            .header("location", "/repositories/2/issues/9"),
        Reply::json(200, ISSUE),
    ]);
    let found = github.issues.get("octocat", "Hello-World", 1347).await.unwrap();
    assert!(matches!(found.data, IssueReply::Issue { .. }));
    let requests = server.requests();
    assert_eq!(sent(&requests[1]), plain("GET /repositories/2/issues/9"));

    // Requests that change something do not follow the redirect.
    let moved = Reply::json(301, r#"{"message": "Moved Permanently"}"#)
        .header("location", "/repositories/2/issues/9");
    let (server, github) = start([moved]);
    let error = github.issues.update("o", "r", 1).title("x").await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Redirect, 1));

    let gone = r#"{"message": "This issue was deleted", "documentation_url": "https://docs.github.com/v3"}"#;
    let (_server, github) = start([Reply::json(410, gone)]);
    let error = github.issues.get("o", "r", 1).await.unwrap_err();
    assert_eq!(error.class(), Some(GitHubError::Gone));
    let shown = "GET repos/<owner>/<repo>/issues/<number>: 410 Gone: This issue was deleted";
    assert_eq!(error.to_string(), shown);
}

async fn error_of(reply: Reply) -> Error {
    let (_server, github) = start([reply]);
    github.issues.create("o", "r", "").await.unwrap_err()
}

#[tokio::test]
async fn errors_name_the_cause() {
    // Bodies as in the documentation of errors.
    let body = r#"{
        "message": "Validation Failed",
        "errors": [{"resource": "Issue", "field": "title", "code": "missing_field"}],
        "documentation_url": "https://docs.github.com/rest/issues/issues#create-an-issue"
    }"#;
    let error = error_of(Reply::json(422, body).header("x-github-request-id", "C8F2:1")).await;
    assert!(error.to_string().contains(": 422 Invalid: Validation Failed"), "{error}");
    let Some(GitHubError::Invalid(Some(problem))) = error.class() else { panic!("{error}") };
    assert_eq!(
        (problem.errors[0].field.as_deref(), problem.errors[0].code.as_str()),
        (Some("title"), "missing_field")
    );
    assert_eq!(error.request_id(), Some("C8F2:1"));

    let limited = r#"{"message": "API rate limit exceeded for user ID 1.", "documentation_url": "https://docs.github.com/x"}"#;
    let error = error_of(Reply::json(403, limited).header("x-ratelimit-remaining", "0")).await;
    let Some(GitHubError::Forbidden(Some(problem))) = error.class() else { panic!("{error}") };
    assert!(problem.message.starts_with("API rate limit exceeded"));
    assert_eq!(error.headers().unwrap()["x-ratelimit-remaining"], "0");

    for (status, class) in [
        (401, GitHubError::BadCredentials),
        (404, GitHubError::NotFound),
        (429, GitHubError::TooManyRequests),
        (503, GitHubError::Unavailable),
        (500, GitHubError::Other),
    ] {
        assert_eq!(error_of(Reply::json(status, r#"{"message": "m"}"#)).await.class(), Some(class));
    }
    let error = error_of(Reply::json(400, r#"{"message": "Problems parsing JSON"}"#)).await;
    let Some(GitHubError::BadRequest(Some(problem))) = error.class() else { panic!("{error}") };
    assert_eq!(problem.message, "Problems parsing JSON");
}

#[tokio::test]
async fn comments_are_managed() {
    let (server, github) = list(COMMENT);
    let call = github.comments.list_for_repo("octocat", "Hello-World").sort(CommentSort::Updated);
    let comments = call.direction(Direction::Asc).since(since()).per_page(50).await.unwrap();
    assert_eq!(comments[0].body.as_deref(), Some("Me too"));
    assert_eq!(
        sent(&server.request()),
        plain(
            "GET /repos/octocat/Hello-World/issues/comments?sort=updated&direction=asc\
             &since=2024-01-02T03%3A04%3A05Z&per_page=50"
        )
    );

    let (server, github) = list(COMMENT);
    github.comments.list("octocat", "Hello-World", 1347).since(since()).page(3).await.unwrap();
    let line =
        "GET /repos/octocat/Hello-World/issues/1347/comments?since=2024-01-02T03%3A04%3A05Z&page=3";
    assert_eq!(sent(&server.request()), plain(line));

    let (server, github) = start([Reply::json(201, COMMENT)]);
    let comment = github.comments.create("octocat", "Hello-World", 1347, "Me too").await.unwrap();
    assert_eq!(comment.author_association, Some(AuthorAssociation::Collaborator));
    let line = "POST /repos/octocat/Hello-World/issues/1347/comments";
    assert_eq!(sent(&server.request()), json(line, r#"{"body":"Me too"}"#));

    let (server, github) = answered(COMMENT);
    assert_eq!(github.comments.get("octocat", "Hello-World", 1).await.unwrap().id, 1);
    assert_eq!(sent(&server.request()), plain("GET /repos/octocat/Hello-World/issues/comments/1"));

    let (server, github) = answered(COMMENT);
    github.comments.update("octocat", "Hello-World", 1, "Me\n\"too\"").await.unwrap();
    let line = "PATCH /repos/octocat/Hello-World/issues/comments/1";
    assert_eq!(sent(&server.request()), json(line, r#"{"body":"Me\n\"too\""}"#));

    let (server, github) = start([Reply::empty(204)]);
    github.comments.delete("octocat", "Hello-World", 1).await.unwrap();
    assert_eq!(
        sent(&server.request()),
        plain("DELETE /repos/octocat/Hello-World/issues/comments/1")
    );
}

#[tokio::test]
async fn labels_of_a_repository_are_managed() {
    let (server, github) = answered(LABELS);
    let labels = github.labels.list_for_repo("octocat", "Hello-World").per_page(100).await.unwrap();
    assert_eq!((labels.len(), labels[1].color.as_str()), (2, "a2eeef"));
    assert_eq!(
        sent(&server.request()),
        plain("GET /repos/octocat/Hello-World/labels?per_page=100")
    );

    let (server, github) = start([Reply::json(201, LABEL)]);
    let call = github.labels.create("octocat", "Hello-World", "bug").color("f29513");
    assert_eq!(call.description("Something isn't working").await.unwrap().id, 208_045_946);
    let body = r#"{"name":"bug","color":"f29513","description":"Something isn't working"}"#;
    assert_eq!(sent(&server.request()), json("POST /repos/octocat/Hello-World/labels", body));

    let (server, github) = answered(LABEL);
    github.labels.get("octocat", "Hello-World", "good first issue/é").await.unwrap();
    let line = "GET /repos/octocat/Hello-World/labels/good%20first%20issue%2F%C3%A9";
    assert_eq!(sent(&server.request()), plain(line));

    let (server, github) = answered(LABEL);
    let call = github
        .labels
        .update("octocat", "Hello-World", "bug")
        .new_name("bug :bug:")
        .description_null();
    call.color("b01f26").await.unwrap();
    let body = r#"{"new_name":"bug :bug:","color":"b01f26","description":null}"#;
    assert_eq!(sent(&server.request()), json("PATCH /repos/octocat/Hello-World/labels/bug", body));

    let (server, github) = start([Reply::empty(204)]);
    github.labels.delete("octocat", "Hello-World", "bug").await.unwrap();
    assert_eq!(sent(&server.request()), plain("DELETE /repos/octocat/Hello-World/labels/bug"));
}

#[tokio::test]
async fn labels_of_an_issue_are_managed() {
    let line = "/repos/octocat/Hello-World/issues/1347/labels";
    let (server, github) = answered(LABELS);
    let labels = &github.labels;
    assert_eq!(labels.list("octocat", "Hello-World", 1347).page(2).await.unwrap().len(), 2);
    labels.add("octocat", "Hello-World", 1347, &["bug", "enhancement"]).await.unwrap();
    labels.set("octocat", "Hello-World", 1347, &[]).await.unwrap();
    labels.remove("octocat", "Hello-World", 1347, "in progress").await.unwrap();
    labels.list_for_milestone("octocat", "Hello-World", 1).per_page(9).await.unwrap();
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            plain(&format!("GET {line}?page=2")),
            json(&format!("POST {line}"), r#"{"labels":["bug","enhancement"]}"#),
            json(&format!("PUT {line}"), r#"{"labels":[]}"#),
            plain(&format!("DELETE {line}/in%20progress")),
            plain("GET /repos/octocat/Hello-World/milestones/1/labels?per_page=9"),
        ]
    );
    let (server, github) = start([Reply::empty(204)]);
    github.labels.remove_all("octocat", "Hello-World", 1347).await.unwrap();
    assert_eq!(sent(&server.request()), plain(&format!("DELETE {line}")));
}

#[tokio::test]
async fn assignees_are_managed() {
    let (server, github) = list(USER);
    let people =
        github.assignees.list("octocat", "Hello-World").per_page(10).page(1).await.unwrap();
    assert_eq!(people[0].login, "octocat");
    let line = "GET /repos/octocat/Hello-World/assignees?per_page=10&page=1";
    assert_eq!(sent(&server.request()), plain(line));

    let not_found =
        r#"{"message": "Not Found", "documentation_url": "https://docs.github.com/rest"}"#;
    let (server, github) = start([Reply::empty(204), Reply::json(404, not_found)]);
    let assignees = &github.assignees;
    assert_eq!(assignees.check("octocat", "Hello-World", "hubot").await.unwrap(), Assignable::Yes);
    assert_eq!(assignees.check("octocat", "Hello-World", "nobody").await.unwrap(), Assignable::No);
    let no = assignees.check_for_issue("octocat", "Hello-World", 1347, "nobody").await.unwrap();
    assert_eq!(no, Assignable::No);
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            plain("GET /repos/octocat/Hello-World/assignees/hubot"),
            plain("GET /repos/octocat/Hello-World/assignees/nobody"),
            plain("GET /repos/octocat/Hello-World/issues/1347/assignees/nobody"),
        ]
    );
    // Only the named statuses are answers.
    let (_server, github) = start([Reply::json(403, not_found)]);
    let error = github.assignees.check("o", "r", "a").await.unwrap_err();
    assert!(matches!(error.class(), Some(GitHubError::Forbidden(Some(_)))), "{error}");

    let (server, github) = start([Reply::json(201, ISSUE), Reply::json(200, ISSUE)]);
    check_issue(
        &github
            .assignees
            .add("octocat", "Hello-World", 1347, &["hubot", "other_user"])
            .await
            .unwrap(),
    );
    check_issue(
        &github.assignees.remove("octocat", "Hello-World", 1347, &["hubot"]).await.unwrap(),
    );
    let line = "/repos/octocat/Hello-World/issues/1347/assignees";
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            json(&format!("POST {line}"), r#"{"assignees":["hubot","other_user"]}"#),
            json(&format!("DELETE {line}"), r#"{"assignees":["hubot"]}"#),
        ]
    );
}

#[tokio::test]
async fn milestones_are_managed() {
    let (server, github) = list(MILESTONE);
    let call = github
        .milestones
        .list("octocat", "Hello-World")
        .state(StateFilter::Open)
        .sort(MilestoneSort::DueOn);
    let milestones = call.direction(Direction::Desc).await.unwrap();
    assert_eq!((milestones[0].open_issues, milestones[0].closed_issues), (4, 8));
    let line = "GET /repos/octocat/Hello-World/milestones?state=open&sort=due_on&direction=desc";
    assert_eq!(sent(&server.request()), plain(line));

    let (server, github) = start([Reply::json(201, MILESTONE)]);
    let due = "2012-10-09T23:39:01Z".parse().unwrap();
    let call = github
        .milestones
        .create("octocat", "Hello-World", "v1.0")
        .state(IssueState::Open)
        .due_on(due);
    let made = call.description("Tracking milestone for version 1.0").await.unwrap();
    assert_eq!(made.due_on, Some(due));
    let body = r#"{"title":"v1.0","state":"open","description":"Tracking milestone for version 1.0","due_on":"2012-10-09T23:39:01Z"}"#;
    assert_eq!(sent(&server.request()), json("POST /repos/octocat/Hello-World/milestones", body));

    let (server, github) = answered(MILESTONE);
    github.milestones.get("octocat", "Hello-World", 1).await.unwrap();
    github
        .milestones
        .update("octocat", "Hello-World", 1)
        .title("v1.1")
        .state(IssueState::Closed)
        .await
        .unwrap();
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    let line = "/repos/octocat/Hello-World/milestones/1";
    assert_eq!(
        requests,
        [
            plain(&format!("GET {line}")),
            json(&format!("PATCH {line}"), r#"{"title":"v1.1","state":"closed"}"#),
        ]
    );
    let (server, github) = start([Reply::empty(204)]);
    github.milestones.delete("octocat", "Hello-World", 1).await.unwrap();
    assert_eq!(sent(&server.request()), plain(&format!("DELETE {line}")));
}

#[tokio::test]
async fn events_are_listed() {
    let (server, github) = list(EVENT);
    let events = github.events.list_for_repo("octocat", "Hello-World").per_page(1).await.unwrap();
    assert_eq!((events[0].event.as_str(), events[0].id), ("closed", 1));
    check_issue(events[0].issue.as_ref().unwrap());
    github.events.list("octocat", "Hello-World", 1347).page(2).await.unwrap();
    let requests: Vec<_> = server.requests().iter().map(sent).collect();
    assert_eq!(
        requests,
        [
            plain("GET /repos/octocat/Hello-World/issues/events?per_page=1"),
            plain("GET /repos/octocat/Hello-World/issues/1347/events?page=2"),
        ]
    );
    let (server, github) = answered(EVENT);
    assert_eq!(
        github.events.get("octocat", "Hello-World", 1).await.unwrap().actor.unwrap().login,
        "octocat"
    );
    assert_eq!(sent(&server.request()), plain("GET /repos/octocat/Hello-World/issues/events/1"));
}

#[tokio::test]
async fn a_timeline_contains_events_of_many_kinds() {
    let (server, github) = answered(TIMELINE);
    let mut events = github.events.timeline("octocat", "Hello-World", 1347).per_page(100).items();
    let mut kinds = Vec::new();
    while let Some(event) = events.next().await {
        kinds.push(match event.unwrap() {
            TimelineEvent::Locked(locking) => format!("locked: {:?}", locking.lock_reason.unwrap()),
            TimelineEvent::Labeled(change) => format!("labeled: {}", change.label.name.unwrap()),
            TimelineEvent::Renamed(renaming) => format!("renamed: {}", renaming.rename.to),
            TimelineEvent::Commented(comment) => {
                format!("commented: {}", comment.comment.body.unwrap())
            }
            TimelineEvent::Closed(closing) => {
                format!("closed: {:?}", closing.state_reason.unwrap())
            }
            TimelineEvent::Milestoned(change) => format!("milestoned: {}", change.milestone.title),
            TimelineEvent::Assigned(change) => format!("assigned: {}", change.assignee.login),
            TimelineEvent::CrossReferenced(reference) => {
                format!("from: {}", reference.source.issue.unwrap().number)
            }
            TimelineEvent::Other(other) => format!("other: {}", other["event"]),
            _ => "another".to_owned(),
        });
    }
    assert_eq!(
        kinds,
        [
            "locked: Resolved",
            "labeled: beta",
            "renamed: Secret scanning: beta",
            "commented: Me too",
            "other: \"subscribed\"",
            "closed: NotPlanned",
            "milestoned: v1.0",
            "assigned: hubot",
            "from: 1347",
        ]
    );
    let line = "GET /repos/octocat/Hello-World/issues/1347/timeline?per_page=100";
    assert_eq!(sent(&server.request()), plain(line));
}

#[tokio::test]
async fn issues_are_searched() {
    let (server, github) = answered(SEARCH);
    let call = github
        .search
        .issues("windows label:bug language:python state:open")
        .sort(SearchSort::Created);
    let found = call.order(Direction::Asc).per_page(30).await.unwrap();
    assert_eq!((found.total_count, found.incomplete_results), (280, false));
    assert_eq!(
        (found.items[0].issue.number, found.items[0].issue.reactions.as_ref().unwrap().thumbs_up),
        (1347, 3)
    );
    let line = "GET /search/issues?q=windows+label%3Abug+language%3Apython+state%3Aopen\
                &sort=created&order=asc&per_page=30";
    assert_eq!(sent(&server.request()), plain(line));

    // The links end the list, because a search returns fewer results than it counts.
    let (server, github) = start([
        Reply::json(200, SEARCH).header("link", r#"</search/issues?q=x&page=2>; rel="next""#),
        Reply::json(200, SEARCH),
    ]);
    let mut items = github.search.issues("x").items();
    while let Some(item) = items.next().await {
        assert!((item.unwrap().score - 1.0).abs() < f64::EPSILON);
    }
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn endpoints_match_the_description() {
    let repo = "repos/<owner>/<repo>";
    let issue = "repos/<owner>/<repo>/issues/<number>";
    let documented = [
        (IssuesClient::LIST, "GET issues".to_owned()),
        (IssuesClient::LIST_FOR_ORG, "GET orgs/<org>/issues".to_owned()),
        (IssuesClient::LIST_FOR_USER, "GET user/issues".to_owned()),
        (IssuesClient::LIST_FOR_REPO, format!("GET {repo}/issues")),
        (IssuesClient::CREATE, format!("POST {repo}/issues")),
        (IssuesClient::GET, format!("GET {issue}")),
        (IssuesClient::UPDATE, format!("PATCH {issue}")),
        (IssuesClient::LOCK, format!("PUT {issue}/lock")),
        (IssuesClient::UNLOCK, format!("DELETE {issue}/lock")),
        (CommentsClient::LIST_FOR_REPO, format!("GET {repo}/issues/comments")),
        (CommentsClient::LIST, format!("GET {issue}/comments")),
        (CommentsClient::CREATE, format!("POST {issue}/comments")),
        (CommentsClient::GET, format!("GET {repo}/issues/comments/<comment>")),
        (CommentsClient::UPDATE, format!("PATCH {repo}/issues/comments/<comment>")),
        (CommentsClient::DELETE, format!("DELETE {repo}/issues/comments/<comment>")),
        (LabelsClient::LIST_FOR_REPO, format!("GET {repo}/labels")),
        (LabelsClient::CREATE, format!("POST {repo}/labels")),
        (LabelsClient::GET, format!("GET {repo}/labels/<name>")),
        (LabelsClient::UPDATE, format!("PATCH {repo}/labels/<name>")),
        (LabelsClient::DELETE, format!("DELETE {repo}/labels/<name>")),
        (LabelsClient::LIST, format!("GET {issue}/labels")),
        (LabelsClient::ADD, format!("POST {issue}/labels")),
        (LabelsClient::SET, format!("PUT {issue}/labels")),
        (LabelsClient::REMOVE_ALL, format!("DELETE {issue}/labels")),
        (LabelsClient::REMOVE, format!("DELETE {issue}/labels/<name>")),
        (LabelsClient::LIST_FOR_MILESTONE, format!("GET {repo}/milestones/<milestone>/labels")),
        (AssigneesClient::LIST, format!("GET {repo}/assignees")),
        (AssigneesClient::CHECK, format!("GET {repo}/assignees/<assignee>")),
        (AssigneesClient::CHECK_FOR_ISSUE, format!("GET {issue}/assignees/<assignee>")),
        (AssigneesClient::ADD, format!("POST {issue}/assignees")),
        (AssigneesClient::REMOVE, format!("DELETE {issue}/assignees")),
        (MilestonesClient::LIST, format!("GET {repo}/milestones")),
        (MilestonesClient::CREATE, format!("POST {repo}/milestones")),
        (MilestonesClient::GET, format!("GET {repo}/milestones/<number>")),
        (MilestonesClient::UPDATE, format!("PATCH {repo}/milestones/<number>")),
        (MilestonesClient::DELETE, format!("DELETE {repo}/milestones/<number>")),
        (EventsClient::LIST_FOR_REPO, format!("GET {repo}/issues/events")),
        (EventsClient::GET, format!("GET {repo}/issues/events/<event>")),
        (EventsClient::LIST, format!("GET {issue}/events")),
        (EventsClient::TIMELINE, format!("GET {issue}/timeline")),
        (SearchClient::ISSUES, "GET search/issues".to_owned()),
    ];
    for (endpoint, operation) in documented {
        assert_eq!(endpoint.to_string(), operation);
    }
}

/// Calls of each group, recorded and made again without the server.
#[tokio::test]
async fn issues_are_recorded_and_replayed() {
    let server = Server::answer(|request: &Recorded| {
        let here = format!("http://{}", request.header("host").unwrap());
        let next = format!(r#"<{here}/repositories/1/issues?page=2>; rel="next""#);
        match (&*request.method, request.target.as_str()) {
            ("GET", "/repos/o/r/issues?state=open") => {
                Reply::json(200, &format!("[{ISSUE}]")).header("link", next)
            }
            ("GET", "/repositories/1/issues?page=2") => Reply::json(200, &format!("[{ISSUE}]")),
            ("GET", "/repos/o/r/issues/1") => {
                Reply::empty(301).header("location", format!("{here}/repositories/1/issues/1"))
            }
            ("GET", "/repositories/1/issues/1") => Reply::json(200, ISSUE),
            ("POST", "/repos/o/r/issues") => Reply::json(201, ISSUE),
            ("GET", "/repos/o/r/labels") => Reply::json(200, LABELS),
            ("GET", "/repos/o/r/issues/1/comments") => Reply::json(200, &format!("[{COMMENT}]")),
            ("DELETE", _) => Reply::empty(204),
            ("GET", target) if target.starts_with("/search/issues") => Reply::json(200, SEARCH),
            _ => Reply::json(404, r#"{"message": "Not Found"}"#),
        }
    });
    let open = |url: &str, recorder: &Recorder| {
        let builder = connectors_examples::apis::github::builder(url, "ghp_canary");
        let builder = builder.env_proxies(false).clock(TestClock::new());
        GitHub::new(builder.recorder(recorder).build().unwrap())
    };
    let calls = async |github: GitHub| {
        let mut pages = github.issues.list_for_repo("o", "r").state(StateFilter::Open).items();
        let mut issues = Vec::new();
        while let Some(issue) = pages.next().await {
            issues.push(issue.unwrap());
        }
        let moved = github.issues.get("o", "r", 1).await.unwrap();
        issues.push(github.issues.create("o", "r", "Found a bug").labels(&["bug"]).await.unwrap());
        issues.iter().for_each(check_issue);
        let labels = github.labels.list_for_repo("o", "r").await.unwrap();
        let comments = github.comments.list("o", "r", 1).await.unwrap();
        github.comments.delete("o", "r", 1).await.unwrap();
        let found = github.search.issues("is:open label:bug").await.unwrap();
        let missing = github.milestones.get("o", "r", 9).await.unwrap_err().to_string();
        (issues, moved, labels, comments, found, missing)
    };
    let (requests, _, text) = replayed(server, open, calls).await;
    assert_eq!(requests.len(), 10);
    assert!(!text.contains("ghp_canary"), "{text}");
}
