//! Requests of generated clients, whole, as the server receives them.

use connectors_client::{Body, CommaSeparated, Error, ErrorKind, Part, Secret};
use jiff::civil::date;
use support::server::{Recorded, Reply, Server};

use crate::generated::library::{
    Book, BooksClient, Genre, ListBooksOrder, ListBooksPublished, SessionsClient, builder,
};
use crate::generated::media::{AnswersClient, FilesClient, UploadMeta};
use crate::generated::shapes::{Circle, GetTreeFormat, Shape, ShapesClient, TreesClient};

fn line(request: &Recorded) -> String {
    let query = request.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}{query}", request.method, request.path())
}

fn books(server: &Server) -> BooksClient {
    BooksClient::new(builder(server.url(), "secret").env_proxies(false).build().unwrap())
}

#[tokio::test]
async fn a_query_has_each_style() {
    let server = Server::start([Reply::json(200, r#"{"books": []}"#)]);
    books(&server)
        .list()
        .genre([Genre::Crime, Genre::ScienceFiction].as_slice())
        .ids(CommaSeparated([1, 2].as_slice()))
        .order(&ListBooksOrder::Desc)
        .published(&ListBooksPublished { after: Some(date(2024, 1, 2)), before: None })
        .page_size(5)
        .request_id("r1")
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(
        line(&request),
        "GET /v2/books?genre=crime&genre=science-fiction&ids=1,2&order=desc\
         &published%5Bafter%5D=2024-01-02&pageSize=5"
    );
    assert_eq!(request.header("x-request-id"), Some("r1"));
    assert_eq!(request.header("authorization"), Some("Bearer secret"));
}

#[tokio::test]
async fn fields_nulls_constants_and_keys_are_sent() {
    let server = Server::start([Reply::json(201, r#"{"id": "1", "title": "Emma"}"#)]);
    let call = books(&server).create("Emma", &Genre::NonFiction).subtitle_null().pages(9);
    let book = call.options_value(["a"].as_slice()).await.unwrap();
    assert_eq!(book.title, "Emma");
    let request = server.request();
    assert_eq!(line(&request), "POST /v2/books");
    assert_eq!(
        request.text(),
        r#"{"title":"Emma","genre":"non-fiction","subtitle":null,"pages":9,"options":["a"],"kind":"book"}"#
    );
    assert!(request.header("idempotency-key").is_some());
}

#[tokio::test]
async fn a_shared_type_is_the_whole_body() {
    let server = Server::start([Reply::json(200, r#"{"id": "1", "title": "Emma"}"#)]);
    let book =
        Book { title: "Emma".to_owned(), license_key: Some(Secret::new("k")), ..Book::default() };
    books(&server).replace("1", &book).await.unwrap();
    let request = server.request();
    assert_eq!(line(&request), "PUT /v2/books/1");
    assert_eq!(request.text(), r#"{"title":"Emma","licenseKey":"k"}"#);
    assert!(!format!("{book:?}").contains("\"k\""), "a secret is not shown");
}

#[tokio::test]
async fn a_form_without_credentials_is_sent() {
    let server = Server::start([Reply::json(200, r#"{"access_token": "t"}"#)]);
    let client = builder(server.url(), "secret").env_proxies(false).build().unwrap();
    let password = Secret::new("p&w");
    let login = SessionsClient::new(client);
    let reply = login.login("ann", &password).scopes(["a", "b"].as_slice()).await.unwrap();
    assert_eq!(reply.access_token.expose(), "t");
    let request = server.request();
    assert_eq!(line(&request), "POST /v2/login");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.text(), "user=ann&password=p%26w&scopes=a&scopes=b");
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn hostile_ids_stay_in_their_segment() {
    for (id, path) in [("a/b", Some("/v2/books/a%2Fb")), ("..", None), ("", None), (".", None)] {
        let server = Server::start([Reply::json(200, r#"{"id": "1", "title": "Emma"}"#)]);
        let result: Result<_, Error> = books(&server).get(id).await;
        if let Some(path) = path {
            assert_eq!(server.request().path(), path);
        } else {
            assert_eq!(result.unwrap_err().kind(), ErrorKind::Build, "{id:?}");
            assert_eq!(server.connections(), 0);
        }
    }
}

fn client(server: &Server) -> connectors_client::Client {
    support::client(server.url()).env_proxies(false).build().unwrap()
}

#[tokio::test]
async fn a_multipart_form_has_a_part_per_field() {
    let server = Server::start([Reply::text(201, "text/plain", "ok")]);
    let files = FilesClient::new(client(&server));
    let file = Part::new("abc").file_name("a.txt").content_type("text/plain");
    let meta = UploadMeta { tag: Some("t".to_owned()) };
    let pages = vec![Part::new("1"), Part::new("2")];
    let text = files.upload("n", file).meta(&meta).pages(pages.into()).await.unwrap();
    assert_eq!(text.as_str(), "ok");
    let request = server.request();
    let kind = request.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let parts: Vec<&str> = request.text().split(boundary).collect();
    assert_eq!(parts.len(), 7);
    assert!(parts[1].contains("name=\"name\"") && parts[1].contains("\r\n\r\nn\r\n"));
    assert!(parts[2].contains("name=\"file\"; filename=\"a.txt\"") && parts[2].contains("abc"));
    assert!(parts[3].contains("name=\"meta\"") && parts[3].contains(r#"{"tag":"t"}"#));
    assert!(parts[4].contains("name=\"pages\"") && parts[5].contains("name=\"pages\""));
}

#[tokio::test]
async fn bodies_have_their_media_types() {
    let server = Server::start([Reply::empty(204), Reply::empty(204)]);
    let files = FilesClient::new(client(&server));
    files.replace("1", Body::from("png")).await.unwrap();
    let patch = serde_json::json!({"title": null});
    files.describe("1", patch.as_object().unwrap()).await.unwrap();
    let requests = server.requests();
    assert_eq!(line(&requests[0]), "PUT /files/1");
    assert_eq!(requests[0].header("content-type"), Some("image/png"));
    assert_eq!(line(&requests[1]), "PATCH /files/1");
    assert_eq!(requests[1].header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(requests[1].text(), r#"{"title":null}"#);
}

#[tokio::test]
async fn a_binary_body_that_is_not_required_can_be_left_out() {
    let server = Server::start([Reply::empty(204)]);
    let files = FilesClient::new(client(&server));
    files.set_picture("1").await.unwrap();
    files.set_picture("1").content(Body::from("png")).await.unwrap();
    files.add_picture("1").await.unwrap();
    let gif = Body::from("gif").with_content_type("image/gif");
    files.add_picture("1").content(gif).await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> =
        requests.iter().map(|one| (line(one), one.header("content-type"), one.text())).collect();
    let [put, post] = ["PUT", "POST"].map(|method| format!("{method} /files/1/picture"));
    assert_eq!(
        sent,
        [
            (put.clone(), None, ""),
            (put, Some("image/png"), "png"),
            (post.clone(), None, ""),
            (post, Some("image/gif"), "gif"),
        ]
    );
}

#[tokio::test]
async fn bodies_of_other_media_types_are_texts_or_bytes() {
    let server = Server::start([Reply::empty(204), Reply::empty(204), Reply::empty(204)]);
    let files = FilesClient::new(client(&server));
    files.set_flag("1", "true").await.unwrap();
    files.set_rows("1", Body::from("{\"a\":1}\n{\"a\":2}\n")).await.unwrap();
    files.set_note("1", "<note><a>1</a></note>").await.unwrap();
    let sent = server.requests();
    let sent = sent.iter().map(|one| (line(one), one.header("content-type"), one.text()));
    let expected = [
        ("PUT /files/1/flag".to_owned(), Some("text/plain"), "true"),
        ("PUT /files/1/rows".to_owned(), Some("application/x-ndjson"), "{\"a\":1}\n{\"a\":2}\n"),
        ("PUT /files/1/note".to_owned(), Some("application/xml"), "<note><a>1</a></note>"),
    ];
    assert_eq!(sent.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_safe_method_with_a_body_is_sent() {
    let server = Server::start([Reply::json(200, "[]")]);
    AnswersClient::new(client(&server)).search().text("a").await.unwrap();
    let request = server.request();
    assert_eq!((line(&request).as_str(), request.text()), ("QUERY /search", r#"{"text":"a"}"#));
}

#[tokio::test]
async fn a_union_writes_its_tag() {
    let server = Server::start([Reply::json(200, r#"[{"kind": "dot"}, {"kind": "star"}]"#)]);
    let shapes = ShapesClient::new(client(&server));
    let drawn = shapes.draw(&Shape::Circle(Circle { radius: 1.5 })).await.unwrap();
    assert_eq!(server.request().text(), r#"{"kind":"circle","radius":1.5}"#);
    assert_eq!(drawn[0], Shape::Dot);
    assert!(matches!(&drawn[1], Shape::Unknown(star) if star["kind"] == "star"));
}

#[tokio::test]
async fn arguments_with_one_name_are_kept_apart() {
    let server = Server::start([Reply::json(200, r#"{"children": []}"#)]);
    let trees = TreesClient::new(client(&server));
    let call = trees.get(7, &GetTreeFormat::Json).query_id(["a"].as_slice()).cookie("session=s");
    call.filter(r#"{"x":1}"#).await.unwrap();
    let request = server.request();
    assert_eq!(line(&request), "GET /trees/7.json?id=a&filter=%7B%22x%22%3A1%7D");
    assert_eq!(request.header("cookie"), Some("session=s"));
}
