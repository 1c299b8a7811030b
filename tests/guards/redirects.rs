//! No request leaves the origin of the base URL, for every status, method, route and kind of
//! secret.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use connectors_client::{
    Body, ByteStream, Client, ClientBuilder, Error, ErrorKind, HttpResponse, Text, api_client,
};
use serde_json::Value;
use support::server::{Recorded, Reply, Server};

use crate::careless::Careless;
use crate::shown;

const CODES: [u16; 5] = [301, 302, 303, 307, 308];
const SECRET: &str = "canary-of-the-request";
/// Parts of a URL that no error may show: everything after its origin or before its host.
const HIDDEN: [&str; 4] = [SECRET, "canary-of-the-place", "canary-user", "canary-password"];

#[api_client]
trait Places {
    #[get("start?<key>")]
    async fn get(&self, key: Option<&str>) -> Text;

    #[post("start")]
    async fn post(&self, key: Option<&str>) -> Text;

    #[patch("start")]
    async fn patch(&self, key: Option<&str>) -> Text;

    #[delete("start?<key>")]
    async fn delete(&self, key: Option<&str>) -> Text;

    #[get("start")]
    async fn stream(&self) -> ByteStream;

    #[get("")]
    async fn link(&self, #[url] link: &str) -> Value;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

const METHODS: [Method; 4] = [Method::Get, Method::Post, Method::Patch, Method::Delete];

/// Place of the secret in a request.
#[derive(Clone, Copy, Debug)]
enum Secret {
    Bearer,
    OwnHeader,
    /// In the query of GET and DELETE, in the body of POST and PATCH.
    Payload,
}

const SECRETS: [Secret; 3] = [Secret::Bearer, Secret::OwnHeader, Secret::Payload];

/// The route on which a server redirects its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    SameOrigin,
    OtherPort,
    OtherName,
    OtherScheme,
    ChainAway,
    AwayAndBack,
    Credentials,
    WithoutScheme,
}

const WAYS: [Way; 8] = [
    Way::SameOrigin,
    Way::OtherPort,
    Way::OtherName,
    Way::OtherScheme,
    Way::ChainAway,
    Way::AwayAndBack,
    Way::Credentials,
    Way::WithoutScheme,
];

impl Way {
    /// Returns the location a server redirects to from a step of the route, or `None` at its end.
    fn location(self, code: u16, step: &str, own: u16, other: u16) -> Option<String> {
        let away = "away?key=canary-of-the-place#f";
        Some(match (self, step) {
            (Self::SameOrigin, "start") => "end".to_owned(),
            (Self::ChainAway, "start") => "hop".to_owned(),
            (Self::ChainAway, "hop") => {
                format!("http://127.0.0.1:{own}/{code}/{}/hop2", self.path())
            }
            (Self::OtherPort, "start") | (Self::ChainAway, "hop2") => {
                format!("http://127.0.0.1:{other}/canary-of-the-place/{away}")
            }
            (Self::OtherName, "start") => format!("http://localhost:{own}/{away}"),
            (Self::OtherScheme, "start") => format!("https://127.0.0.1:{own}/{away}"),
            (Self::AwayAndBack, "start") => format!("http://127.0.0.1:{other}/back/{away}"),
            (Self::Credentials, "start") => {
                format!("http://canary-user:canary-password@127.0.0.1:{other}/{away}")
            }
            (Self::WithoutScheme, "start") => format!("//127.0.0.1:{other}/{away}"),
            _ => return None,
        })
    }

    fn path(self) -> String {
        format!("{self:?}")
    }

    fn of(path: &str) -> Option<Self> {
        WAYS.into_iter().find(|way| way.path() == path)
    }
}

/// The intended server and another one.
struct Servers {
    own: Server,
    other: Server,
}

impl Servers {
    /// The path of a request to the own server names status, route and step:
    /// `/301/OtherPort/start`.
    fn start() -> Self {
        let own_port = Arc::new(OnceLock::new());
        let port = Arc::clone(&own_port);
        let other = Server::answer(move |request| match port.get() {
            Some(own) if request.path().starts_with("/back/") => {
                redirect(302, format!("http://127.0.0.1:{own}/302/SameOrigin/end"))
            }
            _ => Reply::json(200, "\"the other\""),
        });
        let (port, other_port) = (Arc::clone(&own_port), other.port());
        let own = Server::answer(move |request| {
            let steps: Vec<&str> = request.path().trim_start_matches('/').split('/').collect();
            let (Some(own), &[code, way, step]) = (port.get(), &steps[..]) else {
                return Reply::json(200, "\"astray\"");
            };
            let code = code.parse().unwrap_or(302);
            match Way::of(way).and_then(|way| way.location(code, step, *own, other_port)) {
                Some(location) => redirect(code, &location),
                None => Reply::json(200, "\"the end\""),
            }
        });
        own_port.set(own.port()).unwrap();
        Self { own, other }
    }

