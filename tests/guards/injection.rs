//! No value adds a header, a JSON field or a form field: it stays one value or is refused.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use connectors_client::{Error, ErrorKind, api_client};
use serde_json::{Map, Value};
use support::server::{Recorded, Reply, Server};

use crate::alone::block_on;

#[api_client]
trait Notes {
    #[post("header")]
    async fn header(&self, #[header("X-Note")] note: &str);

    #[post("json")]
    async fn json(&self, kind: &str, note: &str);

    #[post("form", form)]
    async fn form(&self, kind: &str, note: &str);
}

/// Place in a request where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Header,
    Json,
    Form,
}

const PLACES: [Place; 3] = [Place::Header, Place::Json, Place::Form];

const VALUES: [&str; 32] = [
    "a",
    "a\r\nX-Admin: true",
    "a\nX-Admin: true",
    "a\rX-Admin: true",
    "a\r\n X-Admin: true",
    "a\r\nContent-Length: 0",
    "a\r\nTransfer-Encoding: chunked",
    "a\r\n\r\nPOST /admin HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n",
    "a\0b",
    "a\u{7f}b",
    "a\u{85}X-Admin: true",
    "a\u{2028}X-Admin: true",
    "ü",
    "a\",\"admin\":\"true",
    "a\", \"kind\": \"admin",
    "a\\",
    "a\\\",\"admin\":true,\"x\":\"",
    "a\",\"admin\":true,\"x\":\"",
    "\",\"kind\":\"a\",\"admin\":[],\"x\":\"",
    "\"",
    "a\"}",
    "a\"},{\"admin\":\"true",
    "{\"admin\":true}",
    "a\t",
    "a&admin=true",
    "a&kind=admin",
    "a;admin=true",
    "a=b&c=d",
    "a%26admin=true",
    "a+b",
    "a%0d%0aX-Admin: true",
    "&&=&",
];

/// Outcome of sending a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    /// The server received the value unchanged and nothing else.
    Itself,
    /// Nothing was sent.
    Refused,
    /// The server received another value or an unreadable request.
    Another,
    /// The server received a header, a field or a request that the caller did not set.
    More,
}

/// Sends a value and compares it with what the server received. Our client and the control share
/// this check.
fn became(place: Place, value: &str, send: &dyn Fn(&Server, Place, &str)) -> Became {
    let received = |value: &str| {
        let server = Server::start([Reply::empty(204)]);
        send(&server, place, value);
        (server.requests(), server.rejected())
    };
    let (requests, rejected) = received(value);
    // Request of the same sender with an unremarkable value.
    let plain = received("a").0.remove(0);
    match &requests[..] {
        [] if rejected.is_empty() => Became::Refused,
        [] => Became::Another,
        [request] if names(request) != names(&plain) || !rejected.is_empty() => Became::More,
        [request] => match place {
            Place::Header if request.header("x-note") == Some(without_blanks(value)) => {
                Became::Itself
            }
            Place::Header => Became::Another,
            Place::Json => {
                let Ok(fields) = serde_json::from_slice::<Map<String, Value>>(&request.body) else {
                    return Became::Another;
                };
                let names: Vec<_> = fields.keys().collect();
                of_fields(
                    names == ["kind", "note"],
                    fields["kind"] == "a" && fields["note"] == value,
                )
            }
            Place::Form => {
                let pairs: Vec<_> = url::form_urlencoded::parse(&request.body).collect();
                let names: Vec<_> = pairs.iter().map(|(name, _)| &**name).collect();
                of_fields(names == ["kind", "note"], pairs[0].1 == "a" && pairs[1].1 == value)
            }
        },
        _ => Became::More,
    }
}

/// Returns the names of all headers, duplicates included.
fn names(request: &Recorded) -> Vec<String> {
    let mut names: Vec<_> = request.headers.iter().map(|(name, _)| name.to_lowercase()).collect();
    names.sort();
    names
}

/// Strips the whitespace around a header value, which is not part of it (RFC 9110 section 5.5).
fn without_blanks(value: &str) -> &str {
    value.trim_matches([' ', '\t'])
}

fn of_fields(same_names: bool, same_values: bool) -> Became {
    match (same_names, same_values) {
        (false, _) => Became::More,
        (true, false) => Became::Another,
        (true, true) => Became::Itself,
    }
}

fn ours(server: &Server, place: Place, value: &str) {
    let client = support::client(server.url()).env_proxies(false).build().unwrap();
    let notes = NotesClient::new(client);
    let sent: Result<(), Error> = block_on(async {
        match place {
            Place::Header => notes.header(value).await,
            Place::Json => notes.json("a", value).await,
            Place::Form => notes.form("a", value).await,
        }
    });
    if let Err(error) = sent {
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Build, false), "{error}");
    }
}

/// Writes a request the careless way: it formats the values into the request text.
fn careless(server: &Server, place: Place, value: &str) {
    let (path, headers, body) = match place {
        Place::Header => ("header", format!("x-note: {value}\r\n"), String::new()),
        Place::Json => ("json", String::new(), format!(r#"{{"kind":"a","note":"{value}"}}"#)),
        Place::Form => ("form", String::new(), format!("kind=a&note={value}")),
    };
    let length = body.len();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: x\r\n{headers}content-length: {length}\r\n\r\n{body}"
    );
    let mut socket = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    // The server responds and closes at once. The timeout only ends a mistake in the test.
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    socket.shutdown(std::net::Shutdown::Write).unwrap();
    // Ignore the response, and the response to a second request that was never meant.
    while socket.read(&mut [0; 1024]).is_ok_and(|read| read > 0) {}
}

#[test]
fn no_value_adds_a_header_or_a_field() {
    let (mut same, mut refused) = (0, 0);
    for place in PLACES {
        for value in VALUES {
            match became(place, value, &ours) {
                Became::Itself => same += 1,
                Became::Refused => refused += 1,
                other => panic!("{place:?} {value:?}: {other:?}"),
            }
        }
    }
    println!(
        "figure: {} values in 3 places: {same} are themselves, {refused} refused",
        VALUES.len()
    );
    // JSON and forms accept every text.
    assert!(refused < VALUES.len() && same + refused == 3 * VALUES.len(), "{same}, {refused}");
}

/// Control: the same values, formatted into the text of a request.
#[test]
fn a_careless_request_is_detected() {
    for place in PLACES {
        let found: Vec<_> = VALUES.iter().map(|value| became(place, value, &careless)).collect();
        let count = |of| found.iter().filter(|became| **became == of).count();
        let (more, another) = (count(Became::More), count(Became::Another));
        println!(
            "figure: careless, {place:?}: {more} of {} add something, {another} change",
            VALUES.len()
        );
        // A less strict server would accept more of them.
        assert!(more >= 2 && more + another >= 5, "{place:?}: {found:?}");
    }
}
