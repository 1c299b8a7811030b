//! No type, error or log of ours shows a secret, in any form.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Display};
use std::sync::Mutex;

use connectors_client::auth::{
    self, AccessToken, AuthFuture, AuthRequest, Authenticate, ClientCredentials, RefreshToken,
    Refused, TokenProvider,
};
use connectors_client::cohere::chat::{
    ChatClient, ChatConnector, ChatResponse, ChatResponseV2, ChatStreamEvent, ChatStreamEventV2,
    FinishReason, HistoryMessage, MessageEnd, MessageEndDelta, StreamEnd, ToolCall,
    ToolCallsGeneration,
};
use connectors_client::cohere::{
    BlockingConnectorsClient, Cohere, Connector, ConnectorOAuth, ConnectorsClient,
    CreateConnectorOAuth, CreateConnectorResponse, CreateConnectorServiceAuth,
    GetConnectorResponse, ListConnectorsResponse, OAuthAuthorizeResponse, UpdateConnectorResponse,
};
use connectors_client::{
    Arguments, Attempt, AttemptReport, Body, ByteStream, CallReport, Client, ClientBuilder, Cursor,
    Error, ErrorKind, EventStream, Fake, FakeReply, FromResponse, HeaderArg, JsonArray, JsonLines,
    Nullable, Observer, Part, Parts, Recorder, RequestOptions, Reqwest, Response, RetryOn,
    RetryPolicy, Secret, TransportError, api_client,
};
use futures_util::FutureExt as _;
use http::HeaderValue;
use serde_json::Value;
use support::fault_server::{Certificate, Fault, FaultServer, Script, authority, http2};
use support::server::{Reply, Server, refused_url};

use crate::alone::{alone_with, block_on};
use crate::scanner::{Form, forms};
use crate::{captured, public_types, shown};

/// Each secret contains characters that a URL or a form encodes.
const BEARER: &str = "canary-bearer/1+a=b~";
const HEADER: &str = "canary-header/2+a=b~";
const PASSWORD: &str = "canary-password/3+a=b~";
const ARGUMENT: &str = "canary-argument/4+a=b~";
const OPTION: &str = "canary-option/5+a=b~";
const SERVICE: &str = "canary-service/6+a=b~";
const OAUTH: &str = "canary-oauth/7+a=b~";
const QUERY: &str = "canary-query/8+a=b~";
const COOKIE: &str = "canary-cookie/9+a=b~";
/// For URLs, where a canary with a slash would be part of the path.
const USER: &str = "canary-user-of-a-url";

const CANARIES: [&str; 10] =
    [BEARER, HEADER, PASSWORD, ARGUMENT, OPTION, SERVICE, OAUTH, QUERY, COOKIE, USER];

/// Shown texts, with the name of the type that shows each.
#[derive(Default)]
struct Surfaces(Vec<(String, String)>);

impl Surfaces {
    fn push<T: ?Sized>(&mut self, text: String) {
        let name = std::any::type_name::<T>().split('<').next().unwrap_or_default();
        self.0.push((name.rsplit("::").next().unwrap_or_default().to_owned(), text));
    }

    fn debug<T: Debug>(&mut self, value: &T) {
        self.push::<T>(shown::debug(value));
    }

    fn display<T: Debug + Display>(&mut self, value: &T) {
        self.push::<T>(shown::display(value));
    }

    fn error(&mut self, error: &Error) {
        self.push::<Error>(shown::error(error));
    }

    fn names(&self) -> BTreeSet<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Returns the types that show a secret, with the secret and the forms.
    fn hits(&self) -> BTreeSet<(String, &'static str, Vec<&'static str>)> {
        let mut hits = BTreeSet::new();
        for (name, text) in &self.0 {
            for canary in CANARIES {
                let forms = forms(text, canary);
                if !forms.is_empty() {
                    hits.insert((name.clone(), canary, forms.into_iter().map(name_of).collect()));
                }
            }
        }
        hits
    }
}

fn name_of(form: Form) -> &'static str {
    match form {
        Form::Raw => "raw",
        Form::Percent => "percent",
        Form::Base64 => "base64",
        Form::Numbers => "numbers",
        Form::Hex => "hex",
    }
}

