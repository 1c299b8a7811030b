use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use super::{Counts, Fault, FaultServer, HEALTHY_BODY, Script};

const POST: &[u8] = b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";

fn connect(server: &FaultServer) -> std::io::Result<TcpStream> {
    let address = ([127, 0, 0, 1], server.port).into();
    let stream = TcpStream::connect_timeout(&address, Duration::from_millis(200))?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    Ok(stream)
}

/// Writes a request and returns the text read and the error that ended the reading, if any.
fn exchange(stream: &mut TcpStream, request: &[u8]) -> (String, Option<ErrorKind>) {
    stream.write_all(request).unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).err().map(|error| error.kind());
    (String::from_utf8(bytes).unwrap(), end)
}

#[test]
fn each_script_ends_as_declared() {
    let open = Some(ErrorKind::WouldBlock);
    for (script, reply, end) in [
        (Script::at_once().close(), "", None),
        (Script::before_reading().reset(), "", Some(ErrorKind::ConnectionReset)),
        (Script::after_bytes(3).send("x").stall(), "x", open),
        (Script::executed().send("ab").close(), "ab", None),
        (Script::executed().send("ab").reset(), "ab", Some(ErrorKind::ConnectionReset)),
        (Script::executed().drip("abc", Duration::from_millis(10)).close(), "abc", None),
    ] {
        let server = FaultServer::start(script.clone().into());
        assert_eq!(
            exchange(&mut connect(&server).unwrap(), POST),
            (reply.to_owned(), end),
            "{script:?}"
        );
        assert_eq!(server.counts().executed, Fault::from(script).executes());
    }
}

#[test]
fn counts_tell_connected_received_and_executed_apart() {
    let server = FaultServer::start(Script::received().send("no").into());
    let mut stream = connect(&server).unwrap();
    exchange(&mut stream, &POST[..POST.len() - 1]);
    assert_eq!(server.counts(), Counts { connections: 1, ..Counts::default() });
    assert_eq!(exchange(&mut stream, &POST[POST.len() - 1..]).0, "no");
    assert_eq!(server.counts(), Counts { connections: 1, received: 1, executed: 0, sent: 2 });
}

#[test]
fn a_healed_server_answers_after_any_entrance() {
    for (fault, first) in [
        (Fault::refused(), Err(ErrorKind::ConnectionRefused)),
        (Fault::full_queue(), Err(ErrorKind::TimedOut)),
        (Fault::never_accepted(), Ok(())),
        (Script::received().into(), Ok(())),
    ] {
        let server = FaultServer::start(fault);
        let mut stream = connect(&server).map_err(|error| error.kind());
        assert_eq!(stream.as_ref().map(|_| ()).map_err(|kind| *kind), first);
        if let Ok(stream) = &mut stream {
            assert_eq!(exchange(stream, POST), (String::new(), Some(ErrorKind::WouldBlock)));
        }
        server.heal();
        // The system retries a connection attempt after one second.
        let healthy = (0..50)
            .find_map(|_| connect(&server).ok())
            .map(|mut stream| exchange(&mut stream, POST));
        assert!(healthy.unwrap().0.ends_with(HEALTHY_BODY));
    }
}

#[test]
fn a_dropped_server_releases_its_port() {
    let server = FaultServer::start(Fault::refused());
    let port = server.port;
    drop(server);
    TcpListener::bind(("127.0.0.1", port)).unwrap();
}
