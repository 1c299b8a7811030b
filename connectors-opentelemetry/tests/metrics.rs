//! Metrics as an SDK gets them, and the headers of a trace.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use connectors_client::{ClientBuilder, Error, api_client};
use connectors_opentelemetry::{Metrics, trace_headers};
use opentelemetry::metrics::{
    Histogram, HistogramBuilder, InstrumentProvider, Meter, SyncInstrument,
};
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::{Context, KeyValue, global};
use support::clock::TestClock;
use support::server::{Reply, Server};

#[api_client]
trait Tickets {
    #[get("v1/tickets/<id>?<state>")]
    async fn get(&self, id: &str, state: Option<&str>) -> String;

    #[post("v1/tickets")]
    async fn create(&self, title: &str);
}

/// A measurement: the value and the attributes.
#[derive(Clone, Debug)]
struct Point {
    metric: String,
    value: f64,
    attributes: BTreeMap<String, String>,
}

/// An instrument as it was created: unit and bucket boundaries.
type Instruments = BTreeMap<String, (String, Vec<f64>)>;

/// Keeps measurements in place of an SDK.
#[derive(Clone, Default)]
struct Recording {
    points: Arc<Mutex<Vec<Point>>>,
    instruments: Arc<Mutex<Instruments>>,
}

struct Instrument {
    metric: String,
    points: Arc<Mutex<Vec<Point>>>,
}

impl Instrument {
    fn push(&self, value: f64, attributes: &[KeyValue]) {
        let attributes = attributes.iter();
        let attributes =
            attributes.map(|pair| (pair.key.to_string(), pair.value.to_string())).collect();
        let point = Point { metric: self.metric.clone(), value, attributes };
        self.points.lock().unwrap().push(point);
    }
}

impl SyncInstrument<f64> for Instrument {
    fn measure(&self, value: f64, attributes: &[KeyValue]) {
        self.push(value, attributes);
    }
}

impl SyncInstrument<u64> for Instrument {
    fn measure(&self, value: u64, attributes: &[KeyValue]) {
        self.push(f64::from(u32::try_from(value).unwrap()), attributes);
    }
}

impl Recording {
    fn instrument<T>(&self, builder: HistogramBuilder<'_, T>) -> Arc<Instrument> {
        let (unit, boundaries) = (builder.unit.unwrap_or_default(), builder.boundaries);
        let of = (unit.into_owned(), boundaries.unwrap_or_default());
        self.instruments.lock().unwrap().insert(builder.name.to_string(), of);
        Arc::new(Instrument { metric: builder.name.to_string(), points: Arc::clone(&self.points) })
    }

    fn points(&self, metric: &str) -> Vec<Point> {
        let points = self.points.lock().unwrap();
        points.iter().filter(|point| point.metric == metric).cloned().collect()
    }
}

impl InstrumentProvider for Recording {
    fn f64_histogram(&self, builder: HistogramBuilder<'_, Histogram<f64>>) -> Histogram<f64> {
        Histogram::new(self.instrument(builder))
    }

    fn u64_histogram(&self, builder: HistogramBuilder<'_, Histogram<u64>>) -> Histogram<u64> {
        Histogram::new(self.instrument(builder))
    }
}

fn builder(server: &Server, recording: &Recording) -> ClientBuilder {
    let metrics = Metrics::new(&Meter::new(Arc::new(recording.clone())));
    support::client(server.url()).clock(TestClock::new()).observer(metrics)
}

fn tickets(server: &Server, recording: &Recording) -> TicketsClient {
    TicketsClient::new(builder(server, recording).build().unwrap())
}

const DURATION: &str = "http.client.request.duration";

/// The metrics of the conventions: name, unit and bucket boundaries.
#[test]
fn the_instruments_are_those_of_the_conventions() {
    let recording = Recording::default();
    let _ = Metrics::new(&Meter::new(Arc::new(recording.clone())));
    let instruments = recording.instruments.lock().unwrap().clone();
    let names: Vec<_> =
        instruments.iter().map(|(name, (unit, _))| (name.as_str(), unit.as_str())).collect();
    assert_eq!(
        names,
        [
            ("http.client.request.body.size", "By"),
            (DURATION, "s"),
            ("http.client.response.body.size", "By"),
        ]
    );
    let boundaries =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
    assert_eq!(instruments[DURATION].1, boundaries);
    assert!(instruments["http.client.request.body.size"].1.is_sorted());
}

