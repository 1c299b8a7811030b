//! Text with a byte order mark, whatever its label says.

use connectors_client::{Text, api_client};
use support::server::{Reply, Server};

use crate::client;

#[api_client]
trait Texts {
    #[get("text")]
    async fn get(&self) -> Text;
}

#[tokio::test]
async fn a_byte_order_mark_decides_and_is_not_text() {
    const LABELS: [&str; 5] = [
        "text/plain",
        "text/plain; charset=utf-8",
        "text/plain; charset=iso-8859-1",
        "text/plain; charset=utf-16",
        "application/octet-stream",
    ];
    let bodies = [&b"\xef\xbb\xbfa\xc3\xa4"[..], b"\xff\xfea\0\xe4\0", b"\xfe\xff\0a\0\xe4"];
    for label in LABELS {
        for body in bodies {
            let server = Server::start([Reply::bytes(200, label, body.to_vec())]);
            let text = TextsClient::new(client(&server)).get().await.unwrap();
            assert_eq!(text.as_str(), "aä", "{label} {body:?}");
            let server = Server::start([Reply::bytes(400, label, body.to_vec())]);
            let error = TextsClient::new(client(&server)).get().await.unwrap_err();
            assert!(!error.to_string().contains('\u{feff}'), "{error}");
        }
    }
}
