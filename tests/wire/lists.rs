//! Lists in the path and in headers.

use connectors_client::{
    Bracketed, CommaSeparated, ErrorKind, PipeSeparated, SpaceSeparated, api_client,
};
use serde::Serialize;
use support::server::{Reply, Server};

use crate::{client, whole};

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    Body,
    FullText,
}

#[api_client]
trait Paths {
    #[get("items/<ids>/parts")]
    async fn items(&self, ids: &[&str]);

    #[get("parts/<parts>.json")]
    async fn parts(&self, parts: [Part; 2]);

    #[delete("files/<path..>")]
    async fn delete(&self, path: Vec<Option<&str>>);

    #[get("styles/<a>/<b>")]
    async fn styles(&self, a: SpaceSeparated<&[&str]>, b: PipeSeparated<&[&str]>);

    #[get("brackets/<ids>")]
    async fn brackets(&self, ids: InBrackets<'_>);
}

/// The macro sees no brackets in the name.
type InBrackets<'a> = Bracketed<&'a [&'a str]>;

#[api_client]
trait Headers {
    #[get("a")]
    async fn plain(&self, #[header("X-Ids")] ids: &[&str]);

    #[get("a")]
    async fn comma(&self, #[header("X-Ids")] ids: CommaSeparated<&[&str]>);

    #[get("a")]
    async fn space(&self, #[header("X-Ids")] ids: SpaceSeparated<&[&str]>);

    #[get("a")]
    async fn pipe(&self, #[header("X-Ids")] ids: PipeSeparated<&[&str]>);

    #[get("a")]
    async fn brackets(&self, #[header("X-Ids")] ids: InBrackets<'_>);
}

const REST: &str =
    " HTTP/1.1\naccept: */*\nauthorization: Bearer test-token\naccept-encoding: gzip\n\n";

#[tokio::test]
async fn a_list_in_the_path_is_joined_by_commas_or_slashes() {
    let server = Server::start([Reply::empty(204)]);
    let paths = PathsClient::new(client(&server));
    paths.items(&["a", "b/c", "d,e", "f g", "ü"]).await.unwrap();
    paths.parts([Part::Body, Part::FullText]).await.unwrap();
    paths.delete(vec![Some("2024"), None, Some("a/b c"), Some("..x")]).await.unwrap();
    let (space, pipe) = (SpaceSeparated(&["a,b", "c"][..]), PipeSeparated(&["a b", "c"][..]));
    paths.styles(space, pipe).await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(whole).collect();
    let expected = [
        "GET /items/a,b%2Fc,d%2Ce,f%20g,%C3%BC/parts",
        "GET /parts/body,full_text.json",
        "DELETE /files/2024/a%2Fb%20c/..x",
        "GET /styles/a%2Cb%20c/a%20b%7Cc",
    ];
    assert_eq!(sent, expected.map(|line| format!("{line}{REST}")));
}

#[tokio::test]
async fn an_item_that_would_address_another_resource_is_refused() {
    let server = Server::start([Reply::empty(204)]);
    let paths = PathsClient::new(client(&server));
    let long = "x".repeat(9000);
    for ids in [&[][..], &["a", ""], &[".."], &["a\r\n"], &[&long]] {
        let error = paths.items(ids).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{ids:?}");
        assert!(error.to_string().contains(": `ids` "), "{error}");
    }
    for path in
        [vec![], vec![Some("a"), Some("..")], vec![Some("a"), Some("")], vec![Some("."), Some("a")]]
    {
        let error = paths.delete(path.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build, "{path:?}");
        assert!(error.to_string().contains(": `path` "), "{error}");
    }
    let space = SpaceSeparated(&["a b", "c"][..]);
    let error = paths.styles(space, PipeSeparated(&["a"])).await.unwrap_err();
    assert!(
        error.to_string().contains("`a` has an item that is empty or contains a space"),
        "{error}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_list_in_a_header_has_the_separator_of_its_type() {
    let server = Server::start([Reply::empty(204)]);
    let headers = HeadersClient::new(client(&server));
    headers.plain(&["a", "b c"]).await.unwrap();
    headers.plain(&[]).await.unwrap();
    headers.comma(CommaSeparated(&["a", "b"])).await.unwrap();
    headers.comma(CommaSeparated(&[])).await.unwrap();
    headers.space(SpaceSeparated(&["a,b", "c"])).await.unwrap();
    headers.pipe(PipeSeparated(&["a b", "c"])).await.unwrap();
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("x-ids").map(str::to_owned))
        .collect();
    let expected = [Some("a,b c"), None, Some("a,b"), Some(""), Some("a,b c"), Some("a b|c")];
    assert_eq!(sent, expected.map(|value| value.map(str::to_owned)));
    assert!(whole(&server.requests()[0]).contains("\nx-ids: a,b c\n"));
}

#[tokio::test]
async fn an_item_that_a_server_would_split_is_refused() {
    let server = Server::start([Reply::empty(204)]);
    let headers = HeadersClient::new(client(&server));
    let what = "`ids` has an item that is empty, begins or ends with a blank or contains ";
    for item in ["a,b", "a\"b", "", " ", "a ", " a"] {
        let error = headers.plain(&["x", item]).await.unwrap_err().to_string();
        assert!(error.contains(&format!("{what}a comma or a quote")), "{error}");
        headers.comma(CommaSeparated(&[item])).await.unwrap_err();
    }
    let error = headers.space(SpaceSeparated(&["a b"])).await.unwrap_err().to_string();
    assert!(error.contains(&format!("{what}a space or a quote")), "{error}");
    let error = headers.pipe(PipeSeparated(&["a|b"])).await.unwrap_err().to_string();
    assert!(error.contains(&format!("{what}a bar or a quote")), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn brackets_without_a_name_are_refused() {
    let server = Server::start([Reply::empty(204)]);
    let client = client(&server);
    let (paths, headers) = (PathsClient::new(client.clone()), HeadersClient::new(client));
    let ids = Bracketed(&["a", "b"][..]);
    for error in [paths.brackets(ids).await.unwrap_err(), headers.brackets(ids).await.unwrap_err()]
    {
        assert_eq!(error.kind(), ErrorKind::Build);
        let expected = "`ids` is `Bracketed`, and only the names of pairs can have brackets: send \
                        the list without it";
        assert!(error.to_string().ends_with(expected), "{error}");
    }
    assert!(server.requests().is_empty());
}