    /// Returns the requests to the own and the other server after the given numbers of requests.
    fn since(&self, (own, other): (usize, usize)) -> (Vec<Recorded>, Vec<Recorded>) {
        (self.own.requests().split_off(own), self.other.requests().split_off(other))
    }
}

fn redirect(code: u16, location: impl AsRef<[u8]>) -> Reply {
    Reply::empty(code).header("location", location)
}

fn builder(servers: &Servers, code: u16, path: &str, secret: Secret) -> ClientBuilder {
    let builder =
        support::client(format!("{}/{code}/{path}", servers.own.url())).env_proxies(false);
    match secret {
        Secret::Bearer => builder.bearer_token(SECRET),
        Secret::OwnHeader => builder.auth_header("x-api-key", SECRET),
        Secret::Payload => builder,
    }
}

async fn call(client: Client, method: Method, secret: Secret) -> Result<Text, Error> {
    let places = PlacesClient::new(client);
    let key = matches!(secret, Secret::Payload).then_some(SECRET);
    match method {
        Method::Get => places.get().maybe_key(key).await,
        Method::Post => places.post().maybe_key(key).await,
        Method::Patch => places.patch().maybe_key(key).await,
        Method::Delete => places.delete().maybe_key(key).await,
    }
}

/// Outcome of a case.
struct Outcome {
    result: Result<Text, Error>,
    /// Number of requests that the own server received.
    requests: usize,
    /// Number of requests that went astray, and how many of these carried the secret.
    astray: usize,
    leaked: usize,
}

/// Makes calls over all statuses, methods, routes and secrets.
async fn all(
    servers: &Servers,
    transport: Option<fn() -> Careless>,
    mut check: impl FnMut(u16, Method, Way, Outcome),
) -> usize {
    let mut cases = 0;
    let mut seen = (0, 0);
    for code in CODES {
        for method in METHODS {
            for way in WAYS {
                for secret in SECRETS {
                    let mut builder = builder(servers, code, &way.path(), secret);
                    if let Some(transport) = transport {
                        builder = builder.transport(transport());
                    }
                    let result = call(builder.build().unwrap(), method, secret).await;
                    let (own, other) = servers.since(seen);
                    seen = (seen.0 + own.len(), seen.1 + other.len());
                    // Requests for another origin, even if the same listener received them.
                    let astray =
                        own.iter().filter(|request| request.path().contains("away")).chain(&other);
                    let leaked = astray.clone().filter(|request| carries(request)).count();
                    let outcome =
                        Outcome { result, requests: own.len(), astray: astray.count(), leaked };
                    check(code, method, way, outcome);
                    cases += 1;
                }
            }
        }
    }
    cases
}

fn carries(request: &Recorded) -> bool {
    request.head().contains(SECRET) || request.text().contains(SECRET)
}

#[tokio::test]
async fn no_redirect_leads_a_request_to_another_origin() {
    let servers = Servers::start();
    let cases = all(&servers, None, |code, method, way, outcome| {
        let case = format!("{code} {method:?} {way:?}");
        assert_eq!((outcome.astray, outcome.leaked), (0, 0), "{case}");
        let follows = method == Method::Get;
        let requests = match way {
            Way::SameOrigin if follows => 2,
            Way::ChainAway if follows => 3,
            _ => 1,
        };
        assert_eq!(outcome.requests, requests, "{case}");
        match outcome.result {
            Ok(text) => {
                assert!(follows && way == Way::SameOrigin, "{case}: {text}");
                assert_eq!(text.as_str(), "\"the end\"", "{case}");
            }
            Err(error) => {
                assert!(!follows || way != Way::SameOrigin, "{case}: {error}");
                assert_eq!(error.status().map(|status| status.as_u16()), Some(code), "{case}");
                assert_redirect(&error, &case);
            }
        }
    })
    .await;
    assert_eq!(cases, 5 * 4 * 8 * 3);
    assert_eq!(servers.other.connections(), 0);
    assert_eq!(servers.own.rejected(), Vec::<String>::new());
}

/// Asserts that the kind is Redirect, and that neither the error nor its causes show more than an
/// origin.
fn assert_redirect(error: &Error, case: &str) {
    assert_eq!(error.kind(), ErrorKind::Redirect, "{case}: {error}");
    assert_eq!(error.attempts(), 1, "{case}: {error}");
    let shown = shown::error(error);
    for hidden in HIDDEN {
        assert!(!shown.contains(hidden), "{case}: {shown}");
    }
}

/// Control: with a transport that follows redirects by itself, the same cases all fail.
#[tokio::test]
async fn a_careless_transport_fails_every_cross_origin_case() {
    let servers = Servers::start();
    let (mut away, mut went, mut leaked) = (0, 0, 0);
    all(&servers, Some(|| Careless), |_, _, way, outcome| {
        away += usize::from(way != Way::SameOrigin);
        went += usize::from(outcome.astray > 0);
        leaked += usize::from(outcome.leaked > 0);
        assert_eq!(outcome.astray > 0, way != Way::SameOrigin, "{way:?}");
    })
    .await;
    // A secret in the query is not in the URL that the server points to. All other secrets went
    // along.
    let in_query = 5 * 2 * 7;
    assert_eq!((away, went, leaked), (5 * 4 * 7 * 3, away, away - in_query));
}

/// Target of a form of `Location`, as a browser reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// This path of the own server.
    To(&'static str),
    /// No target, or another origin.
    Away,
}

/// Ways to write a location. `{own}` and `{other}` are ports.
const FORMS: [(&[u8], Leads); 54] = [
    (b"end", Leads::To("/base/end")),
    (b"./end", Leads::To("/base/end")),
    (b"../base/end", Leads::To("/base/end")),
    (b"/base/end", Leads::To("/base/end")),
    (b"../../../../../end", Leads::To("/end")),
    (b"/%2e%2e/end", Leads::To("/end")),
    (b"?to=end", Leads::To("/base/start?to=end")),
    (b"end?x=//evil.example/#//evil.example", Leads::To("/base/end?x=//evil.example/")),
    (b"http://127.0.0.1:{own}/end", Leads::To("/end")),
    (b"HTTP://127.0.0.1:{own}/end", Leads::To("/end")),
    (b"http:/end", Leads::To("/end")),
    (b"http:end", Leads::To("/base/end")),
    (b"http:127.0.0.1:{other}", Leads::To("/base/127.0.0.1:{other}")),
    (b"//127.0.0.1:{own}/end", Leads::To("/end")),
    (b"/\\127.0.0.1:{own}/end", Leads::To("/end")),
    (b"http://127.1:{own}/end", Leads::To("/end")),
    (b"http://2130706433:{own}/end", Leads::To("/end")),
    (b"http://0x7f.0.0.1:{own}/end", Leads::To("/end")),
    (b"http://127.0.0.1:{own}\\@127.0.0.1:{other}/end", Leads::To("/@127.0.0.1:{other}/end")),
    (b"http://127.0.0.1:{own}/#@127.0.0.1:{other}/", Leads::To("/")),
    (b"http://127.0.0.1:{own}?@127.0.0.1:{other}/", Leads::To("/?@127.0.0.1:{other}/")),
    (b"/end\xff", Leads::To("/end%FF")),
    (b"/caf\xc3\xa9", Leads::To("/caf%C3%A9")),
    (b"http://127.0.0.1:{other}/away", Leads::Away),
    (b"HtTp://127.0.0.1:{other}/away", Leads::Away),
    (b"//127.0.0.1:{other}/away", Leads::Away),
    (b"///127.0.0.1:{other}/away", Leads::Away),
    (b"////127.0.0.1:{other}/away", Leads::Away),
    (b"\\\\127.0.0.1:{other}/away", Leads::Away),
    (b"/\\127.0.0.1:{other}/away", Leads::Away),
    (b"\\/127.0.0.1:{other}/away", Leads::Away),
    (b"/\t/127.0.0.1:{other}/away", Leads::Away),
    (b"ht\ttp://127.0.0.1:{other}/away", Leads::Away),
    (b"http:\\\\127.0.0.1:{other}\\away", Leads::Away),
    (b"http://127.0.0.1:{own}@127.0.0.1:{other}/away", Leads::Away),
    (b"http://127.0.0.1:{own}%40127.0.0.1:{other}/away", Leads::Away),
    (b"http://canary-user@127.0.0.1:{own}/away", Leads::Away),
    (b"http://canary-user:canary-password@127.0.0.1:{own}/away", Leads::Away),
    (b"http://:canary-password@127.0.0.1:{own}/away", Leads::Away),
    (b"http://localhost:{own}/away", Leads::Away),
    (b"http://LOCALHOST.:{own}/away", Leads::Away),
    (b"http://127.0.0.2:{own}/away", Leads::Away),
    (b"http://[::1]:{own}/away", Leads::Away),
    (b"http://[::ffff:127.0.0.1]:{own}/away", Leads::Away),
    (b"http://127.0.0.1/away", Leads::Away),
    (b"https://127.0.0.1:{own}/away", Leads::Away),
    (b"ws://127.0.0.1:{own}/away", Leads::Away),
    (b"ftp://127.0.0.1:{own}/away", Leads::Away),
    (b"file:///away", Leads::Away),
    (b"javascript:alert('canary-of-the-place')", Leads::Away),
    (b"data:text/plain,canary-of-the-place", Leads::Away),
    (b"blob:http://127.0.0.1:{own}/canary-of-the-place", Leads::Away),
    (b"http://127.0.0.1:99999/away", Leads::Away),
    (b"http://127.0.0.1\xff:{own}/away", Leads::Away),
];

impl Servers {
    /// The own server redirects to one location, and only from `/base/start`.
    fn pointing(code: u16, locations: &[&[u8]]) -> Self {
        let other = Server::start([Reply::json(200, "\"the other\"")]);
        let own_port = Arc::new(OnceLock::new());
        let (port, other_port) = (Arc::clone(&own_port), other.port());
        let locations: Vec<Vec<u8>> = locations.iter().map(|location| location.to_vec()).collect();
        let own = Server::answer(move |request| match port.get() {
            Some(own) if request.target == "/base/start" => {
                locations.iter().fold(Reply::empty(code), |reply, location| {
                    reply.header("location", filled(location, *own, other_port))
                })
            }
            _ => Reply::json(200, "\"the end\""),
        });
        own_port.set(own.port()).unwrap();
        Self { own, other }
    }

