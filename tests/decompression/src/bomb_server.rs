//! A server of bombs.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use crate::{Bomb, Encoding};

/// A server on loopback that runs as long as the process. `/small` is two bytes, and every other
/// path is the bomb, with the status and media type that the path names, as in
/// `/400/text/event-stream`.
///
/// It streams, unlike the server of the other tests.
#[derive(Debug)]
pub struct BombServer {
    address: SocketAddr,
}

impl BombServer {
    /// Starts a server of this bomb.
    ///
    /// # Panics
    ///
    /// If no loopback port is available.
    pub fn start(encoding: Encoding, bomb: Bomb) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let bomb = Arc::new(bomb);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let bomb = Arc::clone(&bomb);
                // A client that stops reading closes the connection, which these tests are about.
                thread::spawn(move || answer(connection, encoding, &bomb).ok());
            }
        });
        Self { address }
    }

    /// Returns the base of its URLs, without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

fn answer(mut connection: TcpStream, encoding: Encoding, bomb: &Bomb) -> io::Result<()> {
    let mut lines = BufReader::new(connection.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
    let Some((status, media_type)) = path.split_once('/') else {
        return connection
            .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}");
    };
    let encoding = encoding.name();
    write!(
        connection,
        "HTTP/1.1 {status} Some\r\nconnection: close\r\ncontent-type: {media_type}\r\ncontent-encoding: {encoding}\r\n\r\n"
    )?;
    bomb.write(&mut connection)
}
