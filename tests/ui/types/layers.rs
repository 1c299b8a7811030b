//! Layers that are not transports.

use connectors_client::{Body, Client, NextTransport, TransportFuture};

struct Log(NextTransport);

impl Log {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        connectors_client::Transport::send(&self.0, request)
    }
}

fn main() {
    //~ The layer has a function `send` of its own, but is no transport.
    let _ = Client::builder("http://localhost").layer(Log);

    //~ The function returns what the next transport returns.
    let _ = Client::builder("http://localhost").layer(|_| ());

    //~ The transport is a client.
    let _ = Client::builder("http://localhost").transport(Client::builder("http://localhost"));
}