    /// Calls `/base/start`.
    async fn get(&self) -> Result<Text, Error> {
        PlacesClient::new(self.builder().build().unwrap()).get().await
    }

    fn builder(&self) -> ClientBuilder {
        let builder = support::client(format!("{}/base", self.own.url())).bearer_token(SECRET);
        builder.env_proxies(false)
    }

    /// Returns true if anything followed the first request: a request to the own server or to
    /// another one, or a connection, for a TLS handshake for example.
    fn went_on(&self) -> bool {
        self.own.requests().len() > 1 || self.own.connections() > 1 || self.other.connections() > 0
    }
}

/// Inserts the ports. The bytes may be invalid UTF-8.
fn filled(text: &[u8], own: u16, other: u16) -> Vec<u8> {
    let text: String = text.iter().copied().map(char::from).collect();
    let text = text.replace("{own}", &own.to_string()).replace("{other}", &other.to_string());
    text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect()
}

#[tokio::test]
async fn every_location_form_is_followed_within_the_origin_only() {
    for code in CODES {
        for (form, leads) in FORMS {
            let servers = Servers::pointing(code, &[form]);
            let result = servers.get().await;
            let targets: Vec<String> =
                servers.own.requests().into_iter().skip(1).map(|request| request.target).collect();
            let case = format!("{code} {}", form.escape_ascii());
            match leads {
                Leads::To(target) => {
                    let target =
                        filled(target.as_bytes(), servers.own.port(), servers.other.port());
                    assert_eq!(targets, [String::from_utf8(target).unwrap()], "{case}");
                    assert_eq!(result.unwrap().as_str(), "\"the end\"", "{case}");
                }
                Leads::Away => {
                    assert!(!servers.went_on(), "{case}");
                    assert_redirect(&result.unwrap_err(), &case);
                }
            }
            assert_eq!(servers.other.connections(), 0, "{case}");
        }
    }
}

/// Control: a transport that follows redirects by itself follows the same forms.
#[tokio::test]
async fn a_careless_transport_follows_most_location_forms() {
    let away: Vec<_> = FORMS.iter().filter(|(_, leads)| *leads == Leads::Away).collect();
    let mut went_on = 0;
    for (form, _) in &away {
        let servers = Servers::pointing(307, &[form]);
        // The outcome does not matter if it arrives within the timeout.
        let limit = Duration::from_millis(300);
        let client =
            servers.builder().transport(Careless).timeout(limit).max_retries(0).build().unwrap();
        let _ = PlacesClient::new(client).get().await;
        went_on += usize::from(servers.went_on());
    }
    println!("figure: careless: {went_on} of {} forms that lead away are followed", away.len());
    assert!(went_on > away.len() / 3, "{went_on} of {}", away.len());
}

#[tokio::test]
async fn two_locations_lead_to_no_other_origin() {
    let (own, other): (&[u8], &[u8]) = (b"/end", b"http://127.0.0.1:{other}/away");
    for (locations, follows) in [([own, other], true), ([other, own], false)] {
        let servers = Servers::pointing(302, &locations);
        assert_eq!(servers.get().await.is_ok(), follows);
        assert_eq!(servers.other.connections(), 0);
    }
}

#[tokio::test]
async fn a_redirect_loop_ends_after_ten_hops() {
    let circles: [fn(&Recorded) -> String; 3] = [
        |request| request.target.clone(),
        |request| if request.path().ends_with('a') { "b".to_owned() } else { "a".to_owned() },
        |request| format!("{}/more", request.target),
    ];
    for code in CODES {
        for circle in circles {
            let server = Server::answer(move |request| redirect(code, circle(request)));
            let client = support::client(server.url()).bearer_token(SECRET).env_proxies(false);
            let error =
                call(client.build().unwrap(), Method::Get, Secret::Bearer).await.unwrap_err();
            assert_redirect(&error, "a circle");
            assert!(error.to_string().contains("at most 10 are"), "{error}");
            assert_eq!(server.requests().len(), 11);
        }
    }
}

/// Ways to make a call besides an endpoint's thin client.
async fn other_calls(client: &Client) -> Vec<Result<(), Error>> {
    let places = PlacesClient::new(client.clone());
    let built = places.get().build().unwrap();
    let by_hand = http::Request::get("/start").body(Body::empty()).unwrap();
    let streamed = match places.stream().await {
        Ok(mut stream) => stream.next().await.unwrap().map(drop),
        Err(error) => Err(error),
    };
    let blocking = BlockingPlacesClient::new(client.clone());
    let raw = blocking.with_raw_response();
    let blocked = tokio::task::spawn_blocking(move || {
        [blocking.get().send().map(drop), raw.get().send().map(drop)]
    });
    let base = format!("{client:?}");
    let link = base.split('"').nth(1).unwrap().to_owned() + "/start";
    let mut results = vec![
        places.with_raw_response().get().await.map(drop),
        streamed,
        places.link(&link).await.map(drop),
        client.send::<Text>(built).await.map(drop),
        client.send::<HttpResponse<Text>>(by_hand).await.map(drop),
    ];
    results.extend(blocked.await.unwrap());
    results
}

/// Makes these calls over all statuses and all routes that lead away. Returns the number of calls,
/// and the number of requests for another origin, including those that reached the same listener.
async fn all_calls(
    transport: Option<fn() -> Careless>,
    check: impl Fn(Result<(), Error>, &str),
) -> (usize, usize) {
    let servers = Servers::start();
    let mut calls = 0;
    for code in CODES {
        for way in WAYS.into_iter().filter(|way| *way != Way::SameOrigin) {
            let mut builder = builder(&servers, code, &way.path(), Secret::Bearer);
            if let Some(transport) = transport {
                builder = builder.transport(transport());
            }
            for result in other_calls(&builder.build().unwrap()).await {
                check(result, &format!("{code} {way:?}"));
                calls += 1;
            }
        }
    }
    assert_eq!(servers.own.rejected(), Vec::<String>::new());
    let away = servers
        .own
        .requests()
        .into_iter()
        .filter(|request| request.path().contains("away"))
        .count();
    (calls, away + servers.other.connections())
}

#[tokio::test]
async fn no_way_to_call_leads_to_another_origin() {
    let all = all_calls(None, |result, case| assert_redirect(&result.unwrap_err(), case));
    assert_eq!(all.await, (5 * 7 * 7, 0));
}

/// Control: the same calls with a transport that follows redirects by itself.
#[tokio::test]
async fn a_careless_transport_sends_all_calls_astray() {
    let (calls, astray) = all_calls(Some(|| Careless), |_, _| {}).await;
    println!("figure: careless: {calls} calls, {astray} requests astray");
    assert_eq!((calls, astray), (5 * 7 * 7, 5 * 7 * 7));
}
