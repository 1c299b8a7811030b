//! Calls that time out within a layer.

use std::time::Duration;

use connectors_client::{
    Body, Error, NextTransport, RequestOptions, Transport, TransportFuture, api_client,
};
use futures_util::future::{Either, join_all, select};
use support::fault_server::{Fault, FaultServer, Script};
use tokio::time::sleep;

use crate::builder;

#[api_client]
trait Things {
    #[post("things")]
    async fn post(&self);
}

/// A layer that waits for events of its own, as many as it likes.
struct Waiting {
    next: NextTransport,
    events: usize,
    /// If true, it never sends.
    holds: bool,
}

impl Transport for Waiting {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let own = join_all((0..self.events).map(|_| sleep(Duration::from_secs(60))));
            if self.holds {
                own.await;
            }
            let own = join_all((0..self.events).map(|_| sleep(Duration::from_secs(60))));
            match select(self.next.send(request), own).await {
                Either::Left((response, _)) => response,
                Either::Right(_) => unreachable!("a minute passed"),
            }
        })
    }
}

async fn timed_out(fault: Fault, events: usize, holds: bool) -> (usize, Error) {
    let server = FaultServer::start(fault);
    let client = builder(&server).layer(move |next| Waiting { next, events, holds });
    let options = RequestOptions::new().attempt_timeout(Duration::from_millis(250));
    let things = ThingsClient::new(client.max_retries(1).build().unwrap());
    let error = things.post().options(options).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    (server.counts().executed, error)
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    for events in [1, 5] {
        let faults = [Fault::full_queue(), Fault::instead_of_tls(Script::at_once().stall())];
        for fault in faults {
            let (executed, error) = timed_out(fault, events, false).await;
            assert_eq!(executed, 0);
            assert_eq!((error.may_have_executed(), error.attempts()), (false, 2), "{error}");
        }
    }
}

/// The events that a layer waits for are not those of the connection. A count of them all would say
/// that nothing was sent.
#[tokio::test]
async fn the_waits_of_a_layer_do_not_deny_an_execution() {
    for events in 1..6 {
        let silent = Script::executed().stall().into();
        let (executed, error) = timed_out(silent, events, false).await;
        assert_eq!(
            (executed, error.may_have_executed(), error.attempts()),
            (1, true, 1),
            "{error}"
        );
    }
}

/// A layer that has not sent may have done something else.
#[tokio::test]
async fn a_layer_that_holds_a_request_is_not_trusted() {
    let (executed, error) = timed_out(Script::executed().stall().into(), 4, true).await;
    assert_eq!((executed, error.may_have_executed(), error.attempts()), (0, true, 1), "{error}");
}
