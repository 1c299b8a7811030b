//! The client's own address, and Unix sockets.

use std::net::{IpAddr, Ipv4Addr};

use super::server::Server;
use super::{both, mistake, things};

/// Linux answers for every address of 127.0.0.0/8.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connections_begin_at_the_local_address() {
    let server = Server::default();
    let address = server.http().await;
    let here = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
    for (name, builder) in both(format!("http://{address}")) {
        things(builder.local_address(here)).get().await.unwrap();
        assert_eq!(server.peer.lock().unwrap().unwrap().ip(), here, "{name}");
    }
    for (_, builder) in both(format!("http://{address}")) {
        things(builder).get().await.unwrap();
        assert_eq!(server.peer.lock().unwrap().unwrap().ip(), Ipv4Addr::LOCALHOST);
    }
}

#[cfg(unix)]
mod unix {
    use std::path::PathBuf;

    use connectors_client::{Body, Client, ErrorKind, EventStream, Proxy, api_client};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::UnixListener;

    use super::super::server::head;
    use super::{both, mistake, things};

    #[api_client]
    trait Podman {
        #[get("things")]
        async fn get(&self);

        #[post("things")]
        async fn post(&self, #[body] content: Body) -> String;

        #[get("events")]
        async fn events(&self) -> EventStream<u32>;
    }

    /// A socket in a folder of its own, which is removed at the end.
    struct Path(PathBuf);

    impl Path {
        fn new(name: &str) -> Self {
            let folder =
                std::env::temp_dir().join(format!("connectors-{}-{name}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            Self(folder.join("socket"))
        }
    }

    impl Drop for Path {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
        }
    }

    /// Serves: 503 to the first GET, the body of a POST as a JSON text, two events.
    fn serve(listener: UnixListener) -> tokio::sync::mpsc::UnboundedReceiver<String> {
        let (heads, received) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut gets = 0;
            while let Ok((mut stream, _)) = listener.accept().await {
                while let Some(head) = head(&mut stream).await {
                    let answer = if head.starts_with("POST") {
                        let length = head.to_lowercase();
                        let length = length.split_once("content-length: ").unwrap().1;
                        let length = length.split_once('\r').unwrap().0.parse().unwrap();
                        let mut body = vec![0; length];
                        stream.read_exact(&mut body).await.unwrap();
                        let text = format!("{:?}", String::from_utf8(body).unwrap());
                        format!(
                            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}",
                            text.len()
                        )
                    } else if head.starts_with("GET /events") {
                        let text = "data: 1\n\ndata: 2\n\n";
                        format!(
                            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {}\r\n\r\n{text}",
                            text.len()
                        )
                    } else {
                        gets += 1;
                        let status = if gets == 1 { "503 Busy" } else { "204 No Content" };
                        format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").replace(
                            "204 No Content\r\ncontent-length: 0\r\n",
                            "204 No Content\r\n",
                        )
                    };
                    heads.send(head).unwrap();
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
            }
        });
        received
    }

    #[tokio::test]
    async fn a_server_on_a_unix_socket_is_called() {
        for transport in 0..2 {
            let path = Path::new(&format!("called-{transport}"));
            let mut heads = serve(UnixListener::bind(&path.0).unwrap());
            let (name, builder) = both("http://localhost").into_iter().nth(transport).unwrap();
            let client = builder.unix_socket(&path.0).bearer_token("secret-token").build().unwrap();
            let podman = PodmanClient::new(client);
            let raw = podman.with_raw_response().get().await.unwrap();
            assert_eq!(raw.attempts(), 2, "{name}");
            assert_eq!(podman.post(Body::from("a body")).await.unwrap(), "a body");
            let mut events = podman.events().await.unwrap();
            let mut numbers = Vec::new();
            while let Some(number) = events.next().await {
                numbers.push(number.unwrap());
            }
            assert_eq!(numbers, [1, 2], "{name}");
            for line in ["GET /things", "GET /things", "POST /things", "GET /events"] {
                let head = heads.recv().await.unwrap();
                assert!(head.starts_with(&format!("{line} HTTP/1.1\r\n")), "{name}: {head}");
                let lower = head.to_lowercase();
                assert!(lower.contains("\r\nhost: localhost\r\n"), "{name}: {head}");
                assert!(lower.contains("authorization: bearer secret-token\r\n"), "{name}: {head}");
            }
        }
    }

    /// The host of the URL does not matter, so a token may go to any over plain http.
    #[tokio::test]
    async fn a_socket_counts_as_this_machine() {
        for transport in 0..2 {
            let path = Path::new(&format!("counts-{transport}"));
            let mut heads = serve(UnixListener::bind(&path.0).unwrap());
            let (_, builder) = both("http://podman.internal").into_iter().nth(transport).unwrap();
            things(builder.unix_socket(&path.0).bearer_token("t").env_proxies(true))
                .get()
                .await
                .unwrap();
            assert!(
                heads.recv().await.unwrap().to_lowercase().contains("host: podman.internal\r\n")
            );
        }
    }

    #[tokio::test]
    async fn a_missing_socket_is_a_connect_error() {
        let path = Path::new("missing");
        for (name, builder) in both("http://localhost") {
            let error =
                things(builder.unix_socket(&path.0)).post(Body::from("x")).await.unwrap_err();
            println!("{name}: {error}");
            assert_eq!(
                (error.kind(), error.attempts()),
                (ErrorKind::Connect, 3),
                "{name}: {error}"
            );
            assert!(!error.may_have_executed(), "{name}");
        }
    }

    #[test]
    fn a_socket_excludes_a_proxy() {
        for (_, builder) in both("http://localhost") {
            let proxy = Proxy::all("http://proxy.internal:3128").unwrap();
            assert_eq!(
                mistake(builder.unix_socket("/run/podman/podman.sock").proxy(proxy)),
                "`unix_socket` and `proxy` exclude each other: leave one of them out"
            );
        }
    }

    /// A transport of one's own does not go to the socket, so it gets no token over plain http.
    #[test]
    fn a_socket_does_not_vouch_for_another_transport() {
        let builder = Client::builder("http://podman.internal").bearer_token("t").unix_socket("/s");
        let text = mistake(builder.transport(connectors_client::Fake::new()));
        assert!(text.starts_with("a token would be sent over plain http"), "{text}");
    }
}
