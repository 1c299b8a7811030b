//! Spans and connections: the tasks of connections hold no span, and layers run in one.

use std::time::Duration;

use connectors_client::{Body, ByteStream, NextTransport, Transport, TransportFuture, api_client};
use support::recorder::{RecordedSpan, Recorder};
use support::server::{Reply, Server};
use tracing::level_filters::LevelFilter;

use crate::{TicketsClient, builder};

/// Returns the spans of requests.
fn of_requests(recorder: &Recorder) -> Vec<RecordedSpan> {
    let spans = recorder.spans();
    spans.into_iter().filter(|span| span.target == "connectors_client").collect()
}

/// The recorder keeps the spans of all libraries, so a child of ours would keep ours open.
#[tokio::test]
async fn a_connection_that_stays_open_holds_no_span() {
    let recorder = Recorder::everything();
    let server = Server::start([Reply::json(200, r#""a""#)]);
    for builder in [builder(&server), builder(&server).lean()] {
        let tickets = TicketsClient::new(builder.build().unwrap());
        let _guard = recorder.subscribe();
        for _ in 0..3 {
            tickets.get("17").await.unwrap();
            // The task of the connection goes on while the call is over.
            tokio::time::sleep(Duration::from_millis(10)).await;
            let spans = of_requests(&recorder);
            assert!(spans.iter().all(|span| span.is_closed), "{spans:#?}");
        }
    }
    assert_eq!((server.connections(), of_requests(&recorder).len()), (2, 6));
    assert!(recorder.events().iter().any(|event| event.target.starts_with("hyper_util")));
}

/// A layer that writes events, and one that keeps the span in a task, as a careless executor does.
struct Layer {
    next: NextTransport,
    spawns: bool,
}

impl Transport for Layer {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        tracing::info!("sending");
        if self.spawns {
            let span = tracing::Span::current();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(60)).await;
                drop(span);
            });
        }
        let sending = self.next.send(request);
        Box::pin(async move {
            let response = sending.await;
            tracing::info!("received");
            response
        })
    }
}

#[tokio::test]
async fn a_layer_runs_in_the_span_of_its_request() {
    let recorder = Recorder::everything();
    let server = Server::start([Reply::empty(503), Reply::json(200, r#""a""#)]);
    let client = builder(&server).layer(|next| Layer { next, spawns: false }).build().unwrap();
    let _guard = recorder.subscribe();
    TicketsClient::new(client).get("17").await.unwrap();
    let spans = recorder.spans();
    let events = recorder.events();
    let by_layer = |event: &&support::recorder::RecordedEvent| event.target.contains("connections");
    let names: Vec<_> = events
        .iter()
        .filter(by_layer)
        .map(|event| (&*event.message, event.span.map(|span| spans[span].name)))
        .collect();
    let of = Some("HTTP request");
    assert_eq!(names, [("sending", of), ("received", of), ("sending", of), ("received", of)]);
    assert!(of_requests(&recorder).iter().all(|span| span.is_closed));
}

/// Control: the recorder notices a task that keeps a span.
#[tokio::test]
async fn a_task_that_keeps_a_span_is_detected() {
    let recorder = Recorder::ours(LevelFilter::INFO);
    let server = Server::start([Reply::json(200, r#""a""#)]);
    let client = builder(&server).layer(|next| Layer { next, spawns: true }).build().unwrap();
    let _guard = recorder.subscribe();
    TicketsClient::new(client).get("17").await.unwrap();
    let spans = of_requests(&recorder);
    assert!(spans.len() == 1 && !spans[0].is_closed, "{spans:#?}");
}

/// HTTP/2 connections have spans of their own in h2.
#[tokio::test]
async fn an_http2_connection_holds_no_span() {
    use support::fault_server::http2::{data, head};
    use support::fault_server::{Fault, FaultServer, Script, authority};

    #[api_client]
    trait Anything {
        #[get("connectors")]
        async fn get(&self) -> ByteStream;
    }

    let recorder = Recorder::everything();
    let answer = |stream| [head(stream, "one", &[]), data(stream, b"[]", true)].concat();
    let server = FaultServer::start(Fault::http2(Script::executed().send_on_stream(answer)));
    let url = server.url();
    let builders = [support::client(&url), support::client(&url).lean()];
    for builder in builders {
        let client = builder.root_certificates(authority::pem()).build().unwrap();
        let _guard = recorder.subscribe();
        let mut body = AnythingClient::new(client.clone()).get().await.unwrap();
        while body.next().await.is_some() {}
        tokio::time::sleep(Duration::from_millis(10)).await;
        let spans = of_requests(&recorder);
        assert!(spans.iter().all(|span| span.is_closed), "{spans:#?}");
        assert_eq!(spans.last().unwrap().fields["network.protocol.version"], "2");
    }
    assert!(recorder.spans().iter().any(|span| span.name == "Connection"), "spans of h2");
}
