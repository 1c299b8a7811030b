//! Responses as generated clients read them.

use connectors_client::Client;
use support::server::{Reply, Server};

use crate::generated::library::{BooksClient, LibraryError, ReplaceBookReply};
use crate::generated::media::{AnswersClient, FilesClient, LinkReply, TableReply};
use crate::generated::shapes::{Values, ValuesMixed, ValuesModel};
use crate::generated::vendors::{AdminUsersClient, BooksClient as SearchClient, CloudClient, Size};

fn client(server: &Server) -> Client {
    support::client(server.url()).env_proxies(false).max_retries(0).build().unwrap()
}

#[tokio::test]
async fn several_success_statuses_are_variants() {
    let server = Server::start([
        Reply::json(202, r#"{"job": "j"}"#),
        Reply::json(200, r#"{"id": "1", "title": "Emma"}"#),
    ]);
    let books = BooksClient::new(client(&server));
    let book = crate::generated::library::Book::default();
    let first = books.replace("1", &book).await.unwrap();
    assert!(matches!(first, ReplaceBookReply::Accepted(job) if job.job == "j"));
    let second = books.replace("1", &book).await.unwrap();
    assert!(matches!(second, ReplaceBookReply::Ok(book) if book.title == "Emma"));
}

#[tokio::test]
async fn no_content_is_none() {
    let server = Server::start([Reply::empty(204)]);
    assert_eq!(BooksClient::new(client(&server)).get("1").await.unwrap(), None);
}

#[tokio::test]
async fn errors_have_their_class_and_body() {
    let server = Server::start([
        Reply::json(404, r#"{"message": "gone", "code": 7}"#),
        Reply::json(422, r#"{"fields": ["title"]}"#),
        Reply::json(503, "{}"),
        Reply::json(418, r#"{"message": "tea"}"#),
    ]);
    let books = BooksClient::new(client(&server));
    let mut classes = Vec::new();
    for _ in 0..4 {
        classes.push(books.get("1").await.unwrap_err().class::<LibraryError>().unwrap());
    }
    assert!(
        matches!(&classes[0], LibraryError::NotFound(Some(problem)) if problem.code == Some(7))
    );
    assert!(matches!(&classes[1], LibraryError::UnprocessableEntity(Some(invalid))
        if invalid.fields.as_deref() == Some(&["title".to_owned()])));
    assert_eq!(classes[2], LibraryError::ServerError);
    assert!(matches!(&classes[3], LibraryError::Other(Some(problem))
        if problem.message.as_deref() == Some("tea")));
}

#[tokio::test]
async fn pages_follow_the_cursor_of_the_description() {
    let server = Server::start([
        Reply::json(200, r#"{"books": [{"id": "1", "title": "a"}], "nextPageToken": "t"}"#),
        Reply::json(200, r#"{"books": [{"id": "2", "title": "b"}]}"#),
    ]);
    let mut books = BooksClient::new(client(&server)).list().items();
    let mut titles = Vec::new();
    while let Some(book) = books.next().await {
        titles.push(book.unwrap().title);
    }
    assert_eq!(titles, ["a", "b"]);
    assert_eq!(server.requests()[1].query(), Some("pageToken=t"));
}

#[tokio::test]
async fn pages_of_extensions_are_followed() {
    let server = Server::start([
        Reply::json(200, r#"{"data": [{"name": "a"}]}"#),
        Reply::json(200, r#"{"data": []}"#),
        Reply::json(200, r#"{"found": ["x"], "next": "n"}"#),
        Reply::json(200, r#"{"found": []}"#),
        Reply::json(200, r#"{"value": [1], "nextLink": "/azure?skip=1"}"#),
        Reply::json(200, r#"{"value": [2]}"#),
    ]);
    let mut users = AdminUsersClient::new(client(&server)).list().items();
    while let Some(user) = users.next().await {
        assert_eq!(user.unwrap().name.as_deref(), Some("a"));
    }
    let mut found = SearchClient::new(client(&server)).search().items();
    while let Some(text) = found.next().await {
        assert_eq!(text.unwrap(), "x");
    }
    let mut numbers = CloudClient::new(client(&server)).numbers().size(&Size::Medium).items();
    let mut sum = 0;
    while let Some(number) = numbers.next().await {
        sum += number.unwrap();
    }
    assert_eq!(sum, 3);
    let requests = server.requests();
    let queries: Vec<_> = requests.iter().map(|request| request.query()).collect();
    assert_eq!(
        queries,
        [None, Some("offset=1"), None, Some("after=n"), Some("size=m"), Some("skip=1")]
    );
}

#[tokio::test]
async fn data_and_events_are_two_methods() {
    let events = "data: {\"delta\": \"a\"}\n\ndata: {\"delta\": \"b\"}\n\ndata: [DONE]\n\n";
    let server = Server::start([
        Reply::json(200, r#"{"text": "ab"}"#),
        Reply::text(200, "text/event-stream", events),
        Reply::text(200, "application/x-ndjson", "{\"text\": \"1\"}\n{\"text\": \"2\"}\n"),
        Reply::text(200, "text/event-stream", "event: tick\ndata: 1\n\n"),
    ]);
    let answers = AnswersClient::new(client(&server));
    assert_eq!(answers.answer("q").await.unwrap().text, "ab");
    let mut pieces = answers.answer_stream("q").await.unwrap();
    let mut text = String::new();
    while let Some(piece) = pieces.next().await {
        text += &piece.unwrap().delta;
    }
    assert_eq!(text, "ab");
    let mut lines = answers.log().await.unwrap();
    let mut count = 0;
    while let Some(line) = lines.next().await {
        line.unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
    let event = answers.watch().await.unwrap().next().await.unwrap().unwrap();
    assert_eq!((event.name(), event.data()), ("tick", "1"));
    let bodies: Vec<_> = server.requests()[..2].iter().map(|one| one.text().to_owned()).collect();
    assert_eq!(bodies, [r#"{"question":"q","stream":false}"#, r#"{"question":"q","stream":true}"#]);
}

#[tokio::test]
async fn redirects_and_unchanged_responses_are_results() {
    let server = Server::start([
        Reply::empty(302).header("Location", "https://files.example/1"),
        Reply::empty(304),
        Reply::text(200, "text/csv", "a,b"),
    ]);
    let files = FilesClient::new(client(&server));
    let LinkReply::Found { location } = files.link("1").await.unwrap();
    assert_eq!(location, "https://files.example/1");
    let unchanged = files.table("1").if_none_match("\"e\"").await.unwrap();
    assert!(matches!(unchanged, TableReply::NotModified));
    let table = files.table("1").await.unwrap();
    assert!(matches!(table, TableReply::Ok(text) if text.as_str() == "a,b"));
    assert_eq!(server.requests()[1].header("if-none-match"), Some("\"e\""));
}

#[tokio::test]
async fn a_download_is_a_stream_of_bytes() {
    let server = Server::start([Reply::bytes(200, "application/octet-stream", vec![1, 2, 3])]);
    let files = FilesClient::new(client(&server));
    let mut stream = files.download("1").await.unwrap();
    let chunk = stream.next().await.unwrap().unwrap();
    assert_eq!(&chunk[..], [1, 2, 3]);
    assert_eq!(server.request().header("accept"), Some("application/octet-stream"));
}

#[test]
fn values_of_several_types_are_told_apart() {
    let read = |mixed: &str| {
        let json = format!(r#"{{"either": null, "mixed": {mixed}, "model": "huge", "x": 3}}"#);
        serde_json::from_str::<Values>(&json).unwrap()
    };
    assert!(matches!(read("\"a\"").mixed, ValuesMixed::Text(text) if text == "a"));
    assert!(matches!(read("5").mixed, ValuesMixed::Integer(5)));
    assert!(matches!(read("[\"a\"]").mixed, ValuesMixed::TextList(list) if list.len() == 1));
    assert!(
        matches!(read("{\"name\": \"n\"}").mixed, ValuesMixed::Named(named) if named.name == "n")
    );
    assert!(matches!(read("true").mixed, ValuesMixed::Unknown(value) if value == true));
    let values = read("5");
    assert_eq!(values.model, Some(ValuesModel::Unknown("huge".to_owned())));
    assert_eq!(values.additional["x"], 3);
}
