use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{Reply, Server, refused_url};

const GET: &str = "GET /a?b=%20c HTTP/1.1\r\nHost: x\r\n\r\n";
const GET_AND_CLOSE: &str = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    stream
}

/// Writes a request and returns the bytes read and the error that ended the reading, if any.
fn exchange(stream: &mut TcpStream, request: &str) -> (String, Option<ErrorKind>) {
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).err().map(|error| error.kind());
    (bytes.iter().copied().map(char::from).collect(), end)
}

fn once(reply: Reply, request: &str) -> (String, Option<ErrorKind>) {
    let server = Server::start(reply);
    exchange(&mut connect(&server), request)
}

const OPEN: Option<ErrorKind> = Some(ErrorKind::WouldBlock);
const RESET: Option<ErrorKind> = Some(ErrorKind::ConnectionReset);

#[test]
fn requests_share_a_connection_and_the_last_response_repeats() {
    let server = Server::start([Reply::json(200, "{}"), Reply::empty(204)]);
    let mut stream = connect(&server);
    let first = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    assert_eq!(exchange(&mut stream, GET), (first.into(), OPEN));
    let last = "HTTP/1.1 204 No Content\r\n\r\n";
    assert_eq!(exchange(&mut stream, &[GET, GET_AND_CLOSE].concat()), (last.repeat(2), None));
    exchange(&mut connect(&server), GET_AND_CLOSE);
    let connections: Vec<usize> =
        server.requests().iter().map(|request| request.connection).collect();
    assert_eq!((connections, server.connections()), (vec![0, 0, 0, 1], 2));
}

#[test]
fn a_request_is_recorded_as_sent() {
    let server =
        Server::answer(|request| Reply::text(200, "text/plain", request.text()).close_after());
    let head =
        "post /a?b=%20c HTTP/1.1\r\nX-A: 1\r\nx-a:  2 \r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunks = "3;x=y\r\nab\n\r\n1\r\nc\r\n0\r\ntrailer: t\r\n\r\n";
    let (reply, end) = exchange(&mut connect(&server), &[head, chunks].concat());
    assert!(reply.ends_with("\r\n\r\nab\nc") && end.is_none(), "{reply} {end:?}");
    let request = server.request();
    assert_eq!(
        (request.method.as_str(), request.path(), request.query()),
        ("post", "/a", Some("b=%20c"))
    );
    assert_eq!(request.headers[1], ("x-a".into(), "2".into()));
    assert_eq!((request.header("X-a"), request.header_count("x-A")), (Some("1"), 2));
    assert_eq!((request.head(), request.text()), (head, "ab\nc"));
}

#[test]
fn a_client_that_expects_100_continue_gets_it() {
    let server = Server::start(Reply::empty(201));
    let mut stream = connect(&server);
    let head = "PUT / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    assert_eq!(exchange(&mut stream, head), ("HTTP/1.1 100 Continue\r\n\r\n".into(), OPEN));
    assert_eq!(server.requests().len(), 0);
    assert!(exchange(&mut stream, "ok").0.starts_with("HTTP/1.1 201 Created\r\n"));
    assert_eq!(server.request().text(), "ok");
}

#[test]
fn a_malformed_request_is_rejected() {
    let requests =
        ["GET / x HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\n\n", "GET / HTTP/1.1\r\na: 1\r\n b\r\n\r\n"];
    for request in requests {
        let server = Server::start(Reply::empty(200));
        let (reply, _) = exchange(&mut connect(&server), request);
        assert!(reply.starts_with("HTTP/1.1 400 "), "{reply}");
        assert_eq!((server.requests().len(), server.rejected().len()), (0, 1));
    }
}

#[test]
fn a_response_is_framed_as_configured() {
    let body = || Reply::empty(200).reason("Fine").body("abcde");
    let head = |framing: &str| format!("HTTP/1.1 200 Fine\r\n{framing}\r\n\r\n");
    let chunks = "2\r\nab\r\n1\r\nc\r\n1\r\nd\r\n1\r\ne\r\n0\r\n\r\n";
    assert_eq!(
        once(body().chunked([2, 1]), GET),
        (head("transfer-encoding: chunked") + chunks, OPEN)
    );
    assert_eq!(once(body().without_length(), GET), (head("connection: close") + "abcde", None));
    assert_eq!(once(body().declare_length(9), GET), (head("content-length: 9") + "abcde", OPEN));
    assert_eq!(once(body(), &GET.replace("GET", "HEAD")), (head("content-length: 5"), OPEN));
    let odd = Reply::empty(9999).version("HTTP/7").header("b d", b"\xe9").header("b d", "");
    assert_eq!(
        once(odd, GET).0,
        "HTTP/7 9999 \r\nb d: \u{e9}\r\nb d: \r\ncontent-length: 0\r\n\r\n"
    );
    assert_eq!(once(Reply::raw("what?"), GET), ("what?".into(), OPEN));
    assert_eq!(once(Reply::raw("what?").then_close(), GET), ("what?".into(), None));
}

#[test]
fn each_fault_ends_the_exchange_as_declared() {
    let body = || Reply::empty(200).body("abcde");
    let cut = |sent: &str| format!("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{sent}");
    assert_eq!(once(Reply::close(), GET), (String::new(), None));
    assert_eq!(once(Reply::reset(), GET), (String::new(), RESET));
    assert_eq!(once(Reply::stall(), GET), (String::new(), OPEN));
    assert_eq!(once(body().stall_after_head(), GET), (cut(""), OPEN));
    assert_eq!(once(body().stall_after(1), GET), (cut("a"), OPEN));
    assert_eq!(once(body().cut_body_after(2), GET), (cut("ab"), None));
    assert_eq!(once(body().reset_after(3), GET), (cut("abc"), RESET));
    assert_eq!(once(body().close_after(), GET), (cut("abcde"), None));
}

#[test]
fn a_response_can_be_delayed_and_dripped() {
    let start = Instant::now();
    let reply =
        Reply::raw("abc").delay(Duration::from_millis(60)).drip(1, Duration::from_millis(30));
    assert_eq!(once(reply.then_close(), GET), ("abc".into(), None));
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[test]
fn a_stopped_listener_refuses_new_connections() {
    let server = Server::start(Reply::empty(200));
    let mut open = connect(&server);
    exchange(&mut open, GET);
    server.stop_listening();
    server.stop_listening();
    for url in [server.url(), refused_url()] {
        let refused = TcpStream::connect(url.trim_start_matches("http://")).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    }
    assert!(exchange(&mut open, GET).0.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn a_server_runs_next_to_a_runtime_and_stops_when_dropped() {
    let server = Server::start([Reply::stall()]);
    let mut stream = connect(&server);
    stream.write_all(GET.as_bytes()).unwrap();
    drop(server);
    assert!(!matches!(stream.read(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock));
}