/// Attributes of the duration in the conventions, and true if each point has to have it.
const LISTED: [(&str, bool); 9] = [
    ("http.request.method", true),
    ("server.address", true),
    ("server.port", true),
    ("error.type", false),
    ("http.response.status_code", false),
    ("network.protocol.name", false),
    ("network.protocol.version", false),
    ("url.scheme", false),
    ("url.template", false),
];

fn check(point: &Point) {
    for (name, is_required) in LISTED {
        assert!(point.attributes.contains_key(name) || !is_required, "{name} in {point:?}");
    }
    for name in point.attributes.keys() {
        assert!(LISTED.iter().any(|(listed, _)| listed == name), "{name} is not listed: {point:?}");
    }
}

#[tokio::test]
async fn each_attempt_is_a_point_with_the_attributes_of_the_conventions() -> Result<(), Error> {
    let server = Server::start([
        Reply::empty(503),
        Reply::reset(),
        Reply::json(200, r#""canary""#),
        Reply::json(422, r#"{"message": "canary"}"#),
    ]);
    let recording = Recording::default();
    let tickets = tickets(&server, &recording);
    tickets.get("canary").state("canary").await?;
    tickets.create("canary").await.unwrap_err();
    let points = recording.points(DURATION);
    points.iter().for_each(check);
    let of = |point: &Point, name: &str| point.attributes.get(name).cloned().unwrap_or_default();
    let facts: Vec<_> = points
        .iter()
        .map(|point| {
            ["http.request.method", "url.template", "http.response.status_code", "error.type"]
                .map(|name| of(point, name))
                .join(" ")
        })
        .collect();
    assert_eq!(
        facts,
        [
            "GET /v1/tickets/{id} 503 503",
            "GET /v1/tickets/{id}  interrupted",
            "GET /v1/tickets/{id} 200 ",
            "POST /v1/tickets 422 422",
        ]
    );
    assert_eq!(of(&points[2], "network.protocol.version"), "1.1");
    assert_eq!(of(&points[2], "server.port"), server.port().to_string());
    assert!(points.iter().all(|point| point.value > 0.0 && point.value < 60.0));
    let sizes =
        |metric| -> Vec<_> { recording.points(metric).iter().map(|point| point.value).collect() };
    assert_eq!(sizes("http.client.request.body.size"), [0.0, 0.0, 0.0, 18.0]);
    assert_eq!(sizes("http.client.response.body.size"), [0.0, 8.0, 21.0]);
    assert!(!format!("{:?}", recording.points.lock().unwrap()).contains("canary"));
    Ok(())
}

/// A propagator that writes the value of the context.
#[derive(Debug)]
struct Propagator;

#[derive(Clone)]
struct Trace(&'static str);

impl TextMapPropagator for Propagator {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        if let Some(Trace(id)) = context.get::<Trace>() {
            injector.set("traceparent", (*id).to_owned());
            injector.set("not a header", "x".to_owned());
            injector.set("x-not-a-value", "a\nb".to_owned());
        }
    }

    fn extract_with_context(&self, context: &Context, _: &dyn Extractor) -> Context {
        context.clone()
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&[])
    }
}

#[tokio::test]
async fn the_context_of_the_caller_is_sent_with_each_attempt() -> Result<(), Error> {
    let server = Server::start([Reply::empty(503), Reply::json(200, r#""a""#)]);
    let client = builder(&server, &Recording::default()).attempt_headers(trace_headers).build()?;
    global::set_text_map_propagator(Propagator);
    let id = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let tickets = TicketsClient::new(client);
    tickets.get("17").await?;
    let _context = Context::current_with_value(Trace(id)).attach();
    tickets.get("17").await?;
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|sent| sent.header("traceparent").map(str::to_owned))
        .collect();
    assert_eq!(sent, [None, None, Some(id.to_owned())]);
    assert_eq!(server.requests()[2].header("x-not-a-value"), None);
    Ok(())
}
