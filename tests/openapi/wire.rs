//! Requests and responses that a validating mock server of public descriptions refused or answered
//! otherwise.

use connectors_client::Part;
use support::server::{Reply, Server};

use crate::files::changed;
use crate::generated::wire::{AddImageSize, WireClient};

fn wire(server: &Server) -> WireClient {
    WireClient::new(support::client(server.url()).env_proxies(false).build().unwrap())
}

#[tokio::test]
async fn a_part_without_a_type_can_be_a_file() {
    let server = Server::start([Reply::empty(204)]);
    let file = Part::new("png").file_name("a.png").content_type("image/png");
    let more = vec![Part::new("1"), Part::json(&[2])];
    let call = wire(&server).add_image(file).more(more.into());
    call.size(&AddImageSize::Integer(3)).await.unwrap();
    let request = server.request();
    let text = request.text();
    for part in [
        "name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\npng\r\n",
        "name=\"more\"\r\n\r\n1\r\n",
        "name=\"more\"\r\nContent-Type: application/json\r\n\r\n[2]\r\n",
        "name=\"size\"\r\n\r\n3\r\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn bytes_that_can_be_events_are_bytes() {
    let server = Server::start([Reply::bytes(200, "audio/mpeg", b"\xff\xfb".to_vec())]);
    let mut sound = wire(&server).speech().await.unwrap();
    assert_eq!(&sound.next().await.unwrap().unwrap()[..], b"\xff\xfb");
    assert_eq!(server.request().header("accept"), Some("audio/mpeg"));
    // Control: events alone are a stream of them.
    let source = changed("wire.yaml", &[("audio/mpeg", "text/event-stream;v=2")]);
    assert!(source.contains("-> EventStream<SpeechEvent>"), "{source}");
}

#[tokio::test]
async fn an_object_does_not_hide_those_of_a_union_beside_it() {
    let sent = r#"[{"name":"a","refs":["b"]},{"number":1,"refs":["b"]},{"refs":["b"]}]"#;
    let server = Server::start([Reply::json(200, sent)]);
    let rules = wire(&server).rules().await.unwrap();
    let shown: Vec<String> = rules.iter().map(|rule| format!("{rule:?}")).collect();
    let has = |at: usize, part: &str| assert!(shown[at].contains(part), "{part}: {shown:#?}");
    has(0, "name: \"a\"");
    has(1, "number: 1");
    has(2, "refs: Some([\"b\"])");
}