#[api_client]
trait Vault {
    #[post("open/<id>?<key>")]
    async fn open(
        &self,
        id: &str,
        key: Option<&str>,
        #[header("X-Secret")] secret: Option<&Secret>,
        #[header("X-Marked", sensitive)] marked: Option<&str>,
        field: Option<&str>,
    ) -> Seen;

    #[post("form", form)]
    async fn form(&self, password: &str) -> Value;

    #[post("parts", multipart)]
    async fn parts(&self, password: &str, file: Parts) -> Value;

    #[put("whole")]
    async fn whole(&self, #[body] body: Body) -> Value;

    #[get("bytes?<key>")]
    async fn bytes(&self, key: &str) -> ByteStream;

    #[get("events?<key>", done = "[DONE]")]
    async fn events(&self, key: &str) -> EventStream<Value>;

    #[get("lines?<key>")]
    async fn lines(&self, key: &str) -> JsonLines<Value>;

    #[get("pages?<key>&<at>", paginate(cursor = at), poll)]
    async fn pages(&self, key: &str, at: Option<&str>) -> Vec<Value>;

    #[get("")]
    async fn link(&self, #[url] link: &str) -> Value;
}

/// A user-defined type receives the response as the library holds it.
struct Seen;

/// Shows the reports of calls.
struct Reports;

impl Observer for Reports {
    fn attempt_ended(&self, report: &AttemptReport<'_>) {
        REPORTS.lock().unwrap().push(("AttemptReport".to_owned(), shown::debug(report)));
    }

    fn call_ended(&self, report: &CallReport<'_>) {
        REPORTS.lock().unwrap().push(("CallReport".to_owned(), shown::debug(report)));
    }
}

static REPORTS: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

static RESPONSES: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl FromResponse for Seen {
    fn accept() -> &'static str {
        "*/*"
    }

    fn from_response(response: Response) -> Result<Self, Error> {
        RESPONSES.lock().unwrap().push(shown::debug(&response));
        Ok(Self)
    }
}

/// A client of reqwest that holds a token, which its owner has not marked as sensitive.
fn finished_client() -> Reqwest {
    let token = [(http::header::AUTHORIZATION, HeaderValue::from_static(BEARER))];
    let client = crate::plain_reqwest::builder().default_headers(token.into_iter().collect());
    Reqwest::new(client.build().unwrap())
}

/// Builds several clients, since a client has only one `Authorization` header.
fn builders(url: &str) -> [ClientBuilder; 4] {
    let builder =
        || support::client(url).env_proxies(false).max_retries(1).retry(quick()).observer(Reports);
    [
        builder().bearer_token(BEARER).auth_header("x-api-key", HEADER).header("cookie", COOKIE),
        builder().basic_auth("user", PASSWORD).header("x-own", Secret::new(HEADER)),
        builder().auth((provider(), (auth::query("key", HEADER), auth::cookie("sid", COOKIE)))),
        builder().auth(Watched(provider().in_header("x-token"))).auth_scheme("other", provider()),
    ]
}

fn provider() -> TokenProvider {
    TokenProvider::new(|| async { Ok(AccessToken::new(BEARER)) })
}

/// Texts of what a scheme sees.
static SEEN: Mutex<Vec<(&str, String)>> = Mutex::new(Vec::new());

/// A scheme that shows the request and the refusal that it gets.
struct Watched(TokenProvider);

impl Authenticate for Watched {
    fn authenticate<'a>(&'a self, request: &'a mut AuthRequest) -> AuthFuture<'a> {
        AuthFuture::new(async move {
            self.0.authenticate(request).await?;
            SEEN.lock().unwrap().push(("AuthRequest", shown::debug(&request)));
            Ok(())
        })
    }

