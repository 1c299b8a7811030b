//! Lists and operations whose next URL or cursor is unusual.

use connectors_client::{Error, ErrorKind, Page, api_client};
use serde::{Deserialize, Serialize};
use support::server::{Reply, Server};

use crate::client;

#[derive(Debug, Deserialize, Page)]
struct ByLast<T> {
    #[page(items, cursor = id)]
    data: Vec<T>,
}

#[derive(Debug, Deserialize, Page)]
struct ByAmount {
    #[page(items, cursor = amount)]
    data: Vec<Charge>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Charge {
    id: u32,
    amount: u128,
}

#[api_client]
trait Lists {
    #[get("headed?<at>", paginate(cursor = at, header = "X-Next"))]
    async fn headed(&self, at: Option<&str>) -> Vec<u32>;

    #[get("linked", paginate(link))]
    async fn linked(&self) -> Vec<u32>;

    #[get("charges?<after>", paginate(cursor = after))]
    async fn charges(&self, after: Option<u32>) -> ByLast<Charge>;

    #[get("amounts?<after>", paginate(cursor = after))]
    async fn amounts(&self, after: Option<u128>) -> ByAmount;

    #[post("ops", poll(link = header("Operation-Location")), done(status = "done"))]
    async fn start(&self) -> Done;
}

#[derive(Debug, Deserialize)]
struct Done {
    status: String,
}

#[tokio::test]
async fn a_cursor_in_a_header_of_raw_utf8_continues_the_list() {
    let server = Server::start([
        Reply::json(200, "[1]").header("X-Next", "Zürich"),
        Reply::json(200, "[2]"),
    ]);
    let lists = ListsClient::new(client(&server));
    let mut pages = lists.headed().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data, [1]);
    assert_eq!(pages.next().await.unwrap().unwrap().data, [2]);
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests()[1].path(), "/headed");
    assert_eq!(server.requests()[1].query(), Some("at=Z%C3%BCrich"));
}

#[tokio::test]
async fn an_operation_at_a_url_of_raw_utf8_is_polled() {
    let server = Server::start([
        Reply::empty(202).header("Operation-Location", "/ops/Zürich"),
        Reply::json(200, r#"{"status":"done"}"#),
    ]);
    let done = ListsClient::new(client(&server)).start().poll().await.unwrap();
    assert_eq!(done.status, "done");
    assert_eq!(server.requests()[1].path(), "/ops/Z%C3%BCrich");
}

#[tokio::test]
async fn a_cursor_that_cannot_be_known_is_an_error() {
    let body = r#"{"data": [{"id": 1, "amount": 340282366920938463463374607431768211455}]}"#;
    let server = Server::start([Reply::json(200, body)]);
    let lists = ListsClient::new(client(&server));
    let mut pages = lists.charges().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data.data[0].id, 1);
    check(&pages.next().await.unwrap().unwrap_err());
    assert!(pages.next().await.is_none());
    let mut pages = lists.amounts().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data.data[0].id, 1);
    check(&pages.next().await.unwrap().unwrap_err());
    let blocking = BlockingListsClient::new(client(&server));
    let got = std::thread::spawn(move || blocking.charges().pages().into_iter().nth(1));
    check(&got.join().unwrap().unwrap().unwrap_err());
}

fn check(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("cursor that cannot be written"), "{error}");
}

#[tokio::test]
async fn a_link_in_latin1_leads_to_the_same_bytes() {
    let server = Server::start([
        Reply::json(200, "[1]").header("Link", b"</caf\xe9?page=2>; rel=\"next\""),
        Reply::json(200, "[2]"),
    ]);
    let lists = ListsClient::new(client(&server));
    let mut pages = lists.linked().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data, [1]);
    assert_eq!(pages.next().await.unwrap().unwrap().data, [2]);
    assert!(pages.next().await.is_none());
    // The `Location` of a redirect is read so too.
    assert_eq!(server.requests()[1].path(), "/caf%E9");
    assert_eq!(server.requests()[1].query(), Some("page=2"));
}

#[tokio::test]
async fn a_cursor_in_latin1_ends_the_list_with_an_error() {
    let server = Server::start([Reply::json(200, "[1]").header("X-Next", b"Z\xfcrich")]);
    let lists = ListsClient::new(client(&server));
    let mut pages = lists.headed().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data, [1]);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().contains("the cursor in the header `x-next` is not UTF-8"),
        "{error}"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}
