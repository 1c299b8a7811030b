//! A port that accepts no further connections.

use std::net::SocketAddr;
use std::time::Duration;

#[derive(Debug)]
#[expect(dead_code, reason = "held open")]
pub(crate) enum Held {
    Listener(tokio::net::TcpListener),
    Stream(std::net::TcpStream),
}

pub(crate) fn full(runtime: &tokio::runtime::Runtime) -> (SocketAddr, Vec<Held>) {
    let _entered = runtime.enter();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held = vec![Held::Listener(listener)];
    while let Ok(stream) =
        std::net::TcpStream::connect_timeout(&address, Duration::from_millis(100))
    {
        held.push(Held::Stream(stream));
    }
    (address, held)
}