    fn renew<'a>(&'a self, refused: &'a Refused) -> AuthFuture<'a, bool> {
        SEEN.lock().unwrap().push(("Refused", shown::debug(&refused)));
        self.0.renew(refused)
    }
}

fn schemes(surfaces: &mut Surfaces) {
    let url = format!("https://login.example.com/{USER}");
    let grant = || ClientCredentials::new(&url, "id", PASSWORD).parameter("key", OPTION);
    surfaces.debug(&grant());
    surfaces.debug(&grant().into_provider());
    surfaces.debug(&RefreshToken::new(&url, "id", BEARER).client_secret(PASSWORD));
    surfaces.debug(&AccessToken::new(BEARER));
    surfaces.debug(&auth::bearer(BEARER));
    surfaces.debug(&auth::basic("user", PASSWORD));
    surfaces.debug(&auth::header("x-key", format!("{HEADER}\n")));
    surfaces.debug(&provider());
    surfaces.debug(&AuthFuture::ready(Ok(BEARER)));
}

fn quick() -> RetryPolicy {
    RetryPolicy::default().max_retries(1).initial_backoff(std::time::Duration::ZERO)
}

fn options() -> RequestOptions {
    let mut marked = HeaderValue::from_static(OPTION);
    marked.set_sensitive(true);
    RequestOptions::new()
        .header("x-option", Secret::new(OPTION))
        .header("x-marked", marked)
        .header("proxy-authorization", OPTION)
        .header("cookie", COOKIE)
        .query("key", QUERY)
        .body_field("token", SERVICE)
        .idempotency_key("a-key-is-no-secret")
        .on_upload(|_| {})
}

fn service() -> CreateConnectorServiceAuth {
    CreateConnectorServiceAuth::new("bearer".into(), SERVICE)
}

fn oauth() -> CreateConnectorOAuth {
    CreateConnectorOAuth::new("https://a.example", "https://t.example").client("id", OAUTH)
}

fn settings(surfaces: &mut Surfaces) {
    for canary in CANARIES {
        surfaces.debug(&Secret::new(canary));
        surfaces.debug(&Nullable::Value(Secret::new(canary)));
        surfaces.debug(&HeaderArg::from(canary));
        surfaces.debug(&HeaderArg::from(canary.to_owned()));
        surfaces.debug(&HeaderArg::from(Secret::new(canary)));
        surfaces.debug(&RetryOn::from([409]).decide(|_| None));
        surfaces.debug(&Body::from(canary));
        surfaces.debug(&Body::json(canary).with_length(3));
        surfaces.debug(&Body::from_fn(move || Body::from(canary)));
        surfaces.debug(&Part::new(canary));
        surfaces.debug(&Parts::from_iter([canary]));
        surfaces.debug(&JsonLines::from_items([Ok(canary)]));
        surfaces.debug(&JsonArray::from_items([Ok(canary)]));
        surfaces.debug(&ByteStream::from_items([Ok(canary.into())]).into_iter());
        let mut oauth = ConnectorOAuth::new("https://a.example", "https://t.example");
        oauth.client_secret = Some(canary.into());
        surfaces.debug(&oauth);
        let time = "2024-01-02T03:04:05Z".parse().unwrap();
        let mut connector = Connector::new("c", "n", time, time);
        connector.oauth = Some(oauth);
        surfaces.debug(&connector);
        surfaces.debug(&CreateConnectorResponse::new(connector.clone()));
        surfaces.debug(&GetConnectorResponse::new(connector.clone()));
        surfaces.debug(&UpdateConnectorResponse::new(connector.clone()));
        surfaces.debug(&ListConnectorsResponse::new(vec![connector]));
        surfaces.debug(&OAuthAuthorizeResponse::new(format!("https://x.example/?s={canary}")));
    }
    // The variant `Error` has the name of a type that holds secrets.
    surfaces.debug(&finished_client());
    surfaces.debug(&Recorder::replay("none.har").secret("token", BEARER));
    surfaces.debug(&FinishReason::Error);
    surfaces.debug(&ChatResponse::default());
    surfaces.debug(&ChatResponseV2::default());
    surfaces.debug(&StreamEnd::default());
    surfaces.debug(&HistoryMessage::default());
    surfaces.debug(&ToolCall::default());
    surfaces.debug(&ToolCallsGeneration::default());
    surfaces.debug(&MessageEnd::default());
    surfaces.debug(&MessageEndDelta::default());
    surfaces.debug(&ChatStreamEvent::StreamEnd(Box::default()));
    surfaces.debug(&ChatStreamEventV2::MessageEnd(MessageEnd::default()));
    surfaces.debug(&ChatConnector::new("c").user_access_token(ARGUMENT).option("site", "s"));
    surfaces.debug(&options());
    surfaces.debug(&service());
    surfaces.debug(&oauth());
    surfaces.debug(&quick());
    surfaces.debug(&Attempt::new(1));
    surfaces.debug(&arguments());
    surfaces.display(VaultClient::OPEN);
    let cohere = Cohere::builder().base_url("http://localhost").token(BEARER);
    surfaces.debug(&cohere);
    let cohere = cohere.build().unwrap();
    surfaces.debug(&cohere);
    surfaces.debug(&cohere.blocking());
    surfaces.debug(&cohere.chat());
    surfaces.debug(&Cohere::builder().base_url(format!("http://u:{USER}@localhost")).token(BEARER));
}

/// Returns the arguments of a call as a transport sees them.
fn arguments() -> Arguments {
    let fake = Fake::new().otherwise(|_| FakeReply::json(200, serde_json::json!({})));
    let (vault, secret) = (VaultClient::new(fake.client()), Secret::new(ARGUMENT));
    let open = vault.open("id").key(QUERY).secret(&secret).marked(HEADER).field(OPTION);
    let _ = open.into_future().now_or_never();
    fake.requests()[0].extensions().get::<Arguments>().expect("a fake reads extensions").clone()
}

/// Invalid settings are refused without being shown.
fn refused(surfaces: &mut Surfaces) {
    let local = || support::client("http://localhost");
    let builders = [
        local().bearer_token(format!("{BEARER}\n")),
        local().bearer_token(format!("{BEARER}\u{e9}")),
        local().auth_header("x y", HEADER),
        local().auth_header("x-y", format!("\0{HEADER}")),
        local().basic_auth("us:er", PASSWORD),
        local().header("authorization", format!("{OPTION}\r\n").as_str()),
        support::client("http://far.example").bearer_token(BEARER),
        support::client(format!("http://{USER}:{USER}@localhost")),
        support::client(format!("http://{USER}@localhost:99999")),
        support::client(format!("{USER}://localhost")),
        support::client(format!("http://localhost/?key={USER}")),
        support::client(format!("http://localhost/#{USER}")),
    ];
    for builder in builders {
        surfaces.debug(&builder);
        let error = builder.build().unwrap_err();
        surfaces.display(&error);
        surfaces.error(&error.into());
    }
}

/// Makes every call with every secret. Collects the texts shown before, during and after each call.
async fn calls(surfaces: &mut Surfaces, client: &Client) {
    surfaces.debug(client);
    let view = client.with_options(options());
    surfaces.debug(&view);
    let connectors = ConnectorsClient::new(view.clone());
    surfaces.debug(&connectors);
    surfaces.debug(&connectors.with_raw_response());
    let (service, oauth) = (service(), oauth());
    let create = connectors.create("n", "u").service_auth(&service).options(options());
    surfaces.debug(&create);
    let mut future = create.clone().send();
    surfaces.debug(&future);
    let _ = (&mut future).now_or_never();
    surfaces.debug(&future);
    let results = [
        future.await.map(drop),
        connectors.update("c").oauth(&oauth).await.map(drop),
        connectors.o_auth_authorize(QUERY).after_token_redirect(QUERY).await.map(drop),
    ];
    let blocking = BlockingConnectorsClient::new(view.clone());
    surfaces.debug(&blocking);
    // A blocking call is an error here.
    let results = results.into_iter().chain([create_blocking(&blocking, &service)]);
    results.filter_map(Result::err).for_each(|error| surfaces.error(&error));
    chats(surfaces, &view).await;
    own_calls(surfaces, &view).await;
}

/// A chat contains the tokens of its connectors.
async fn chats(surfaces: &mut Surfaces, client: &Client) {
    let chat = ChatClient::new(client.clone());
    let connectors = [ChatConnector::new("c").user_access_token(ARGUMENT)];
    surfaces.debug(&chat);
    let call = chat.chat("hello").connectors(&connectors);
    surfaces.debug(&call);
    let streamed = match chat.chat_stream("hello").connectors(&connectors).await {
        Ok(mut stream) => {
            surfaces.debug(&stream);
            stream.next().await.map_or(Ok(()), |event| event.map(drop))
        }
        Err(error) => Err(error),
    };
    let results = [call.await.map(drop), streamed];
    results.into_iter().filter_map(Result::err).for_each(|error| surfaces.error(&error));
}

/// HTTP/2 over TLS, with and without failures. It compresses headers and writes its own log lines.
async fn over_http2(surfaces: &mut Surfaces) -> usize {
    const INTERNAL_ERROR: u32 = 2;
    let refuse = Script::executed().send_on_stream(|stream| http2::reset(stream, INTERNAL_ERROR));
    let well = FaultServer::start(Fault::http2(refuse.clone()));
    well.heal();
    let servers = [
        well,
        FaultServer::start(Fault::http2(refuse)),
        FaultServer::start(Fault::https(Certificate::OfAnotherHost, Script::executed())),
    ];
    let mut received = 0;
    for server in servers {
        for builder in builders(&server.url()) {
            let builder = builder.root_certificates(authority::pem());
            surfaces.debug(&builder);
            calls(surfaces, &builder.build().unwrap()).await;
        }
        received += server.counts().received;
    }
    received
}

fn create_blocking(
    client: &BlockingConnectorsClient,
    service: &CreateConnectorServiceAuth,
) -> Result<(), Error> {
    client.create("n", "u").service_auth(service).send().map(drop)
}

async fn own_calls(surfaces: &mut Surfaces, client: &Client) {
    let vault = VaultClient::new(client.clone());
    surfaces.debug(&vault);
    let secret = Secret::new(ARGUMENT);
    let open = vault.open(SERVICE).key(QUERY).secret(&secret).marked(ARGUMENT).field(SERVICE);
    surfaces.debug(&open);
    let raw = vault.with_raw_response().open("x").secret(&secret).await;
    let parts = || vault.parts(SERVICE, Parts::from_iter([SERVICE]));
    surfaces.debug(&parts());
    surfaces.debug(&vault.form(SERVICE).options(options()).clone());
    let mut results = vec![
        open.await.map(drop),
        raw.map(drop),
        vault.form(SERVICE).await.map(drop),
        parts().await.map(drop),
        vault.whole(Body::from(SERVICE)).await.map(drop),
        vault.link(&format!("http://u:{USER}@elsewhere.example/{USER}?key={USER}")).await.map(drop),
        // No header can carry this value.
        vault.open("x").secret(&Secret::new(format!("{ARGUMENT}\n"))).await.map(drop),
        vault.open("..").key(QUERY).await.map(drop),
    ];
    let mut pages = vault.pages(QUERY).at(QUERY).pages();
    surfaces.debug(&pages);
    surfaces.debug(&pages.next());
    results.extend(pages.next().await.map(|page| page.map(drop)));
    surfaces.debug(&pages);
    if let Some(cursor) = pages.cursor() {
        surfaces.debug(cursor);
    }
    surfaces.debug(&Cursor::from(QUERY));
    surfaces.debug(&vault.pages(QUERY).at(QUERY).items().starting_at(QUERY));
    let polling = vault.pages(QUERY).at(QUERY).poll().done_when(|_| true);
    surfaces.debug(&polling);
    let polling = polling.send();
    surfaces.debug(&polling);
    results.push(polling.await.map(drop));
    match vault.bytes(QUERY).await {
        Ok(mut stream) => {
            surfaces.debug(&stream);
            results.extend(stream.next().await.map(|item| item.map(drop)));
        }
        Err(error) => results.push(Err(error)),
    }
    match vault.events(QUERY).await {
        Ok(mut stream) => {
            surfaces.debug(&stream);
            results.extend(stream.next().await.map(|item| item.map(drop)));
        }
        Err(error) => results.push(Err(error)),
    }
    match vault.with_raw_response().lines(QUERY).await {
        Ok(mut reply) => {
            surfaces.debug(&reply);
            results.extend(reply.data.next().await.map(|item| item.map(drop)));
        }
        Err(error) => results.push(Err(error)),
    }
    results.into_iter().filter_map(Result::err).for_each(|error| surfaces.error(&error));
}

/// Ways in which a server answers.
fn faults() -> Vec<Reply> {
    let events = |body: &str| Reply::text(200, "text/event-stream", body);
    vec![
        Reply::json(200, "{}").header("set-cookie", COOKIE),
        Reply::json(200, "{\"connector\": 5}").header("x-token", COOKIE),
        Reply::empty(204),
        Reply::close(),
        Reply::reset(),
        Reply::stall(),
        Reply::raw("nonsense\r\n\r\n").then_close(),
        Reply::json(200, "{\"connector\":").header("content-encoding", "gzip"),
        Reply::json(200, "{\"connector\": {").cut_body_after(5),
        Reply::json(200, &"x".repeat(5000)),
        Reply::empty(401).header("www-authenticate", "Bearer"),
        Reply::json(429, "{\"message\": \"slow down\"}").header("retry-after", "0"),
        Reply::empty(302).header(
            "location",
            format!("https://{USER}:{USER}@elsewhere.example/{USER}?{USER}#{USER}"),
        ),
        Reply::empty(307).header("location", format!("/x?key={USER}")),
        Reply::empty(302).header("location", format!("javascript:{USER}")),
        events("data: {}\n\n"),
        events("data: {\"half"),
    ]
}

/// Collects every kind of error, as the transport returns it and as the call ends with it.
async fn kinds(surfaces: &mut Surfaces) {
    let kinds = [
        ErrorKind::Build,
        ErrorKind::Connect,
        ErrorKind::Tls,
        ErrorKind::Timeout,
        ErrorKind::Interrupted,
        ErrorKind::Protocol,
        ErrorKind::Redirect,
        ErrorKind::TooLarge,
        ErrorKind::Decode,
        ErrorKind::Api,
        ErrorKind::StreamTruncated,
        ErrorKind::Runtime,
    ];
    for kind in kinds {
        let fake = Fake::new().otherwise(move |_| FakeReply::failure(kind));
        for builder in builders("http://localhost") {
            let client = builder.transport(fake.clone()).build().unwrap();
            let vault = VaultClient::new(client.with_options(options()));
            let error = vault.open("x").key(QUERY).field(SERVICE).await.map(drop).unwrap_err();
            assert_eq!(error.kind(), kind);
            surfaces.error(&error);
        }
        surfaces.debug(&kind);
        surfaces.debug(&fake);
        surfaces.debug(&FakeReply::failure(kind));
        surfaces.display(&TransportError::new(kind, "a cause"));
    }
}

#[test]
fn no_type_error_or_log_shows_a_secret() {
    // A proxy that does not exist, with a password in its URL.
    let proxy = refused_url().replace("//", &format!("//u:{USER}@"));
    let variables = [
        ("HTTP_PROXY", proxy.as_str()),
        ("http_proxy", &proxy),
        ("NO_PROXY", "127.0.0.1,localhost"),
    ];
    alone_with("secrets::no_type_error_or_log_shows_a_secret", &variables, || {
        captured::start();
        let mut surfaces = Surfaces::default();
        block_on(async {
            settings(&mut surfaces);
            schemes(&mut surfaces);
            refused(&mut surfaces);
            kinds(&mut surfaces).await;
            for fault in faults() {
                let server = Server::start([fault]);
                let url = server.url();
                for builder in builders(&url) {
                    let builder = builder
                        .attempt_timeout(std::time::Duration::from_millis(50))
                        .max_body(4096);
                    surfaces.debug(&builder);
                    calls(&mut surfaces, &builder.build().unwrap()).await;
                }
            }
            for builder in builders(&refused_url()) {
                calls(&mut surfaces, &builder.build().unwrap()).await;
            }
            for builder in builders("http://far.example") {
                let client = builder.allow_http_tokens(true).env_proxies(true).build().unwrap();
                calls(&mut surfaces, &client).await;
            }
            let received = over_http2(&mut surfaces).await;
            println!("figure: {received} requests over HTTP/2 and TLS");
            assert!(received > 50, "{received}");
            built(&mut surfaces);
        });
        surfaces
            .0
            .extend(RESPONSES.lock().unwrap().drain(..).map(|text| ("Response".to_owned(), text)));
        let seen = SEEN.lock().unwrap().drain(..).collect::<Vec<_>>();
        surfaces.0.extend(seen.into_iter().map(|(name, text)| (name.to_owned(), text)));
        let reports = std::mem::take(&mut *REPORTS.lock().unwrap());
        assert!(reports.len() > 100, "{}", reports.len());
        surfaces.0.extend(reports);
        report(&surfaces);
    });
}

/// A built request marks its secret headers as sensitive. `http` shows its URL and its plain
/// headers.
fn built(surfaces: &mut Surfaces) {
    for builder in builders("http://localhost") {
        let client = builder.build().unwrap();
        let request =
            VaultClient::new(client).open("x").secret(&Secret::new(ARGUMENT)).marked(ARGUMENT);
        let options =
            RequestOptions::new().header("authorization", OPTION).header("cookie", COOKIE);
        let request = request.field(SERVICE).options(options).build().unwrap();
        let header = request.headers()["x-secret"].clone();
        surfaces.debug(&request);
        surfaces.debug(&HeaderArg::from(header));
    }
}

fn report(surfaces: &Surfaces) {
    let lines = captured::lines();
    let (ours, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(captured::Line::is_ours);
    let mut by_crate: BTreeMap<String, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for line in &others {
        let target = line.target.split([' ', ':']).next().unwrap_or_default();
        let entry = by_crate.entry(target.to_owned()).or_default();
        entry.0 += 1;
        entry.1.extend(CANARIES.into_iter().filter(|canary| !forms(&line.text, canary).is_empty()));
    }
    println!("figure: {} texts of {} types scanned", surfaces.0.len(), surfaces.names().len());
    println!(
        "figure: lines of ours {}, of others (with the canaries in them) {by_crate:?}",
        ours.len()
    );
    assert_eq!(surfaces.hits(), BTreeSet::new());
    let is_leaking = |line: &&captured::Line| {
        CANARIES.into_iter().any(|canary| !forms(&line.text, canary).is_empty())
    };
    let leaking: Vec<_> = ours.iter().filter(is_leaking).collect();
    assert!(leaking.is_empty(), "our spans and events show secrets: {leaking:#?}");
    assert!(ours.len() > 1_000, "{}", ours.len());
    // Logs of other crates are captured, including those of HTTP/2.
    assert!(by_crate.contains_key("h2"), "{by_crate:?}");
    // Control: a log line of ours would be found.
    log::trace!(target: "connectors_client::call", "{BEARER}");
    tracing::trace!(target: "connectors_client::call", token = BEARER);
    let seen = captured::lines().into_iter().filter(captured::Line::is_ours);
    let leaking = seen.filter(|line| !forms(&line.text, BEARER).is_empty()).count();
    assert_eq!(leaking, 2);
    let missing = public_types::unseen(&surfaces.names());
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "public types that nobody has reviewed: show them here"
    );
}

/// SECURITY.md documents secrets in URLs: `http` shows the URL of a request, and the library cannot
/// prevent it.
#[test]
fn a_built_request_shows_secrets_in_its_query() {
    let client = Fake::new().client();
    let built = VaultClient::new(client).open("x").key(QUERY).build().unwrap();
    assert_eq!(forms(&shown::debug(&built), QUERY), [Form::Percent]);
}

/// Control: the scan finds the secret of a careless type on each of its surfaces.
#[test]
fn a_careless_type_is_detected() {
    #[derive(Debug)]
    struct Careless {
        #[expect(dead_code, reason = "shown by Debug")]
        token: String,
    }

    let mut surfaces = Surfaces::default();
    surfaces.debug(&Careless { token: BEARER.to_owned() });
    surfaces.debug(&Within(Careless { token: QUERY.replace('/', "%2F") }));
    assert_eq!(surfaces.hits().len(), 2);
    assert_eq!(surfaces.names(), ["Careless".to_owned(), "Within".to_owned()].into());
}

#[derive(Debug)]
struct Within<T>(T);
