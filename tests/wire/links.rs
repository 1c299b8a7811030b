//! URLs provided by a server and called in place of a template.

use std::time::Duration;

use connectors_client::{ErrorKind, RequestOptions, Text, api_client};
use support::server::{Reply, Server};

#[api_client(prefix = "v1")]
trait Items {
    #[get("items?<size>")]
    async fn list(&self, size: Option<u8>, #[url] next: Option<&str>) -> Text;

    #[get("")]
    async fn follow(&self, #[url] link: &str) -> Text;

    #[delete("")]
    async fn remove(&self, #[url] link: String);
}

fn start() -> (Server, ItemsClient) {
    let server = Server::start([Reply::text(200, "text/plain", "ok")]);
    let client = support::client(format!("{}/api", server.url()))
        .env_proxies(false)
        .bearer_token("t")
        .build();
    (server, ItemsClient::new(client.unwrap()))
}

#[tokio::test]
async fn a_link_is_followed_unchanged() {
    let (server, items) = start();
    let origin = server.url();
    items.follow(&format!("{origin}/other/items?page=2&q=a%20b#part")).await.unwrap();
    items.follow("/other/items?page=3").await.unwrap();
    items.follow("items?page=4").await.unwrap();
    items.follow("?page=5").await.unwrap();
    items.remove(format!("{origin}/api/items/%2E%2E%2F7")).await.unwrap();
    items.list().size(5).await.unwrap();
    items.list().size(5).next("/n?cursor=x").await.unwrap();
    let options = RequestOptions::new().query("page", 9).query("more", true);
    items.follow("/n?page=1&page=2&z=1").options(options).await.unwrap();
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        [
            "/other/items?page=2&q=a%20b",
            "/other/items?page=3",
            "/api/items?page=4",
            "/api/?page=5",
            "/api/items/%2E%2E%2F7",
            "/api/v1/items?size=5",
            "/n?cursor=x",
            "/n?page=9&z=1&more=true",
        ]
    );
    assert_eq!(server.requests()[0].header("authorization"), Some("Bearer t"));
}

/// Links to another origin, and invalid links.
fn elsewhere(port: u16, own: u16) -> [String; 12] {
    [
        format!("http://127.0.0.1:{port}/x"),
        format!("//127.0.0.1:{port}/x"),
        format!("http://localhost:{own}/x"),
        format!("https://127.0.0.1:{own}/x"),
        format!("http://user:secret@127.0.0.1:{own}/x"),
        format!("http:\\\\127.0.0.1:{port}"),
        format!("\t//127.0.0.1:{port}/x"),
        "file:///etc/passwd".to_owned(),
        "javascript:alert(1)".to_owned(),
        "http://".to_owned(),
        String::new(),
        " ".to_owned(),
    ]
}

#[tokio::test]
async fn a_link_to_another_origin_fails_before_sending() {
    let (server, items) = start();
    let other = Server::start([Reply::empty(204)]);
    let port = other.port();
    let elsewhere = elsewhere(port, server.port());
    for link in &elsewhere {
        let error = items.follow(link).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Build, false), "{link}");
        assert!(error.to_string().starts_with("GET <link>: `link` "), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let error = items.follow(&elsewhere[0]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "GET <link>: `link` leads to http://127.0.0.1:{port}: only links within `{}` are followed",
            server.url()
        )
    );
    let error = items
        .follow(&format!("http://user:secret@127.0.0.1:{}/x", server.port()))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "GET <link>: `link` holds credentials, which a link must not");
    assert_eq!((server.connections(), other.connections()), (0, 0));
}

/// The control: a caller that follows the links unchecked reaches the other server.
#[tokio::test]
async fn a_careless_caller_is_detected() {
    let (server, _) = start();
    let other = Server::start([Reply::empty(204)]);
    for link in elsewhere(other.port(), server.port()) {
        let url = url::Url::parse(&server.url()).unwrap().join(&link);
        let Ok(url) = url else { continue };
        let plain = crate::plain_reqwest::plain();
        let _ = plain.get(url).bearer_auth("t").timeout(Duration::from_millis(250)).send().await;
    }
    println!("careless: {} connections elsewhere", other.connections());
    // Four connections, unless one of them times out.
    assert!(other.connections() >= 1);
}
